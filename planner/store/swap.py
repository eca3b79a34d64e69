"""Putting a whole new file in the place of the database, so that a stop at any moment leaves the old one or the new one.

The new file gets the name of a swap that is decided: from then on it is the database, and whoever opens the data next finishes what is left
to do: the old -wal and -shm go (they would be replayed into the new file), and the file takes its place.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from planner.errors import UserProblem
from planner.store.file_lock import USE_LOCK, alone, in_use
from planner.store.private_files import on_disk, replace_durably

NEW = "roadbook-new.sqlite"
_DECIDED = "roadbook-swap.sqlite"
BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def opened(path: Path) -> Iterator[None]:
    """Keep the database file in place while the block runs, after a swap that was cut short is finished."""
    while True:
        with in_use(path.parent):
            if not (path.parent / _DECIDED).exists():
                yield
                return
        with alone(path.parent / USE_LOCK):
            finish_swap(path)


def put_in_place(new: Path, path: Path) -> None:
    """Put a whole, closed database file in the place of `path`; to be used inside `alone`. Raises OSError."""
    replace_durably(new, path.parent / _DECIDED)
    finish_swap(path)


def clear_leftover(path: Path) -> None:
    """Take out a file that was being made when its process was killed: it may hold in plain text what is encrypted now."""
    if path.with_name(NEW).exists():
        with suppress(UserProblem), alone(path.parent / USE_LOCK, 0.2):  # while somebody has the data open it stays, until the next start
            finish_swap(path)


def finish_swap(path: Path) -> None:
    """Do what is left of a swap that is decided; to be used inside `alone`. Raises OSError."""
    decided = path.parent / _DECIDED
    if decided.exists():
        for suffix in BESIDE:
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        on_disk(path.parent)
        decided.replace(path)
        on_disk(path.parent)
    for left in ("", *BESIDE):
        path.with_name(NEW + left).unlink(missing_ok=True)
