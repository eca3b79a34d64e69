"""How dates, times and numbers are written: the settings put it into Qt's own default locale, and `ui.words` reads it there."""

from PySide6.QtCore import QCoreApplication, QLocale

from planner.settings import Settings
from planner.values import Struct

_TWELVE_HOURS = "twelve hours"
"""A property of the application: QLocale knows no choice of it."""


class Patterns(Struct, frozen=True):
    """How a locale writes days, in Qt's letters; `after_day` is what follows the number of a day that stands before its month."""

    month_day: str
    short_day: str
    long_day: str
    full_day: str
    day_first: bool
    after_day: str = ""


_MONTH_FIRST = Patterns("MMM d", "ddd d", "dddd, MMMM d", "MMM d, yyyy", day_first=False)
_DAY_FIRST = Patterns("d MMM", "ddd d", "dddd, d MMMM", "d MMM yyyy", day_first=True)
_DAY_DOT = Patterns("d. MMM", "ddd d.", "dddd, d. MMMM", "d. MMM yyyy", day_first=True, after_day=".")


def use_formats(settings: Settings) -> bool:
    """Write everything as the settings have it from now on; says whether that is otherwise than before."""
    chosen, before = settings.text("formats"), (QLocale(), has_twelve_hours())
    QLocale.setDefault(_or_us(QLocale.system() if chosen == "system" else QLocale(chosen)))
    app = QCoreApplication.instance()
    if app is not None:
        hours = settings.text("clock")
        app.setProperty(_TWELVE_HOURS, _system_has_twelve_hours() if hours == "system" else hours == "12 hours")
    return before != (QLocale(), has_twelve_hours())


def locale() -> QLocale:
    """The locale to write in; that of the United States where the system has none."""
    return _or_us(QLocale())


def _or_us(found: QLocale) -> QLocale:
    return QLocale("en_US") if found.language() is QLocale.Language.C else found


def _system_has_twelve_hours() -> bool:
    """Whether the system tells the time with AM and PM; one that is set to no locale does not."""
    of_system = QLocale.system()
    told = of_system.timeFormat(QLocale.FormatType.ShortFormat)
    return of_system.language() is not QLocale.Language.C and "ap" in told.casefold()


def has_twelve_hours() -> bool:
    """Whether times of day are written with AM and PM."""
    app = QCoreApplication.instance()
    return bool(app is not None and app.property(_TWELVE_HOURS))


def patterns() -> Patterns:
    """How days are written in the locale."""
    short = locale().dateFormat(QLocale.FormatType.ShortFormat)
    if short.find("M") < short.find("d"):
        return _MONTH_FIRST
    return _DAY_DOT if "d." in short else _DAY_FIRST
