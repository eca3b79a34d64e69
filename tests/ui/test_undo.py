import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from planner.model.journal import EntryState
from planner.progress import silent
from planner.usecases.edit_accounts import edit_account
from planner.usecases.undo import list_steps, next_steps
from ui.undo import redo_up_to, undo_back_to


@pytest.fixture
def renamed(filled):
    """The filled workspace, where the first account has got two other names one after another."""
    edit_account(filled, 1, {"name": "First & <b>new</b> name"})
    edit_account(filled, 1, {"phone": "814 555 0107"})
    return filled


def name_of(workspace, account_id=1):
    from planner.usecases.accounts import need_account

    return need_account(workspace, account_id).name


def test_menu_and_header_say_what_undo_would_do_from_the_start(window_of, renamed):
    window = window_of(renamed)
    step = next_steps(renamed).undo
    assert step.startswith("Change phone of First & <b>new")
    undo, redo = window.actions_by_id["undo"], window.actions_by_id["redo"]
    told = f"Undo c{step[1:]}"
    assert undo.text() == told.replace("&", "&&")
    assert window.header.undo.accessibleName() == told
    assert "&lt;b&gt;" in undo.toolTip()
    assert not redo.isEnabled()
    assert redo.text() == "Redo"


def test_ctrl_z_takes_the_newest_step_back_and_both_keys_of_redo_do_it_again(qtbot, window_of, renamed, is_quiet):
    window = window_of(renamed)
    window.map.setFocus()
    qtbot.keyClick(window.map, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_quiet)
    assert "Undone: Change phone of First" in window.status.message.toolTip()
    qtbot.keyClick(window.map, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_quiet)
    assert name_of(renamed) == "Uni-Mart HQ"
    assert window._context.desk.accounts[1].name == "Uni-Mart HQ"
    assert window.actions_by_id["redo"].text().startswith("Redo change name of")
    qtbot.keyClick(window.map, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_quiet)
    assert name_of(renamed) == "First & <b>new</b> name"
    qtbot.keyClick(window.map, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(is_quiet)
    assert not window.actions_by_id["redo"].isEnabled()
    assert "Done again: Change phone of" in window.status.message.toolTip()


def test_keys_pressed_quickly_take_back_one_step_each(qtbot, window_of, renamed, is_quiet):
    window = window_of(renamed)
    for _ in range(2):
        window.actions_by_id["undo"].trigger()
    qtbot.waitUntil(is_quiet)
    assert [entry.state for entry in list_steps(renamed)][:2] == [EntryState.UNDONE, EntryState.UNDONE]
    assert window.actions_by_id["undo"].text() == "Undo test"


def test_in_a_text_field_the_keys_are_the_fields_own(qtbot, window_of, renamed, is_quiet):
    window = window_of(renamed)
    search = window.left_out.search
    search.setFocus()
    qtbot.waitUntil(search.hasFocus)
    qtbot.keyClicks(search, "bank")
    qtbot.keyClick(search, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert search.text() != "bank"
    qtbot.keyClick(search, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(is_quiet)
    assert list_steps(renamed)[0].state is EntryState.DONE
    assert window.actions_by_id["redo"].shortcuts() == [QKeySequence("Ctrl+Shift+Z")]
    window.map.setFocus()
    assert QKeySequence("Ctrl+Y") in window.actions_by_id["redo"].shortcuts()


def test_another_window_on_the_same_data_begins_with_its_steps(qtbot, window_of, renamed, is_quiet):
    first = window_of(renamed)
    first.actions_by_id["undo"].trigger()
    qtbot.waitUntil(is_quiet)
    first.hide()  # closing it would end the threads that the second one needs here
    second = window_of(renamed)
    assert second.actions_by_id["redo"].text().startswith("Redo change phone of")
    assert second.actions_by_id["undo"].text().startswith("Undo change name of")


def test_going_back_to_a_step_turns_it_and_all_after_it_and_redo_leads_forward_again(renamed):
    steps = list_steps(renamed)
    assert undo_back_to(renamed, steps[1].id, silent) == 2
    assert name_of(renamed) == "Uni-Mart HQ"
    assert next_steps(renamed).undo == "Test"
    assert redo_up_to(renamed, steps[0].id, silent) == 2
    assert [entry.state for entry in list_steps(renamed)] == [EntryState.DONE] * len(steps)


def test_with_nothing_done_there_is_nothing_to_undo(window_of, workspace):
    window = window_of(workspace)
    assert not window.actions_by_id["undo"].isEnabled()
    assert not window.header.undo.isEnabled()
    assert window.header.undo.accessibleName() == "Undo"
