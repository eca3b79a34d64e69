"""roadbook demo: the main job on the sample territory, from nothing to files."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.console import Progress, message
from planner.cli.week import print_plan, totals
from planner.errors import UserProblem
from planner.model.calendar import this_week
from planner.model.week import WeekPlan
from planner.usecases.accounts import list_accounts
from planner.usecases.drive_times import fill_drive_times
from planner.usecases.export_week import export_week
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.sample import add_sample
from planner.usecases.workspace import Workspace, open_workspace

WINDOW_SECONDS = 120


def demo(
    out: Annotated[Path, typer.Option("--out", help="The folder to write to; new or empty.")] = Path("roadbook-demo"),
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="How long to search.")] = 5.0,
) -> None:
    """Do the main job on the sample territory: roads, accounts, a planned week, a picture of the window, files to take along."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserProblem(f"{out} is there already and not empty.", remedy="Give a new folder with --out.")
    out.mkdir(parents=True, exist_ok=True)
    with open_workspace(out / "data") as workspace:
        summary = _main_job(workspace, out, seconds)
    summary += f"The window: {_window_picture(out)}\n"
    (out / "summary.txt").write_text(summary, encoding="utf-8")
    message(summary)


def _main_job(workspace: Workspace, out: Path, seconds: float) -> str:
    report = Progress()
    began = time.monotonic()

    def step(what: str) -> str:
        nonlocal began
        took, began = time.monotonic() - began, time.monotonic()
        report.done()
        return f"{what} ({took:.1f} s)\n"

    today = date.today()  # noqa: DTZ011 - her own calendar day
    add_sample(workspace, report, today)
    accounts = list_accounts(workspace)
    placed = sum(account.place is not None for account in accounts)
    text = "Roadbook on its sample territory, a fictional county.\n\n"
    text += step(f"Roads, addresses and basemap built; {len(accounts)} accounts imported, {placed} of them placed on the map")
    fill_drive_times(workspace, report)
    text += step(f"Drive times between all {placed} of them computed and kept")
    week = this_week(today)
    plan = plan_week(workspace, week, PlanOptions(seconds), report).plan
    text += step(f"Week {week} planned: {totals(plan)}")
    route_map = export_week(workspace, week, "html", out / f"{week}-route-map.html", report)
    calendar = export_week(workspace, week, "ics", out / f"{week}-calendar.ics", report)
    text += step(
        f"Taken along: {route_map.name} ({route_map.stat().st_size / 1e6:.1f} MB, opens in any browser), {calendar.name} (for Outlook)"
    )
    print_plan(plan)
    return text + _left_out(plan)


def _left_out(plan: WeekPlan) -> str:
    best = sorted((left for left in plan.left_out if left.value > 0), key=lambda left: -left.value)[:3]
    lines = "".join(f"  {left.title} ({left.value:.0f}): {left.text}\n" for left in best)
    return f"Left out, {len(plan.left_out)} in all; the most valuable of them:\n{lines}" if best else ""


def _window_picture(out: Path) -> str:
    """Have the window draw itself without a screen; what it cannot draw is said, and the rest of the demo stands."""
    picture = out / "window.png"
    window = [str(Path(sys.executable).with_stem("roadbook-desktop"))] if getattr(sys, "frozen", False) else [sys.executable, "-m", "ui"]
    command = [*window, "--home", str(out / "data"), "--size", "1440x900", "--screenshot", str(picture)]
    surroundings = dict(os.environ, QT_QPA_PLATFORM="offscreen")
    try:
        drawn = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=WINDOW_SECONDS, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired:
        return "not drawn within two minutes"
    if drawn.returncode != 0 or not picture.exists():
        return "not drawn: " + (drawn.stderr.strip().splitlines() or ["no reason given"])[-1]
    return f"{picture.name}; open it with: roadbook-desktop --home {out / 'data'}"
