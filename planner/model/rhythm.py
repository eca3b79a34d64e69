"""How often a duty comes back, as a form can ask for it and words can tell it."""

from datetime import date
from enum import StrEnum

from planner.values import Struct

LAST = -1
"""The last such weekday of a month, as RFC 5545 counts."""
NTHS = {1: "first", 2: "second", 3: "third", 4: "fourth", LAST: "last"}
WEEKS = {1: "every", 2: "every second", 3: "every third", 4: "every fourth"}
MOST_WEEKS = 52
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Unit(StrEnum):
    """What a rhythm counts: weeks, months by a weekday (the second Tuesday), or months by the day of its first time (the 15th)."""

    WEEKS = "weeks"
    MONTH_WEEKDAY = "month by weekday"
    MONTH_DAY = "month by day"


class Rhythm(Struct, frozen=True):
    """Every so many weeks on some weekdays (0 = Monday; several only for weeks), or once a month; `until` is its last day, None for no end.

    `nth` is which weekday of a month (`LAST` for the last one), `month_day` the day of the month; each counts for its own unit only.
    """

    unit: Unit
    weekdays: tuple[int, ...] = ()
    weeks: int = 1
    nth: int = 1
    month_day: int = 1
    until: date | None = None

    @property
    def rule(self) -> str:
        """The rule of RFC 5545, without its name: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"."""
        parts = ["FREQ=WEEKLY" if self.unit is Unit.WEEKS else "FREQ=MONTHLY"]
        if self.unit is Unit.WEEKS and self.weeks > 1:
            parts.append(f"INTERVAL={self.weeks}")
        if self.unit is Unit.WEEKS:
            parts.append("BYDAY=" + ",".join(_CODES[weekday] for weekday in sorted(set(self.weekdays))))
        elif self.unit is Unit.MONTH_WEEKDAY:
            parts.append(f"BYDAY={self.nth}{_CODES[self.weekdays[0]]}")
        else:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    @property
    def words(self) -> str:
        """In plain words: "every second Tuesday", "the last Friday of every month", "the 15th of every month"."""
        if self.unit is Unit.WEEKS:
            names = [_NAMES[weekday] for weekday in sorted(set(self.weekdays))]
            listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
            found = f"{WEEKS[self.weeks]} {listed}" if self.weeks in WEEKS else f"every {self.weeks} weeks on {listed}"
        elif self.unit is Unit.MONTH_WEEKDAY:
            found = f"the {NTHS[self.nth]} {_NAMES[self.weekdays[0]]} of every month"
        else:
            found = f"the {_ordinal(self.month_day)} of every month" + (" that has one" if self.month_day > 28 else "")
        return found


def read_rhythm(rule: str, first: date) -> Rhythm | None:
    """The rhythm of a rule of RFC 5545 that begins on a day; None for a rule that is none of these, such as one with a count."""
    pairs = (part.partition("=") for part in rule.upper().split(";") if part.strip())
    parts = {name.strip(): value.strip() for name, _, value in pairs}
    if parts.pop("WKST", "MO") != "MO":
        return None
    freq, until = parts.pop("FREQ", ""), parts.pop("UNTIL", "")
    try:
        end = date(int(until[:4]), int(until[4:6]), int(until[6:8])) if until else None
        weeks, days = int(parts.pop("INTERVAL", "1")), [day.strip() for day in parts.pop("BYDAY", "").split(",") if day.strip()]
        month_day = int(parts.pop("BYMONTHDAY", "0"))
        if parts or not 0 < weeks <= MOST_WEEKS:
            return None
        if freq == "WEEKLY" and not month_day:
            weekdays = tuple(sorted(_CODES.index(day) for day in days)) or (first.weekday(),)
            return Rhythm(Unit.WEEKS, weekdays, weeks, until=end)
        if freq == "MONTHLY" and weeks == 1:
            return _monthly(days, month_day, first, end)
    except ValueError:
        pass
    return None


def _monthly(days: list[str], month_day: int, first: date, until: date | None) -> Rhythm | None:
    if not days:
        day = month_day or first.day
        return Rhythm(Unit.MONTH_DAY, month_day=day, until=until) if 0 < day <= 31 else None
    nth = int(days[0][:-2] or "0")
    if month_day or len(days) > 1 or nth not in NTHS:
        return None
    return Rhythm(Unit.MONTH_WEEKDAY, (_CODES.index(days[0][-2:]),), nth=nth, until=until)


def _ordinal(number: int) -> str:
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
