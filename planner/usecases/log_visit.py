"""A visit that happened, kept in one step: what came of it, what is next, and what it changed in the pipeline."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from planner.errors import UserProblem
from planner.model.accounts import Account, Opportunity, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.tracking import SupportKind, Visit
from planner.model.week import Stop, VisitKind
from planner.planning.value import LATE_STAGE, joint_rep, visit_kind
from planner.store import accounts as rows
from planner.store import journal
from planner.store import visits as visit_rows
from planner.store.settings import read_settings
from planner.tracking.next_steps import SEEN
from planner.usecases.settings import writing_in, writing_of
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import replace

if TYPE_CHECKING:
    from sqlite_utils import Database

LONGEST_MINUTES = 24 * 60
WON, LOST = "Closed Won", "Closed Lost"
STAGES = ("Prospecting", "Qualification", "Needs Analysis", "Value Proposition", "Proposal/Price Quote", "Negotiation/Review", WON, LOST)
"""Stages of a deal as Salesforce has them, offered beside those in use."""


def draft_visit(workspace: Workspace, account_id: int, now: datetime) -> Visit:
    """A visit to an account as it probably was: as today's plan has it, else just over. Raises UserProblem when there is no such account.

    `now` is the wall clock of her time zone. Nothing is kept.
    """
    with workspace.reading() as db:
        account = _need(db, account_id)
        deals = rows.opportunities_of(db, account.crm_id)
        settings = read_settings(db, sample=account.sample)
    kind = visit_kind(account, deals)
    rep = joint_rep(account, deals) if kind is VisitKind.SUPPORT else ""
    visit = Visit(
        0,
        account.id,
        now.date(),
        VisitOutcome.MET,
        kind=kind,
        support=SupportKind.JOINT_CALL if rep else None,
        timezone=settings.text("timezone"),
        rep=rep,
        deal=_likeliest(deals),
        sample=account.sample,
    )
    plan = load_week(workspace, IsoWeek.of(now.date()))
    stops = [stop for day in plan.days if day.day == now.date() for stop in day.stops if stop.account_id == account.id] if plan else []
    if stops:
        return _as_planned(visit, stops[0])
    minutes = int(settings.seconds("capture_minutes" if kind is VisitKind.CAPTURE else "care_minutes") / 60)
    return replace(visit, start_s=max(0, now.hour * 3600 + now.minute * 60 - 60 * minutes), minutes=minutes)


def log_visit(workspace: Workspace, visit: Visit, today: date | None = None) -> tuple[Visit, Changes]:
    """Keep a visit, a new one or one that is changed (its id is not 0); returns it as it is kept.

    A deal's new stage is kept with it. Raises UserProblem for a visit that cannot have been: to an account that is gone, on a day to come,
    at the same time as another one.
    """
    with workspace.reading() as db:
        known = _need(db, visit.account_id) if visit.account_id is not None else None
    visit = replace(visit, sample=known.sample if known else visit.sample)
    name = known.name if known else visit.support or visit.kind.value
    changes = Changes(f"{'Change' if visit.id else 'Log'} visit: {name}", accounts=True)
    with workspace.writing(changes.label, sample=visit.sample) as db:
        account = _need(db, visit.account_id) if visit.account_id is not None else None
        _check(db, visit, account, today or date.today())  # noqa: DTZ011 - her own calendar day
        before = visit_rows.visit_by_id(db, visit.id) if visit.id else None
        if visit.id and before is None:
            raise UserProblem("This visit is gone.", "It was taken out, or undone.", "Log it anew.")
        kept = replace(
            visit,
            kind=VisitKind.SUPPORT if visit.support else visit.kind,
            logged_at=(before.logged_at if before else None) or datetime.now(UTC),
        )
        kept = _with_stage(db, kept, account, before)
        kept = replace(kept, id=visit_rows.save_visit(db, kept))
    return kept, changes


def delete_visit(workspace: Workspace, visit_id: int) -> Changes:
    """Take a visit out; undo brings it back. Raises UserProblem when there is none with this id."""
    with workspace.reading() as db:
        visit = visit_rows.visit_by_id(db, visit_id)
        if visit is None:
            raise UserProblem(f"There is no visit {visit_id}.", remedy="See roadbook visits list.")
        account = rows.account_by_id(db, visit.account_id) if visit.account_id is not None else None
    day = writing_in(workspace).month_day(visit.day)
    changes = Changes(f"Delete the visit of {day}: {account.name if account else visit.kind.value}", accounts=True)
    with workspace.writing(changes.label, sample=visit.sample) as db:
        visit_rows.delete_visit(db, visit_id)
    return changes


def next_step_done(workspace: Workspace, visit_id: int, *, done: bool = True) -> Changes:
    """Say that the next step of a visit was done, or not yet after all."""
    with workspace.reading() as db:
        visit = visit_rows.visit_by_id(db, visit_id)
    if visit is None or not visit.next_step:
        raise UserProblem("There is no such next step.", remedy="See roadbook visits list.")
    changes = Changes(f"{'Done' if done else 'Not done'}: {visit.next_step}", accounts=True)
    with workspace.writing(changes.label, sample=visit.sample) as db:
        visit_rows.save_visit(db, replace(visit, next_done=done))
    return changes


def list_visits(workspace: Workspace, since: date | None = None, until: date | None = None, *, sample: bool = False) -> list[Visit]:
    """The visits kept of some days, the oldest first."""
    with workspace.reading() as db:
        return visit_rows.all_visits(db, sample=sample, since=since, until=until)


def _need(db: "Database", account_id: int | None) -> Account:
    account = rows.account_by_id(db, account_id) if account_id is not None else None
    if account is not None:
        return account
    gone = journal.deleted_by(db, account_id) if account_id is not None else ""
    if gone:
        raise UserProblem("The account of this visit is gone.", f"“{gone}” took it out.", "Undo that, or log the visit at another account.")
    raise UserProblem(f"There is no account {account_id}.", remedy="See roadbook accounts list.")


def _as_planned(visit: Visit, stop: Stop) -> Visit:
    minutes = max(1, (stop.leave_s - stop.start_s) // 60)
    planned = replace(visit, kind=stop.kind, start_s=stop.start_s, minutes=minutes, stop_key=stop.key)
    if stop.kind is VisitKind.SUPPORT:
        return replace(planned, rep=stop.rep or visit.rep, support=visit.support or SupportKind.RIDE_ALONG)
    return replace(planned, rep=stop.rep, support=None)


def _likeliest(deals: Sequence[Opportunity]) -> str:
    open_deals = [deal for deal in deals if deal.is_open]
    best = max(open_deals, key=lambda deal: deal.probability, default=None)
    return best.crm_id if best and (len(open_deals) == 1 or best.probability >= LATE_STAGE) else ""


def _check(db: "Database", visit: Visit, account: Account | None, today: date) -> None:
    if visit.day > today + timedelta(days=1):  # it is tomorrow already on the other side of the date line
        day = writing_of(read_settings(db)).long_month_day(visit.day)
        raise UserProblem(f"{day} is still to come.", "Only what happened is logged.", "Plan it instead.")
    if visit.minutes is not None and not 0 < visit.minutes <= LONGEST_MINUTES:
        raise UserProblem(f"A visit cannot take {visit.minutes} minutes.", remedy="Give how long it took, up to a day.")
    if visit.support and not visit.rep:
        raise UserProblem("Nobody is named who was helped.", remedy="Say which rep it was.")
    if visit.next_day and not visit.next_step:
        raise UserProblem("There is a day for a next step, but no step.", remedy="Say what is to be done, or leave the day out.")
    if visit.next_day and visit.next_day < visit.day:
        raise UserProblem("The next step would be due before the visit.", remedy="Give a later day.")
    if visit.start_s is not None and visit.minutes is not None and visit.outcome in SEEN:
        _check_overlap(db, visit, account)


def _check_overlap(db: "Database", visit: Visit, account: Account | None) -> None:
    """Nobody is at two places at once; a visit past midnight goes on in the next day's hours."""
    begin, end = _moments(visit)
    around = visit_rows.all_visits(db, sample=visit.sample, since=visit.day - timedelta(days=1), until=visit.day + timedelta(days=1))
    for other in around:
        if other.id == visit.id or other.outcome not in SEEN or other.start_s is None or other.minutes is None:
            continue
        if other.account_id == visit.account_id and other.kind is not visit.kind:
            continue  # a joint call with coaching in it is two kinds of help at one place
        other_begin, other_end = _moments(other)
        if begin < other_end and other_begin < end:
            name = account.name if account else "this one"
            there = rows.account_by_id(db, other.account_id) if other.account_id is not None else None
            where = there.name if there else other.support or other.kind.value
            writing = writing_of(read_settings(db))
            raise UserProblem(
                f"At {writing.clock(visit.start_s or 0)} you were at {where}, not at {name}.",
                f"That visit is logged from {writing.clock(other.start_s)} for {other.minutes} minutes.",
                "Correct the time of one of them, or leave it out.",
            )


def _moments(visit: Visit) -> tuple[int, int]:
    begin = visit.day.toordinal() * 86_400 + (visit.start_s or 0)
    return begin, begin + 60 * (visit.minutes or 0)


def _with_stage(db: "Database", visit: Visit, account: Account | None, before: Visit | None) -> Visit:
    """The visit with the stage its deal was in, which is changed in the pipeline when it names another one."""
    if not visit.deal or not visit.stage_after:
        return replace(visit, stage_before="", stage_after="") if not visit.deal else visit
    deals = rows.opportunities_of(db, account.crm_id) if account else []
    deal = next((deal for deal in deals if deal.crm_id == visit.deal), None)
    if deal is None:
        raise UserProblem("This deal is not one of the account's.", remedy="Choose one of its deals.")
    if before is not None and before.stage_after == visit.stage_after:
        return replace(visit, stage_before=before.stage_before)
    if deal.stage != visit.stage_after:
        closed = visit.stage_after in {WON, LOST}
        sure = {WON: 1.0, LOST: 0.0}.get(visit.stage_after, deal.probability)
        rows.save_opportunities(db, [replace(deal, stage=visit.stage_after, closed=closed, probability=sure)])
        visit_rows.record_stage(db, deal.crm_id, visit.day, deal.stage, visit.stage_after)
    return replace(visit, stage_before=deal.stage)
