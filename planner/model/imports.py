"""What an import reads, would change and did."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from planner.model.places import PostalAddress
from planner.values import Struct, field


class RecordKind(StrEnum):
    """What the rows of a table are, in words that fit after "holds"."""

    ACCOUNTS = "accounts"
    CONTACTS = "contacts"
    OPPORTUNITIES = "opportunities"
    SERVICES = "a billing extract"
    ACTIVITIES = "activities"
    REPS = "reps"
    CALENDAR = "a calendar"


class Source(StrEnum):
    """Where a value came from."""

    TYPED = "typed"
    CRM = "crm"
    BILLING = "billing"
    GUESSED = "guessed"


Origins = Mapping[str, tuple[Source, date]]
"""Where each field of a record came from, and on which day it was set."""


class Take(StrEnum):
    """What a value of a file does to the one that is there."""

    UPDATE = "update"  # takes its place unless that one comes from a better source; an empty cell changes nothing
    FILL = "fill"  # only where there is none
    ALWAYS = "always"  # takes its place whatever it is; an empty cell empties it
    NEVER = "never"  # only accounts that are new get it


class TableMapping(Struct, frozen=True):
    """How one table is read.

    What its rows are, the column (by its header) of each field, the columns kept as custom fields, what each field's values do to those
    that are there (UPDATE where not said), and the source they count as.
    """

    kind: RecordKind
    columns: Mapping[str, str] = field(default_factory=dict)
    custom: tuple[str, ...] = ()
    takes: Mapping[str, Take] = field(default_factory=dict)
    source: Source = Source.CRM
    preset: str = ""

    def take(self, name: str) -> Take:
        """What the values of a field do."""
        return self.takes.get(name, Take.UPDATE)


class FieldChoice(Struct, frozen=True):
    """A field that a column can be mapped to: its key, its label for people, and whether the kind cannot do without it."""

    key: str
    label: str
    needed: bool = False


class TableSample(Struct, frozen=True):
    """A table as the wizard shows it: file and sheet, headers, the first rows, how many rows there are, and how it would be read.

    `mapping` is None for a table that is none of the kinds; `note` says what was seen ("UTF-8 with a mark, tabs, 5 notices below").
    """

    file: str
    sheet: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_count: int
    mapping: TableMapping | None
    note: str = ""

    @property
    def key(self) -> str:
        """What names the table among those of one import."""
        return f"{self.file}|{self.sheet}"


class Action(StrEnum):
    """What an import does with a record."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"


class RecordChange(Struct, frozen=True):
    """What an import would do with one record: its file and row, its name, and of a changed one each field, its value before and after."""

    kind: RecordKind
    action: Action
    name: str
    file: str
    row: int
    fields: tuple[tuple[str, str, str], ...] = ()


class KindCounts(Struct, frozen=True):
    """How many records of a kind an import adds, changes, leaves as they are and takes out."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0

    @property
    def total(self) -> int:
        """How many records the files hold of this kind."""
        return self.added + self.changed + self.unchanged


class RecordRead(Struct, frozen=True):
    """A record as one row of a file has it.

    `given` are the attributes of the record that the row has a value for, `blank` those whose cells are empty. `account_ref` and
    `account_name` say which account a contact, deal, activity or service is of; `number` is its 16-digit billing account number,
    `other_address` a second address of an account, or the one a service is delivered to.
    """

    file: str
    row: int
    record: Any
    given: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    account_ref: str = ""
    account_name: str = ""
    number: str = ""
    other_address: PostalAddress | None = None
    phone: str = ""


def counts_of(changes: Sequence[RecordChange], kind: RecordKind, unchanged: int = 0) -> KindCounts:
    """How many records of a kind are added, changed and taken out; those that stay are only counted."""
    of_kind = [change.action for change in changes if change.kind is kind]
    return KindCounts(of_kind.count(Action.ADDED), of_kind.count(Action.CHANGED), unchanged, of_kind.count(Action.REMOVED))
