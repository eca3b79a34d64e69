"""Receipts of trips, wherever the data goes: encrypted with it, exported with it, back with it."""

from datetime import date
from pathlib import Path

import pytest

from planner.model.tracking import Cost, CostKind, Purpose, Source, Trip, TripState
from planner.progress import silent
from planner.usecases.backups import make_backup, restore_backup
from planner.usecases.encryption import change_passphrase, decrypt, encrypt
from planner.usecases.export_everything import ExportForm, export_everything
from planner.usecases.trip_costs import add_cost, receipt_file
from planner.usecases.trips import add_trip
from planner.usecases.workspace import Workspace, open_workspace

DAY = date(2026, 11, 30)
CONTENT = b"%PDF- dinner with the team"


@pytest.fixture
def receipt(tmp_path: Path) -> Path:
    path = tmp_path / "bill.PDF"
    path.write_bytes(CONTENT)
    return path


@pytest.fixture
def cost(workspace: Workspace, receipt: Path) -> Cost:
    return spend(workspace, receipt)


def spend(workspace: Workspace, receipt: Path) -> Cost:
    trip = Trip(0, "Altoona", DAY, DAY, TripState.PLANNED, Purpose.OTHER, "Home", None, 0, "", Source.TYPED, "")
    kept, _changes = add_trip(workspace, trip)
    return add_cost(workspace, Cost(0, kept.id, DAY, CostKind.MEALS, 4_200), receipt)[0]


def on_disk(workspace: Workspace) -> set[str]:
    return {path.name for path in (workspace.home / "receipts").iterdir()}


def test_what_encrypts_the_data_encrypts_its_receipts_and_their_copies(workspace: Workspace, cost: Cost, receipt: Path):
    make_backup(workspace)
    assert encrypt(workspace, "correct horse battery") == []
    for folder in (workspace.home / "receipts", workspace.home / "backups" / "receipts"):
        assert [path.name for path in folder.iterdir()] == [f"{cost.receipt}.sealed"]
        assert b"dinner" not in (folder / f"{cost.receipt}.sealed").read_bytes()
    shown = receipt_file(workspace, cost)
    assert shown is not None
    assert (shown.name, shown.read_bytes()) == (cost.receipt, CONTENT)
    second = spend(workspace, receipt)
    assert f"{second.receipt}.sealed" in on_disk(workspace)
    assert change_passphrase(workspace, "another good passphrase") == []
    again = receipt_file(workspace, second)
    assert again is not None
    assert again.read_bytes() == CONTENT
    assert decrypt(workspace) == []
    assert {cost.receipt, second.receipt} <= on_disk(workspace)


def test_a_readable_copy_goes_when_the_window_closes(workspace: Workspace, cost: Cost):
    encrypt(workspace, "correct horse battery")
    with open_workspace(workspace.home, window=True, passphrase="correct horse battery") as window:
        shown = receipt_file(window, cost)
        assert shown is not None
        assert shown.is_file()
    assert not shown.exists()
    assert on_disk(workspace) == {f"{cost.receipt}.sealed"}


def test_going_back_brings_a_receipt_back_sealed(workspace: Workspace, cost: Cost):
    made = make_backup(workspace)
    encrypt(workspace, "correct horse battery")
    (workspace.home / "receipts" / f"{cost.receipt}.sealed").unlink()
    assert receipt_file(workspace, cost) is None
    restore_backup(workspace, made)
    assert on_disk(workspace) == {f"{cost.receipt}.sealed"}
    back = receipt_file(workspace, cost)
    assert back is not None
    assert back.read_bytes() == CONTENT


@pytest.mark.parametrize("form", list(ExportForm))
@pytest.mark.parametrize("encrypted", [False, True])
def test_an_export_of_everything_has_the_receipts(workspace: Workspace, cost: Cost, tmp_path: Path, form: ExportForm, *, encrypted: bool):
    if encrypted:
        encrypt(workspace, "correct horse battery")
    out = tmp_path / "out"
    out.mkdir()
    (out / "roadbook-receipt-9-9.pdf").write_bytes(b"of an earlier export")
    (out / "mine.pdf").write_bytes(b"mine")
    written = export_everything(workspace, out, form, silent)
    assert written.counts["receipts"] == 1
    assert {path.name: path.read_bytes() for path in out.glob("*.pdf")} == {
        f"roadbook-receipt-{cost.receipt}": CONTENT,
        "mine.pdf": b"mine",
    }
    (workspace.home / "receipts" / (cost.receipt + (".sealed" if encrypted else ""))).unlink()
    again = export_everything(workspace, out, form, silent)
    assert again.notes == (f"The receipt {cost.receipt} is gone.",)
    assert [path.name for path in out.glob("*.pdf")] == ["mine.pdf"]
