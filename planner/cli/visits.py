"""roadbook log, visits: what happened at accounts and with reps."""

from datetime import datetime
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, day_in, message, print_json, print_table
from planner.errors import UserProblem
from planner.model.accounts import VisitOutcome
from planner.model.tracking import Sentiment, SupportKind, Visit
from planner.model.week import VisitKind
from planner.model.writing import USUAL_WRITING
from planner.settings import time_of_day_s
from planner.usecases import accounts
from planner.usecases.log_visit import delete_visit, draft_visit, list_visits, log_visit, next_step_done
from planner.usecases.team import find_rep
from planner.usecases.workspace import Workspace, workspace_at
from planner.values import replace

app = typer.Typer(no_args_is_help=True, help="Visits that happened: list, correct, take out.")


def log(
    account: Annotated[str, typer.Argument(help="The account's number, CRM id or a part of its name; - for help at no account.")],
    outcome: Annotated[VisitOutcome, typer.Option(help="How the visit went.")] = VisitOutcome.MET,
    day: Annotated[str, typer.Option(help="The day of the visit, such as 2026-12-01; today when not given.")] = "",
    at: Annotated[str, typer.Option(help="When it began, such as 14:30; as planned, or just over, when not given.")] = "",
    minutes: Annotated[int | None, typer.Option(help="How long it took.")] = None,
    note: Annotated[str, typer.Option(help="What to remember.")] = "",
    kind: Annotated[VisitKind | None, typer.Option(help="What it was for.")] = None,
    help_: Annotated[SupportKind | None, typer.Option("--help-kind", help="How a rep was helped.")] = None,
    rep: Annotated[str, typer.Option(help="The rep who was helped or came along.")] = "",
    met: Annotated[list[str] | None, typer.Option("--met", help="Somebody met; may be given again.")] = None,
    topic: Annotated[list[str] | None, typer.Option("--topic", help="What was coached; may be given again.")] = None,
    felt: Annotated[Sentiment | None, typer.Option(help="How they took it.")] = None,
    stage: Annotated[str, typer.Option(help="The stage the deal is in now.")] = "",
    next_step: Annotated[str, typer.Option("--next", help="What is to be done next.")] = "",
    by: Annotated[str, typer.Option(help="By when, such as 2026-12-08.")] = "",
    home: Home = None,
) -> None:
    """Log a visit that happened."""
    with workspace_at(home) as workspace:
        visit = _drafted(workspace, account, day)
        changes: dict[str, Any] = {"outcome": outcome, "note": note, "sentiment": felt}
        changes |= {"met": tuple(met or ()), "topics": tuple(topic or ())}
        changes |= {"next_step": next_step, "next_day": day_in(by) if by else None, "stage_after": stage}
        if kind:
            changes["kind"] = kind
        if help_:
            changes["support"] = help_
        if rep:
            changes["rep"] = find_rep(workspace, rep).name
        if at:
            changes["start_s"] = _time(at)
        if minutes is not None:
            changes["minutes"] = minutes
        kept, told = log_visit(workspace, replace(visit, **changes))
    when = f" at {USUAL_WRITING.clock(kept.start_s)}" if kept.start_s is not None else ""
    message(f"{told.label}, {kept.day:%b} {kept.day.day}{when}, {kept.outcome.value}.")


@app.command("list")
def list_(
    since: Annotated[str, typer.Option(help="From this day on.")] = "",
    until: Annotated[str, typer.Option(help="Until this day.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the visits that happened."""
    with workspace_at(home) as workspace:
        names = {account.id: account.name for account in accounts.list_accounts(workspace)}
        found = list_visits(workspace, day_in(since) if since else None, day_in(until) if until else None)
    if as_json:
        print_json([_data(visit, names) for visit in found])
        return
    rows = [
        (
            str(visit.id),
            f"{visit.day:%b} {visit.day.day}" + (f" {USUAL_WRITING.clock(visit.start_s)}" if visit.start_s is not None else ""),
            names.get(visit.account_id or 0, "–"),
            visit.support.value if visit.support else visit.kind.value,
            visit.rep,
            visit.outcome.value,
            visit.next_step + (f" by {visit.next_day:%b} {visit.next_day.day}" if visit.next_day else ""),
        )
        for visit in found
    ]
    print_table("", ("No.", "When", "Account", "For", "Rep", "Outcome", "Next step"), rows)


@app.command()
def delete(visit: Annotated[int, typer.Argument(help="The visit's number.")], home: Home = None) -> None:
    """Take a visit out; roadbook undo brings it back."""
    with workspace_at(home) as workspace:
        message(f"{delete_visit(workspace, visit).label}.")


@app.command()
def done(visit: Annotated[int, typer.Argument(help="The number of the visit whose next step was done.")], home: Home = None) -> None:
    """Say that the next step of a visit was done."""
    with workspace_at(home) as workspace:
        message(f"{next_step_done(workspace, visit).label}.")


def _drafted(workspace: Workspace, account: str, day: str) -> Visit:
    now = datetime.now()  # noqa: DTZ005 - her own wall clock
    on = day_in(day) if day else now.date()
    if account == "-":
        return Visit(0, None, on, VisitOutcome.MET, kind=VisitKind.SUPPORT)
    drafted = draft_visit(workspace, accounts.find_account(workspace, account).id, datetime.combine(on, now.time()))
    if day and not drafted.stop_key and on != now.date():
        return replace(drafted, start_s=None, minutes=None)  # nobody knows when it was
    return drafted


def _time(text: str) -> int:
    try:
        return time_of_day_s(text)
    except ValueError:
        raise UserProblem(f"“{text}” is not a time of day.", remedy="Write it as 14:30.") from None


def _data(visit: Visit, names: dict[int, str]) -> dict[str, Any]:
    return {
        "id": visit.id,
        "account_id": visit.account_id,
        "account": names.get(visit.account_id or 0, ""),
        "day": visit.day.isoformat(),
        "start": USUAL_WRITING.clock(visit.start_s) if visit.start_s is not None else None,
        "minutes": visit.minutes,
        "kind": visit.kind.value,
        "help": visit.support.value if visit.support else None,
        "rep": visit.rep,
        "outcome": visit.outcome.value,
        "note": visit.note,
        "met": list(visit.met),
        "topics": list(visit.topics),
        "sentiment": visit.sentiment.value if visit.sentiment else None,
        "stage_before": visit.stage_before,
        "stage_after": visit.stage_after,
        "next_step": visit.next_step,
        "next_day": visit.next_day.isoformat() if visit.next_day else None,
        "next_done": visit.next_done,
    }
