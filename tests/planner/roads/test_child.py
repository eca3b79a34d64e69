"""Work in a process of its own: its answer, its problems, and its end in every case."""

import sys
from pathlib import Path

import child_work
import pytest

from planner.errors import Cancelled, ServerProblem
from planner.progress import silent
from planner.roads.child import run_in_child

DIED = ServerProblem("It died.")


def test_the_answer_comes_back_and_all_progress_is_told() -> None:
    told: list[tuple[float, str]] = []
    assert run_in_child(child_work.add, (1, 2, 3), lambda *one: told.append(one), DIED) == 6
    assert list(dict.fromkeys(told)) == [(0.0, "Starting"), (0.1, "adding 1"), (0.2, "adding 2"), (0.3, "adding 3")]


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ServerProblem, match=r"It broke\. because do this") as caught:
        run_in_child(child_work.complain, "It broke.", silent, DIED)
    assert (caught.value.what, caught.value.why, caught.value.remedy) == ("It broke.", "because", "do this")
    with pytest.raises(OSError, match="No space left"):
        run_in_child(child_work.lack_room, None, silent, DIED)
    with pytest.raises(RuntimeError, match=r"child_work.py(?s:.*)ZeroDivisionError"):
        run_in_child(child_work.divide, 1, silent, DIED)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL here")
def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ServerProblem, match="It died"):
        run_in_child(child_work.die, None, silent, DIED)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_a_cancelled_process_is_gone_at_once(tmp_path: Path) -> None:
    def cancel(fraction: float, _text: str) -> None:
        if fraction > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        run_in_child(child_work.never_end, tmp_path / "pid", cancel, DIED)
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text()}").exists()
