"""Whatever is under way when a process is killed, or the disk is full: the database opens, is sound, and shows all of it or nothing."""

import importlib.util
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.errors import UserProblem
from planner.store.backups import backup_files
from planner.store.checks import damages_of
from planner.store.cipher import Keyring
from planner.store.connection import connection
from planner.store.database import prepare
from planner.usecases.backups import check_database, make_backup, restore_backup
from planner.usecases.encryption import encrypt, is_encrypted
from planner.usecases.workspace import DATABASE, Workspace, open_workspace

KILLS = int(os.environ.get("ROADBOOK_KILLS", "6"))
HERE = Path(__file__).parent
PASSPHRASE = "a passphrase for tests"

_spec = importlib.util.spec_from_file_location("operations", HERE / "operations.py")
operations = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(operations)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")


def killed_after(program: subprocess.Popen, begun: Path, seconds: float) -> None:
    """Kill a program some time after it has begun its work."""
    size = begun.stat().st_size if begun.exists() else 0
    while program.poll() is None and (not begun.exists() or begun.stat().st_size == size):
        time.sleep(0.002)
    time.sleep(seconds)
    program.send_signal(signal.SIGKILL)
    program.wait()


def is_sound(workspace: Workspace) -> bool:
    return check_database(workspace) == []


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], float]:
    """What the database holds before the first operation and after each, and how long they took, in seconds."""
    with open_workspace(tmp_path_factory.mktemp("undisturbed") / "home") as workspace:
        digests, begin = [operations.digest(workspace)], time.monotonic()
        for operation in operations.OPERATIONS:
            operation(workspace)
            digests.append(operations.digest(workspace))
        return digests, time.monotonic() - begin


def test_a_kill_at_any_moment_leaves_all_or_nothing_of_the_operation(undisturbed: tuple[list[str], float], tmp_path: Path):
    digests, whole_s = undisturbed
    chance = random.Random(5)
    home, begun, next_one = tmp_path / "home-0", tmp_path / "begun", 0
    for turn in range(KILLS):
        arguments = [str(home), str(begun), str(next_one), datetime.now(UTC).isoformat()]
        program = subprocess.Popen([sys.executable, str(HERE / "operations.py"), *arguments])
        killed_after(program, begun, chance.uniform(0.0, whole_s / 4))
        last = int(begun.read_text(encoding="utf-8").split()[-1])
        with open_workspace(home) as workspace:
            assert is_sound(workspace)
            assert operations.digest(workspace) in {digests[last], digests[last + 1]}
            next_one = last + (operations.digest(workspace) != digests[last])
        assert all(damages_of(path) == [] for path in backup_files(home / DATABASE))
        if next_one >= len(digests) - 4:
            shutil.rmtree(home)
            home, next_one = tmp_path / f"home-{turn + 1}", 0


MIGRATE = """
import os, shutil, sys
from pathlib import Path
from planner.store.database import prepare
if __name__ == "__main__":
    old, path, begun = map(Path, sys.argv[1:])
    while True:
        fresh = path.with_name("fresh")
        shutil.copyfile(old, fresh)
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        fresh.replace(path)
        begun.open("a").write("x")
        prepare(path)
"""


def tables(path: Path) -> set[str]:
    with connection(path) as db:
        return {row[0] for row in db.execute("SELECT name FROM sqlite_master").fetchall()}


def test_a_kill_while_migrating_leaves_the_old_schema_or_the_new_one(tmp_path: Path):
    old, new, path, begun = tmp_path / "old.sqlite", tmp_path / "new.sqlite", tmp_path / "home" / DATABASE, tmp_path / "begun"
    with closing(sqlite3.connect(old)) as raw:
        raw.executescript((HERE / "schemas" / "m001.sql").read_text(encoding="utf-8"))
    shutil.copyfile(old, new)
    prepare(new)
    path.parent.mkdir()
    script = tmp_path / "migrate.py"
    script.write_text(MIGRATE, encoding="utf-8")
    chance = random.Random(6)
    for _turn in range(max(KILLS // 2, 2)):
        killed_after(subprocess.Popen([sys.executable, str(script), str(old), str(path), str(begun)]), begun, chance.uniform(0.0, 0.3))
        assert tables(path) in (tables(old), tables(new))
        prepare(path)
        assert damages_of(path) == []
        assert tables(path) == tables(new)
        assert all(damages_of(each) == [] for each in backup_files(path))


ENCRYPT = """
import sys
from pathlib import Path
from planner.usecases.encryption import decrypt, encrypt
from planner.usecases.workspace import open_workspace
if __name__ == "__main__":
    with open_workspace(Path(sys.argv[1]), passphrase=sys.argv[3]) as workspace:
        open(sys.argv[2], "a").write("x")
        for _turn in range(20):
            encrypt(workspace, sys.argv[3])
            decrypt(workspace)
"""


def test_a_kill_while_encrypting_leaves_a_database_that_opens_with_all_of_its_backups(tmp_path: Path):
    home, begun, script = tmp_path / "home", tmp_path / "begun", tmp_path / "encrypt.py"
    with open_workspace(home) as workspace:
        operations.import_accounts(workspace)
        before = operations.digest(workspace)
        for _each in range(3):
            make_backup(workspace)
    script.write_text(ENCRYPT, encoding="utf-8")
    chance = random.Random(7)
    for _turn in range(max(KILLS // 2, 2)):
        program = subprocess.Popen([sys.executable, str(script), str(home), str(begun), PASSPHRASE])
        killed_after(program, begun, chance.uniform(0.0, 1.5))
        with open_workspace(home, passphrase=PASSPHRASE) as workspace:
            assert is_sound(workspace)
            assert operations.digest(workspace) == before
            assert [damages_of(path, workspace.keys or Keyring(PASSPHRASE)) for path in backup_files(workspace.database)] == [
                []
            ] * 4  # the import made one of them
    with open_workspace(home, passphrase=PASSPHRASE) as workspace:
        assert encrypt(workspace, PASSPHRASE) == []
        assert is_encrypted(workspace)
    assert not [path for path in home.rglob("*") if path.is_file() and "Café".encode() in path.read_bytes()]


def attempt(workspace: Workspace, name: str, backup: Path) -> str:
    """Do one operation; returns what is told when it could not be done."""
    try:
        if name == "encrypt":
            encrypt(workspace, PASSPHRASE)
        elif name == "restore":
            restore_backup(workspace, backup)
        else:
            getattr(operations, name)(workspace)
    except UserProblem as problem:
        return str(problem)
    return ""


@pytest.mark.parametrize("free_kb", [0, 40, 120, 240, 400])
@pytest.mark.parametrize("name", ["import_accounts", "merge_accounts", "undo", "back_up", "restore", "encrypt"])
def test_a_full_disk_is_told_plainly_and_leaves_all_or_nothing(small_disk: Path, name: str, free_kb: int):
    home = small_disk / "home"
    with open_workspace(home) as workspace:
        operations.import_accounts(workspace)
        backup = make_backup(workspace)
        operations.merge_accounts(workspace)
        before = operations.digest(workspace)
        free = shutil.disk_usage(small_disk).free
        (small_disk / "filler").write_bytes(bytes(max(free - free_kb * 1024, 0)))
        told = attempt(workspace, name, backup)
        assert not told or re.search(r"room|space", told)
        (small_disk / "filler").unlink()
        keys = workspace.keys
    with open_workspace(home, passphrase=PASSPHRASE if keys else None) as workspace:
        assert is_sound(workspace)
        assert all(damages_of(path, keys) == [] for path in backup_files(workspace.database) if keys is None)
        if told and name != "encrypt":
            assert operations.digest(workspace) == before
        assert not list((home / "backups").glob(".*.part"))
        operations.import_accounts(workspace)
