"""How days, times of day and numbers are written: by a locale and a clock of 12 or 24 hours. The words around them stay English."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from locale import normalize
from typing import TYPE_CHECKING, NamedTuple

from planner.values import Struct

if TYPE_CHECKING:
    from babel import Locale

UNITED_STATES = "en_US"
_TWELVE_HOURS = frozenset({UNITED_STATES, "es_US", "en_CA", "en_AU", "en_NZ", "en_IN", "en_PH"})
_OF_THE_SYSTEM = ("LC_ALL", "LC_TIME", "LANG")


class Writing(Struct, frozen=True):
    """How to write for a reader: `locale` is a name such as "de_DE", and one that nobody knows is written as in the United States."""

    locale: str = UNITED_STATES
    twelve_hours: bool = False

    def clock(self, seconds: int) -> str:
        """Seconds after midnight to the nearest minute: "9:05", "24:00"; or "9:05 AM"."""
        hour, minute = divmod(round(seconds / 60), 60)
        if not self.twelve_hours:
            return f"{hour}:{minute:02d}"
        return f"{(hour - 1) % 12 + 1}:{minute:02d} {'AM' if hour % 24 < 12 else 'PM'}"

    def weekday(self, day: date) -> str:
        """A day of the week in short: "Mon"."""
        return _habits(self.locale).weekdays[day.weekday()]

    def weekday_name(self, day: date) -> str:
        """A day of the week: "Monday"."""
        return _habits(self.locale).weekday_names[day.weekday()]

    def month_name(self, day: date) -> str:
        """A month that stands alone: "November"."""
        return self._date(day, "LLLL")

    def month_day(self, day: date) -> str:
        """A day of the year: "Nov 30"."""
        return self._date(day, _habits(self.locale).month_day)

    def long_month_day(self, day: date) -> str:
        """A day of the year with its month in full: "November 30"."""
        return self._date(day, _habits(self.locale).long_month_day)

    def full_day(self, day: date) -> str:
        """A day with its year: "Nov 30, 2026"."""
        return self._date(day, _habits(self.locale).full_day)

    def number(self, amount: float, decimals: int = 0, *, grouped: bool = True) -> str:
        """A number with so many decimals, and its thousands apart unless they are not to be: "1,310", "6.3"."""
        return self.figure(f"{amount:,.{decimals}f}" if grouped else f"{amount:.{decimals}f}")

    def figure(self, text: str) -> str:
        """A number that is text already, such as "+1,310.5", with the points and commas of the reader."""
        return text.translate(_habits(self.locale).marks)

    def money(self, cents: float, decimals: int = 0) -> str:
        """An amount of dollars: "$1,250", "-$12.50"."""
        before, after = _habits(self.locale).around_money[cents < 0]
        return f"{before}{self.number(abs(cents) / 100, decimals)}{after}"

    def _date(self, day: date, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(day, pattern, _known(self.locale))


USUAL_WRITING = Writing()
"""As it is written unless the settings say otherwise."""


def locale_of_system(environment: Mapping[str, str], native: str = "") -> str:
    """The locale that a system is set to: by the variables that say so, else by its own name for it; that of the United States for none."""
    return _told_by(environment, native) or UNITED_STATES


def system_has_twelve_hours(environment: Mapping[str, str], native: str = "") -> bool:
    """Whether a system tells the time with AM and PM; one that is set to no locale does not."""
    return _told_by(environment, native) in _TWELVE_HOURS


def _told_by(environment: Mapping[str, str], native: str) -> str:
    told = next((environment[name] for name in _OF_THE_SYSTEM if environment.get(name)), normalize(native))
    name = told.partition(".")[0].partition("@")[0]
    return "" if name in ("C", "POSIX") else name


class _Habits(NamedTuple):
    """What a locale does: its weekdays from Monday on, its patterns of days (in CLDR's letters), its marks in numbers, and what stands
    around money had and money owed.
    """

    weekdays: tuple[str, ...]
    weekday_names: tuple[str, ...]
    month_day: str
    long_month_day: str
    full_day: str
    marks: dict[int, str]
    around_money: tuple[tuple[str, str], tuple[str, str]]


@cache
def _habits(name: str) -> _Habits:
    from babel.numbers import get_decimal_symbol, get_group_symbol

    known = _known(name)
    month_day, long_month_day, full_day = (known.datetime_skeletons[key].pattern for key in ("MMMd", "MMMMd", "yMMMd"))
    money = known.currency_formats["standard"]
    owns, owes = ((before.replace("¤", "$"), after.replace("¤", "$")) for before, after in zip(money.prefix, money.suffix, strict=True))
    marks = str.maketrans({",": get_group_symbol(known), ".": get_decimal_symbol(known)})
    weekdays, weekday_names = (tuple(known.days["format"][width][day] for day in range(7)) for width in ("abbreviated", "wide"))
    return _Habits(weekdays, weekday_names, month_day, long_month_day, full_day, marks, (owns, owes))


@cache
def _known(name: str) -> "Locale":
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(name)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(UNITED_STATES)
