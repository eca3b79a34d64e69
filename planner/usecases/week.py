"""A planned week, and its routes along the roads."""

from datetime import date

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.travel import Route
from planner.model.week import WeekPlan
from planner.progress import Report, part
from planner.store.plans import newest_plan
from planner.usecases.packs import in_sample, need_pack
from planner.usecases.settings import get_settings, writing_of
from planner.usecases.workspace import Workspace


def not_planned(week: IsoWeek) -> PlanProblem:
    """The problem that there is no plan of a week yet."""
    return PlanProblem(
        f"Week {week.number} is not planned yet.", remedy=f"Plan it first. On the command line: roadbook plan --week {week}."
    )


def load_week(workspace: Workspace, week: IsoWeek) -> WeekPlan | None:
    """The newest plan of a week, or None."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        found = newest_plan(db, week, sample=sample)
    return found[0] if found else None


def week_routes(workspace: Workspace, plan: WeekPlan, report: Report) -> dict[date, Route]:
    """The way of each day that has stops: one leg to each stop and one back."""
    engine = workspace.engine(need_pack(workspace))
    settings = get_settings(workspace)
    writing = writing_of(settings)
    in_rush = bool(settings.text("rush_hours").strip())  # then the plan's drives are longer than the roads say
    routes = {}
    for position, day in enumerate(plan.days):
        here = part(report, position / len(plan.days), (position + 1) / len(plan.days))
        here(0.0, f"Drawing {writing.weekday_name(day.day)}")
        if day.stops:
            points = [day.start.point, *(stop.place for stop in day.stops), day.end.point]
            routes[day.day] = engine.route(points, None if in_rush else [*(stop.drive_s for stop in day.stops), day.last_drive_s], here)
    return routes
