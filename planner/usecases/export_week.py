"""A planned week as files to take along."""

import os
from datetime import UTC, datetime
from pathlib import Path

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.week import WeekPlan
from planner.progress import Report, part
from planner.store.plans import plan_version
from planner.usecases.accounts import list_accounts
from planner.usecases.basemap import open_basemap
from planner.usecases.packs import need_pack
from planner.usecases.settings import get_settings, writing_of
from planner.usecases.week import load_week, not_planned, week_routes
from planner.usecases.workspace import Workspace

FORMATS = ("html", "ics")


def export_week(workspace: Workspace, week: IsoWeek, format: str, out: Path, report: Report) -> Path:  # noqa: A002 - the word the command line uses
    """Write a planned week as a route map (html) or a calendar (ics); raises PlanProblem for a week without a plan."""
    if format not in FORMATS:
        raise UserProblem(f"A week cannot be written as “{format}”.", remedy=f"Choose one of: {', '.join(FORMATS)}.")
    plan = load_week(workspace, week)
    if plan is None:
        raise not_planned(week)
    if out.is_dir():
        raise UserProblem(f"{out} is a folder.", remedy="Give the name of the file to write.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        if not os.access(out.parent, os.W_OK):
            raise PermissionError(13, "no permission to write there")
        return _html(workspace, plan, out, report) if format == "html" else _ics(workspace, plan, out, report)
    except OSError as error:
        raise UserProblem(f"{out} could not be written.", f"{error.strerror}.", "Choose another place; nothing was lost.") from error


def _html(workspace: Workspace, plan: WeekPlan, out: Path, report: Report) -> Path:
    from planner.exports.route_map import write_route_map

    routes = week_routes(workspace, plan, part(report, 0.0, 0.4))
    pack = need_pack(workspace)
    notice = "Fictional sample territory" if pack.sample else ""
    basemap = open_basemap(workspace)
    assert basemap is not None  # there is a pack
    try:
        settings = get_settings(workspace)
        return write_route_map(
            plan,
            routes,
            basemap.raw,
            out,
            part(report, 0.4, 1.0),
            notice=notice,
            units=settings.text("units"),
            writing=writing_of(settings),
            addresses=_addresses(workspace, plan),
        )
    finally:
        basemap.close()


def _ics(workspace: Workspace, plan: WeekPlan, out: Path, report: Report) -> Path:
    from planner.exports.calendar import write_calendar

    report(0.5, "Writing the calendar")
    with workspace.reading() as db:
        version = plan_version(db, plan.week, sample=need_pack(workspace).sample)
    return write_calendar(plan, out, created=datetime.now(UTC), sequence=version, addresses=_addresses(workspace, plan))


def _addresses(workspace: Workspace, plan: WeekPlan) -> dict[str, str]:
    """The address of each stop at an account, by the stop's key."""
    by_id = {account.id: account.address.one_line for account in list_accounts(workspace)}
    return {stop.key: by_id[stop.account_id] for day in plan.days for stop in day.stops if stop.account_id in by_id}
