"""Copies of the database that are kept."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class BackupReason(StrEnum):
    """What a backup was made for."""

    START = "start"
    IMPORT = "before import"
    MIGRATION = "before migration"
    RESTORE = "before restore"
    HAND = "by hand"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup: its file, when (UTC) and what for it was made, its size, and how many accounts it holds (None when it does not open)."""

    path: Path
    made_at: datetime
    reason: BackupReason
    size_bytes: int
    encrypted: bool = False
    accounts: int | None = None

    @property
    def readable(self) -> bool:
        """Whether it opens, with the passphrase in use where it is encrypted."""
        return self.accounts is not None
