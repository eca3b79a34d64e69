"""Backups in words."""

from collections.abc import Sequence
from datetime import datetime

from planner.model.backups import Backup, BackupReason, MadeBy
from planner.model.journal import EntryState, JournalEntry
from ui.footprint.words import size_words
from ui.history.words import when
from ui.words import count, number

HEADERS = ("Made", "Why", "Accounts", "Size", "State")
FIGURES = frozenset({2, 3})
"""Which columns hold numbers."""
MOST_NAMED = 5
_UP_TO_DATE = "It was made by an older Roadbook, and is brought up to date when you go back to it."

_REASONS = {
    BackupReason.START: "At the start",
    BackupReason.IMPORT: "Before an import",
    BackupReason.MIGRATION: "Before an update of Roadbook",
    BackupReason.RESTORE: "Before going back",
    BackupReason.HAND: "By hand",
}


def backup_row(backup: Backup, now: datetime | None = None) -> tuple[str, ...]:
    """A backup for a table, under `HEADERS`."""
    accounts = "" if backup.accounts is None else number(backup.accounts)
    return when(backup.made_at, now), _REASONS[backup.reason], accounts, _size(backup), state_words(backup)


def state_words(backup: Backup) -> str:
    """Whether a backup opens, and by which Roadbook it was made where that is another one than this."""
    if backup.made_by is MadeBy.NEWER:
        return "Made by a newer Roadbook"
    if not backup.readable:
        return "Locked or damaged" if backup.encrypted else "Damaged"
    opens = "Made by an older Roadbook" if backup.made_by is MadeBy.OLDER else "Opens"
    return f"{opens}, encrypted" if backup.encrypted else opens


def unreadable_words(backup: Backup) -> str:
    """Why one cannot go back to a backup that is not readable."""
    if backup.made_by is MadeBy.NEWER:
        return "It was made by a newer Roadbook, which this one cannot read. Install the newer one to go back to it."
    return "It is damaged, or has another passphrase." if backup.encrypted else "It is damaged and does not open."


def summary(backup: Backup) -> str:
    """A backup in one line below its day: "966 accounts · 4.2 MB · made before an import"."""
    accounts = "" if backup.accounts is None else count(backup.accounts, "account")
    why = _REASONS[backup.reason]
    return " · ".join(part for part in (accounts, _size(backup), f"made {why[0].lower()}{why[1:]}") if part)


def lost_words(backup: Backup, steps: Sequence[JournalEntry]) -> str:
    """What going back to a backup takes with it, the newest first, and what becomes of an old one."""
    older = f"\n\n{_UP_TO_DATE}" if backup.made_by is MadeBy.OLDER else ""
    since = backup.made_at.replace(microsecond=0)  # steps are kept by the second
    lost = [step.label for step in steps if step.state is EntryState.DONE and step.at >= since]
    if not lost:
        return f"Nothing was done since then that the history knows of.{older}"
    more = len(lost) - MOST_NAMED
    names = [*(f"• {name}" for name in lost[:MOST_NAMED]), *([f"and {number(more)} more"] if more > 0 else [])]
    return "\n".join([f"What was done since then goes, {count(len(lost), 'step')}:", *names]) + older


def mid_sentence(moment: str) -> str:
    """A moment inside a sentence: "Today 9:12" becomes "today 9:12", "Nov 23, 9:12" stays."""
    return f"{moment[0].lower()}{moment[1:]}" if moment.startswith(("Today", "Yesterday")) else moment


def _size(backup: Backup) -> str:
    return size_words(backup.size_bytes)
