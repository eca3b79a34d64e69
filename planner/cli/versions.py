"""roadbook versions: the plans of a week that were kept; name them, compare them, go back."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, clock, message, print_json, print_table
from planner.cli.week import WeekOption, totals, week_of
from planner.model.versions import Moved, PlanDiff, PlanVersion, Single, Slot
from planner.usecases.plan_versions import compare_versions, go_back, list_versions, name_version
from planner.usecases.workspace import workspace_at

MOST = 999_999_999
"""More versions than anyone keeps, and a number that every database can hold."""
Version = Annotated[int, typer.Argument(min=1, max=MOST, help="The number of a version, as the list has it.")]

app = typer.Typer(no_args_is_help=True, help="The plans of a week that were kept: list, name, compare, go back.")


@app.command("list")
def list_(week: WeekOption = "", home: Home = None, as_json: AsJson = False) -> None:
    """List the versions of a week's plan, the newest first."""
    chosen = week_of(week)
    with workspace_at(home) as workspace:
        versions = list_versions(workspace, chosen)
    if as_json:
        print_json([_version_data(version) for version in versions])
    elif versions:
        print_table(f"Week {chosen}", ("Version", "Kept", "Value", "Name", "How it came about"), [_row(version) for version in versions])
    else:
        message(f"Week {chosen} is not planned yet.")


@app.command("name")
def name_(
    version: Version,
    name: Annotated[str, typer.Argument(help="What to call it; “” takes its name off.")],
    home: Home = None,
) -> None:
    """Name a version, so that it is never let go of."""
    with workspace_at(home) as workspace:
        message(name_version(workspace, version, name).label + ".")


@app.command("compare")
def compare(
    before: Annotated[int | None, typer.Argument(min=1, max=MOST, help="The earlier version; the last but one when not given.")] = None,
    after: Annotated[int | None, typer.Argument(min=1, max=MOST, help="The later version; the newest when not given.")] = None,
    week: WeekOption = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Tell what moved from one version to another, and what it gained."""
    with workspace_at(home) as workspace:
        diff = compare_versions(workspace, week_of(week), before, after)
    if as_json:
        print_json(_diff_data(diff))
    else:
        print_table("", (diff.summary,), [(line,) for line in diff.lines])


@app.command("back")
def back(version: Version, week: WeekOption = "", home: Home = None) -> None:
    """Go back to an older version: a copy of it becomes the newest, and nothing is lost."""
    with workspace_at(home) as workspace:
        plan, changes = go_back(workspace, week_of(week), version)
    message(f"{changes.label}. {totals(plan)}")


def _row(version: PlanVersion) -> tuple[str, ...]:
    kept = version.made_at.astimezone()
    return f"{version.id}", f"{kept:%a %b} {kept.day} {kept:%H:%M}", f"{version.value:,.0f}", version.name, version.label


def _version_data(version: PlanVersion) -> dict[str, Any]:
    return {
        "id": version.id,
        "week": str(version.week),
        "made_at": version.made_at.isoformat(),
        "value": round(version.value, 2),
        "name": version.name,
        "label": version.label,
    }


def _diff_data(diff: PlanDiff) -> dict[str, Any]:
    return {
        "summary": diff.summary,
        "lines": diff.lines,
        "added": _singles(diff.added),
        "removed": _singles(diff.removed),
        "other_day": _moves(diff.other_day),
        "other_time": _moves(diff.other_time),
        "reordered": [{"day": one.day.isoformat(), "before": one.before, "after": one.after} for one in diff.reordered],
        "value": round(diff.value, 2),
        "visits": diff.visits,
        "drive": {"seconds": diff.drive_s, "metres": diff.drive_m},
        "nights": diff.nights,
    }


def _singles(singles: Iterable[Single]) -> list[dict[str, Any]]:
    return [{"key": one.key, "name": one.title, "kind": one.kind.value} | _slot(one.slot) | {"why": one.why} for one in singles]


def _moves(moves: Iterable[Moved]) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "name": one.title, "kind": one.kind.value, "before": _slot(one.before), "after": _slot(one.after)} for one in moves
    ]


def _slot(slot: Slot) -> dict[str, Any]:
    return {"day": slot.day.isoformat(), "start": clock(slot.start_s), "start_s": slot.start_s}
