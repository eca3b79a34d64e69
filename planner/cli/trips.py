"""roadbook trips: from a planned week or by hand, how they went, what they cost, and recorded tracks."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, clock, day_in, message, print_json, print_table
from planner.cli.mileage import cents_in, dollars, metres_in, miles
from planner.cli.week import week_of
from planner.model.tracking import Cost, CostKind, Purpose, Trip, TripState, TripStop
from planner.usecases import trip_costs, trips
from planner.usecases.accounts import find_account
from planner.usecases.tracks import TrackRead, keep_track, read_track
from planner.usecases.workspace import workspace_at
from planner.values import replace

app = typer.Typer(no_args_is_help=True, help="Trips: make them from a planned week, begin and finish them, their costs, recorded tracks.")
cost = typer.Typer(no_args_is_help=True, help="Money spent on trips: add, change, take out.")
app.add_typer(cost, name="cost")

Number = Annotated[int, typer.Argument(min=1, max=999_999_999, help="The number of the trip, as the list has it.")]
CostNumber = Annotated[int, typer.Argument(min=1, max=999_999_999, help="The number of the cost.")]
Receipt = Annotated[Path | None, typer.Option(help="The file of its receipt; a copy of it is kept.")]


@app.command()
def make(week: Annotated[str, typer.Argument(help="A planned week such as 2026-W49.")], home: Home = None, as_json: AsJson = False) -> None:
    """Make the trips of a planned week, or bring them up to date with its plan; what was logged stays."""
    with workspace_at(home) as workspace:
        made, changes = trips.make_trips(workspace, week_of(week))
    message(f"{changes.label}.")
    _print_list(made, as_json=as_json)


@app.command("list")
def list_(
    since: Annotated[str, typer.Option(help="From this day on.")] = "",
    until: Annotated[str, typer.Option(help="Until this day.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the trips."""
    with workspace_at(home) as workspace:
        found = trips.list_trips(workspace, day_in(since) if since else None, day_in(until) if until else None)
    _print_list(found, as_json=as_json)


@app.command()
def show(trip: Number, home: Home = None, as_json: AsJson = False) -> None:
    """Show a trip: its stops as planned and as they were, its costs and sums."""
    with workspace_at(home) as workspace:
        found, state, hint = trips.trip_now(workspace, trip, datetime.now())  # noqa: DTZ005 - her own wall clock
        sums, costs = trips.trip_sums(workspace, trip), trip_costs.list_costs(workspace, trip)
    if as_json:
        data = _trip_data(found) | {"state": state.value, "hint": hint, "costs": [_cost_data(each) for each in costs]}
        data |= {"planned_m": sums.planned_m, "driven_m": sums.driven_m, "cost_cents": sums.cost_cents}
        print_json(data | {"mileage_cents": sums.mileage_cents, "planned_mileage_cents": sums.planned_mileage_cents})
        return
    rows = [
        (
            *(f"{stop.day:%a} {stop.day.day}", stop.name, _span(stop.arrive_s, stop.leave_s), _span(stop.came_s, stop.went_s)),
            *(_miles(stop.metres), _miles(stop.drove_m)),
        )
        for stop in found.stops
    ]
    start = f"{found.name}, {state.value}, from {found.start}" + (f" at {_clock(found.leave_s)}" if found.leave_s is not None else "")
    print_table(start, ("Day", "Stop", "Planned", "As it was", "Miles planned", "Miles driven"), rows)
    if costs:
        costs_told = [
            (str(each.id), f"{each.day:%b} {each.day.day}", each.kind.value, dollars(each.cents), each.note, each.receipt) for each in costs
        ]
        print_table("", ("No.", "Day", "Cost", "Amount ($)", "Note", "Receipt"), costs_told)
    driven = "" if sums.driven_m is None else f", {miles(sums.driven_m)} driven"
    worth = sums.planned_mileage_cents if sums.mileage_cents is None else sums.mileage_cents
    message(f"{miles(sums.planned_m)} miles planned{driven}, worth ${dollars(worth)}; ${dollars(sums.cost_cents)} spent.")
    if hint:
        message(hint)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="What to call it.")],
    first: Annotated[str, typer.Option("--day", help="Its first day, such as 2026-12-01.")],
    last: Annotated[str, typer.Option(help="Its last day, when it is another one.")] = "",
    start: Annotated[str, typer.Option(help="Where it begins.")] = "Home",
    stop: Annotated[list[str] | None, typer.Option(help="An account it goes to, in order; with its miles as “Giant=12.5”.")] = None,
    back: Annotated[str, typer.Option(help="The miles back.")] = "",
    purpose: Annotated[Purpose, typer.Option(help="What it is for.")] = Purpose.OTHER,
    note: Annotated[str, typer.Option(help="What to remember.")] = "",
    home: Home = None,
) -> None:
    """Add a trip by hand; all its stops are on its first day."""
    day = day_in(first)
    until = day_in(last) if last else day
    with workspace_at(home) as workspace:
        stops: list[TripStop] = []
        for text in stop or ():
            which, _equals, far = text.rpartition("=") if "=" in text else (text, "", "")
            account = find_account(workspace, which)
            stops.append(TripStop(len(stops), day, account.name, account.place, account.id, metres=metres_in(far) if far else None))
        stops.append(TripStop(len(stops), until, start, metres=metres_in(back) if back else None))
        nights = (until - day).days
        trip = Trip(0, name, day, until, TripState.PLANNED, purpose, start, None, nights, note=note, stops=tuple(stops))
        kept, changes = trips.add_trip(workspace, trip)
    message(f"{changes.label}, number {kept.id}.")


@app.command()
def cancel(trip: Number, home: Home = None) -> None:
    """Say that a trip does not take place."""
    with workspace_at(home) as workspace:
        message(f"{trips.cancel_trip(workspace, trip)[1].label}.")


@app.command()
def begin(trip: Number, home: Home = None) -> None:
    """Say that a trip has begun."""
    with workspace_at(home) as workspace:
        message(f"{trips.begin_trip(workspace, trip)[1].label}.")


@app.command()
def finish(trip: Number, home: Home = None) -> None:
    """Say that a trip is done, as its logged visits have it."""
    with workspace_at(home) as workspace:
        message(f"{trips.finish_trip(workspace, trip)[1].label}.")


@app.command()
def delete(trip: Number, home: Home = None) -> None:
    """Take a trip out; roadbook undo brings it back."""
    with workspace_at(home) as workspace:
        message(f"{trips.delete_trip(workspace, trip).label}.")


@cost.command("add")
def cost_add(
    trip: Number,
    kind: Annotated[CostKind, typer.Argument(help="What the money was spent on.")],
    amount: Annotated[str, typer.Argument(help="Dollars, such as 129.50.")],
    day: Annotated[str, typer.Option(help="The day; the trip's first when not given.")] = "",
    note: Annotated[str, typer.Option(help="What to remember.")] = "",
    receipt: Receipt = None,
    home: Home = None,
) -> None:
    """Add what was spent on a trip."""
    with workspace_at(home) as workspace:
        on: date = day_in(day) if day else trips.get_trip(workspace, trip).first
        kept, changes = trip_costs.add_cost(workspace, Cost(0, trip, on, kind, cents_in(amount), note), receipt)
    message(f"{changes.label}, number {kept.id}.")


@cost.command("change")
def cost_change(
    trip: Number,
    number: CostNumber,
    kind: Annotated[CostKind | None, typer.Option(help="What the money was spent on.")] = None,
    amount: Annotated[str, typer.Option(help="Dollars, such as 129.50.")] = "",
    day: Annotated[str, typer.Option(help="The day.")] = "",
    note: Annotated[str | None, typer.Option(help="What to remember.")] = None,
    receipt: Receipt = None,
    home: Home = None,
) -> None:
    """Change what was spent on a trip."""
    with workspace_at(home) as workspace:
        known = trip_costs.get_cost(workspace, trip, number)
        changed = replace(
            known,
            kind=kind or known.kind,
            cents=cents_in(amount) if amount else known.cents,
            day=day_in(day) if day else known.day,
            note=known.note if note is None else note,
        )
        message(f"{trip_costs.edit_cost(workspace, changed, receipt)[1].label}.")


@cost.command("delete")
def cost_delete(number: CostNumber, home: Home = None) -> None:
    """Take out what was spent; roadbook undo brings it back."""
    with workspace_at(home) as workspace:
        message(f"{trip_costs.delete_cost(workspace, number).label}.")


@app.command()
def track(
    file: Annotated[Path, typer.Argument(help="A GPX file with a recorded track.")],
    keep: Annotated[bool, typer.Option("--keep", help="Keep it: in the planned trip of its day, else as a trip of its own.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Read a recorded track: where it stayed, how far it went, and the visits that probably were."""
    report = Progress()
    with workspace_at(home) as workspace:
        read = read_track(workspace, file, report)
        report.done()
        kept = keep_track(workspace, read) if keep else None
    for problem in read.problems:
        message(problem)
    if as_json:
        print_json(_track_data(read))
    else:
        rows = [
            (f"{stop.came:%b} {stop.came.day} {stop.came:%H:%M}", f"{stop.went:%H:%M}" if stop.went else "", stop.name, miles(stop.metres))
            for day in read.days
            for stop in day.stops
        ]
        print_table(f"{read.name}: {miles(read.metres)} miles", ("Came", "Went", "Place", "Miles"), rows)
    if kept:
        visits = len(kept[0].drafts)
        message(f"{kept[1].label}. {visits} {'visit is' if visits == 1 else 'visits are'} to be confirmed: roadbook log.")


def _print_list(found: list[Trip], *, as_json: bool) -> None:
    if as_json:
        print_json([_trip_data(trip) for trip in found])
        return
    rows = [
        (
            str(trip.id),
            f"{trip.first:%b} {trip.first.day}" + (f" – {trip.last:%b} {trip.last.day}" if trip.last > trip.first else ""),
            trip.name,
            trip.purpose.value,
            trip.state.value,
            _miles(trip.planned_m),
            _miles(trip.driven_m),
        )
        for trip in found
    ]
    print_table("", ("No.", "When", "Trip", "For", "State", "Miles planned", "Miles driven"), rows)


def _clock(seconds: int | None) -> str:
    return "" if seconds is None else clock(seconds % 86_400)


def _span(begin_s: int | None, end_s: int | None) -> str:
    return f"{_clock(begin_s)}–{_clock(end_s)}" if begin_s is not None or end_s is not None else ""


def _miles(metres: int | None) -> str:
    return miles(metres) if metres else ""


def _trip_data(trip: Trip) -> dict[str, Any]:
    return {
        "id": trip.id,
        "name": trip.name,
        "first": trip.first.isoformat(),
        "last": trip.last.isoformat(),
        "state": trip.state.value,
        "purpose": trip.purpose.value,
        "start": trip.start,
        "leave_s": trip.leave_s,
        "nights": trip.nights,
        "week": trip.week,
        "source": trip.source.value,
        "note": trip.note,
        "stops": [_stop_data(stop) for stop in trip.stops],
    }


def _stop_data(stop: TripStop) -> dict[str, Any]:
    names = ("name", "account_id", "arrive_s", "leave_s", "metres", "came_s", "went_s", "drove_m")
    kind = stop.kind.value if stop.kind else None
    return {"day": stop.day.isoformat(), "kind": kind} | {name: getattr(stop, name) for name in names}


def _cost_data(each: Cost) -> dict[str, Any]:
    return {"id": each.id, "day": each.day.isoformat(), "kind": each.kind.value, "cents": each.cents, "note": each.note} | {
        "receipt": each.receipt
    }


def _track_data(read: TrackRead) -> dict[str, Any]:
    return {
        "name": read.name,
        "metres": read.metres,
        "points": read.points,
        "problems": list(read.problems),
        "stays": [
            {"name": stay.name, "account_id": stay.account_id, "begin": stay.dwell.begin.isoformat(), "end": stay.dwell.end.isoformat()}
            for stay in read.stays
        ],
        "pieces": [
            {"start": piece.start.name, "destination": piece.destination.name, "metres": piece.metres, "how": piece.how}
            | {"bridged_m": piece.bridged_m}
            for piece in read.pieces
        ],
    }
