"""VROOM (pyvroom): one vehicle for each day, priorities for values."""

import time
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import numpy as np
import vroom
from instances import Plan, Week
from peers.axis import Axis, drive_limit

NAME, VERSION = "VROOM", version("pyvroom")
HOW = (
    "All days lie one after the other on one axis of time: a day is a vehicle with its hours as time window, its start and end, its lunch "
    "as a break, its driving limit as `max_travel_time`; a visit is a job with the windows of all days. Its value is the job's priority, "
    "scaled to 0-100, the most that VROOM takes; a mandatory visit has 100. VROOM knows no duty to serve a job: where it leaves a "
    "mandatory visit out, it is asked again with the other priorities at a half, then at a quarter, as long as there is time. It knows no "
    "alternatives: of a group only the visit of the greatest value is offered. Exploration level 5, the highest; it ends by itself, "
    "mostly long before the time is over."
)
SHARES = (1.0, 0.5, 0.25)
PRIORITY = 100


def plans(week: Week, seconds: float, threads: int) -> tuple[list[Plan], float]:
    """Plans with less and less priority for what may be left out, until the mandatory visits are all in or the time is over.

    Returns them and the seconds they took.
    """
    began, found = time.perf_counter(), []
    mandatory = {visit["id"] for visit in week["visits"] if visit["mandatory"]}
    for share in SHARES:
        left = seconds - (time.perf_counter() - began)
        if left < 0.1:
            break
        found.append(_plan(week, share, left, threads))
        if mandatory <= {name for day in found[-1] for name in day}:
            break
    return found, time.perf_counter() - began


def _plan(week: Week, share: float, seconds: float, threads: int) -> Plan:
    axis, visits = Axis(week), week["visits"]
    problem = vroom.Input()
    problem.set_durations_matrix("car", np.array(week["seconds"], dtype=np.uint32))
    for number, day in enumerate(week["days"]):
        problem.add_vehicle(
            vroom.Vehicle(
                number + 1,
                start=day["start"],
                end=day["end"],
                time_window=axis.hours(number),
                breaks=_lunch(axis, number),
                max_travel_time=drive_limit(day),
            )
        )
    top = max(visit["value"] for visit in visits)
    for number in _offered(axis, visits):
        visit = visits[number]
        problem.add_job(
            vroom.Job(
                number + 1,
                location=visit["place"],
                default_service=visit["service"],
                priority=PRIORITY if visit["mandatory"] else round(PRIORITY * share * visit["value"] / top),
                time_windows=axis.starts(visit),
            )
        )
    steps = problem.solve(exploration_level=5, nb_threads=threads, timeout=timedelta(seconds=seconds)).routes
    plan: Plan = [[] for _ in week["days"]]
    for step in steps[steps["type"] == "job"].itertuples():
        plan[step.vehicle_id - 1].append(visits[int(step.id) - 1]["id"])
    return plan


def _lunch(axis: Axis, day: int) -> list[vroom.Break]:
    lunch = axis.lunch(day)
    return [vroom.Break(day + 1, time_windows=[lunch[:2]], service=lunch[2])] if lunch else []


def _offered(axis: Axis, visits: list[dict[str, Any]]) -> list[int]:
    """The visits that can start at all; of alternatives the one of the greatest value."""
    best: dict[str, int] = {}
    for number, visit in sorted(enumerate(visits), key=lambda item: -item[1]["value"]):
        if axis.starts(visit):
            best.setdefault(visit["id"] if visit["group"] is None else f"group {visit['group']}", number)
    return sorted(best.values())
