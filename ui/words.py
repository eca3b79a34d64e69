"""Numbers, times and dates in the words of the window."""

import re
from datetime import date, datetime

from PySide6.QtCore import QDate

from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.places import MatchQuality
from planner.model.week import DayPlan, VisitKind, WeekPlan
from ui.formats import has_twelve_hours, locale, patterns

METRES_PER_MILE = 1609.344
FEET_PER_METRE = 1 / 0.3048
_BLANKS = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE} "

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


def clock_of(moment: datetime) -> str:
    """What a clock shows at a moment, as the setting has it."""
    return clock(moment.hour * 3600 + moment.minute * 60)


def times(from_s: int, to_s: int) -> str:
    """From when to when on a day: "8:30–9:15", or "8:30–9:15 AM"; AM and PM are said once where they are the same."""
    first, last = clock(from_s), clock(to_s)
    half = last[-3:] if has_twelve_hours() and first[-3:] == last[-3:] else ""
    return f"{first.removesuffix(half)}–{last}"


def hour_mark(hour: int) -> str:
    """An hour of the day beside a scale: "14", or "2 PM"."""
    return clock(hour * 3600).replace(":00", "")


def distance(metres: float, units: str = "miles") -> str:
    """A distance in "miles" or "kilometres", as the setting has it."""
    value, unit = (metres / 1000, "km") if units == "kilometres" else (metres / METRES_PER_MILE, "mi")
    return f"{number(value, 1 if value < 10 else 0)} {unit}"


def steps(metres: float, units: str = "miles") -> str:
    """A distance that one sees from end to end: "120 ft", "40 m"."""
    return f"{number(metres)} m" if units == "kilometres" else f"{number(metres * FEET_PER_METRE)} ft"


def money(cents: int | None, decimals: int = 0) -> str:
    """Whole dollars, or with cents where two `decimals` are asked for; a dash when unknown."""
    return "–" if cents is None else locale().toCurrencyString(cents / 100, "$", decimals)


def number(amount: float, decimals: int = 0) -> str:
    """A number with its groups: "1,310", "6.3"."""
    return locale().toString(float(amount), "f", decimals)


def typed(amount: float, decimals: int = 1) -> str:
    """A number as one types it, without groups: "1310.5"."""
    return number(amount, decimals).replace(locale().groupSeparator(), "")


def as_plain(text: str) -> str:
    """A number that was typed as the settings write numbers, as all readers know it: "1.024,50 $" is "$1024.50" where commas are points.

    What is no such number comes back as it is.
    """
    bare, point, group = text.strip(), locale().decimalPoint(), locale().groupSeparator()
    if point == "." or not bare:
        return text
    sign, bare = ("$" if "$" in bare else ""), bare.strip(f"${_BLANKS}")
    groups = f"[{re.escape(group)}{_BLANKS}]"
    if not re.fullmatch(rf"-?(\d+|\d{{1,3}}({groups}\d{{3}})+)({re.escape(point)}\d*)?", bare):
        return text
    return sign + re.sub(groups, "", bare).replace(point, ".")


def as_typed(text: str) -> str:
    """A number as all readers know it, as one would type it here: "$1024.50" is "$1024,50" where commas are points."""
    return text.replace(",", "").replace(".", locale().decimalPoint()) if locale().decimalPoint() != "." else text


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


def full_day(day: date) -> str:
    """A day with its year: "Nov 30, 2026"."""
    return _date(day, patterns().full_day)


def near_day(day: date) -> str:
    """A day that is near: "Tue, Dec 1"."""
    return f"{short_weekday(day)}, {month_day(day)}"


def weekday(day: date) -> str:
    """The name of the day in its week: "Tuesday"."""
    return _date(day, "dddd")


def short_weekday(day: date) -> str:
    """The short name of the day in its week: "Tue"."""
    return _date(day, "ddd")


def month(day: date) -> str:
    """The month of a day with its year: "November 2026"."""
    return _date(day, "MMMM yyyy")


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


def plan_summary(plan: WeekPlan, units: str = "miles") -> str:
    """A week in one line: "27 visits · 13 h 40 driving · 482 mi · value 726"."""
    far = distance(plan.drive_m, units)
    return f"{count(plan.visits, 'visit')} · {span(plan.drive_s)} driving · {far} · value {number(plan.value)}"


def account_kind(account: Account) -> str:
    """Prospect or Client, for reading."""
    return account.kind.value.capitalize()
