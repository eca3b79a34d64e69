"""roadbook mileage: the log of miles driven; proposed by trips, confirmed by her, exported by year."""

from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, day_in, message, print_json, print_table
from planner.errors import UserProblem
from planner.model.tracking import Drive, DriveKind, Source
from planner.usecases import mileage
from planner.usecases.accounts import find_account
from planner.usecases.mileage import MileageForm
from planner.usecases.workspace import workspace_at

METRES_PER_MILE = Decimal("1609.344")
app = typer.Typer(no_args_is_help=True, help="The mileage log: propose, confirm, correct, add up and export what was driven.")

Number = Annotated[int, typer.Argument(min=1, max=999_999_999, help="The number of the drive, as the list has it.")]
Numbers = Annotated[list[int], typer.Argument(min=1, max=999_999_999, help="The numbers of the drives.")]
Year = Annotated[int, typer.Argument(min=1900, max=2999, help="The year.")]
Odometer = Annotated[str, typer.Option(help="What the odometer showed at the start and at the end, such as “10250.3-10271.9”.")]
_Account = Annotated[str, typer.Option(help="The account it led to: number, CRM id or a part of its name.")]


@app.command()
def propose(
    trip: Annotated[int, typer.Argument(min=1, max=999_999_999, help="The number of the trip.")], home: Home = None, as_json: AsJson = False
) -> None:
    """Put the drives of a trip into the log; they are not claimed until they are confirmed."""
    with workspace_at(home) as workspace:
        drives, changes = mileage.propose_drives(workspace, trip)
    message(f"{changes.label}.")
    _print_list(drives, as_json=as_json)


@app.command("list")
def list_(
    since: Annotated[str, typer.Option(help="From this day on.")] = "",
    until: Annotated[str, typer.Option(help="Until this day.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the drives of the log."""
    with workspace_at(home) as workspace:
        drives = mileage.list_drives(workspace, day_in(since) if since else None, day_in(until) if until else None)
    _print_list(drives, as_json=as_json)


@app.command()
def confirm(drives: Numbers, home: Home = None) -> None:
    """Say that drives were driven as the log has them, so that they are claimed."""
    with workspace_at(home) as workspace:
        message(f"{mileage.confirm_drives(workspace, drives).label}.")


@app.command()
def correct(
    drive: Number,
    far: Annotated[str, typer.Option("--miles", help="How many miles it was.")] = "",
    odometer: Odometer = "",
    kind: Annotated[DriveKind | None, typer.Option(help="Whose drive it was.")] = None,
    purpose: Annotated[str, typer.Option(help="What it was for.")] = "",
    note: Annotated[str, typer.Option(help="What to remember.")] = "",
    home: Home = None,
) -> None:
    """Correct a drive of the log."""
    if far and odometer:
        raise UserProblem("The miles follow from the odometer.", remedy="Give one of the two.")
    fields: dict[str, Any] = {}
    fields |= {"kind": kind} if kind else {}
    fields |= {"purpose": purpose} if purpose else {}
    fields |= {"note": note} if note else {}
    metres, read = metres_in(far) if far else None, _odometer(odometer) if odometer else None
    if not fields and metres is None and read is None:
        raise UserProblem("Nothing is to be corrected.", remedy="Give --miles, --odometer, --kind, --purpose or --note.")
    with workspace_at(home) as workspace:
        changed, changes = mileage.correct_drive(workspace, drive, metres=metres, odometer=read, **fields)
    message(f"{changes.label}: {miles(changed.metres)} miles.")


@app.command()
def add(
    start: Annotated[str, typer.Argument(help="Where it began.")],
    destination: Annotated[str, typer.Argument(help="Where it ended.")],
    day: Annotated[str, typer.Option(help="The day, such as 2026-12-01.")],
    far: Annotated[str, typer.Option("--miles", help="How many miles it was.")] = "",
    odometer: Odometer = "",
    kind: Annotated[DriveKind, typer.Option(help="Whose drive it was.")] = DriveKind.BUSINESS,
    purpose: Annotated[str, typer.Option(help="What it was for.")] = "",
    account: _Account = "",
    home: Home = None,
) -> None:
    """Add a drive to the log; confirm it to claim it."""
    if bool(far) == bool(odometer):
        raise UserProblem(
            "How far it was is not said." if not far else "The miles follow from the odometer.", remedy="Give one of the two."
        )
    with workspace_at(home) as workspace:
        drive = Drive(
            id=0,
            day=day_in(day),
            start=start,
            destination=destination,
            metres=metres_in(far) if far else 0,
            source=Source.TYPED,
            kind=kind,
            purpose=purpose,
            account_id=find_account(workspace, account).id if account else None,
            odometer=_odometer(odometer) if odometer else None,
        )
        kept, changes = mileage.add_drive(workspace, drive)
    message(f"{changes.label}, number {kept.id}.")


@app.command()
def delete(drives: Numbers, home: Home = None) -> None:
    """Take drives out of the log; roadbook undo brings them back."""
    with workspace_at(home) as workspace:
        message(f"{mileage.delete_drives(workspace, drives).label}.")


@app.command("year")
def year_(year: Year, home: Home = None, as_json: AsJson = False) -> None:
    """Show the miles and the money of a year by month, and what the odometer says against the log."""
    with workspace_at(home) as workspace:
        told = mileage.mileage_year(workspace, year)
    names = ("business_m", "commute_m", "personal_m", "unconfirmed_m")
    if as_json:
        months = [{"month": each.month, "cents": each.cents} | {name: getattr(each, name) for name in names} for each in told.totals.months]
        print_json({"year": year, "months": months, "problems": told.problems, "notes": told.notes})
        return
    rows = [
        (
            date(year, each.month, 1).strftime("%B") if each.month else str(year),
            *(miles(getattr(each, name)) for name in names),
            dollars(each.cents),
        )
        for each in (*told.totals.months, told.totals.whole)
    ]
    print_table("", ("Month", "Business", "Commute", "Personal", "Not confirmed", "Amount ($)"), rows)
    for text in (*told.notes, *told.problems):
        message(text)


@app.command()
def export(
    year: Year,
    out: Annotated[Path, typer.Argument(help="The file to write, such as mileage-2026.xlsx or .csv.")],
    home: Home = None,
) -> None:
    """Write the log of a year as a workbook or CSV."""
    form = next((each for each in MileageForm if out.suffix.lower() == f".{each.value}"), None)
    if form is None:
        raise UserProblem(f"“{out.name}” is neither a workbook nor a table.", remedy="Give a name that ends in .xlsx or .csv.")
    with workspace_at(home) as workspace:
        message(f"Saved {mileage.export_mileage(workspace, year, out, form)}.")


def miles(metres: int) -> str:
    """Metres as miles with one decimal."""
    return f"{Decimal(metres) / METRES_PER_MILE:,.1f}"


def dollars(cents: int) -> str:
    """Cents as dollars: 1250 is "12.50"."""
    return f"{Decimal(cents) / 100:,.2f}"


def metres_in(text: str) -> int:
    """The metres of so many miles as a user writes them; raises UserProblem for what is not a number."""
    return round(_number(text, "miles") * METRES_PER_MILE)


def cents_in(text: str) -> int:
    """The cents of so many dollars as a user writes them; raises UserProblem for what is not an amount to the cent."""
    cents = _number(text.strip().removeprefix("$"), "dollars") * 100
    if cents != int(cents):
        raise UserProblem(f"“{text}” is not an amount of dollars and cents.", remedy="Write it as 129.50.")
    return int(cents)


def _number(text: str, unit: str) -> Decimal:
    try:
        number = Decimal(text.strip().replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < 10_000_000:
        raise UserProblem(f"“{text}” is not a number of {unit}.", remedy="Write it as 12.5.")
    return number


def _odometer(text: str) -> tuple[int, int]:
    begin, dash, end = text.replace("–", "-").partition("-")
    if not dash:
        raise UserProblem(f"“{text}” is not what an odometer showed.", remedy="Write it as 10250.3-10271.9.")
    return round(_number(begin, "miles") * 10), round(_number(end, "miles") * 10)


def _print_list(drives: list[Drive], *, as_json: bool) -> None:
    if as_json:
        print_json([_data(drive) for drive in drives])
        return
    rows = [
        (
            *(str(drive.id), f"{drive.day:%b} {drive.day.day}", drive.start, drive.destination, drive.purpose, miles(drive.metres)),
            *(drive.kind.value, drive.source.value, "yes" if drive.confirmed else "no"),
        )
        for drive in drives
    ]
    print_table("", ("No.", "Day", "From", "To", "For", "Miles", "Kind", "Source", "Confirmed"), rows)


def _data(drive: Drive) -> dict[str, Any]:
    names = ("id", "start", "destination", "metres", "purpose", "account_id", "confirmed", "odometer", "trip_id", "note")
    words = {"day": drive.day.isoformat(), "source": drive.source.value, "kind": drive.kind.value}
    return words | {name: getattr(drive, name) for name in names}
