"""Changes by hand: each keeps every rule or is refused with the rule that it would break."""

import numpy as np
import pytest
from small_weeks import (
    HOUR,
    LUNCH,
    WEEK,
    ZONE,
    any_week,
    appointment,
    asked,
    block,
    by_chance,
    call,
    day,
    keys_of,
    matrix_of,
    planned,
    visit,
)
from week_rules import check_week

from planner.errors import PlanProblem
from planner.model.request import Window
from planner.model.week import Lock, VisitKind, WhyNot
from planner.model.writing import USUAL_WRITING
from planner.planning.board import board_of
from planner.planning.edits import Edited, Refused, insert, keep_order, lock, move, remove, reorder, reverse, swap
from planner.planning.frame import span_text
from planner.planning.layout import lay_out
from planner.planning.locks import with_locks
from planner.values import replace


def on_board(request, **more):
    matrix = matrix_of(request)
    return board_of(request, matrix, planned(request, matrix, **more))


def kept(answer):
    """The board of an accepted change, which must keep every rule."""
    assert isinstance(answer, Edited), answer.text
    board = answer.board
    assert check_week(with_locks(board.request, board.plan), board.matrix, board.plan) == []
    assert laid_anew(board) == (board.plan.days, board.plan.costs)
    return board


def laid_anew(board):
    plan = lay_out(board.frame, board.solution, WEEK, ZONE)
    return plan.days, plan.costs


def stops_of(board):
    return {stop.key: (d, stop) for d, each in enumerate(board.plan.days) for stop in each.stops}


@pytest.fixture(scope="module")
def board():
    """Three visits in a row on Monday, a meeting and a visit on Tuesday, and one that is not planned."""
    visits = [visit(k, 5 * k, on=(0, 1)) for k in (1, 2, 3)]
    request = asked([*visits, visit(4, 8, 4, on=(1,)), visit(5, -6, value=1.0), appointment("Review", 1, 10, 11)], days=2)
    board = on_board(request)
    plan = board.plan
    for key, where in (("account-1", 0), ("account-2", 0), ("account-3", 0), ("account-4", 1)):
        board = board if board.find(key)[0] == where else kept(move(board, key, where))
    if board.find("account-5"):
        board = kept(remove(board, "account-5"))
    board = kept(reorder(board, 0, ["account-1", "account-2", "account-3"]))
    return replace(board, plan=replace(board.plan, left_out=plan.left_out))


def test_a_visit_moves_to_another_day_where_it_takes_least(board):
    answer = move(board, "account-2", 1)
    after = kept(answer)
    assert keys_of(after.plan.days[0]) == ["account-1", "account-3"]
    assert "account-2" in keys_of(after.plan.days[1])
    start = stops_of(after)["account-2"][1].start_s
    assert answer.text == f"Move Account 2 to Tue {USUAL_WRITING.clock(start)}"
    others = [kept(each) for at in range(3) if isinstance(each := move(board, "account-2", 1, at), Edited)]
    assert after.plan.days[1].drive_s == min(other.plan.days[1].drive_s for other in others)


@pytest.mark.parametrize(("position", "order"), [(0, [2, 1, 3]), (1, [1, 2, 3]), (2, [1, 3, 2]), (9, [1, 3, 2]), (-1, [2, 1, 3])])
def test_a_visit_moves_to_a_position_of_its_own_day(board, position, order):
    after = kept(move(board, "account-2", 0, position))
    assert keys_of(after.plan.days[0]) == [f"account-{k}" for k in order]
    assert after.plan.days[1] == board.plan.days[1]


def test_a_move_to_a_day_on_which_it_is_closed_is_refused_in_words(board):
    answer = move(board, "account-4", 0)
    assert (answer.day, answer.text) == (0, "Account 4 cannot be visited on Mon: closed, or taken up by a call.")


def test_a_move_of_what_is_not_planned_or_to_no_day_is_refused(board):
    assert move(board, "account-5", 0) == Refused("Account 5 is not planned.")
    assert move(board, "account-1", 7) == Refused("That day is not part of the plan.")
    assert move(board, "account-1", -1) == Refused("That day is not part of the plan.")


def test_a_key_that_nothing_asks_for_is_a_problem(board):
    for change in (lambda key: move(board, key, 0), lambda key: insert(board, key, 0), lambda key: remove(board, key)):
        with pytest.raises(PlanProblem, match="account-99"):
            change("account-99")


def test_a_visit_is_put_in_and_taken_out_again(board):
    answer = insert(board, "account-5", 0, 1)
    after = kept(answer)
    assert keys_of(after.plan.days[0]) == ["account-1", "account-5", "account-2", "account-3"]
    assert insert(after, "account-5", 1) == Refused("Account 5 is planned already.")
    back = kept(remove(after, "account-5"))
    assert back.plan.days == board.plan.days
    told = [left for left in back.plan.left_out if left.account_id == 5]
    assert [(each.reason, each.text) for each in told] == [(WhyNot.TAKEN_OUT, "You took it out")]


def test_what_is_put_in_is_no_longer_left_out(board):
    out = kept(remove(board, "account-3"))
    assert [left.account_id for left in out.plan.left_out].count(3) == 1
    again = kept(insert(out, "account-3", 0))
    assert 3 not in [left.account_id for left in again.plan.left_out]


def test_an_appointment_of_the_calendar_can_be_neither_removed_nor_locked_nor_moved_to_another_day(board):
    assert remove(board, "duty-Review") == Refused("Review is an appointment of your calendar; change it there.", 1)
    assert lock(board, "duty-Review", Lock.DAY).text == "Review is an appointment of your calendar: it stays as it is."
    assert isinstance(move(board, "duty-Review", 0), Refused)


def test_visits_change_places_within_a_day_and_between_days(board):
    within = kept(swap(board, "account-1", "account-3"))
    assert keys_of(within.plan.days[0]) == ["account-3", "account-2", "account-1"]
    across = swap(board, "account-1", "account-4")
    assert isinstance(across, Refused)
    assert "Account 4" in across.text
    assert swap(board, "account-1", "account-5") == Refused("Only planned visits can change places.")


def test_a_day_is_reversed_and_reordered(board):
    assert keys_of(kept(reverse(board, 0)).plan.days[0]) == ["account-3", "account-2", "account-1"]
    after = kept(reorder(board, 0, ["account-2", "account-3", "account-1"]))
    assert keys_of(after.plan.days[0]) == ["account-2", "account-3", "account-1"]


@pytest.mark.parametrize(
    "keys", [["account-1"], ["account-1", "account-1", "account-2"], ["account-1", "account-2", "account-9"], ["account-4"] * 3, []]
)
def test_an_order_that_leaves_out_or_repeats_visits_is_refused(board, keys):
    assert reorder(board, 0, keys) == Refused("This is not an order of the visits of Mon.", 0)


def test_a_day_that_would_be_late_is_refused_with_the_minutes_missing():
    request = asked([visit(1, 5, opens=9, shuts=10, on=(0,)), visit(2, 6, opens=10, shuts=17, minutes=90, on=(0,))], days=1)
    board = on_board(request)
    answer = reverse(board, 0)
    late = (10 * HOUR + 90 * 60 + int(board.matrix.seconds[1, 0]) - 9.5 * HOUR) / 60
    assert answer == Refused(f"Account 1 must start by 9:30 on Mon ({span_text(round(60 * late))} too late).", 0)


def test_too_much_driving_a_late_evening_and_a_lost_lunch_are_told():
    far = visit(1, 60, opens=9, shuts=17, on=(0,))
    near = visit(2, 2, opens=15, shuts=17.5, minutes=150, on=(0,))
    request = asked([far, near], [day(0, max_drive_s=HOUR, lunch=None)])
    matrix, empty = matrix_of(request), replace(planned(replace(request, candidates=())), left_out=())
    board = board_of(request, matrix, empty)
    over = round((2 * int(matrix.seconds[matrix.places.index(far.place), matrix.places.index(request.days[0].start.point)]) - HOUR) / 60)
    assert insert(board, "account-1", 0).text == f"Mon would have {span_text(60 * over)} more driving than 1 h."
    at_noon = replace(request, days=(day(0, closes_s=17 * HOUR + 1800, lunch=None),))
    assert insert(board_of(at_noon, matrix, empty), "account-2", 0).text.startswith("You would be back after 17:30 on Mon (")
    busy = visit(3, 2, opens=11, shuts=14, minutes=180, on=(0,))
    hungry = asked([busy], [day(0, lunch=replace(LUNCH, earliest_s=12 * HOUR, latest_s=13 * HOUR), opens_s=int(10.9 * HOUR))])
    assert insert(board_of(hungry, matrix_of(hungry), empty), "account-3", 0).text == "Mon would leave no time for lunch."


def test_an_alternative_is_taken_out_before_another_is_put_in():
    pair = [visit(1, 5, groups=("either",), value=30.0), visit(2, 9, groups=("either",))]
    board = on_board(asked(pair, days=1))
    assert insert(board, "account-2", 0) == Refused("Account 1 is planned instead; take that out first.")
    assert keys_of(kept(insert(kept(remove(board, "account-1")), "account-2", 0)).plan.days[0]) == ["account-2"]


def test_a_visit_that_must_be_made_cannot_be_taken_out():
    board = on_board(asked([visit(1, 5, mandatory=True), visit(2, 8)], days=1))
    answer = remove(board, "account-1")
    assert isinstance(answer, Refused)
    assert "must" in answer.text


def test_a_locked_visit_stays_until_it_is_let_go(board):
    held = kept(lock(board, "account-2", Lock.DAY))
    assert stops_of(held)["account-2"][1].lock is Lock.DAY
    assert remove(held, "account-2") == Refused("Account 2 is locked; unlock it first.", 0)
    assert move(held, "account-2", 1) == Refused("Account 2 is locked; unlock it first.", 0)
    assert keys_of(kept(move(held, "account-2", 0, 0)).plan.days[0])[0] == "account-2"
    fast = kept(lock(held, "account-2", Lock.TIME))
    start = stops_of(fast)["account-2"][1].start_s
    assert move(fast, "account-2", 0, 0) == Refused("Account 2 is locked; unlock it first.", 0)
    assert swap(fast, "account-2", "account-3") == Refused("Account 2 is locked; unlock it first.")
    assert stops_of(kept(remove(fast, "account-1")))["account-2"][1].start_s == start
    free = kept(lock(fast, "account-2", Lock.NONE))
    assert free.plan.days == board.plan.days
    assert isinstance(remove(free, "account-2"), Edited)


def test_a_lock_says_at_once_that_the_visit_must_start_at_its_minute(board):
    held = kept(lock(board, "account-3", Lock.TIME))
    stop = stops_of(held)["account-3"][1]
    clock = USUAL_WRITING.clock(stop.start_s)
    assert (stop.binding, stop.slack_s) == (f"must start by {clock}", stop.start_s - stop.arrive_s)


def test_a_visit_of_a_day_that_keeps_its_order_can_still_be_moved_by_hand(board):
    held = kept(keep_order(board, 0))
    assert held.plan.days[0].keep_order
    assert keys_of(kept(move(held, "account-1", 0, 2)).plan.days[0]) == ["account-2", "account-3", "account-1"]
    moved = kept(move(held, "account-2", 1))
    assert moved.find("account-2")[0] == 1
    back = kept(move(moved, "account-2", 0, 0))
    assert keys_of(back.plan.days[0]) == ["account-2", "account-1", "account-3"]
    assert not kept(keep_order(back, 0, keep=False)).plan.days[0].keep_order


def test_a_visit_taken_out_of_a_day_that_keeps_its_order_can_be_put_into_another(board):
    held = kept(keep_order(board, 0))
    assert kept(insert(kept(remove(held, "account-2")), "account-2", 1)).find("account-2")[0] == 1


def test_planning_again_keeps_locks_to_the_day_and_to_the_minute_and_the_order_of_kept_days(board):
    edited = kept(move(board, "account-1", 1, 0))
    edited = kept(lock(edited, "account-1", Lock.DAY))
    edited = kept(reorder(edited, 0, ["account-3", "account-2"]))
    edited = kept(keep_order(edited, 0))
    edited = kept(lock(edited, "account-4", Lock.TIME))
    start = stops_of(edited)["account-4"][1].start_s
    extra = [visit(10 + k, 3 * k, 2, on=(0, 1), value=90.0) for k in range(12)]
    request = replace(board.request, candidates=(*board.request.candidates, *extra))
    again = planned(request, iterations=150, warm_start=edited.plan)
    assert check_week(with_locks(request, edited.plan), matrix_of(request), again) == []
    assert [key for key in keys_of(again.days[0]) if key in {"account-2", "account-3"}] == ["account-3", "account-2"]
    assert again.days[0].keep_order
    held = {stop.key: (d, stop.start_s, stop.lock) for d, each in enumerate(again.days) for stop in each.stops}
    assert held["account-1"][0] == 1
    assert held["account-1"][2] is Lock.DAY
    assert held["account-4"] == (1, start, Lock.TIME)


def test_a_block_moves_and_is_locked_as_one(board):
    visits = [replace(visit(k, 4 * k, on=(0, 1)), groups=(f"account-{k}",)) for k in (1, 2, 3)]
    request = asked(visits, days=2)
    windows = [Window(d, 9 * HOUR, 15 * HOUR) for d in (0, 1)]
    both = [block("Rep A", pair, matrix_of(request), windows, mandatory=True) for pair in (visits[:2], visits[1:])]
    start = on_board(replace(request, candidates=(*visits, *both)))
    key = next(each.key for each in both if start.find(each.key))
    where = start.find(key)[0]
    moved = kept(move(start, key, 1 - where))
    assert moved.find(key)[0] == 1 - where
    parts = [stop for stop in moved.plan.days[1 - where].stops if stop.block == key]
    assert [stop.key for stop in parts] == [part.key for part in moved.candidate(key).parts]
    held = kept(lock(moved, key, Lock.TIME))
    again = planned(held.request, held.matrix, warm_start=held.plan)
    assert [(s.start_s, s.lock) for s in again.days[1 - where].stops if s.block == key] == [(s.start_s, Lock.TIME) for s in parts]
    assert isinstance(remove(moved, key), Refused)


def test_a_change_of_the_last_stop_moves_the_start_of_a_day_that_begins_there():
    days = [day(0, end=None), day(1, start=None)]
    visits = [visit(1, 5, on=(0,)), visit(2, 20, on=(0,)), visit(3, 22, on=(1,))]
    board = on_board(asked(visits, days))
    board = kept(reorder(board, 0, ["account-1", "account-2"]))
    assert board.plan.days[1].start.point == visits[1].place
    after = kept(reverse(board, 0))
    assert after.plan.days[1].start.point == visits[0].place
    assert after.plan.days[1].stops[0].drive_s > board.plan.days[1].stops[0].drive_s


def test_a_day_cut_short_by_a_call_is_refused_with_its_rule():
    request = asked([visit(1, 5, opens=9, shuts=10, minutes=30, on=(0,))], [day(0, blocks=(call("Call", 0, 8.9, 9.9),))])
    board = board_of(request, matrix_of(request), planned(replace(request, candidates=())))
    assert insert(board, "account-1", 0).text == "Account 1 cannot be visited on Mon: closed, or taken up by a call."


def change_by_chance(board, draw):
    """One change by hand, sensible or not."""
    keys = list(board.frame.number)
    key, other = (keys[int(k)] for k in draw.integers(0, len(keys), 2))
    d = int(draw.integers(0, len(board.plan.days)))
    route = [board.frame.candidates[v].key for v in board.solution.routes[d]]
    position = None if draw.random() < 0.5 else int(draw.integers(0, 6))
    changes = [
        lambda: move(board, key, d, position),
        lambda: insert(board, key, d, position),
        lambda: remove(board, key),
        lambda: swap(board, key, other),
        lambda: reverse(board, d),
        lambda: reorder(board, d, [route[int(k)] for k in draw.permutation(len(route))]),
        lambda: lock(board, key, list(Lock)[int(draw.integers(0, 3))]),
        lambda: keep_order(board, d, keep=bool(draw.random() < 0.5)),
    ]
    return changes[int(draw.integers(0, len(changes)))]()


def is_held(board, key):
    return key in stops_of(board) and stops_of(board)[key][1].lock is Lock.TIME


def linked_to(board, changed):
    """The days that a change of some days may change as well, because they begin where those end."""
    for d in range(1, len(board.plan.days)):
        if board.frame.instance.linked[d] and d - 1 in changed:
            changed = changed | {d}
    return changed


@by_chance
def test_no_sequence_of_changes_ever_breaks_a_rule(seed):
    draw = np.random.default_rng(seed)
    board = on_board(any_week(seed), iterations=20)
    assert laid_anew(board) == (board.plan.days, board.plan.costs)
    accepted = 0
    for _ in range(25):
        answer = change_by_chance(board, draw)
        if isinstance(answer, Refused):
            assert answer.text.endswith(".")
            continue
        accepted += 1
        after = kept(answer)
        routes = zip(board.solution.routes, after.solution.routes, strict=True)
        let_go = {d for key, (d, stop) in stops_of(board).items() if stop.lock is Lock.TIME and not is_held(after, key)}
        changed = linked_to(after, let_go | {d for d, (before, now) in enumerate(routes) if before != now})
        for d, (before, now) in enumerate(zip(board.plan.days, after.plan.days, strict=True)):
            if d not in changed:
                assert [(s.key, s.start_s) for s in now.stops] == [(s.key, s.start_s) for s in before.stops]
        for key, (d, stop) in stops_of(board).items():
            now = stops_of(after).get(key)
            if stop.lock is not Lock.NONE and now and now[1].lock is stop.lock:
                assert now[0] == d
                assert stop.lock is Lock.DAY or now[1].start_s == stop.start_s
            if stop.kind is VisitKind.DUTY or stop.lock is not Lock.NONE:
                assert now is not None
        board = after
    assert accepted > 0


@by_chance
def test_planning_again_after_changes_keeps_what_is_held(seed):
    draw = np.random.default_rng(seed)
    board = on_board(any_week(seed), iterations=20)
    for _ in range(25):
        answer = change_by_chance(board, draw)
        board = answer.board if isinstance(answer, Edited) else board
    again = planned(board.request, board.matrix, iterations=30, warm_start=board.plan)
    assert check_week(with_locks(board.request, board.plan), board.matrix, again) == []
    for before, now in zip(board.plan.days, again.days, strict=True):
        held = [stop.key for stop in now.stops]
        for stop in before.stops:
            if stop.lock is not Lock.NONE or before.keep_order:
                assert stop.key in held
            if stop.lock is Lock.TIME:
                assert now.stops[held.index(stop.key)].start_s == stop.start_s
        if before.keep_order:
            assert [key for key in held if key in keys_of(before)] == keys_of(before)
