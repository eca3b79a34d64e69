"""roadbook settings: see and change them."""

from typing import Annotated

import typer

from planner.cli.console import AsJson, Home, message, print_json, print_table
from planner.settings import SETTINGS, setting
from planner.usecases.settings import get_settings, set_setting
from planner.usecases.workspace import workspace_at

app = typer.Typer(no_args_is_help=True, help="Settings: home, office, working day, weights.")


@app.command("list")
def list_(home: Home = None, as_json: AsJson = False) -> None:
    """List every setting with its value and what it is for."""
    with workspace_at(home) as workspace:
        settings = get_settings(workspace)
    if as_json:
        print_json({declared.key: settings.text(declared.key) for declared in SETTINGS})
    else:
        print_table("", ("Key", "Value", "What"), [(s.key, settings.text(s.key), f"{s.label}. {s.help}") for s in SETTINGS])


@app.command("set")
def set_(
    key: Annotated[str, typer.Argument(help="The setting's key.")],
    value: Annotated[str, typer.Argument(help="Its new value.")],
    home: Home = None,
) -> None:
    """Change a setting."""
    with workspace_at(home) as workspace:
        set_setting(workspace, key, value)
        message(f"{setting(key).label}: {get_settings(workspace).text(key) or 'empty'}")
