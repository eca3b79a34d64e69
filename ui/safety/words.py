"""Backups in words."""

from collections.abc import Sequence
from datetime import datetime

from planner.model.backups import Backup, BackupReason
from planner.model.journal import EntryState, JournalEntry
from ui.footprint.words import size_words
from ui.history.words import when
from ui.words import count

HEADERS = ("Made", "Why", "Accounts", "Size", "State")
MOST_NAMED = 5

_REASONS = {
    BackupReason.START: "At the start",
    BackupReason.IMPORT: "Before an import",
    BackupReason.MIGRATION: "Before an update of Roadbook",
    BackupReason.RESTORE: "Before going back",
    BackupReason.HAND: "By hand",
}


def backup_row(backup: Backup, now: datetime | None = None) -> tuple[str, ...]:
    """A backup for a table, under `HEADERS`."""
    accounts = "" if backup.accounts is None else f"{backup.accounts:,}"
    return when(backup.made_at, now), _REASONS[backup.reason], accounts, _size(backup), state_words(backup)


def state_words(backup: Backup) -> str:
    """Whether a backup opens: one that does not has another passphrase, is damaged, or was made by a newer Roadbook."""
    if backup.readable:
        return "Opens, encrypted" if backup.encrypted else "Opens"
    return "Locked or damaged" if backup.encrypted else "Damaged or newer"


def summary(backup: Backup) -> str:
    """A backup in one line below its day: "966 accounts · 4.2 MB · made before an import"."""
    accounts = "" if backup.accounts is None else count(backup.accounts, "account")
    why = _REASONS[backup.reason]
    return " · ".join(part for part in (accounts, _size(backup), f"made {why[0].lower()}{why[1:]}") if part)


def lost_words(backup: Backup, steps: Sequence[JournalEntry]) -> str:
    """What going back to a backup takes with it, the newest first."""
    since = backup.made_at.replace(microsecond=0)  # steps are kept by the second
    lost = [step.label for step in steps if step.state is EntryState.DONE and step.at >= since]
    if not lost:
        return "Nothing was done since then that the history knows of."
    names = [*(f"• {name}" for name in lost[:MOST_NAMED]), *([f"and {len(lost) - MOST_NAMED:,} more"] if len(lost) > MOST_NAMED else [])]
    return "\n".join([f"What was done since then goes, {count(len(lost), 'step')}:", *names])


def mid_sentence(moment: str) -> str:
    """A moment inside a sentence: "Today 9:12" becomes "today 9:12", "Nov 23, 9:12" stays."""
    return f"{moment[0].lower()}{moment[1:]}" if moment.startswith(("Today", "Yesterday")) else moment


def _size(backup: Backup) -> str:
    return size_words(backup.size_bytes)
