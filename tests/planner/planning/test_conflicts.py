"""What cannot be planned is told at once, by name."""

from itertools import permutations

import numpy as np
import pytest
from small_weeks import HOUR, INN, any_week, appointment, asked, at, block, by_chance, call, day, keys_of, matrix_of, planned, visit
from week_rules import check_week

from planner.errors import PlanProblem
from planner.model.request import NightRequest, Window
from planner.model.week import Lock
from planner.planning.board import board_of
from planner.planning.conflicts import check_possible, conflicts, pairs_text
from planner.planning.edits import insert, keep_order, lock
from planner.planning.frame import frame_of
from planner.planning.locks import with_locks
from planner.planning.schedule import Broken, schedule_day
from planner.values import replace


def pairs_of(request):
    instance = frame_of(request, matrix_of(request)).instance
    return [tuple(sorted(instance.visits[v].id for v in pair)) for pair in conflicts(instance)]


def test_appointments_at_once_or_too_far_apart_are_named_in_pairs():
    request = asked(
        [
            appointment("Board", 0, 9, 10),
            appointment("Dentist", 0, 9.5, 10.5),
            appointment("Fair", 0, 11, 12, 60),
            appointment("Review", 1, 9, 10),
        ]
    )
    assert pairs_of(request) == [("Board (Mon 9:00)", "Dentist (Mon 9:30)"), ("Dentist (Mon 9:30)", "Fair (Mon 11:00)")]
    with pytest.raises(PlanProblem) as told:
        planned(request)
    assert told.value.what == (
        "These appointments cannot both be kept: Board (Mon 9:00) and Dentist (Mon 9:30); Dentist (Mon 9:30) and Fair (Mon 11:00)."
    )
    assert told.value.remedy


def test_visits_that_may_be_on_two_days_are_no_conflict():
    one = visit(1, 4, opens=9, shuts=9.5, on=(0, 1), mandatory=True)
    request = asked([one, replace(one, key="account-2", title="Account 2", account_id=2)])
    assert pairs_of(request) == []
    assert planned(request).visits == 2
    single = asked([replace(c, windows=c.windows[:1]) for c in request.candidates])
    assert pairs_of(single) == [("Account 1 (Mon 9:00)", "Account 2 (Mon 9:00)")]


def test_alternatives_are_not_named():
    two = [visit(k, 4, opens=9, shuts=9.5, on=(0,), mandatory=True, one_of="either", groups=("either",)) for k in (1, 2)]
    request = asked([*two, appointment("Board", 0, 9, 10)])
    assert pairs_of(request) == []
    later = replace(two[1], windows=(Window(1, 9 * HOUR, 9 * HOUR),))
    assert planned(asked([two[0], later, appointment("Board", 0, 9, 10)])).days[1].stops[0].key == "account-2"


def test_musts_that_exclude_each_other_are_a_conflict():
    two = [visit(k, 4, mandatory=True, groups=("either",)) for k in (1, 2)]
    assert pairs_of(asked(two)) == [("Account 1", "Account 2")]


@pytest.mark.parametrize(
    "out", [visit(1, 4, on=(), mandatory=True), visit(1, 90, mandatory=True), visit(1, 4, minutes=600, mandatory=True, shuts=19)]
)
def test_a_must_that_fits_no_day_is_named(out):
    with pytest.raises(PlanProblem, match="cannot be met: Account 1"):
        planned(asked([out, visit(2, 5)], [day(d, max_drive_s=2 * HOUR) for d in range(3)]))


def test_a_must_is_possible_where_one_of_its_alternatives_is():
    two = [
        visit(1, 90, mandatory=True, one_of="either", groups=("either",)),
        visit(2, 5, mandatory=True, one_of="either", groups=("either",)),
    ]
    request = asked(two, [day(d, max_drive_s=2 * HOUR) for d in range(3)])
    check_possible(frame_of(request, matrix_of(request)).instance)
    with pytest.raises(PlanProblem, match="cannot be met: either"):
        planned(replace(request, candidates=request.candidates[:1]))


def test_a_day_that_is_impossible_in_itself_is_named():
    far_end = day(1, end=INN, closes_s=9 * HOUR)
    with pytest.raises(PlanProblem, match=r"Day 2 cannot be planned\. Even with nothing in it: back too late"):
        planned(asked([visit(1, 5)], [day(0), far_end]))
    with pytest.raises(PlanProblem, match=r"Day 1 cannot be planned\. Even with nothing in it: too much driving"):
        planned(asked([], [day(0, end=INN, max_drive_s=HOUR)]))


def test_a_far_appointment_is_possible_with_a_night_away():
    fair = appointment("Fair", 1, 9, 12, 101, 0)
    days = [day(d, max_drive_s=2 * HOUR, opens_s=int(8.5 * HOUR)) for d in range(2)]
    request = asked([fair, visit(1, 5, value=60.0)], days, nights=(NightRequest(0, (INN,), 9.0),), night_points=9.0)
    assert planned(request).days[0].away
    with pytest.raises(PlanProblem, match="Fair"):
        planned(replace(request, nights=()))


@pytest.mark.parametrize("how", [Lock.DAY, Lock.TIME])
def test_locks_that_cannot_both_be_kept_are_told_by_name(how):
    request = asked([visit(k, 5 * k, opens=9, shuts=10, minutes=60, on=(0,)) for k in (1, 2)], days=1)
    board = board_of(request, matrix_of(request), planned(request))
    held = lock(board, board.plan.days[0].stops[0].key, how).board.plan
    (stop,) = held.days[0].stops
    other = next(c for c in request.candidates if c.key != stop.key)
    both = (stop, replace(stop, key=other.key, title=other.title, place=other.place, account_id=other.account_id))
    contradictory = replace(held, days=(replace(held.days[0], stops=both),))
    with pytest.raises(PlanProblem, match=r"cannot both be kept: Account 1 \(Mon 9:00\) and Account 2 \(Mon 9:00\)"):
        planned(request, warm_start=contradictory)


def test_a_lock_to_a_minute_during_a_new_appointment_is_told():
    request = asked([visit(1, 5, on=(0,))], days=1)
    board = board_of(request, matrix_of(request), planned(request))
    held = lock(board, "account-1", Lock.TIME).board.plan
    begin = held.days[0].stops[0].start_s / HOUR
    with pytest.raises(PlanProblem, match=r"Account 1.* and Board"):
        planned(replace(request, candidates=(*request.candidates, appointment("Board", 0, begin, begin + 1))), warm_start=held)


def test_a_kept_order_that_a_new_appointment_makes_impossible_is_told():
    request = asked([visit(1, 5, opens=9, shuts=9.75, minutes=45, on=(0,))], days=1)
    board = board_of(request, matrix_of(request), planned(request))
    held = keep_order(board, 0).board.plan
    with pytest.raises(PlanProblem, match=r"Account 1 \(Mon 9:00\).* and Board"):
        planned(replace(request, candidates=(*request.candidates, appointment("Board", 0, 9, 10))), warm_start=held)


def test_a_lock_on_one_way_to_fill_a_block_lets_the_others_go():
    visits = [replace(visit(k, 4 * k, on=(0, 1)), groups=(f"account-{k}",)) for k in (1, 2, 3, 4)]
    request = asked(visits, days=2)
    windows = [Window(d, 9 * HOUR, 15 * HOUR) for d in (0, 1)]
    ways = [block("Rep A", pair, matrix_of(request), windows, mandatory=True) for pair in (visits[:2], visits[2:])]
    request = replace(request, candidates=(*visits, *ways))
    board = board_of(request, matrix_of(request), planned(request))
    key = next(way.key for way in ways if board.find(way.key))
    held = lock(board, key, Lock.DAY).board.plan
    again = planned(request, warm_start=held)
    assert [s.block for each in again.days for s in each.stops if s.block] == [key, key]
    assert [c.key for c in with_locks(request, held).candidates if c.mandatory] == [key]


def test_a_stop_on_the_way_may_be_where_a_call_or_lunch_is_had():
    first, far = appointment("Board", 0, 8.5, 10), appointment("Fair", 0, 11.5, 12, 63, 2)
    halfway = visit(1, 33, 2, minutes=10, on=(0,))
    request = asked([first, far, halfway], [day(0, blocks=(call("Call", 0, 10.75, 11),))])
    plan = planned(request)
    assert [stop.key for stop in plan.days[0].stops] == ["duty-Board", "account-1", "duty-Fair"]
    assert check_week(request, matrix_of(request), plan) == []
    start = int(14.6 * HOUR)
    late = replace(far, windows=(Window(0, start, start),), place=at(159, 2))
    lunch = replace(request, candidates=(replace(first, service_s=int(2.5 * HOUR)), late, halfway), days=(day(0, max_drive_s=6 * HOUR),))
    assert keys_of(planned(lunch).days[0]) == ["duty-Board", "account-1", "duty-Fair"]


def test_many_pairs_are_counted_instead_of_named():
    request = asked([appointment(f"Meeting {k}", 0, 9, 10) for k in range(5)], days=1)
    instance = frame_of(request, matrix_of(request)).instance
    assert pairs_text(instance, conflicts(instance)).endswith("; and 5 more pairs")


def test_calls_make_appointments_impossible_too():
    request = asked([appointment("Board", 0, 9, 10)], [day(0, blocks=(call("Call", 0, 9.5, 9.75),))])
    with pytest.raises(PlanProblem, match="Board"):
        planned(request)


@by_chance
def test_pairs_that_a_plan_could_hold_are_never_named(seed):
    draw, request = np.random.default_rng(seed), any_week(seed, count=8)
    fixed = tuple(replace(c, mandatory=True, groups=()) if draw.random() < 0.5 and not c.parts else c for c in request.candidates)
    request = replace(request, candidates=fixed)
    frame = frame_of(request, matrix_of(request))
    named = set(conflicts(frame.instance))
    board = board_of(
        replace(request, candidates=tuple(replace(c, mandatory=False) for c in fixed)), matrix_of(request), planned_none(request)
    )
    for key in [c.key for c in fixed if c.mandatory]:
        for d in range(len(request.days)):
            answer = insert(board, key, d)
            if hasattr(answer, "board"):
                board = answer.board
                break
    together = {v for route in board.solution.routes for v in route}
    assert not any(a in together and b in together for a, b in named)
    for a, b in named:
        for d in range(len(request.days)):
            if not frame.instance.linked.any() and not len(frame.instance.bed_night):
                assert all(isinstance(schedule_day(frame.instance, d, order), Broken) for order in permutations((a, b)))


def planned_none(request):
    """A plan of the days of a request with nothing in them."""
    return planned(replace(request, candidates=()))
