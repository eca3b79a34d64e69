"""roadbook undo, redo, history: what was done, and the way back."""

from typing import Annotated

import typer

from planner.cli.console import AsJson, Home, message, print_json, print_table
from planner.model.journal import EntryState
from planner.model.plain_text import one_line
from planner.usecases import undo as steps
from planner.usecases.workspace import workspace_at

_STATES = {EntryState.DONE: "", EntryState.UNDONE: "undone", EntryState.DROPPED: "undone for good"}


def undo(home: Home = None) -> None:
    """Take back the newest thing that was done."""
    with workspace_at(home) as workspace:
        message(f"{steps.undo(workspace).label}.")


def redo(home: Home = None) -> None:
    """Do again what was taken back last."""
    with workspace_at(home) as workspace:
        message(f"{steps.redo(workspace).label}.")


def history(
    most: Annotated[int, typer.Option(min=1, max=1_000_000, help="So many steps at most.")] = 200,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show what was done, by whom and when, the newest first."""
    with workspace_at(home) as workspace:
        entries = steps.list_steps(workspace, most)
    if as_json:
        print_json(
            [
                {"id": each.id, "at": each.at.isoformat(), "who": each.who, "label": each.label, "state": each.state.value}
                | {"details": dict(each.details)}
                for each in entries
            ]
        )
        return
    rows = [(f"{each.at.astimezone():%Y-%m-%d %H:%M}", one_line(each.who), one_line(each.label), _STATES[each.state]) for each in entries]
    print_table("", ("When", "Who", "What", "State"), rows)
