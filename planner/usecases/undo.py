"""Undo and redo of anything, also after a restart, and who changed what when."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.journal import FieldChange, JournalEntry
from planner.store import journal
from planner.usecases.accounts import need_account
from planner.usecases.history_words import change_lines
from planner.usecases.packs import in_sample
from planner.usecases.workspace import Workspace
from planner.values import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

_PLANS = frozenset({"plans", "plan_stops", "trips", "trip_stops", "costs", "drives"})
_SETTINGS = frozenset({"settings"})


class Steps(Struct, frozen=True):
    """What Undo would take back and Redo would do again, in words, empty when there is nothing; and when the former was kept (UTC)."""

    undo: str = ""
    redo: str = ""
    kept_at: datetime | None = None


def next_steps(workspace: Workspace) -> Steps:
    """What can be undone and redone now, of the territory in use."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        back, again = journal.next_to_undo(db, sample=sample), journal.next_to_redo(db, sample=sample)
    return Steps(back.label if back else "", again.label if again else "", back.at if back else None)


def undo(workspace: Workspace) -> Changes:
    """Take back the newest thing that was done; raises UserProblem when there is nothing to take back."""
    sample = in_sample(workspace)
    with workspace.writing(None) as db:
        entry = journal.next_to_undo(db, sample=sample)
        if entry is None:
            raise UserProblem("There is nothing to undo.")
        tables = journal.undo(db, entry)
    return _changes(f"Undo: {entry.label}", tables)


def redo(workspace: Workspace) -> Changes:
    """Do again what was taken back last; raises UserProblem when there is nothing to do again."""
    sample = in_sample(workspace)
    with workspace.writing(None) as db:
        entry = journal.next_to_redo(db, sample=sample)
        if entry is None:
            raise UserProblem("There is nothing to redo.")
        tables = journal.redo(db, entry)
    return _changes(f"Redo: {entry.label}", tables)


def list_steps(workspace: Workspace, limit: int = 200) -> list[JournalEntry]:
    """What was done in the territory in use, the newest first; imports with their counts and problems."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return journal.entries(db, sample=sample, limit=limit)


def account_history(workspace: Workspace, account_id: int) -> list[FieldChange]:
    """Who changed what of an account and of what hangs on it, and when, the newest first; raises UserProblem when there is none."""
    need_account(workspace, account_id)
    with workspace.reading() as db:
        changes = journal.changes_of_account(db, account_id)
        after: dict[tuple[object, ...], Mapping[str, Any]] = {}
        lines: list[FieldChange] = []
        for change in changes:
            row = (change.table, *change.key)
            now = after[row] if row in after else journal.row_now(db, change.table, change.key)
            after[row] = change.before
            lines += change_lines(change, now)
    return lines


def _changes(label: str, tables: frozenset[str]) -> Changes:
    accounts, plans, settings = (bool(part) for part in (tables - _PLANS - _SETTINGS, tables & _PLANS, tables & _SETTINGS))
    return Changes(label, accounts=accounts, plans=plans, settings=settings, turned=True)
