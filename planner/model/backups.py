"""Copies of the database that are kept."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path

from planner.values import Struct


class BackupReason(StrEnum):
    """What a backup was made for."""

    START = "start"
    IMPORT = "before import"
    MIGRATION = "before migration"
    RESTORE = "before restore"
    HAND = "by hand"


class MadeBy(StrEnum):
    """By which Roadbook a backup was made: one of its schema like this, an older one (it is migrated when put back) or a newer one."""

    THIS = "this"
    OLDER = "older"
    NEWER = "newer"


class Backup(Struct, frozen=True):
    """A backup: its file, when (UTC) and what for it was made, its size, how many accounts it holds (None when it cannot be put back), and
    by which Roadbook it was made as far as it opens.
    """

    path: Path
    made_at: datetime
    reason: BackupReason
    size_bytes: int
    encrypted: bool = False
    accounts: int | None = None
    made_by: MadeBy = MadeBy.THIS

    @property
    def readable(self) -> bool:
        """Whether this Roadbook can open it, with the passphrase in use where it is encrypted."""
        return self.accounts is not None
