"""roadbook accounts: bring accounts in, list them, find an address."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json, print_table
from planner.cli.wish import wish
from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.imports import RecordKind
from planner.usecases import accounts
from planner.usecases.drive_times import fill_drive_times
from planner.usecases.import_accounts import ImportOutcome
from planner.usecases.import_accounts import import_accounts as bring_in
from planner.usecases.map_columns import KINDS, map_columns, table_to_keep
from planner.usecases.packs import active_pack
from planner.usecases.presets import read_by_preset, save_preset
from planner.usecases.workspace import workspace_at

app = typer.Typer(no_args_is_help=True, help="Accounts: import, list, locate, wishes.")
app.command("wish")(wish)

KIND_WORDS = {
    RecordKind.ACCOUNTS: "Accounts",
    RecordKind.CONTACTS: "Contacts",
    RecordKind.OPPORTUNITIES: "Opportunities",
    RecordKind.SERVICES: "Services",
    RecordKind.ACTIVITIES: "Activities",
    RecordKind.REPS: "Reps",
    RecordKind.CALENDAR: "Appointments",
}


@app.command("import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="Accounts, opportunities, reps (CSV) and calendars (.ics), in any order.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
    drive_times: Annotated[bool, typer.Option(help="Compute the drive times between all accounts afterwards.")] = False,
    preset: Annotated[str, typer.Option("--preset", metavar="NAME", help="Read the tables as this preset says.")] = "",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help="What a column holds, such as “Firm=name”; custom or nothing. May be repeated."),
    ] = None,
    kind: Annotated[str, typer.Option("--as", metavar="KIND", help=f"What the rows are, with --map: {', '.join(KINDS)}.")] = "",
    save_as: Annotated[str, typer.Option("--save-preset", metavar="NAME", help="Keep what --map says under this name.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Import accounts with their pipeline, team and calendar, in one go."""
    report, named = Progress(), _columns(columns or (), kind, save_as)
    with workspace_at(home) as workspace:
        chosen = read_by_preset(workspace, preset, files, report) if preset else None
        if named:
            chosen = map_columns(workspace, files, named, report, chosen, kind)
        table = table_to_keep(workspace, files, chosen, named, report) if chosen and save_as else None
        outcome = bring_in(workspace, files, report, chosen, dry_run=dry_run)
        report.done()
        mapping = chosen[table.key] if chosen and table else None
        if table and mapping and not dry_run:
            message(f"{save_preset(workspace, save_as, table, mapping).label}.")
        if as_json:
            print_json(_outcome_data(outcome))
        else:
            _tell(outcome, dry_run)
            if active_pack(workspace) is None:
                message("No road pack yet: addresses are placed by their ZIP alone until you get one (roadbook roads download NAME).")
        if drive_times and not dry_run:
            fill_drive_times(workspace, report)
            report.done()


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """List the accounts and where they are."""
    with workspace_at(home) as workspace:
        listed = accounts.list_accounts(workspace)
    if as_json:
        print_json([_account_data(account) for account in listed])
        return
    rows = [
        (
            str(account.id),
            account.name,
            account.kind.value,
            account.tier.value,
            account.owner,
            account.address.one_line,
            _place_text(account),
        )
        for account in listed
    ]
    print_table("", ("No.", "Account", "Kind", "Tier", "Owner", "Address", "Placed"), rows)
    message(f"{len(listed):,} accounts, {sum(account.place is None for account in listed):,} without a place.")


@app.command()
def locate(address: Annotated[str, typer.Argument(help="An address in one line.")], home: Home = None, as_json: AsJson = False) -> None:
    """Find an address in the road pack."""
    with workspace_at(home) as workspace:
        match = accounts.locate_address(workspace, address)
    if as_json:
        print_json(
            {
                "lat": match.point.lat if match.point else None,
                "lon": match.point.lon if match.point else None,
                "quality": match.quality.value,
                "score": round(match.score, 3),
                "text": match.text,
                "note": match.note,
                "doubtful": match.doubtful,
            }
        )
    elif match.point is None:
        message(f"Not found: {address}. {match.note}")
    else:
        doubt = ", doubtful" if match.doubtful else ""
        message(f"{match.text}: {match.point.lat:.6f}, {match.point.lon:.6f} ({match.quality.value}{doubt}). {match.note}")


def _columns(texts: Sequence[str], kind: str, save_as: str) -> dict[str, str]:
    """The field of each column, from texts such as “Firm=name”."""
    found = {}
    for text in texts:
        column, _sign, field = text.rpartition("=")  # a heading may have one too
        if not column.strip() or not field.strip():
            raise UserProblem(f"“{text}” does not say what a column holds.", remedy="Write it as Firm=name.")
        found[column.strip()] = field.strip()
    if (kind or save_as) and not found:
        raise UserProblem("No column is named.", f"{'--as' if kind else '--save-preset'} goes with --map.", "Name columns with --map too.")
    return found


def _place_text(account: Account) -> str:
    if account.place is None:
        return "not placed"
    return account.match_quality.value + (" (doubtful)" if account.match_doubtful else "")


def _account_data(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "crm_id": account.crm_id,
        "name": account.name,
        "kind": account.kind.value,
        "tier": account.tier.value,
        "owner": account.owner,
        "address": account.address.one_line,
        "lat": account.place.lat if account.place else None,
        "lon": account.place.lon if account.place else None,
        "match_quality": account.match_quality.value,
        "match_source": account.match_source,
        "match_score": round(account.match_score, 3),
        "match_note": account.match_note,
        "match_doubtful": account.match_doubtful,
        "duplicate_of": account.duplicate_of,
    }


def _outcome_data(outcome: ImportOutcome) -> dict[str, Any]:
    return {
        "added": outcome.of(RecordKind.ACCOUNTS).added,
        "changed": outcome.of(RecordKind.ACCOUNTS).changed,
        "unchanged": outcome.of(RecordKind.ACCOUNTS).unchanged,
        "records": {
            kind.name.lower(): {"added": c.added, "changed": c.changed, "unchanged": c.unchanged, "removed": c.removed}
            for kind, c in outcome.counts.items()
        },
        "placed": outcome.placed,
        "unplaced": [{"crm_id": account.crm_id, "name": account.name, "note": account.match_note} for account in outcome.unplaced],
        "duplicates": [{"first": first, "second": second, "why": why} for first, second, why in outcome.duplicates],
        "problems": [{"file": problem.file, "row": problem.row, "text": problem.text} for problem in outcome.problems],
        "notes": list(outcome.notes),
        "office": outcome.office,
    }


def _tell(outcome: ImportOutcome, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    for kind, counts in outcome.counts.items():
        removed = f", removed {counts.removed:,}" if counts.removed else ""
        message(f"{KIND_WORDS[kind]} {would}added {counts.added:,}, changed {counts.changed:,}, unchanged {counts.unchanged:,}{removed}.")
    if outcome.placed:
        message("Placed: " + ", ".join(f"{count:,} {quality}" for quality, count in Counter(outcome.placed).most_common()) + ".")
    if outcome.unplaced:
        some = "; ".join(account.name for account in outcome.unplaced[:5])
        message(f"Not placed, but in the list: {len(outcome.unplaced):,} ({some}{' …' if len(outcome.unplaced) > 5 else ''}).")
    if outcome.duplicates:
        message(f"Possible duplicates, marked and not merged: {len(outcome.duplicates):,}.")
    if outcome.office:
        message(f"Office taken from the calendar: {outcome.office}.")
    for note in outcome.notes:
        message(note)
    for problem in outcome.problems[:20]:
        where = f"{problem.file}, line {problem.row}" if problem.row else problem.file
        message(f"{where}: {problem.text}")
    if len(outcome.problems) > 20:
        message(f"… and {len(outcome.problems) - 20:,} more; --json lists them all.")
