"""A day of a planned week that starts from another place, or from the usual one again."""

from datetime import date

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.places import NamedPlace
from planner.model.week import WeekPlan
from planner.planning.board import Board
from planner.planning.edits import refusal_text
from planner.progress import Report, silent
from planner.settings import Settings
from planner.store.plans import save_plan
from planner.store.settings import read_settings
from planner.usecases.board import board_with
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import home_and_office
from planner.usecases.packs import need_pack
from planner.usecases.settings import writing_in
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import replace


def start_here(workspace: Workspace, week: IsoWeek, day: int, start: NamedPlace, report: Report = silent) -> Changes:
    """Let a day of a planned week (0 = its first) start from a place, re-time its visits and keep the plan; planning keeps that start.

    Raises PlanProblem when the night before is spent away or no road is there, or with the rule that the day would break.
    """
    plan = load_week(workspace, week)
    if plan is None or not 0 <= day < len(plan.days):
        raise PlanProblem("That day is not planned yet.", remedy="Plan the week first; then its days can start elsewhere.")
    name = writing_in(workspace).weekday_name(plan.days[day].day)
    if day and plan.days[day - 1].away:
        hotel = plan.days[day - 1].end.name
        raise PlanProblem(f"{name} starts at {hotel}.", "The night before is spent there.", "Change that night first.")
    pack = need_pack(workspace)
    if not pack.bounds.contains(start.point):
        raise PlanProblem(f"{name} cannot start there.", "The place is outside the road pack.", "Choose one that is on its roads.")
    moved = tuple(replace(each, start=start) if index == day else each for index, each in enumerate(plan.days))
    board = board_with(workspace, replace(plan, days=moved), (), report)
    timed = board.with_routes({day: board.solution.routes[day]})
    if not isinstance(timed, Board):
        raise PlanProblem(f"{name} cannot start there: {refusal_text(board, *timed)}", "Nothing was changed.")
    changes = Changes(f"Start {name} at {start.name}", plans=True)
    with workspace.writing(changes.label, sample=pack.sample) as db:
        save_plan(db, timed.plan, sample=pack.sample, label=changes.label)
    return changes


def start_at_home(workspace: Workspace, day: date, report: Report = silent) -> Changes:
    """Let a day of a planned week start at home again, or at the office where that stands in for it; raises PlanProblem as `start_here`."""
    pack = need_pack(workspace)
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    with open_gazetteer(pack) as gazetteer:
        home, _office = home_and_office(settings, gazetteer)
    plan = load_week(workspace, IsoWeek.of(day))
    index = next((index for index, each in enumerate(plan.days) if each.day == day), -1) if plan else -1
    return start_here(workspace, IsoWeek.of(day), index, home, report)


def starts_elsewhere(plan: WeekPlan, day: int, settings: Settings) -> bool:
    """Whether a day starts neither where her days begin nor at the hotel of the night before."""
    away = day > 0 and plan.days[day - 1].away
    return not away and plan.days[day].start.name != usual_start(settings)


def usual_start(settings: Settings) -> str:
    """The name of the place where her days begin."""
    return "Home" if settings.text("home") else "Office"
