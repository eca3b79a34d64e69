"""A stopped clock, so that the header, Today and the line of now are the same in every picture."""

import importlib
import os
import pkgutil
import sys
import time
from datetime import UTC, date, datetime, tzinfo
from types import ModuleType
from typing import ClassVar
from zoneinfo import ZoneInfo

ZONE = "America/New_York"
READERS = ("ui.", "planner.usecases.", "planner.store.")
"""Who looks at the clock on the wall, by the beginning of the names of modules."""


class _Like(type):
    """A class whose instances are those of the class it stands for."""

    def __instancecheck__(cls, value: object) -> bool:
        return isinstance(value, cls.__mro__[1])

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, cls.__mro__[1])


class _Date(date, metaclass=_Like):
    at: ClassVar[datetime]

    def __new__(cls, *parts: int) -> date:
        return date(*parts)

    @classmethod
    def today(cls) -> date:
        return cls.at.date()


class _Datetime(datetime, metaclass=_Like):
    at: ClassVar[datetime]

    def __new__(cls, *parts, **named) -> datetime:
        return datetime(*parts, **named)  # noqa: DTZ001 - as it was asked for

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return cls.at.astimezone(tz) if tz else cls.at.replace(tzinfo=None)


def stop_clocks(at: datetime) -> None:
    """Let it be `at`, a wall clock of ZONE, for all that asks from now on; it can be called again for another moment."""
    os.environ["TZ"] = ZONE
    time.tzset()
    _Date.at = _Datetime.at = at.replace(tzinfo=ZoneInfo(ZONE))
    for module in _readers():
        for name, true, stopped in (("date", date, _Date), ("datetime", datetime, _Datetime)):
            if vars(module).get(name) is true:
                setattr(module, name, stopped)
        if "QDate" in vars(module):
            module.QDate = _qdate()


def utc_now() -> datetime:
    """The moment at which the clocks stand."""
    return _Datetime.at.astimezone(UTC)


def _readers() -> list[ModuleType]:
    """The modules that may look at the clock, all imported: one that comes later would have the true one."""
    for root in ("planner", "ui"):
        package = importlib.import_module(root)
        for found in pkgutil.walk_packages(package.__path__, f"{root}."):
            if found.name.startswith(READERS) and not found.name.endswith("__main__"):
                importlib.import_module(found.name)
    return [module for name, module in sys.modules.items() if name.startswith(READERS)]


def _qdate() -> type:
    from PySide6.QtCore import QDate

    class StoppedQDate(QDate):
        @staticmethod
        def currentDate() -> QDate:  # noqa: N802 - Qt's name
            today = _Date.today()
            return QDate(today.year, today.month, today.day)

    return StoppedQDate
