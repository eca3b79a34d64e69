from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from ui.accounts.model import ACCOUNT, COLUMNS, DEALS, LAST, PLACED, STAGE, WEEK, AccountsModel, rows_of


@pytest.fixture
def model(qapp, accounts, deals, plan):
    made = AccountsModel()
    made.show(rows_of(accounts, {deals[0].account_crm_id: deals}, plan))
    return made


def cell(model, row, column):
    return model.data(model.index(row, column))


def column_of(model, column):
    return [cell(model, row, column) for row in range(model.rowCount())]


def test_accounts_are_sorted_by_name_at_first(model):
    names = column_of(model, ACCOUNT)
    assert names == sorted(names, key=str.casefold)
    assert model.columnCount() == len(COLUMNS)


def test_the_pipeline_and_the_plan_stand_beside_the_account(model):
    row = model.row_of(1)
    assert (cell(model, row, STAGE), cell(model, row, DEALS), cell(model, row, WEEK)) == ("Proposal", "$2,400", "Mon 30, 9:00")
    assert cell(model, model.row_of(5), WEEK) == "Too far"
    assert cell(model, model.row_of(3), STAGE) == "–"


def test_doubtful_and_missing_places_say_so(model):
    assert cell(model, model.row_of(5), PLACED) == "Street · doubtful"
    assert cell(model, model.row_of(6), PLACED) == "Not placed"
    assert model.doubtful == 2


def test_the_filter_wants_every_word_in_name_address_or_owner(model):
    model.filter_text("pine 3")
    assert [account.id for account in model.shown] == [3]
    model.filter_text("rep b")
    assert {account.id for account in model.shown} == {2, 4, 6}
    assert model.filtered
    assert (len(model.shown), model.total) == (3, 6)


def test_only_places_to_check(model):
    model.filter_doubtful(True)
    assert {account.id for account in model.shown} == {5, 6}


def test_sorting_uses_values_not_their_text(model):
    model.sort(DEALS, Qt.SortOrder.DescendingOrder)
    assert model.shown[0].id == 1
    model.sort(LAST, Qt.SortOrder.AscendingOrder)
    assert [account.id for account in model.shown] == [1, 2, 3, 4, 5, 6]
    model.sort(WEEK, Qt.SortOrder.AscendingOrder)
    assert [account.id for account in model.shown[:3]] == [1, 2, 3]


def test_numbers_are_right_aligned(model):
    alignment = model.data(model.index(0, DEALS), Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight


def test_an_account_nobody_has_seen_sorts_and_shows(qapp, accounts):
    made = AccountsModel()
    made.show(rows_of([replace(accounts[0], last_activity=None)], {}, None))
    made.sort(LAST)
    assert cell(made, 0, LAST) == "–"


def test_the_filter_stays_when_other_rows_come(model, accounts):
    model.filter_text("torrey")
    model.show(rows_of(accounts[:2], {}, None))
    assert model.shown == ()
    assert model.total == 2
