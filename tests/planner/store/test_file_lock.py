"""Many have the data open, one alone replaces it, and there is one window."""

import subprocess
import sys
from pathlib import Path
from threading import Event, Thread

import pytest

from planner.errors import UserProblem
from planner.store.file_lock import USE_LOCK, WindowLock, alone, in_use

HOLD = """
import sys
from pathlib import Path
from planner.store.file_lock import WindowLock
lock = WindowLock(Path(sys.argv[1]))
print(lock.held, flush=True)
sys.stdin.read()
"""


def test_many_are_in_at_once_and_nobody_is_alone_meanwhile(tmp_path: Path):
    with in_use(tmp_path), in_use(tmp_path):
        with pytest.raises(UserProblem, match="in use"), alone(tmp_path / USE_LOCK, patience_s=0.2):
            pytest.fail("was not alone")
        with in_use(tmp_path):
            pass
    with alone(tmp_path / USE_LOCK, patience_s=0.2):
        pass


def test_who_comes_while_one_is_alone_waits(tmp_path: Path):
    inside, done = Event(), []

    def come() -> None:
        inside.set()
        with in_use(tmp_path):
            done.append("came")

    with alone(tmp_path / USE_LOCK):
        thread = Thread(target=come)
        thread.start()
        assert inside.wait(5)
        thread.join(0.2)
        done.append("alone")
    thread.join(10)
    assert done == ["alone", "came"]


def test_there_is_one_window_and_its_place_is_free_when_it_closes(tmp_path: Path):
    first, second = WindowLock(tmp_path), WindowLock(tmp_path)
    assert (first.held, second.held) == (True, False)
    first.release()
    second.release()
    third = WindowLock(tmp_path)
    assert third.held
    third.release()


def test_the_place_of_a_window_is_free_when_its_process_is_killed(tmp_path: Path):
    with subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "True\n"
        refused = WindowLock(tmp_path)
        assert not refused.held
        refused.release()
        other.kill()
        other.wait()
    lock = WindowLock(tmp_path)
    assert lock.held
    lock.release()


def test_a_folder_that_cannot_be_used_is_told_plainly(tmp_path: Path):
    (tmp_path / USE_LOCK).mkdir()
    with pytest.raises(UserProblem, match="cannot be used"), in_use(tmp_path):
        pytest.fail("was in")
