from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QWidget

from planner.model.journal import EntryState
from planner.settings import Settings
from planner.store.journal import set_details
from planner.usecases.edit_accounts import edit_account
from planner.usecases.undo import list_steps
from ui.dialogs.confirm import Confirm
from ui.history.dialog import HistoryDialog
from ui.undo import UndoCommands


@pytest.fixture
def dialog_of(qtbot, context_of, is_quiet):
    """Opens the history of a workspace."""

    def make(workspace):
        context, window = context_of(workspace), QWidget()
        qtbot.addWidget(window)
        dialog = HistoryDialog(context, UndoCommands(context, window), window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        return dialog

    return make


@pytest.fixture
def busy(filled):
    """The filled workspace after an import with a problem and two edits."""
    with filled.writing("Import accounts.csv") as db:
        db.execute("UPDATE accounts SET industry = 'Dental'")
        set_details(
            db, {"files": ["accounts.csv"], "counts": {"accounts": [0, 6, 0, 0]}, "problems": [["accounts.csv", 3, "Bad <b>phone</b>."]]}
        )
    edit_account(filled, 1, {"phone": "814 555 0107"})
    edit_account(filled, 2, {"owner": "Rep C"})
    return filled


def column(dialog, number):
    return [dialog.model.index(row, number).data() for row in range(dialog.model.rowCount())]


def test_everything_that_was_done_is_listed_the_newest_first(dialog_of, busy):
    dialog = dialog_of(busy)
    assert column(dialog, 1) == ["Change owner of Yards Leasing", "Change phone of Uni-Mart HQ", "Import accounts.csv", "Test"]
    assert all(text.startswith("Today ") for text in column(dialog, 0))
    assert column(dialog, 2)[2] == "6 accounts changed · 1 problem"
    assert dialog.title.text() == "4 steps"


def test_the_counts_and_problems_of_an_import_are_shown_when_it_is_chosen(dialog_of, busy):
    dialog = dialog_of(busy)
    assert not dialog.aside.isVisible()
    dialog.table.selectRow(2)
    assert dialog.aside.isVisible()
    assert dialog.aside.findChild(QListWidget).item(0).text() == "accounts.csv, line 3: Bad <b>phone</b>."


def test_going_back_asks_with_how_many_steps_and_greys_what_is_undone(qtbot, dialog_of, busy, is_quiet):
    dialog = dialog_of(busy)
    dialog.table.selectRow(1)
    dialog.turn.click()
    question = dialog.findChild(Confirm)
    assert question.yes.text() == "Undo 2 steps"
    assert [entry.state for entry in list_steps(busy)] == [EntryState.DONE] * 4
    question.yes.click()
    qtbot.waitUntil(is_quiet)
    assert column(dialog, 4) == ["Undone", "Undone", "", ""]
    quiet = dialog._context.theme.colours.duty
    assert dialog.model.index(0, 1).data(Qt.ItemDataRole.ForegroundRole).name() == quiet
    assert dialog.model.index(2, 1).data(Qt.ItemDataRole.ForegroundRole) is None


def test_from_an_undone_step_the_way_leads_forward(qtbot, dialog_of, busy, is_quiet):
    dialog = dialog_of(busy)
    dialog._commands.undo_back_to(list_steps(busy)[1].id)
    qtbot.waitUntil(is_quiet)
    dialog.table.selectRow(0)
    assert dialog.turn.text() == "Redo up to here…"
    dialog.turn.click()
    dialog.findChildren(Confirm)[-1].yes.click()
    qtbot.waitUntil(is_quiet)
    assert column(dialog, 4) == [""] * 4


def test_what_was_undone_for_good_cannot_be_turned(qtbot, dialog_of, busy, is_quiet):
    dialog = dialog_of(busy)
    dialog._commands.undo()
    qtbot.waitUntil(is_quiet)
    dialog._context.bus.changed.emit(edit_account(busy, 3, {"owner": "Rep D"}))
    qtbot.waitUntil(is_quiet)
    assert column(dialog, 4)[:2] == ["", "Undone for good"]
    dialog.table.selectRow(1)
    assert not dialog.turn.isEnabled()


def test_an_empty_history_says_so(dialog_of, workspace):
    dialog = dialog_of(workspace)
    assert dialog.nothing.isVisible()
    assert dialog.nothing.title.text() == "Nothing was done yet"
    assert not dialog.table.isVisible()
    assert not dialog.turn.isEnabled()


def test_times_are_those_of_her_home_wherever_the_laptop_is(dialog_of, busy):
    here = datetime.now().astimezone().hour
    zone = next(zone for zone in ("Pacific/Kiritimati", "America/New_York") if datetime.now(ZoneInfo(zone)).hour != here)
    dialog = dialog_of(busy)
    dialog._context.desk.settings = Settings({"timezone": zone})
    dialog._show(dialog.entries)
    at = dialog.entries[0].at.astimezone(ZoneInfo(zone))
    assert column(dialog, 0)[0].endswith(f"{at.hour}:{at:%M}")
