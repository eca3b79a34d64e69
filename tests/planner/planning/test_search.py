import importlib.util
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import Cancelled, PlanProblem
from planner.planning.benchmark import benchmark_plan, read_benchmark
from planner.planning.instance import DaySpec, Goal, Solution, VisitSpec, build_instance
from planner.planning.schedule import Broken, schedule_day
from planner.planning.search import solve


def spread(count=40, seed=3, days=3):
    """A week of visits in a plane, too many to make them all."""
    draw = np.random.default_rng(seed)
    points = draw.random((count + 1, 2)) * 7200
    seconds = np.linalg.norm(points[:, None] - points[None], axis=2).astype(np.int32)
    visits = [
        VisitSpec(f"v{v}", v + 1, 1800, float(draw.integers(5, 50)), tuple((d, 32_400, 57_600) for d in range(days))) for v in range(count)
    ]
    return build_instance("spread", seconds, [DaySpec(0, 0, 28_800, 64_800, 14_400, (41_400, 48_600, 2700))] * days, visits)


def test_tiny_weeks_are_solved_to_the_best_value_there_is(tiny):
    @settings(max_examples=150, deadline=None, database=None, derandomize=True)
    @given(st.integers(0, 2**31))
    def best(seed):
        oracle, instance = tiny(seed)
        wanted = oracle.best_value()
        if wanted is None:
            with pytest.raises(PlanProblem):
                solve(instance, iterations=60, threads=1)
        else:
            found = solve(instance, iterations=150, threads=1)
            assert found.value == wanted
            for d, route in enumerate(found.routes):
                assert not isinstance(schedule_day(instance, d, route), Broken)

    best()


def test_one_seed_gives_one_plan():
    first, again = (solve(spread(), iterations=300, seed=7) for _ in range(2))
    assert first == again


def test_the_plan_found_is_no_worse_than_the_one_at_hand():
    instance = spread()
    good = solve(instance, iterations=2500, seed=1)
    short = solve(instance, iterations=1, seed=5, warm_start=good)
    assert (short.value, -short.drive_s) >= (good.value, -good.drive_s)


def test_a_plan_at_hand_that_breaks_rules_is_repaired():
    instance = spread()
    everything = [list(range(20)), list(range(10, 30)), list(range(25, 40))]
    found = solve(instance, iterations=10, warm_start=Solution(everything))
    assert all(not isinstance(schedule_day(instance, d, route), Broken) for d, route in enumerate(found.routes))
    assert len({v for route in found.routes for v in route}) == sum(map(len, found.routes)) > 0


def test_better_plans_are_told_as_they_are_found():
    values = []
    found = solve(spread(), iterations=1500, improved=lambda plan: values.append((plan.value, -plan.drive_s)))
    assert values == sorted(values)
    assert len(values) > 1
    assert values[-1] == (found.value, -found.drive_s)


def test_a_cancel_stops_the_search():
    def report(fraction, _text):
        if fraction > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        solve(spread(), iterations=400, report=report)


def test_stop_keeps_the_best_so_far():
    asked = []
    found = solve(spread(), seconds=600, stop=lambda: len(asked) > 2 or asked.append(1) is not None)
    assert found.value > 0
    assert len(asked) == 3


def test_appointments_that_clash_are_named():
    at_nine = ((0, 32_400, 32_400),)
    visits = [VisitSpec(name, 0, 3600, 0.0, at_nine, mandatory=True) for name in ("Staff meeting", "Dentist")]
    clash = build_instance("clash", np.zeros((1, 1), dtype=np.int32), [DaySpec(0, 0, 28_800, 64_800, 14_400)], visits)
    with pytest.raises(PlanProblem, match=r"Staff meeting|Dentist"):
        solve(clash, iterations=40)


def test_an_appointment_out_of_reach_is_named_at_once():
    far = np.array([[0, 20_000], [20_000, 0]], dtype=np.int32)
    visits = [VisitSpec("Trade fair", 1, 3600, 0.0, ((0, 36_000, 36_000),), mandatory=True)]
    with pytest.raises(PlanProblem, match="Trade fair"):
        solve(build_instance("far", far, [DaySpec(0, 0, 28_800, 64_800, 90_000)], visits), seconds=600)


def test_a_week_without_visits_is_an_empty_plan():
    nothing = build_instance("nothing", np.zeros((1, 1), dtype=np.int32), [DaySpec(0, 0, 0, 3600, 3600)], [])
    assert solve(nothing, iterations=3).routes == ((),)


@pytest.mark.parametrize("name", ["weeks/week-60-1", "weeks/week-400-2", "toptw/c109-m1"])
def test_benchmark_plans_pass_the_independent_checker(shared_data, name):
    told = importlib.util.spec_from_file_location("check_plan", shared_data.parent / "tools" / "check_plan.py")
    checker = importlib.util.module_from_spec(told)
    told.loader.exec_module(checker)
    path = shared_data / f"{name}.json"
    instance = read_benchmark(path)
    found = solve(instance, iterations=400)
    result = checker.check(json.loads(path.read_text()), benchmark_plan(instance, found))
    assert result["ok"], result["problems"]
    assert result["value"] == pytest.approx(found.value)


def test_a_seed_gives_the_same_plan_on_one_thread_and_on_two():
    one, two = (solve(spread(), iterations=300, seed=5, threads=threads) for threads in (1, 2))
    assert one == two


def test_two_seeds_search_differently():
    assert solve(spread(), iterations=3, seed=1) != solve(spread(), iterations=3, seed=2)


def test_a_search_lets_other_threads_work():
    import threading
    import time

    solve(spread(), iterations=2)
    thread = threading.Thread(target=lambda: solve(spread(400, days=5), seconds=1.5))
    thread.start()
    turns = 0
    while thread.is_alive():
        time.sleep(0.001)
        turns += 1
    assert turns > 200


def test_an_appointment_is_kept_whatever_its_drive_costs():
    seconds = np.array([[0, 5400], [5400, 0]], dtype=np.int32)
    visits = [VisitSpec("Trade fair", 1, 3600, 0.0, ((0, 36_000, 36_000),), mandatory=True)]
    days = [DaySpec(0, 0, 28_800, 64_800, 14_400)]
    far = build_instance("far", seconds, days, visits, goal=Goal(drive=0.01, shares=(0.5, 0.3, 0.2), share=0.01))
    found = solve(far, iterations=20)
    assert found.routes == ((0,),)
    assert found.worth == pytest.approx(-108.0)
