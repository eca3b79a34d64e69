"""roadbook week: change a planned week by hand, and ask why and where."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, clock, day_in, message, print_json, print_table
from planner.cli.week import WeekOption, print_day, week_of
from planner.errors import UserProblem
from planner.model.week import Lock
from planner.settings import weekdays_of
from planner.usecases import edits
from planner.usecases.accounts import fitting_accounts
from planner.usecases.board import best_days, edit_week, open_board, plan_robustness, why_not
from planner.usecases.today import OnDay, week_gaps
from planner.usecases.visit_names import key_of
from planner.usecases.workspace import Workspace, workspace_at

app = typer.Typer(no_args_is_help=True, help="Change a planned week by hand; each change is a version to go back to.")
Visit = Annotated[str, typer.Argument(help="An account's number, CRM id or a part of its name; or the key of a visit.")]
Day = Annotated[str, typer.Argument(help="A weekday such as Wed.")]
At = Annotated[
    int | None, typer.Option("--at", min=1, help="Its place among the visits of the day, from 1; where it takes least when not given.")
]
Most = Annotated[int, typer.Option(min=1, help="So many at most.")]


@app.command()
def move(visit: Visit, day: Day, at: At = None, week: WeekOption = "", home: Home = None) -> None:
    """Move a visit to another day or place."""
    _edit(home, week, lambda ws, b: edits.move(b, key_of(b, ws, visit), _day(b, day), at - 1 if at else None))


@app.command()
def insert(visit: Visit, day: Day, at: At = None, week: WeekOption = "", home: Home = None) -> None:
    """Put a visit into a day."""
    _edit(home, week, lambda ws, b: edits.insert(b, key_of(b, ws, visit, new=True), _day(b, day), at - 1 if at else None))


@app.command()
def remove(visit: Visit, week: WeekOption = "", home: Home = None) -> None:
    """Take a visit out."""
    _edit(home, week, lambda ws, b: edits.remove(b, key_of(b, ws, visit)))


@app.command()
def swap(visit: Visit, other: Visit, week: WeekOption = "", home: Home = None) -> None:
    """Let two visits change places."""
    _edit(home, week, lambda ws, b: edits.swap(b, key_of(b, ws, visit), key_of(b, ws, other)))


@app.command()
def reverse(day: Day, week: WeekOption = "", home: Home = None) -> None:
    """Make the visits of a day in the opposite order."""
    _edit(home, week, lambda _ws, b: edits.reverse(b, _day(b, day)))


@app.command()
def order(
    day: Day,
    visits: Annotated[list[str], typer.Argument(help="Every visit of the day, in order.")],
    week: WeekOption = "",
    home: Home = None,
) -> None:
    """Make the visits of a day in this order."""

    def change(workspace: Workspace, board: edits.Board) -> edits.Answer:
        index = _day(board, day)
        on = board.plan.days[index].day
        return edits.reorder(board, index, [key_of(board, workspace, visit, day=on) for visit in visits])

    _edit(home, week, change)


@app.command()
def lock(
    visit: Visit,
    time: Annotated[bool, typer.Option("--time", help="Hold its time as well as its day.")] = False,
    week: WeekOption = "",
    home: Home = None,
) -> None:
    """Hold a visit on its day: planning again keeps it there."""
    _edit(home, week, lambda ws, b: edits.lock(b, key_of(b, ws, visit), Lock.TIME if time else Lock.DAY))


@app.command()
def unlock(visit: Visit, week: WeekOption = "", home: Home = None) -> None:
    """Let planning move a visit again."""
    _edit(home, week, lambda ws, b: edits.lock(b, key_of(b, ws, visit), Lock.NONE))


@app.command("keep-order")
def keep_order(
    day: Day,
    off: Annotated[bool, typer.Option("--off", help="Let planning reorder it again.")] = False,
    week: WeekOption = "",
    home: Home = None,
) -> None:
    """Keep the order of a day: planning again may put visits in between, and no more."""
    _edit(home, week, lambda _ws, b: edits.keep_order(b, _day(b, day), keep=not off))


@app.command()
def best(
    account: Visit,
    first: Annotated[str, typer.Option("--from", help="The first day to look at, such as 2026-12-01; today when not given.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """The best day for one account: the driving it would add on each of the next 10 working days."""
    report = Progress()
    with workspace_at(home) as workspace:
        fits = best_days(workspace, account, day_in(first) if first else date.today(), report)  # noqa: DTZ011 - her own calendar day
    report.done()
    if as_json:
        print_json([{"day": f.day.isoformat(), "detour_s": f.detour_s, "start_s": f.start_s, "text": f.text} for f in fits])
        return
    rows = [
        (
            f"{f.day:%a %b} {f.day.day}",
            "-" if f.detour_s is None else _minutes_more(f.detour_s),
            "" if f.start_s is None else clock(f.start_s),
            f.text,
        )
        for f in fits
    ]
    print_table("", ("Day", "Driving", "At", ""), rows)


@app.command()
def gaps(week: WeekOption = "", most: Most = 10, home: Home = None, as_json: AsJson = False) -> None:
    """Who can still be seen in a planned week, the most value for its time first."""
    report = Progress()
    with workspace_at(home) as workspace:
        fits = week_gaps(workspace, week_of(week), report, most)
    report.done()
    print_fits(fits, as_json=as_json)


@app.command()
def robustness(week: WeekOption = "", home: Home = None, as_json: AsJson = False) -> None:
    """The chance of keeping each appointment when drives and visits vary (settings vary_drives, vary_visits)."""
    with workspace_at(home) as workspace:
        plan, found = plan_robustness(workspace, week_of(week))
    titles = {stop.key: f"{clock(stop.start_s)} {stop.title}" for day in plan.days for stop in day.stops}
    if as_json:
        print_json(
            {
                "chance": round(found.chance, 4),
                "stops": [
                    {"day": day.day.isoformat(), "key": s.key, "chance": round(s.chance, 4), "tight": s.tight, "late_s": s.late_s}
                    for day in found.days
                    for s in day.stops
                ],
            }
        )
        return
    for day in found.days:
        rows = [(titles[s.key], f"{s.chance:.0%}", f"tight: {round(s.late_s / 60)} min late then" if s.tight else "") for s in day.stops]
        if rows:
            print_table(f"{day.day:%A}: back in time {day.back:.0%}, lunch in time {day.lunch:.0%}", ("Visit", "Kept", ""), rows)
    message(f"All appointments of the week are kept with a chance of {found.chance:.0%}. Planning with --slack leaves more time.")


def why(account: Visit, week: WeekOption = "", home: Home = None, as_json: AsJson = False) -> None:
    """Why an account is in the plan of a week, or why not, day by day."""
    report = Progress()
    with workspace_at(home) as workspace:
        board = open_board(workspace, week_of(week), report)
        key = key_of(board, workspace, account)
        named = {found.id for found in fitting_accounts(workspace, account)}
        block = [(day, stop) for day in board.plan.days for stop in day.stops if key in (stop.key, stop.block)]
        stops = [(day, stop) for day, stop in block if stop.account_id in named] or block
        candidate = board.candidate(stops[0][1].key if stops and stops[0][1].key in board.frame.number else key)
        left, days = why_not(workspace, board, candidate.account_id) if not stops and candidate.account_id is not None else (None, ())
    report.done()
    data: dict[str, Any] = {
        "name": candidate.title,
        "value": candidate.value,
        "terms": [{"label": term.label, "points": term.points} for term in candidate.terms],
        "planned": [
            {"day": day.day.isoformat(), "start": clock(stop.start_s), "slack_s": stop.slack_s, "binding": stop.binding}
            for day, stop in stops
        ],
        "left_out": {"reason": left.reason.value, "text": left.text} if left else None,
        "days": [{"day": d.day.isoformat(), "text": d.text, "displaces": d.displaces, "swap": d.swap} for d in days],
    }
    if as_json:
        print_json(data)
        return
    title, terms = f"{candidate.title}: worth {candidate.value:g}", [(term.label, f"{term.points:+g}") for term in candidate.terms]
    print_table(title, ("Because", "Points") if terms else (), terms)
    for day, stop in stops:
        later = f"may begin {stop.slack_s // 60} min later" if stop.slack_s >= 60 else "cannot begin later"
        rep = f" with {stop.rep}" if stop.rep else ""
        message(f"Planned for {day.day:%A} {clock(stop.start_s)}{rep}; it {later} ({stop.binding}).")
    if left:
        message(f"Not in the plan: {left.text}.")
    swaps = [(f"{d.day:%a}", d.text, d.displaces, "" if d.swap is None else f"{d.swap:+.1f}") for d in days]
    if swaps:
        print_table("", ("Day", "Why not", "Could replace", "Worth of the week"), swaps)


def print_fits(fits: list[OnDay], *, as_json: bool) -> None:
    """Print who fits where."""
    if as_json:
        fields = ("key", "title", "value", "account_id", "position", "detour_s", "start_s", "leave_s")
        print_json([{"day": day.isoformat()} | {name: getattr(fit, name) for name in fields} for day, fit in fits])
        return
    rows = [
        (f.title, f.kind.value, f"{f.value:.0f}", f"{day:%a} {clock(f.start_s)}-{clock(f.leave_s)}", _minutes_more(f.detour_s))
        for day, f in fits
    ]
    if rows:
        print_table("", ("Who", "For", "Value", "When", "Driving"), rows)
    else:
        message("Nobody fits there.")


def _minutes_more(seconds: int) -> str:
    return f"+{max(0, round(seconds / 60))} min"


def _edit(home: Path | None, week: str, edit: Callable[[Workspace, edits.Board], edits.Answer]) -> None:
    report = Progress()
    with workspace_at(home) as workspace:
        board = open_board(workspace, week_of(week), report)
        after, changes = edit_week(workspace, board, lambda each: edit(workspace, each))
    report.done()
    for before, day in zip(board.plan.days, after.plan.days, strict=True):
        if before != day:
            print_day(day)
    message(f"{changes.label}. The week is worth {after.plan.value:,.0f} ({after.plan.value - board.plan.value:+.1f}).")


def _day(board: edits.Board, text: str) -> int:
    try:
        wanted = date.fromisoformat(text)
        found = [index for index, day in enumerate(board.plan.days) if day.day == wanted]
    except ValueError:
        try:
            weekdays = weekdays_of(text)
        except ValueError:
            raise UserProblem(f"“{text}” is not a day.", remedy="Write it as Wed or 2026-12-02.") from None
        found = [index for index, day in enumerate(board.plan.days) if day.day.weekday() in weekdays]
    if len(found) != 1:
        days = ", ".join(f"{day.day:%a}" for day in board.plan.days)
        raise UserProblem(f"“{text}” is not one day of this plan.", f"Its days are {days}.", "Write it as Wed or 2026-12-02.")
    return found[0]
