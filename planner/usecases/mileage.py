"""The mileage log: lines proposed by trips, confirmed or corrected by her, and a year of them."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.places import LatLon
from planner.model.tracking import Drive, DriveKind, Source
from planner.model.writing import USUAL_WRITING, Writing
from planner.settings import mileage_rates_of
from planner.store import accounts as account_rows
from planner.store import trips as rows
from planner.store.settings import read_settings
from planner.tracking.mileage import (
    MonthTotals,
    Rates,
    YearTotals,
    amount_cents,
    check_odometer,
    drives_of_trip,
    metres_of,
    rate_cents_per_mile,
    tenths_of,
    totals,
)
from planner.tracking.week_miles import WeekMiles, week_miles
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import home_and_office
from planner.usecases.packs import active_pack, in_sample
from planner.usecases.settings import get_settings, writing_in
from planner.usecases.trips import need_trip
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

if TYPE_CHECKING:
    from sqlite_utils import Database

    from planner.exports.mileage import MileageLine, MileageSums

LONGEST_M = 5_000_000
MOST_TENTHS = 99_999_999
PROPOSED = (Source.PLAN, Source.GPX)
"""Sources of lines that nobody typed."""


class MileageForm(StrEnum):
    """What the file of a log is."""

    XLSX = "xlsx"
    CSV = "csv"


class MileageYear(Struct, frozen=True):
    """The log of a year: its lines in order, the sums by month, what the odometer says against it, and notes on the rate."""

    year: int
    drives: tuple[Drive, ...]
    totals: YearTotals
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def weeks(self) -> tuple[WeekMiles, ...]:
        """What was driven week by week."""
        return week_miles(self.drives)


def propose_drives(workspace: Workspace, trip_id: int) -> tuple[list[Drive], Changes]:
    """Put the drives of a trip into the log, none of them confirmed, in place of what was proposed before; returns the lines of the trip.

    Lines that she confirmed or corrected stay, and are not proposed again.
    """
    office = office_place(workspace)
    with workspace.reading() as db:
        trip = need_trip(db, trip_id)
    changes = Changes(f"Propose the mileage of {trip.name}", plans=True)
    with workspace.writing(changes.label, sample=trip.sample) as db:
        return proposed_again(db, drives_of_trip(need_trip(db, trip_id), office), trip_id), changes


def proposed_again(db: "Database", drives: Iterable[Drive], trip_id: int) -> list[Drive]:
    """Put these drives into the log in place of those proposed before for a trip; returns the lines it has then."""
    known = [drive for drive in rows.all_drives(db, sample=need_trip(db, trip_id).sample) if drive.trip_id == trip_id]
    hers = [drive for drive in known if drive.confirmed or drive.source not in PROPOSED]
    old = [drive for drive in known if drive not in hers]
    taken = [_leg(drive) for drive in hers]
    for drive in drives:
        if _leg(drive) in taken:
            taken.remove(_leg(drive))
            continue
        same = next((each for each in old if _leg(each) == _leg(drive)), None)
        if same:
            old.remove(same)
        rows.save_drive(db, replace(drive, id=same.id if same else 0, trip_id=trip_id))
    rows.delete_drives(db, [drive.id for drive in old])
    return [drive for drive in rows.all_drives(db, sample=need_trip(db, trip_id).sample) if drive.trip_id == trip_id]


def list_drives(workspace: Workspace, since: date | None = None, until: date | None = None) -> list[Drive]:
    """The lines of the log of some days (both ends included), in the order in which they were driven."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return rows.all_drives(db, sample=sample, since=since, until=until)


def confirm_drives(workspace: Workspace, ids: Collection[int], today: date | None = None) -> Changes:
    """Say that drives were driven as the log has them, so that they are claimed. Raises UserProblem for one that cannot have been."""
    with workspace.reading() as db:
        drives = [_need(db, drive_id) for drive_id in dict.fromkeys(ids)]
    if not drives:
        raise UserProblem("No line of the log is named.", remedy="Give the numbers of the drives to confirm.")
    for drive in drives:
        _check_driven(drive, today or date.today(), writing_in(workspace))  # noqa: DTZ011 - her own calendar day
    changes = Changes(f"Confirm {_count(len(drives))}", plans=True)
    with workspace.writing(changes.label, sample=drives[0].sample) as db:
        for drive in drives:
            rows.save_drive(db, replace(_need(db, drive.id), confirmed=True))
    return changes


def correct_drive(
    workspace: Workspace, drive_id: int, *, metres: int | None = None, odometer: tuple[int, int] | None = None, **fields: Any
) -> tuple[Drive, Changes]:
    """Correct a line of the log: its metres, or the odometer at its start and end (tenths of a mile), from which the metres follow.

    `fields` are others of a drive by name (day, start, destination, kind, purpose, account_id, note). What was confirmed stays so.
    """
    with workspace.reading() as db:
        drive = _need(db, drive_id)
    if metres is not None:
        fields |= {"metres": metres, "source": Source.TYPED, "note": fields.get("note", "")}
        fields |= {"odometer": None} if drive.odometer else {}
    if odometer is not None:
        _check_odometer(odometer, writing_in(workspace))
        fields |= {"odometer": odometer, "metres": metres_of(odometer[1] - odometer[0]), "source": Source.ODOMETER}
    changed = replace(drive, **fields, id=drive.id)
    _check(changed, writing_in(workspace))
    changes = Changes(f"Correct the drive to {changed.destination}", plans=True)
    with workspace.writing(changes.label, sample=drive.sample) as db:
        rows.save_drive(db, changed)
    return changed, changes


def add_drive(workspace: Workspace, drive: Drive) -> tuple[Drive, Changes]:
    """Add a line to the log by hand; it is not claimed until it is confirmed, unless it says so. Raises UserProblem for what cannot be."""
    if drive.odometer is not None:
        _check_odometer(drive.odometer, writing_in(workspace))
        drive = replace(drive, metres=metres_of(drive.odometer[1] - drive.odometer[0]), source=Source.ODOMETER)
    _check(drive, writing_in(workspace))
    kept = replace(drive, id=0, sample=in_sample(workspace))
    changes = Changes(f"Add the drive to {drive.destination}", plans=True)
    with workspace.writing(changes.label, sample=kept.sample) as db:
        return replace(kept, id=rows.save_drive(db, kept)), changes


def delete_drives(workspace: Workspace, ids: Collection[int]) -> Changes:
    """Take lines out of the log; undo brings them back."""
    with workspace.reading() as db:
        drives = [_need(db, drive_id) for drive_id in dict.fromkeys(ids)]
    if not drives:
        raise UserProblem("No line of the log is named.", remedy="Give the numbers of the drives to take out.")
    changes = Changes(f"Delete {_count(len(drives))}", plans=True)
    with workspace.writing(changes.label, sample=drives[0].sample) as db:
        rows.delete_drives(db, [drive.id for drive in drives])
    return changes


def mileage_year(workspace: Workspace, year: int) -> MileageYear:
    """The log of a year with its sums; raises UserProblem for a year before the first rate."""
    return _year(workspace, year, writing_in(workspace))


def _year(workspace: Workspace, year: int, writing: Writing) -> MileageYear:
    drives = list_drives(workspace, date(year, 1, 1), date(year, 12, 31))
    rates = mileage_rates(workspace)
    _rate, note = rate_cents_per_mile(date(year, 12, 31), rates)
    return MileageYear(year, tuple(drives), totals(drives, year, rates), tuple(check_odometer(drives, writing)), (note,) if note else ())


def mileage_rates(workspace: Workspace) -> Rates:
    """The rates of the settings: dollars a mile by year."""
    return mileage_rates_of(get_settings(workspace).text("mileage_rates"))


def export_mileage(workspace: Workspace, year: int, out: Path, form: MileageForm) -> Path:
    """Write the log of a year as a workbook or CSV; what is not confirmed stands apart, as not claimed. Raises UserProblem.

    The miles of its sums are those of its lines, to one decimal each, so that its columns add up.
    """
    from planner.exports.mileage import MileageLog, write_mileage_csv, write_mileage_xlsx

    told, rates = _year(workspace, year, USUAL_WRITING), mileage_rates(workspace)  # a record for the tax office, whoever reads it
    with workspace.reading() as db:
        names = {account.id: account.name for account in account_rows.all_accounts(db)}
    lines = [_line(drive, names, rates) for drive in told.drives if drive.confirmed]
    unconfirmed = [_line(drive, names, rates) for drive in told.drives if not drive.confirmed]
    log = MileageLog(year, lines, unconfirmed, _sums(told), (*told.notes, *told.problems))
    if out.is_dir():
        raise UserProblem(f"{out} is a folder.", remedy="Give the name of the file to write.")
    beside = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            (write_mileage_xlsx if form is MileageForm.XLSX else write_mileage_csv)(log, beside)
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = f"{error.strerror or error}."
        raise UserProblem(f"{out} could not be written.", why, "Close it if it is open, or choose another place.") from error
    return out


def office_place(workspace: Workspace) -> LatLon | None:
    """Where the office is, or None where that is not known."""
    bases = base_places(workspace)
    return bases[1] if bases else None


def base_places(workspace: Workspace) -> tuple[LatLon, LatLon] | None:
    """Where home and office are, or None where that is not known: no roads, or neither is in the settings."""
    pack = active_pack(workspace)
    if pack is None:
        return None
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    with suppress(UserProblem), open_gazetteer(pack) as gazetteer:
        home, office = home_and_office(settings, gazetteer)
        return home.point, office.point
    return None


def _leg(drive: Drive) -> tuple[date, str, str]:
    return drive.day, drive.start, drive.destination


def _need(db: "Database", drive_id: int) -> Drive:
    drive = rows.drive_by_id(db, drive_id)
    if drive is None:
        raise UserProblem(f"There is no drive {drive_id}.", "It was taken out, or never there.", "See roadbook mileage list.")
    return drive


def _count(drives: int) -> str:
    return f"{drives} {'drive' if drives == 1 else 'drives'}"


def _check(drive: Drive, writing: Writing) -> None:
    if not drive.start.strip() or not drive.destination.strip():
        raise UserProblem("A drive needs a start and a destination.", remedy="Name both.")
    if not 0 <= drive.metres <= LONGEST_M:
        raise UserProblem(f"A drive cannot be {writing.number(drive.metres / 1609.344, 1)} miles long.", remedy="Correct how far it was.")
    if drive.confirmed:
        _check_driven(drive, date.today(), writing)  # noqa: DTZ011 - her own calendar day


def _check_driven(drive: Drive, today: date, writing: Writing) -> None:
    if drive.day > today + timedelta(days=1):  # it is tomorrow already on the other side of the date line
        what = f"The drive to {drive.destination} on {writing.long_month_day(drive.day)} is still to come."
        raise UserProblem(what, "Only what was driven is claimed.", "Confirm it later.")
    if not drive.metres:
        raise UserProblem(f"How far the drive to {drive.destination} was is not known.", remedy="Correct it first.")


def _check_odometer(odometer: Sequence[int], writing: Writing) -> None:
    begin, end = odometer
    if not 0 <= begin <= end <= MOST_TENTHS:
        what = f"The odometer cannot go from {writing.number(begin / 10, 1)} to {writing.number(end / 10, 1)}."
        raise UserProblem(what, remedy="Give what it showed at the start and at the end, in miles.")


def _line(drive: Drive, names: dict[int, str], rates: Rates) -> "MileageLine":
    from planner.exports.mileage import MileageLine

    begin, end = drive.odometer or (None, None)
    claimed = drive.confirmed and drive.kind is DriveKind.BUSINESS
    return MileageLine(
        drive.day,
        drive.start,
        drive.destination,
        drive.purpose,
        names.get(drive.account_id or 0, ""),
        _miles(tenths_of(drive.metres)),
        None if begin is None else _miles(begin),
        None if end is None else _miles(end),
        drive.source.value,
        drive.kind.value,
        rate_cents_per_mile(drive.day, rates)[0] / 100 if claimed else None,
        Decimal(amount_cents(drive, rates)) / 100 if claimed else None,
    )


def _miles(tenths: int) -> Decimal:
    return Decimal(tenths) / 10


def _sums(told: MileageYear) -> "list[MileageSums]":
    """The sums by month and of the year, of miles as the lines show them."""
    in_tenths = [replace(drive, metres=tenths_of(drive.metres)) for drive in told.drives]
    by_month = totals(in_tenths, told.year, {told.year: Decimal(0)}).months
    months = [replace(sums, cents=money.cents) for sums, money in zip(by_month, told.totals.months, strict=True)]
    named = [(USUAL_WRITING.month_name(date(told.year, month.month, 1)), month) for month in months]
    return [_row(name, month) for name, month in (*named, (f"{told.year}", YearTotals(told.year, tuple(months)).whole))]


def _row(name: str, month: MonthTotals) -> "MileageSums":
    from planner.exports.mileage import MileageSums

    return MileageSums(
        name,
        _miles(month.business_m),
        _miles(month.commute_m),
        _miles(month.personal_m),
        _miles(month.unconfirmed_m),
        Decimal(month.cents) / 100,
    )
