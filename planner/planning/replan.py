"""The rest of today, planned anew from now and here, while the rest of the week stays as it is."""

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from datetime import date

from planner.errors import PlanProblem
from planner.model.places import NamedPlace
from planner.model.request import Candidate, DayRequest, WeekRequest
from planner.model.travel import TravelMatrix
from planner.model.week import DayPlan, LeftOut, Lock, Stop, VisitKind, WeekPlan, WhyNot
from planner.planning.board import Board, board_of
from planner.planning.edits import refusal_text
from planner.planning.frame import frame_of
from planner.planning.layout import costs_of
from planner.planning.locks import with_locks
from planner.planning.missed import missed_visits
from planner.planning.plan import plan_request
from planner.planning.schedule import BACK_LATE, DRIVES_LONG, NO_LUNCH, alone_problem
from planner.progress import Report, silent
from planner.values import Struct, replace

SECONDS = 0.3
"""How long the answer is searched for: she is standing in a car park."""


class Now(Struct, frozen=True):
    """Where she is on a day, from when on she can go, and which visits are behind her (their keys)."""

    day: date
    time_s: int
    here: NamedPlace
    done: AbstractSet[str] = frozenset()


class Replanned(Struct, frozen=True):
    """The week with the rest of its day planned anew; `missed` are fixed or locked visits that can no longer be kept, with the reason."""

    plan: WeekPlan
    missed: tuple[tuple[str, str], ...]


def replan_today(
    request: WeekRequest,
    matrix: TravelMatrix,
    plan: WeekPlan,
    now: Now,
    *,
    urgent: AbstractSet[str] = frozenset(),
    only_planned: bool = False,
    seconds: float = SECONDS,
    iterations: int | None = None,
    report: Report = silent,
    stop: Callable[[], bool] | None = None,
) -> Replanned:
    """Plan the rest of a day; the other days stay.

    `request` asks for all that may be visited; `urgent` visits must be made today; `only_planned` adds none that was not planned or urgent.
    Urgent ones are locked to the day, so that the next time keeps them too. A fixed visit that can no longer be kept is told and let go of.
    Raises PlanProblem for a day that is not in the plan or that is over.
    """
    index = next((index for index, day in enumerate(plan.days) if day.day == now.day), -1)
    asked_index = next((index for index, day in enumerate(request.days) if day.day == now.day), -1)
    if index < 0 or asked_index < 0:
        raise PlanProblem(f"{request.writing.weekday_name(now.day)} is not part of this plan.", remedy="Plan that week first.")
    today, asked = plan.days[index], request.days[asked_index]
    if now.time_s >= asked.closes_s:
        what = f"{request.writing.weekday_name(now.day)} is over at {request.writing.clock(asked.closes_s)}."
        raise PlanProblem(what, "Nothing is left to plan.", "Plan tomorrow instead.")
    gone = tuple(stop for stop in today.stops if stop.key in now.done)
    begun = {stop.block for stop in gone}  # what is left of a block is made of visits of their own
    ahead = tuple(replace(s, block="") if s.block in begun else s for s in today.stops if s.key not in now.done)
    goes_on = asked_index + 1 < len(request.days) and request.days[asked_index + 1].start is None
    rest = WeekRequest(
        (_rest_of(asked, today, gone, now, goes_on=goes_on),),
        _candidates(request, plan, asked_index, ahead, now, urgent, only_planned=only_planned),
        drive_points=request.drive_points,
        rush=request.rush,
        writing=request.writing,
    )
    held = with_locks(_bearable(rest, matrix), replace(plan, days=(replace(today, stops=ahead, away=False),)))
    possible, missed = _possible(held, matrix, ahead, urgent)
    at_hand = replace(today, stops=tuple(replace(stop, lock=Lock.NONE) for stop in ahead), away=False, keep_order=False)
    planned = plan_request(
        possible,
        matrix,
        plan.week,
        plan.timezone,
        seconds=seconds,
        iterations=iterations,
        report=report,
        stop=stop,
        warm_start=replace(plan, days=(at_hand,)),
    )
    day = planned.days[0]
    whole = replace(
        day,
        start=today.start if gone else day.start,
        leave_s=today.leave_s if gone else day.leave_s,
        stops=(*gone, *(_held_fast(each) if each.key in urgent else each for each in day.stops)),
        lunch=day.lunch or _had(today, now),
        blocks=today.blocks,
        away=today.away,
        keep_order=today.keep_order,
    )
    others = _others(request, matrix, plan, now.day, urgent & {stop.key for stop in day.stops})
    days = tuple(whole if i == index else each for i, each in enumerate(others))
    left_out = _left_out(plan, (*planned.left_out, *missed), days)
    told = tuple((left.title, left.text) for left in missed)
    return Replanned(replace(plan, days=days, costs=costs_of(request, days), left_out=left_out), told)


def _held_fast(stop: Stop) -> Stop:
    """An urgent visit stays today's when the day is planned again."""
    return replace(stop, lock=Lock.DAY) if stop.lock is Lock.NONE else stop


def _rest_of(asked: DayRequest, today: DayPlan, gone: Sequence[Stop], now: Now, *, goes_on: bool) -> DayRequest:
    """What is left of a day: it begins now and here, and ends where it was to end; an open end stays open unless the next day `goes_on`."""
    had = _had(today, now)
    opens = max(now.time_s, had[1] if had else 0)
    return replace(
        asked,
        start=now.here,
        end=today.end if today.away or asked.end is not None or goes_on else None,
        opens_s=opens,
        closes_s=max(asked.closes_s, opens + 1),
        max_drive_s=max(0, asked.max_drive_s - sum(stop.drive_s for stop in gone)),
        lunch=None if had or asked.lunch is None or now.time_s > asked.lunch.latest_s else asked.lunch,
        blocks=tuple(block for block in asked.blocks if block.end_s > now.time_s),
        keep_order=False,
    )


def _had(today: DayPlan, now: Now) -> tuple[int, int] | None:
    """Lunch, when its time has come already."""
    return today.lunch if today.lunch and today.lunch[0] <= now.time_s else None


def _bearable(rest: WeekRequest, matrix: TravelMatrix) -> WeekRequest:
    """The rest of a day with as much more time and driving as it takes just to get to its end: late as she is, she must get there."""
    (day,) = rest.days
    while broken := alone_problem(frame_of(WeekRequest((day,), (), rush=rest.rush, writing=rest.writing), matrix).instance, 0, None):
        if broken.rule == NO_LUNCH:
            day = replace(day, lunch=None)
        elif broken.rule == BACK_LATE:
            day = replace(day, closes_s=day.closes_s + broken.short_s)
        elif broken.rule == DRIVES_LONG:
            day = replace(day, max_drive_s=day.max_drive_s + broken.short_s)
        else:
            break
    return replace(rest, days=(day,))


def _candidates(
    request: WeekRequest,
    plan: WeekPlan,
    index: int,
    ahead: Sequence[Stop],
    now: Now,
    urgent: AbstractSet[str],
    *,
    only_planned: bool,
) -> tuple[Candidate, ...]:
    """What may be visited in the rest of the day: what was planned for it, what is urgent, and what is neither done nor on another day."""
    mine = {stop.block or stop.key for stop in ahead}
    others = (stop for day in plan.days for stop in day.stops if day.day != now.day or stop.key in now.done)
    seen = {key for stop in others for key in (stop.key, stop.block)}
    taken = {group for candidate in request.candidates if candidate.key in seen for group in candidate.groups}
    found = []
    for candidate in request.candidates:
        windows = tuple(replace(window, day=0) for window in candidate.windows if window.day == index)
        is_mine, is_fixed = candidate.key in mine, candidate.kind is VisitKind.DUTY
        is_free = bool(windows) and candidate.key not in seen and not taken.intersection(candidate.groups)
        is_new_duty = is_fixed and is_free and windows[0].from_s >= now.time_s
        must = candidate.key in urgent or (candidate.mandatory and is_mine) or is_new_duty
        if candidate.key not in now.done and (must or is_mine or (is_free and not is_fixed and not only_planned)):
            found.append(replace(candidate, windows=windows, mandatory=must, one_of=""))
    return tuple(found)


def _possible(
    rest: WeekRequest, matrix: TravelMatrix, ahead: Sequence[Stop], urgent: AbstractSet[str]
) -> tuple[WeekRequest, tuple[LeftOut, ...]]:
    """The request without the visits that must be made but no longer can, and those with the reason: appointments go before what is urgent,
    that before what is locked to its minute, that before all others, and of equals the earlier before the later.
    """
    frame = frame_of(rest, matrix)
    keys = {frame.key_of(stop.key, stop.block): stop.start_s for stop in reversed(ahead)}
    planned = {frame.number[key]: start_s for key, start_s in keys.items() if key in frame.number}

    def rank(v: int) -> tuple[bool, bool, bool, int]:
        candidate, windows = frame.candidates[v], frame.instance.windows_of(v, 0)
        grade = (candidate.kind is not VisitKind.DUTY, candidate.key not in urgent, candidate.lock is not Lock.TIME)
        return *grade, planned.get(v, windows[0][0] if windows else 0)

    must = sorted((v for v, candidate in enumerate(frame.candidates) if candidate.mandatory), key=rank)
    missed = missed_visits(frame.instance, must, planned, keep_order=rest.days[0].keep_order)
    told = [(frame.candidates[v], text) for v, text in missed.items()]
    left = tuple(LeftOut(c.key, c.title, c.kind, c.value, WhyNot.NO_ROOM, text, c.account_id) for c, text in told)
    gone = {each.key for each in left}
    return replace(rest, candidates=tuple(c for c in rest.candidates if c.key not in gone)), left


def _others(request: WeekRequest, matrix: TravelMatrix, plan: WeekPlan, today: date, keys: AbstractSet[str]) -> tuple[DayPlan, ...]:
    """The days of the plan, the other ones without these visits: they are made today. Raises PlanProblem where that breaks such a day, or
    where one of them is part of a block there.
    """
    if not any(stop.key in keys for day in plan.days if day.day != today for stop in day.stops):
        return plan.days
    board = board_of(request, matrix, plan)
    gone = {board.frame.number[key] for key in keys}
    groups = {group for v in gone for group in board.frame.instance.groups_of(v)}
    for day, route in zip(request.days, board.solution.routes, strict=True):
        for v in route:
            if day.day != today and v not in gone and groups.intersection(board.frame.instance.groups_of(v)):
                title, name = board.frame.candidates[v].title, request.writing.weekday_name(day.day)
                raise PlanProblem(f"What is urgent today is part of {title} on {name}.", remedy="Take that out first.")
    routes = {
        d: tuple(v for v in route if v not in gone)
        for d, route in enumerate(board.solution.routes)
        if request.days[d].day != today and gone.intersection(route)
    }
    after = board.with_routes(routes)
    if not isinstance(after, Board):
        raise PlanProblem(refusal_text(board, *after), "An urgent visit is taken out of that day.", "Change that day first.")
    changed = {day.day: day for day in after.plan.days}
    return tuple(changed.get(day.day, day) for day in plan.days)


def _left_out(plan: WeekPlan, fresh: Sequence[LeftOut], days: Sequence[DayPlan]) -> tuple[LeftOut, ...]:
    """The accounts that are in no day now: the reasons of today where they are new, those of the week else."""
    visited = {stop.account_id for day in days for stop in day.stops} - {None}
    known = {left.account_id: left for left in plan.left_out}
    new = {left.account_id: left for left in fresh if left.account_id is not None and left.account_id not in known}
    return tuple(left for account_id, left in (known | new).items() if account_id not in visited)
