import pytest
from PySide6.QtCore import QPoint, Qt

from planner.model.places import MatchQuality
from planner.usecases.accounts import need_account
from planner.usecases.undo import list_steps, undo


@pytest.fixture
def loose(hand):
    """The pin of the fourth account, loose."""
    hand.tools.correct(4)
    return hand


def test_the_pin_is_dragged_and_enter_keeps_it_as_one_step(qtbot, loose):
    before = need_account(loose.workspace, 4)
    tip = loose.pixel(before.place)
    grip = tip + QPoint(0, -22)
    loose.drag(grip, grip + QPoint(30, 20), grip + QPoint(60, 40))
    assert loose.bar.text.text().startswith("Pine Hall Office moved by ")
    qtbot.keyClick(loose.view, Qt.Key.Key_Return)
    loose.settle()
    after = need_account(loose.workspace, 4)
    assert after.match_quality is MatchQuality.MANUAL
    assert (loose.pixel(after.place) - tip - QPoint(60, 40)).manhattanLength() <= 2
    assert not loose.tools.correction.active
    assert not loose.bar.isVisible()
    assert list_steps(loose.workspace, 1)[0].label == "Move the pin of Pine Hall Office"
    undo(loose.workspace)
    assert need_account(loose.workspace, 4) == before


def test_arrows_nudge_it_and_save_keeps_it(qtbot, loose):
    before = need_account(loose.workspace, 4).place
    qtbot.keyClick(loose.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert loose.bar.text.text() == "Pine Hall Office moved by 164 ft"
    loose.press("Save")
    loose.settle()
    assert need_account(loose.workspace, 4).place.metres_to(before) == pytest.approx(50, rel=0.01)


def test_escape_takes_the_pin_back_and_then_leaves_it(qtbot, loose):
    before = need_account(loose.workspace, 4)
    qtbot.keyClick(loose.view, Qt.Key.Key_Right)
    qtbot.keyClick(loose.view, Qt.Key.Key_Escape)
    assert loose.tools.correction.active
    assert loose.bar.text.text().startswith("Drag the pin of Pine Hall Office")
    qtbot.keyClick(loose.view, Qt.Key.Key_Escape)
    assert not loose.tools.correction.active
    assert need_account(loose.workspace, 4) == before


def test_a_tool_that_is_taken_leaves_the_pin(loose):
    loose.tools.pick("lasso")
    assert not loose.tools.correction.active
    assert "Draw a line" in loose.bar.text.text()
    box = loose.box_around(1, 2)
    loose.drag(*box, box[0])
    assert loose.tools.box.ids == {1, 2}


def test_an_account_without_a_place_is_put_where_a_click_is(loose):
    loose.tools.correct(6)
    loose.click(QPoint(300, 200))
    assert loose.bar.text.text() == "Nowhere & Sons <b> is put on the map"
    loose.press("Save")
    loose.settle()
    assert loose.pixel(need_account(loose.workspace, 6).place) == QPoint(300, 200)
