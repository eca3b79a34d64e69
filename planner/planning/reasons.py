"""Why a candidate is not in the plan, in one plain line."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.model.request import Candidate
from planner.model.week import LeftOut, WhyNot
from planner.planning.frame import Frame
from planner.planning.instance import Instance, Solution
from planner.planning.opening import days_text
from planner.planning.schedule import BACK_LATE, DRIVES_LONG, NO_LUNCH, NO_ROAD, TOO_LATE, DayTimes, alone_problem, schedule_day
from planner.planning.state import Problem, State, empty_state, load_day, problem_of

FAR_S = 2400
"""From this detour on distance is the reason, not the lack of room."""
FAR_RULES = (DRIVES_LONG, BACK_LATE, TOO_LATE, NO_ROAD)

type Table = NDArray[Any]


def left_out_of(frame: Frame, solution: Solution) -> list[LeftOut]:
    """The accounts of the request that are not in the solution, each once, with the rule that binds."""
    planned = {v for route in solution.routes for v in route}
    visited = {part.account_id for v in planned for part in (frame.candidates[v].parts or (frame.candidates[v],))} - {None}
    missing: dict[object, int] = {}
    for v, candidate in enumerate(frame.candidates):
        if v in planned or candidate.parts or candidate.account_id in visited:
            continue
        named = candidate.account_id if candidate.account_id is not None else candidate.one_of or candidate.key
        if named not in missing or candidate.value > frame.candidates[missing[named]].value:
            missing[named] = v
    if not missing:
        return []
    telling = _Telling(frame, solution)
    return [telling.left_out(v) for v in missing.values() if not (frame.candidates[v].one_of and frame.candidates[v].account_id is None)]


def loaded(instance: Instance, problem: Problem, solution: Solution, *, fixed_only: bool = False) -> State:
    """The state of a solution, priced; `fixed_only` loads nothing but its mandatory visits."""
    from planner.planning.kernels import days

    state = empty_state(instance, problem, solution.beds)
    for day, route in enumerate(solution.routes):
        load_day(problem, state, day, [v for v in route if instance.mandatory[v] or not fixed_only])
    days.refresh(problem, state)
    return state


def cheapest_swaps(problem: Problem, state: State) -> list[tuple[int, int]]:
    """For each visit the least valuable planned one in whose stead it would fit, and its day; (-1, -1) where one alone is not enough."""
    from planner.planning.kernels import days

    swaps, worth = [(-1, -1)] * len(problem.service), np.full(len(problem.service), np.inf)
    for day in range(len(problem.opens)):
        for position, out in enumerate(state.route[day, 1 : state.length[day] + 1].tolist(), start=1):
            if problem.mandatory[out] or (day + 1 < len(problem.opens) and problem.linked[day + 1]):
                continue
            days.remove(problem, state, day, position, 1)
            days.time_day(problem, state, day)
            days.price_day(problem, state, day)
            for v in np.flatnonzero(np.isfinite(state.cost[day]) & (worth > problem.prize[out])):
                swaps[v], worth[v] = (out, day), problem.prize[out]
            days.insert(problem, state, day, out, position - 1)
    return swaps


def detours(instance: Instance, solution: Solution) -> Table:
    """The least detour in seconds to each visit on each day as planned, whatever the time of day, (m, n); infinite where it is closed."""
    n, m = len(instance.visits), len(instance.days)
    least = np.full((m, n), np.inf)
    for day, route in enumerate(solution.routes):
        start, end = solution.ends_of(instance, day)
        before, after = [start, *route], [*route, end]
        added = (
            instance.hop[before, :n].astype(np.int64) + instance.hop_back[after, :n] - instance.hop[before, after].astype(np.int64)[:, None]
        )
        least[day] = added.min(axis=0) + instance.inner
    is_open = np.diff(instance.window_at).reshape(n, m).T > 0
    return np.where(is_open, least, np.inf)


class _Telling:
    """What is known about a plan when its reasons are written."""

    def __init__(self, frame: Frame, solution: Solution) -> None:
        instance = frame.instance
        problem = problem_of(instance)
        self.frame, self.instance, self.candidates = frame, instance, frame.candidates
        self.fits = np.isfinite(loaded(instance, problem, solution, fixed_only=True).cost)
        self.swaps = cheapest_swaps(problem, loaded(instance, problem, solution))
        self.detours = detours(instance, solution)
        self.writing = frame.request.writing
        self.dates = [day.day for day in frame.request.days]
        self.full_until = [_last_leave(instance, solution, day) for day in range(len(instance.days))]
        self.taken = {g: v for route in solution.routes for v in route for g in instance.groups_of(v)}

    def left_out(self, v: int) -> LeftOut:
        """Why one visit is not in the plan."""
        candidate = self.candidates[v]
        reason, text = self._why(v, candidate)
        return LeftOut(candidate.key, candidate.title, candidate.kind, candidate.value, reason, text, candidate.account_id)

    def _why(self, v: int, candidate: Candidate) -> tuple[WhyNot, str]:  # noqa: PLR0911 - one return a reason
        other = next((self.taken[g] for g in self.instance.groups_of(v) if g in self.taken), -1)
        if other >= 0:
            return WhyNot.ALTERNATIVE, f"Alternative taken: {self.candidates[other].title}"
        if candidate.value <= 0:
            return WhyNot.NO_ROOM, "Worth nothing by the weights of your settings"
        if not np.isfinite(self.detours[:, v]).any():
            return WhyNot.CLOSED, candidate.closed_text if len(candidate.windows) == 0 else "Closed whenever you are free"
        if not self.fits[:, v].any():
            return self._never(v, candidate)
        detour = int(self.detours[:, v].min())
        price = self.frame.request.drive_points * detour / 60
        if price > candidate.value:
            return WhyNot.TOO_FAR, f"Its {round(detour / 60)} min detour costs more ({price:.0f}) than it is worth ({candidate.value:.0f})"
        out, day = self.swaps[v]
        if day < 0:
            day = int(np.argmin(np.where(self.fits[:, v], self.detours[:, v], np.inf)))
        until = self.full_until[day]
        name = self.writing.weekday(self.dates[day])
        room = f"No room: {name} is full until {self.writing.clock(until)}." if until else f"No room on {name}."
        displaced = (
            f"Would displace {self.candidates[out].title} ({self.candidates[out].value:.0f})"
            if out >= 0
            else "Would displace several visits"
        )
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
            by_text.setdefault(rule_text(self.frame, broken.rule if broken else "", day), []).append(day)
        pieces = [f"{days_text([self.dates[day] for day in days], self.writing)} {text}" for text, days in by_text.items()]
        far = any(rule in FAR_RULES for rule in rules)
        return WhyNot.TOO_FAR if far else WhyNot.NO_ROOM, "; ".join([*filter(None, [candidate.closed_text]), *pieces])


def rule_text(frame: Frame, rule: str, day: int) -> str:
    """A rule that a visit would break even alone on a day, in words; without one it is the fixed appointments that leave no room."""
    asked, writing = frame.request.days[day], frame.request.writing
    return {
        DRIVES_LONG: f"past {writing.figure(f'{asked.max_drive_s / 3600:.2g}')} h driving",
        BACK_LATE: f"back after {writing.clock(asked.closes_s)}",
        TOO_LATE: "shut before you can be there",
        NO_LUNCH: "no time left for lunch",
        NO_ROAD: "no road",
    }.get(rule, "taken up by fixed appointments")


def _last_leave(instance: Instance, solution: Solution, day: int) -> int:
    times = schedule_day(instance, day, solution.routes[day], solution.ends_of(instance, day))
    return times.stops[-1].leave_s if isinstance(times, DayTimes) and times.stops else 0
