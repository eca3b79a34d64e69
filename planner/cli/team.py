"""roadbook team: reps, their working hours and calendars."""

from pathlib import Path
from typing import Annotated

import typer

from planner.cli.console import AsJson, Home, message, print_json, print_table
from planner.usecases.team import USUAL_HOURS, import_rep_calendar, list_reps, set_rep_hours
from planner.usecases.workspace import workspace_at

app = typer.Typer(no_args_is_help=True, help="The team: reps, their working hours and calendars.")
Name = Annotated[str, typer.Argument(help="The rep's name.")]


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """List the reps."""
    with workspace_at(home) as workspace:
        reps = list_reps(workspace)
    if as_json:
        print_json([{"name": rep.name, "role": rep.role, "quota_cents": rep.quota_cents, "hours": rep.hours} for rep in reps])
    else:
        rows = [(rep.name, rep.role, f"{rep.quota_cents / 100:,.0f}", rep.hours or f"{USUAL_HOURS} (usual)") for rep in reps]
        print_table("", ("Rep", "Role", "Quota", "Hours"), rows)


@app.command()
def hours(
    name: Name, hours: Annotated[str, typer.Argument(help="Such as “Mo-Fr 08:00-17:00”; empty for the usual ones.")], home: Home = None
) -> None:
    """Say when a rep works: visits together are planned only then."""
    with workspace_at(home) as workspace:
        message(set_rep_hours(workspace, name, hours).label + ".")


@app.command()
def calendar(name: Name, file: Annotated[Path, typer.Argument(help="The rep's calendar (.ics).")], home: Home = None) -> None:
    """Read a rep's calendar: visits together are planned around it."""
    with workspace_at(home) as workspace:
        count, problems, changes = import_rep_calendar(workspace, name, file)
    message(f"{changes.label}: {count:,} appointment{'s' if count != 1 else ''}.")
    for problem in problems[:20]:
        message(f"{problem.file}: {problem.text}")
