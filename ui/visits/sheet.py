"""What the form of a visit is filled with: the visit as it probably was, and what can be chosen from."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.model.accounts import Contact, Opportunity, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.tracking import SupportKind, Visit
from planner.model.week import DayPlan, Stop, VisitKind
from planner.settings import Settings
from planner.usecases.accounts import account_details
from planner.usecases.log_visit import draft_visit, list_visits
from planner.usecases.packs import active_pack
from planner.usecases.settings import get_settings
from planner.usecases.team import list_reps
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import Struct


class Sheet(Struct, frozen=True):
    """A visit to be logged (id 0) or changed, with the people and deals of its account and the names of the team."""

    visit: Visit
    title: str
    contacts: tuple[Contact, ...] = ()
    deals: tuple[Opportunity, ...] = ()
    reps: tuple[str, ...] = ()


def wall_clock(settings: Settings) -> datetime:
    """What the clock on her wall shows, by the time zone of the settings."""
    try:
        return datetime.now(ZoneInfo(settings.text("timezone")))
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now().astimezone()


def sheet_of_account(workspace: Workspace, account_id: int, now: datetime) -> Sheet:
    """A visit to an account as it probably was by `now`; raises UserProblem when the account is gone."""
    return sheet_of_visit(workspace, draft_visit(workspace, account_id, now))


def sheet_of_rep(workspace: Workspace, rep: str) -> Sheet:
    """Help for a rep at no account, an hour that is just over."""
    pack = active_pack(workspace)
    settings = get_settings(workspace)
    now = wall_clock(settings)
    start = max(0, now.hour * 3600 + now.minute * 60 - 3600)
    visit = Visit(
        0,
        None,
        now.date(),
        VisitOutcome.MET,
        kind=VisitKind.SUPPORT,
        support=SupportKind.ONE_ON_ONE,
        start_s=start,
        minutes=60,
        timezone=settings.text("timezone"),
        rep=rep,
        sample=bool(pack and pack.sample),
    )
    return sheet_of_visit(workspace, visit)


def sheet_of_visit(workspace: Workspace, visit: Visit) -> Sheet:
    """A visit with what can be chosen from; raises UserProblem when its account is gone."""
    reps = [rep.name for rep in list_reps(workspace)]
    if visit.account_id is None:
        return Sheet(visit, f"Help for {visit.rep}" if visit.rep else "Visit at no account", reps=tuple(reps))
    details = account_details(workspace, visit.account_id)
    deals = tuple(deal for deal in details.opportunities if deal.is_open or deal.crm_id == visit.deal)
    named = dict.fromkeys(name for name in (*reps, details.account.owner, visit.rep) if name)
    return Sheet(visit, details.account.name, details.contacts, deals, tuple(named))


def stop_of_now(workspace: Workspace) -> Stop | None:
    """The stop of today's plan that would be logged now, or None when nothing is left to log."""
    now = wall_clock(get_settings(workspace))
    plan = load_week(workspace, IsoWeek.of(now.date()))
    day = next((day for day in plan.days if day.day == now.date()), None) if plan else None
    if day is None:
        return None
    return stop_to_log(day, now.hour * 3600 + now.minute * 60, visits_on(workspace, day.day))


def visits_on(workspace: Workspace, day: date) -> list[Visit]:
    """The visits of a day in the territory in use, the oldest first."""
    pack = active_pack(workspace)
    return list_visits(workspace, day, day, sample=bool(pack and pack.sample))


def stop_to_log(day: DayPlan, now_s: int, logged: Sequence[Visit]) -> Stop | None:
    """The last stop that has begun and is not logged yet; before the first of these, the one that comes next."""
    waiting = [stop for stop in day.stops if stop.account_id is not None and visit_of_stop(stop, logged) is None]
    begun = [stop for stop in waiting if stop.start_s <= now_s]
    return begun[-1] if begun else next(iter(waiting), None)


def visit_of_stop(stop: Stop, logged: Sequence[Visit]) -> Visit | None:
    """The visit of the same day that a planned stop became, or None; `logged` are those of its day."""
    same = [visit for visit in logged if visit.account_id == stop.account_id and stop.account_id is not None]
    return next((visit for visit in same if visit.stop_key == stop.key), next((visit for visit in same if not visit.stop_key), None))
