"""Receipts beside the database: a file each that never changes, copied once to the backups, sealed when the database is encrypted.

A sealed receipt is a SQLCipher database of one row with the keys of the passphrase, so that what encrypts the data encrypts its receipts
too. The names in the database are those of the plain files.
"""

import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from planner.errors import UserProblem
from planner.progress import Report
from planner.store.cipher import Keyring
from planner.store.private_files import on_disk, private_copy, private_file, private_folder, replace_durably

RECEIPTS = "receipts"
"""The folder of receipts in the data folder, and of their copies among the backups."""
_SEALED = ".sealed"
_PART = ".part"
_SHOWN = ".shown"
_TIMEOUT_S = 10


def receipt_names(folder: Path) -> set[str]:
    """The names of the receipts in a folder, sealed or not."""
    return {path.name.removesuffix(_SEALED) for path in _files(folder)}


def find_receipt(folder: Path, name: str) -> Path | None:
    """The file of a receipt, sealed or not; None where there is none, or it is gone."""
    plain = folder / Path(name).name
    return next((path for path in (plain, plain.with_name(plain.name + _SEALED)) if name and path.is_file()), None)


def content_of(path: Path, keys: Keyring | None) -> bytes:
    """What a receipt holds; raises UserProblem when it is sealed with another passphrase or damaged, and OSError."""
    if not _is_sealed(path):
        return path.read_bytes()
    from planner.store.sqlcipher import connect

    try:
        with closing(connect(path, keys.key_for(path) if keys else "", timeout_s=_TIMEOUT_S)) as raw:
            return bytes(raw.execute("SELECT content FROM receipt").fetchone()[0])
    except (sqlite3.DatabaseError, TypeError) as error:
        why = "It is damaged, or was sealed with another passphrase."
        raise UserProblem(f"The receipt {path.name.removesuffix(_SEALED)} does not open.", why, "Put it back from a backup.") from error


def keep_receipt(folder: Path, name: str, content: bytes, keys: Keyring | None) -> Path:
    """Write a receipt whole, or not at all; sealed where there are keys. Raises OSError."""
    private_folder(folder, ours=True)
    target = folder / (name + _SEALED if keys else name)
    beside = folder / f".{name}{_PART}"
    try:
        beside.unlink(missing_ok=True)
        private_file(beside)
        if keys is None:
            beside.write_bytes(content)
        else:
            _seal(beside, content, keys)
        replace_durably(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    return target


def missing_receipts(folder: Path, copies: Path) -> list[Path]:
    """The receipts that have no copy among the backups yet, or one of another length."""
    return [path for path in _files(folder) if not _is_copied(path, copies)]


def copy_receipts(folder: Path, copies: Path, report: Report) -> None:
    """Copy the receipts that have no copy yet; each is compared before it counts. Raises OSError, also when a copy is not the same.

    What was copied once is only looked at: a receipt never changes. Raises Cancelled; what was copied until then stays.
    """
    missing = missing_receipts(folder, copies)
    if missing:
        private_folder(copies, ours=True)
    for number, path in enumerate(missing):
        report(number / len(missing), f"Copying receipt {number + 1:,} of {len(missing):,}")
        beside = copies / f".{path.name}{_PART}"
        try:
            private_copy(path, beside)
            if _digest(beside) != _digest(path):
                raise OSError(f"the copy of {path.name} is not the same")
            replace_durably(beside, copies / path.name)
        finally:
            beside.unlink(missing_ok=True)


def bring_back_receipts(copies: Path, folder: Path, keys: Keyring | None, wanted: Keyring | None) -> None:
    """Put the receipts back that are gone, sealed with `wanted` or plain; one that does not open comes back as it is. Raises OSError."""
    there = receipt_names(folder)
    for path in _files(copies):
        name = path.name.removesuffix(_SEALED)
        if name in there:
            continue
        try:
            keep_receipt(folder, name, content_of(path, keys), wanted)
        except UserProblem:
            private_folder(folder, ours=True)
            private_copy(path, folder / path.name)


def rewrite_receipts(folder: Path, known: Sequence[Keyring | None], wanted: Keyring | None, report: Report) -> list[str]:
    """Seal the receipts of a folder with other keys, or take the seal off; returns a sentence for each that stayed as it was.

    Called again after a stop in the middle it goes on. Raises OSError and Cancelled.
    """
    files, stayed = list(_files(folder)), []
    for number, path in enumerate(files):
        report(number / len(files), f"Writing receipt {number + 1:,} of {len(files):,} again")
        if _is_as_wanted(path, wanted):
            continue
        content = _opened(path, known)
        if content is None:
            stayed.append(f"The receipt {path.name.removesuffix(_SEALED)} stayed as it was: it is damaged, or has another passphrase.")
            continue
        kept = keep_receipt(folder, path.name.removesuffix(_SEALED), content, wanted)
        if kept != path:
            path.unlink()
            on_disk(folder)
    return stayed


def show_receipt(folder: Path, path: Path, keys: Keyring | None) -> Path:
    """The file to show of a receipt: itself, or of a sealed one a readable copy for its owner alone, until `clear_shown`."""
    if not _is_sealed(path):
        return path
    return keep_receipt(folder / _SHOWN, path.name.removesuffix(_SEALED), content_of(path, keys), None)


def clear_shown(folder: Path) -> None:
    """Take out the readable copies of sealed receipts; one that a program still holds stays until the next time."""
    with suppress(OSError):
        shutil.rmtree(folder / _SHOWN)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.glob("[!.]*") if path.is_file() and path.suffix != _PART)


def _is_sealed(path: Path) -> bool:
    return path.name.endswith(_SEALED)


def _is_copied(path: Path, copies: Path) -> bool:
    copy = copies / path.name
    return copy.is_file() and copy.stat().st_size == path.stat().st_size


def _is_as_wanted(path: Path, wanted: Keyring | None) -> bool:
    if wanted is None or not _is_sealed(path):
        return wanted is None and not _is_sealed(path)
    return _opened(path, [wanted]) is not None


def _opened(path: Path, known: Sequence[Keyring | None]) -> bytes | None:
    """What a receipt holds by the first of the keys that opens it, or None."""
    for keys in known:
        with suppress(UserProblem):
            return content_of(path, keys)
    return None


def _seal(path: Path, content: bytes, keys: Keyring) -> None:
    from planner.store.sqlcipher import connect

    with closing(connect(path, keys.key_for(path), timeout_s=_TIMEOUT_S)) as raw:
        raw.execute("PRAGMA journal_mode = MEMORY")  # nothing but this file may be left of it
        raw.execute("CREATE TABLE receipt (content BLOB NOT NULL)")
        raw.execute("INSERT INTO receipt VALUES (?)", [content])
        raw.commit()


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
