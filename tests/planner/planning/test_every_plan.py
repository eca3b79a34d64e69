"""The week optimum of small weeks equals the best of all plans, with everything a week can ask for."""

import os

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from every_plan import EveryPlan, shortest

from planner.errors import PlanProblem
from planner.planning.instance import LAST_STOP, DaySpec, Goal, NightSpec, VisitSpec, build_instance
from planner.planning.schedule import Broken, schedule_day
from planner.planning.search import solve

EXAMPLES = int(os.environ.get("ROADBOOK_EXAMPLES", "40"))
PLACES = 7


def week(seed, count=12):
    """A week of two or three days and a dozen visits; lunch, alternatives, calls, nights, blocks, open ends and shares by chance."""
    draw = np.random.default_rng(seed)
    seconds = draw.integers(2, 30, (PLACES, PLACES)).astype(np.int32)
    np.fill_diagonal(seconds, 0)
    seconds = shortest(seconds)
    m = int(draw.integers(2, 4))
    days, opened = [], False
    for d in range(m):
        opens = int(draw.integers(0, 20))
        lunch_from = int(draw.integers(30, 80))
        lunch = (lunch_from, lunch_from + int(draw.integers(5, 40)), int(draw.integers(5, 20))) if draw.random() < 0.7 else None
        blocks = tuple((int(b), int(b + draw.integers(3, 20))) for b in draw.integers(10, 120, int(draw.integers(0, 3))))
        start, end = 0, 0
        if opened:
            start = LAST_STOP
        opened = d + 1 < m and draw.random() < 0.2
        if opened:
            end = LAST_STOP
        days.append(DaySpec(start, end, opens, opens + int(draw.integers(80, 130)), int(draw.integers(60, 140)), lunch, blocks))
    visits = []
    for v in range(count):
        windows = []
        for d in range(m):
            windows += [(d, int(b), int(b + draw.integers(0, 40))) for b in draw.integers(0, 110, int(draw.integers(0, 3)))]
        block = draw.random() < 0.15
        visits.append(
            VisitSpec(
                f"v{v}",
                int(draw.integers(0, PLACES - 1)),
                int(draw.integers(10, 30)),
                float(draw.integers(1, 30)),
                tuple(windows),
                mandatory=bool(draw.random() < 0.05),
                groups=tuple(group for group in "gh" if draw.random() < 0.15),
                leave_place=int(draw.integers(0, PLACES - 1)) if block else -1,
                drive=int(draw.integers(1, 8)) if block else 0,
                kind=int(draw.integers(0, 3)),
            )
        )
    away = [d for d in range(m - 1) if days[d].end != LAST_STOP and draw.random() < 0.5]
    nights = [
        NightSpec(d, tuple(int(p) for p in draw.integers(1, PLACES, 2)), tuple(float(p) for p in draw.integers(1, 12, 2))) for d in away
    ]
    goal = Goal(float(draw.choice([0.0, 0.1, 0.3])), (0.5, 0.3, 0.2), float(draw.choice([0.0, 0.2]))) if draw.random() < 0.7 else None
    return EveryPlan(seconds, days, visits, nights, goal), build_instance(f"week-{seed}", seconds, days, visits, nights, goal)


def check(seed):
    """Solve one week and compare it with the best of all plans."""
    every, instance = week(seed)
    wanted = every.best_worth()
    if wanted is None:
        with pytest.raises(PlanProblem):
            solve(instance, iterations=300)
        return
    found = solve(instance, iterations=10_000)
    assert found.worth == pytest.approx(wanted, abs=1e-6), f"seed {seed}"
    for d, route in enumerate(found.routes):
        start, end = found.ends_of(instance, d)
        times = schedule_day(instance, d, route, (start, end))
        assert not isinstance(times, Broken), f"seed {seed}: {times}"


@settings(max_examples=EXAMPLES, deadline=None, database=None)
@given(st.integers(0, 2**31))
def test_the_week_found_is_worth_as_much_as_the_best_of_all_plans(seed):
    check(seed)
