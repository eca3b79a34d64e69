"""Plans in rush hours: drives take as long as the hour says, in the search as in the schedule, and every rule is kept."""

from datetime import timedelta
from itertools import pairwise, permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from week_rules import check_week

from planner.errors import PlanProblem
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace, PostalAddress
from planner.model.request import Lunch
from planner.model.travel import RushHours, TravelMatrix
from planner.planning.candidates import Book
from planner.planning.instance import DaySpec, VisitSpec, build_instance
from planner.planning.kernels.clock import NEVER, drive, drive_by
from planner.planning.kernels.days import time_day
from planner.planning.plan import plan_request
from planner.planning.request import WorkWeek, build_request
from planner.planning.schedule import Broken, schedule_day
from planner.planning.search import solve
from planner.planning.state import empty_state, load_day, problem_of
from planner.planning.value import Weights
from planner.values import replace

WEEK = IsoWeek(2026, 49)
DAYS = [WEEK.day(k) for k in range(5)]
HOME, OFFICE = NamedPlace("Home", LatLon(40.79, -77.86)), NamedPlace("Office", LatLon(40.795, -77.855))
WORK = WorkWeek(HOME, OFFICE, lunch=Lunch(41_400, 48_600, 2700))
FIRST_HOUR = RushHours.read("0-1 = 1.5")
RUSH = RushHours.read("7-9 = 1.5; 16-19 = 1.7")
rush_hours = st.lists(st.integers(100, 300), min_size=24, max_size=24).map(lambda percent: RushHours(tuple(percent)))


def account(number):
    spot = LatLon(40.79 + 0.004 * (number % 13), -77.86 + 0.006 * (number % 11))
    seen = DAYS[0] - timedelta(days=40 + 7 * (number % 20))
    return Account(
        number, f"crm-{number}", f"Account {number}", AccountKind.CLIENT, PostalAddress(), tier=Tier.A, last_activity=seen, place=spot
    )


def matrix_of(request):
    spots = dict.fromkeys([c.place for c in request.candidates] + [e.point for day in request.days for e in (day.start, day.end)])
    metres = np.array([[1.3 * a.metres_to(b) for b in spots] for a in spots]).astype(np.int32)
    return TravelMatrix(tuple(spots), (metres / 9).astype(np.int32), metres)


def hour(hours):
    return int(hours * 3600)


def in_rush(oracle):
    """A tiny week, whose days are over in minutes, in a slow first hour."""
    return build_instance("rush", oracle.seconds, oracle.days, oracle.visits, rush=FIRST_HOUR)


def test_the_search_counts_a_drive_as_the_model_does():
    @settings(max_examples=300, deadline=None, database=None)
    @given(rush_hours, st.integers(0, 86_400), st.integers(0, 20_000))
    def same(rush, time, hop):
        pace = np.array(rush.pace, dtype=np.int64)
        assert drive(pace, time, hop) == rush.arrive_s(time, hop)
        assert drive_by(pace, time, hop) == rush.depart_s(time, hop)

    same()


def test_a_day_ends_when_a_slow_clock_says_so(tiny):
    """Without lunch and calls the earliest end is plain to follow, drive by drive."""
    checked = 0
    for seed in range(120):
        oracle, _ = tiny(seed)
        oracle.days = [replace(day, lunch=None, blocks=()) for day in oracle.days]
        instance = in_rush(oracle)
        for d, day in enumerate(oracle.days):
            for route in permutations(range(len(oracle.visits)), min(2, len(oracle.visits))):
                times = schedule_day(instance, d, route)
                time, here = day.opens, day.start
                for v in route:
                    visit = oracle.visits[v]
                    time = FIRST_HOUR.arrive_s(time, int(oracle.seconds[here, visit.place]))
                    starts = [max(a, time) for at, a, b in visit.windows if at == d and time <= b]
                    time, here = min(starts, default=NEVER) + visit.service, visit.place
                end = FIRST_HOUR.arrive_s(time, int(oracle.seconds[here, day.end])) if time < NEVER else NEVER
                if isinstance(times, Broken):
                    places = [day.start, *(oracle.visits[v].place for v in route), day.end]
                    usual = sum(int(oracle.seconds[a, b]) for a, b in pairwise(places))
                    assert end > day.closes or usual > day.max_drive
                else:
                    assert times.back_s == end
                    checked += 1
    assert checked > 50


def test_the_search_and_the_schedule_agree_with_lunch_and_calls(tiny):
    checked = 0
    for seed in range(150):
        oracle, _ = tiny(seed)
        instance = in_rush(oracle)
        problem = problem_of(instance)
        for route in permutations(range(len(oracle.visits)), min(2, len(oracle.visits))):
            state = empty_state(instance, problem)
            load_day(problem, state, 0, route)
            if state.length[0] != len(route):
                continue
            time_day(problem, state, 0)
            times = schedule_day(instance, 0, route)
            assert not isinstance(times, Broken)
            checked += 1
            for at, stop in enumerate(times.stops, start=1):
                assert min(state.ready[0, at]) <= stop.leave_s
                assert stop.arrive_s <= max(state.there_by[0, at])
    assert checked > 50


def test_an_appointment_after_the_rush_is_left_for_earlier():
    seconds = np.array([[0, 2400], [2400, 0]], dtype=np.int32)
    day = DaySpec(0, 0, hour(6), hour(18), hour(4))
    visit = VisitSpec("a", 1, 1800, 1.0, ((0, hour(8.5), hour(8.5)),), mandatory=True)
    usual = schedule_day(build_instance("week", seconds, [day], [visit]), 0, [0])
    rush = schedule_day(build_instance("week", seconds, [day], [visit], rush=RUSH), 0, [0])
    assert (usual.leave_s, usual.stops[0].drive_s) == (hour(8.5) - 2400, 2400)
    assert (rush.leave_s, rush.stops[0].drive_s) == (hour(8.5) - 3600, 3600)


def test_what_fits_only_outside_the_rush_is_not_planned_in_it(tiny):
    seconds = np.array([[0, 3600], [3600, 0]], dtype=np.int32)
    day = DaySpec(0, 0, hour(15), hour(18), hour(4))
    visit = VisitSpec("a", 1, 1800, 1.0, ((0, hour(15), hour(18)),))
    assert solve(build_instance("week", seconds, [day], [visit]), seconds=0.2).routes == ((0,),)
    assert solve(build_instance("week", seconds, [day], [visit], rush=RUSH), seconds=0.2).routes == ((),)


def test_every_plan_of_a_rushed_week_keeps_its_days(tiny):
    planned = 0
    for seed in range(40):
        oracle, _ = tiny(seed)
        instance = in_rush(oracle)
        try:
            solution = solve(instance, seconds=5, iterations=60)
        except PlanProblem:  # appointments that are too far apart in the rush
            continue
        planned += sum(map(len, solution.routes))
        for d, route in enumerate(solution.routes):
            assert not isinstance(schedule_day(instance, d, route), Broken)
    assert planned > 20


def test_a_week_planned_in_rush_hours_can_be_driven_as_written():
    accounts = [account(k) for k in range(60)]
    request, _ = build_request(DAYS, Book(accounts), [], replace(WORK, rush=RUSH), Weights())
    matrix = matrix_of(request)
    plan = plan_request(request, matrix, WEEK, "America/New_York", iterations=300)
    assert check_week(request, matrix, plan) == []
    rows = {place: row for row, place in enumerate(matrix.places)}
    longer = 0
    for day in plan.days:
        for before, stop in pairwise((None, *day.stops)):
            here = day.start.point if before is None else before.place
            usual_s = int(matrix.seconds[rows[here], rows[stop.place]])
            assert RUSH.arrive_s(stop.arrive_s - stop.drive_s, usual_s) <= stop.arrive_s
            longer += stop.drive_s > usual_s
    assert longer > 3
    assert check_week(replace(request, rush=RushHours.read("7-19 = 3")), matrix, plan) != []
