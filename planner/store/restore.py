"""Putting a backup, or the database under another passphrase, in the place of the database; to be done while nothing else has it open."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from planner.errors import UserProblem
from planner.model.backups import BackupReason
from planner.progress import Report, part, silent
from planner.store.backups import backup_files, backups_folder, make_backup
from planner.store.checks import damages_of
from planner.store.cipher import Keyring, PassphraseNeeded, convert, is_plain, looks_encrypted
from planner.store.connection import hindrance, opens
from planner.store.database import prepare
from planner.store.file_lock import alone
from planner.store.private_files import private_copy, private_file, replace_durably
from planner.store.receipts import RECEIPTS, bring_back_receipts, rewrite_receipts
from planner.store.swap import BESIDE, NEW, put_in_place

_PATIENCE_S = 60.0


def restore(path: Path, backup: Path, keys: Keyring | None, report: Report) -> None:
    """Put a backup in the place of the database, after keeping what is there now: as a backup, or as it is when it is damaged.

    The database stays as it is, plain or encrypted; a backup of an older Roadbook is migrated. Receipts that are gone come back from the
    copies beside the backup; none is taken away. Raises UserProblem when the backup is not
    good or there is no room, PassphraseNeeded, and Cancelled; the database is not changed then.
    """
    with _told_plainly(path, "The backup was not put back."):
        if not is_plain(backup) and not opens(backup, keys) and looks_encrypted(backup):
            raise PassphraseNeeded(backup.name, wrong=keys is not None)
        _refuse_damaged(backup, keys, part(report, 0.0, 0.2))
        encrypted = path.exists() and looks_encrypted(path)
        _keep_present(path, keys, part(report, 0.2, 0.6))
        with _new_file(path) as new:
            if is_plain(backup) == (not encrypted):
                private_copy(backup, new)
            else:
                convert(backup, keys, new, keys if encrypted else None)
            _refuse_damaged(new, keys, part(report, 0.6, 0.9))
            bring_back_receipts(backup.parent / RECEIPTS, path.parent / RECEIPTS, keys, keys if encrypted else None)
            put_in_place(new, path)
    prepare(path, keys)
    report(1.0, "Backup put back")


def _keep_present(path: Path, keys: Keyring | None, report: Report) -> None:
    if not path.exists() or path.stat().st_size == 0:
        return
    if not damages_of(path, keys, part(report, 0.0, 0.4)):
        make_backup(path, BackupReason.RESTORE, keys, part(report, 0.4, 1.0))
        return
    aside = path.with_name(f"roadbook-damaged-{datetime.now(UTC):%Y%m%dT%H%M%S%f}Z.sqlite")
    for suffix in ("", *BESIDE):
        source = path.with_name(path.name + suffix)
        if source.exists():
            private_copy(source, aside.with_name(aside.name + suffix))


def rewrite_database(path: Path, keys: Keyring | None, wanted: Keyring | None, report: Report) -> None:
    """Encrypt the database under another key, or decrypt it. Raises UserProblem and Cancelled; it is not changed then."""
    report(0.0, "Writing the database again")
    with _told_plainly(path, "The database was not changed."), _new_file(path) as new:
        convert(path, keys, new, wanted)
        _refuse_damaged(new, wanted, part(report, 0.3, 0.9))
        put_in_place(new, path)
    prepare(path, wanted)


def rewrite_all_receipts(path: Path, known: Sequence[Keyring | None], wanted: Keyring | None, report: Report) -> list[str]:
    """Bring the receipts and their copies under the key in use, or none; returns a sentence for each that stayed as it was.

    After a stop in the middle the same call goes on. Raises UserProblem and Cancelled.
    """
    with _told_plainly(path, "Not all receipts were written again."):
        ours = rewrite_receipts(path.parent / RECEIPTS, known, wanted, part(report, 0.0, 0.5))
        return ours + rewrite_receipts(backups_folder(path) / RECEIPTS, known, wanted, part(report, 0.5, 1.0))


def rewrite_backups(path: Path, known: Sequence[Keyring | None], wanted: Keyring | None, report: Report) -> list[str]:
    """Bring every backup under the key in use, or none; each is checked before it takes the place of the old one.

    Returns a sentence for each that stayed as it was: it is damaged, or opens with none of the `known` keys. After a stop in the middle
    the same call goes on with those that are left. Raises UserProblem and Cancelled.
    """
    files, kept = backup_files(path), []
    folder = backups_folder(path)
    if not files:
        return []
    with _told_plainly(path, "Not all backups were written again."), alone(folder / ".lock", _PATIENCE_S):
        for number, backup in enumerate(files):
            report(number / len(files), f"Writing backup {number + 1} of {len(files)} again")
            kept += _rewrite_backup(backup, known, wanted)
    return kept


def _rewrite_backup(backup: Path, known: Sequence[Keyring | None], wanted: Keyring | None) -> list[str]:
    if is_plain(backup) if wanted is None else (not is_plain(backup) and opens(backup, wanted)):
        return []
    keys = next((keys for keys in known if opens(backup, keys)), None)
    if damages_of(backup, keys):
        return [f"{backup.name} stayed as it was: it is damaged, or has another passphrase."]
    beside = backup.with_name(f".{backup.name}.part")
    try:
        beside.unlink(missing_ok=True)
        private_file(beside)
        convert(backup, keys, beside, wanted)
        _refuse_damaged(beside, wanted, silent)
        replace_durably(beside, backup)
    finally:
        beside.unlink(missing_ok=True)
    return []


def other_backups(path: Path, keys: Keyring | None) -> list[Path]:
    """The backups that are not under the key in use: plain ones of an encrypted database, or those of another passphrase."""
    encrypted = path.exists() and looks_encrypted(path)
    return [backup for backup in backup_files(path) if is_plain(backup) == encrypted or not opens(backup, keys)]


@contextmanager
def _new_file(path: Path) -> Iterator[Path]:
    new = path.with_name(NEW)
    try:
        new.unlink(missing_ok=True)
        private_file(new)
        yield new
    finally:
        for suffix in ("", *BESIDE):
            new.with_name(new.name + suffix).unlink(missing_ok=True)


def _refuse_damaged(path: Path, keys: Keyring | None, report: Report) -> None:
    damages = damages_of(path, keys, report)
    if damages:
        raise UserProblem(f"“{path.name}” is no good backup.", damages[0], "Choose another one; nothing was changed.")


@contextmanager
def _told_plainly(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        around = hindrance(path, error)
        why = around.why if around else f"SQLite says: {error}."
        raise UserProblem(what, why, around.remedy if around else "Check the database (roadbook check).") from error
    except OSError as error:
        raise UserProblem(what, f"The system says: {error.strerror or error}.", "Make room on the disk and allow its folder.") from error
