from PySide6.QtCore import Qt

from planner.model.imports import Action, RecordChange, RecordKind
from ui.imports.changes_model import CHANGES, KIND, NAME, ROW, ChangesModel

CHANGES_MADE = (
    RecordChange(RecordKind.REPS, Action.ADDED, "Rep A", "reps.csv", 2),
    RecordChange(RecordKind.ACCOUNTS, Action.ADDED, "Acme", "accounts.csv", 2),
    RecordChange(
        RecordKind.ACCOUNTS, Action.CHANGED, "<b>Hoag</b>", "accounts.csv", 1200, (("Phone", "", "814"), ("Owner", "Rep A", "Rep B"))
    ),
)


def shown(model):
    return [model.index(row, NAME).data() for row in range(model.rowCount())]


def test_accounts_come_first_and_a_changed_one_says_what_it_was_and_becomes(qapp):
    model = ChangesModel()
    model.show(CHANGES_MADE)
    assert shown(model) == ["Acme", "<b>Hoag</b>", "Rep A"]
    assert [model.index(1, column).data() for column in (KIND, ROW, CHANGES)] == [
        "Accounts",
        "1,200",
        "Phone: – → 814,  Owner: Rep A → Rep B",
    ]
    assert "<b>" not in model.index(1, NAME).data(Qt.ItemDataRole.ToolTipRole)


def test_a_kind_an_action_and_words_each_filter(qapp):
    model = ChangesModel()
    model.show(CHANGES_MADE)
    model.filter_kind(RecordKind.ACCOUNTS)
    assert shown(model) == ["Acme", "<b>Hoag</b>"]
    model.filter_kind(RecordKind.ACCOUNTS, Action.CHANGED)
    assert shown(model) == ["<b>Hoag</b>"]
    model.filter_kind(None)
    model.filter_text("rep b")
    assert shown(model) == ["<b>Hoag</b>"]
    model.filter_text("no such")
    assert shown(model) == []
    assert model.total == 3


def test_other_changes_are_shown_without_the_filter_of_those_before(qapp):
    model = ChangesModel()
    model.show(CHANGES_MADE)
    model.filter_text("acme")
    model.show(CHANGES_MADE[:1])
    assert shown(model) == ["Rep A"]
