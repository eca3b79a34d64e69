"""Passphrases, the keys made from them, and turning a database from plain to encrypted and back.

The library is SQLCipher through `sqlcipher3`: the most used encryption of SQLite, kept by Zetetic since 2008, with wheels for Windows,
macOS and Linux. Plain databases go on using Python's own sqlite3: it is there on every system, and nobody who does not encrypt depends on
another library. One file must not be open in both libraries at once in a process (POSIX locks are a process's, see
sqlite.org/howtocorrupt.html, 2.2.1), so a live database is converted only while nothing else has it open.
"""

import hashlib
import os
import secrets
import sqlite3
import unicodedata
from collections import Counter
from contextlib import closing
from pathlib import Path
from threading import Lock

from planner.errors import UserProblem

HEADER = b"SQLite format 3\0"
_ROUNDS = 256_000
_SALT_BYTES = 16
_NOISE_SAMPLE_BYTES = 65_536
_NOISE_SHARE = 0.02  # of a byte's value in noise: 0.4 %; in a plain database zeros make up far more, in text spaces do
_SHORTEST, _LONGEST = 8, 1024


class PassphraseNeeded(UserProblem):
    """The database is encrypted, and no passphrase was given or the wrong one; `wrong` tells which."""

    def __init__(self, name: str, *, wrong: bool) -> None:
        self.wrong = wrong
        if wrong:
            why = "The passphrase does not open it. (Damage at the very beginning of the file would look the same.)"
            super().__init__(
                f"“{name}” stays closed.", why, "Try again; mind capitals and the keyboard's language. The file was not changed."
            )
        else:
            remedy = "Type it when asked; commands read it from ROADBOOK_PASSPHRASE or --passphrase-file."
            super().__init__(f"“{name}” is encrypted.", "It opens only with its passphrase.", remedy)


class Keyring:
    """The keys of a passphrase, each derived once for a file's salt and kept in memory only.

    The key is what SQLCipher 4 derives itself (PBKDF2-HMAC-SHA512, 256,000 rounds, zetetic.net/sqlcipher/design), handed over in its raw
    form with the salt. So it is derived once a file instead of at every connection, which takes a quarter of a second each; the passphrase,
    whatever characters it has, is never part of a statement; and every other SQLCipher opens the file with the passphrase itself.
    """

    def __init__(self, passphrase: str) -> None:
        self._secret = unicodedata.normalize("NFC", passphrase).encode()
        self._keys: dict[bytes, str] = {}
        self._lock = Lock()
        self._new_salt = b""

    def key_for(self, path: Path) -> str:
        """The key of an encrypted file, or of one that is still to be written: x'...', safe in a statement."""
        with self._lock:
            salt = _salt_of(path) or self._new_salt or secrets.token_bytes(_SALT_BYTES)
            if salt not in self._keys:
                derived = hashlib.pbkdf2_hmac("sha512", self._secret, salt, _ROUNDS, 32)
                self._keys[salt] = f"x'{derived.hex()}{salt.hex()}'"
            self._new_salt = self._new_salt or salt
            return self._keys[salt]

    def same_as(self, other: "Keyring | None") -> bool:
        """Whether both come from one passphrase."""
        return other is not None and secrets.compare_digest(self._secret, other._secret)  # noqa: SLF001 - of the same class

    def __repr__(self) -> str:
        return "Keyring()"


def new_keyring(passphrase: str) -> Keyring:
    """The keys of a passphrase that is to be used from now on; raises UserProblem when it is too short or too long to be one."""
    if not passphrase.strip() or not _SHORTEST <= len(passphrase) <= _LONGEST:
        raise UserProblem(
            "This cannot be the passphrase.",
            f"It must have {_SHORTEST} to {_LONGEST:,} characters, not only spaces.",
            "Several words that you do not forget make a good one.",
        )
    return Keyring(passphrase)


def _salt_of(path: Path) -> bytes:
    """The first bytes of an encrypted file; empty where there is no file yet."""
    try:
        with path.open("rb") as file:
            start = file.read(_SALT_BYTES)
    except FileNotFoundError:
        return b""
    return start if len(start) == _SALT_BYTES else b""


def is_plain(path: Path) -> bool:
    """Whether a file begins as a database that is not encrypted. Raises OSError."""
    return _salt_of(path) == HEADER


def looks_encrypted(path: Path) -> bool:
    """Whether a file is noise from its beginning, as an encrypted database is and a damaged one hardly ever. Raises OSError."""
    with path.open("rb") as file:
        sample = file.read(_NOISE_SAMPLE_BYTES)
    if len(sample) < 4096 or sample.startswith(HEADER):
        return False
    return max(Counter(sample).values()) < len(sample) * _NOISE_SHARE


def convert(source: Path, source_keys: Keyring | None, target: Path, target_keys: Keyring | None) -> None:
    """Write a database again under another key, or none, into an empty private file.

    Nothing else may have the source open in this process. Raises sqlite3.DatabaseError; the source is not changed.
    """
    from planner.store.sqlcipher import connect

    source_key = source_keys.key_for(source) if source_keys and not is_plain(source) else ""
    key = target_keys.key_for(target) if target_keys else ""
    with closing(connect(source, source_key, timeout_s=10)) as raw:
        raw.execute("ATTACH ? AS target KEY ?", [os.fspath(target), key])
        raw.execute("SELECT sqlcipher_export('target')").fetchall()
        stamp = raw.execute("PRAGMA main.user_version").fetchone()[0]
        raw.execute(f"PRAGMA target.user_version = {int(stamp)}")  # which an export leaves out
        raw.commit()
        differing = [table for table in _tables(raw) if _count(raw, "main", table) != _count(raw, "target", table)]
        raw.execute("DETACH target")
    if differing:
        raise sqlite3.DatabaseError(f"the copy of {', '.join(differing)} is not whole")


def _tables(raw: sqlite3.Connection) -> list[str]:
    return [row[0] for row in raw.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall()]


def _count(raw: sqlite3.Connection, schema: str, table: str) -> int:
    name = table.replace("]", "")
    found: int = raw.execute(f"SELECT count(*) FROM {schema}.[{name}]").fetchone()[0]  # noqa: S608 - a table's own name
    return found
