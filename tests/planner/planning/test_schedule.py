from itertools import permutations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.planning.instance import DaySpec, VisitSpec, build_instance
from planner.planning.schedule import BACK_LATE, CLOSED, DRIVES_LONG, NO_LUNCH, NO_ROAD, TOO_LATE, Broken, schedule_day


def week(seconds, days, visits):
    return build_instance("test", np.array(seconds, dtype=np.int32), days, visits)


def hour(hours):
    return int(hours * 3600)


NEAR = [[0, 1800], [1800, 0]]
NOON = (hour(11.5), hour(13.5), 2700)


def test_every_day_ends_when_a_slow_search_over_all_lunches_says_so(tiny):
    @settings(max_examples=250, deadline=None, database=None)
    @given(st.integers(0, 2**31))
    def same_end(seed):
        oracle, instance = tiny(seed)
        for d, day in enumerate(oracle.days):
            for size in range(min(3, len(oracle.visits)) + 1):
                for route in permutations(range(len(oracle.visits)), size):
                    if not route and day.start == day.end:
                        continue
                    times = schedule_day(instance, d, route)
                    assert (None if isinstance(times, Broken) else times.back_s) == oracle.end(d, route)

    same_end()


def test_she_leaves_home_in_time_for_the_first_visit_and_no_earlier():
    instance = week(NEAR, [DaySpec(0, 0, hour(7.5), hour(18), hour(4), NOON)], [VisitSpec("a", 1, 1800, 1.0, ((0, hour(9), hour(17)),))])
    times = schedule_day(instance, 0, [0])
    assert (times.leave_s, times.stops[0].arrive_s, times.stops[0].start_s) == (hour(8.5), hour(9), hour(9))


def test_slack_is_how_late_she_may_arrive(tiny):
    checked = 0
    for seed in range(150):
        oracle, instance = tiny(seed)
        for route in permutations(range(len(oracle.visits)), min(2, len(oracle.visits))):
            times = schedule_day(instance, 0, route)
            if isinstance(times, Broken) or times.lunch or oracle.days[0].lunch:
                continue
            first = times.stops[0]
            for late, holds in ((first.slack_s, True), (first.slack_s + 1, False)):
                begins = first.arrive_s + late - first.drive_s
                if any(begins < b and begins + first.drive_s > a for a, b in oracle.days[0].blocks):
                    continue
                day = DaySpec(**{**{f: getattr(oracle.days[0], f) for f in DaySpec.__slots__}, "opens": begins})
                moved = build_instance("late", oracle.seconds, [day, *oracle.days[1:]], oracle.visits)
                assert isinstance(schedule_day(moved, 0, route), Broken) != holds
                checked += 1
    assert checked > 20


def test_lunch_is_taken_at_a_stop_and_told():
    instance = week(NEAR, [DaySpec(0, 0, hour(8), hour(18), hour(4), NOON)], [VisitSpec("a", 1, hour(3), 1.0, ((0, hour(9), hour(12)),))])
    times = schedule_day(instance, 0, [0])
    assert times.lunch == (hour(12), hour(12) + 2700)
    assert times.back_s == hour(12.75) + 1800


def test_no_lunch_is_owed_by_who_is_home_before_it():
    instance = week(NEAR, [DaySpec(0, 0, hour(8), hour(18), hour(4), NOON)], [VisitSpec("a", 1, hour(1), 1.0, ((0, hour(9), hour(9)),))])
    assert schedule_day(instance, 0, [0]).lunch is None


def test_a_drive_that_would_overlap_a_call_begins_after_it():
    call = ((hour(10), hour(11)),)
    visit = VisitSpec("a", 1, hour(0.5), 1.0, ((0, hour(9), hour(9.25)),))
    times = schedule_day(week(NEAR, [DaySpec(0, 0, hour(8), hour(18), hour(4), None, call)], [visit]), 0, [0])
    assert times.back_s == hour(10)
    longer = VisitSpec("a", 1, hour(0.75), 1.0, ((0, hour(9), hour(9.25)),))
    times = schedule_day(week(NEAR, [DaySpec(0, 0, hour(8), hour(18), hour(4), None, call)], [longer]), 0, [0])
    assert times.back_s == hour(11.5)


def test_the_broken_rule_is_named():
    def rule(day, visit, seconds=NEAR):
        return schedule_day(week(seconds, [day], [visit]), 0, [0]).rule

    fine = DaySpec(0, 0, hour(8), hour(18), hour(4), NOON)
    at_ten = VisitSpec("a", 1, hour(1), 1.0, ((0, hour(10), hour(10)),))
    assert rule(fine, VisitSpec("a", 1, 60, 1.0, ())) == CLOSED
    assert rule(fine, VisitSpec("a", 1, 60, 1.0, ((0, hour(7), hour(8)),))) == TOO_LATE
    assert rule(fine, VisitSpec("a", 1, hour(1), 1.0, ((0, hour(17), hour(17)),))) == BACK_LATE
    assert rule(DaySpec(0, 0, hour(8), hour(18), 3000, NOON), at_ten) == DRIVES_LONG
    assert rule(fine, VisitSpec("a", 1, hour(4), 1.0, ((0, hour(10), hour(10)),))) == NO_LUNCH
    assert rule(fine, at_ten, [[0, -1], [1800, 0]]) == NO_ROAD
