"""A planned week, and its routes along the roads."""

from datetime import date

from planner.model.calendar import IsoWeek
from planner.model.travel import Route
from planner.model.week import WeekPlan
from planner.progress import Report, part
from planner.store.plans import newest_plan
from planner.usecases.packs import active_pack, need_pack
from planner.usecases.settings import get_settings
from planner.usecases.workspace import Workspace


def load_week(workspace: Workspace, week: IsoWeek) -> WeekPlan | None:
    """The newest plan of a week, or None."""
    pack = active_pack(workspace)
    with workspace.reading() as db:
        found = newest_plan(db, week, sample=bool(pack and pack.sample))
    return found[0] if found else None


def week_routes(workspace: Workspace, plan: WeekPlan, report: Report) -> dict[date, Route]:
    """The way of each day that has stops: one leg to each stop and one back."""
    engine = workspace.engine(need_pack(workspace))
    in_rush = bool(get_settings(workspace).text("rush_hours").strip())  # then the plan's drives are longer than the roads say
    routes = {}
    for position, day in enumerate(plan.days):
        here = part(report, position / len(plan.days), (position + 1) / len(plan.days))
        here(0.0, f"Drawing {day.day:%A}")
        if day.stops:
            points = [day.start.point, *(stop.place for stop in day.stops), day.end.point]
            routes[day.day] = engine.route(points, None if in_rush else [*(stop.drive_s for stop in day.stops), day.last_drive_s], here)
    return routes
