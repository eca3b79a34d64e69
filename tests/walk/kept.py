"""What has to be there after the first hour: asked of the use cases, with the window closed."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from planner.model.calendar import this_week
from planner.model.week import Lock, VisitKind, WeekPlan
from planner.usecases.accounts import list_accounts
from planner.usecases.log_visit import list_visits
from planner.usecases.settings import get_settings
from planner.usecases.undo import list_steps
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace


def the_book_is_kept(workspace: Workspace, two_of_a_name: str):
    accounts = list_accounts(workspace)
    assert len(accounts) == 966
    assert all(account.duplicate_of is None for account in accounts)
    assert all(account.place is not None for account in accounts)
    assert sum(account.name == two_of_a_name for account in accounts) == 2


def her_days_begin_and_end(workspace: Workspace, home: str, office: str):
    settings = get_settings(workspace)
    assert (settings.text("home"), settings.text("office")) == (home, office)


def the_week_is_kept(workspace: Workspace, moved: str) -> WeekPlan:
    plan = load_week(workspace, this_week(date.today()))  # noqa: DTZ011 - her own calendar day
    assert plan is not None
    visits = [stop for day in plan.days for stop in day.stops if stop.kind is not VisitKind.DUTY]
    assert len(visits) >= 20
    assert [stop.title for stop in visits if stop.lock is not Lock.NONE] == [moved]
    return plan


def the_visit_is_kept(workspace: Workspace, visited: str, note: str, next_step: str):
    (visit,) = list_visits(workspace)
    names = {account.id: account.name for account in list_accounts(workspace)}
    assert names[visit.account_id] == visited
    assert (visit.note, visit.next_step) == (note, next_step)


def every_step_can_be_read(workspace: Workspace, moved: str, visited: str):
    labels = [entry.label for entry in list_steps(workspace)]
    wanted = [
        f"Log visit: {visited}",
        "Lock to ",
        f"Move {moved} to ",
        "Take ",
        "Plan week ",
        "Choose a place for ",
        "Merge ",
        "Import ",
        "Change Home",
    ]
    at = [next(place for place, label in enumerate(labels) if label.startswith(start)) for start in wanted]
    assert at == sorted(at)
    assert sum(label.startswith("Merge ") for label in labels) == 24


def the_map_holds_the_week(file: Path, plan: WeekPlan):
    page = file.read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    assert page.rstrip().endswith("</html>")
    week = json.loads(re.search(r'<script type="application/json" id="week">(.*?)</script>', page, re.DOTALL)[1])
    titles = {stop.title for day in plan.days for stop in day.stops}
    assert titles <= set(_texts(week))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts(inner)
