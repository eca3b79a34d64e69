"""How far a day has come, in one line."""

from planner.model.week import DayPlan, Stop, VisitKind
from ui.today.day_log import IN_TIME_S, DayLog, next_stop
from ui.visits.sheet import visit_of_stop
from ui.words import METRES_PER_MILE, distance, number, span


def day_sums(day: DayPlan, now_s: int, log: DayLog, units: str) -> str:
    """The day that is under way: "2 of 5 done · 41 of 96 mi · 11 min late"."""
    coming = next_stop(day, now_s, log)
    cut = day.stops.index(coming) if coming is not None else len(day.stops)
    came = coming is not None and coming.key in log.came
    driven = day.stops[: cut + came]
    metres = sum(stop.drive_m for stop in driven) + (day.last_drive_m if coming is None and now_s >= day.back_s else 0)
    visits = [stop for stop in day.stops if stop.kind is not VisitKind.DUTY]
    done = sum(stop in day.stops[:cut] or visit_of_stop(stop, log.visits) is not None for stop in visits)
    parts = [f"{number(done)} of {number(len(visits))} done", f"{_bare(metres, units)} of {distance(day.drive_m, units)}"]
    return " · ".join([*parts, *([_lateness(coming, now_s, log)] if coming is not None else [])])


def _bare(metres: float, units: str) -> str:
    return number(metres / (1000 if units == "kilometres" else METRES_PER_MILE))


def _lateness(coming: Stop, now_s: int, log: DayLog) -> str:
    """How late the next stop begins, or began."""
    late_s = log.came.get(coming.key, now_s) - coming.start_s
    return f"{span(late_s)} late" if late_s >= IN_TIME_S else "on time"
