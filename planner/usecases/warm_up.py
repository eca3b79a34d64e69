"""Make the search ready: its machine code is compiled where that can be stopped, then loaded."""

from contextlib import suppress
from threading import Lock

from planner.errors import UserProblem
from planner.planning.plan import warm_up as load_or_compile
from planner.progress import Report, silent
from planner.roads.child import run_in_child

_TEXT = "Getting ready to plan, once after an update"
_TURN = Lock()
"""Whoever else wants it meanwhile waits for the one that is at it: nothing is compiled twice."""


def warm_up(report: Report = silent) -> None:
    """Make the search ready, so that the next plan answers at once; takes half a minute the first time. Raises Cancelled.

    What has to be compiled is compiled by a process of its own that keeps it: within this one it could not be stopped.
    """
    from planner.planning.compiled import is_whole  # loads numba

    while not _TURN.acquire(timeout=0.2):
        report(0.0, _TEXT)
    try:
        if not is_whole():
            died = UserProblem("The search could not be made ready.")
            with suppress(UserProblem, OSError):  # where no other process can live it is compiled here after all
                run_in_child(_compile, None, lambda _fraction, _text: report(0.0, _TEXT), died)
    finally:
        _TURN.release()
    load_or_compile()


def _compile(_order: None, _report: Report) -> None:
    load_or_compile()
