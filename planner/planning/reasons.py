"""Why a candidate is not in the plan, in one plain line."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.model.week import Candidate, LeftOut, WeekRequest, WhyNot
from planner.planning.instance import Instance
from planner.planning.opening import days_text
from planner.planning.schedule import BACK_LATE, DRIVES_LONG, NO_LUNCH, NO_ROAD, TOO_LATE, DayTimes, alone_problem, schedule_day
from planner.planning.state import Problem, State, empty_state, load_day, problem_of

FAR_S = 2400
"""From this detour on distance is the reason, not the lack of room."""
FAR_RULES = (DRIVES_LONG, BACK_LATE, TOO_LATE, NO_ROAD)

type Table = NDArray[Any]
type Routes = Sequence[Sequence[int]]


def left_out_of(instance: Instance, routes: Routes, request: WeekRequest, candidates: Sequence[Candidate]) -> list[LeftOut]:
    """The candidates (in the order of the instance's visits) that are not in the routes, each with the rule that binds."""
    planned = {v for route in routes for v in route}
    if len(planned) == len(candidates):
        return []
    problem, fixed = problem_of(instance), empty_state(instance, problem_of(instance))
    for day, route in enumerate(routes):
        load_day(problem, fixed, day, [v for v in route if instance.mandatory[v]])
    full = empty_state(instance, problem)
    for day, route in enumerate(routes):
        load_day(problem, full, day, route)
    telling = _Telling(
        instance, request, candidates, routes, _fits(problem, fixed), _cheapest_swaps(problem, full), _detours(instance, routes)
    )
    return [telling.left_out(v) for v in range(len(candidates)) if v not in planned]


def clock_text(seconds: int) -> str:
    """A time of day as people write it: 16:30."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02d}"


def _fits(problem: Problem, state: State) -> Table:
    """Whether each visit fits into each day of a plan, (m, n)."""
    from planner.planning import kernels

    kernels.refresh(problem, state)
    return np.isfinite(state.cost)


def _cheapest_swaps(problem: Problem, state: State) -> list[tuple[int, int]]:
    """For each visit the least valuable planned one in whose stead it would fit, and its day; (-1, -1) where one alone is not enough."""
    from planner.planning import kernels

    swaps, worth = [(-1, -1)] * len(problem.service), np.full(len(problem.service), np.inf)
    for day in range(len(problem.opens)):
        for position, out in enumerate(state.route[day, 1 : state.length[day] + 1].tolist(), start=1):
            if problem.mandatory[out]:
                continue
            kernels.remove(problem, state, day, position, 1)
            kernels.time_day(problem, state, day)
            kernels.price_day(problem, state, day)
            for v in np.flatnonzero(np.isfinite(state.cost[day]) & (worth > problem.prize[out])):
                swaps[v], worth[v] = (out, day), problem.prize[out]
            kernels.insert(problem, state, day, out, position - 1)
    return swaps


def _detours(instance: Instance, routes: Routes) -> Table:
    """The least detour in seconds to each visit on each day as planned, whatever the time of day, (m, n); infinite where it is closed."""
    n, m = len(instance.visits), len(instance.days)
    least = np.full((m, n), np.inf)
    for day, route in enumerate(routes):
        before = [instance.start_node(day), *route]
        after = [*route, instance.end_node(day)]
        added = (
            instance.hop[before, :n].astype(np.int64) + instance.hop_back[after, :n] - instance.hop[before, after].astype(np.int64)[:, None]
        )
        least[day] = added.min(axis=0)
    is_open = np.diff(instance.window_at).reshape(n, m).T > 0
    return np.where(is_open, least, np.inf)


class _Telling:
    """What is known about a plan when its reasons are written."""

    def __init__(
        self,
        instance: Instance,
        request: WeekRequest,
        candidates: Sequence[Candidate],
        routes: Routes,
        fits: Table,
        swaps: Sequence[tuple[int, int]],
        detours: Table,
    ) -> None:
        self.instance, self.request, self.candidates = instance, request, candidates
        self.fits, self.swaps, self.detours = fits, swaps, detours
        self.dates = [day.day for day in request.days]
        self.full_until = [_last_leave(instance, day, route) for day, route in enumerate(routes)]
        self.taken = {int(instance.group[v]): v for route in routes for v in route if instance.group[v] >= 0}

    def left_out(self, v: int) -> LeftOut:
        """Why one visit is not in the plan."""
        candidate = self.candidates[v]
        reason, text = self._why(v, candidate)
        return LeftOut(candidate.key, candidate.title, candidate.kind, candidate.value, reason, text, candidate.account_id)

    def _why(self, v: int, candidate: Candidate) -> tuple[WhyNot, str]:
        other = self.taken.get(int(self.instance.group[v]), -1)
        if other >= 0:
            return WhyNot.ALTERNATIVE, f"Alternative taken: {self.candidates[other].title}"
        if candidate.value <= 0:
            return WhyNot.NO_ROOM, "Worth nothing by the weights of your settings"
        if not np.isfinite(self.detours[:, v]).any():
            return WhyNot.CLOSED, candidate.closed_text if len(candidate.windows) == 0 else "Closed whenever you are free"
        if not self.fits[:, v].any():
            return self._never(v, candidate)
        out, day = self.swaps[v]
        if day < 0:
            day = int(np.argmin(np.where(self.fits[:, v], self.detours[:, v], np.inf)))
        until = self.full_until[day]
        room = f"No room: {self.dates[day]:%a} is full until {clock_text(until)}." if until else f"No room on {self.dates[day]:%a}."
        displaced = (
            f"Would displace {self.candidates[out].title} ({self.candidates[out].value:.0f})"
            if out >= 0
            else "Would displace several visits"
        )
        detour = int(self.detours[:, v].min())
        if detour >= FAR_S:
            return WhyNot.TOO_FAR, f"{round(detour / 60)} min detour, +{candidate.value:.0f} value. {displaced}"
        return WhyNot.NO_ROOM, f"{room} {displaced}"

    def _never(self, v: int, candidate: Candidate) -> tuple[WhyNot, str]:
        """Why a visit would not fit even into a week of nothing but fixed appointments."""
        by_text: dict[str, list[int]] = {}
        rules = set()
        for day in np.flatnonzero(np.isfinite(self.detours[:, v])).tolist():
            broken = alone_problem(self.instance, day, v)
            rules.add(broken.rule if broken else "")
            by_text.setdefault(self._rule_text(broken.rule if broken else "", day), []).append(day)
        pieces = [f"{days_text([self.dates[day] for day in days])} {text}" for text, days in by_text.items()]
        far = any(rule in FAR_RULES for rule in rules)
        return WhyNot.TOO_FAR if far else WhyNot.NO_ROOM, "; ".join([*filter(None, [candidate.closed_text]), *pieces])

    def _rule_text(self, rule: str, day: int) -> str:
        return {
            DRIVES_LONG: f"past {self.request.days[day].max_drive_s / 3600:.2g} h driving",
            BACK_LATE: f"back after {clock_text(self.request.days[day].closes_s)}",
            TOO_LATE: "shut before you can be there",
            NO_LUNCH: "no time left for lunch",
            NO_ROAD: "no road",
        }.get(rule, "taken up by fixed appointments")


def _last_leave(instance: Instance, day: int, route: Sequence[int]) -> int:
    times = schedule_day(instance, day, route)
    return times.stops[-1].leave_s if isinstance(times, DayTimes) and times.stops else 0
