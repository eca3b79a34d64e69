"""A planned week with everything needed to change it: what is asked, the drive times, and the plan as numbers."""

from planner.errors import PlanProblem
from planner.model.request import Candidate, WeekRequest
from planner.model.travel import TravelMatrix
from planner.model.week import DayPlan, LeftOut, WeekPlan, WhyNot
from planner.planning.frame import Frame, frame_of
from planner.planning.instance import Solution
from planner.planning.layout import costs_of, day_plan
from planner.planning.locks import with_locks
from planner.planning.schedule import Broken, DayTimes, schedule_day
from planner.values import Struct, replace

type Routes = dict[int, tuple[int, ...]]
"""Visits by number in driving order, of the days that change."""


class Board(Struct, frozen=True):
    """A week on the table: `request` is what is asked without locks, `frame` the same with those of the plan, `solution` the plan in it."""

    request: WeekRequest
    matrix: TravelMatrix
    plan: WeekPlan
    frame: Frame
    solution: Solution

    def candidate(self, key: str) -> Candidate:
        """What a key stands for; raises PlanProblem when it is not asked for."""
        if key not in self.frame.number:
            raise PlanProblem("This visit is not part of the week.", f"Nothing asks for “{key}”.", "Open the week anew and try again.")
        return self.frame.candidates[self.frame.number[key]]

    def find(self, key: str) -> tuple[int, int] | None:
        """Day and position of a planned visit, or None."""
        v = self.frame.number.get(key, -1)
        return next(((d, route.index(v)) for d, route in enumerate(self.solution.routes) if v in route), None)

    def times_of(self, changed: Routes) -> dict[int, DayTimes] | tuple[int, Broken]:
        """The times of the days that change when some have other visits, or the first that breaks a rule and which."""
        solution, instance = self._changed(changed), self.frame.instance
        times: dict[int, DayTimes] = {}
        for d in range(len(solution.routes)):
            if d in changed or (instance.linked[d] and d - 1 in times):
                found = schedule_day(instance, d, solution.routes[d], solution.ends_of(instance, d))
                if isinstance(found, Broken):
                    return d, found
                times[d] = found
        return times

    def with_routes(self, changed: Routes) -> "Board | tuple[int, Broken]":
        """The board with other visits on some days, or the first day that breaks a rule and which."""
        times, solution, days = self.times_of(changed), self._changed(changed), list(self.plan.days)
        if isinstance(times, tuple):
            return times
        for d, found in times.items():
            days[d] = day_plan(self.frame, solution, d, found)
        return replace(self, solution=solution, plan=self._plan_of(days))

    def _changed(self, changed: Routes) -> Solution:
        return replace(self.solution, routes=tuple(changed.get(d, route) for d, route in enumerate(self.solution.routes)))

    def with_plan(self, plan: WeekPlan) -> "Board":
        """The board with another plan, its locks included; raises PlanProblem when that one cannot be laid out."""
        return board_of(self.request, self.matrix, plan)

    def _plan_of(self, days: list[DayPlan]) -> WeekPlan:
        planned = {stop.account_id for day in days for stop in day.stops}
        gone = [stop for day in self.plan.days for stop in day.stops if stop.account_id is not None and stop.account_id not in planned]
        out = [LeftOut(s.key, s.title, s.kind, s.value, WhyNot.TAKEN_OUT, "You took it out", s.account_id) for s in gone]
        left_out = (*out, *(left for left in self.plan.left_out if left.account_id is None or left.account_id not in planned))
        keys = {stop.key for day in days for stop in day.stops}
        terms = {candidate.key: candidate.terms for candidate in self.frame.candidates if candidate.terms and candidate.key in keys}
        return replace(self.plan, days=tuple(days), costs=costs_of(self.request, days), left_out=left_out, terms=terms | self.plan.terms)


def board_of(request: WeekRequest, matrix: TravelMatrix, plan: WeekPlan) -> Board:
    """Put a plan on the table; `request` asks for everything that may be planned. Visits of the plan that it does not ask for are lost.

    Days that the request has and the plan has not are empty ones.
    """
    frame = frame_of(with_locks(request, plan, by_hand=True), matrix)
    solution = frame.solution_of(plan)
    known = {day.day: day for day in plan.days}
    days = []
    for index, asked in enumerate(request.days):
        day = known.get(asked.day)
        if day is None:
            times = schedule_day(frame.instance, index, (), solution.ends_of(frame.instance, index))
            if isinstance(times, Broken):
                name = request.writing.weekday_name(asked.day)
                raise PlanProblem(f"{name} cannot be planned.", f"Even with nothing in it: {times.rule}.", "Change its hours.")
            day = day_plan(frame, solution, index, times)
        days.append(day)
    return Board(request, matrix, replace(plan, days=tuple(days)), frame, solution)
