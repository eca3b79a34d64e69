"""What was done, by whom and when."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class EntryState(StrEnum):
    """Whether what was done still stands."""

    DONE = "done"
    UNDONE = "undone"
    DROPPED = "dropped"  # undone, and other things were done since: it cannot be done again


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One thing that was done: its readable label, when (UTC), by whom; `details` of an import are its files, counts and problems."""

    id: int
    label: str
    at: datetime
    who: str
    state: EntryState = EntryState.DONE
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One line of an account's history: what was changed, from what to what, in words; `label` is that of the whole entry."""

    at: datetime
    who: str
    label: str
    what: str
    before: str = ""
    after: str = ""
