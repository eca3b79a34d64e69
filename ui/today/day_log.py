"""What is known of a day so far: which visits are logged, where she has arrived, and what comes next."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from planner.model.tracking import Visit
from planner.model.week import DayPlan, Stop
from planner.usecases.today import Here
from planner.usecases.trips import list_trips
from planner.usecases.workspace import Workspace
from planner.values import Struct, field
from ui.visits.sheet import visit_of_stop, visits_on

IN_TIME_S = 60
"""Who is less than that behind is on time."""


class DayLog(Struct, frozen=True):
    """The logged visits of a day, and when she came to its stops: seconds after midnight by the stop's key."""

    visits: Sequence[Visit] = ()
    came: Mapping[str, int] = field(default_factory=dict)


def day_log(workspace: Workspace, day: date) -> DayLog:
    """What is kept of a day in the territory in use."""
    stops = (stop for trip in list_trips(workspace, day, day) for stop in trip.stops if stop.day == day)
    return DayLog(visits_on(workspace, day), {stop.stop_key: stop.came_s for stop in stops if stop.stop_key and stop.came_s is not None})


def seconds_of_day(now: datetime) -> int:
    """Seconds after midnight, in whole minutes."""
    return now.hour * 3600 + now.minute * 60


def over_s(stop: Stop, log: DayLog) -> int:
    """When a stop is over: as planned, or its whole length after she came."""
    came_s = log.came.get(stop.key)
    return stop.leave_s if came_s is None else max(stop.leave_s, came_s + stop.leave_s - stop.start_s)


def next_stop(day: DayPlan, now_s: int, log: DayLog) -> Stop | None:
    """The first stop that is neither over at a time of day nor logged; those before the last one she has come to are behind her."""
    reached = max((index for index, stop in enumerate(day.stops) if stop.key in log.came), default=0)
    ahead = day.stops[reached:]
    return next((stop for stop in ahead if over_s(stop, log) > now_s and visit_of_stop(stop, log.visits) is None), None)


def behind(day: DayPlan, now_s: int, log: DayLog) -> frozenset[str]:
    """The keys of the stops that are behind her: those before the next one, and what is logged out of its turn."""
    coming = next_stop(day, now_s, log)
    cut = day.stops.index(coming) if coming is not None else len(day.stops)
    return frozenset(stop.key for index, stop in enumerate(day.stops) if index < cut or visit_of_stop(stop, log.visits) is not None)


def late_for(day: DayPlan, now_s: int, log: DayLog) -> tuple[Stop, int] | None:
    """The stop that a visit put in from here comes before, and by how many seconds it is late already; None while it is not."""
    coming = next_stop(day, now_s, log)
    if coming is None:
        return None
    stop, late_s = coming, now_s - coming.start_s
    if coming.key in log.came:
        stop = next(iter(day.stops[day.stops.index(coming) + 1 :]), coming)
        late_s = max(now_s, over_s(coming, log)) + stop.drive_s - stop.start_s
    return (stop, late_s) if late_s >= IN_TIME_S and stop.key not in log.came else None


def here_of(day: DayPlan, now_s: int, log: DayLog) -> Here:
    """Where she is on a day: at or after the last stop that is behind her, free from now on, or once the visit under way is over."""
    coming = next_stop(day, now_s, log)
    cut = day.stops.index(coming) if coming is not None else len(day.stops)
    free_s = now_s
    if coming is not None and coming.key in log.came:
        cut += 1
        free_s = max(now_s, log.came[coming.key] + coming.leave_s - coming.start_s)
    passed, ahead = day.stops[:cut], day.stops[cut:]
    in_midst = {stop.block for stop in passed if stop.block} & {stop.block for stop in ahead}
    # A block is one visit to the planner: in the midst of one, its plan says best what is behind her.
    done = None if in_midst else tuple(dict.fromkeys(stop.block or stop.key for stop in passed))
    return Here(day.day, free_s, done=done)
