"""OR-Tools' routing library: one vehicle for each day, disjunctions for what may be left out."""

import time
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
from instances import Plan, Week
from ortools.constraint_solver import pywrapcp
from ortools.constraint_solver.routing_enums_pb2 import FirstSolutionStrategy, LocalSearchMetaheuristic
from peers.axis import Axis, drive_limit
from peers.side_by_side import side_by_side

NAME, VERSION = "OR-Tools", version("ortools")
HOW = (
    "All days lie one after the other on one axis of time; a day is a vehicle with its hours, start and end, its driving limit as the "
    "capacity of a second dimension, its lunch by `SetBreakIntervalsOfVehicle` (which lets it fall into a drive too). A visit is a node "
    "whose time may lie in the windows of all days, in a disjunction whose penalty is its value at 1,000 s of driving a point (300 s where "
    "there is lunch; what did best of some settings on a sample of these instances); the alternatives of a group share a disjunction, with "
    "what a lesser one lacks added to the drives to it; a mandatory visit has a penalty a thousand points higher. Guided local search. It "
    "uses one thread: a search for each thread, run at the same time, and the best plan counts; one starts from its own insertion "
    "heuristic (`LOCAL_CHEAPEST_INSERTION`), the next from the mandatory visits alone. Building the model is part of its time."
)
POINT, POINT_WITH_LUNCH = 1_000, 300
MANDATORY_POINTS = 1_000


def plans(week: Week, seconds: float, threads: int) -> tuple[list[Plan], float]:
    """A plan for each thread, and the seconds they took."""
    return side_by_side(search, week, seconds, threads)


def search(week: Week, seconds: float, seed: int) -> Plan:
    """The plan of one search; even seeds start from the mandatory visits alone."""
    until = time.perf_counter() + seconds
    model = _Model(week)
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = FirstSolutionStrategy.LOCAL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    asked.time_limit.FromMilliseconds(max(100, round(1000 * (until - time.perf_counter()))))
    return model.plan(model.solve(asked, own_start=seed % 2 == 1))


class _Model:
    """The routing model of a week: visit i is node i, day d starts at node n + d and ends at node n + m + d."""

    def __init__(self, week: Week) -> None:
        self.axis, self.days = Axis(week), week["days"]
        self.visits = [visit for visit in week["visits"] if self.axis.starts(visit)]
        n, m = len(self.visits), len(self.days)
        self.manager = pywrapcp.RoutingIndexManager(n + 2 * m, m, list(range(n, n + m)), list(range(n + m, n + 2 * m)))
        self.routing = pywrapcp.RoutingModel(self.manager)
        place = [visit["place"] for visit in self.visits] + [day["start"] for day in self.days] + [day["end"] for day in self.days]
        hop = np.array(week["seconds"])[np.ix_(place, place)]
        self._value(hop)
        self._driving(hop)
        self._time(hop)

    def solve(self, asked: Any, own_start: bool) -> Any:
        """The best assignment within the time, None when there was not even a first one."""
        if own_start:
            return self.routing.SolveWithParameters(asked)
        first: list[list[int]] = [[] for _ in self.days]
        for node, visit in sorted(enumerate(self.visits), key=lambda item: self.axis.starts(item[1])[0]):
            if visit["mandatory"]:
                first[visit["windows"][0][0]].append(node)
        self.routing.CloseModelWithParameters(asked)
        begin = self.routing.ReadAssignmentFromRoutes(first, True)  # every other node left out
        return self.routing.SolveFromAssignmentWithParameters(begin, asked) if begin else None

    def plan(self, found: Any) -> Plan:
        """The routes as days."""
        plan: Plan = [[] for _ in self.days]
        for day, ids in enumerate(plan if found else ()):
            at = found.Value(self.routing.NextVar(self.routing.Start(day)))
            while not self.routing.IsEnd(at):
                ids.append(self.visits[self.manager.IndexToNode(at)]["id"])
                at = found.Value(self.routing.NextVar(at))
        return plan

    def _value(self, hop: np.ndarray) -> None:
        """Driving costs; so does what is left out."""
        point = POINT_WITH_LUNCH if any(day["lunch"] for day in self.days) else POINT
        groups: dict[str, list[int]] = {}
        for node, visit in enumerate(self.visits):
            groups.setdefault(f"visit {visit['id']}" if visit["group"] is None else f"group {visit['group']}", []).append(node)
        cost = hop.copy()
        for nodes in groups.values():
            top = max(self.visits[node]["value"] for node in nodes)
            for node in nodes:
                cost[:, node] += round(point * (top - self.visits[node]["value"]))
            must = any(self.visits[node]["mandatory"] for node in nodes)
            penalty = round(point * (top + (MANDATORY_POINTS if must else 0)))
            self.routing.AddDisjunction([self.manager.NodeToIndex(node) for node in nodes], penalty)
        self.routing.SetArcCostEvaluatorOfAllVehicles(self.routing.RegisterTransitMatrix(cost.tolist()))

    def _driving(self, hop: np.ndarray) -> None:
        limits = [drive_limit(day) for day in self.days]
        if any(limit < day["closes"] - day["opens"] for limit, day in zip(limits, self.days, strict=True)):
            drive = self.routing.RegisterTransitMatrix(hop.tolist())
            self.routing.AddDimensionWithVehicleCapacity(drive, 0, limits, True, "drive")

    def _time(self, hop: np.ndarray) -> None:
        service = [visit["service"] for visit in self.visits] + [0] * (2 * len(self.days))
        elapsed = self.routing.RegisterTransitMatrix((hop + np.array(service)[:, None]).tolist())
        end = max(self.axis.hours(day)[1] for day in range(len(self.days)))
        self.routing.AddDimension(elapsed, end, end, False, "time")
        clock, solver = self.routing.GetDimensionOrDie("time"), self.routing.solver()
        at_stop = [0] * self.routing.Size()
        for node, visit in enumerate(self.visits):
            index, starts = self.manager.NodeToIndex(node), self.axis.starts(visit)
            at_stop[index] = visit["service"]
            clock.CumulVar(index).SetRange(starts[0][0], starts[-1][1])
            gaps = [(before + 1, after - 1) for (_, before), (after, _) in pairwise(starts) if before + 1 < after]
            if gaps:
                # Far quicker here than RemoveInterval, which takes milliseconds on so long an axis.
                begins, ends = map(list, zip(*gaps, strict=True))
                solver.Add(solver.NotMemberCt(clock.CumulVar(index), begins, ends))
        for day in range(len(self.days)):
            for index in (self.routing.Start(day), self.routing.End(day)):
                clock.CumulVar(index).SetRange(*self.axis.hours(day))
            self.routing.AddVariableMinimizedByFinalizer(clock.CumulVar(self.routing.End(day)))
            lunch = self.axis.lunch(day)
            if lunch:
                interval = solver.FixedDurationIntervalVar(*lunch, False, f"lunch {day}")
                clock.SetBreakIntervalsOfVehicle([interval], day, at_stop)
