"""The search is compiled once, by a process that can be ended at any moment."""

import multiprocessing
import time

import pytest

from planner.errors import Cancelled
from planner.planning import compiled
from planner.usecases import warm_up as ready
from planner.usecases.warm_up import warm_up


@pytest.fixture
def cold(monkeypatch, tmp_path):
    """A folder for machine code with none in it."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))  # for the process that compiles
    monkeypatch.setattr(compiled, "_folder", lambda: tmp_path)
    return tmp_path


def test_a_cancel_ends_the_process_that_compiles(cold):
    heard = []

    def report(_fraction, text):
        if any(cold.glob("*.nbi")):
            heard.append((time.monotonic(), text))
            raise Cancelled

    with pytest.raises(Cancelled):
        warm_up(report)
    assert time.monotonic() - heard[0][0] < 2
    assert not multiprocessing.active_children()
    assert not compiled.is_whole()


def test_what_an_ended_process_left_half_written_is_cleared_away_once_all_is_there(cold):
    (cold / "clock.drive-1.py312.1.nbc.tmp.0123").write_bytes(b"half")
    (cold / "clock.drive-1.py312.1.nbc").write_bytes(b"whole")
    compiled.keep_whole()
    assert compiled.is_whole()
    assert {file.name for file in cold.iterdir()} == {"clock.drive-1.py312.1.nbc", "whole.txt"}


def test_what_is_compiled_is_not_compiled_again(monkeypatch, cold):
    compiled.keep_whole()
    loaded = []
    monkeypatch.setattr(ready, "run_in_child", None)
    monkeypatch.setattr(ready, "load_or_compile", lambda: loaded.append(1))
    warm_up()
    assert loaded


def test_whoever_waits_for_another_to_compile_can_cancel(cold):
    def report(_fraction, _text):
        raise Cancelled

    with ready._TURN, pytest.raises(Cancelled):
        warm_up(report)


def test_kernels_that_have_changed_are_compiled_anew(monkeypatch, cold):
    compiled.keep_whole()
    assert compiled.is_whole()
    monkeypatch.setattr(compiled, "_stamp", lambda: "another")
    assert not compiled.is_whole()
