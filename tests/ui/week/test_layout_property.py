"""Whatever the plan, the room and the zoom: columns do not overlap, and every card is inside its day."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from ui.week.board_layout import COLUMN_MIN_PX, GUTTER_PX, ZOOM_MAX_PX, Piece, cards_of, fit

WEEK = IsoWeek(2026, 49)
HOME = NamedPlace("Home", LatLon(40.0, -77.0))
MINUTE = 60


@st.composite
def days(draw, index):
    clock = draw(st.integers(0, 9 * 60)) * MINUTE
    leave, stops = clock, []
    for number in range(draw(st.integers(0, 5))):
        drive, wait, service = (draw(st.integers(0, most)) * MINUTE for most in (50, 20, 90))
        arrive = clock + drive
        stops.append(
            Stop(f"{index}-{number}", "Visit", VisitKind.CAPTURE, HOME.point, arrive, arrive + wait, arrive + wait + service, drive, 0)
        )
        clock = arrive + wait + service
    last = draw(st.integers(0, 60)) * MINUTE
    begin = draw(st.integers(0, 20)) * 3600
    day = WEEK.day(0) + timedelta(days=index)
    blocks = (Duty("call", "Call", day, begin, draw(st.sampled_from((begin + 1800, 86_400)))),) if draw(st.booleans()) else ()
    return DayPlan(day, HOME, HOME, leave, clock + last, tuple(stops), last, 0, blocks=blocks, away=draw(st.booleans()))


@st.composite
def plans(draw):
    return WeekPlan(WEEK, "", tuple(draw(days(index)) for index in range(draw(st.integers(1, 14)))))


@settings(max_examples=60, deadline=None)
@given(plans(), st.floats(100, 2400), st.floats(60, 1600), st.none() | st.floats(1, 900))
def test_every_card_is_inside_its_day_and_no_column_overlaps(plan, width_px, height_px, hour_px):
    scale = fit(plan, width_px, height_px, hour_px)
    assert scale.column_px >= COLUMN_MIN_PX
    assert scale.hour_px <= max(ZOOM_MAX_PX, height_px)
    for day in range(scale.days):
        assert scale.day_at(scale.x_of(day) + 1) == day
        assert abs(scale.x_of(day) + scale.column_px - scale.x_of(day + 1)) < 1e-6
    nights = []
    for card in cards_of(plan):
        box = scale.rect_of(card)
        if card.piece is Piece.NIGHT:
            nights.append(box)
            assert scale.hours_px <= box.top() < box.bottom() <= scale.height_px
            assert GUTTER_PX < box.left() < box.right() <= scale.width_px
            continue
        assert scale.x_of(card.day) < box.left() < box.right() < scale.x_of(card.day + 1)
        assert -0.01 <= box.top() < box.bottom() <= scale.hours_px + 0.51
    for one, other in pairwise(nights):
        assert one.right() < other.left()
