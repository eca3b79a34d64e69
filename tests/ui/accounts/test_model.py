from datetime import date

import pytest
from PySide6.QtCore import Qt

from planner.model.account_views import Comparison, Condition
from planner.usecases.account_extras import AccountExtra
from planner.values import replace
from ui.accounts.arrange import AccountList
from ui.accounts.columns import COLUMNS, columns_of, rows_of
from ui.accounts.model import ACCOUNT, AccountsModel


def list_of(accounts, deals=(), plan=None, extras=None):
    by_crm_id = {deal.account_crm_id: [deal] for deal in deals}
    return AccountList(rows_of(accounts, by_crm_id, plan, extras), columns_of(accounts))


@pytest.fixture
def model(qapp, accounts, deals, plan):
    made = AccountsModel()
    made.show(list_of(accounts, deals, plan))
    return made


def cell(model, row, key):
    return model.data(model.index(row, model.section_of(key)))


def column_of(model, key):
    return [cell(model, row, key) for row in range(model.rowCount())]


def ids(model):
    return [account.id for account in model.shown]


def test_accounts_are_sorted_by_name_at_first(model):
    names = column_of(model, "name")
    assert names == sorted(names, key=str.casefold)
    assert model.columnCount() == len(COLUMNS)


def test_the_pipeline_and_the_plan_stand_beside_the_account(model):
    row = model.row_of(1)
    assert [cell(model, row, key) for key in ("stage", "deals", "week")] == ["Proposal", "$2,400", "Mon 30, 9:00"]
    assert cell(model, model.row_of(5), "week") == "Too far"
    assert cell(model, model.row_of(3), "stage") == "–"


def test_doubtful_and_missing_places_say_so(model):
    assert cell(model, model.row_of(5), "placed") == "Street · doubtful"
    assert cell(model, model.row_of(6), "placed") == "Not placed"
    model.filter_by([Condition("place_to_check", Comparison.YES)])
    assert set(ids(model)) == {5, 6}


def test_the_filter_wants_every_word_in_name_address_or_owner(model):
    model.filter_text("pine 3")
    assert ids(model) == [3]
    model.filter_text("rep b")
    assert set(ids(model)) == {2, 4, 6}
    assert model.filtered
    assert (model.left, model.total) == (3, 6)


def test_several_conditions_and_the_text_all_have_to_hold(model):
    model.filter_by([Condition("owner", Comparison.IS, "rep a"), Condition("last_visit", Comparison.AFTER, "2026-07-01")])
    assert set(ids(model)) == {3, 5}
    model.filter_text("hoag")
    assert ids(model) == [5]


def test_it_keeps_to_accounts_chosen_elsewhere(model):
    model.keep_to(frozenset({2, 4}))
    assert set(ids(model)) == {2, 4}
    assert model.filtered
    model.keep_to(None)
    assert not model.filtered


def test_sorting_uses_values_not_their_text_and_keeps_what_is_empty_last(model):
    deals = model.section_of("deals")
    for order in Qt.SortOrder:
        model.sort(deals, order)
        assert ids(model)[0] == 1
        assert column_of(model, "deals")[1:] == ["–"] * 5
    model.sort(model.section_of("last_visit"))
    assert ids(model) == [1, 2, 3, 4, 5, 6]
    model.sort(model.section_of("week"))
    assert ids(model)[:3] == [1, 2, 3]


def test_figures_are_right_aligned_and_words_are_not(model):
    def side(key):
        return model.data(model.index(0, model.section_of(key)), Qt.ItemDataRole.TextAlignmentRole)

    assert side("deals") & Qt.AlignmentFlag.AlignRight
    assert side("owner") & Qt.AlignmentFlag.AlignLeft


def test_an_account_nobody_has_seen_sorts_and_shows(qapp, accounts):
    made = AccountsModel()
    made.show(list_of([replace(accounts[0], last_activity=None)]))
    made.sort(made.section_of("last_visit"))
    assert cell(made, 0, "last_visit") == "–"


def test_the_filter_stays_when_other_rows_come(model, accounts):
    model.filter_text("torrey")
    model.show(list_of(accounts[:2]))
    assert model.shown == ()
    assert model.total == 2


def test_columns_of_a_file_come_along_and_can_be_sorted_by(qapp, accounts):
    given = [replace(accounts[0], custom=(("Region", "West"),)), replace(accounts[1], custom=(("Region", "East"),)), accounts[2]]
    made = AccountsModel()
    made.show(list_of(given))
    made.sort(made.section_of("custom:Region"))
    assert column_of(made, "custom:Region") == ["East", "West", "–"]


def test_what_else_is_known_is_shown_in_words(qapp, accounts):
    extra = AccountExtra(-34, date(2026, 11, 1), 30, date(2027, 3, 31), 44.4, "Send the quote", ("Ada O'Hara",), ("Fiber 500",), ("CRM",))
    made = AccountsModel()
    made.show(list_of(accounts[:1], extras={1: extra}))
    keys = ("due", "overdue", "next_due", "contract_end", "value", "next_step", "contacts", "services", "sources")
    assert [cell(made, 0, key) for key in keys] == [
        *("34 d over", "34", "Nov 1, 2026", "Mar 31, 2027", "44", "Send the quote", "Ada O'Hara", "Fiber 500", "CRM")
    ]


def test_groups_have_a_heading_with_count_and_sums_that_cannot_be_selected(model):
    model.group_by("owner")
    assert model.rowCount() == 6 + 2
    assert model.data(model.index(0, ACCOUNT)) == "Rep A · 3 accounts · $2,400 in open deals"
    assert not model.flags(model.index(0, ACCOUNT)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(1, ACCOUNT)) & Qt.ItemFlag.ItemIsSelectable
    assert model.row_at(0) is None
    assert model.row_at(1).account.owner == "Rep A"


def test_a_collapsed_group_keeps_its_accounts_out_of_the_lines_but_in_what_is_shown(model):
    model.group_by("owner")
    model.fold(["Rep A"], collapsed=True)
    assert model.rowCount() == 3 + 2
    assert model.row_of(1) == -1
    assert len(model.shown) == 6
    assert model.group_of(1).title == "Rep A"
    model.fold(["Rep A"], collapsed=False)
    assert model.row_of(1) >= 0


def test_days_make_a_group_a_month_and_accounts_without_one_come_last(qapp, accounts):
    days = [date(2026, 7, 3), date(2026, 7, 30), date(2026, 9, 1), None]
    made = AccountsModel()
    made.show(list_of([replace(account, last_activity=day) for account, day in zip(accounts, days, strict=False)]))
    made.group_by("last_visit")
    assert [(group.title, len(group.numbers)) for group in made.groups] == [("July 2026", 2), ("September 2026", 1), ("No last visit", 1)]


def test_a_typed_beginning_finds_the_next_name(model):
    first = model.line_called("h", 0)
    assert cell(model, first, "name") == "Hoag's Catering"
    assert model.line_called("nobody is called so", 0) == -1


def test_a_name_is_only_a_name_in_its_tip(model):
    tip = model.data(model.index(model.row_of(6), ACCOUNT), Qt.ItemDataRole.ToolTipRole)
    assert tip.startswith("<qt>")
    assert "6 Pine Hall Rd" in tip
