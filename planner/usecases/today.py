"""On the road: plan the rest of today anew, and see who is near when time comes free."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.places import NamedPlace
from planner.model.week import DayPlan, Lock, WeekPlan
from planner.planning.board import Board, board_of
from planner.planning.fitting import Fit, Fitting
from planner.planning.frame import clock_text, places_of
from planner.planning.replan import Now, Replanned, replan_today
from planner.progress import Report, part, silent
from planner.store.plans import save_plan
from planner.store.settings import read_settings
from planner.usecases.board import key_of, open_board
from planner.usecases.drive_times import travel_matrix
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import day_end, home_and_office, hotels_of
from planner.usecases.packs import need_pack
from planner.usecases.workspace import Workspace

MOST = 10


@dataclass(frozen=True, slots=True)
class Here:
    """Where she is on a day and from when on she can go. `place` is home, office, an address, an account, or empty for her last stop.

    `done` are the visits behind her, as a user names them; None: all that were to be over by now.
    """

    day: date
    time_s: int
    place: str = ""
    done: tuple[str, ...] | None = None


def replan(
    workspace: Workspace,
    here: Here,
    report: Report = silent,
    *,
    urgent: Sequence[str] = (),
    cancelled: Sequence[str] = (),
    only_planned: bool = False,
    stop: Callable[[], bool] | None = None,
) -> tuple[Replanned, Changes]:
    """Plan the rest of a day anew from here and now, and keep the plan; the other days stay as they are.

    `urgent` accounts are seen today whatever it takes, `cancelled` ones not at all. Raises PlanProblem.
    """
    board = open_board(workspace, IsoWeek.of(here.day), part(report, 0.0, 0.5))
    now, board = _now(workspace, board, here)
    off = frozenset(key_of(board, workspace, name) for name in cancelled)
    request = replace(board.request, candidates=tuple(c for c in board.request.candidates if c.key not in off))
    plan = _less(board.plan, now.day, off)
    keys = frozenset(key_of(board, workspace, name) for name in urgent)
    result = replan_today(
        request, board.matrix, plan, now, urgent=keys, only_planned=only_planned, report=part(report, 0.5, 1.0), stop=stop
    )
    label = f"Re-plan {here.day:%A} from {clock_text(here.time_s)}"
    with workspace.writing() as db:
        save_plan(db, result.plan, sample=need_pack(workspace).sample, label=label)
    return result, Changes(label, plans=True)


def gap(workspace: Workspace, here: Here, minutes: int | None, report: Report = silent, most: int = MOST) -> list[Fit]:
    """Who can be seen from here and now, on the way to the next stop, without being late anywhere; within so many minutes when given.

    Raises PlanProblem when the week is not planned.
    """
    board = open_board(workspace, IsoWeek.of(here.day), part(report, 0.0, 0.5))
    now, board = _now(workspace, board, here)
    index = next(i for i, day in enumerate(board.plan.days) if day.day == here.day)
    if here.place:
        rest = _from_here(board, now, index)
        return Fitting(rest).gap(0, 0, here.time_s, here.time_s + minutes * 60 if minutes else 1 << 30, most)
    position = sum(stop.start_s < here.time_s for stop in board.plan.days[index].stops)
    return Fitting(board).gap(index, position, here.time_s, here.time_s + minutes * 60 if minutes else 1 << 30, most)


def week_gaps(workspace: Workspace, week: IsoWeek, report: Report = silent, most: int = MOST) -> list[Fit]:
    """Who can still be seen anywhere in a planned week."""
    return Fitting(open_board(workspace, week, report)).gaps(most)


def _now(workspace: Workspace, board: Board, here: Here) -> tuple[Now, Board]:
    """Where she is as a place, and the board with the drives from there."""
    day = next((day for day in board.plan.days if day.day == here.day), None)
    if day is None:
        raise PlanProblem(f"{here.day:%A} {here.day:%b} {here.day.day} is not part of a plan.", remedy="Plan that week first.")
    if here.done is None:
        done = frozenset(stop.key for stop in day.stops if stop.leave_s <= here.time_s)
    else:
        named = {key_of(board, workspace, name) for name in here.done}
        done = frozenset(stop.key for stop in day.stops if stop.key in named or stop.block in named)
    place = _here(workspace, board, day, here, done)
    if place.point in board.matrix.places:
        return Now(here.day, here.time_s, place, done), board
    matrix = travel_matrix(workspace, need_pack(workspace), (*places_of(board.request), place.point), silent)
    return Now(here.day, here.time_s, place, done), board_of(board.request, matrix, board.plan)


def _here(workspace: Workspace, board: Board, day: DayPlan, here: Here, done: frozenset[str]) -> NamedPlace:
    if not here.place:
        last = [stop for stop in day.stops if stop.key in done]
        return NamedPlace(last[-1].title, last[-1].place) if last else day.start
    account = next((c for c in board.request.candidates if c.title.lower() == here.place.strip().lower()), None)
    if account is not None:
        return NamedPlace(account.title, account.place)
    pack = need_pack(workspace)
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    with open_gazetteer(pack) as gazetteer:
        home, office = home_and_office(settings, gazetteer)
        place = day_end(here.place, home, office, hotels_of(settings, gazetteer), gazetteer)
    return place or day.start


def _from_here(board: Board, now: Now, index: int) -> Board:
    """The rest of a day as a week of its own that begins here."""
    asked, day = board.request.days[index], board.plan.days[index]
    ahead = tuple(stop for stop in day.stops if stop.key not in now.done and stop.start_s >= now.time_s)
    planned = {key for each in board.plan.days for stop in each.stops for key in (stop.key, stop.block)} - {s.key for s in ahead}
    candidates = tuple(
        replace(c, windows=tuple(replace(w, day=0) for w in c.windows if w.day == index), mandatory=False)
        for c in board.request.candidates
        if c.key not in planned
    )
    lunch = None if day.lunch and day.lunch[0] <= now.time_s else asked.lunch
    rest = replace(asked, start=now.here, end=day.end, opens_s=now.time_s, lunch=lunch)
    plan = replace(board.plan, days=(replace(day, stops=tuple(replace(s, lock=Lock.NONE) for s in ahead), away=False),))
    return board_of(replace(board.request, days=(rest,), candidates=candidates, nights=()), board.matrix, plan)


def _less(plan: WeekPlan, day: date, keys: frozenset[str]) -> WeekPlan:
    """The plan without some visits of a day."""

    def kept(each: DayPlan) -> DayPlan:
        stops = tuple(stop for stop in each.stops if stop.key not in keys and stop.block not in keys)
        return replace(each, stops=stops) if each.day == day else each

    return replace(plan, days=tuple(kept(each) for each in plan.days))
