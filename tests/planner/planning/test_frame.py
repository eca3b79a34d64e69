"""A request as numbers: what cannot be one is told plainly."""

import numpy as np
import pytest
from small_weeks import HOME, HOUR, INN, OFFICE, appointment, asked, at, block, day, matrix_of, planned, visit

from planner.errors import PlanProblem
from planner.model.request import NightRequest, Window
from planner.model.travel import TravelMatrix
from planner.model.week import WhyNot
from planner.planning.frame import frame_of, label_of, places_of
from planner.values import replace


def test_a_day_without_length_is_refused():
    for hours in ({"opens_s": 8 * HOUR, "closes_s": 8 * HOUR}, {"opens_s": 9 * HOUR, "closes_s": 8 * HOUR}):
        request = asked([visit(1, 5)], [day(0), day(1, **hours)])
        with pytest.raises(PlanProblem, match="Tuesday ends before it begins"):
            frame_of(request, matrix_of(request))


@pytest.mark.parametrize("broken", [np.nan, np.inf])
@pytest.mark.parametrize("where", [(0, 1), (2, 2)])
def test_drive_times_that_are_no_numbers_are_refused(broken, where):
    request = asked([visit(1, 5), visit(2, 8)], days=1)
    matrix = matrix_of(request)
    seconds = matrix.seconds.astype(np.float64)
    assert frame_of(request, TravelMatrix(matrix.places, seconds, matrix.metres)).candidates
    seconds[where] = broken
    with pytest.raises(PlanProblem, match="drive times cannot be used"):
        frame_of(request, TravelMatrix(matrix.places, seconds, matrix.metres))


def test_a_week_without_candidates_is_planned_as_an_idle_one():
    request = asked([], days=2)
    plan = planned(request)
    assert [(each.stops, each.drive_s, each.lunch) for each in plan.days] == [((), 0, None)] * 2
    assert (plan.value, plan.left_out, plan.costs) == (0.0, (), ())


def test_every_place_is_asked_for_once():
    visits = [visit(1, 5), visit(2, 8)]
    joint = block("Rep A", visits, matrix_of(asked(visits)), [Window(0, 9 * HOUR, 10 * HOUR)])
    nights = (NightRequest(0, (INN, OFFICE), 5.0),)
    request = asked([*visits, joint], [day(0, end=None), day(1, start=None), day(2, start=OFFICE)], nights=nights)
    assert sorted(places_of(request)) == sorted([at(5), at(8), HOME.point, OFFICE.point, INN.point])


def test_an_island_is_left_out_and_one_without_a_way_back_too():
    request = asked([visit(1, 5), visit(2, 8), visit(3, 9)], days=1)
    matrix = matrix_of(request)
    matrix.seconds[:, matrix.places.index(at(5))] = -1
    matrix.seconds[matrix.places.index(at(8)), :] = -1
    frame = frame_of(request, matrix)
    assert [(left.key, left.reason) for left in frame.off_road] == [("account-1", WhyNot.OFF_ROAD), ("account-2", WhyNot.OFF_ROAD)]
    assert [candidate.key for candidate in frame.candidates] == ["account-3"]
    must = replace(request, candidates=tuple(replace(c, mandatory=True) for c in request.candidates))
    with pytest.raises(PlanProblem, match=r"Account 1 .*cannot be reached"):
        frame_of(must, matrix)


def test_what_can_be_reached_from_a_hotel_only_is_asked_for():
    nights = (NightRequest(0, (INN,), 5.0),)
    request = asked([visit(1, 95, value=90.0)], days=2, nights=nights)
    matrix = matrix_of(request)
    home, there = matrix.places.index(HOME.point), matrix.places.index(at(95))
    matrix.seconds[home, there] = matrix.seconds[there, home] = -1
    assert frame_of(request, matrix).candidates
    assert frame_of(replace(request, nights=()), matrix).candidates == ()


def test_only_nights_between_days_can_be_slept_away():
    days = [day(0, end=None), day(1, start=None), day(2)]
    nights = tuple(NightRequest(d, (INN, OFFICE), 5.0) for d in (0, 1, 2))
    request = asked([visit(1, 5)], days, nights=nights)
    frame = frame_of(request, matrix_of(request))
    assert frame.beds == ((1, INN), (1, OFFICE))
    assert frame.instance.bed_night.tolist() == [1, 1]


def test_a_fixed_visit_is_named_with_its_day_and_time():
    request = asked([appointment("Board", 1, 9.5, 10), visit(1, 5, on=(2,), mandatory=True), visit(2, 5, mandatory=True), visit(3, 5)])
    assert [label_of(candidate, request) for candidate in request.candidates] == [
        "Board (Tue 9:30)",
        "Account 1 (Wed)",
        "Account 2",
        "Account 3",
    ]


def test_a_plan_is_taken_up_without_what_is_not_asked_for_any_more():
    request = asked([visit(1, 5), visit(2, 8)], days=2)
    plan = planned(request)
    fewer = replace(request, candidates=request.candidates[1:], days=request.days[:1])
    fewer = replace(fewer, candidates=tuple(replace(c, windows=c.windows[:1]) for c in fewer.candidates))
    solution = frame_of(fewer, matrix_of(request)).solution_of(plan)
    assert solution.routes in (((0,),), ((),))
    assert sum(map(len, frame_of(request, matrix_of(request)).solution_of(plan).routes)) == 2
