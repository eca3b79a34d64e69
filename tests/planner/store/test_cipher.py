"""Passphrases and keys: SQLCipher's own, safe in any statement, and errors that are those of sqlite3."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.store import journal
from planner.store.accounts import all_accounts, save_accounts
from planner.store.cipher import Keyring, convert, is_plain, looks_encrypted, new_keyring
from planner.store.connection import connection, opens
from planner.store.database import prepare, transaction
from planner.store.private_files import private_file

ODD = ['it\'s "quoted"; DROP TABLE accounts; --', "Zażółć gęślą jaźń", "with\0nul and\nlines", "x'" + "00" * 32 + "'", "q" * 1000]
ACCOUNT = Account(0, "001", "Salon Beautiful", AccountKind.PROSPECT, PostalAddress("1 Main St"))


@pytest.mark.parametrize("passphrase", ODD)
def test_any_passphrase_opens_its_database_and_no_other_one_does(tmp_path: Path, passphrase: str):
    path = tmp_path / "roadbook.sqlite"
    prepare(path, new_keyring(passphrase))
    assert opens(path, Keyring(passphrase))
    assert not opens(path, Keyring(passphrase[:-1]))
    assert not opens(path)
    assert not is_plain(path)
    assert looks_encrypted(path)


@pytest.mark.parametrize("passphrase", ["", "short", " " * 20, "q" * 1025])
def test_what_cannot_be_a_passphrase_is_refused_plainly(passphrase: str):
    with pytest.raises(UserProblem, match="cannot be the passphrase"):
        new_keyring(passphrase)


def test_other_programs_open_it_with_the_passphrase_itself(tmp_path: Path):
    path = tmp_path / "roadbook.sqlite"
    prepare(path, Keyring("Grüße aus State College"))
    with closing(dbapi2.connect(str(path))) as raw:
        raw.execute("PRAGMA key = 'Grüße aus State College'")
        assert raw.execute("SELECT count(*) FROM accounts").fetchone() == (0,)


def test_accents_typed_in_another_way_are_the_same_passphrase(tmp_path: Path):
    prepare(tmp_path / "roadbook.sqlite", Keyring("Caf\u00e9 au lait"))
    assert opens(tmp_path / "roadbook.sqlite", Keyring("Cafe\u0301 au lait"))


def test_keys_show_nowhere():
    assert "secret" not in repr(Keyring("secret passphrase"))


def test_a_key_is_derived_once_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    keys = Keyring("once is enough")
    prepare(tmp_path / "roadbook.sqlite", keys)
    monkeypatch.setattr("hashlib.pbkdf2_hmac", lambda *_any: pytest.fail("derived again"))
    with connection(tmp_path / "roadbook.sqlite", keys) as db:
        assert db.table("accounts").count == 0


def test_an_encrypted_database_works_as_a_plain_one(tmp_path: Path):
    path, keys = tmp_path / "roadbook.sqlite", Keyring("a passphrase")
    prepare(path, keys)
    with transaction(path, "Add", keys=keys) as db:
        save_accounts(db, [ACCOUNT])
    with transaction(path, None, keys=keys) as db:
        journal.undo(db, journal.next_to_undo(db, sample=False))
    with transaction(path, None, keys=keys) as db:
        assert all_accounts(db) == []
        journal.redo(db, journal.next_to_redo(db, sample=False))

    def fail():
        with transaction(path, "Fail", keys=keys) as db:
            db.execute("DELETE FROM accounts")
            db.execute("CREATE TABLE more (one)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with connection(path, keys) as db:
        assert [account.name for account in all_accounts(db)] == ["Salon Beautiful"]
        assert "more" not in db.table_names()


def test_errors_are_those_of_sqlite3(tmp_path: Path):
    path, keys = tmp_path / "roadbook.sqlite", Keyring("a passphrase")
    prepare(path, keys)
    with connection(path, keys) as db:
        for statement, error in (
            ("nonsense", sqlite3.OperationalError),
            ("INSERT INTO settings VALUES (1, 2, 3), (1, 2, 3)", sqlite3.IntegrityError),
        ):
            with pytest.raises(error) as told:
                db.execute(statement)
            assert told.value.sqlite_errorcode
        with pytest.raises(sqlite3.ProgrammingError):
            db.execute("SELECT ?", [])
    with pytest.raises(sqlite3.DatabaseError) as told, connection(path, Keyring("another passphrase")):
        pytest.fail("opened")
    assert told.value.sqlite_errorcode == sqlite3.SQLITE_NOTADB


def test_a_database_is_the_same_after_being_encrypted_and_decrypted(tmp_path: Path):
    path, keys = tmp_path / "roadbook.sqlite", Keyring("a passphrase")
    prepare(path)
    with transaction(path, "Add") as db:
        save_accounts(db, [ACCOUNT])
    encrypted, plain = tmp_path / "encrypted.sqlite", tmp_path / "plain.sqlite"
    for source, source_keys, target, target_keys in ((path, None, encrypted, keys), (encrypted, keys, plain, None)):
        private_file(target)
        convert(source, source_keys, target, target_keys)
    assert b"Salon" not in encrypted.read_bytes()
    with connection(path) as before, connection(plain) as after:
        assert sorted(after.conn.iterdump()) == sorted(before.conn.iterdump())
        stamps = [db.execute("PRAGMA user_version").fetchone() for db in (before, after)]
    assert stamps[0] == stamps[1] != (0,)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"short",
        b"Dear aunt, " * 900,
        bytes(8192),
        random.Random(1).randbytes(4096) + bytes(4096),
        b"SQLite format 3\0" + bytes(9000),
    ],
)
def test_what_is_not_noise_does_not_look_encrypted(tmp_path: Path, content: bytes):
    (tmp_path / "file").write_bytes(content)
    assert not looks_encrypted(tmp_path / "file")
