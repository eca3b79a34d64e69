"""From visits by number to a plan with places, times and words."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.model.calendar import IsoWeek
from planner.model.places import NamedPlace
from planner.model.request import Candidate, WeekRequest
from planner.model.week import DayPlan, LeftOut, Stop, Term, WeekPlan
from planner.planning.frame import SHARED, Frame
from planner.planning.instance import Solution
from planner.planning.schedule import BACK_LATE, CALLED, NO_LUNCH, Broken, DayTimes, StopTime, schedule_day

if TYPE_CHECKING:
    from planner.model.request import Part


def lay_out(frame: Frame, solution: Solution, week: IsoWeek, timezone: str, left_out: Sequence[LeftOut] = ()) -> WeekPlan:
    """The plan of a solution that keeps every rule."""
    days = []
    for index in range(len(frame.request.days)):
        times = schedule_day(frame.instance, index, solution.routes[index], solution.ends_of(frame.instance, index))
        assert not isinstance(times, Broken), f"{frame.request.days[index].day}: {times}"
        days.append(day_plan(frame, solution, index, times))
    terms = {candidate.key: candidate.terms for candidate in frame.request.candidates if candidate.terms}
    return WeekPlan(week, timezone, tuple(days), tuple(left_out), terms, costs_of(frame.request, days), frame.request.days[0].day)


def day_plan(frame: Frame, solution: Solution, index: int, times: DayTimes) -> DayPlan:
    """A day of a solution with its times as a planned day."""
    asked = frame.request.days[index]
    start, end = _ends(frame, solution, index)
    here = frame.rows[start.point]
    stops: list[Stop] = []
    for at in times.stops:
        candidate = frame.candidates[at.visit]
        drive_m = int(frame.matrix.metres[here, frame.rows[candidate.place]])
        stops += _stops(frame, candidate, at, drive_m, index)
        here = frame.rows[candidate.leave_place]
    return DayPlan(
        day=asked.day,
        start=start,
        end=end,
        leave_s=times.leave_s,
        back_s=times.back_s,
        stops=tuple(stops),
        last_drive_s=times.last_drive_s,
        last_drive_m=int(frame.matrix.metres[here, frame.rows[end.point]]) if times.last_drive_s else 0,
        lunch=times.lunch,
        blocks=asked.blocks,
        away=bool(solution.beds) and solution.beds[index] >= 0,
        open_end=asked.end is None,
        keep_order=asked.keep_order,
    )


def costs_of(request: WeekRequest, days: Sequence[DayPlan]) -> tuple[Term, ...]:
    """What driving, nights away and missing shares take from the worth of these days."""
    costs, writing = [], request.writing
    minutes = sum(day.drive_s for day in days) / 60
    if request.drive_points and minutes:
        hours, points_a_minute = writing.number(minutes / 60, 1, grouped=False), writing.figure(f"{request.drive_points:g}")
        costs.append(Term(f"Driving {hours} h at {points_a_minute} a minute", -request.drive_points * minutes))
    points = {request.days[night.after].day: night.points for night in request.nights}
    costs += [Term(f"Night away: {day.end.name}", -points[day.day]) for day in days if day.away and day.day in points]
    shares = request.shares
    if shares and shares.points_an_hour:
        spent = {kind: sum(s.leave_s - s.start_s for day in days for s in day.stops if s.kind is kind) / 3600 for kind in SHARED}
        whole = sum(spent.values())
        for kind, share in zip(SHARED, (shares.capture, shares.care, shares.support), strict=True):
            missing = share * whole - spent[kind]
            if missing > 0.05:
                hours = writing.number(missing, 1, grouped=False)
                costs.append(Term(f"{kind.value.capitalize()} lacks {hours} h to its {share:.0%}", -shares.points_an_hour * missing))
    return tuple(Term(cost.label, round(cost.points, 1)) for cost in costs)


def binding_text(frame: Frame, index: int, visit: int, broken: Broken) -> str:
    """The rule that limits how late a visit may begin, in words."""
    day, writing = frame.request.days[index], frame.request.writing
    if broken.rule == BACK_LATE:
        return f"back by {writing.clock(day.closes_s)}"
    if broken.rule == NO_LUNCH:
        return f"lunch by {writing.clock(day.lunch.latest_s)}" if day.lunch else "lunch"
    if broken.rule == CALLED:
        return "a call later that day"
    windows = frame.instance.windows_of(broken.visit, index) if broken.visit >= 0 else []
    latest = f" by {writing.clock(windows[-1][1])}" if windows else ""
    return f"must start{latest}" if broken.visit == visit else f"{frame.candidates[broken.visit].title} must start{latest}"


def _ends(frame: Frame, solution: Solution, index: int) -> tuple[NamedPlace, NamedPlace]:
    """The places where a day of a solution starts and ends."""
    asked = frame.request.days[index]
    beds = solution.beds or (-1,) * len(frame.request.days)
    if index > 0 and beds[index - 1] >= 0:
        start = frame.beds[beds[index - 1]][1]
    elif asked.start is not None:
        start = asked.start
    else:  # a first day always has a start of its own
        start = _ends(frame, solution, index - 1)[1]
    if beds[index] >= 0:
        return start, frame.beds[beds[index]][1]
    if asked.end is not None:
        return start, asked.end
    if not solution.routes[index]:
        return start, start
    last = frame.candidates[solution.routes[index][-1]]
    return start, NamedPlace(last.parts[-1].title if last.parts else last.title, last.leave_place)


def _stops(frame: Frame, candidate: Candidate, at: StopTime, drive_m: int, index: int) -> Iterator[Stop]:
    """The stop of a visit, or those of a block."""
    binding = binding_text(frame, index, at.visit, at.binding)
    parts: Sequence[Part | None] = candidate.parts or (None,)
    for part in parts:
        shown = part or candidate
        start_s = at.start_s + (part.after_s if part else 0)
        first = part is None or part is candidate.parts[0]
        yield Stop(
            key=shown.key,
            title=shown.title,
            kind=shown.kind,
            place=shown.place,
            arrive_s=at.arrive_s if first else start_s,
            start_s=start_s,
            leave_s=start_s + shown.service_s,
            drive_s=at.drive_s if first or part is None else part.drive_s,
            drive_m=drive_m if first or part is None else part.drive_m,
            value=shown.value,
            account_id=shown.account_id,
            mandatory=candidate.mandatory,
            slack_s=at.slack_s,
            binding=binding,
            lock=candidate.lock,
            rep=candidate.rep,
            block=candidate.key if candidate.parts else "",
        )
