import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu

from planner.model.calendar import IsoWeek
from planner.model.places import NamedPlace
from planner.model.week import Lock, VisitKind
from planner.settings import Settings
from planner.usecases.edits import Edited, Refused, swap
from planner.usecases.start_here import start_here
from planner.usecases.undo import undo
from planner.values import replace
from ui.safety.read_only import WHY
from ui.week.board_layout import HEADER_PX, Piece
from ui.week.day_verbs import DayVerb, clear_day, day_edit_of, lock_all
from ui.week.planning import days_together

DAY, WEEK = 2, IsoWeek(2026, 49)
MENUS = pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard|propagateSizeHints)", extend=True)


def menu_of(hand, day=DAY):
    menu = QMenu(hand.window)
    hand.panel.day_menu.fill(menu, day)
    return {action.text(): action for action in menu.actions() if not action.isSeparator()}


def search_briefly(hand):
    hand.context.desk.settings = Settings({**hand.context.desk.settings.values, "plan_seconds": "1"})


def visits(hand, day=DAY):
    return [stop for stop in hand.kept().days[day].stops if stop.kind is not VisitKind.DUTY]


@pytest.mark.parametrize("verb", [DayVerb.LOCK_ALL, DayVerb.KEEP_ORDER, DayVerb.CLEAR])
def test_a_change_to_a_day_is_one_step(hand, verb):
    before = hand.kept()
    menu_of(hand)[verb.value].trigger()
    hand.settle()
    after = hand.kept().days[DAY]
    assert after != before.days[DAY]
    assert {
        DayVerb.LOCK_ALL: all(stop.lock is Lock.DAY for stop in after.stops if stop.kind is not VisitKind.DUTY),
        DayVerb.KEEP_ORDER: after.keep_order,
        DayVerb.CLEAR: not [stop for stop in after.stops if stop.kind is not VisitKind.DUTY],
    }[verb]
    hand.context.bus.changed.emit(undo(hand.context.workspace))
    hand.settle()
    assert hand.kept() == before


def test_the_order_is_reversed_or_the_rule_is_told(hand):
    before = visits(hand)
    answer = day_edit_of(DayVerb.REVERSE, DAY)(hand.panel.verbs.board)
    menu_of(hand)[DayVerb.REVERSE.value].trigger()
    hand.settle()
    if isinstance(answer, Edited):
        assert [stop.key for stop in visits(hand)] == [stop.key for stop in reversed(before)]
    else:
        assert hand.told[-1] == answer.text


def test_what_is_locked_stays_when_a_day_is_cleared(hand):
    first = visits(hand)[0].key
    locked = lock_all(hand.panel.verbs.board, DAY, Lock.DAY)
    assert isinstance(clear_day(locked.board, DAY), Refused)
    unlocked = lock_all(locked.board, DAY, Lock.NONE)
    assert isinstance(unlocked, Edited)
    cleared = clear_day(unlocked.board, DAY)
    assert first not in {stop.key for stop in cleared.board.plan.days[DAY].stops}
    assert cleared.text == "Clear Wed"


def test_verbs_that_change_nothing_are_off_and_say_why(hand):
    offered = menu_of(hand)
    unlock, lock_ = offered[DayVerb.UNLOCK_ALL.value], offered[DayVerb.LOCK_ALL.value]
    assert (unlock.isEnabled(), unlock.toolTip()) == (False, "No visit of this day is locked.")
    assert lock_.isEnabled()


def test_whoever_stops_where_nothing_is_planned_is_told(hand):
    hand.panel.planning.stop()
    assert hand.told[-1] == "Nothing is being planned."


@MENUS
def test_the_right_button_on_the_name_of_a_day_opens_its_menu(hand):
    at = QPoint(round(hand.board.across(DAY, DAY)[0]) + 20, HEADER_PX // 2)
    hand.board.customContextMenuRequested.emit(at)
    menu = hand.board.findChildren(QMenu)[-1]
    assert any(action.text() == "Improve this day" for action in menu.actions())
    assert hand.context.desk.day == DAY
    menu.close()


@MENUS
def test_m_opens_the_menu_of_the_day_of_the_marked_visit(qtbot, hand):
    card = next(card for card in hand.board.cards if card.piece is Piece.VISIT and card.day == 1 and card.account_id)
    hand.board.pick(card)
    qtbot.keyClick(hand.board, Qt.Key.Key_M)
    menu = hand.board.findChildren(QMenu)[-1]
    assert "Tuesday" in menu.actions()[0].text()
    menu.close()


def test_the_day_is_seen_on_the_map(hand):
    told = []
    hand.panel.day_opened.connect(told.append)
    menu_of(hand)["Show on the map"].trigger()
    assert told == [DAY]


def test_a_day_is_planned_again_and_the_others_stay(hand):
    before = hand.kept()
    search_briefly(hand)
    menu_of(hand)["Improve this day"].trigger()
    assert hand.panel.planning.busy
    hand.settle()
    after = hand.kept()
    assert [day for index, day in enumerate(after.days) if index != DAY] == [day for index, day in enumerate(before.days) if index != DAY]
    assert after.days[DAY].value >= before.days[DAY].value
    assert hand.told[-1] == "Improved Wednesday; what is locked stayed"


def test_while_it_is_planned_it_is_not_planned_again(hand):
    search_briefly(hand)
    hand.panel.reoptimise()
    hand.panel.reoptimise()
    assert hand.told[-1] == "The week is being planned already."
    hand.panel.planning.stop()
    hand.settle()
    assert not hand.panel.planning.busy


def test_a_day_that_starts_elsewhere_starts_at_home_again(hand):
    again, workspace, before = "Start at home again", hand.context.workspace, hand.kept()
    assert again not in menu_of(hand)
    hand.context.bus.changed.emit(start_here(workspace, WEEK, DAY, NamedPlace("the first stop", visits(hand)[0].place)))
    hand.settle()
    elsewhere = hand.kept()
    assert elsewhere.days[DAY].start.name == "the first stop"
    menu_of(hand)[again].trigger()
    hand.settle()
    assert hand.kept().days[DAY].start == before.days[DAY].start
    assert hand.told[-1] == "Start Wednesday at Home. Ctrl+Z takes that back."
    assert again not in menu_of(hand)
    hand.context.bus.changed.emit(undo(workspace))
    hand.settle()
    assert hand.kept() == elsewhere


def test_while_the_week_is_planned_no_day_starts_at_home_again(hand):
    search_briefly(hand)
    hand.panel.reoptimise()
    hand.panel.planning.start_at_home(WEEK.day(DAY))
    assert hand.told[-1] == "The week is being planned already."
    hand.panel.planning.stop()
    hand.settle()


def test_days_that_a_night_joins_are_planned_together(plan):
    away = replace(plan, days=(replace(plan.days[0], away=True), replace(plan.days[1], away=True), *plan.days[2:]))
    assert [day.weekday() for day in days_together(away, 0)] == [0, 1, 2]
    assert [day.weekday() for day in days_together(away, 2)] == [2]


def test_a_window_that_only_shows_the_data_offers_the_map_alone(hand, monkeypatch):
    monkeypatch.setattr(hand.panel.day_menu, "_read_only", True)
    offered = menu_of(hand)
    assert [text for text, action in offered.items() if action.isEnabled()] == ["Show on the map"]
    assert offered[DayVerb.CLEAR.value].toolTip() == WHY


def test_two_visits_change_places_by_the_s_key(qtbot, hand):
    board = hand.panel.verbs.board
    cards = [card for card in hand.board.cards if card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY]
    one, other = next(
        (a, b) for a in cards for b in cards if a.day != b.day and a.key < b.key and isinstance(swap(board, a.key, b.key), Edited)
    )
    hand.board.pick(one)
    qtbot.keyClick(hand.board, Qt.Key.Key_S)
    assert "press S" in hand.board.told
    hand.board.pick(other)
    qtbot.keyClick(hand.board, Qt.Key.Key_S)
    hand.settle()
    after = {stop.block or stop.key: index for index, day in enumerate(hand.kept().days) for stop in day.stops}
    assert (after[one.key], after[other.key]) == (other.day, one.day)
    assert hand.told[-1].startswith("Swap ")


def test_escape_forgets_the_first_of_two(qtbot, hand):
    card = next(card for card in hand.board.cards if card.piece is Piece.VISIT and card.account_id)
    hand.board.pick(card)
    qtbot.keyClick(hand.board, Qt.Key.Key_S)
    qtbot.keyClick(hand.board, Qt.Key.Key_Escape)
    assert hand.panel.swaps.first is None
    assert hand.board.told == ""


def test_the_menu_of_a_card_has_all_it_can_change_places_with(hand):
    card = next(card for card in hand.board.cards if card.piece is Piece.VISIT and card.account_id)
    menu = QMenu(hand.window)
    hand.panel.fill_menu(menu, card)
    more = next(action.menu() for action in menu.actions() if action.text().startswith("Swap with"))
    planned = len({stop.block or stop.key for day in hand.kept().days for stop in day.stops if stop.kind is not VisitKind.DUTY})
    offered = [other for day in more.actions() for other in day.menu().actions()]
    assert len(offered) == planned - 1
    assert more.actions()[0].text().startswith("Mon")


def test_a_point_on_the_hours_is_of_no_day(hand):
    assert hand.board.day_at(QPointF(5, 5)) is None
