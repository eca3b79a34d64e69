"""Going back to a backup: what was there is kept, what is not good is refused, and older ones are brought up to date."""

import importlib.util
import shutil
from pathlib import Path

import pytest

from planner.errors import Cancelled, UserProblem
from planner.model.backups import BackupReason, MadeBy
from planner.progress import silent
from planner.store import restore as restoring
from planner.store.backups import backup_files, backups_folder, list_backups, make_backup
from planner.store.checks import damages_of
from planner.store.cipher import Keyring, PassphraseNeeded, is_plain
from planner.store.connection import connection
from planner.store.database import prepare, transaction
from planner.store.restore import restore, rewrite_backups, rewrite_database
from planner.store.settings import write_setting

pytestmark = pytest.mark.usefixtures("quick_keys")

_spec = importlib.util.spec_from_file_location("make_schemas", Path(__file__).parent / "schemas" / "make.py")
make_schemas = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_schemas)

KEYS = Keyring("a passphrase for tests")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "home" / "roadbook.sqlite"
    prepare(path)
    change(path, "old")
    return path


def change(path: Path, home: str, keys: Keyring | None = None) -> None:
    with transaction(path, None, keys=keys) as db:
        write_setting(db, "home", home)


def home_in(path: Path, keys: Keyring | None = None) -> str:
    with connection(path, keys, read_only=True) as db:
        return db.execute("SELECT value FROM settings WHERE key = 'home'").fetchone()[0]


def spoil(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\x5a" * (path.stat().st_size - 4096 * 2))


def test_going_back_keeps_what_is_there_as_a_backup(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    change(path, "new")
    restore(path, made, None, silent)
    assert home_in(path) == "old"
    newest = list_backups(path)[0]
    assert newest.reason is BackupReason.RESTORE
    assert home_in(newest.path) == "new"
    restore(path, newest.path, None, silent)
    assert home_in(path) == "new"


def test_a_damaged_database_is_kept_beside_as_it_is(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    spoil(path)
    damaged = path.read_bytes()
    path.with_name("roadbook.sqlite-wal").write_bytes(b"what was not written back")
    restore(path, made, None, silent)
    assert home_in(path) == "old"
    (aside,) = path.parent.glob("roadbook-damaged-*.sqlite")
    assert aside.read_bytes() == damaged
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what was not written back"
    assert damages_of(path) == []


def test_a_backup_is_put_back_where_the_database_is_gone(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    path.unlink()
    restore(path, made, None, silent)
    assert home_in(path) == "old"


def test_a_damaged_backup_is_refused_and_nothing_is_changed(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    spoil(made)
    before = path.read_bytes()
    with pytest.raises(UserProblem, match="no good backup"):
        restore(path, made, None, silent)
    assert path.read_bytes() == before
    assert backup_files(path) == [made]


@pytest.mark.parametrize("content", [b"", b"a letter to my aunt" * 400])
def test_a_file_that_is_no_backup_is_refused(path: Path, tmp_path: Path, content: bytes):
    (tmp_path / "letter.sqlite").write_bytes(content)
    with pytest.raises(UserProblem, match="no good backup"):
        restore(path, tmp_path / "letter.sqlite", None, silent)
    assert home_in(path) == "old"


def test_a_backup_of_a_newer_roadbook_is_refused(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    with connection(made) as db:
        db.table("_sqlite_migrations").insert({"migration_set": "roadbook", "name": "m999_the_future", "applied_at": "2030"})
    (listed,) = list_backups(path)
    assert (listed.made_by, listed.readable) == (MadeBy.NEWER, False)
    with pytest.raises(UserProblem, match="newer Roadbook"):
        restore(path, made, None, silent)


def test_a_backup_of_an_older_roadbook_is_brought_up_to_date(path: Path, tmp_path: Path):
    old = tmp_path / "old.sqlite"
    make_schemas.database_from((make_schemas.HERE / "m001.sql").read_text(encoding="utf-8"), old)
    listed_as = backups_folder(path) / "roadbook-20260101T000000000000Z-by-hand.sqlite"
    listed_as.parent.mkdir(exist_ok=True)
    shutil.copy(old, listed_as)
    assert [(each.made_by, each.readable) for each in list_backups(path)] == [(MadeBy.OLDER, True)]
    restore(path, old, None, silent)
    assert home_in(path) == "1 Main St"
    by_reason = {each.reason: each.made_by for each in list_backups(path) if each.path != listed_as}
    assert by_reason == {BackupReason.RESTORE: MadeBy.THIS, BackupReason.MIGRATION: MadeBy.OLDER}
    with connection(path) as db:
        assert "wishes" in db.table_names()


def test_going_back_can_be_cancelled_until_it_is_done(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    change(path, "new")
    told: list[float] = []

    def cancel_late(fraction: float, _text: str) -> None:
        told.append(fraction)
        if fraction > 0.6:
            raise Cancelled

    with pytest.raises(Cancelled):
        restore(path, made, None, cancel_late)
    assert told
    assert home_in(path) == "new"
    assert not path.with_name("roadbook-new.sqlite").exists()


def test_a_plain_backup_put_back_under_a_passphrase_is_encrypted_and_the_other_way_round(path: Path, tmp_path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    rewrite_database(path, None, KEYS, silent)
    change(path, "new", KEYS)
    restore(path, made, KEYS, silent)
    assert not is_plain(path)
    assert home_in(path, KEYS) == "old"
    encrypted = list_backups(path, KEYS)[0]
    assert encrypted.encrypted
    rewrite_database(path, KEYS, None, silent)
    restore(path, encrypted.path, KEYS, silent)
    assert is_plain(path)
    assert home_in(path) == "new"


def test_a_backup_with_another_passphrase_is_told_as_such(path: Path):
    made = make_backup(path, BackupReason.HAND, None, silent)
    assert rewrite_backups(path, [None], KEYS, silent) == []
    for keys, wrong in ((None, False), (Keyring("another passphrase"), True)):
        with pytest.raises(PassphraseNeeded) as told:
            restore(path, made, keys, silent)
        assert told.value.wrong is wrong


def test_rewriting_backups_goes_on_after_a_stop_and_tells_what_stays(path: Path):
    made = [make_backup(path, BackupReason.HAND, None, silent) for _each in range(3)]

    def stop_at_the_second(fraction: float, _text: str) -> None:
        if fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        rewrite_backups(path, [None], KEYS, stop_at_the_second)
    assert sorted(map(is_plain, made)) == [False, False, True]
    spoil(made[0])
    assert rewrite_backups(path, [None], KEYS, silent) == [f"{made[0].name} stayed as it was: it is damaged, or has another passphrase."]
    assert [home_in(each, KEYS) for each in made[1:]] == ["old", "old"]


def test_a_copy_that_is_not_whole_does_not_take_the_place_of_the_database(path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(restoring, "convert", lambda *_any: path.with_name("roadbook-new.sqlite").write_bytes(b"half"))
    with pytest.raises(UserProblem):
        rewrite_database(path, None, KEYS, silent)
    assert home_in(path) == "old"
