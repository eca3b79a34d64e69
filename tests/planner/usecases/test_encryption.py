"""A passphrase on everything: set, asked for, changed, taken off, and no name readable meanwhile."""

import logging
from pathlib import Path

import pytest

from planner.errors import Cancelled, DamagedDatabase, UserProblem
from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.store.accounts import all_accounts, save_accounts
from planner.usecases.backups import check_database, find_backup, list_backups, make_backup, restore_backup
from planner.usecases.encryption import PassphraseNeeded, change_passphrase, decrypt, encrypt, is_encrypted, unconverted_backups
from planner.usecases.workspace import Workspace, closed_workspace, open_workspace

pytestmark = pytest.mark.usefixtures("quick_keys")

PASSPHRASE = 'it\'s a "good" one; ü'
NAME = "Salon Beautiful of Bellefonte"


def add(workspace: Workspace, number: int) -> None:
    account = Account(0, f"{number:03}", NAME, AccountKind.PROSPECT, PostalAddress("1 Main St"), notes=f"{NAME} " * 50)
    with workspace.writing("Add") as db:
        save_accounts(db, [account])


def names(workspace: Workspace) -> list[str]:
    with workspace.reading() as db:
        return [account.name for account in all_accounts(db)]


def files_with_the_name(home: Path) -> list[str]:
    return [path.name for path in sorted(home.rglob("*")) if path.is_file() and NAME.encode() in path.read_bytes()]


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    add(workspace, 1)
    make_backup(workspace)
    add(workspace, 2)
    make_backup(workspace)
    return workspace


def test_no_name_is_readable_in_any_file_after_encrypting_nor_while_it_is_used(filled: Workspace):
    assert len(files_with_the_name(filled.home)) == 3
    assert encrypt(filled, PASSPHRASE) == []
    assert is_encrypted(filled)
    with filled.reading() as db:  # so that the -wal is there
        add(filled, 3)
        make_backup(filled)
        db.execute("SELECT group_concat(notes ORDER BY name) FROM (SELECT * FROM accounts ORDER BY notes)").fetchall()
        assert (filled.home / "roadbook.sqlite-wal").stat().st_size > 0
        assert files_with_the_name(filled.home) == []
    assert names(filled) == [NAME] * 3
    assert [(each.accounts, each.encrypted) for each in list_backups(filled)] == [(3, True), (2, True), (1, True)]
    assert check_database(filled) == []


def test_what_stays_readable_is_told(filled: Workspace):
    (filled.home / "exports").mkdir()
    (filled.home / "exports" / "week.csv").write_text(NAME, encoding="utf-8")
    (filled.home / "roadbook-damaged-20261124T000000000000Z.sqlite").write_text(NAME, encoding="utf-8")
    told = encrypt(filled, PASSPHRASE)
    assert len(told) == 2
    assert any("exports/" in line for line in told)
    assert any("delete it" in line for line in told)


def test_it_opens_with_its_passphrase_only_and_a_missing_one_is_told_from_a_wrong_one(filled: Workspace):
    encrypt(filled, PASSPHRASE)
    filled.close()
    for passphrase, wrong in ((None, False), ("not this one", True), ("", True)):
        with pytest.raises(PassphraseNeeded) as told:
            open_workspace(filled.home, passphrase=passphrase)
        assert told.value.wrong is wrong
    with open_workspace(filled.home, passphrase=PASSPHRASE) as again:
        assert names(again) == [NAME] * 2


def test_the_newest_backup_is_asked_for_with_the_passphrase(filled: Workspace):
    encrypt(filled, PASSPHRASE)
    for passphrase, found in ((PASSPHRASE, True), (None, False)):
        with closed_workspace(filled.home, passphrase=passphrase) as closed:
            if found:
                assert find_backup(closed, "newest") == list_backups(filled)[0].path
            else:
                with pytest.raises(PassphraseNeeded):
                    find_backup(closed, "newest")


def test_another_window_that_has_the_data_open_is_asked_for_the_passphrase(filled: Workspace):
    with open_workspace(filled.home) as other:
        encrypt(filled, PASSPHRASE)
        with pytest.raises(PassphraseNeeded):
            names(other)


def test_the_passphrase_is_in_no_log_no_error_and_no_name(
    filled: Workspace, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
):
    caplog.set_level(logging.DEBUG)
    encrypt(filled, PASSPHRASE)
    with pytest.raises(UserProblem) as told:
        encrypt(filled, "another passphrase")
    with pytest.raises(PassphraseNeeded) as asked:
        open_workspace(filled.home, passphrase="another passphrase")
    texts = [caplog.text, *capfd.readouterr(), str(told.value), str(asked.value), repr(vars(filled)), repr(filled.keys)]
    assert not any("good" in text or "another passphrase" in text for text in texts)
    assert texts[1:3] == ["", ""]


def test_a_changed_passphrase_is_that_of_the_database_and_of_each_backup(filled: Workspace):
    encrypt(filled, PASSPHRASE)
    assert change_passphrase(filled, "another passphrase") == []
    with pytest.raises(PassphraseNeeded):
        open_workspace(filled.home, passphrase=PASSPHRASE)
    with open_workspace(filled.home, passphrase="another passphrase") as again:
        assert names(again) == [NAME] * 2
        assert [each.accounts for each in list_backups(again)] == [2, 1]
        restore_backup(again, list_backups(again)[1].path)
        assert names(again) == [NAME]


def test_decrypted_it_is_as_before(filled: Workspace):
    encrypt(filled, PASSPHRASE)
    assert decrypt(filled) == []
    assert not is_encrypted(filled)
    with open_workspace(filled.home) as again:
        assert names(again) == [NAME] * 2
        assert [(each.accounts, each.encrypted) for each in list_backups(again)] == [(2, False), (1, False)]


def stop_late(fraction: float, _text: str) -> None:
    if fraction > 0.5:
        raise Cancelled


def test_encrypting_goes_on_where_it_was_stopped(filled: Workspace):
    with pytest.raises(Cancelled):
        encrypt(filled, PASSPHRASE, stop_late)
    filled.close()
    with open_workspace(filled.home, passphrase=PASSPHRASE) as again:
        assert len(unconverted_backups(again)) == 1
        assert encrypt(again, PASSPHRASE) == []
        assert unconverted_backups(again) == []
    assert files_with_the_name(filled.home) == []


def test_changing_the_passphrase_goes_on_where_it_was_stopped(filled: Workspace):
    encrypt(filled, PASSPHRASE)
    with pytest.raises(Cancelled):
        change_passphrase(filled, "another passphrase", stop_late)
    with open_workspace(filled.home, passphrase="another passphrase") as again:
        assert len(unconverted_backups(again)) == 1
        assert change_passphrase(again, "another passphrase", before=PASSPHRASE) == []
        assert [each.accounts for each in list_backups(again)] == [2, 1]


def test_a_passphrase_that_is_too_short_changes_nothing(filled: Workspace):
    with pytest.raises(UserProblem, match="cannot be the passphrase"):
        encrypt(filled, "short")
    assert not is_encrypted(filled)
    with pytest.raises(UserProblem, match="has no passphrase yet"):
        change_passphrase(filled, "another passphrase")


def test_a_window_that_only_looks_encrypts_nothing(tmp_path: Path):
    with open_workspace(tmp_path / "home", window=True), open_workspace(tmp_path / "home", window=True) as second:
        with pytest.raises(UserProblem, match="Another Roadbook window"):
            encrypt(second, PASSPHRASE)
        assert not is_encrypted(second)


def test_a_new_home_opened_with_a_passphrase_is_encrypted_from_the_start(tmp_path: Path):
    with open_workspace(tmp_path / "home", passphrase=PASSPHRASE) as workspace:
        add(workspace, 1)
        assert is_encrypted(workspace)
    assert files_with_the_name(tmp_path / "home") == []


def test_damage_in_the_middle_of_an_encrypted_database_is_not_taken_for_a_wrong_passphrase(filled: Workspace):
    encrypt(filled, PASSPHRASE)
    good = list_backups(filled)[0].path
    for number in range(3, 60):
        add(filled, number)
    with filled.database.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(range(256)) * 16 * (filled.database.stat().st_size // 4096 - 1))
    with pytest.raises(DamagedDatabase) as told:
        open_workspace(filled.home, passphrase=PASSPHRASE)
    assert told.value.backup == good
