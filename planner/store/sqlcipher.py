"""The door to SQLCipher: a connection as that of sqlite3, which raises the errors of sqlite3.

sqlcipher3 is a copy of Python's sqlite3 module bound to SQLCipher, with error classes of its own. sqlite-utils and our own code catch
those of sqlite3, so they are turned into these here, once. Imported only where a database is encrypted.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from sqlcipher3 import dbapi2


@contextmanager
def _errors_of_sqlite3() -> Iterator[None]:
    try:
        yield
    except dbapi2.Error as error:
        raise _same(error) from None


def _same(error: Exception) -> sqlite3.Error:
    """The error of sqlite3 with the same name, words and code."""
    known = cast("type[sqlite3.Error]", getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError))
    same = known(*error.args)
    full = "disk is full" in str(error)  # sqlcipher_export tells in words only what stopped it
    same.sqlite_errorcode = sqlite3.SQLITE_FULL if full else getattr(error, "sqlite_errorcode", 0)
    same.sqlite_errorname = getattr(error, "sqlite_errorname", "")
    return same


class _Cursor(dbapi2.Cursor):  # type: ignore[misc]  # the library is untyped
    def execute(self, *arguments: Any) -> Any:
        with _errors_of_sqlite3():
            return super().execute(*arguments)

    def executemany(self, *arguments: Any) -> Any:
        with _errors_of_sqlite3():
            return super().executemany(*arguments)

    def executescript(self, *arguments: Any) -> Any:
        with _errors_of_sqlite3():
            return super().executescript(*arguments)

    def fetchone(self) -> Any:
        with _errors_of_sqlite3():
            return super().fetchone()

    def fetchmany(self, *arguments: Any) -> Any:
        with _errors_of_sqlite3():
            return super().fetchmany(*arguments)

    def fetchall(self) -> Any:
        with _errors_of_sqlite3():
            return super().fetchall()

    def __next__(self) -> Any:
        try:
            return super().__next__()
        except dbapi2.Error as error:
            raise _same(error) from None


class _Connection(dbapi2.Connection):  # type: ignore[misc]  # as above
    def cursor(self, factory: type[_Cursor] = _Cursor) -> Any:
        return super().cursor(factory)

    def commit(self) -> None:
        with _errors_of_sqlite3():
            super().commit()

    def rollback(self) -> None:
        with _errors_of_sqlite3():
            super().rollback()


def connect(database: str | Path, key: str, *, timeout_s: float, uri: bool = False) -> sqlite3.Connection:
    """Open a database with this key (a raw key and salt as SQLCipher writes them: x'...'), or a plain one with an empty key.

    What sorting spills stays in memory, and nothing is written to stderr. A wrong key shows at the first read, as SQLITE_NOTADB.
    """
    with _errors_of_sqlite3():
        raw = dbapi2.connect(str(database), timeout=timeout_s, uri=uri, factory=_Connection)
        try:
            raw.execute("PRAGMA cipher_log_level = NONE")
            if key:
                raw.execute(f'PRAGMA key = "{key}"')
            raw.execute("PRAGMA temp_store = MEMORY")
        except sqlite3.Error:
            raw.close()
            raise
    return cast("sqlite3.Connection", raw)
