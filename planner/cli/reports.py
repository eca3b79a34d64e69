"""roadbook report, ready, mail, duties: figures about pipeline and team, and what to do before and after a week on the road."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, clock, day_in, message, print_json, print_table
from planner.errors import UserProblem
from planner.model.accounts import Account, Opportunity, Rep
from planner.model.calendar import IsoWeek
from planner.settings import time_of_day_s
from planner.usecases import report_pages, reports
from planner.usecases.accounts import list_accounts
from planner.usecases.duties import Every, add_duty, delete_duty, find_duty, list_duties, skip_duty
from planner.usecases.mail_drafts import TEMPLATES, draft_mail, mailto_link, write_eml
from planner.usecases.readiness import readiness
from planner.usecases.report_pages import Sheet, write_page, writing_for
from planner.usecases.workspace import Workspace, workspace_at
from planner.values import Struct, fields

app = typer.Typer(no_args_is_help=True, help="Reports about pipeline and team: to be read here, as data, or as a page (--out).")
duties = typer.Typer(no_args_is_help=True, help="Recurring duties of your own, such as a staff meeting: planned around.")

Month = Annotated[str, typer.Option("--month", help="A month, quarter or year: 2026-11, 2026-Q4, 2026. Everything when not given.")]
Out = Annotated[Path | None, typer.Option("--out", help="Write it to this file: .html as a page, .csv as tables.")]
DutyName = Annotated[str, typer.Argument(help="Its number in the list, or a part of its title.")]


@app.command("funnel")
def funnel(month: Month = "", out: Out = None, home: Home = None, as_json: AsJson = False) -> None:
    """How far prospects came, by rep, area and month, and what it took."""
    with workspace_at(home) as workspace:
        found = reports.funnel_report(workspace, _period(month) if month else reports.ALWAYS)
        page = report_pages.funnel_page(found, writing_for(workspace, out))
    _show(page, found, out, as_json=as_json)


@app.command("quiet")
def quiet(
    days: Annotated[int, typer.Option(min=1, help="Without any contact for so many days.")] = reports.QUIET_DAYS,
    out: Out = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Prospects that were visited once, and that nobody has a next step for."""
    with workspace_at(home) as workspace:
        found = reports.quiet_prospects(workspace, _today(), days)
        page = report_pages.quiet_page(found, days, _today(), writing_for(workspace, out))
    _show(page, found, out, as_json=as_json)


@app.command("support")
def support(month: Month = "", out: Out = None, home: Home = None, as_json: AsJson = False) -> None:
    """How each rep was helped, in the last 28 days when no month is given; who needs help next first, and why."""
    period = _period(month) if month else reports.days_before(_today(), 28)
    with workspace_at(home) as workspace:
        found, names = reports.support_report(workspace, period, _today()), _names(workspace)
        page = report_pages.support_page(found, names, writing_for(workspace, out))
    _show(page, found, out, as_json=as_json)


@app.command("team")
def team(out: Out = None, home: Home = None, as_json: AsJson = False) -> None:
    """How it stands with each rep: quota, pipeline, activity, coverage."""
    with workspace_at(home) as workspace:
        found = reports.team_standings(workspace, _today())
        page = report_pages.team_page(found, _today(), writing_for(workspace, out))
    _show(page, found, out, as_json=as_json)


@app.command("one-on-one")
def one_on_one(
    rep: Annotated[str, typer.Argument(help="The rep's name.")], out: Out = None, home: Home = None, as_json: AsJson = False
) -> None:
    """The sheet for a one-on-one with a rep, since the last one."""
    with workspace_at(home) as workspace:
        found, names = reports.one_on_one_sheet(workspace, rep, _today()), _names(workspace)
        page = report_pages.one_on_one_page(found, names, writing_for(workspace, out))
    _show(page, found, out, as_json=as_json)


def ready(
    week: Annotated[str, typer.Argument(help="The week, such as 2026-W49; this one when not given.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Look whether all that a week on the road needs is on the laptop."""
    progress = Progress()
    with workspace_at(home) as workspace:
        checks = readiness(workspace, _week(week), datetime.now().astimezone(), progress)
    progress.done()
    if as_json:
        print_json([_data(check) for check in checks])
    else:
        print_table("", ("", "What", "How it stands"), [(check.state.value, check.about, check.text) for check in checks])


def mail(
    visit: Annotated[int, typer.Argument(help="The visit's number, see roadbook visits list.")],
    template: Annotated[str, typer.Option(help=f"One of: {', '.join(TEMPLATES)}.")] = "",
    me: Annotated[str, typer.Option(help="Who signs it.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file (.eml), which Outlook opens unsent.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Draft a mail after a visit: a link for the mail program, or a file. Nothing is sent."""
    with workspace_at(home) as workspace:
        draft = draft_mail(workspace, visit, template, me)
    for note in draft.notes:
        message(note)
    if out is not None:
        message(f"Written, not sent: {write_eml(draft, out)}")
    elif as_json:
        print_json(_data(draft))
    else:
        typer.echo(f"To: {', '.join(draft.to)}\nSubject: {draft.subject}\n\n{draft.body}")  # each of its values is one plain line
        message(mailto_link(draft))


@duties.command("add")
def duties_add(
    title: Annotated[str, typer.Argument(help="What it is; may be empty for a one-on-one.")],
    first: Annotated[str, typer.Option("--first", help="Its first day, such as 2026-12-07.")],
    at: Annotated[str, typer.Option("--at", help="When it begins, such as 08:30.")],
    minutes: Annotated[int, typer.Option(help="How long it takes.")] = 60,
    every: Annotated[Every, typer.Option(help="How often it comes back.")] = Every.WEEK,
    rule: Annotated[str, typer.Option(help="An RFC 5545 rule instead, such as FREQ=MONTHLY;BYDAY=1TU.")] = "",
    location: Annotated[str, typer.Option(help="Where it is: Office, or an address.")] = "",
    rep: Annotated[str, typer.Option(help="The rep it is with.")] = "",
    home: Home = None,
) -> None:
    """Add a duty that comes back."""
    try:
        start_s = time_of_day_s(at)
    except ValueError:
        raise UserProblem(f"“{at}” is not a time of day.", remedy="Write it as 14:30.") from None
    with workspace_at(home) as workspace:
        _event, changes = add_duty(workspace, title, day_in(first), start_s, minutes, rule or every, location=location, rep=rep)
    message(f"{changes.label}.")


@duties.command("list")
def duties_list(home: Home = None, as_json: AsJson = False) -> None:
    """List the duties added here."""
    with workspace_at(home) as workspace:
        found = list_duties(workspace, _today())
    if as_json:
        print_json([_data(duty) for duty in found])
        return
    rows = [
        (str(one.number), one.event.title, one.every, _clock(one.event.start), one.next_day.isoformat() if one.next_day else "–")
        for one in found
    ]
    print_table("", ("No.", "Duty", "Every", "At", "Next"), rows)


@duties.command("delete")
def duties_delete(duty: DutyName, home: Home = None) -> None:
    """Take a duty out for good; roadbook undo brings it back."""
    with workspace_at(home) as workspace:
        message(f"{delete_duty(workspace, find_duty(workspace, duty, _today()).uid).label}.")


@duties.command("skip")
def duties_skip(duty: DutyName, day: Annotated[str, typer.Argument(help="The day to leave out.")], home: Home = None) -> None:
    """Leave one day of a duty out."""
    with workspace_at(home) as workspace:
        message(f"{skip_duty(workspace, find_duty(workspace, duty, _today()).uid, day_in(day)).label}.")


def _show(sheet: Sheet, found: Any, out: Path | None, *, as_json: bool) -> None:
    if out is not None:
        message(f"Written: {write_page(sheet, out)}")
    if as_json:
        print_json(_data(found))
    elif out is None:
        _print(sheet)


def _print(sheet: Sheet) -> None:
    for section in sheet.sections:
        if section.rows:
            print_table(section.heading, section.headers, section.rows)
        if section.lines or not section.rows:
            print_table("", (section.heading,), [(line,) for line in section.lines or (section.empty,)])
        if section.note:
            message(section.note)


def _data(value: Any) -> Any:  # noqa: PLR0911 - one return a type
    """A report as data: accounts, deals and reps by what names them, days as 2026-12-01."""
    if isinstance(value, Account):
        return {"id": value.id, "crm_id": value.crm_id, "name": value.name, "tier": value.tier.value}
    if isinstance(value, Opportunity):
        return {"crm_id": value.crm_id, "name": value.name, "stage": value.stage, "amount_cents": value.amount_cents}
    if isinstance(value, Rep):
        return {"name": value.name, "quota_cents": value.quota_cents}
    if isinstance(value, Struct):
        return {field.name: _data(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(_data(key)): _data(each) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [_data(each) for each in value]
    return value


def _period(text: str) -> reports.Period:
    try:
        return reports.read_period(text)
    except ValueError:
        raise UserProblem(f"“{text}” is not a month.", remedy="Write it as 2026-11, a quarter as 2026-Q4, a year as 2026.") from None


def _week(text: str) -> IsoWeek:
    try:
        return IsoWeek.parse(text) if text else IsoWeek.of(_today())
    except ValueError as error:
        raise UserProblem(f"“{text}” is not a week.", remedy="Write it as 2026-W49.") from error


def _names(workspace: Workspace) -> dict[int, str]:
    return {account.id: account.name for account in list_accounts(workspace)}


def _clock(moment: datetime) -> str:
    return clock(moment.hour * 3600 + moment.minute * 60)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - her own calendar day
