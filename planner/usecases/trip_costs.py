"""Money spent on trips, with its receipts: copies in a folder of the workspace, under names of our own."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.tracking import Cost
from planner.model.writing import Writing
from planner.store import trips as rows
from planner.store.backups import backups_folder
from planner.store.cipher import is_plain
from planner.store.receipts import RECEIPTS, find_receipt, keep_receipt, receipt_names, show_receipt
from planner.usecases.settings import writing_in
from planner.usecases.trips import need_trip
from planner.usecases.workspace import Workspace
from planner.values import replace

if TYPE_CHECKING:
    from sqlite_utils import Database

MOST_BYTES = 20 << 20
MOST_CENTS = 10_000_000
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}")


def list_costs(workspace: Workspace, trip_id: int) -> list[Cost]:
    """What was spent on a trip, the oldest first."""
    with workspace.reading() as db:
        return [cost for cost in rows.all_costs(db) if cost.trip_id == trip_id]


def get_cost(workspace: Workspace, trip_id: int, cost_id: int) -> Cost:
    """What was spent, by its number; raises UserProblem when the trip has no such cost."""
    with workspace.reading() as db:
        cost = _need(db, cost_id)
    if cost.trip_id != trip_id:
        raise UserProblem(f"Trip {trip_id} has no cost {cost_id}.", remedy="See roadbook trips show.")
    return cost


def add_cost(workspace: Workspace, cost: Cost, receipt: Path | None = None) -> tuple[Cost, Changes]:
    """Keep what was spent, with a copy of its receipt; returns it with its id. Raises UserProblem for what cannot be."""
    return _save(workspace, replace(cost, id=0, receipt=""), receipt, "Add")


def edit_cost(workspace: Workspace, cost: Cost, receipt: Path | None = None) -> tuple[Cost, Changes]:
    """Keep what was spent as it was changed; a new receipt is kept beside the one it had, which undo needs. Raises UserProblem."""
    with workspace.reading() as db:
        known = _need(db, cost.id)
    return _save(workspace, replace(cost, receipt=known.receipt), receipt, "Change")


def delete_cost(workspace: Workspace, cost_id: int) -> Changes:
    """Take out what was spent; the file of its receipt stays, for undo."""
    with workspace.reading() as db:
        cost = _need(db, cost_id)
        trip = need_trip(db, cost.trip_id)
    changes = Changes(f"Delete {_words(cost, writing_in(workspace))}", plans=True)
    with workspace.writing(changes.label, sample=trip.sample) as db:
        rows.delete_cost(db, cost_id)
    return changes


def receipt_file(workspace: Workspace, cost: Cost) -> Path | None:
    """The file of a receipt to show; None where there is none, or it is gone.

    Of one that is sealed it is a readable copy, which is taken out when the window closes. Raises UserProblem when it does not open.
    """
    folder = workspace.home / RECEIPTS
    path = find_receipt(folder, cost.receipt)
    try:
        return show_receipt(folder, path, workspace.keys) if path else None
    except OSError as error:
        raise UserProblem(
            f"The receipt {cost.receipt} cannot be opened.", f"{error.strerror or error}.", "Make room on the disk."
        ) from error


def _save(workspace: Workspace, cost: Cost, receipt: Path | None, word: str) -> tuple[Cost, Changes]:
    if not 0 < cost.cents <= MOST_CENTS:
        most = writing_in(workspace).number(MOST_CENTS // 100)
        raise UserProblem("This is no amount of money spent.", remedy=f"Give more than nothing, and at most {most} dollars.")
    if receipt is not None:
        _check(receipt)
    changes = Changes(f"{word} {_words(cost, writing_in(workspace))}", plans=True)
    with workspace.reading() as db:
        trip = need_trip(db, cost.trip_id)
    with workspace.writing(changes.label, sample=trip.sample) as db:
        kept = replace(cost, id=rows.save_cost(db, cost))
        if receipt is None:
            return kept, changes
        with _copied(workspace, receipt, kept.id) as name:
            kept = replace(kept, receipt=name)
            rows.save_cost(db, kept)
    return kept, changes


def _check(receipt: Path) -> None:
    try:
        size = receipt.stat().st_size
    except OSError as error:
        raise UserProblem(f"The receipt {receipt.name} cannot be read.", f"{error.strerror or error}.", "Choose another file.") from error
    if not receipt.is_file():
        raise UserProblem(f"{receipt.name} is no file.", remedy="Choose the file of a receipt.")
    if not 0 < size <= MOST_BYTES:
        why = "It is empty." if not size else f"It has more than {MOST_BYTES >> 20} MB."
        raise UserProblem(f"The receipt {receipt.name} is not kept.", why, "Choose another file, such as a smaller picture of it.")


@contextmanager
def _copied(workspace: Workspace, receipt: Path, cost_id: int) -> Iterator[str]:
    """Keep a copy of a receipt under a name that no receipt ever had, sealed as the database is; gone again when the block fails."""
    folder = workspace.home / RECEIPTS
    suffix = receipt.suffix.lower()
    suffix = suffix if _SUFFIX.fullmatch(suffix) else ""
    keys = None if is_plain(workspace.database) else workspace.keys
    try:
        # An id that was taken out is given again, but the old receipt stays for undo, and its copy for going back.
        had = {Path(name).stem for name in receipt_names(folder) | receipt_names(backups_folder(workspace.database) / RECEIPTS)}
        number = next(number for number in range(1, len(had) + 2) if f"{cost_id}-{number}" not in had)
        kept = keep_receipt(folder, f"{cost_id}-{number}{suffix}", receipt.read_bytes(), keys)
    except OSError as error:
        raise UserProblem(f"The receipt {receipt.name} cannot be copied.", f"{error.strerror or error}.", "Nothing was kept.") from error
    try:
        yield f"{cost_id}-{number}{suffix}"
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def _need(db: "Database", cost_id: int) -> Cost:
    cost = next((cost for cost in rows.all_costs(db) if cost.id == cost_id), None)
    if cost is None:
        raise UserProblem(f"There is no cost {cost_id}.", "It was taken out, or never there.", "See roadbook trips show.")
    return cost


def _words(cost: Cost, writing: Writing) -> str:
    return f"{cost.kind.value} of {writing.month_day(cost.day)}: {writing.money(cost.cents, 2)}"
