"""What is done on the road, by use cases: arrive, skip, run late, see who is near, put somebody in."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.tracking import Trip, TripState
from planner.model.week import DayPlan, Stop
from planner.progress import Report
from planner.usecases.log_visit import draft_visit
from planner.usecases.today import Here, OnDay, gap, replan
from planner.usecases.trips import FIXED, edit_trip, list_trips, make_trips
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace
from ui.today.day_log import DayLog, seconds_of_day
from ui.visits.sheet import Sheet, sheet_of_visit
from ui.words import clock

MOST_NEAR = 6


class News(Struct, frozen=True):
    """What came of it, line by line, and what was changed. It is `bad` news when something cannot be kept."""

    lines: tuple[str, ...]
    changes: Changes
    bad: bool = False


def arrive(workspace: Workspace, day: date, stop: Stop, now_s: int) -> News:
    """Keep in the day's trip, which begins by that, when she came to a stop; raises UserProblem when the trip is over."""
    found = _trip_of(list_trips(workspace, day, day), day, stop)
    if found is None:
        make_trips(workspace, IsoWeek.of(day))
        found = _trip_of(list_trips(workspace, day, day), day, stop)
    if found is None:
        raise UserProblem(f"{stop.title} is not part of a trip of today.", "Only a planned stop is arrived at.", "Log the visit instead.")
    if found.state in FIXED:
        raise UserProblem(f"The trip “{found.name}” is {found.state.value}.", "So nobody arrives any more.", "Log the visit instead.")
    stops = tuple(replace(each, came_s=now_s, went_s=None) if _is(each.stop_key, each.day, stop, day) else each for each in found.stops)
    _, changes = edit_trip(workspace, replace(found, state=TripState.UNDER_WAY, stops=stops))
    return News((f"Arrived at {stop.title} at {clock(now_s)}.",), changes)


def skip(workspace: Workspace, day: DayPlan, stop: Stop, here: Here, report: Report, stopping: Callable[[], bool]) -> News:
    """Plan the rest of a day without a stop, and nobody new in its place."""
    off = stop.block or stop.key
    result, changes = replan(workspace, here, report, cancelled=[off], only_planned=True, stop=stopping)
    after = next(each for each in result.plan.days if each.day == day.day)
    skipped = {each.key for each in day.stops if off in (each.key, each.block)}
    return _news(f"{stop.title} is skipped.", day, after, result.missed, changes, but=skipped)


def run_late(workspace: Workspace, day: DayPlan, here: Here, report: Report, stopping: Callable[[], bool]) -> News:
    """Plan the rest of a day from now and here, and tell what can no longer be kept."""
    result, changes = replan(workspace, here, report, only_planned=True, stop=stopping)
    after = next(each for each in result.plan.days if each.day == day.day)
    return _news(f"Planned anew from {clock(here.time_s)}.", day, after, result.missed, changes)


def who_is_near(workspace: Workspace, here: Here, report: Report) -> list[OnDay]:
    """Who can be seen on the way without being late anywhere."""
    return gap(workspace, here, None, report, MOST_NEAR)


def put_in(workspace: Workspace, day: DayPlan, account_id: int, here: Here, report: Report, stopping: Callable[[], bool]) -> News:
    """See an account today as well, from now and here."""
    result, changes = replan(workspace, here, report, urgent=[str(account_id)], only_planned=True, stop=stopping)
    after = next(each for each in result.plan.days if each.day == day.day)
    new = next((stop for stop in after.stops if stop.account_id == account_id), None)
    said = f"{new.title} is put in at {clock(new.start_s)}." if new else "It does not fit after all."
    return _news(said, day, after, result.missed, changes)


def sheet_since(workspace: Workspace, account_id: int, came_s: int, until_s: int, now: datetime) -> Sheet:
    """The form of a visit that began when she came; `now` is her wall clock."""
    visit = draft_visit(workspace, account_id, now)
    return sheet_of_visit(workspace, replace(visit, start_s=came_s, minutes=max(1, (until_s - came_s) // 60)))


def log_when(day: DayPlan, stop: Stop, log: DayLog, now: datetime) -> tuple[int, int] | None:
    """From when to when she was at a stop, if she said that she came: until now while it is the last one, else as long as was planned."""
    came_s = log.came.get(stop.key)
    if came_s is None:
        return None
    later = any(log.came.get(each.key, -1) > came_s for each in day.stops)
    now_s = seconds_of_day(now)
    is_there = day.day == now.date() and not later and now_s < came_s + 3 * (stop.leave_s - stop.start_s)
    return came_s, now_s if is_there else came_s + stop.leave_s - stop.start_s


def _trip_of(trips: Iterable[Trip], day: date, stop: Stop) -> Trip | None:
    return next((trip for trip in trips if any(_is(each.stop_key, each.day, stop, day) for each in trip.stops)), None)


def _is(key: str, on: date, stop: Stop, day: date) -> bool:
    return key == stop.key and on == day


def _news(said: str, before: DayPlan, after: DayPlan, missed: Iterable[tuple[str, str]], changes: Changes, but: Iterable[str] = ()) -> News:
    """What was done, what cannot be kept and why, who is no longer seen today, and when the day ends where that has changed."""
    told = dict(missed)
    kept = {stop.key for stop in after.stops} | set(but)
    gone = [stop.title for stop in before.stops if stop.key not in kept and stop.title not in told]
    lines = [said, *(f"Cannot be kept: {name}. {why.rstrip('.')}." for name, why in told.items())]
    if gone:
        lines.append(f"No longer today: {', '.join(gone)}.")
    if clock(after.back_s) != clock(before.back_s):
        lines.append(f"{after.end_words} {clock(after.back_s)} instead of {clock(before.back_s)}.")
    return News(tuple(lines), changes, bad=bool(told or gone))
