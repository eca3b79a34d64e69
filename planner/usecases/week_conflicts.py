"""What in a planned week no longer holds: visits outside of opening hours, overlaps, late arrivals, appointments that came later."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from planner.model.request import Candidate, Window
from planner.model.week import DayPlan, Stop, VisitKind
from planner.model.writing import Writing
from planner.planning.board import Board
from planner.planning.edits import refusal_text
from planner.planning.frame import span_text
from planner.values import Struct

LATE_S = 60
"""So much may be rounding."""


class Conflict(Struct, frozen=True):
    """What does not hold, in one plain line: on which day of the plan (0 = its first), and at which visit (empty: the day as a whole)."""

    day: int
    key: str
    title: str
    text: str


def conflicts_of(board: Board) -> tuple[Conflict, ...]:
    """Everything in the plan of a board that breaks a rule as accounts, calendar, roads and settings are now, day by day."""
    return tuple(conflict for index in range(len(board.plan.days)) for conflict in _of_day(board, index))


def _of_day(board: Board, index: int) -> list[Conflict]:
    day = board.plan.days[index]
    found: dict[str, Conflict] = {}
    for conflict in (*_outside_hours(board, index, day), *_overlaps(index, day, board.request.writing), *_came_later(board, index, day)):
        found.setdefault(conflict.key or conflict.text, conflict)
    times = board.times_of({index: board.solution.routes[index]})
    if not found and isinstance(times, tuple) and times[0] == index:
        _day, broken = times
        candidate = board.frame.candidates[broken.visit] if broken.visit >= 0 else None
        title = candidate.title if candidate else board.request.writing.weekday_name(day.day)
        return [Conflict(index, candidate.key if candidate else "", title, refusal_text(board, index, broken))]
    return list(found.values())


def _outside_hours(board: Board, index: int, day: DayPlan) -> Iterator[Conflict]:
    """Visits that are not among what may be visited at their time, and those she would be late for."""
    asked, writing = {candidate.key: candidate for candidate in board.request.candidates}, board.request.writing
    seen: set[str] = set()
    for stop in day.stops:
        key = stop.block or stop.key
        if key in seen:
            continue
        seen.add(key)
        if stop.arrive_s > stop.start_s + LATE_S:
            yield Conflict(index, key, stop.title, f"You would arrive {span_text(stop.arrive_s - stop.start_s)} late.")
        elif (candidate := asked.get(key)) is None:
            yield Conflict(index, key, stop.title, _gone(board, stop))
        else:
            windows = [window for window in candidate.windows if window.day == index]
            if text := _closed(candidate, windows, stop, day.day, writing):
                yield Conflict(index, key, stop.title, text)


def _gone(board: Board, stop: Stop) -> str:
    if stop.kind is VisitKind.DUTY:
        return "It is not in your calendar any more."
    why = next((left.text for left in board.plan.left_out if left.account_id == stop.account_id and left.text), "")
    return f"It cannot be visited any more. {why}".strip()


def _closed(candidate: Candidate, windows: Sequence[Window], stop: Stop, day: date, writing: Writing) -> str:
    """Why a visit cannot start when it is planned, or nothing where it can."""
    if any(window.from_s <= stop.start_s <= window.to_s for window in windows):
        return ""
    name = writing.weekday(day)
    held = " You have locked it there." if stop.lock != "none" else ""
    if not windows:
        return f"It cannot be visited on {name}: {candidate.closed_text or 'closed, or taken up by a call'}.{held}"
    spans = " or ".join(
        writing.clock(window.from_s) if window.from_s == window.to_s else f"{writing.clock(window.from_s)}–{writing.clock(window.to_s)}"
        for window in windows
    )
    why = f", when {candidate.rep} is free," if candidate.rep else ""
    return f"It starts at {writing.clock(stop.start_s)}, but can only start at {spans}{why} on {name}.{held}"


def _overlaps(index: int, day: DayPlan, writing: Writing) -> Iterator[Conflict]:
    """Visits that begin before the one ahead of them is over."""
    for before, stop in pairwise(day.stops):
        if stop.start_s < before.leave_s:
            text = f"It starts at {writing.clock(stop.start_s)}, before {before.title} is over at {writing.clock(before.leave_s)}."
            yield Conflict(index, stop.block or stop.key, stop.title, text)


def _came_later(board: Board, index: int, day: DayPlan) -> Iterator[Conflict]:
    """Appointments of the calendar that the plan does not have: the visits they fall upon, or the day where they fall upon none."""
    planned = {stop.key for stop in day.stops}
    calls = {(block.uid, block.start_s, block.end_s) for block in day.blocks}
    new = [
        (call.title, call.start_s, call.end_s)
        for call in board.request.days[index].blocks
        if (call.uid, call.start_s, call.end_s) not in calls
    ]
    for candidate in board.request.candidates:
        if candidate.kind is VisitKind.DUTY and candidate.mandatory and candidate.key not in planned:
            new += [(candidate.title, w.from_s, w.from_s + candidate.service_s) for w in candidate.windows if w.day == index]
    for title, begin_s, end_s in new:
        when = f"{board.request.writing.clock(begin_s)}–{board.request.writing.clock(end_s)}"
        hit = [stop for stop in day.stops if stop.start_s < end_s and begin_s < stop.leave_s]
        for stop in hit:
            text = f"It falls upon {title}, {when}, which is in your calendar and not in the plan. Improve that day."
            yield Conflict(index, stop.block or stop.key, stop.title, text)
        if not hit:
            yield Conflict(index, "", title, f"{title}, {when}, is in your calendar and not in the plan. Improve that day.")
