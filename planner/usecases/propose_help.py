"""Time with a rep: where a ride-along or a one-on-one fits best into this week and the next, while both are free."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.model.week import WeekPlan
from planner.model.wishes import BlockWish, CoachingWish
from planner.planning.board import Board, board_of
from planner.planning.edits import Edited, insert, remove
from planner.planning.frame import places_of
from planner.planning.locks import with_ends
from planner.planning.planned_support import is_together, with_planned_support
from planner.planning.support import with_blocks, with_coaching
from planner.progress import Report, part, silent
from planner.usecases.board import edit_week
from planner.usecases.drive_times import travel_matrix
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.team import find_rep
from planner.usecases.week import load_week
from planner.usecases.week_request import days_request, planned_elsewhere
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

WEEKS = 2
"""This week and the next are looked at."""
MOST_SLOTS = 3
MOST_ACCOUNTS = 12
"""So many of the rep's accounts, those worth most, are looked at: drive times between all of them may not be known yet."""
MOST_WAYS = 8
MOST_GIVEN_UP = 5


class Together(StrEnum):
    """What time with a rep is for."""

    HALF_DAY = "half a day"
    TWO_HOURS = "two hours"
    ONE_ON_ONE = "one-on-one"


MINUTES: Mapping[Together, int] = {Together.HALF_DAY: 240, Together.TWO_HOURS: 120, Together.ONE_ON_ONE: 45}


@dataclass(frozen=True, slots=True)
class HelpSlot:
    """A time with a rep that fits: from when to when (seconds after midnight), the accounts visited together, the visits given up for it,
    the driving it adds to the week (seconds) and by how much the week is worth more; and the week before and after, to keep it.
    """

    rep: str
    what: Together
    day: date
    start_s: int
    end_s: int
    accounts: tuple[str, ...]
    instead: tuple[str, ...]
    more_drive_s: int
    gain: float
    before: Board = field(repr=False, compare=False)
    after: Board = field(repr=False, compare=False)


class Tried(Struct, frozen=True):
    """A week into which a way to spend time with a rep was put: under which key, and on which of its days (0 = the first)."""

    after: Board
    key: str
    day: int


class HelpProposal(Struct, frozen=True):
    """The best times with a rep, the best first; and why there are none, in a plain sentence."""

    rep: str
    slots: tuple[HelpSlot, ...]
    why_none: str = ""


def propose_help(workspace: Workspace, rep: str, what: Together, today: date, report: Report = silent) -> HelpProposal:
    """The best times for a ride-along or one-on-one after today, at most one a day, in the weeks that are planned.

    A ride-along is a block of the rep's accounts, planned or not, and the rep is free for all of it. Where a day is full, the visits worth
    least make room: never one that is locked, a must or an appointment. Raises UserProblem when nobody has the name, PackProblem, and
    Cancelled.
    """
    pack, name = need_pack(workspace), find_rep(workspace, rep).name
    weeks = [IsoWeek.of(today).plus(number) for number in range(WEEKS)]
    plans = [plan for week in weeks if (plan := load_week(workspace, week)) and any(day.day > today for day in plan.days)]
    if not plans:
        return HelpProposal(name, (), "Neither this week nor the next has a planned day ahead. Plan the week first.")
    slots: list[HelpSlot] = []
    why: list[str] = []
    for number, plan in enumerate(plans):
        ahead = part(report, number / len(plans), (number + 1) / len(plans))
        board, keys = _board(workspace, pack, plan, name, what, ahead)
        if not keys:
            why.append(_no_way(name, what))
        for key, index in _tries(board, keys, today):
            answer = _answer(board, key, index)
            if isinstance(answer, Tried):
                slots.append(_slot(board, answer, name, what))
            else:
                why.append(answer)
    best: dict[date, HelpSlot] = {}
    for slot in sorted(slots, key=lambda slot: (-slot.gain, slot.day, slot.accounts)):
        best.setdefault(slot.day, slot)
    chosen = tuple(best.values())[:MOST_SLOTS]
    return HelpProposal(name, chosen, "" if chosen else why[0])


def add_help(workspace: Workspace, slot: HelpSlot) -> Changes:
    """Put a proposed time with a rep into its week, as one step; raises UserProblem when the week was changed since."""
    if load_week(workspace, slot.before.plan.week) != slot.before.plan:
        raise UserProblem("The week was changed meanwhile.", "What was proposed may not fit any more.", "Look for a time again.")
    what = "a one-on-one" if slot.what is Together.ONE_ON_ONE else slot.what.value
    writing = slot.before.request.writing
    label = f"Add {what} with {slot.rep} on {writing.weekday(slot.day)} {writing.month_day(slot.day)}"
    _after, changes = edit_week(workspace, slot.before, lambda _before: Edited(slot.after, label))
    return changes


def _board(workspace: Workspace, pack: RoadPack, plan: WeekPlan, rep: str, what: Together, report: Report) -> tuple[Board, list[str]]:
    """A planned week into which time with a rep may be put, and the keys of the ways to do so, those worth most first."""
    days = [day.day for day in plan.days]
    asked = days_request(workspace, days, pack, PlanOptions(), everyone=True)
    request = with_ends(with_planned_support(asked.request, plan, asked.book.team), plan)
    planned = {stop.account_id for day in plan.days for stop in day.stops}
    elsewhere = planned_elsewhere(workspace, pack, days)
    theirs = [c for c in request.candidates if c.owner == rep and c.account_id is not None and c.value > 0 and not c.parts]
    theirs = sorted((c for c in theirs if c.account_id not in elsewhere), key=lambda c: (-c.value, c.key))[:MOST_ACCOUNTS]
    looked_at = {c.key for c in theirs}
    others = [c for c in request.candidates if c.key not in looked_at and (c.account_id is None or c.account_id in planned)]
    only = replace(request, candidates=tuple(theirs))
    if what is Together.ONE_ON_ONE:
        made = with_coaching(only, [CoachingWish(rep, MINUTES[what], must=False)], asked.office, asked.book.team, asked.book.needs)
        whole = replace(request, candidates=(*others, *made.candidates))
        matrix = travel_matrix(workspace, pack, places_of(whole), report)
    else:
        matrix = travel_matrix(workspace, pack, places_of(replace(request, candidates=(*others, *theirs))), report)
        made = with_blocks(only, matrix, [BlockWish(rep, MINUTES[what], must=False)], asked.book.team)
        whole = replace(request, candidates=(*others, *made.candidates))
    known = {c.key for c in request.candidates}
    ways = sorted((c for c in made.candidates if c.key not in known), key=lambda c: (c.account_id is not None, -c.value, c.key))[:MOST_WAYS]
    return board_of(whole, matrix, plan if plan.timezone else replace(plan, timezone=asked.timezone)), [way.key for way in ways]


def _tries(board: Board, keys: list[str], today: date) -> Iterator[tuple[str, int]]:
    """Each way with each day ahead on which it can be at all."""
    for key in keys:
        for index in sorted({window.day for window in board.candidate(key).windows}):
            if board.plan.days[index].day > today:
                yield key, index


def _answer(before: Board, key: str, index: int) -> Tried | str:
    """A day with time with a rep in it, or the rule that it would break.

    The accounts it visits are taken from where they are planned, and what is worth least makes room.
    """
    board, candidate = before, before.candidate(key)
    for account_id in [each.account_id for each in candidate.parts] or [candidate.account_id]:
        if account_id is not None and board.find(f"account-{account_id}") is not None:
            taken = remove(board, f"account-{account_id}")
            if not isinstance(taken, Edited):
                return taken.text
            board = taken.board
    gone: list[str] = []
    answer = insert(board, key, index)
    for stop in sorted(board.plan.days[index].stops, key=lambda stop: stop.value)[:MOST_GIVEN_UP]:
        if isinstance(answer, Edited):
            break
        less = remove(board, stop.key) if not is_together(stop) else None
        if isinstance(less, Edited):
            board = less.board
            gone.append(stop.key)
            answer = insert(board, key, index)
    if not isinstance(answer, Edited):
        return answer.text
    after = answer.board
    for other in reversed(gone):  # what was given up for nothing, or fits on another day
        back = (insert(after, other, day) for day in (index, *(d for d in range(len(after.plan.days)) if d != index)))
        after = next((each.board for each in back if isinstance(each, Edited)), after)
    return Tried(after, key, index)


def _slot(before: Board, tried: Tried, rep: str, what: Together) -> HelpSlot:
    after, day = tried.after, tried.after.plan.days[tried.day]
    stops = [stop for stop in day.stops if tried.key in (stop.key, stop.block)]
    kept = {stop.account_id for each in after.plan.days for stop in each.stops}
    return HelpSlot(
        rep=rep,
        what=what,
        day=day.day,
        start_s=stops[0].start_s,
        end_s=stops[-1].leave_s,
        accounts=tuple(_name(stop.title) for stop in stops if stop.account_id is not None),
        instead=tuple(stop.title for each in before.plan.days for stop in each.stops if stop.account_id not in kept),
        more_drive_s=after.plan.drive_s - before.plan.drive_s,
        gain=after.plan.value - before.plan.value,
        before=before,
        after=after,
    )


def _name(title: str) -> str:
    """The account of a visit after which there is a one-on-one."""
    return title.rpartition(", then one-on-one: ")[0] or title


def _no_way(rep: str, what: Together) -> str:
    if what is Together.ONE_ON_ONE:
        return f"{rep} has no free time of {MINUTES[what]} minutes during your days."
    return f"At no time that {rep} is free are two or more of their accounts open that are in no plan yet and fill {what.value}."
