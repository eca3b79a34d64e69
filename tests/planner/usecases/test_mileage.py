"""The mileage log kept: proposed, confirmed, corrected, and written for the year."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.model.tracking import Drive, DriveKind, Purpose, Source, Trip, TripState, TripStop
from planner.store.accounts import save_accounts
from planner.tracking.mileage import metres_of
from planner.usecases.mileage import (
    MileageForm,
    add_drive,
    confirm_drives,
    correct_drive,
    delete_drives,
    export_mileage,
    list_drives,
    mileage_year,
    propose_drives,
)
from planner.usecases.settings import set_setting
from planner.usecases.trips import add_trip, edit_trip
from planner.usecases.undo import undo
from planner.usecases.workspace import Workspace
from planner.values import replace

DAY = date(2024, 12, 2)
HOSTILE = '=HYPERLINK("http://evil.example","Click")'


@pytest.fixture
def workspace(workspace: Workspace) -> Workspace:
    with workspace.writing("Test") as db:
        save_accounts(db, [Account(0, "1" * 18, HOSTILE, AccountKind.CLIENT, PostalAddress())])
    return workspace


def make_trip(workspace: Workspace) -> Trip:
    stops = (
        TripStop(0, DAY, "Shop 1", None, 1, metres=metres_of(100)),
        TripStop(1, DAY, "Shop 2", metres=metres_of(50)),
        TripStop(2, DAY, "Home", metres=metres_of(120)),
    )
    return add_trip(workspace, Trip(0, "Errand", DAY, DAY, TripState.PLANNED, Purpose.OTHER, "Home", None, stops=stops))[0]


def by_hand(metres: int = 16_093, **more: object) -> Drive:
    return Drive(**{"id": 0, "day": DAY, "start": "Home", "destination": "Shop", "metres": metres, "source": Source.TYPED} | more)


def test_proposals_are_never_claimed_and_proposing_again_adds_nothing(workspace: Workspace):
    trip = make_trip(workspace)
    drives, changes = propose_drives(workspace, trip.id)
    assert changes.label == "Propose the mileage of Errand"
    assert [(drive.destination, drive.confirmed, drive.trip_id) for drive in drives] == [
        ("Shop 1", False, trip.id),
        ("Shop 2", False, trip.id),
        ("Home", False, trip.id),
    ]
    assert mileage_year(workspace, 2024).totals.whole.cents == 0
    assert propose_drives(workspace, trip.id)[0] == drives == list_drives(workspace)


def test_lines_that_she_confirmed_or_corrected_are_not_proposed_over(workspace: Workspace):
    trip = make_trip(workspace)
    (first, second, third), _changes = propose_drives(workspace, trip.id)
    confirm_drives(workspace, [first.id])
    corrected, _changes = correct_drive(workspace, second.id, metres=9_999)
    edit_trip(workspace, replace(trip, stops=tuple(replace(stop, metres=metres_of(200)) for stop in trip.stops)))
    again, _changes = propose_drives(workspace, trip.id)
    assert again == [replace(first, confirmed=True), corrected, replace(third, metres=metres_of(200))]
    edit_trip(workspace, replace(trip, stops=trip.stops[:1]))
    assert [drive.id for drive in propose_drives(workspace, trip.id)[0]] == [first.id, second.id]


def test_a_correction_by_odometer_says_how_far_it_was(workspace: Workspace):
    drive, _changes = add_drive(workspace, by_hand())
    changed, changes = correct_drive(workspace, drive.id, odometer=(102_503, 102_719), purpose="Demo")
    assert (changed.metres, changed.source, changed.odometer, changed.purpose) == (
        metres_of(216),
        Source.ODOMETER,
        (102_503, 102_719),
        "Demo",
    )
    assert changes.label == "Correct the drive to Shop"
    assert list_drives(workspace) == [changed]
    typed, _changes = correct_drive(workspace, drive.id, metres=10_000)
    assert (typed.odometer, typed.source) == (None, Source.TYPED)
    undo(workspace)
    assert list_drives(workspace) == [changed]
    with pytest.raises(UserProblem, match=r"odometer cannot go from 10\.0 to 9\.0"):
        correct_drive(workspace, drive.id, odometer=(100, 90))


def test_what_was_not_driven_is_not_claimed(workspace: Workspace):
    future, _changes = add_drive(workspace, by_hand(day=date(2999, 1, 1)))
    unknown, _changes = add_drive(workspace, by_hand(0))
    with pytest.raises(UserProblem, match="still to come"):
        confirm_drives(workspace, [future.id])
    with pytest.raises(UserProblem, match="is not known"):
        confirm_drives(workspace, [unknown.id])
    with pytest.raises(UserProblem, match="still to come"):
        add_drive(workspace, by_hand(day=date(2999, 1, 1), confirmed=True))
    assert not any(drive.confirmed for drive in list_drives(workspace))


@pytest.mark.parametrize("fields", [{"metres": -1}, {"metres": 6_000_000}, {"start": " "}, {"destination": ""}])
def test_a_drive_that_cannot_be_is_refused(workspace: Workspace, fields: dict[str, object]):
    with pytest.raises(UserProblem):
        add_drive(workspace, by_hand(**fields))
    assert list_drives(workspace) == []


def test_drives_are_taken_out_and_come_back(workspace: Workspace):
    drive, _changes = add_drive(workspace, by_hand())
    assert delete_drives(workspace, [drive.id]).label == "Delete 1 drive"
    undo(workspace)
    assert list_drives(workspace) == [drive]
    for ask in (delete_drives, confirm_drives):
        with pytest.raises(UserProblem, match="There is no drive 99"):
            ask(workspace, [99])
        with pytest.raises(UserProblem, match="No line of the log"):
            ask(workspace, [])


def fill(workspace: Workspace) -> None:
    add_drive(workspace, by_hand(metres_of(123), account_id=1, confirmed=True, purpose="=1+1", start="@SUM(A1)"))
    add_drive(workspace, by_hand(0, odometer=(1_000, 1_104), confirmed=True))
    add_drive(workspace, by_hand(0, odometer=(1_300, 1_350), confirmed=True, kind=DriveKind.COMMUTE))
    add_drive(workspace, by_hand(metres_of(77), day=date(2024, 3, 1)))
    add_drive(workspace, by_hand(metres_of(40), day=date(2025, 1, 1), confirmed=True))


def test_a_year_is_its_own_lines_sums_and_what_the_odometer_says(workspace: Workspace):
    fill(workspace)
    year = mileage_year(workspace, 2024)
    assert len(year.drives) == 4
    assert year.totals.whole.cents == 824 + 697  # 12.3 and 10.4 miles at 67 cents
    assert ["19.6 miles between" in problem for problem in year.problems] == [True]
    assert year.notes == ()
    set_setting(workspace, "mileage_rates", "2023 = 0.655")
    assert mileage_year(workspace, 2024).notes == ("There is no mileage rate for 2024: that of 2023 is used.",)


def test_the_workbook_claims_what_is_confirmed_and_reckons_with_no_text(workspace: Workspace, tmp_path: Path):
    fill(workspace)
    out = export_mileage(workspace, 2024, tmp_path / "new" / "log.xlsx", MileageForm.XLSX)
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Mileage 2024", "Not claimed", "Sums"]
    claimed = [[cell.value for cell in row] for row in book["Mileage 2024"].iter_rows(min_row=2)]
    assert claimed[0][1:6] == ["@SUM(A1)", "Shop", "=1+1", HOSTILE, 12.3]
    assert (claimed[0][10], claimed[0][11]) == (0.67, 8.24)
    assert (claimed[1][6], claimed[1][7], claimed[1][8]) == (100, 110.4, "odometer")
    assert (claimed[2][9], claimed[2][10], claimed[2][11]) == ("commute", None, None)
    assert not [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert [row[5].value for row in book["Not claimed"].iter_rows(min_row=2)] == [7.7]
    sums = {row[0].value: [cell.value for cell in row[1:]] for row in book["Sums"].iter_rows(min_row=2, max_row=14)}
    assert sums["2024"] == [22.7, 5, 0, 7.7, 15.21]
    assert sums["December"] == [22.7, 5, 0, 0, 15.21]
    assert list(tmp_path.joinpath("new").iterdir()) == [out]


def test_the_table_has_the_unconfirmed_lines_in_a_part_of_their_own(workspace: Workspace, tmp_path: Path):
    fill(workspace)
    out = export_mileage(workspace, 2024, tmp_path / "log.csv", MileageForm.CSV)
    rows = list(csv.reader(out.read_text(encoding="utf-8-sig").splitlines()))
    apart = next(number for number, row in enumerate(rows) if row and row[0].startswith("Not claimed"))
    assert rows[apart] == ["Not claimed: 1 line is not confirmed"]
    assert [row[11] for row in rows[1 : apart - 1]] == ["8.24", "6.97", ""]
    assert (rows[1][1], rows[1][3], rows[1][4]) == ("'@SUM(A1)", "'=1+1", f"'{HOSTILE}")
    assert rows[apart + 1][:3] == ["2024-03-01", "Home", "Shop"]
    (whole,) = (row for row in rows if row and row[0] == "2024")
    assert Decimal(whole[1]) == sum(Decimal(row[5]) for row in rows[1 : apart - 1] if row[9] == "business")
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("form", MileageForm)
def test_a_file_that_cannot_be_written_is_a_plain_problem_and_the_old_one_stays(
    workspace: Workspace, tmp_path: Path, form: MileageForm, monkeypatch: pytest.MonkeyPatch
):
    out = tmp_path / f"log.{form.value}"
    out.write_text("before")
    monkeypatch.setattr(
        f"planner.exports.mileage.write_mileage_{form.value}", lambda *_a: (_ for _ in ()).throw(OSError(28, "No space left"))
    )
    with pytest.raises(UserProblem, match="No space left"):
        export_mileage(workspace, 2024, out, form)
    assert (out.read_text(), list(tmp_path.glob("*.part"))) == ("before", [])
    with pytest.raises(UserProblem, match="is a folder"):
        export_mileage(workspace, 2024, tmp_path, form)
