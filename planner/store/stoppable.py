"""Long statements that tell how they go on and can be cancelled."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlite_utils import Database

from planner.errors import Cancelled

_STEPS_BETWEEN = 200_000  # of SQLite's virtual machine: some milliseconds


@contextmanager
def stoppable(db: Database, tell: Callable[[], None]) -> Iterator[None]:
    """Call `tell` every few milliseconds while a statement runs; when it raises Cancelled, the statement stops and so does the block."""
    stopped: list[Cancelled] = []

    def step() -> int:
        try:
            tell()
        except Cancelled as cancelled:
            stopped.append(cancelled)
        return len(stopped)  # anything but 0 interrupts

    db.conn.set_progress_handler(step, _STEPS_BETWEEN)
    try:
        yield
    except Exception:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        db.conn.set_progress_handler(None, 0)
