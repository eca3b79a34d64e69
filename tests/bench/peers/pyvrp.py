"""PyVRP: one vehicle type for each kind of day, prizes for values, a copy of a client for each window."""

import time
import warnings
from importlib.metadata import version

import numpy as np
import pyvrp
from instances import Plan, Week
from peers.axis import Axis, drive_limit
from peers.side_by_side import side_by_side
from pyvrp.exceptions import PenaltyBoundWarning
from pyvrp.stop import MaxRuntime

NAME, VERSION = "PyVRP", version("pyvrp")
HOW = (
    "All days lie one after the other on one axis of time; a kind of day is a vehicle type with its hours, its depots, its driving limit "
    "as `max_distance`. Days that are alike (all of a TOPTW instance) are one type with several vehicles. A visit is an optional client "
    "with its value as prize; with several windows it is one client for each window in a mutually exclusive group, which also holds the "
    "alternatives of a group; a mandatory visit is required. PyVRP has no breaks: lunch is a required group of clients on each day, one "
    "at every place where that day may stop, which says exactly that lunch is taken at a stop. A point of value counts as 100,000 s of "
    "driving (1,000 s where there is lunch) and the acceptance history is 60 instead of 300: what did best of some twenty settings on a "
    "sample of these instances within 5 s; with driving free of cost it does much worse. PyVRP uses one thread: a search for each thread, "
    "with seeds of their own, run at the same time, and the best plan counts. Building the model is part of its time."
)
POINT, POINT_WITH_LUNCH = 100_000, 1_000
HISTORY = 60


def plans(week: Week, seconds: float, threads: int) -> tuple[list[Plan], float]:
    """A plan for each thread, and the seconds they took."""
    return side_by_side(search, week, seconds, threads)


def search(week: Week, seconds: float, seed: int) -> Plan:
    """The plan of one search, its routes read back as days."""
    until = time.perf_counter() + seconds
    model = _Model(week)
    data = model.data(week)
    with warnings.catch_warnings():
        # It warns that a required client is hard to reach; whether a plan holds is checked afterwards anyway.
        warnings.simplefilter("ignore", PenaltyBoundWarning)
        best = pyvrp.solve(
            data,
            MaxRuntime(max(0.0, until - time.perf_counter())),
            seed=seed,
            collect_stats=False,
            params=pyvrp.SolveParams(ils=pyvrp.IteratedLocalSearchParams(history_length=HISTORY)),
        ).best
    return model.plan(best)


class _Model:
    """Clients, groups and vehicle types of a week; `visit_of` tells which visit a client stands for, None for lunch."""

    def __init__(self, week: Week) -> None:
        self.axis = Axis(week)
        self.clients: list[pyvrp.Client] = []
        self.visit_of: list[str | None] = []
        self.groups: list[pyvrp.ClientGroup] = []
        self.depots: list[pyvrp.Depot] = []
        self.types: list[pyvrp.VehicleType] = []
        self._add_visits(week)
        for days in self.axis.alike:
            self._add_day(week, days)

    def data(self, week: Week) -> pyvrp.ProblemData:
        """The problem with drive times as both distance and duration."""
        seconds = np.array(week["seconds"], dtype=np.int64)
        places = [pyvrp.Location(0, 0) for _ in seconds]
        return pyvrp.ProblemData(places, self.clients, self.depots, self.types, [seconds], [seconds], self.groups)

    def plan(self, solution: pyvrp.Solution) -> Plan:
        """The routes as days, lunch left out."""
        free = [list(days) for days in self.axis.alike]
        plan: Plan = [[] for days in free for _ in days]
        for route in solution.routes():
            stops = [self.visit_of[stop.idx] for stop in route if stop.is_client()]
            plan[free[route.vehicle_type()].pop(0)] = [stop for stop in stops if stop is not None]
        return plan

    def _add_visits(self, week: Week) -> None:
        point = POINT_WITH_LUNCH if any(day["lunch"] for day in week["days"]) else POINT
        groups: dict[str, int] = {}
        for visit in week["visits"]:
            starts, group = self.axis.starts(visit), None
            if starts and (visit["group"] is not None or len(starts) > 1):
                name = f"visit {visit['id']}" if visit["group"] is None else f"group {visit['group']}"
                if name not in groups:
                    groups[name] = self._add_group(visit["mandatory"])
                group = groups[name]
            for begin, end in starts:
                self._add_client(
                    visit["id"],
                    group,
                    location=visit["place"],
                    service_duration=visit["service"],
                    tw_early=begin,
                    tw_late=end,
                    prize=round(point * visit["value"]),
                    required=visit["mandatory"] and group is None,
                )

    def _add_day(self, week: Week, days: list[int]) -> None:
        day, (opens, closes) = week["days"][days[0]], self.axis.hours(days[0])
        self.types.append(
            pyvrp.VehicleType(
                len(days),
                start_depot=self._depot(day["start"]),
                end_depot=self._depot(day["end"]),
                tw_early=opens,
                tw_late=closes,
                max_distance=drive_limit(day),
            )
        )
        lunch = self.axis.lunch(days[0])
        if lunch:
            group = self._add_group(required=True)
            stops = {visit["place"] for visit in week["visits"] if any(window[0] == days[0] for window in visit["windows"])}
            for place in sorted(stops | {day["start"], day["end"]}):
                self._add_client(
                    None, group, location=place, service_duration=lunch[2], tw_early=lunch[0], tw_late=lunch[1], required=False
                )

    def _add_client(self, visit: str | None, group: int | None, **what: int) -> None:
        if group is not None:
            self.groups[group].add_client(len(self.clients))
        self.clients.append(pyvrp.Client(group=group, **what))
        self.visit_of.append(visit)

    def _add_group(self, required: bool) -> int:
        self.groups.append(pyvrp.ClientGroup(required=required))
        return len(self.groups) - 1

    def _depot(self, place: int) -> int:
        places = [depot.location for depot in self.depots]
        if place not in places:
            self.depots.append(pyvrp.Depot(place))
            return len(places)
        return places.index(place)
