from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget

from planner.model.places import LatLon
from planner.usecases.accounts import need_account
from planner.usecases.undo import list_steps, undo
from ui.errors import ProblemDialog
from ui.map.view import MapView
from ui.visits.commands import VisitCommands
from ui.visits.deeds import AccountDeeds
from ui.visits.log_dialog import LogVisit
from ui.visits.menus import AccountMenus, MenuHooks
from ui.week.board import WeekBoard
from ui.week.left_out_model import LEFT_OUT
from ui.week.left_out_panel import LeftOutPanel

PLACE = LatLon(40.8, -77.8)


@pytest.fixture
def holder(qtbot, context_of, filled, plan, is_quiet, monkeypatch):
    """A window with the board, the map and the list of the plan, and their menus; what the hooks are given is noted."""
    window = QWidget()
    qtbot.addWidget(window)
    shown, noted, told = [], [], []
    # Without a screen a menu cannot take the keyboard, and says so.
    monkeypatch.setattr("ui.visits.menus.QMenu.popup", lambda menu, at: shown.append((menu, at)))
    context = context_of(filled)
    context.bus.told.connect(told.append)
    board, view, left_out = WeekBoard(context.theme, window), MapView(window), LeftOutPanel(context, window)
    hooks = MenuHooks(
        details=lambda account_id: noted.append(("details", account_id)),
        card=lambda menu, card: menu.addAction(f"Lock {card.title}"),
        reach=lambda place, minutes, name: noted.append(("reach", place, minutes, name)),
        near=lambda place, account_id: noted.append(("near", place, account_id)),
        correct=lambda account_id: noted.append(("correct", account_id)),
        measure=lambda place: noted.append(("measure", place)),
        add=lambda place: noted.append(("add", place)),
        show_all=lambda: noted.append("show all"),
    )
    menus = AccountMenus(context, VisitCommands(context, window), AccountDeeds(context, window), board, view, hooks)
    menus.watch(left_out.view, lambda index: index.data(LEFT_OUT).account_id)
    window.resize(1200, 700)
    board.resize(900, 600)
    left_out.setGeometry(900, 0, 300, 600)
    board.show_plan(plan)
    window.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    yield SimpleNamespace(
        window=window,
        board=board,
        view=view,
        left_out=left_out,
        menus=menus,
        context=context,
        desk=context.desk,
        workspace=filled,
        shown=shown,
        noted=noted,
        told=told,
        settle=lambda: qtbot.waitUntil(is_quiet),
    )
    view.stop()


def entries(menu):
    return {action.text(): action for action in menu.actions() if action.text()}


def on_map(holder, account_id, place=None):
    """The entries of the menu of an account, or of a place, on the map."""
    holder.view.context_requested.emit(account_id, place, QPoint(10, 10))
    return entries(holder.shown[-1][0])


def test_the_menu_of_a_card_and_of_a_pin_is_the_same(holder):
    card = next(card for card in holder.board.cards if card.account_id == 2)
    holder.board.customContextMenuRequested.emit(holder.board.point_of(card).toPoint())
    assert holder.desk.selected == 2
    board_entries = list(entries(holder.shown[0][0]))
    assert board_entries == list(on_map(holder, 2))
    assert board_entries[:3] == ["Open details", "Log visit…", "Lock Yards Leasing"]
    assert holder.shown[1][1] == QPoint(10, 10)


def test_logging_a_visit_opens_its_dialog(holder):
    on_map(holder, 5)["Log visit…"].trigger()
    holder.settle()
    assert holder.desk.selected == 5
    assert holder.window.findChild(LogVisit).heading.text() == "Hoag's Catering"


def test_who_is_not_planned_is_added_to_a_day_or_where_it_takes_least(holder):
    days = on_map(holder, 4)["Add to week"].menu()
    assert list(entries(days)) == ["Where it takes least", "Mon 30", "Tue 1", "Wed 2", "Thu 3", "Fri 4"]
    assert "Add to week" not in on_map(holder, 1)


def test_adding_without_roads_says_why(holder):
    entries(on_map(holder, 4)["Add to week"].menu())["Tue 1"].trigger()
    holder.settle()
    dialog = holder.window.findChild(ProblemDialog)
    assert any("road pack" in line.text() for line in dialog.findChildren(QLabel))
    dialog.accept()
    assert holder.desk.plan.visits == 3


def test_a_place_knows_what_is_around_it_and_how_to_get_there(holder):
    known = on_map(holder, None, PLACE)
    known["Who is near?"].trigger()
    entries(known["Reach by car"].menu())["In 30 min"].trigger()
    known["Measure from here"].trigger()
    known["Add an account here…"].trigger()
    known["Show everything on the map"].trigger()
    assert holder.noted == [("near", PLACE, None), ("reach", PLACE, 30, ""), ("measure", PLACE), ("add", PLACE), "show all"]
    assert "Start Monday here" in known
    assert len(entries(known["Directions"].menu())) >= 2


def test_who_is_near_an_account_and_its_reach_know_whose_they_are(holder, accounts):
    known = on_map(holder, 1)
    known["Who is near?"].trigger()
    entries(known["Reach by car"].menu())["In 15 min"].trigger()
    place = accounts[0].place
    assert holder.noted == [("near", place, 1), ("reach", place, 15, "Uni-Mart HQ")]


def test_addresses_and_coordinates_are_copied(holder):
    known = on_map(holder, 1)
    known["Copy address"].trigger()
    assert QGuiApplication.clipboard().text() == "1 Pine Hall Rd, State College, PA 16801"
    known["Copy coordinates"].trigger()
    assert QGuiApplication.clipboard().text() == "40.791000, -77.860000"
    assert holder.told[-1] == "Copied the coordinates: 40.791000, -77.860000"


def test_do_not_visit_is_switched_on_and_off_as_steps_of_their_own(holder):
    never = on_map(holder, 4)["Do not visit"]
    assert not never.isChecked()
    never.trigger()
    holder.settle()
    assert need_account(holder.workspace, 4).do_not_visit
    assert "Pine Hall Office" in list_steps(holder.workspace, 1)[0].label
    again = on_map(holder, 4)["Do not visit"]
    assert again.isChecked()
    again.trigger()
    holder.settle()
    assert not need_account(holder.workspace, 4).do_not_visit
    undo(holder.workspace)
    assert need_account(holder.workspace, 4).do_not_visit


def test_an_account_without_a_place_has_no_way_there_but_can_be_placed(holder):
    known = on_map(holder, 6)
    assert not known["Who is near?"].isEnabled()
    assert "Directions" not in known
    assert "Copy coordinates" not in known
    known["Correct the place…"].trigger()
    assert holder.noted == [("correct", 6)]


def test_without_a_plan_there_is_nothing_to_add_to_or_start(holder):
    holder.desk.show_plan(None)
    known = on_map(holder, 4)
    assert not known["Add to week"].isEnabled()
    assert not known["Start here"].isEnabled()
    assert known["Start here"].toolTip() == "This week is not planned yet."


def test_shift_f10_opens_the_menu_of_the_marked_card_and_of_the_selected_pin(qtbot, holder):
    card = next(card for card in holder.board.cards if card.account_id == 1)
    holder.board.select(1)
    qtbot.keyClick(holder.board, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    at = holder.board.viewport().mapToGlobal(holder.board.point_of(card).toPoint())
    assert holder.shown[0][1] == at
    holder.view.select(5)
    qtbot.keyClick(holder.view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert holder.desk.selected == 5
    assert "Open details" in entries(holder.shown[1][0])


def test_the_menu_key_on_the_board_means_the_marked_card(holder):
    holder.board.select(2)
    at = QPoint(2, 2)
    QApplication.sendEvent(holder.board, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, holder.board.mapToGlobal(at)))
    assert len(holder.shown) == 1
    assert holder.desk.selected == 2


def test_the_list_of_those_left_out_has_the_menu_by_mouse_and_by_key(qtbot, holder):
    view = holder.left_out.view
    index = holder.left_out.model.index(holder.left_out.model.row_of(4))
    at = view.visualRect(index).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.viewport().mapToGlobal(at))
    QApplication.sendEvent(view.viewport(), asked)
    assert holder.desk.selected == 4
    assert "Add to week" in entries(holder.shown[0][0])
    view.setCurrentIndex(holder.left_out.model.index(holder.left_out.model.row_of(5)))
    qtbot.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert holder.desk.selected == 5
    assert len(holder.shown) == 2


def test_beside_cards_and_rows_there_is_no_menu(holder):
    holder.board.customContextMenuRequested.emit(QPoint(2, 2))
    view = holder.left_out.view
    below = QPoint(5, view.viewport().height() - 2)
    QApplication.sendEvent(view.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, below, view.viewport().mapToGlobal(below)))
    assert holder.shown == []


def test_what_writes_is_off_in_a_window_that_only_shows(holder, monkeypatch):
    monkeypatch.setattr(holder.workspace, "read_only", True)
    known = on_map(holder, 4)
    for name in ("Log visit…", "Add to week", "Correct the place…", "Do not visit", "Start Monday here"):
        assert not known[name].isEnabled(), name
    assert known["Copy address"].isEnabled()
    assert isinstance(holder.shown[-1][0], QMenu)
