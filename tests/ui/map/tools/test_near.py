"""Who is near, in the hand: looked up aside, told in the bar, with how far it is beside the pins; Escape gives it up."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from planner.usecases.near import NearAccount, Nearby
from ui.map.palette import LIGHT
from ui.map.tools.near import LOOKING, NearMarks


def near_all(workspace, point, accounts, report):
    found = [NearAccount(one.id, one.place, point.metres_to(one.place), 60 * one.id) for one in accounts if one.place is not None]
    return Nearby(tuple(sorted(found, key=lambda one: one.seconds)))


@pytest.fixture
def slow(monkeypatch):
    """Looking takes until it is given up; says who was asked about."""
    asked = []

    def look(_workspace, _point, accounts, report):
        asked.extend(one.id for one in accounts)
        while True:
            report(0.1, "")

    monkeypatch.setattr("ui.map.tools.near.near_accounts", look)
    return asked


def test_without_roads_it_goes_by_straight_lines_and_says_so(hand):
    hand.tools.near(hand.desk.accounts[1].place, 1)
    assert hand.bar.text.text() == LOOKING
    hand.settle()
    assert hand.tools.box.ids == {2, 3, 4, 5}
    assert "4 accounts within 0.3 mi in a straight line, as there is no road pack yet" in hand.bar.accessibleName()


def test_by_road_the_longest_drive_is_told(hand, monkeypatch):
    monkeypatch.setattr("ui.map.tools.near.near_accounts", near_all)
    hand.tools.near(hand.desk.accounts[1].place)
    hand.settle()
    assert hand.tools.box.ids == {1, 2, 3, 4, 5}
    assert hand.bar.accessibleName().startswith("5 accounts within 5 min by car")


def test_the_account_itself_and_one_that_is_nowhere_are_not_near(hand, slow):
    hand.tools.near(hand.desk.accounts[2].place, 2)
    hand.tools.nearby.give_up()
    hand.settle()
    assert 2 not in slow


@pytest.mark.parametrize("way", ["escape", "button", "tool"])
def test_looking_can_be_given_up(qtbot, hand, slow, way):
    hand.tools.near(hand.desk.accounts[1].place)
    if way == "escape":
        qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    elif way == "button":
        hand.press("Cancel")
    else:
        hand.actions["tool-lasso"].trigger()
    hand.settle()
    assert hand.tools.box.ids == frozenset()
    assert LOOKING not in hand.bar.accessibleName() or not hand.bar.isVisible()


def test_cancelling_in_the_status_bar_ends_it_too(qtbot, hand, slow):
    hand.tools.near(hand.desk.accounts[1].place)
    hand.context.runner.jobs[0].cancel()
    hand.settle()
    qtbot.waitUntil(lambda: not hand.bar.isVisible())


def test_escape_takes_the_marks_away(qtbot, hand):
    hand.tools.near(hand.desk.accounts[1].place)
    hand.settle()
    assert len(hand.view.snapshot().drawn) == 2
    qtbot.keyClick(hand.view, Qt.Key.Key_Escape)
    assert hand.view.snapshot().drawn == ()
    assert not hand.bar.isVisible()


def test_nobody_else_is_told(hand, monkeypatch):
    monkeypatch.setattr("ui.map.tools.near.near_accounts", lambda *_asked: Nearby(()))
    hand.tools.near(hand.desk.accounts[1].place)
    hand.settle()
    assert hand.bar.text.text() == "No other account is on the map"


def test_how_far_is_written_where_there_is_room(hand):
    spot = (0.28, 0.37)
    marks = NearMarks(spot, (((0.2801, 0.37), "3 min"), ((0.2801, 0.37), "4 min")))
    one = NearMarks(spot, marks.told[:1])
    assert picture(hand, marks) == picture(hand, one) != picture(hand, NearMarks(spot, ()))


def picture(hand, marks):
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    painter = QPainter(image)
    marks.paint(painter, hand.view.camera.resized(600, 400).moved_to(0.28, 0.37).zoomed(11, (300, 200)), LIGHT)
    painter.end()
    return image
