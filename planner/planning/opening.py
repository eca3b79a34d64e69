"""Opening hours become windows in which a visit may start."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from planner.model.writing import USUAL_WRITING, Writing
from planner.values import Struct

if TYPE_CHECKING:
    from opening_hours import OpeningHours

DAY_S = 86_400
USUAL = "Mo-Fr 09:00-17:00"
"""Hours of a business that tells none."""

OPEN_ON_HOLIDAYS = re.compile(r"^24/7$|\bPH\b(?!\s*(?:off|closed))")

type Span = tuple[int, int]


class OpenDays(Struct, frozen=True):
    """When a business is open: spans for each day asked about, in seconds after midnight; `note` says when its hours could not be read."""

    spans: tuple[tuple[Span, ...], ...]
    note: str = ""


def open_days(hours: str, days: Sequence[date], holidays: Iterable[date] = ()) -> OpenDays:
    """Read OSM opening hours (opening_hours specification) for some days; usual business hours stand in where there are none.

    On one of `holidays` a business is closed unless its hours speak of public holidays (PH) or are round the clock.
    """
    from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]  # its stub forgets the error

    text, note = hours.strip() or USUAL, ""
    try:
        rule = OpeningHours(text, country="US")
    except (ParserError, SyntaxError, ValueError):
        note = f"Hours “{hours.strip()[:60]}” cannot be read; taken as {USUAL}"
        text, rule = USUAL, OpeningHours(USUAL, country="US")
    closed = set() if OPEN_ON_HOLIDAYS.search(text) else set(holidays)
    return OpenDays(tuple(() if day in closed else _spans(rule, day) for day in days), note)


def state_holidays(days: Sequence[date], state: str) -> set[date]:
    """Which of these days are public holidays in a US state (two letters; empty or unknown: the national ones)."""
    from holidays import country_holidays, list_supported_countries

    known = state if state in list_supported_countries()["US"] else None
    calendar = country_holidays("US", subdiv=known, years=sorted({day.year for day in days}))
    return {day for day in days if day in calendar}


def start_spans(open_spans: Iterable[Span], opens_s: int, closes_s: int, service_s: int) -> list[Span]:
    """When a visit of this length may start so that it lies in the open spans and in the working day: [open, close - length]."""
    fitted = ((max(begin, opens_s), min(end, closes_s) - service_s) for begin, end in open_spans)
    return [(begin, end) for begin, end in fitted if begin <= end]


def closed_text(open_on: Sequence[bool], days: Sequence[date], writing: Writing = USUAL_WRITING) -> str:
    """The days without an opening in words: "Closed Mon-Wed, Fri"; nothing when there are none."""
    closed = [day for day, is_open in zip(days, open_on, strict=True) if not is_open]
    return f"Closed {days_text(closed, writing)}" if closed else ""


def days_text(days: Sequence[date], writing: Writing = USUAL_WRITING) -> str:
    """Days in words, three or more in a row as a span: "Mon-Wed, Fri"."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(_run(run, writing) for run in runs)


def _run(days: Sequence[date], writing: Writing) -> str:
    if len(days) < 3:
        return ", ".join(map(writing.weekday, days))
    return f"{writing.weekday(days[0])}-{writing.weekday(days[-1])}"


def _spans(rule: "OpeningHours", day: date) -> tuple[Span, ...]:
    """The open spans of one day; one that began the evening before begins at midnight."""
    from opening_hours import State

    midnight = datetime.combine(day, time())
    spans = []
    for begin, end, state, _comments in rule.intervals(midnight, midnight + timedelta(days=1)):
        if state == State.OPEN:
            first = max(0, int((begin - midnight).total_seconds()))
            last = min(DAY_S, int((end - midnight).total_seconds())) if end else DAY_S
            if first < last:
                spans.append((first, last))
    return tuple(spans)
