"""Reports as pages to read: what each says in words and tables, and written as a file."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from planner.errors import UserProblem
from planner.exports.sheet import Section, Sheet, write_sheet, write_sheet_tables
from planner.exports.wording import count
from planner.model.calendar import Duty
from planner.model.tracking import Visit
from planner.model.writing import USUAL_WRITING, Writing
from planner.reports.funnel import Funnel, FunnelLine
from planner.reports.one_on_one import OneOnOne
from planner.reports.periods import ALWAYS, Period
from planner.reports.quiet import Quiet
from planner.reports.stages import Step
from planner.reports.support import EFFECT_DAYS, Effect, FollowUp, SupportLedger, SupportLine
from planner.reports.team import ACTIVE_DAYS, Overdue, RepStanding
from planner.usecases.settings import writing_in
from planner.usecases.workspace import Workspace

__all__ = ["Section", "Sheet", "funnel_page", "one_on_one_page", "quiet_page", "support_page", "team_page", "write_page", "writing_for"]

FORMS = (".html", ".csv")
MOST_LINES = 12
"""Of a part of a one-on-one's sheet, which is to fit on one page."""
_STEPS = (*Step,)


def writing_for(workspace: Workspace, out: Path | None) -> Writing:
    """How a report is written: as set where people read it; a table (.csv) as usual, whatever is set, since programs read it."""
    return USUAL_WRITING if out is not None and out.suffix.lower() == ".csv" else writing_in(workspace)


def write_page(sheet: Sheet, out: Path) -> Path:
    """Write a report as a page (.html) or its tables (.csv), by the ending of the name; raises UserProblem."""
    writers = {".html": write_sheet, ".csv": write_sheet_tables}
    write = writers.get(out.suffix.lower())
    if write is None or out.is_dir():
        raise UserProblem(f"A report cannot be written as “{out.name}”.", remedy=f"Give a name that ends in {' or '.join(FORMS)}.")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        return write(sheet, out)
    except OSError as error:
        raise UserProblem(f"{out.name} could not be written.", f"{error.strerror or error}.", "Choose another place.") from error


def funnel_page(funnel: Funnel, writing: Writing = USUAL_WRITING) -> Sheet:
    """The capture funnel: as a whole, by rep, area and month, and what its figures leave out."""
    headers = ("", *(step.value.capitalize() for step in _STEPS), "MRR won", "Hours", "Cost", "Hours per $1,000", "Cost per $1")
    sections = [
        Section("In all", headers=headers, rows=[_funnel_row(funnel.total, writing)]),
        Section("By rep", headers=headers, rows=[_funnel_row(line, writing) for line in funnel.by_rep]),
        Section(
            "By area",
            headers=headers,
            rows=[_funnel_row(line, writing) for line in funnel.by_area],
            note="Towns; the ZIP where there is none.",
        ),
        Section("By month", headers=headers, rows=[_funnel_row(line, writing) for line in funnel.by_month]),
        Section("What the figures leave out", lines=funnel.notes),
    ]
    return Sheet("Capture funnel", period_text(funnel.period, writing), sections)


def quiet_page(quiet: Iterable[Quiet], days: int, today: date, writing: Writing = USUAL_WRITING) -> Sheet:
    """The prospects that have gone quiet."""
    rows = [
        (
            one.account.name,
            one.account.owner,
            writing.month_day(one.first_visit),
            writing.month_day(one.last_contact),
            str(one.days),
            writing.money(one.open_cents),
        )
        for one in quiet
    ]
    headers = ("Prospect", "Rep", "First visit", "Last contact", "Days", "Open a month")
    empty = "No prospect that was visited has gone quiet."
    section = Section(f"Nothing for {days} days, and no next step", headers=headers, rows=rows, empty=empty)
    return Sheet("Prospects gone quiet", _long_day(today, writing), [section])


def support_page(ledger: SupportLedger, names: Mapping[int, str], writing: Writing = USUAL_WRITING) -> Sheet:
    """The support ledger, who needs help next first; `names` are of accounts by their number."""
    headers = ("Rep", "Need", "Why", "Hours", "Times", "Kinds", "Last ride-along", "Next one due")
    rows = [
        (
            line.rep.name,
            writing.number(line.need.score, 2),
            line.need.why,
            writing.number(line.minutes / 60, 1, grouped=False),
            str(line.times),
            ", ".join(f"{each.kind or 'visit together'} {each.times}" for each in line.helped),
            writing.month_day(line.last_ride_along) if line.last_ride_along else "never",
            _due_text(line),
        )
        for line in ledger.lines
    ]
    target = f"A ride-along at least every {ledger.target_days} days."
    sections = [Section("Who needs help next", headers=headers, rows=rows, note=target, empty="There are no reps yet.")]
    sections += [section for line in ledger.lines for section in _support_sections(line, names, writing)]
    return Sheet("Support ledger", period_text(ledger.period, writing), [*sections, Section("Read with care", lines=ledger.notes)])


def team_page(standings: Iterable[RepStanding], today: date, writing: Writing = USUAL_WRITING) -> Sheet:
    """How it stands with each rep."""
    standings = tuple(standings)
    headers = ("Rep", "Quota", "Won, month", "Won, quarter", "Open", "Weighted", "Visits", "Activities", "Covered")
    rows = [
        (
            one.rep.name,
            writing.money(one.rep.quota_cents),
            f"{writing.money(one.won_month_cents)} ({share(one.month_attainment)})",
            f"{writing.money(one.won_quarter_cents)} ({share(one.quarter_attainment)})",
            writing.money(one.open_cents),
            writing.money(one.weighted_cents),
            str(one.visits),
            _counts(one.activities) or "–",
            ", ".join(f"{each.tier} {each.covered} of {each.accounts}" for each in one.coverage) or "–",
        )
        for one in standings
    ]
    note = f"Quotas are monthly, three make a quarter. Visits and activities are those of the last {ACTIVE_DAYS} days."
    sections = [Section("The team", headers=headers, rows=rows, note=note, empty="No reps yet.")]
    sections += [
        Section(f"{one.rep.name}: overdue", lines=overdue_lines(one.overdue[:10]), note=_more(one), empty="Nobody is overdue.")
        for one in standings
    ]
    sections += [
        Section(f"{one.rep.name}: next", lines=[_duty_text(duty, writing) for duty in one.duties]) for one in standings if one.duties
    ]
    return Sheet("The team", _long_day(today, writing), sections)


def one_on_one_page(sheet: OneOnOne, names: Mapping[int, str], writing: Writing = USUAL_WRITING) -> Sheet:
    """The sheet for a one-on-one; `names` are of accounts by their number."""
    since = f"Since {'the last one-on-one on' if sheet.met_before else ''} {writing.month_day(sheet.since)}".replace("  ", " ")
    moved = [f"{deal.name}: {change.before} to {change.after}, {writing.month_day(change.day)}" for change, deal in sheet.moved]
    moved += [f"New: {deal.name}, {deal.stage}, {writing.money(deal.amount_cents)} a month" for deal in sheet.new_deals]
    moved += [
        f"Slipped: {deal.name}, close date from {writing.full_day(before)} to {writing.full_day(deal.close_date)}"
        for deal, before in sheet.slipped
        if deal.close_date
    ]
    done = [f"{number} {kind}" for kind, number in sheet.activities]
    done += [f"{writing.month_day(visit.day)}: {_visit_text(visit, names)}" for visit in sheet.visits]
    ride = sheet.ride_along
    stops = [f"{writing.clock(stop.start_s)} {stop.title}" for stop in ride.stops] if ride else []
    more = sheet.overdue_in_all - len(sheet.overdue)
    sections = [
        Section("To praise", lines=_some(sheet.wins)),
        Section("Activity", lines=_some(done)),
        Section("Pipeline", lines=_some(moved), empty="Nothing moved."),
        Section("Overdue accounts", overdue_lines(sheet.overdue), note=f"And {more} more." if more > 0 else "", empty="Nobody is overdue."),
        Section("Next steps open", _some([_step_text(step, names, writing) for step in sheet.next_steps])),
        Section("Coaching, the last three", [f"{writing.month_day(visit.day)}: {_coached_text(visit)}" for visit in sheet.coached]),
        Section(
            f"Ride-along to propose: {_long_day(ride.day, writing)}" if ride else "Ride-along to propose",
            stops,
            empty="No visit to an account of theirs is planned from today on.",
        ),
    ]
    return Sheet(f"One-on-one: {sheet.rep.name}", f"{_long_day(sheet.today, writing)} · {since}", sections, columns=True)


def share(part: float | None) -> str:
    """A share in percent, or a dash for none."""
    return "–" if part is None else f"{part * 100:.0f} %"


def period_text(period: Period, writing: Writing = USUAL_WRITING) -> str:
    """A period in words."""
    if period == ALWAYS:
        return "Since the beginning"
    return f"{writing.full_day(period.first)} – {writing.full_day(period.last)}"


def overdue_lines(overdue: Iterable[Overdue]) -> list[str]:
    """Overdue accounts, each in a line."""
    return [f"{one.account.name} ({one.account.tier}): {'never seen' if one.days is None else f'{one.days} days over'}" for one in overdue]


def _some(lines: Sequence[str]) -> Sequence[str]:
    """As many lines as there is room for, and how many more there are."""
    return lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 1], f"And {len(lines) - MOST_LINES + 1} more."]


def _funnel_row(line: FunnelLine, writing: Writing) -> tuple[str, ...]:
    hours, cost = line.hours_per_thousand, line.cents_per_dollar
    steps = (str(line.counts[step]) if step in line.counts else "–" for step in _STEPS)
    ratios = ("–" if hours is None else writing.number(hours, 1, grouped=False), "–" if cost is None else writing.money(cost, 2))
    return (
        line.name,
        *steps,
        writing.money(line.won_cents),
        writing.number(line.hours, 1, grouped=False),
        writing.money(round(line.effort.cents)),
        *ratios,
    )


def _support_sections(line: SupportLine, names: Mapping[int, str], writing: Writing) -> Iterable[Section]:
    topics = [f"{writing.month_day(day)}: {topic}" for day, topic in line.topics]
    steps = [f"Open: {_step_text(step, names, writing)}" for step in line.follow_ups]
    if topics or steps:
        yield Section(f"{line.rep.name}: coached, and to follow up", lines=[*topics, *steps])
    if line.effects:
        headers = ("Help", "", "Activities before", "after", "Moved forward before", "after", "Open before", "after")
        note = f"{EFFECT_DAYS} days on either side. {_so_far(line.effects, writing)}"
        yield Section(
            f"{line.rep.name}: before and after", headers=headers, rows=[_effect_row(each, writing) for each in line.effects], note=note
        )


def _effect_row(effect: Effect, writing: Writing) -> tuple[str, ...]:
    kind = effect.kind.value if effect.kind else "visit together"
    figures = (*map(str, effect.activities), *map(str, effect.forward), *map(writing.money, effect.open_cents))
    return writing.month_day(effect.day), kind, *figures


def _so_far(effects: Iterable[Effect], writing: Writing) -> str:
    short = [writing.month_day(each.day) for each in effects if each.days_after < EFFECT_DAYS]
    return f"The time after is not over yet: {', '.join(short)}." if short else ""


def _due_text(line: SupportLine) -> str:
    if line.last_ride_along is None or line.ride_along_in == 0:
        return "now"
    return f"in {count(line.ride_along_in, 'day')}" if line.ride_along_in > 0 else f"overdue {count(-line.ride_along_in, 'day')}"


def _more(one: RepStanding) -> str:
    return f"And {len(one.overdue) - 10} more." if len(one.overdue) > 10 else ""


def _counts(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{kind} {number}" for kind, number in counts)


def _duty_text(duty: Duty, writing: Writing) -> str:
    return f"{writing.weekday(duty.day)} {writing.month_day(duty.day)} {writing.clock(duty.start_s)}: {duty.title}"


def _visit_text(visit: Visit, names: Mapping[int, str]) -> str:
    what = visit.support.value if visit.support else f"{visit.kind.value} visit"
    name = names.get(visit.account_id or 0, "")
    where = f" at {name}" if name else ""
    return f"{what}{where}, {visit.outcome.value}"


def _coached_text(visit: Visit) -> str:
    return ". ".join(filter(None, (", ".join(visit.topics), " ".join(visit.note.split())))) or "no notes"


def _step_text(step: FollowUp, names: Mapping[int, str], writing: Writing) -> str:
    name = names.get(step.account_id or 0, "")
    where = f" ({name})" if name else ""
    return f"{step.text}{where}{f', by {writing.month_day(step.due)}' if step.due else ''}"


def _long_day(day: date, writing: Writing) -> str:
    return f"{writing.weekday_name(day)}, {writing.full_day(day)}"
