"""Changes to a planned week by hand. Each answers at once: with the new times, or with the rule that it would break."""

from collections.abc import Callable, Sequence

from planner.model.week import Lock, Stop, VisitKind, WeekPlan
from planner.planning.board import Board, Routes
from planner.planning.frame import span_text
from planner.planning.schedule import BACK_LATE, CLOSED, DRIVES_LONG, NO_LUNCH, NO_ROAD, TOO_LATE, Broken
from planner.values import Struct, replace


class Edited(Struct, frozen=True):
    """A change that keeps every rule: the board after it, and what was done in words."""

    board: Board
    text: str


class Refused(Struct, frozen=True):
    """A change that would break a rule: which, in words, and on which day."""

    text: str
    day: int = -1


type Answer = Edited | Refused


def move(board: Board, key: str, day: int, position: int | None = None) -> Answer:
    """Move a planned visit to a day, at a position among its visits (None: where it takes least), and re-time what changes."""
    found = board.find(key)
    if found is None:
        return Refused(f"{board.candidate(key).title} is not planned.")
    if board.candidate(key).kind is VisitKind.DUTY:
        return Refused(f"{board.candidate(key).title} is an appointment of your calendar; change it there.", found[0])
    locked = _locked(board, key)
    if locked is Lock.TIME or (locked is Lock.DAY and found[0] != day):
        return Refused(f"{board.candidate(key).title} is locked; unlock it first.", found[0])
    taken = _without(board, key)
    return _put(board, taken, key, day, position, "Move")


def insert(board: Board, key: str, day: int, position: int | None = None) -> Answer:
    """Put a visit that is not planned into a day, at a position (None: where it takes least)."""
    if board.find(key) is not None:
        return Refused(f"{board.candidate(key).title} is planned already.")
    v = board.frame.number.get(key, -1)
    groups = set(board.frame.instance.groups_of(v)) if v >= 0 else set()
    for route in board.solution.routes:
        for other in route:
            if groups & set(board.frame.instance.groups_of(other)):
                return Refused(f"{board.frame.candidates[other].title} is planned instead; take that out first.")
    return _put(board, {}, key, day, position, "Add")


def remove(board: Board, key: str) -> Answer:
    """Take a visit out of the plan."""
    found = board.find(key)
    candidate = board.candidate(key)
    if found is None:
        return Refused(f"{candidate.title} is not planned.")
    if candidate.kind is VisitKind.DUTY:
        return Refused(f"{candidate.title} is an appointment of your calendar; change it there.", found[0])
    if _locked(board, key) is not Lock.NONE:
        return Refused(f"{candidate.title} is locked; unlock it first.", found[0])
    if candidate.mandatory:
        return Refused(f"{candidate.title} is a must this week; change that wish first.", found[0])
    return _answer(board, _without(board, key), f"Take {candidate.title} out")


def swap(board: Board, key: str, other: str) -> Answer:
    """Let two planned visits change places."""
    one, two = board.find(key), board.find(other)
    if one is None or two is None:
        return Refused("Only planned visits can change places.")
    for each in (key, other):
        if _locked(board, each) is Lock.TIME or (_locked(board, each) is Lock.DAY and one[0] != two[0]):
            return Refused(f"{board.candidate(each).title} is locked; unlock it first.")
    changed = {d: list(board.solution.routes[d]) for d in (one[0], two[0])}
    changed[one[0]][one[1]], changed[two[0]][two[1]] = board.frame.number[other], board.frame.number[key]
    text = f"Swap {board.candidate(key).title} and {board.candidate(other).title}"
    return _answer(board, {d: tuple(route) for d, route in changed.items()}, text)


def reverse(board: Board, day: int) -> Answer:
    """Make the visits of a day in the opposite order; fixed appointments keep their time."""
    return _answer(board, {day: board.solution.routes[day][::-1]}, f"Reverse {_name(board, day)}")


def reorder(board: Board, day: int, keys: Sequence[str]) -> Answer:
    """Make the visits of a day in this order: all of them, each once."""
    wanted = tuple(board.frame.number.get(key, -1) for key in keys)
    if sorted(wanted) != sorted(board.solution.routes[day]):
        return Refused(f"This is not an order of the visits of {_name(board, day)}.", day)
    return _answer(board, {day: wanted}, f"Reorder {_name(board, day)}")


def lock(board: Board, key: str, how: Lock) -> Answer:
    """Hold a planned visit on its day or at its minute, or let go of it."""
    found, candidate = board.find(key), board.candidate(key)
    if found is None:
        return Refused(f"{candidate.title} is not planned.")
    if candidate.kind is VisitKind.DUTY:
        return Refused(f"{candidate.title} is an appointment of your calendar: it stays as it is.", found[0])
    held = board.with_plan(_each_stop(board.plan, lambda stop: replace(stop, lock=how) if key in (stop.key, stop.block) else stop))
    told = held.with_routes({found[0]: held.solution.routes[found[0]]})  # how late each stop may be is another matter now
    words = {Lock.NONE: "Unlock", Lock.DAY: f"Lock to {_name(board, found[0])}:", Lock.TIME: "Lock the time of"}
    return Edited(told if isinstance(told, Board) else held, f"{words[how]} {candidate.title}")


def keep_order(board: Board, day: int, *, keep: bool = True) -> Answer:
    """Let planning keep the order of a day, or let go of it."""
    days = tuple(replace(each, keep_order=keep) if index == day else each for index, each in enumerate(board.plan.days))
    text = f"Keep the order of {_name(board, day)}" if keep else f"Let {_name(board, day)} be reordered"
    return Edited(board.with_plan(replace(board.plan, days=days)), text)


def refusal_text(board: Board, day: int, broken: Broken) -> str:
    """A broken rule in words, with what is missing."""
    frame, short = board.frame, f" ({span_text(broken.short_s)} too late)" if broken.short_s else ""
    name, asked, writing = _name(board, day), frame.request.days[day], frame.request.writing
    most = writing.figure(f"{asked.max_drive_s / 3600:.2g}")
    if broken.rule in (CLOSED, TOO_LATE, NO_ROAD) and broken.visit >= 0:
        title, windows = frame.candidates[broken.visit].title, frame.instance.windows_of(broken.visit, day)
        if broken.rule == NO_ROAD:
            return f"No road leads to {title}."
        if not windows:
            return f"{title} cannot be visited on {name}: {frame.candidates[broken.visit].closed_text or 'closed, or taken up by a call'}."
        return f"{title} must start by {writing.clock(windows[-1][1])} on {name}{short}."
    return {
        BACK_LATE: f"You would be back after {writing.clock(asked.closes_s)} on {name}{short}.",
        DRIVES_LONG: f"{name} would have {span_text(broken.short_s)} more driving than {most} h.",
        NO_LUNCH: f"{name} would leave no time for lunch.",
        NO_ROAD: f"No road leads back on {name}.",
    }.get(broken.rule, f"{name}: {broken.rule}.")


def _put(board: Board, taken: Routes, key: str, day: int, position: int | None, verb: str) -> Answer:
    if not 0 <= day < len(board.solution.routes):
        return Refused("That day is not part of the plan.")
    v = board.frame.number[board.candidate(key).key]
    route = taken.get(day, board.solution.routes[day])
    spots = range(len(route) + 1) if position is None else [max(0, min(position, len(route)))]
    changes = [{**taken, day: (*route[:at], v, *route[at:])} for at in spots]
    answers = [board.times_of(change) for change in changes]
    fitting = [(sum(each.drive_s for each in times.values()), at) for at, times in enumerate(answers) if isinstance(times, dict)]
    if not fitting:
        refused = [times for times in answers if isinstance(times, tuple)]
        at_day, broken = min(refused, key=lambda each: (each[1].rule in (CLOSED, NO_ROAD), each[1].short_s or 1 << 30))
        return Refused(refusal_text(board, at_day, broken), at_day)
    best = board.with_routes(changes[min(fitting)[1]])
    assert isinstance(best, Board)
    stop = next(stop for stop in best.plan.days[day].stops if key in (stop.key, stop.block))
    return Edited(best, f"{verb} {board.candidate(key).title} to {_name(board, day)} {board.request.writing.clock(stop.start_s)}")


def _answer(board: Board, changed: Routes, text: str) -> Answer:
    after = board.with_routes(changed)
    return Edited(after, text) if isinstance(after, Board) else Refused(refusal_text(board, *after), after[0])


def _without(board: Board, key: str) -> Routes:
    v = board.frame.number[key]
    return {d: tuple(u for u in route if u != v) for d, route in enumerate(board.solution.routes) if v in route}


def _locked(board: Board, key: str) -> Lock:
    stops = (stop for day in board.plan.days for stop in day.stops if key in (stop.key, stop.block))
    return next((stop.lock for stop in stops), Lock.NONE)


def _each_stop(plan: WeekPlan, change: Callable[[Stop], Stop]) -> WeekPlan:
    return replace(plan, days=tuple(replace(day, stops=tuple(change(stop) for stop in day.stops)) for day in plan.days))


def _name(board: Board, day: int) -> str:
    return board.request.writing.weekday(board.request.days[day].day)
