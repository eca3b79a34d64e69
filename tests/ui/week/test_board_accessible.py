"""What a screen reader is given of the board."""

import gc

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from planner.model.week import Lock
from ui.week.board import WeekBoard
from ui.week.board_accessible import name_of
from ui.week.board_layout import Card, Piece

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description


@pytest.fixture
def read(board):
    """The list as a screen reader finds it: below the board."""
    above = QAccessible.queryAccessibleInterface(board)
    found = [above.child(number) for number in range(above.childCount())]
    return next(each for each in found if each.role() is QAccessible.Role.List)


def names(read):
    return [read.child(number).text(NAME) for number in range(read.childCount())]


def test_every_visit_is_an_item_in_the_order_of_time(board, read):
    assert read.text(NAME)
    told = names(read)
    assert len(told) == sum(card.piece is not Piece.DRIVE for card in board.cards)
    first = next(card for card in board.cards if card.piece is Piece.VISIT)
    assert told[0] == name_of(first, board.plan)
    assert first.title in told[0]
    assert told[0].startswith("Mon ")
    assert all(read.child(number).role() is QAccessible.Role.ListItem for number in range(read.childCount()))


def test_a_name_tells_kind_length_and_lock(plan):
    card = Card(Piece.VISIT, 1, 27_120, 30_720, "Vance Powder Metal", plan.days[0].stops[0].kind, lock=Lock.TIME, rep="Ada")
    assert name_of(card, plan) == "Tue 7:32 Vance Powder Metal, capture, 1 h 00, locked to its time, with Ada"


def test_the_marked_card_has_the_focus(qtbot, board, read):
    qtbot.keyClick(board, Qt.Key.Key_Down)
    marked = read.focusChild()
    assert marked.text(NAME) == name_of(board.current, board.plan)
    assert marked.state().selected
    assert marked.text(DESCRIPTION) == board.accessibleDescription()
    assert sum(bool(read.child(number).state().selected) for number in range(read.childCount())) == 1


def test_an_item_is_where_its_card_is(board, read):
    board.select(2)
    item = read.focusChild()
    there = board.viewport().mapToGlobal(board.point_of(board.current).toPoint())
    assert (item.rect().center() - there).manhattanLength() <= 2
    assert read.childAt(there.x(), there.y()).text(NAME) == item.text(NAME)
    assert read.childAt(-5000, 0) is None


def test_a_reader_is_told_what_is_marked(qtbot, board, read, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "isActive", staticmethod(lambda: True))
    monkeypatch.setattr(QAccessible, "updateAccessibility", staticmethod(lambda news: told.append((news.type(), news.child()))))
    qtbot.keyClick(board, Qt.Key.Key_Down)
    qtbot.keyClick(board, Qt.Key.Key_Right)
    assert [kind for kind, _number in told] == [QAccessible.Event.Focus] * 2
    assert told[0][1] == 0
    assert read.child(told[1][1]).text(NAME) == name_of(board.current, board.plan)
    assert board.current.day == 1


def test_without_a_plan_there_is_nothing_to_read(board, read):
    item = read.child(0)
    assert item.isValid()
    board.show_plan(None)
    assert read.childCount() == 0
    assert not item.isValid()
    assert item.state().invalid
    assert item.text(NAME) == ""


def test_an_item_outlives_its_board(qtbot, theme, plan):
    items = []
    for _ in range(30):
        board = WeekBoard(theme)
        board.show_plan(plan)
        told = QAccessible.queryAccessibleInterface(board.viewport())
        items += [told.child(number) for number in range(told.childCount())]
        known = QAccessible.uniqueId(items[-1])
        assert QAccessible.accessibleInterface(known).text(NAME) == items[-1].text(NAME)
        board.deleteLater()
        del board, told
        qtbot.wait(1)
        gc.collect()
    assert not any(item.isValid() for item in items)
    assert [item.text(NAME) for item in items] == [""] * len(items)
