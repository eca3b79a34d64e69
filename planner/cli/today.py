"""roadbook replan, gap: on the road."""

from datetime import date, datetime
from typing import Annotated

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json
from planner.cli.edit import Most, print_fits
from planner.cli.week import plan_data, print_day
from planner.errors import UserProblem
from planner.settings import time_of_day_s
from planner.usecases import today
from planner.usecases.today import Here
from planner.usecases.workspace import workspace_at

Moment = Annotated[str, typer.Option("--now", help="Day and time as 2026-12-01 14:20; now when not given.")]
Place = Annotated[str, typer.Option("--here", help="Where you are: an account, an address, home, office; your last stop when not given.")]


def replan(
    now: Moment = "",
    here: Place = "",
    done: Annotated[list[str] | None, typer.Option("--done", help="A visit behind you; as the plan has it when none is given.")] = None,
    urgent: Annotated[list[str] | None, typer.Option("--urgent", help="An account to be seen today without fail.")] = None,
    cancel: Annotated[list[str] | None, typer.Option("--cancel", help="A visit of today that is off.")] = None,
    only_planned: Annotated[bool, typer.Option("--only-planned", help="Add nobody who was not planned for today.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Plan the rest of today anew from now and here; the rest of the week stays."""
    report, where = Progress(), _here(now, here, done)
    with workspace_at(home) as workspace:
        result, changes = today.replan(workspace, where, report, urgent=urgent or (), cancelled=cancel or (), only_planned=only_planned)
    report.done()
    if as_json:
        print_json(plan_data(result.plan) | {"missed": [{"name": name, "why": why} for name, why in result.missed]})
        return
    day = next(day for day in result.plan.days if day.day == where.day)
    print_day(day)
    for name, text in result.missed:
        message(f"Cannot be kept: {name} ({text}).")
    message(f"{changes.label}.")


def gap(
    minutes: Annotated[int | None, typer.Argument(min=1, help="How many minutes came free; until the next stop when not given.")] = None,
    now: Moment = "",
    here: Place = "",
    done: Annotated[list[str] | None, typer.Option("--done", help="A visit behind you.")] = None,
    most: Most = 10,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Who can be seen in the time that came free, near here or on the way to the next stop."""
    report = Progress()
    with workspace_at(home) as workspace:
        fits = today.gap(workspace, _here(now, here, done), minutes, report, most)
    report.done()
    print_fits(fits, as_json=as_json)


def _here(now: str, place: str, done: list[str] | None) -> Here:
    behind = tuple(done) if done else None
    if not now:
        moment = datetime.now()  # noqa: DTZ005 - her own wall clock
        return Here(moment.date(), moment.hour * 3600 + moment.minute * 60, place, behind)
    day, _, time = now.replace("T", " ").strip().partition(" ")
    try:
        return Here(date.fromisoformat(day), time_of_day_s(time), place, behind)
    except ValueError:
        raise UserProblem(f"“{now}” is not a day and time.", remedy="Write it as 2026-12-01 14:20.") from None
