"""Fixed appointments and ISO weeks."""

import re
from datetime import date, datetime, timedelta

from planner.model.places import LatLon
from planner.values import Struct


class CalendarEvent(Struct, frozen=True):
    """An appointment as the calendar file has it.

    `start` and `end` are aware datetimes (end exclusive); all-day events begin and end at local midnight. `rrule` is the RFC 5545 rule
    without its name ("FREQ=WEEKLY;BYDAY=MO") or empty, `exdates` the left-out starts. `busy` is False for FREE or transparent events,
    which block nothing.
    """

    uid: str
    title: str
    start: datetime
    end: datetime
    location: str = ""
    rrule: str = ""
    exdates: tuple[datetime, ...] = ()
    all_day: bool = False
    busy: bool = True
    private: bool = False
    cancelled: bool = False
    place: LatLon | None = None


class Duty(Struct, frozen=True):
    """One occurrence of a fixed appointment on one day: seconds after midnight; `place` is None when it is wherever she is (a call)."""

    uid: str
    title: str
    day: date
    start_s: int
    end_s: int
    location: str = ""
    place: LatLon | None = None


class IsoWeek(Struct, frozen=True, order=True):
    """A week by ISO 8601: 2026-W49 begins on Monday 2026-11-30."""

    year: int
    number: int

    @classmethod
    def parse(cls, text: str) -> "IsoWeek":
        """Read "2026-W49"; raises ValueError for anything else."""
        found = re.fullmatch(r"(\d{4})-?W(\d{1,2})", text.strip().upper())
        if not found:
            raise ValueError(f"not a week: {text!r}; write it as 2026-W49")
        week = cls(int(found[1]), int(found[2]))
        week.day(0)
        return week

    @classmethod
    def of(cls, day: date) -> "IsoWeek":
        """The week a day is in."""
        iso = day.isocalendar()
        return cls(iso.year, iso.week)

    def day(self, index: int) -> date:
        """The day with this index, 0 = Monday."""
        return date.fromisocalendar(self.year, self.number, 1) + timedelta(days=index)

    def plus(self, weeks: int) -> "IsoWeek":
        """The week this many weeks later."""
        return IsoWeek.of(self.day(0) + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"


def this_week(today: date) -> IsoWeek:
    """The week to plan on a day: this one until Wednesday, the next one from Thursday on."""
    return IsoWeek.of(today + timedelta(days=4 if today.weekday() >= 3 else 0))
