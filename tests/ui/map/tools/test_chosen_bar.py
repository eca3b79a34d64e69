import pytest
from PySide6.QtCore import Qt

from planner.usecases.accounts import list_accounts
from planner.usecases.undo import list_steps, undo
from ui.map.tools.ask import AskWord
from ui.map.tools.chosen_bar import chosen_words
from ui.visits.log_dialog import LogVisit


@pytest.fixture
def chosen(hand):
    """The first three accounts in a lasso."""
    box = hand.box_around(1, 2, 3)
    hand.drag(*box, box[0], held=Qt.KeyboardModifier.ShiftModifier)
    return hand


def ask(hand, entry, word):
    """Choose an entry of the menu, and answer what it asks."""
    next(each for each in hand.tools.chosen_bar.more.actions() if each.text() == entry).trigger()
    dialog = hand.window.findChild(AskWord)
    assert not dialog.yes.isEnabled()
    dialog.word.setCurrentText(word)
    dialog.yes.click()
    hand.settle()


def owners(hand):
    return {account.id: account.owner for account in list_accounts(hand.workspace)}


def test_an_owner_is_assigned_to_all_that_are_chosen_as_one_step(chosen):
    before = owners(chosen)
    ask(chosen, "Assign owner…", "Rep C")
    assert owners(chosen) == before | {1: "Rep C", 2: "Rep C", 3: "Rep C"}
    assert chosen.tools.box.ids == {1, 2, 3}
    assert "3 accounts" in list_steps(chosen.workspace, 1)[0].label
    undo(chosen.workspace)
    assert owners(chosen) == before


def test_a_tag_is_put_on_all_that_are_chosen(chosen):
    ask(chosen, "Tag…", "ring road")
    tagged = {account.id for account in list_accounts(chosen.workspace) if "ring road" in account.tags}
    assert tagged == {1, 2, 3}
    assert "Ctrl+Z" in chosen.told[-1]


def test_lists_keep_to_what_is_chosen_until_all_are_shown_again(chosen):
    chosen.press("Only these")
    assert chosen.narrowed == [{1, 2, 3}]
    chosen.press("Show all")
    assert chosen.narrowed[-1] is None


def test_who_shows_everything_again_elsewhere_is_heard(chosen):
    chosen.press("Only these")
    chosen.context.bus.narrowed.emit(None)
    assert chosen.bar.buttons[0].text() == "Only these"
    assert chosen.tools.box.ids == {1, 2, 3}


def test_lists_follow_another_choice_and_its_end(qtbot, chosen):
    chosen.press("Only these")
    box = chosen.box_around(4, 5)
    chosen.drag(*box, box[0], held=Qt.KeyboardModifier.ShiftModifier)
    assert chosen.narrowed[-1] == {4, 5}
    chosen.press("Clear")
    assert chosen.narrowed[-1] is None
    assert not chosen.bar.isVisible()
    assert chosen.tools.box.ids == frozenset()


def test_escape_in_the_bar_clears_as_on_the_map(qtbot, chosen):
    chosen.bar.buttons[0].setFocus()
    qtbot.keyClick(chosen.bar.buttons[0], Qt.Key.Key_Escape)
    assert chosen.tools.box.ids == frozenset()


def test_a_visit_is_logged_only_at_one(qtbot, chosen):
    log = chosen.tools.chosen_bar.more.actions()[0]
    assert not log.isVisible()
    box = chosen.box_around(2)
    chosen.drag(*box, box[0], held=Qt.KeyboardModifier.ShiftModifier)
    assert chosen.bar.text.text() == "Yards Leasing"
    assert log.isVisible()
    log.trigger()
    chosen.settle()
    assert chosen.window.findChild(LogVisit).heading.text() == "Yards Leasing"


def test_adding_without_roads_says_why_and_changes_nothing(chosen):
    before = len(list_steps(chosen.workspace, 10))
    chosen.press("Add to week")
    chosen.settle()
    assert len(list_steps(chosen.workspace, 10)) == before


def test_what_they_pay_and_would_pay_is_counted_once(accounts, deals):
    words = chosen_words(accounts[:2], {accounts[0].crm_id: deals})
    assert words == "2 accounts · $2,400 in open deals"
    assert chosen_words(accounts[1:2], {}) == "Yards Leasing"
