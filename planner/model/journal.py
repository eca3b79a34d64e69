"""What was done, by whom and when."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from planner.values import Struct, field


class EntryState(StrEnum):
    """Whether what was done still stands."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"  # undone, and other things were done since: it cannot be done again


class JournalEntry(Struct, frozen=True):
    """One thing that was done: its readable label, when (UTC), by whom; `details` of an import are its files, counts and problems."""

    id: int
    label: str
    at: datetime
    who: str
    state: EntryState = EntryState.DONE
    details: Mapping[str, Any] = field(default_factory=dict)


class FieldChange(Struct, frozen=True):
    """One line of an account's history: what was changed, from what to what, in words; `label` is that of the whole entry."""

    at: datetime
    who: str
    label: str
    what: str
    before: str = ""
    after: str = ""
