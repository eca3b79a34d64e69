"""On the road: plan the rest of today anew, and see who is near when time comes free."""

from collections.abc import Callable, Container, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from planner.errors import PlanProblem
from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.places import NamedPlace
from planner.model.travel import Route
from planner.model.week import DayPlan, Lock, Stop, WeekPlan
from planner.planning.board import Board, board_of
from planner.planning.fitting import Fit, Fitting
from planner.planning.frame import places_of
from planner.planning.planned_support import is_together
from planner.planning.replan import Now, Replanned, replan_today
from planner.progress import Report, part, silent
from planner.store.plans import save_plan
from planner.store.settings import read_settings
from planner.usecases.accounts import find_account, fitting_accounts, which_account
from planner.usecases.board import open_board
from planner.usecases.drive_times import travel_matrix
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import LAST_STOP, day_end, home_and_office, hotels_of, is_named, located_place
from planner.usecases.packs import need_pack
from planner.usecases.visit_names import key_of
from planner.usecases.warm_up import warm_up
from planner.usecases.week import load_week, week_routes
from planner.usecases.week_request import planned_elsewhere
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

MOST = 10


type OnDay = tuple[date, Fit]
"""Who fits, and on which day."""


class Here(Struct, frozen=True):
    """Where she is on a day and from when on she can go. `place` is home, office, a hotel, an account or an address; empty: her last stop.

    `done` are the visits behind her, as a user names them; None: all that were to be over by now. With neither she is where the plan has
    her: a visit under way is finished first.
    """

    day: date
    time_s: int
    place: str = ""
    done: tuple[str, ...] | None = None

    @property
    def elsewhere(self) -> str:
        """The place she names; empty for her last stop."""
        return "" if self.place.strip().lower() in LAST_STOP else self.place.strip()


class Today(Struct, frozen=True):
    """What is planned for a day: nothing where its week is not planned, or not for that day. `after` is the next day with a stop."""

    on: date
    day: DayPlan | None = None
    is_planned: bool = False
    after: DayPlan | None = None


def planned_today(workspace: Workspace, today: date) -> Today:
    """The plan of a day by the newest plan of its own week, and what comes after it in that week or the next."""
    week = IsoWeek.of(today)
    plan, coming = load_week(workspace, week), load_week(workspace, week.plus(1))
    days = [day for each in (plan, coming) if each is not None for day in each.days]
    day = next((each for each in days if each.day == today), None)
    after = next((each for each in days if each.day > today and each.stops), None)
    return Today(today, day, plan is not None, after)


def way_of(workspace: Workspace, day: DayPlan, report: Report = silent) -> Route | None:
    """The way of a day along the roads, None without stops; raises UserProblem when the roads cannot be asked."""
    return week_routes(workspace, WeekPlan(IsoWeek.of(day.day), "", (day,)), report).get(day.day)


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
    """Plan the rest of a day anew from here and now, and keep the plan; the other days stay as they are, less what is urgent.

    `urgent` accounts are seen today whatever it takes, `cancelled` visits of today not at all; nobody who is planned in another week is put
    in. Raises UserProblem.
    """
    pack = need_pack(workspace)
    board = open_board(workspace, IsoWeek.of(here.day), part(report, 0.0, 0.5))
    now, board = _now(workspace, board, here)
    off = {key_of(board, workspace, name, day=here.day) for name in cancelled}
    keys = frozenset(key_of(board, workspace, str(find_account(workspace, name).id)) for name in urgent)
    plan = _less(board.plan, now.day, off)
    today = [stop for day in plan.days if day.day == now.day for stop in day.stops]
    begun = {stop.block for stop in today if stop.key in now.done}
    must = {stop.key if stop.block in begun else stop.block or stop.key for stop in today if is_together(stop)}
    elsewhere = planned_elsewhere(workspace, pack, [day.day for day in plan.days])
    wanted = (c for c in board.request.candidates if c.key not in off and (c.key in keys or c.account_id not in elsewhere))
    request = replace(board.request, candidates=tuple(replace(c, mandatory=True) if c.key in must else c for c in wanted))
    warm_up(part(report, 0.5, 0.5))  # the search is too short to wait for its machine code
    result = replan_today(
        request, board.matrix, plan, now, urgent=keys, only_planned=only_planned, report=part(report, 0.5, 1.0), stop=stop
    )
    label = f"Re-plan {request.writing.weekday_name(here.day)} from {request.writing.clock(here.time_s)}"
    with workspace.writing(label, sample=pack.sample) as db:
        save_plan(db, result.plan, sample=pack.sample, label=label)
    return result, Changes(label, plans=True)


def gap(workspace: Workspace, here: Here, minutes: int | None, report: Report = silent, most: int = MOST) -> list[OnDay]:
    """Who can be seen from here and now, on the way to the next stop, without being late anywhere; within so many minutes when given.

    Raises UserProblem.
    """
    board = open_board(workspace, IsoWeek.of(here.day), part(report, 0.0, 0.5))
    now, board = _now(workspace, board, here)
    index = next(i for i, day in enumerate(board.plan.days) if day.day == here.day)
    until_s = here.time_s + minutes * 60 if minutes else 1 << 30
    elsewhere = planned_elsewhere(workspace, need_pack(workspace), [day.day for day in board.plan.days])
    enough = most + len(elsewhere)
    warm_up(part(report, 0.5, 0.5))
    if here.elsewhere or here.done is not None:
        rest = _from_here(board, now, index)
        behind = len(board.solution.routes[index]) - len(rest.solution.routes[0])
        fits = [replace(fit, day=index, position=fit.position + behind) for fit in Fitting(rest).gap(0, 0, now.time_s, until_s, enough)]
    else:
        position = len({stop.block or stop.key for stop in board.plan.days[index].stops if stop.start_s < here.time_s})
        fits = Fitting(board).gap(index, position, here.time_s, until_s, enough)
    return _spare(board, fits, elsewhere, most)


def week_gaps(workspace: Workspace, week: IsoWeek, report: Report = silent, most: int = MOST) -> list[OnDay]:
    """Who can still be seen anywhere in a planned week; nobody who is planned in another one."""
    board = open_board(workspace, week, report)
    elsewhere = planned_elsewhere(workspace, need_pack(workspace), [day.day for day in board.plan.days])
    warm_up(part(report, 1.0, 1.0))
    return _spare(board, Fitting(board).gaps(most + len(elsewhere)), elsewhere, most)


def _spare(board: Board, fits: Sequence[Fit], elsewhere: Container[int | None], most: int) -> list[OnDay]:
    return [(board.plan.days[fit.day].day, fit) for fit in fits if fit.account_id not in elsewhere][:most]


def _now(workspace: Workspace, board: Board, here: Here) -> tuple[Now, Board]:
    """Where she is as a place, and the board with the drives from there."""
    day = next((day for day in board.plan.days if day.day == here.day), None)
    if day is None:
        writing = board.request.writing
        named_day = f"{writing.weekday_name(here.day)} {writing.month_day(here.day)}"
        raise PlanProblem(f"{named_day} is not part of the plan of its week.", remedy="Plan that day first.")
    time_s = here.time_s
    if here.done is not None:
        named = {key_of(board, workspace, name, day=here.day) for name in here.done}
        done = [stop for stop in day.stops if stop.key in named or stop.block in named]
    elif here.elsewhere:
        done = [stop for stop in day.stops if stop.leave_s <= time_s]
    else:
        done = [stop for stop in day.stops if stop.start_s <= time_s]
        time_s = max([time_s, *(stop.leave_s for stop in done)])
    place = _here(workspace, board, day, here, done)
    now = Now(here.day, time_s, place, frozenset(stop.key for stop in done))
    if place.point in board.matrix.places:
        return now, board
    matrix = travel_matrix(workspace, need_pack(workspace), (*places_of(board.request), place.point), silent)
    return now, board_of(board.request, matrix, board.plan)


def _here(workspace: Workspace, board: Board, day: DayPlan, here: Here, done: Sequence[Stop]) -> NamedPlace:
    last = NamedPlace(done[-1].title, done[-1].place) if done else day.start
    if not here.elsewhere:
        return last
    fitting = fitting_accounts(workspace, here.elsewhere)
    planned = {stop.account_id for stop in day.stops}
    today = [account for account in fitting if account.id in planned]
    pack = need_pack(workspace)
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    with open_gazetteer(pack) as gazetteer:
        home, office = home_and_office(settings, gazetteer)
        hotels = hotels_of(settings, gazetteer)
        if is_named(here.elsewhere, hotels):
            return day_end(here.elsewhere, home, office, hotels, gazetteer) or last
        if len(today or fitting) == 1:
            return _at_account(board, (today or fitting)[0])
        try:
            return located_place(here.elsewhere, here.elsewhere, gazetteer)
        except PlanProblem:
            if fitting:
                raise which_account(here.elsewhere, fitting) from None
            raise


def _at_account(board: Board, account: Account) -> NamedPlace:
    """Where an account is; raises PlanProblem for one that no drive begins at."""
    candidate = next((c for c in board.request.candidates if c.account_id == account.id), None)
    if account.place is None or candidate is None:
        raise PlanProblem(f"{account.name} has no place on the roads of the pack.", remedy="Say where you are by an address.")
    return NamedPlace(account.name, account.place)


def _from_here(board: Board, now: Now, index: int) -> Board:
    """The rest of a day as a week of its own that begins here."""
    asked, day = board.request.days[index], board.plan.days[index]
    ahead = tuple(stop for stop in day.stops if stop.key not in now.done and stop.start_s >= now.time_s)
    elsewhere = (stop for each in board.plan.days for stop in each.stops if stop not in ahead)
    planned = {key for stop in elsewhere for key in (stop.key, stop.block)}
    candidates = tuple(
        replace(c, windows=tuple(replace(w, day=0) for w in c.windows if w.day == index), mandatory=False)
        for c in board.request.candidates
        if c.key not in planned
    )
    lunch = None if day.lunch and day.lunch[0] <= now.time_s else asked.lunch
    rest = replace(asked, start=now.here, end=day.end, opens_s=now.time_s, lunch=lunch)
    plan = replace(board.plan, days=(replace(day, stops=tuple(replace(s, lock=Lock.NONE) for s in ahead), away=False),))
    return board_of(replace(board.request, days=(rest,), candidates=candidates, nights=()), board.matrix, plan)


def _less(plan: WeekPlan, day: date, keys: AbstractSet[str]) -> WeekPlan:
    """The plan without some visits of a day."""

    def kept(each: DayPlan) -> DayPlan:
        stops = tuple(stop for stop in each.stops if stop.key not in keys and stop.block not in keys)
        return replace(each, stops=stops) if each.day == day else each

    return replace(plan, days=tuple(kept(each) for each in plan.days))
