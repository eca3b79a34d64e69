"""What fits where: every answer is compared with trying it."""

import numpy as np
import pytest
from small_weeks import HOME, HOUR, any_week, appointment, asked, at, by_chance, call, day, matrix_of, planned, visit
from week_rules import check_week

from planner.model.request import Window
from planner.model.week import DayPlan, Lock
from planner.planning.board import board_of
from planner.planning.edits import Edited, insert, keep_order, lock, remove
from planner.planning.fitting import Fitting
from planner.planning.frame import frame_of
from planner.values import replace

MANY = 10_000


def on_board(request, **more):
    matrix = matrix_of(request)
    return board_of(request, matrix, planned(request, matrix, **more))


def by_hand(request, *routes):
    """A board with these visits on its days, in this order."""
    matrix = matrix_of(request)
    empty = planned(replace(request, candidates=tuple(c for c in request.candidates if c.mandatory)), matrix)
    board = board_of(request, matrix, replace(empty, left_out=()))
    for d, keys in enumerate(routes):
        for key in keys:
            board = board if board.find(key) else insert(board, key, d, len(board.solution.routes[d])).board
    return board


def addable(board):
    """The visits that could be put in as far as alternatives go."""
    planned_ones = {v for route in board.solution.routes for v in route}
    taken = {g for v in planned_ones for g in board.frame.instance.groups_of(v)}
    return [
        v
        for v, candidate in enumerate(board.frame.candidates)
        if v not in planned_ones and not taken.intersection(board.frame.instance.groups_of(v)) and candidate.value > 0
    ]


def tried(board, v, d, position):
    """The times of the days that change with a visit put in at a position, or None when that breaks a rule."""
    route = board.solution.routes[d]
    times = board.times_of({d: (*route[:position], v, *route[position:])})
    return times if isinstance(times, dict) else None


def driven(times):
    """Driving of some days, that inside of blocks left out."""
    return sum(each.drive_s for each in times.values())


def thinned(board, draw):
    """The board with about half of its visits taken out."""
    for key in [stop.block or stop.key for each in board.plan.days for stop in each.stops]:
        answer = remove(board, key) if draw.random() < 0.5 and board.find(key) else None
        board = answer.board if isinstance(answer, Edited) else board
    return board


def pinned(board, fit):
    """The board on which a visit starts when it is told to, or not at all."""
    exactly = (Window(fit.day, fit.start_s, fit.start_s),)
    candidates = tuple(replace(c, windows=exactly) if c.key == fit.key else c for c in board.frame.request.candidates)
    return replace(board, frame=frame_of(replace(board.frame.request, candidates=candidates), board.matrix))


@by_chance
def test_a_gap_holds_exactly_the_visits_that_can_be_put_there(seed):
    board = thinned(on_board(any_week(seed), iterations=10), np.random.default_rng(seed))
    fitting = Fitting(board)
    for d, route in enumerate(board.solution.routes):
        for position in range(len(route) + 1):
            fits = fitting.gap(d, position, most=MANY)
            assert {board.frame.number[fit.key] for fit in fits} == {v for v in addable(board) if tried(board, v, d, position)}
            for fit in fits:
                times = tried(board, board.frame.number[fit.key], d, position)
                stop = times[d].stops[position]
                assert (fit.day, fit.position, fit.start_s, fit.leave_s) == (d, position, stop.start_s, stop.leave_s)
                before = board.times_of({d: route})
                assert fit.detour_s == driven(times) + board.candidate(fit.key).drive_s - driven(before)


@by_chance
def test_the_gaps_of_a_week_are_exactly_the_visits_that_can_be_put_anywhere(seed):
    board = thinned(on_board(any_week(seed), iterations=10), np.random.default_rng(seed))
    fits = Fitting(board).gaps(MANY)
    anywhere = {
        v for v in addable(board) for d, route in enumerate(board.solution.routes) for i in range(len(route) + 1) if tried(board, v, d, i)
    }
    assert sorted(board.frame.number[fit.key] for fit in fits) == sorted(anywhere)
    for fit in fits:
        after = insert(board, fit.key, fit.day, fit.position)
        assert isinstance(after, Edited)
        stop = next(s for s in after.board.plan.days[fit.day].stops if fit.key in (s.key, s.block))
        assert (fit.start_s, fit.value) == (stop.start_s, board.candidate(fit.key).value)


@by_chance
def test_what_is_told_of_a_gap_between_two_times_lies_between_them(seed):
    draw = np.random.default_rng(seed)
    board = thinned(on_board(any_week(seed), iterations=10), draw)
    fitting, hop = Fitting(board), board.frame.instance.hop
    for d, route in enumerate(board.solution.routes):
        start, end = board.solution.ends_of(board.frame.instance, d)
        nodes = [start, *route, end]
        for position in range(len(route) + 1):
            from_s = int(draw.integers(8 * HOUR, 16 * HOUR))
            to_s = from_s + int(draw.integers(HOUR // 2, 4 * HOUR))
            within = fitting.gap(d, position, from_s, to_s, MANY)
            assert {fit.key for fit in within} <= {fit.key for fit in fitting.gap(d, position, most=MANY)}
            for fit in within:
                v = board.frame.number[fit.key]
                assert fit.start_s >= from_s + hop[nodes[position], v]
                assert fit.leave_s - fit.start_s == board.frame.instance.service[v]
                assert fit.leave_s + hop[v, nodes[position + 1]] <= to_s
                assert any(a <= fit.start_s <= b for a, b in board.frame.instance.windows_of(v, d))
            for fit in within[:2]:
                assert tried(pinned(board, fit), board.frame.number[fit.key], d, position)


@by_chance
def test_a_gap_between_two_times_on_a_day_without_lunch_is_plain_arithmetic(seed):
    draw, request = np.random.default_rng(seed), any_week(seed)
    days = tuple(replace(each, lunch=None, blocks=(), start=HOME, end=HOME) for each in request.days)
    board = thinned(on_board(replace(request, days=days, nights=()), iterations=10), draw)
    fitting, instance = Fitting(board), board.frame.instance
    for d, (route, each) in enumerate(zip(board.solution.routes, board.plan.days, strict=True)):
        times = board.times_of({d: route})[d]
        nodes = [instance.start_node(d), *route, instance.end_node(d)]
        leaves = [days[d].opens_s, *(stop.leave_s for stop in times.stops)]
        latest = [*(stop.arrive_s + stop.slack_s for stop in times.stops), days[d].closes_s]
        for position in range(len(route) + 1):
            from_s, to_s = (int(t) for t in np.sort(draw.integers(8 * HOUR, 18 * HOUR, 2)))
            wanted = {}
            for v in addable(board):
                come, on = int(instance.hop[nodes[position], v]), int(instance.hop[v, nodes[position + 1]])
                there = max(leaves[position], from_s) + come
                start = min((max(a, there) for a, b in instance.windows_of(v, d) if there <= b), default=1 << 40)
                leave = start + int(instance.service[v])
                more = come + on - int(instance.hop[nodes[position], nodes[position + 1]]) + int(instance.inner[v])
                if leave + on <= min(to_s, latest[position]) and each.drive_s + more <= days[d].max_drive_s:
                    wanted[board.frame.candidates[v].key] = (start, leave, more)
            assert {f.key: (f.start_s, f.leave_s, f.detour_s) for f in fitting.gap(d, position, from_s, to_s, MANY)} == wanted


def test_an_hour_before_a_meeting_is_enough_for_who_is_near():
    near, far = visit(1, 2, on=(0,)), visit(2, 20, on=(0,))
    request = asked([appointment("Review", 0, 14, 15, 1, 0), near, far], [day(0, lunch=None)])
    board = by_hand(request)
    before = {fit.key: fit for fit in Fitting(board).gap(0, 0, 13 * HOUR)}
    assert list(before) == ["account-1"]
    there = int(board.matrix.seconds[board.frame.rows[HOME.point], board.frame.rows[near.place]])
    assert (before["account-1"].start_s, before["account-1"].leave_s) == (13 * HOUR + there, 13 * HOUR + there + 1800)
    assert {fit.key for fit in Fitting(board).gap(0, 0, 12 * HOUR)} == {"account-1", "account-2"}
    assert Fitting(board).gap(0, 0, 13 * HOUR, 13 * HOUR + 1800) == []


def test_a_gap_after_a_call_begins_when_the_call_is_over():
    request = asked([visit(1, 5, on=(0,))], [day(0, lunch=None, blocks=(call("Call", 0, 9, 10),))])
    board = by_hand(request)
    there = int(board.matrix.seconds[board.frame.rows[HOME.point], 0])
    assert [fit.start_s for fit in Fitting(board).gap(0, 0, int(9.5 * HOUR))] == [10 * HOUR + there]


def test_the_most_value_for_its_time_comes_first_and_no_more_than_asked_for():
    request = asked([visit(k, 2 + k, value=10.0 * k, on=(0,)) for k in range(1, 6)], days=1)
    fitting = Fitting(by_hand(request))
    assert [fit.key for fit in fitting.gap(0, 0, most=3)] == ["account-5", "account-4", "account-3"]
    assert [fit.key for fit in fitting.gaps(2)] == ["account-5", "account-4"]


def test_what_is_worth_nothing_or_has_an_alternative_planned_is_not_offered():
    pair = [visit(1, 4, groups=("either",)), visit(2, 5, groups=("either",))]
    board = by_hand(asked([*pair, visit(3, 6, value=0.0), visit(4, 7)], days=1), ["account-1"])
    assert [fit.key for fit in Fitting(board).gaps()] == ["account-4"]


def test_a_week_without_candidates_has_no_gaps():
    board = by_hand(asked([], days=2))
    assert Fitting(board).gaps() == []
    assert Fitting(board).gap(0, 0) == []
    assert Fitting(board).why_not([]) == {}


@by_chance
def test_the_best_days_are_those_of_trying_every_position(seed):
    board = on_board(any_week(seed), iterations=10)
    fitting = Fitting(board)
    for key, v in board.frame.number.items():
        found = board.find(key)
        away = {found[0]: tuple(u for u in board.solution.routes[found[0]] if u != v)} if found else {}
        for d, fit in enumerate(fitting.best_days(key)):
            route = away.get(d, board.solution.routes[d])
            answers = [board.times_of({**away, d: (*route[:i], v, *route[i:])}) for i in range(len(route) + 1)]
            least = min((driven(times) for times in answers if isinstance(times, dict)), default=None)
            assert fit.day == board.plan.days[d].day
            if least is None:
                assert (fit.detour_s, fit.start_s) == (None, None)
                assert fit.text.endswith(".")
            else:
                base = board.times_of({**away, d: route})
                if isinstance(base, dict):
                    assert fit.detour_s == least + board.candidate(key).drive_s - driven(base)
                starts = [t[d].stops[i].start_s for i, t in enumerate(answers) if isinstance(t, dict) and driven(t) == least]
                assert fit.start_s in starts
            assert (fit.text == "planned here") == (bool(found) and found[0] == d)


def test_the_best_day_of_a_locked_visit_is_its_own():
    board = by_hand(asked([visit(1, 5), visit(2, 6)], days=2), ["account-1"], ["account-2"])
    held = lock(board, "account-1", Lock.DAY).board
    monday, tuesday = Fitting(held).best_days("account-1")
    assert (monday.text, tuesday.detour_s) == ("planned here", None)


def worth_of(board, d):
    """Values of a day less its driving."""
    plan_day: DayPlan = board.plan.days[d]
    return sum(stop.value for stop in plan_day.stops) - board.request.drive_points * plan_day.drive_s / 60


@by_chance
def test_every_day_says_why_not_and_a_named_swap_can_be_made_for_what_it_is_told_to_be_worth(seed):
    board = on_board(any_week(seed, count=24), iterations=30)
    titles = {board.frame.candidates[v].title: v for route in board.solution.routes for v in route}
    unplanned = [key for key in board.frame.number if not board.find(key)]
    told = Fitting(board).why_not(unplanned)
    assert list(told) == unplanned
    for key, reasons in told.items():
        v = board.frame.number[key]
        assert [reason.day for reason in reasons] == [each.day for each in board.plan.days]
        for d, reason in enumerate(reasons):
            assert reason.text
            fits = v in addable(board) and any(tried(board, v, d, i) for i in range(len(board.solution.routes[d]) + 1))
            if board.frame.candidates[v].value > 0:
                assert reason.text.startswith(("Would fit", "Fits")) == fits, (key, d, reason)
            if not reason.displaces:
                assert reason.swap is None
                continue
            out = board.frame.candidates[titles[reason.displaces]].key
            without = remove(board, out)
            assert isinstance(without, Edited)
            after = insert(without.board, key, d)
            assert isinstance(after, Edited), after.text
            gained = worth_of(after.board, d) - worth_of(board, d)
            assert gained == pytest.approx(reason.swap, abs=0.06)
            assert check_week(board.request, board.matrix, after.board.plan) == []


def test_the_swap_named_is_the_one_that_loses_least():
    visits = [visit(k, 4 * k, opens=9, shuts=10.75, minutes=45, value=v, on=(0,)) for k, v in ((1, 30.0), (2, 12.0))]
    request = asked([*visits, visit(3, 6, opens=9, shuts=10.75, minutes=45, value=25.0, on=(0,))], days=1, drive_points=0.1)
    board = by_hand(request, ["account-1", "account-2"])
    (reason,) = Fitting(board).why_not(["account-3"])["account-3"]
    assert reason.displaces == "Account 2"
    after = insert(remove(board, "account-2").board, "account-3", 0).board
    assert reason.swap == round(worth_of(after, 0) - worth_of(board, 0), 1) > 0


def test_a_locked_or_fixed_visit_is_never_named_to_be_displaced():
    request = asked([appointment("Review", 0, 8.5, 9.5), *(visit(k, 4, opens=9.5, shuts=10.5, on=(0,)) for k in (1, 2))])
    board = by_hand(request, ["account-1"])
    assert Fitting(board).why_not(["account-2"])["account-2"][0].displaces == "Account 1"
    held = lock(board, "account-1", Lock.DAY).board
    assert Fitting(held).why_not(["account-2"])["account-2"][0].displaces == ""


def test_the_rule_that_binds_is_told_day_by_day():
    days = [day(0), day(1, max_drive_s=HOUR // 2), day(2, closes_s=9 * HOUR + 1800, lunch=None), day(3)]
    request = asked([visit(1, 20, on=(1, 2, 3), closed_text="Closed Mon"), visit(2, 20, 1, on=(3,))], days, drive_points=0.1)
    monday, tuesday, wednesday, thursday = Fitting(by_hand(request, [], [], [], ["account-2"])).why_not(["account-1"])["account-1"]
    assert monday.text == "Closed Mon"
    assert tuesday.text == "Past 0.5 h driving"
    assert wednesday.text == "Back after 9:30"
    assert thursday.text == "Would fit"


def test_a_visit_that_costs_more_driving_than_it_is_worth_is_told_so():
    board = by_hand(asked([visit(1, 40, value=2.0)], days=1, drive_points=0.1))
    (reason,) = Fitting(board).why_not(["account-1"])["account-1"]
    assert reason.text.startswith("Fits, but the drive costs more (")
    assert reason.text.endswith("than it is worth (2)")


def test_why_a_planned_visit_is_not_on_its_own_day_is_that_it_is_there():
    board = by_hand(asked([visit(1, 5), visit(2, 6)], days=2), ["account-1"], ["account-2"])
    monday, tuesday = Fitting(board).why_not(["account-1"])["account-1"]
    assert monday.text == "It is planned here"
    assert (tuesday.text, tuesday.displaces) == ("Would fit", "")


def test_an_alternative_that_is_planned_is_the_reason():
    pair = [visit(1, 4, groups=("either",)), visit(2, 5, groups=("either",))]
    board = by_hand(asked(pair, days=2), ["account-1"])
    monday, tuesday = Fitting(board).why_not(["account-2"])["account-2"]
    assert monday.text == tuesday.text == "Account 1 is planned instead"
    assert (monday.displaces, tuesday.displaces) == ("Account 1", "")


def test_a_kept_order_does_not_hide_what_could_be_swapped_by_hand():
    board = by_hand(asked([visit(k, 4, opens=10, shuts=11, on=(0,)) for k in (1, 2)], days=1), ["account-1"])
    held = keep_order(board, 0).board
    assert Fitting(held).why_not(["account-2"])["account-2"][0].displaces == "Account 1"


def test_the_open_end_of_a_day_is_a_place_to_add_one_more():
    request = asked([visit(1, 10, on=(0,)), visit(2, 20, on=(0,)), visit(3, 25, on=(1,))], [day(0, end=None), day(1, start=None)])
    board = by_hand(request, ["account-1"], ["account-3"])
    fit = next(fit for fit in Fitting(board).gap(0, 1) if fit.key == "account-2")
    after = insert(board, fit.key, 0, fit.position).board
    assert after.plan.days[1].start.point == at(20)
    assert fit.detour_s == after.plan.drive_s - board.plan.drive_s
