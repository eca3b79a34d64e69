"""Spans of time, lengths and weeks in words."""

from datetime import date

from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind
from planner.model.writing import USUAL_WRITING, Writing

KIND_NAMES = {VisitKind.CAPTURE: "Capture", VisitKind.CARE: "Client care", VisitKind.SUPPORT: "Support", VisitKind.DUTY: "Appointment"}

_METRES = {"miles": (1609.344, "mi"), "kilometres": (1000.0, "km")}


def duration(seconds: int) -> str:
    """A span of time: 45 min, 2 h, 2 h 10 min."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part)


def length(metres: int, units: str, writing: Writing = USUAL_WRITING) -> str:
    """A length in `units` ("miles" or "kilometres"): 6.3 mi, 210 mi."""
    size, sign = _METRES[units]
    amount = metres / size
    return f"{writing.number(amount, 0 if amount >= 100 else 1, grouped=False)} {sign}"


def count(number: int, one: str) -> str:
    """A number of things: 1 visit, 5 visits."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def week_name(week: IsoWeek, first: date, last: date, writing: Writing = USUAL_WRITING, *, with_year: bool = False) -> str:
    """Week 49 · Nov 30 - Dec 4."""
    ends = writing.full_day(last) if with_year else writing.month_day(last)
    return f"Week {week.number} · {writing.month_day(first)} \N{EN DASH} {ends}"
