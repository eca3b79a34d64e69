"""What can no longer be made of a day: as little as possible, the least important first."""

from itertools import permutations

import numpy as np
from small_weeks import HOUR, appointment, asked, by_chance, call, day, matrix_of, visit

from planner.planning.frame import frame_of, span_text
from planner.planning.missed import missed_visits
from planner.planning.schedule import DayTimes, schedule_day


def instance_of(visits, **more):
    request = asked(visits, [day(0, **more)])
    return frame_of(request, matrix_of(request)).instance


def test_nothing_is_missed_where_all_can_be_made():
    instance = instance_of([visit(k, 5 * k) for k in range(1, 8)])
    assert missed_visits(instance, range(7), {v: v for v in range(7)}) == {}
    assert missed_visits(instance, range(7), {}) == {}
    assert missed_visits(instance, [], {}) == {}


def test_each_that_is_missed_has_its_reason():
    visits = [
        visit(1, 5, opens=9, shuts=10, minutes=60),
        visit(2, 5, opens=9, shuts=10, minutes=60),
        visit(3, 5, opens=6, shuts=7),
        visit(4, 5, on=()),
        visit(5, 90),
        visit(6, 6, minutes=290, opens=12, shuts=18),
        visit(7, 6, minutes=290, opens=8, shuts=18),
    ]
    late = span_text(round(8 * HOUR + 300 - 6.5 * HOUR))
    assert missed_visits(instance_of(visits, max_drive_s=2 * HOUR), range(7), {}) == {
        1: "not together with Account 1",
        2: f"past its last start, {late} late",
        3: "closed that day",
        4: "too much driving, 1 h 00 late",
        6: "not together with Account 6",
    }


def test_alternatives_are_not_made_together():
    instance = instance_of([visit(k, 5, groups=("either",)) for k in (1, 2)])
    assert missed_visits(instance, [1, 0], {0: 0, 1: 1}) == {0: "not together with Account 2"}


def test_the_first_ones_go_before_the_others():
    instance = instance_of([visit(k, 5, minutes=200) for k in (1, 2, 3)])
    assert missed_visits(instance, [2, 0, 1], {}) == {1: "no time left for it"}
    assert missed_visits(instance, [0, 1, 2], {}) == {2: "no time left for it"}


def test_a_kept_order_is_not_changed_to_make_more_of_them():
    instance = instance_of([visit(1, 5, opens=13, shuts=14), visit(2, 5, opens=9, shuts=10)])
    assert missed_visits(instance, [0, 1], {0: 0, 1: 1}) == {}
    assert list(missed_visits(instance, [0, 1], {0: 0, 1: 1}, keep_order=True)) == [1]


def test_a_day_that_holds_as_it_was_planned_misses_nothing():
    far = [appointment("Board", 0, 8.5, 10), appointment("Fair", 0, 11.5, 12, 63, 2), visit(1, 33, 2, minutes=10)]
    instance = instance_of(far, blocks=(call("Call", 0, 10.75, 11),))
    assert missed_visits(instance, [0, 1], {0: 1, 2: 2, 1: 3}) == {}
    assert list(missed_visits(instance, [0, 1], {0: 1, 1: 3})) == [1]


@by_chance
def test_of_a_few_visits_as_many_are_kept_as_can_be_one_after_the_other(seed):
    draw = np.random.default_rng(seed)
    visits = [
        visit(k, int(draw.integers(-30, 31)), opens=o, shuts=o + float(draw.choice([1.5, 3, 8])), minutes=int(draw.choice([30, 60, 90])))
        for k, o in enumerate(draw.choice([8.0, 9.0, 11.0, 14.0], 5), start=1)
    ]
    instance = instance_of(visits)
    order = [int(v) for v in draw.permutation(5)]
    missed = missed_visits(instance, order, {v: v for v in range(5)})

    def possible(some):
        return any(isinstance(schedule_day(instance, 0, way), DayTimes) for way in permutations(some))

    kept = []
    for v in order:
        assert (v in missed) != possible([*kept, v])
        kept += [] if v in missed else [v]
