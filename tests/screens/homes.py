"""What the pictures show: the sample county and State College, each with a week planned and its Monday behind."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from clock import stop_clocks

from planner.model.accounts import VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.tracking import Cost, CostKind, Sentiment
from planner.progress import silent
from planner.usecases.workspace import Workspace, open_workspace
from planner.values import replace

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
WEEK = IsoWeek(2026, 49)
MONDAY = datetime(2026, 11, 30, 6, 45)  # noqa: DTZ001 - a wall clock
EVENING = MONDAY.replace(hour=19, minute=5)
NOW = datetime(2026, 12, 1, 10, 20)  # noqa: DTZ001 - a wall clock
"""The moment of the pictures: Tuesday of the planned week, on the way."""
ROUNDS = 2000
"""So many rounds the week is planned for, in a search of two lanes: the same plan on every machine."""
SIX_FILES = ("accounts.csv", "opportunities.csv", "reps.csv", "calendar.ics", "billing.txt", "activities.csv")
_SEEN = (
    ("Wants fiber at both sites; send the offer.", Sentiment.GOOD, "Send the offer", 2),
    ("Contract runs until spring. Asked to be called in January.", Sentiment.NEUTRAL, "", 0),
    ("", None, "", 0),
)


def sample(home: Path) -> None:
    """The made-up county of the sample territory."""
    from planner.usecases.sample import add_sample

    stop_clocks(MONDAY)
    with open_workspace(home) as workspace:
        add_sample(workspace, silent, MONDAY.date())
        _live(workspace)


def state_college(home: Path) -> None:
    """Real roads and a messy book of six files, from beside the project."""
    from planner.usecases.import_accounts import import_accounts
    from planner.usecases.packs import build_pack

    stop_clocks(MONDAY)
    with open_workspace(home) as workspace:
        build_pack(workspace, SHARED / "osm" / "state-college.osm.pbf", "State College", silent)
        import_accounts(workspace, [SHARED / "accounts" / "state-college" / name for name in SIX_FILES], silent)
        _live(workspace)


def empty(home: Path) -> None:
    """Nothing yet."""
    stop_clocks(NOW)
    open_workspace(home).close()


def copy(home: Path, to: Path) -> Path:
    """A home to be changed."""
    shutil.copytree(home, to)
    return to


def _live(workspace: Workspace) -> None:
    """Plan the week, and live its Monday: visits logged, trips made, miles in the log, a lunch paid."""
    from planner.usecases.drive_times import fill_drive_times
    from planner.usecases.log_visit import draft_visit, log_visit
    from planner.usecases.mileage import propose_drives
    from planner.usecases.plan_week import PlanOptions, plan_week
    from planner.usecases.trip_costs import add_cost
    from planner.usecases.trips import make_trips

    plan = plan_week(workspace, WEEK, PlanOptions(iterations=ROUNDS), silent).plan
    fill_drive_times(workspace, silent)
    trips, _ = make_trips(workspace, WEEK)
    stop_clocks(EVENING)
    visited = [stop for stop in plan.days[0].stops if stop.account_id is not None]
    for number, stop in enumerate(visited):
        note, mood, step, days = _SEEN[number % len(_SEEN)]
        draft = draft_visit(workspace, stop.account_id or 0, MONDAY + timedelta(seconds=stop.leave_s))
        outcome = VisitOutcome.NO_SHOW if number == len(visited) - 1 else VisitOutcome.MET
        due = NOW.date() + timedelta(days=days) if step else None
        log_visit(workspace, replace(draft, outcome=outcome, note=note, sentiment=mood, next_step=step, next_day=due), MONDAY.date())
    if trips:
        propose_drives(workspace, trips[0].id)
        add_cost(workspace, Cost(0, trips[0].id, MONDAY.date(), CostKind.MEALS, 1850, "Lunch"))
    stop_clocks(NOW)
