"""Numbers, times and dates in the words of the window."""

from datetime import date

from PySide6.QtCore import QDate

from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.places import MatchQuality
from planner.model.week import DayPlan, VisitKind, WeekPlan
from ui.formats import has_twelve_hours, locale, patterns

METRES_PER_MILE = 1609.344

KINDS = {VisitKind.CAPTURE: "Capture", VisitKind.CARE: "Client care", VisitKind.SUPPORT: "Support", VisitKind.DUTY: "Appointment"}

QUALITIES = {
    MatchQuality.ROOFTOP: "Placed on the address",
    MatchQuality.INTERPOLATED: "Placed between two known numbers of the street",
    MatchQuality.STREET: "Placed on the street; the number is not known",
    MatchQuality.BUSINESS: "Placed by the name of the business",
    MatchQuality.ZIP: "Placed in the middle of the ZIP area",
    MatchQuality.CITY: "Placed in the middle of the town",
    MatchQuality.MANUAL: "Placed by you",
    MatchQuality.NONE: "Not placed on the map",
}

SHORT_QUALITIES = {
    MatchQuality.ROOFTOP: "Address",
    MatchQuality.INTERPOLATED: "Between numbers",
    MatchQuality.STREET: "Street",
    MatchQuality.BUSINESS: "Business name",
    MatchQuality.ZIP: "ZIP area",
    MatchQuality.CITY: "Town",
    MatchQuality.MANUAL: "By you",
    MatchQuality.NONE: "Not placed",
}


def span(seconds: int) -> str:
    """A length of time: "45 min", "3 h 02"."""
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d}"


def clock(seconds: int) -> str:
    """A time of day as the setting has it: "8:30", "14:20", or "2:20 PM"."""
    hour, minute = divmod(round(seconds / 60) % 1440, 60)
    return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour < 12 else 'PM'}" if has_twelve_hours() else f"{hour}:{minute:02d}"


def distance(metres: float, units: str = "miles") -> str:
    """A distance in "miles" or "kilometres", as the setting has it."""
    value, unit = (metres / 1000, "km") if units == "kilometres" else (metres / METRES_PER_MILE, "mi")
    return f"{number(value, 1 if value < 10 else 0)} {unit}"


def money(cents: int | None) -> str:
    """Whole dollars, or a dash when unknown."""
    return "–" if cents is None else locale().toCurrencyString(cents / 100, "$", 0)


def number(amount: float, decimals: int = 0) -> str:
    """A number with its groups: "1,310", "6.3"."""
    return locale().toString(float(amount), "f", decimals)


def count(amount: int, noun: str) -> str:
    """A number with its noun: "1 visit", "1,310 accounts"."""
    several = f"{noun[:-1]}ies" if noun.endswith("y") and noun[-2:-1] not in "aeiou" else f"{noun}s"
    return f"{number(amount)} {noun if amount == 1 else several}"


def month_day(day: date) -> str:
    """A day of the year: "Nov 30"."""
    return _date(day, patterns().month_day)


def short_day(day: date) -> str:
    """A day of the week: "Tue 1"."""
    return _date(day, patterns().short_day)


def long_day(day: date) -> str:
    """A day in full: "Tuesday, December 1"."""
    return _date(day, patterns().long_day)


def _date(day: date, pattern: str) -> str:
    return locale().toString(QDate(day.year, day.month, day.day), pattern)


def week_title(week: IsoWeek) -> str:
    """A working week: "Week 49 · Nov 30 – Dec 4"."""
    first, last = week.day(0), week.day(4)
    if last.month != first.month:
        span_of_days = f"{month_day(first)} – {month_day(last)}"
    elif patterns().day_first:
        span_of_days = f"{first.day}{patterns().after_day} – {month_day(last)}"
    else:
        span_of_days = f"{month_day(first)} – {last.day}"
    return f"Week {week.number} · {span_of_days}"


def visits_of(day: DayPlan) -> int:
    """How many stops of a day are visits."""
    return sum(stop.kind is not VisitKind.DUTY for stop in day.stops)


def day_summary(day: DayPlan) -> str:
    """A day in one line: "5 visits · 3 h 02 driving · 171"."""
    return f"{count(visits_of(day), 'visit')} · {span(day.drive_s)} driving · {day.value:.0f}"


def plan_summary(plan: WeekPlan, units: str = "miles") -> str:
    """A week in one line: "27 visits · 13 h 40 driving · 482 mi · value 726"."""
    return f"{count(plan.visits, 'visit')} · {span(plan.drive_s)} driving · {distance(plan.drive_m, units)} · value {plan.value:.0f}"


def account_kind(account: Account) -> str:
    """Prospect or Client, for reading."""
    return account.kind.value.capitalize()
