import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from ui.map.view import MapView
from ui.visits.commands import VisitCommands
from ui.visits.log_dialog import LogVisit
from ui.visits.menus import AccountMenus
from ui.week.board import WeekBoard


@pytest.fixture
def holder(qtbot, context_of, filled, plan, is_quiet, monkeypatch):
    """A window with the board and the map of the plan, and their menus."""
    window = QWidget()
    qtbot.addWidget(window)
    window.shown = []
    # Without a screen a menu cannot take the keyboard, and says so.
    monkeypatch.setattr("ui.visits.commands.QMenu.popup", lambda menu, at: window.shown.append((menu, at)))
    context = context_of(filled)
    window.commands = VisitCommands(context, window)
    window.board, window.map = WeekBoard(context.theme, window), MapView(window)
    window.menus = AccountMenus(window.commands, window.board, window.map)
    window.resize(900, 700)
    window.board.resize(900, 600)
    window.board.show_plan(plan)
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    yield window
    window.map.stop()


def test_the_menu_of_a_card_and_of_a_pin_logs_a_visit_there(qtbot, holder, is_quiet):
    card = next(card for card in holder.board.cards if card.account_id == 2)
    holder.board.customContextMenuRequested.emit(holder.board.point_of(card).toPoint())
    assert holder.commands._context.desk.selected == 2
    holder.shown[0][0].actions()[0].trigger()
    qtbot.waitUntil(is_quiet)
    assert holder.findChild(LogVisit).heading.text() == "Yards Leasing"
    holder.map.context_requested.emit(5, None, QPoint(10, 10))
    assert holder.commands._context.desk.selected == 5
    menu, at = holder.shown[1]
    assert [action.text() for action in menu.actions()] == ["Log visit…"]
    assert at == QPoint(10, 10)


def test_beside_cards_and_pins_there_is_no_menu(holder):
    holder.board.customContextMenuRequested.emit(QPoint(2, 2))
    holder.map.context_requested.emit(None, None, QPoint(10, 10))
    assert holder.shown == []
