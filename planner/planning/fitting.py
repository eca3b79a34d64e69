"""Where a visit would fit into a planned week: gaps, the best day, and what it would take to make room."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from planner.model.week import DayReason, VisitKind
from planner.planning.board import Board
from planner.planning.edits import refusal_text
from planner.planning.instance import Instance, Solution
from planner.planning.reasons import detours, loaded, rule_text
from planner.planning.schedule import Broken, alone_problem
from planner.planning.state import Problem, State, problem_of
from planner.values import Struct, replace

BLOCKED = -(1 << 40)


class Fit(Struct, frozen=True):
    """A visit that would fit: the day (0 = the first), after which of its visits, the driving it adds, and when it would be."""

    key: str
    title: str
    kind: VisitKind
    value: float
    account_id: int | None
    day: int
    position: int
    detour_s: int
    start_s: int
    leave_s: int


class DayFit(Struct, frozen=True):
    """How well a visit fits into one day: the driving it would add there and its start, or why it does not fit."""

    day: date
    detour_s: int | None
    start_s: int | None
    text: str


class Fitting:
    """A board priced once: each question after that is a look at a table. Its answers hold while the board does."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.problem: Problem = problem_of(board.frame.instance)
        self.state: State = loaded(board.frame.instance, self.problem, board.solution)
        self.hinders = _hinders(board)

    def gap(self, day: int, position: int, from_s: int = 0, to_s: int = 1 << 30, most: int = 10) -> list[Fit]:
        """Who can be seen after this many visits of a day, between two times, without making anything late; the most value for its time
        first.

        The O(1) insertion test of the search, asked at one position only.
        """
        from planner.planning.kernels import days

        state = self.state
        by = state.there_by.copy()
        by[day, : position + 1], by[day, position + 2 :] = BLOCKED, BLOCKED
        ready = state.ready.copy()
        ready[day, position] = np.maximum(ready[day, position], from_s)
        by[day, position + 1] = np.minimum(by[day, position + 1], to_s)
        only = state._replace(
            there_by=by, ready=ready, cost=np.full_like(state.cost, np.inf), at=state.at.copy(), detour=state.detour.copy()
        )
        days.price_day(self.problem, only, day)
        fits = self._told(only, [day], most)
        return fits if from_s <= 0 and to_s >= 1 << 30 else [self._in_time(only, fit) for fit in fits]

    def gaps(self, most: int = 10) -> list[Fit]:
        """Who can be seen anywhere in the week as it is planned, the most value for its time first."""
        return self._told(self.state, range(len(self.board.solution.routes)), most)

    def best_days(self, key: str) -> list[DayFit]:
        """How well a visit fits into each day, its own day as if it were not planned there yet."""
        board = self.board
        candidate, v, found = board.candidate(key), board.frame.number[key], board.find(key)
        taken = _less(board.solution, v)
        drives = [_driving(board.frame.instance, taken, d) for d in range(len(taken.routes))]
        fits = []
        for d, day in enumerate(board.frame.request.days):
            route = taken.routes[d]
            tries = [({d: (*route[:at], v, *route[at:])}, at) for at in range(len(route) + 1)]
            if found and found[0] != d:
                tries = [({**change, found[0]: taken.routes[found[0]]}, at) for change, at in tries]
            answers = [(board.times_of(change), at) for change, at in tries]
            good = [
                (sum(each.drive_s - drives[other] for other, each in times.items()), at, times[d].stops[at].start_s)
                for times, at in answers
                if isinstance(times, dict)
            ]
            if good:
                detour, _at, start_s = min(good)
                text = "planned here" if found and found[0] == d else ""
                fits.append(DayFit(day.day, detour + candidate.drive_s, start_s, text))
            else:
                broken = min((a for a, _at in answers if isinstance(a, tuple)), key=lambda each: each[1].short_s or 1 << 30)
                fits.append(DayFit(day.day, None, None, refusal_text(board, *broken)))
        return fits

    def why_not(self, keys: Sequence[str]) -> dict[str, tuple[DayReason, ...]]:
        """For each of these visits and each day why it is not there: the rule that binds, the cheapest visit it could replace and what the
        swap would change the worth of the plan by.
        """
        board = self.board
        state = self._by_driving()
        least, swaps = detours(board.frame.instance, board.solution), self._swaps(state)
        told = {}
        for key in keys:
            v = board.frame.number[board.candidate(key).key]
            told[key] = tuple(self._day_reason(state, v, d, least, swaps) for d in range(len(board.solution.routes)))
        return told

    def _told(self, state: State, on: Sequence[int] | range, most: int) -> list[Fit]:
        instance, candidates = self.board.frame.instance, self.board.frame.candidates
        fitting = [
            (float(instance.value[v]) - self.problem.drive_price * float(state.detour[d, v]), d, int(v))
            for d in on
            for v in np.flatnonzero(np.isfinite(state.cost[d]))
            if candidates[v].value > 0
        ]
        fitting.sort(key=lambda each: (-each[0] / (state.cost[each[1], each[2]] + 600), each[2]))
        fits: list[Fit] = []
        seen: set[int] = set()
        for _worth, d, v in fitting:
            if v in seen or self.hinders[v] or len(fits) == most:
                continue
            position = int(state.at[d, v])
            route = self.board.solution.routes[d]
            times = self.board.times_of({d: (*route[:position], v, *route[position:])})
            if isinstance(times, tuple):  # a next day that starts where this one ends may object
                continue
            seen.add(v)
            stop, candidate = times[d].stops[position], candidates[v]
            where = (d, position, int(state.detour[d, v]), stop.start_s, stop.leave_s)
            fits.append(Fit(candidate.key, candidate.title, candidate.kind, candidate.value, candidate.account_id, *where))
        return fits

    def _in_time(self, state: State, fit: Fit) -> Fit:
        """A visit in a gap between two times as early as these let it begin, with lunch before it, after it, or later in the day."""
        from planner.planning.kernels.clock import arrive, serve

        p, d, at, v = self.problem, fit.day, fit.position, self.board.frame.number[fit.key]
        blocks, lunches = (p.pace, p.blocks, p.block_at[d], p.block_at[d + 1]), (p.lunches, p.lunch_at[d], p.lunch_at[d + 1])
        row, length, lunch_s = v * len(p.opens) + d, int(p.service[v]), int(p.lunch_s[d])
        windows = (p.windows, p.window_at[row], p.window_at[row + 1])
        come, on = int(p.hop[state.route[d, at], v]), int(p.hop[v, state.route[d, at + 1]])
        hungry, fed = (arrive(*blocks, int(ready), come) for ready in state.ready[d, at])
        first = serve(*windows, hungry)
        ways = [  # start, when she can go on, and whether she has had lunch by then
            (first, first + length, 0),
            (first, serve(*lunches, first + length) + lunch_s, 1),
            *((start, start + length, 1) for start in (serve(*windows, fed), serve(*windows, serve(*lunches, hungry) + lunch_s))),
        ]
        start = min(start for start, leave, lunch in ways if arrive(*blocks, leave, on) <= state.there_by[d, at + 1, lunch])
        return replace(fit, start_s=start, leave_s=start + length)

    def _by_driving(self) -> State:
        """The state with each visit where it takes least driving, as changes by hand put it, instead of least time."""
        from planner.planning.kernels import days

        state = loaded(self.board.frame.instance, self.problem, self.board.solution)
        state.taste[0], state.stale[:] = 0.0, 2
        days.refresh(self.problem, state)
        return state

    def _swaps(self, state: State) -> dict[tuple[int, int], tuple[int, float]]:
        """For each day and visit the planned visit whose place it could take at the least loss: which, and how the worth changes."""
        from planner.planning.kernels import days

        problem, best = self.problem, dict[tuple[int, int], tuple[int, float]]()
        value = self.board.frame.instance.value
        for day in range(len(problem.opens)):
            if day + 1 < len(problem.opens) and problem.linked[day + 1]:
                continue
            drive = int(state.drive[day])
            for position, out in enumerate(state.route[day, 1 : state.length[day] + 1].tolist(), start=1):
                if problem.mandatory[out]:
                    continue
                days.remove(problem, state, day, position, 1)
                days.time_day(problem, state, day)
                days.price_day(problem, state, day)
                saved = drive - int(state.drive[day])
                gain = value - value[out] + problem.drive_price * (saved - state.detour[day])
                for v in np.flatnonzero(np.isfinite(state.cost[day])).tolist():
                    if v != out and self.hinders[v] <= {out} and gain[v] > best.get((day, v), (-1, -np.inf))[1]:
                        best[day, v] = (out, float(gain[v]))
                days.insert(problem, state, day, out, position - 1)
        days.refresh(problem, state)
        return best

    def _day_reason(  # noqa: PLR0911 - one return a reason
        self, state: State, v: int, d: int, least: np.ndarray, swaps: dict[tuple[int, int], tuple[int, float]]
    ) -> DayReason:
        board = self.board
        frame, day = board.frame, board.frame.request.days[d].day
        if v in board.solution.routes[d]:
            return DayReason(day, "It is planned here")
        out, gain = swaps.get((d, v), (-1, 0.0))
        displaced = frame.candidates[out].title if out >= 0 else ""
        swap = round(gain, 1) if out >= 0 else None
        if not np.isfinite(least[d, v]):
            return DayReason(day, frame.candidates[v].closed_text or "No window that day")
        if rivals := self.hinders[v] - {v}:
            return DayReason(day, f"{frame.candidates[min(rivals)].title} is planned instead", displaced, swap)
        if np.isfinite(state.cost[d, v]):
            price = self.problem.drive_price * float(state.detour[d, v])
            worth = float(frame.instance.value[v])
            if price > worth:
                return DayReason(day, f"Fits, but the drive costs more ({price:.0f}) than it is worth ({worth:.0f})")
            return DayReason(day, "Would fit", displaced, swap)
        alone = alone_problem(frame.instance, d, v)
        if alone is not None and not displaced and not len(frame.instance.bed_night) and not frame.instance.linked[d]:
            return DayReason(day, rule_text(frame, alone.rule, d).capitalize())
        return DayReason(day, self._nearest_miss(v, d), displaced, swap)

    def _nearest_miss(self, v: int, d: int) -> str:
        """What breaks when a visit is put where it is least out of the way."""
        board, route = self.board, self.board.solution.routes[d]
        start, end = board.solution.ends_of(board.frame.instance, d)
        nodes = [start, *route, end]
        hop = board.frame.instance.hop
        at = min(range(len(route) + 1), key=lambda i: int(hop[nodes[i], v]) + int(hop[v, nodes[i + 1]]) - int(hop[nodes[i], nodes[i + 1]]))
        times = board.times_of({d: (*route[:at], v, *route[at:])})
        broken = times if isinstance(times, tuple) else (d, Broken("no room"))
        return refusal_text(board, *broken)


def _hinders(board: Board) -> list[set[int]]:
    """The planned visits that keep each visit from being put in: itself, and alternatives to it."""
    instance = board.frame.instance
    planned = [v for route in board.solution.routes for v in route]
    taken = {group: v for v in planned for group in instance.groups_of(v)}
    hinders = [{taken[group] for group in instance.groups_of(v) if group in taken} for v in range(len(instance.visits))]
    for v in planned:
        hinders[v].add(v)
    return hinders


def _driving(instance: Instance, solution: Solution, d: int) -> int:
    start, end = solution.ends_of(instance, d)
    return sum(int(instance.hop[a, b]) for a, b in pairwise((start, *solution.routes[d], end)))


def _less(solution: Solution, v: int) -> Solution:
    return replace(solution, routes=tuple(tuple(u for u in route if u != v) for route in solution.routes))
