"""What the board shows behind and on its cards: days off, nights away, the time of reps, and what does not hold."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.changes import Changes
from planner.model.places import LatLon, NamedPlace
from planner.model.week import Term, VisitKind
from planner.settings import Settings
from planner.store.calendar import replace_events
from planner.usecases.edits import Edited, Refused, move
from planner.usecases.rep_time import rep_time
from planner.values import replace
from ui.week.board_layout import GUTTER_PX, HEADER_PX, Piece, cards_of, fit
from ui.week.verbs import on_working_days

WEEK = IsoWeek(2026, 49)
INN = NamedPlace("Inn <at> Lewistown", LatLon(40.6, -77.57))


@pytest.fixture
def away(plan):
    """The plan with a night away after Monday."""
    monday, tuesday, *rest = plan.days
    costs = (Term(f"Night away: {INN.name}", -9.0),)
    return replace(plan, days=(replace(monday, end=INN, away=True), replace(tuesday, start=INN), *rest), costs=costs)


def put(hand, title, weekday, hour, hours=1):
    day = WEEK.day(weekday)
    at = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo("America/New_York"))
    with hand.context.workspace.writing("Test", sample=True) as db:
        replace_events(db, [CalendarEvent(title, title, at, at.replace(hour=hour + hours))], sample=True)
    hand.context.bus.changed.emit(Changes("Import calendar", plans=True))
    hand.settle()


def test_a_night_away_stands_between_its_days_with_its_price(away):
    (night,) = [card for card in cards_of(away) if card.piece is Piece.NIGHT]
    assert (night.day, night.title) == (0, INN.name)
    assert "Mon to Tue" in night.tip
    assert "Tue starts here, 0 min from Staff meeting" in night.tip
    assert "Counts as 9 points" in night.tip


def test_the_first_of_several_nights_begins_with_its_day_and_none_touches_the_next(away):
    days = [replace(day, end=INN, away=index in {0, 1, 3}) for index, day in enumerate(away.days)]
    plan = replace(away, days=tuple(days))
    scale = fit(plan, 760, 400)
    bands = [scale.rect_of(card) for card in cards_of(plan) if card.piece is Piece.NIGHT]
    assert [scale.day_at(band.left()) for band in bands] == [0, 1, 3]
    assert [scale.day_at(band.right()) for band in bands] == [1, 2, 4]
    assert bands[0].width() == pytest.approx(bands[2].width())
    assert bands[0].width() > bands[1].width() + scale.column_px / 3
    assert bands[0].right() < bands[1].left()


def test_a_night_is_in_sight_however_high_the_hours_and_tells_its_tip(board, away, theme):
    board.show_plan(away)
    board.zoom(4.0)
    (night,) = [card for card in board.cards if card.piece is Piece.NIGHT]
    at = board.point_of(night)
    assert HEADER_PX < at.y() < board.viewport().height()
    assert board.across(0, 0)[0] < at.x() < board.across(1, 1)[1]
    assert board.card_at(at) == night
    purple = QColor(theme.colours.overnight)
    picture, half = board.viewport().grab().toImage(), int(board.scale.rect_of(night).width() / 2)
    around = [picture.pixelColor(int(at.x() + dx), int(at.y() + dy)) for dx in range(-half, half) for dy in range(-9, 10)]
    assert any(abs(each.red() - purple.red()) + abs(each.blue() - purple.blue()) < 24 and each.green() < 110 for each in around)


def test_days_off_have_a_quiet_ground(board, theme):
    board.set_working_days((0, 1, 2, 3))
    picture = board.viewport().grab().toImage()
    left = board.across(4, 4)[0]
    top = int(HEADER_PX + board.scale.y_of(12.5 * 3600))
    assert picture.pixelColor(int(left) + 30, top) == QColor(theme.colours.hover)
    assert picture.pixelColor(int(board.across(3, 3)[0]) + 30, top) == QColor(theme.colours.ground)


def test_an_appointment_at_the_weekend_shows_its_day(hand):
    put(hand, "School fair", 5, 10, 2)
    assert [day.day for day in hand.board.plan.days][-1] == WEEK.day(5)
    assert any(card.title == "School fair" and card.day == 5 for card in hand.board.cards)
    assert len(hand.context.desk.plan.days) == 5


def test_a_drop_on_a_day_off_says_why_not(hand):
    put(hand, "School fair", 5, 10, 2)
    card = next(card for card in hand.board.cards if card.piece is Piece.VISIT and card.kind is VisitKind.CAPTURE)
    before = hand.kept()
    hand.press(hand.port, hand.board.point_of(card))
    hand.drag(hand.port, hand.board.point_of(card) + QPointF(14, 2))
    hand.board.show_column(5)
    at = QPointF(hand.board.across(5, 5)[0] + 20, HEADER_PX / 2)
    hand.drag(hand.port, at)
    assert not hand.board.trial.fits
    hand.let_go(hand.port, at)
    assert hand.told[-1]
    assert hand.kept() == before


def test_only_working_days_take_a_first_visit(hand):
    board = hand.panel.verbs.board
    key, day = next(
        (stop.key, to)
        for index, each in enumerate(board.plan.days)
        for stop in each.stops
        for to in range(5)
        if to != index and isinstance(move(board, stop.key, to), Edited)
    )
    answer = move(board, key, day)
    assert on_working_days(board, answer, range(7)) is answer
    assert on_working_days(board, answer, ()) is answer  # somebody is visited on that day already
    emptied = replace(board, plan=replace(board.plan, days=tuple(replace(each, stops=()) for each in board.plan.days)))
    refused = on_working_days(emptied, answer, ())
    assert isinstance(refused, Refused)
    assert "is not one of your working days" in refused.text


def test_the_time_of_a_chosen_rep_is_shown_and_named(hand):
    rep = hand.panel.free_time.reps[0]
    hand.panel.free_time.choose(rep)
    hand.settle()
    assert hand.board.free_time_of == rep
    assert hand.panel.bar.who.accessibleName() == f"Free time of {rep}"
    assert not hand.panel.bar.swatch.isHidden()
    hand.panel.free_time.choose("")
    hand.board.select(None)
    hand.panel.free_time.mark("")
    assert hand.board.free_time_of == ""
    assert hand.panel.bar.swatch.isHidden()


def test_a_visit_with_a_rep_shows_when_that_rep_is_free(hand):
    card = next((card for card in hand.board.cards if card.rep in hand.panel.free_time.reps and card.rep), None)
    assert card is not None, "the sample plans support"
    hand.board.pick(card)
    hand.settle()
    assert hand.board.free_time_of == card.rep
    other = next(each for each in hand.board.cards if each.piece is Piece.VISIT and not each.rep and each.account_id)
    hand.board.pick(other)
    hand.settle()
    assert hand.board.free_time_of == ""


def test_the_hatch_is_where_the_rep_is_busy(hand, theme):
    rep = hand.panel.free_time.reps[0]
    plain = hand.port.grab().toImage()
    hand.panel.free_time.choose(rep)
    hand.settle()
    hatched = hand.port.grab().toImage()
    free = rep_time(hand.context.workspace, rep, [WEEK.day(4)])[0]
    scale = hand.board.scale
    shift = hand.board.verticalScrollBar().value()
    x = int(hand.board.across(4, 4)[0]) + 3
    for hour in range(scale.from_hour, scale.to_hour):
        y = int(HEADER_PX + scale.y_of(hour * 3600 + 1800) - shift)
        if HEADER_PX < y < hand.port.height() - 4:
            is_free = any(begin <= hour * 3600 + 1800 < end for begin, end in free)
            assert (plain.pixelColor(x, y) == hatched.pixelColor(x, y)) is is_free


def test_an_appointment_upon_visits_is_marked_counted_and_stepped_through(qtbot, hand):
    assert hand.panel.bar.conflicts.isHidden()
    hand.panel.next_conflict()
    assert hand.told[-1] == "Everything in the plan holds."
    put(hand, "Dentist", 1, 9, 4)
    conflicts = hand.panel.verbs.conflicts
    assert len(conflicts) >= 2
    assert hand.panel.bar.conflicts.text().endswith(f"{len(conflicts)} conflicts")
    seen = []
    for _step in range(len(conflicts) + 1):
        hand.panel.bar.conflicts.click()
        seen.append(hand.board.current.key)
        assert "Conflict: " in hand.board.accessibleDescription()
        assert hand.board.told == hand.told[-1]
    assert seen[0] == seen[-1]
    assert len(set(seen)) == len(conflicts)


def test_planning_the_day_again_settles_what_came_later(hand):
    put(hand, "Dentist", 1, 9, 4)
    assert hand.panel.verbs.conflicts
    desk = hand.context.desk
    desk.settings = Settings({**desk.settings.values, "plan_seconds": "1"})
    hand.panel.planning.plan_again(WEEK, [WEEK.day(1)])
    hand.settle()
    assert hand.panel.verbs.conflicts == ()
    assert hand.panel.bar.conflicts.isHidden()
    assert any(card.title == "Dentist" and card.day == 1 for card in hand.board.cards)


def test_the_gutter_is_no_place_to_drop(hand):
    assert hand.board.spot_at(QPointF(GUTTER_PX - 2, 200)) is None


def test_tall_cards_tell_more(board):
    low = board.viewport().grab().toImage()
    board.zoom(3.0)
    assert board.viewport().grab().toImage() != low
    card = next(card for card in board.cards if card.title == "Uni-Mart HQ")
    assert card.more == ("Drive 1 h 00 · 3.1 mi",)
