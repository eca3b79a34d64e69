"""Instances that nobody has seen: what is found for them keeps every rule by the independent checker."""

import importlib.util
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import PlanProblem
from planner.planning.benchmark import FORMAT, benchmark_plan, read_benchmark
from planner.planning.search import solve


@pytest.fixture(scope="module")
def checker(shared_data):
    told = importlib.util.spec_from_file_location("check_plan", shared_data.parent / "tools" / "check_plan.py")
    module = importlib.util.module_from_spec(told)
    told.loader.exec_module(module)
    return module


def unseen(seed):
    """A week of any shape: days of any hours and ends, lunch or none, windows in any number, alternatives, appointments."""
    draw = np.random.default_rng(seed)
    places, count, days = int(draw.integers(1, 12)), int(draw.integers(0, 30)), int(draw.integers(1, 7))
    points = draw.random((places, 2)) * 5000
    seconds = np.linalg.norm(points[:, None] - points[None], axis=2) * draw.uniform(1, 1.1, (places, places))
    week = {"format": FORMAT, "name": f"unseen-{seed}", "seconds": seconds.astype(int).tolist(), "days": [], "visits": []}
    for _ in range(days):
        opens = int(draw.integers(6, 10)) * 3600
        earliest = int(draw.integers(10, 13)) * 3600
        lunch = {"earliest": earliest, "latest": earliest + int(draw.integers(0, 3)) * 1800, "seconds": int(draw.integers(1, 4)) * 1200}
        start, end = (int(x) for x in draw.integers(0, places, 2))
        closes = opens + int(draw.integers(5, 11)) * 3600
        drive = int(draw.integers(2, 6)) * 3600
        has_lunch = draw.random() < 0.7
        day = {"start": start, "end": start if draw.random() < 0.6 else end, "opens": opens, "closes": closes, "max_drive": drive}
        week["days"].append(day | {"lunch": lunch if has_lunch else None})
    for v in range(count):
        windows = []
        for day in range(days):
            begins = sorted(int(b) for b in draw.integers(6 * 3600, 17 * 3600, draw.integers(0, 3)))
            windows += [[day, b, b + int(draw.integers(0, 4 * 3600))] for b in begins]
        week["visits"].append(
            {
                "id": f"v{v}",
                "place": int(draw.integers(0, places)),
                "service": int(draw.integers(0, 5400)),
                "value": int(draw.integers(0, 50)),
                "windows": windows,
                "mandatory": bool(draw.random() < 0.05),
                "group": str(draw.integers(0, 4)) if draw.random() < 0.2 else None,
            }
        )
    return week


def test_every_plan_for_an_unseen_week_passes_the_checker(checker, tmp_path_factory):
    file = tmp_path_factory.mktemp("unseen") / "week.json"
    solved = []

    @settings(max_examples=150, deadline=None, database=None)
    @given(st.integers(0, 2**31))
    def passes(seed):
        week = unseen(seed)
        file.write_text(json.dumps(week))
        instance = read_benchmark(file)
        try:
            found = solve(instance, iterations=60)
        except PlanProblem:
            return
        result = checker.check(week, benchmark_plan(instance, found))
        assert result["ok"], result["problems"]
        assert result["value"] == pytest.approx(found.value)
        solved.append(seed)

    passes()
    assert len(solved) > 60
