"""Times, lengths and days in words, as a reader in the United States expects them."""

from datetime import date

from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind

KIND_NAMES = {VisitKind.CAPTURE: "Capture", VisitKind.CARE: "Client care", VisitKind.SUPPORT: "Support", VisitKind.DUTY: "Appointment"}

_METRES = {"miles": (1609.344, "mi"), "kilometres": (1000.0, "km")}


def clock(seconds: int) -> str:
    """Seconds after midnight as a time of day: 9:05 AM."""
    minutes = round(seconds / 60)
    hour, minute = divmod(minutes % 1440, 60)
    return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}"


def duration(seconds: int) -> str:
    """A span of time: 45 min, 2 h, 2 h 10 min."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else "") if part)


def length(metres: int, units: str) -> str:
    """A length in `units` ("miles" or "kilometres"): 6.3 mi, 210 mi."""
    size, sign = _METRES[units]
    amount = metres / size
    return f"{amount:.0f} {sign}" if amount >= 100 else f"{amount:.1f} {sign}"


def count(number: int, one: str) -> str:
    """A number of things: 1 visit, 5 visits."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def month_day(day: date) -> str:
    """Nov 30."""
    return f"{day:%b} {day.day}"


def week_name(week: IsoWeek, first: date, last: date) -> str:
    """Week 49 · Nov 30 - Dec 4."""
    return f"Week {week.number} · {month_day(first)} \N{EN DASH} {month_day(last)}"
