import pytest
from PySide6.QtCore import QPointF, Qt

from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind
from planner.settings import Settings
from planner.usecases.edits import Edited, move
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from ui.geometry import Geometry
from ui.safety.read_only import WHY
from ui.week.board_layout import HEADER_PX, Piece
from ui.week.page import WeekPanel

WEEK = IsoWeek(2026, 49)
NEXT = WEEK.plus(1)
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def two(hand):
    """Two weeks on the board, the second one without a plan."""
    hand.panel.show_two_weeks(two=True)
    hand.settle()
    return hand


def visits(board, days):
    return [card for card in board.cards if card.piece is Piece.VISIT and card.kind is not VisitKind.DUTY and card.day in days]


def movable(hand, day):
    board = hand.panel.verbs.board
    return next(card for card in visits(hand.board, range(5)) if isinstance(move(board, card.key, day), Edited))


def name_of(hand, day):
    scale = hand.board.scale
    return QPointF(scale.x_of(day) + scale.column_px / 2 - hand.board.horizontalScrollBar().value(), HEADER_PX / 2)


def test_both_weeks_stand_side_by_side_and_the_desk_keeps_the_first(two):
    assert [day.day for day in two.board.plan.days] == [week.day(weekday) for week in (WEEK, NEXT) for weekday in range(5)]
    assert two.context.desk.plan == two.kept()
    assert [name.text().split(" · ")[0] for name in two.panel.headings.names] == ["Week 49", "Week 50"]
    assert two.panel.headings.isVisible()
    assert "not planned yet" in two.panel.headings.names[1].accessibleName().casefold()
    assert two.panel.headings.plan.text() == "Plan week 50"


def test_one_week_has_no_headings(hand):
    assert not hand.panel.headings.isVisible()
    assert len(hand.board.plan.days) == 5


def test_a_visit_dragged_into_the_next_week_is_one_step(two):
    before, card = two.kept(), movable(two, 7)
    two.press(two.port, two.board.point_of(card))
    two.drag(two.port, two.board.point_of(card) + QPointF(14, 2))
    two.board.show_column(7)
    at = name_of(two, 7)
    two.drag(two.port, at)
    assert two.board.trial.fits
    assert two.board.trial.card.day == 7
    two.let_go(two.port, at)
    there = load_week(two.context.workspace, NEXT)
    assert card.key in {stop.key for stop in there.days[2].stops}
    assert card.key not in {stop.key for day in two.kept().days for stop in day.stops}
    assert next(each for each in two.board.cards if each.key == card.key).day == 7
    assert two.panel.headings.plan.text() == "Improve week 50"
    two.context.bus.changed.emit(undo(two.context.workspace))
    two.settle()
    assert two.kept() == before
    assert load_week(two.context.workspace, NEXT) is None
    assert not visits(two.board, range(5, 10))


def test_alt_and_the_right_arrow_goes_on_into_the_next_week(qtbot, two):
    board = two.panel.verbs.board
    card = next(card for card in visits(two.board, (4,)) if isinstance(move(board, card.key, 5), Edited))
    two.board.select(card.account_id)
    qtbot.keyClick(two.board, Qt.Key.Key_Right, ALT)
    two.settle()
    assert card.key in {stop.key for stop in load_week(two.context.workspace, NEXT).days[0].stops}
    assert two.board.current.day == two.board.day == 5


def test_arrows_walk_from_week_to_week(qtbot, two):
    two.board.select(visits(two.board, (4,))[-1].account_id)
    qtbot.keyClick(two.board, Qt.Key.Key_Right)
    assert two.board.current.day >= 5
    assert two.context.desk.day != 5


def test_a_day_of_the_next_week_is_marked_on_the_board_alone(two, qtbot):
    two.board.show_column(8)
    day = two.context.desk.day
    qtbot.mouseClick(two.port, Qt.MouseButton.LeftButton, pos=name_of(two, 8).toPoint())
    assert two.board.day == 8
    assert two.context.desk.day == day


def test_narrow_boards_scroll_to_the_side_and_the_hours_stay(two):
    assert two.board.horizontalScrollBar().maximum() > 0 or two.board.width() > 1000
    two.window.resize(800, 500)
    two.settle()
    two.board.show_column(9)
    left, right = two.board.across(9, 9)
    assert 0 < left < right <= two.port.width() + 1
    assert two.board.day_at(QPointF(10, 10)) is None
    assert two.board.card_at(QPointF(10, 200)) is None


def test_the_button_of_the_next_week_stands_above_its_own_days(two):
    headings, bar = two.panel.headings, two.board.horizontalScrollBar()
    two.window.resize(800, 500)
    two.settle()
    assert bar.maximum() > 0
    for value in range(0, bar.maximum() + 1, 20):
        bar.setValue(value)
        left, right = two.board.across(5, 9)
        if headings.plan.isVisible():
            assert left <= headings.plan.x()
            assert headings.plan.geometry().right() <= min(right, two.port.width())
    assert headings.plan.isVisible()
    assert headings.names[1].isVisible()
    bar.setValue(0)
    assert not headings.plan.isVisible()


def test_the_next_week_is_planned_from_its_heading(qtbot, two):
    before, desk = two.kept(), two.context.desk
    desk.settings = Settings({**desk.settings.values, "plan_seconds": "1"})
    two.board.show_column(9)
    two.panel.headings.plan.click()
    two.settle()
    assert load_week(two.context.workspace, NEXT).visits > 0
    assert visits(two.board, range(5, 10))
    assert two.kept() == before
    assert two.context.desk.week == WEEK


def test_one_week_comes_back(two):
    two.panel.toggle_two_weeks()
    two.settle()
    assert len(two.board.plan.days) == 5
    assert two.panel.verbs.board.plan == two.kept()
    assert not two.panel.bar.two_weeks.isChecked()


def test_the_next_weeks_button_of_the_bar_and_the_memory(qtbot, context_of, copy_of, roomy_home, is_quiet):
    workspace = copy_of(roomy_home)
    context = context_of(workspace)
    panel = WeekPanel(context, Geometry(workspace.home))
    qtbot.addWidget(panel)
    panel.bar.two_weeks.click()
    assert panel.verbs.two_weeks
    again = WeekPanel(context, Geometry(workspace.home))
    qtbot.addWidget(again)
    assert again.verbs.two_weeks
    assert again.bar.two_weeks.isChecked()


def test_a_window_that_only_shows_the_data_shows_both_weeks(qtbot, context_of, copy_of, roomy_home, is_quiet, monkeypatch):
    workspace = copy_of(roomy_home)
    monkeypatch.setattr(workspace, "read_only", True)
    context = context_of(workspace)
    panel = WeekPanel(context)
    qtbot.addWidget(panel)
    told = []
    context.bus.told.connect(told.append)
    context.bus.basemap_shown.connect(lambda basemap: basemap and basemap.close())
    panel.show_two_weeks(two=True)
    context.desk.load()
    qtbot.waitUntil(lambda: is_quiet() and panel.board.plan is not None and len(panel.board.plan.days) == 10)
    assert panel.headings.plan.isHidden()
    panel.reoptimise()
    assert told[-1] == WHY
