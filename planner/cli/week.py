"""roadbook plan, solve, export: a week from the accounts to the files taken along."""

import json
import os
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, clock, message, print_json, print_table, seconds_text
from planner.errors import UserProblem
from planner.model.calendar import IsoWeek, this_week
from planner.model.week import DayPlan, Lock, Stop, VisitKind, WeekPlan
from planner.model.wishes import BlockWish, CoachingPlace, CoachingWish
from planner.settings import weekdays_of
from planner.usecases.export_week import FORMATS, export_week
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.solve_instance import solve_instance
from planner.usecases.team import find_rep
from planner.usecases.workspace import workspace_at

METRES_PER_MILE = 1609.344
WeekOption = Annotated[str, typer.Option("--week", help="An ISO week such as 2026-W49; the coming one when not given.")]


def week_of(text: str) -> IsoWeek:
    """The week a user named; raises UserProblem for what is not one."""
    if not text:
        return this_week(date.today())  # noqa: DTZ011 - her own calendar day
    try:
        return IsoWeek.parse(text)
    except ValueError as error:
        raise UserProblem(f"“{text}” is not a week.", remedy="Write it as 2026-W49.") from error


def plan(
    week: WeekOption = "",
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="How long to search.")] = 5.0,
    seed: Annotated[int, typer.Option(help="The same seed searches the same way.")] = 1,
    iterations: Annotated[int | None, typer.Option(min=1, help="So many rounds instead of seconds: then a seed gives one plan.")] = None,
    weeks: Annotated[int, typer.Option(min=1, max=4, help="How many weeks to plan together.")] = 1,
    days: Annotated[str, typer.Option(help="Weekdays such as Mon-Sat; those of the settings when not given.")] = "",
    start: Annotated[list[str] | None, typer.Option(help="Where a weekday begins: Wed=office, Thu=last stop, Fri=100 Main St.")] = None,
    end: Annotated[list[str] | None, typer.Option(help="Where a weekday ends, as --start.")] = None,
    nights: Annotated[str, typer.Option(help="Weekdays after which a night may be spent at one of your hotels.")] = "",
    block: Annotated[list[str] | None, typer.Option(help="A block with a rep: “Rep B”, or “Rep B=240” minutes.")] = None,
    coach: Annotated[list[str] | None, typer.Option(help="A one-on-one with a rep: “Rep A”, or “Rep A=45” minutes.")] = None,
    coach_at: Annotated[CoachingPlace, typer.Option(help="Where one-on-ones may be.")] = CoachingPlace.EITHER,
    slack: Annotated[bool, typer.Option("--slack", help="Leave time for drives that take longer.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Plan a week of visits, or several together, and keep the plan."""
    report = Progress()
    with workspace_at(home) as workspace:
        options = PlanOptions(
            seconds=seconds,
            seed=seed,
            iterations=iterations,
            weeks=weeks,
            days=weekdays_in(days) if days else None,
            starts=_by_weekday(start),
            ends=_by_weekday(end),
            nights=weekdays_in(nights) if nights else None,
            blocks=tuple(BlockWish(find_rep(workspace, rep).name, minutes) for rep, minutes in _with_minutes(block, 240)),
            coaching=tuple(CoachingWish(find_rep(workspace, rep).name, m, coach_at) for rep, m in _with_minutes(coach, 45)),
            slack=slack,
        )
        outcome = plan_week(workspace, week_of(week), options, report)
    report.done()
    if as_json:
        data = [plan_data(each) for each in outcome.weeks]
        print_json(data[0] if weeks == 1 else data)
        return
    for each in outcome.weeks:
        print_plan(each)


def weekdays_in(text: str) -> tuple[int, ...]:
    """The weekdays that a user named, 0 = Monday; raises UserProblem for what are none."""
    with suppress(ValueError):
        found = weekdays_of(text)
        if found:
            return found
    raise UserProblem(f"“{text}” names no weekdays.", remedy="Write them as Mon-Fri or Tue, Thu.")


def _by_weekday(texts: list[str] | None) -> dict[int, str]:
    """Places by weekday, from texts such as “Wed=office”."""
    found: dict[int, str] = {}
    for text in texts or ():
        days, _, place = text.partition("=")
        if not place.strip():
            raise UserProblem(f"“{text}” does not say where.", remedy="Write it as Wed=office.")
        found |= dict.fromkeys(weekdays_in(days), place.strip())
    return found


def _with_minutes(texts: list[str] | None, usual: int) -> list[tuple[str, int]]:
    """Names and minutes, from texts such as “Rep B=240”."""
    found = []
    for text in texts or ():
        name, _, minutes = text.partition("=")
        if minutes and not (minutes.strip().isdigit() and 5 <= int(minutes) <= 600):
            raise UserProblem(f"“{text}” does not say how long.", remedy="Write it as Rep B=240, in minutes from 5 to 600.")
        found.append((name.strip(), int(minutes or usual)))
    return found


def solve(
    file: Annotated[Path, typer.Argument(help="An instance of the roadbook-week-1 format.")],
    seconds: Annotated[float, typer.Option(min=0.1, max=3600)] = 5.0,
    seed: int = 1,
    threads: Annotated[int, typer.Option(min=1, max=64)] = 2,
    out: Annotated[Path | None, typer.Option("--out", help="Where to write the plan; stdout when not given.")] = None,
) -> None:
    """Solve an instance of the benchmark format."""
    report = Progress()
    solved = solve_instance(file, seconds, seed, threads, report)
    report.done()
    if out is None:
        print_json(solved)
        return
    beside = out.with_name(out.name + ".part")
    beside.write_text(json.dumps(solved), encoding="utf-8")
    os.replace(beside, out)  # noqa: PTH105 - one atomic step


def export(
    week: WeekOption = "",
    format: Annotated[str, typer.Option("--format", help=f"One of: {', '.join(FORMATS)}.")] = "html",  # noqa: A002 - the option's name
    out: Annotated[Path | None, typer.Option("--out", help="The file to write.")] = None,
    home: Home = None,
) -> None:
    """Write a planned week as a file to take along."""
    report = Progress()
    with workspace_at(home) as workspace:
        chosen = week_of(week)
        written = export_week(workspace, chosen, format, out or workspace.exports_folder / f"{chosen}.{format}", report)
    report.done()
    message(f"Written: {written} ({written.stat().st_size / 1e6:.2f} MB).")


def day_lines(day: DayPlan) -> list[tuple[str, str, str, str]]:
    """A day as rows: time, what, kind, drive there."""
    rows = [(clock(day.leave_s), f"Leave {day.start.name}", "", "")] if day.stops else []
    rows += [(f"{clock(stop.start_s)}-{clock(stop.leave_s)}", stop.title, _purpose(stop), seconds_text(stop.drive_s)) for stop in day.stops]
    rows += [(_span(block.start_s, block.end_s), block.title, "call", "") for block in day.blocks]
    if day.lunch:
        rows.append((_span(*day.lunch), "Lunch", "", ""))
    if day.stops:
        rows.append((clock(day.back_s), day.end_words, "", seconds_text(day.last_drive_s)))
    return sorted(rows, key=lambda row: row[0][:5])


def _purpose(stop: Stop) -> str:
    """What a stop is for, who comes along, and what is held of it."""
    locked = {Lock.NONE: "", Lock.DAY: ", locked", Lock.TIME: ", time locked"}[stop.lock]
    return (f"{stop.kind.value}: {stop.rep}" if stop.rep else stop.kind.value) + locked


def print_day(day: DayPlan) -> None:
    """Print a day to be read."""
    visits = sum(stop.kind is not VisitKind.DUTY for stop in day.stops)
    title = f"{day.day:%A} {day.day:%b} {day.day.day} · {visits} visits · {seconds_text(day.drive_s)} driving · worth {day.value:,.0f}"
    print_table(title + (" · order kept" if day.keep_order else ""), ("Time", "What", "For", "Drive"), day_lines(day))


def _span(begin_s: int, end_s: int) -> str:
    return f"{clock(begin_s)}-{clock(end_s)}"


def totals(plan: WeekPlan) -> str:
    """The plan in one line."""
    miles = plan.drive_m / METRES_PER_MILE
    return f"{plan.visits} visits · {seconds_text(plan.drive_s)} driving · {miles:,.0f} mi · value {plan.value:,.0f}"


def print_plan(plan: WeekPlan) -> None:
    """Print a plan to be read."""
    for day in plan.days:
        print_day(day)
    reasons: dict[str, int] = {}
    for left in plan.left_out:
        reasons[left.reason.value] = reasons.get(left.reason.value, 0) + 1
    for cost in plan.costs:
        message(f"{cost.label}: {cost.points:+.1f} points")
    message(totals(plan))
    if reasons:
        message(f"Not in the plan: {len(plan.left_out):,} ({', '.join(f'{reason} {count:,}' for reason, count in reasons.items())}).")


def plan_data(plan: WeekPlan) -> dict[str, Any]:
    """A plan as data: days with stops, drives and lunch; what was left out and why."""
    return {
        "week": str(plan.week),
        "timezone": plan.timezone,
        "value": round(plan.value, 2),
        "costs": [{"label": cost.label, "points": cost.points} for cost in plan.costs],
        "days": [_day_data(day) for day in plan.days],
        "left_out": [
            {"account": left.account_id, "name": left.title, "kind": left.kind.value, "value": round(left.value, 2)}
            | {"reason": left.reason.value, "text": left.text}
            for left in plan.left_out
        ],
    }


def _day_data(day: DayPlan) -> dict[str, Any]:
    return {
        "day": day.day.isoformat(),
        "start": _place_data(day.start.name, day.start.point.lat, day.start.point.lon),
        "end": _place_data(day.end.name, day.end.point.lat, day.end.point.lon),
        "leave": clock(day.leave_s),
        "back": clock(day.back_s),
        "away": day.away,
        "keep_order": day.keep_order,
        "lunch": [clock(day.lunch[0]), clock(day.lunch[1])] if day.lunch else None,
        "stops": [
            {
                "account": stop.account_id,
                "key": stop.key,
                "name": stop.title,
                "kind": stop.kind.value,
                "lat": stop.place.lat,
                "lon": stop.place.lon,
                "arrive": clock(stop.arrive_s),
                "start": clock(stop.start_s),
                "leave": clock(stop.leave_s),
                "start_s": stop.start_s,
                "value": round(stop.value, 2),
                "slack_s": stop.slack_s,
                "binding": stop.binding,
                "lock": stop.lock.value,
                "rep": stop.rep,
                "block": stop.block,
            }
            for stop in day.stops
        ],
        "drives": [{"seconds": stop.drive_s, "metres": stop.drive_m} for stop in day.stops]
        + ([{"seconds": day.last_drive_s, "metres": day.last_drive_m}] if day.stops else []),
        "blocks": [{"title": block.title, "start": clock(block.start_s), "end": clock(block.end_s)} for block in day.blocks],
    }


def _place_data(name: str, lat: float, lon: float) -> dict[str, Any]:
    return {"name": name, "lat": lat, "lon": lon}
