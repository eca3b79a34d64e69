"""roadbook places: look at the places that are not sure, and settle them."""

from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json, print_table
from planner.errors import UserProblem
from planner.model.places import LatLon, Match
from planner.progress import silent
from planner.usecases import ask_online as asking
from planner.usecases import places
from planner.usecases.accounts import find_account
from planner.usecases.workspace import workspace_at

app = typer.Typer(no_args_is_help=True, help="Places to check: list them, choose, put a pin, look addresses up online.")
AccountName = Annotated[str, typer.Argument(metavar="ACCOUNT", help="Its number, CRM id or a part of its name.")]


@app.command()
def check(home: Home = None, as_json: AsJson = False) -> None:
    """List the accounts whose places a person should look at, the worst first."""
    with workspace_at(home) as workspace:
        found = places.places_to_check(workspace)
    if as_json:
        print_json(
            [
                {
                    "id": each.account.id,
                    "name": each.account.name,
                    "address": each.account.address.one_line,
                    "problem": each.problem.name.lower(),
                    "why": each.why,
                    **_point_data(each.account.place),
                }
                for each in found
            ]
        )
        return
    rows = [(str(each.account.id), each.account.name, each.account.address.one_line, each.problem.value, each.why) for each in found]
    if rows:
        print_table("", ("No.", "Account", "Address", "Problem", "Why"), rows)
    message(f"{len(rows):,} places to check." if rows else "All places are good.")


@app.command()
def candidates(account: AccountName, home: Home = None, as_json: AsJson = False) -> None:
    """List the places an account may be, best first."""
    with workspace_at(home) as workspace:
        named = find_account(workspace, account)
        found = places.place_candidates(workspace, named.id, silent)
    if as_json:
        print_json([_candidate_data(number, match) for number, match in enumerate(found, start=1)])
        return
    rows = [(str(number), match.text, match.quality.value, f"{match.score:.2f}", match.note) for number, match in enumerate(found, start=1)]
    if rows:
        print_table(f"{named.name}, {named.address.one_line}", ("No.", "Place", "Kind", "Score", "Why"), rows)
    else:
        message(f"Nothing is known that {named.name} may be. Put a pin: roadbook places pin {named.id} LAT LON.")


@app.command()
def choose(
    account: AccountName,
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="Its number in roadbook places candidates.")],
    home: Home = None,
) -> None:
    """Put an account where one of its candidates is."""
    with workspace_at(home) as workspace:
        named = find_account(workspace, account)
        found = places.place_candidates(workspace, named.id, silent)
        if not 1 <= number <= len(found):
            raise UserProblem(f"{named.name} has no candidate {number}.", remedy=f"See roadbook places candidates {named.id}.")
        places.choose_place(workspace, named.id, found[number - 1])
    message(f"{named.name} is at {found[number - 1].text}.")


@app.command(context_settings={"ignore_unknown_options": True})  # a longitude of the US begins as an option does
def pin(
    account: AccountName,
    lat: Annotated[float, typer.Argument(metavar="LAT", help="Degrees north, such as 40.79.")],
    lon: Annotated[float, typer.Argument(metavar="LON", help="Degrees east, such as -77.86.")],
    home: Home = None,
) -> None:
    """Put an account where you say it is; no later import moves it while its address stays."""
    try:
        point = LatLon(lat, lon)
    except ValueError:
        raise UserProblem(f"{lat}, {lon} is not a place on earth.", remedy="Give degrees north and east, such as 40.79 -77.86.") from None
    with workspace_at(home) as workspace:
        named = find_account(workspace, account)
        places.put_pin(workspace, named.id, point)
    message(f"{named.name} is at {lat:.6f}, {lon:.6f}.")


@app.command()
def right(
    accounts: Annotated[list[str], typer.Argument(metavar="ACCOUNT...", help="Accounts that are placed right.")], home: Home = None
) -> None:
    """Say that accounts are where the map has them."""
    with workspace_at(home) as workspace:
        changes = places.mark_right(workspace, [find_account(workspace, text).id for text in accounts])
    message(f"{changes.label}.")


@app.command()
def online(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before anything is sent.")] = False,
    most: Annotated[int | None, typer.Option(min=1, help="So many addresses at most.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Ask a Nominatim server for the addresses that are not placed well; stop it at any time, the next run goes on."""
    report = Progress()
    with workspace_at(home) as workspace:
        queue = asking.online_queue(workspace)
        if queue.allowed and queue.addresses:
            count = min(queue.addresses, most or queue.addresses)
            span = _span(queue.seconds * count / queue.addresses)
            message(f"{_addresses(count)} would be sent to {queue.server}, one a second: at least {span}.")
            message("Where an address has no street, the name of the business is sent with it; nothing else is.")
            if not yes and not typer.confirm("Go on?", err=True):
                message("Nothing was sent.")
                return
        outcome = asking.ask_online(workspace, report, most=most)
    report.done()
    if as_json:
        print_json({"asked": outcome.asked, "found": outcome.found, "left": outcome.left, "problem": str(outcome.problem or "")})
    else:
        message(f"{_addresses(outcome.asked)} asked for, {outcome.found:,} found, {outcome.left:,} left.")
        if outcome.changes.accounts:
            message(f"{outcome.changes.label}.")
    if outcome.problem is not None:
        raise outcome.problem


def _addresses(count: int) -> str:
    return f"{count:,} address{'es' if count != 1 else ''}"


def _span(seconds: float) -> str:
    return f"{seconds:.0f} seconds" if seconds < 120 else f"{seconds / 60:.0f} minutes"


def _point_data(point: LatLon | None) -> dict[str, Any]:
    return {"lat": point.lat if point else None, "lon": point.lon if point else None}


def _candidate_data(number: int, match: Match) -> dict[str, Any]:
    return {
        "number": number,
        "text": match.text,
        "quality": match.quality.value,
        "source": match.source,
        "score": round(match.score, 3),
        "note": match.note,
        **_point_data(match.point),
    }
