from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui.geometry import Geometry
from ui.week.board import WeekBoard
from ui.week.board_layout import HEADER_PX, ZOOM_MAX_PX, Piece
from ui.week.page import WeekPanel

CTRL = Qt.KeyboardModifier.ControlModifier


def turn_wheel(board, at, delta, held=CTRL):
    there = board.viewport().mapToGlobal(at)
    event = QWheelEvent(at, there, QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(board.viewport(), event)


def time_at(board, y):
    return board.scale.time_at(y - HEADER_PX + board.verticalScrollBar().value())


def test_ctrl_and_the_wheel_zoom_at_the_pointer(board):
    before, at = board.scale.hour_px, QPointF(300, 250)
    held = time_at(board, at.y())
    for _notch in range(3):
        turn_wheel(board, at, 120)
    assert board.scale.hour_px == pytest.approx(before * 1.25**3)
    assert abs(time_at(board, at.y()) - held) < 120


def test_the_wheel_alone_scrolls(board):
    turn_wheel(board, QPointF(300, 250), 240)
    before, high = board.verticalScrollBar().value(), board.scale.hour_px
    turn_wheel(board, QPointF(300, 250), -120, Qt.KeyboardModifier.NoModifier)
    assert board.scale.hour_px == high
    assert board.verticalScrollBar().value() > before


def test_keys_zoom_and_zero_fits_again(qtbot, board):
    before, told = board.scale.hour_px, []
    board.zoomed.connect(told.append)
    qtbot.keyClick(board, Qt.Key.Key_Plus, CTRL)
    qtbot.keyClick(board, Qt.Key.Key_Plus, CTRL)
    assert board.scale.hour_px == pytest.approx(before * 1.25**2)
    qtbot.keyClick(board, Qt.Key.Key_Minus, CTRL)
    assert board.scale.hour_px == pytest.approx(before * 1.25)
    qtbot.keyClick(board, Qt.Key.Key_0, CTRL)
    assert board.scale.hour_px == pytest.approx(before)
    assert told[-1] is None
    assert told[0] == pytest.approx(before * 1.25)


def test_the_keys_of_the_zoom_come_before_those_of_the_window(board):
    for key, taken in ((Qt.Key.Key_Plus, True), (Qt.Key.Key_0, True), (Qt.Key.Key_1, False)):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, key, CTRL)
        event.ignore()
        board.event(event)
        assert event.isAccepted() is taken


def test_there_is_an_end_to_it_both_ways(board):
    for _step in range(40):
        board.zoom(1.25)
    assert board.scale.hour_px == ZOOM_MAX_PX
    for _step in range(80):
        board.zoom(0.8)
    assert board.scale.height_px >= board.viewport().height() - HEADER_PX - 3


def test_a_card_zoomed_high_still_comes_into_view(board):
    board.zoom(4.0)
    board.select(2)
    assert HEADER_PX <= board.point_of(board.current).y() <= board.viewport().height()


def test_the_first_visit_is_in_sight_at_first_however_high_the_hours(qtbot, theme, plan, monkeypatch):
    class Before(datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 11, 20, 12, tzinfo=tz)

    monkeypatch.setattr("ui.week.board_layout.datetime", Before)
    made = WeekBoard(theme)
    qtbot.addWidget(made)
    made.resize(760, 260)
    made.set_hour_px(200.0)
    made.show()
    made.show_plan(plan)
    first = min((card for card in made.cards if card.piece is Piece.VISIT), key=lambda card: card.from_s)
    top = made.scale.rect_of(first).top() - made.verticalScrollBar().value()
    assert 0 <= top < made.viewport().height() - HEADER_PX


def test_other_room_keeps_the_time_at_the_top(board):
    for _notch in range(6):
        turn_wheel(board, QPointF(300, 250), 120)
    board.verticalScrollBar().setValue(200)
    top_s = time_at(board, HEADER_PX)
    board.resize(board.width(), board.height() + 90)
    board.set_hour_px(board.scale.hour_px * 1.4)
    assert board.verticalScrollBar().value() > 200
    assert abs(time_at(board, HEADER_PX) - top_s) < 60


def test_the_zoom_is_remembered(qtbot, context_of, filled, is_quiet):
    def panel():
        context = context_of(filled)
        made = WeekPanel(context, Geometry(filled.home))
        qtbot.addWidget(made)
        made.resize(760, 460)
        context.desk.load()
        qtbot.waitUntil(is_quiet)
        return made

    one = panel()
    one.bar.zoom[2].click()
    high = one.board.scale.hour_px
    other = panel()
    assert other.board.scale.hour_px == pytest.approx(high, abs=1)
    other.bar.zoom[1].click()
    assert panel().board.scale.hour_px < high


@pytest.fixture
def smooth(monkeypatch, board):
    monkeypatch.setattr("ui.week.board_room.ZOOM_MS", 120)
    return board


def test_a_zoom_is_smooth_and_keeps_the_time_under_the_pointer_all_the_way(qtbot, smooth):
    before, at, told = smooth.scale.hour_px, QPointF(300, 250), []
    smooth.zoomed.connect(told.append)
    held, seen = time_at(smooth, at.y()), []
    smooth.scaled.connect(lambda: seen.append(smooth.scale.hour_px))
    smooth.verticalScrollBar().valueChanged.connect(lambda _value: seen.append(smooth.scale.hour_px))
    away = []
    smooth._zooming.valueChanged.connect(lambda _high: away.append(abs(time_at(smooth, at.y()) - held)))
    turn_wheel(smooth, at, 120)
    turn_wheel(smooth, at, 120)
    assert smooth.scale.hour_px < before * 1.2  # it has only begun
    assert told[-1] == pytest.approx(before * 1.25**2)  # but what it comes to is known
    qtbot.waitUntil(lambda: smooth.scale.hour_px == pytest.approx(before * 1.25**2))
    assert any(before < high < before * 1.25**2 for high in seen)
    assert max(away) < 120


def test_it_fits_again_smoothly_too(qtbot, smooth):
    before = smooth.scale.hour_px
    smooth.zoom(2.0)
    qtbot.waitUntil(lambda: smooth.scale.hour_px == pytest.approx(before * 2))
    smooth.zoom(None)
    assert smooth.scale.hour_px > before
    qtbot.waitUntil(lambda: smooth.scale.hour_px == pytest.approx(before))


def test_where_the_system_wants_no_movement_there_is_none(smooth):
    before = smooth.scale.hour_px
    smooth.setStyleSheet("QAbstractScrollArea { widget-animation-duration: 0 }")
    smooth.zoom(2.0)
    assert smooth.scale.hour_px == pytest.approx(before * 2)


def test_another_plan_ends_a_zoom(qtbot, smooth, plan):
    smooth.zoom(2.0)
    smooth.show_plan(None)
    assert smooth.scale is None
    smooth.show_plan(plan)
    aimed = smooth.scale.hour_px
    qtbot.wait(150)
    assert smooth.scale.hour_px == aimed
