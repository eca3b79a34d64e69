"""What was done, in words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from PySide6.QtGui import QFontMetrics

from planner.model.imports import RecordKind
from planner.model.journal import EntryState, FieldChange, JournalEntry
from ui.style import TEXT_PX, font
from ui.words import clock_of, count, full_day, month_day, number

_NOUNS = {
    RecordKind.ACCOUNTS: "account",
    RecordKind.CONTACTS: "contact",
    RecordKind.OPPORTUNITIES: "deal",
    RecordKind.SERVICES: "service",
    RecordKind.ACTIVITIES: "activity",
    RecordKind.REPS: "rep",
    RecordKind.CALENDAR: "appointment",
}
_ACTIONS = ("added", "changed", "as before", "taken out")
_STATES = {EntryState.DONE: "", EntryState.UNDONE: "Undone", EntryState.DROPPED: "Undone for good"}


def when(at: datetime, now: datetime | None = None) -> str:
    """A moment on the clock that `now` is of, else this laptop's: "Today 14:05", "Yesterday 9:12", "Nov 23, 14:05", or with its year when
    that is another one.
    """
    now = now or datetime.now().astimezone()
    local, today = at.astimezone(now.tzinfo), now.date()
    days = (today - local.date()).days
    if days in {0, 1}:
        return f"{'Yesterday' if days else 'Today'} {clock_of(local)}"
    day = month_day(local.date()) if local.year == today.year else full_day(local.date())
    return f"{day}, {clock_of(local)}"


def when_px() -> int:
    """How wide a column of moments has to be, in pixels, for all but those of another year."""
    now = datetime(2026, 10, 28, 22, 58).astimezone()
    metrics = QFontMetrics(font(TEXT_PX))
    return max(128, *(metrics.horizontalAdvance(when(now - timedelta(days=days), now)) + 24 for days in (1, 28)))


def state_words(state: EntryState) -> str:
    """Whether a step was taken back; empty for one that stands."""
    return _STATES[state]


def sum_words(entry: JournalEntry) -> str:
    """What an import did in a few words, for its row: "966 accounts added · 3 problems"; empty for other steps."""
    added = [count(numbers[0], _noun(kind)) for kind, numbers in _counts(entry.details) if numbers[0]]
    changed = [count(numbers[1], _noun(kind)) for kind, numbers in _counts(entry.details) if numbers[1]]
    problems = len(entry.details.get("problems", ())) + int(entry.details.get("more_problems", 0))
    parts = [
        f"{', '.join(added)} added" if added else "",
        f"{', '.join(changed)} changed" if changed else "",
        count(problems, "problem") if problems else "",
    ]
    return " · ".join(part for part in parts if part)


def count_lines(entry: JournalEntry) -> list[tuple[str, str]]:
    """What an import did, a line a kind of record: ("Accounts", "966 added, 12 changed"); empty for other steps."""
    return [
        (
            f"{count(2, _noun(kind))[2:].capitalize()}",
            ", ".join(f"{number(records)} {action}" for records, action in zip(numbers, _ACTIONS, strict=False) if records) or "none",
        )
        for kind, numbers in _counts(entry.details)
    ]


def problem_lines(entry: JournalEntry) -> list[str]:
    """The problems of an import, with their file and line."""
    lines = [f"{file}, line {row}: {text}" if row else f"{file}: {text}" for file, row, text in entry.details.get("problems", ())]
    more = int(entry.details.get("more_problems", 0))
    return [*lines, f"and {number(more)} more"] if more else lines


def history_rows(changes: list[FieldChange], now: datetime | None = None) -> list[tuple[str, ...]]:
    """The history of an account for a table: when, who, the step, what, before, after. What repeats the row above is left empty."""
    rows: list[tuple[str, ...]] = []
    last: tuple[object, ...] = ()
    for change in changes:
        step = (change.at, change.who, change.label)
        first = (when(change.at, now), change.who, change.label) if step != last else ("", "", "")
        rows.append((*first, change.what, change.before, change.after))
        last = step
    return rows


def _counts(details: Mapping[str, Any]) -> list[tuple[str, list[int]]]:
    return list(details.get("counts", {}).items())


def _noun(kind: str) -> str:
    return _NOUNS.get(RecordKind(kind), kind) if kind in set(RecordKind) else kind
