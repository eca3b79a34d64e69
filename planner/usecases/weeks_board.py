"""A week, or several in a row, on one board: changed by hand as one, so that visits may move from week to week, and kept week by week."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from planner.model.calendar import Duty, IsoWeek
from planner.model.changes import Changes
from planner.model.request import WeekRequest
from planner.model.week import DayPlan, LeftOut, Stop, VisitKind, WeekPlan, WhyNot
from planner.model.writing import Writing
from planner.planning.board import Board
from planner.planning.candidates import planned_elsewhere_text
from planner.planning.duties import duties_in
from planner.planning.edits import Answer, Edited, insert
from planner.planning.horizon import joined
from planner.planning.layout import costs_of
from planner.progress import Report, silent
from planner.store.calendar import all_events
from planner.store.plans import newest_plan, save_plan
from planner.store.settings import read_settings
from planner.usecases.board import SO_ALREADY, board_asked, edited
from planner.usecases.packs import in_sample, need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.week import not_planned
from planner.usecases.week_request import days_request
from planner.usecases.workspace import Workspace
from planner.values import replace

AGAIN = "-again"
"""What the key of a visit ends in where an account is visited in two of the weeks."""
SATURDAY = 5

type Plans = Mapping[IsoWeek, WeekPlan | None]
"""The newest plan of each week, in order; None for one that is not planned."""


def look_at_weeks(workspace: Workspace, weeks: Sequence[IsoWeek]) -> WeekPlan | None:
    """The newest plans of these weeks as one, to be looked at only; None when the first is not planned.

    A week that is not planned has its working days, empty. A weekend is there when it is worked on, or has an appointment.
    """
    sample = in_sample(workspace)
    plans = _kept(workspace, weeks, sample=sample)
    first = plans[weeks[0]]
    if first is None:
        return None
    days, duties = _days(workspace, plans, sample=sample)
    whole = _whole(plans)
    home = next((day.start for day in first.days if not day.open_end), first.days[0].start) if first.days else None
    known = {day.day for day in whole.days}
    if home is None:
        return whole
    empty = [
        DayPlan(day, home, home, 0, 0, (), 0, 0, blocks=tuple(duty for duty in duties if duty.day == day))
        for day in days
        if day not in known
    ]
    return replace(whole, days=tuple(sorted([*whole.days, *empty], key=lambda day: day.day)))


def open_weeks(workspace: Workspace, weeks: Sequence[IsoWeek], report: Report = silent, *, account: int | None = None) -> Board:
    """The newest plans of these weeks as one board; every account may be put into it, or only the one named.

    A later week that is not planned yet is there with its working days and what the calendar holds. Raises PlanProblem when the first
    week is not planned.
    """
    pack = need_pack(workspace)
    plans = _kept(workspace, weeks, sample=pack.sample)
    first = plans[weeks[0]]
    if first is None:
        raise not_planned(weeks[0])
    days, _duties = _days(workspace, plans, sample=pack.sample)
    asked = days_request(workspace, days, pack, PlanOptions(), everyone=True)
    whole = _whole(plans)
    asked = replace(asked, request=_twice(asked.request, whole))
    board = board_asked(workspace, pack, asked, whole, None if account is None else [account], report)
    return _with_appointments(board, set(days) - {day.day for day in whole.days})


def edit_weeks(workspace: Workspace, board: Board, edit: Callable[[Board], Answer]) -> tuple[Board, Changes]:
    """Make one change to the weeks of a board, and keep each week that it changes as its newest version: one step to undo.

    Raises PlanProblem with the rule that it would break.
    """
    answer = edited(board, edit)
    if answer.board.plan == board.plan:
        return board, SO_ALREADY
    pack, weeks = need_pack(workspace), weeks_of(board.plan)
    plans = _kept(workspace, weeks, sample=pack.sample)
    parts = parts_of(answer.board, plans)
    if not parts:
        return answer.board, SO_ALREADY
    with workspace.writing(answer.text, sample=pack.sample) as db:
        for part in parts:
            save_plan(db, part, sample=pack.sample, label=answer.text)
    after = answer.board
    if len(weeks) == 1 and parts and parts[0].days == after.plan.days:
        return after, Changes(answer.text, plans=True)
    mine = {part.week: part for part in parts}
    left_out = _left_out([mine.get(week) or plans[week] for week in weeks])
    return replace(after, plan=replace(after.plan, left_out=left_out)), Changes(answer.text, plans=True)


def weeks_of(plan: WeekPlan) -> tuple[IsoWeek, ...]:
    """The weeks that the days of a plan are in."""
    return tuple(sorted({plan.week, *(IsoWeek.of(day.day) for day in plan.days)}))


def part_of(plan: WeekPlan, week: IsoWeek) -> tuple[DayPlan, ...]:
    """The days of one week."""
    return tuple(day for day in plan.days if IsoWeek.of(day.day) == week)


def parts_of(board: Board, plans: Plans) -> tuple[WeekPlan, ...]:
    """The weeks of a board that are another plan now than the ones at hand, each as a plan of its own."""
    plan, on = board.plan, _days_of_accounts(board.plan)
    parts = []
    for week, kept in plans.items():
        known = {day.day for day in kept.days} if kept else set()
        whole = part_of(plan, week)
        visited = any(_visits(day) for day in whole)
        # Days that are only on show, as a free Saturday, are not part of the plan.
        days = tuple(
            map(_own_keys, (day for day in whole if day.day in known or _visits(day) or (kept is None and day.day.weekday() < SATURDAY)))
        )
        if days == (kept.days if kept else ()) or not (kept or visited):
            continue
        if len(plans) == 1:
            parts.append(replace(plan, week=week, days=days))
            continue
        keys = {stop.key for day in days for stop in day.stops}
        terms = {key.removesuffix(AGAIN): told for key, told in plan.terms.items() if key.removesuffix(AGAIN) in keys}
        base = kept or replace(plan, left_out=(), terms={})
        left_out = _left_out_now(base, days, on, board.request.writing)
        parts.append(
            replace(base, week=week, days=days, left_out=left_out, terms={**base.terms, **terms}, costs=costs_of(board.request, days))
        )
    return tuple(parts)


def _left_out_now(kept: WeekPlan, days: Sequence[DayPlan], on: Mapping[int, date], writing: Writing) -> tuple[LeftOut, ...]:
    """Who is left out of a week now: as before, less who is planned, and who was planned in it and is no more."""
    here = {stop.account_id for day in days for stop in day.stops}
    out = []
    for stop in (stop for day in kept.days for stop in day.stops):
        account = stop.account_id
        if account is None or account in here:
            continue
        why = (WhyNot.NOT_DUE, planned_elsewhere_text(on[account], writing)) if account in on else None
        reason, text = why or (WhyNot.TAKEN_OUT, "You took it out")
        out.append(LeftOut(stop.key, stop.title, stop.kind, stop.value, reason, text, account))
    return (*out, *(left for left in kept.left_out if left.account_id is None or left.account_id not in here))


def _days_of_accounts(plan: WeekPlan) -> dict[int, date]:
    return {stop.account_id: day.day for day in plan.days for stop in day.stops if stop.account_id is not None}


def _visits(day: DayPlan) -> bool:
    return any(stop.kind is not VisitKind.DUTY for stop in day.stops)


def _kept(workspace: Workspace, weeks: Sequence[IsoWeek], *, sample: bool) -> Plans:
    with workspace.reading() as db:
        found = {week: newest_plan(db, week, sample=sample) for week in weeks}
    return {week: each[0] if each else None for week, each in found.items()}


def _whole(plans: Plans) -> WeekPlan:
    """The plans as one; an account that is visited in several weeks has a key of its own in the later ones."""
    known = [plan for plan in plans.values() if plan]
    seen: set[str] = set()
    apart = []
    for plan in known:
        here = {stop.key for day in plan.days for stop in day.stops if not stop.block}
        apart.append(replace(plan, days=tuple(_other_keys(day, here & seen) for day in plan.days)))
        seen |= here
    return replace(joined(apart), left_out=_left_out(known)) if len(known) > 1 else known[0]


def _left_out(plans: Iterable[WeekPlan | None]) -> tuple[LeftOut, ...]:
    """Who is planned in none of the weeks, each once."""
    known = [plan for plan in plans if plan]
    planned = {stop.account_id for plan in known for day in plan.days for stop in day.stops}
    left_out = {left.key: left for plan in reversed(known) for left in plan.left_out}
    return tuple(left for left in left_out.values() if left.account_id is None or left.account_id not in planned)


def _other_keys(day: DayPlan, keys: set[str]) -> DayPlan:
    return replace(
        day, stops=tuple(replace(stop, key=stop.key + AGAIN) if stop.key in keys and not stop.block else stop for stop in day.stops)
    )


def _own_keys(day: DayPlan) -> DayPlan:
    return replace(day, stops=tuple(_own_key(stop) for stop in day.stops))


def _own_key(stop: Stop) -> Stop:
    return replace(stop, key=stop.key.removesuffix(AGAIN)) if stop.key.endswith(AGAIN) else stop


def _twice(request: WeekRequest, plan: WeekPlan) -> WeekRequest:
    """The request with a visit more for each account that is visited in two of the weeks."""
    again = {stop.key for day in plan.days for stop in day.stops if stop.key.endswith(AGAIN)}
    more = tuple(replace(c, key=c.key + AGAIN) for c in request.candidates if c.key + AGAIN in again)
    return replace(request, candidates=(*request.candidates, *more)) if more else request


def _days(workspace: Workspace, plans: Plans, *, sample: bool) -> tuple[list[date], list[Duty]]:
    """The days to show: those of the plans, the working days of a week without one, and weekends worked on or with an appointment."""
    with workspace.reading() as db:
        settings = read_settings(db, sample=sample)
        events = all_events(db, sample=sample)
    working = settings.weekdays("working_days")
    all_days = [week.day(weekday) for week in plans for weekday in range(7)]
    duties = duties_in(events, all_days, settings.text("timezone"))
    busy = {duty.day for duty in duties}
    shown: set[date] = set()
    for week, plan in plans.items():
        shown |= {day.day for day in plan.days} if plan else {week.day(weekday) for weekday in working}
        shown |= {day for day in map(week.day, (SATURDAY, SATURDAY + 1)) if day.weekday() in working or day in busy}
    return sorted(shown), duties


def _with_appointments(board: Board, days: set[date]) -> Board:
    """The board with the appointments of days that no plan has."""
    for candidate in board.frame.candidates:
        fixed = candidate.kind is VisitKind.DUTY and candidate.windows and board.find(candidate.key) is None
        if fixed and board.request.days[candidate.windows[0].day].day in days:
            answer = insert(board, candidate.key, candidate.windows[0].day)
            board = answer.board if isinstance(answer, Edited) else board
    return board
