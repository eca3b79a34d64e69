"""Spans of days that figures are told for; both ends are included."""

import re
from datetime import date, timedelta

from planner.values import Struct


class Period(Struct, frozen=True, order=True):
    """From one day to another, both included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= day <= self.last


ALWAYS = Period(date.min, date.max)


def month_of(day: date) -> Period:
    """The month a day is in."""
    return _months(day.year, day.month, 1)


def quarter_of(day: date) -> Period:
    """The quarter of the calendar year a day is in."""
    return _months(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def days_before(day: date, days: int) -> Period:
    """So many days that end with this one."""
    return Period(day - timedelta(days=days - 1), day)


def read_period(text: str) -> Period:
    """Read "2026-11", "2026-Q4" or "2026"; raises ValueError for anything else."""
    found = re.fullmatch(r"(\d{4})(?:-(?:(\d{2})|Q([1-4])))?", text.strip().upper())
    if not found:
        raise ValueError(f"not a month, quarter or year: {text!r}")
    year = int(found[1])
    if found[2]:
        return _months(year, int(found[2]), 1)
    return _months(year, 3 * int(found[3]) - 2, 3) if found[3] else _months(year, 1, 12)


def _months(year: int, month: int, count: int) -> Period:
    years, after = divmod(month - 1 + count, 12)
    return Period(date(year, month, 1), date(year + years, after + 1, 1) - timedelta(days=1))
