"""A visit that happened: kept as it was, with what it changes in the pipeline, the cadence and the plans to come."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from whole_store import contents

from planner.errors import UserProblem
from planner.model.accounts import Account, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.tracking import SupportKind, Visit
from planner.model.week import VisitKind
from planner.store import visits as visit_rows
from planner.usecases.accounts import account_details, list_accounts
from planner.usecases.edit_accounts import delete_accounts
from planner.usecases.log_visit import delete_visit, draft_visit, list_visits, log_visit, next_step_done
from planner.usecases.packs import need_pack
from planner.usecases.plan_options import PlanOptions
from planner.usecases.settings import set_setting
from planner.usecases.undo import redo, undo
from planner.usecases.week import load_week
from planner.usecases.week_request import week_request
from planner.usecases.workspace import Workspace
from planner.values import replace

TODAY = date.today()  # noqa: DTZ011 - a visit is logged on a day that is over
DAY = TODAY - timedelta(days=3)
WEEK = IsoWeek(2026, 49)


@pytest.fixture
def workspace(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


def with_a_deal(workspace: Workspace) -> Account:
    return next(account for account in list_accounts(workspace) if account_details(workspace, account.id).opportunities)


def seen(workspace: Workspace, account: Account) -> date | None:
    return next(each.last_activity for each in list_accounts(workspace) if each.id == account.id)


def test_a_visit_is_kept_with_everything_said_of_it_and_changed(workspace: Workspace):
    account = list_accounts(workspace)[0]
    said = Visit(
        0,
        account.id,
        DAY,
        VisitOutcome.MET,
        "Wants <b>fiber</b>",
        VisitKind.CAPTURE,
        start_s=36_000,
        minutes=40,
        timezone="America/New_York",
        met=("Ada O'Hara", "Bo"),
        topics=("pricing",),
        next_step="Send the proposal",
        next_day=DAY + timedelta(days=7),
        sample=True,
    )
    kept, changes = log_visit(workspace, said)
    assert changes.label == f"Log visit: {account.name}"
    assert kept == replace(said, id=kept.id, logged_at=kept.logged_at)
    assert list_visits(workspace, sample=True) == [kept]
    changed, changes = log_visit(workspace, replace(kept, note="Wants voice too", outcome=VisitOutcome.PHONE))
    assert changes.label.startswith("Change visit")
    assert list_visits(workspace, sample=True) == [changed]
    assert changed.logged_at == kept.logged_at


def test_logging_is_one_step_back_and_forth(workspace: Workspace):
    account = with_a_deal(workspace)
    deal = account_details(workspace, account.id).opportunities[0]
    before = contents(workspace.database)
    log_visit(workspace, Visit(0, account.id, DAY, VisitOutcome.MET, deal=deal.crm_id, stage_after="Closed Won"))
    after = contents(workspace.database)
    won = next(each for each in account_details(workspace, account.id).opportunities if each.crm_id == deal.crm_id)
    assert (won.stage, won.closed, won.probability, won.is_open) == ("Closed Won", True, 1.0, False)
    with workspace.reading() as db:
        assert visit_rows.stage_changes(db) == [(deal.crm_id, DAY, deal.stage, "Closed Won")]
    undo(workspace)
    assert contents(workspace.database) == before
    redo(workspace)
    assert contents(workspace.database) == after


def test_changing_the_note_of_a_visit_does_not_change_the_stage_again(workspace: Workspace):
    account = with_a_deal(workspace)
    deal = account_details(workspace, account.id).opportunities[0]
    kept, _ = log_visit(workspace, Visit(0, account.id, DAY, VisitOutcome.MET, deal=deal.crm_id, stage_after="Negotiation/Review"))
    log_visit(workspace, replace(kept, note="Sent"))
    with workspace.reading() as db:
        assert len(visit_rows.stage_changes(db)) == 1
    assert list_visits(workspace, sample=True)[0].stage_before == deal.stage


@pytest.mark.parametrize(
    ("outcome", "counts"),
    [(VisitOutcome.MET, True), (VisitOutcome.PHONE, True), (VisitOutcome.NO_SHOW, False), (VisitOutcome.DECLINED, False)],
)
def test_only_who_was_met_or_called_was_seen(workspace: Workspace, outcome: VisitOutcome, counts: bool):
    account = next(each for each in list_accounts(workspace) if each.last_activity is None or each.last_activity < DAY)
    log_visit(workspace, Visit(0, account.id, DAY, outcome))
    assert (seen(workspace, account) == DAY) is counts
    set_setting(workspace, "cadence_outcomes", outcome.value if not counts else "declined")
    assert (seen(workspace, account) == DAY) is (not counts)


def test_a_next_step_is_asked_for_by_its_day_though_the_account_is_not_due(workspace: Workspace):
    account = next(each for each in list_accounts(workspace) if each.place is not None and each.duplicate_of is None)
    kept, _ = log_visit(
        workspace,
        Visit(0, account.id, DAY, VisitOutcome.MET, next_step="Bring the contract", next_day=WEEK.day(2) if WEEK.day(2) > DAY else TODAY),
    )

    def asked() -> object:
        request = week_request(workspace, IsoWeek.of(kept.next_day or TODAY), need_pack(workspace), PlanOptions()).request
        return next((candidate for candidate in request.candidates if candidate.account_id == account.id), None)

    found = asked()
    assert found is not None
    assert "Next step: Bring the contract" in [term.label for term in found.terms]
    assert "Next step: Bring the contract" in [term.label for term in account_details(workspace, account.id).terms]
    next_step_done(workspace, kept.id)
    assert asked() is None
    undo(workspace)
    assert asked() is not None


def test_a_planned_stop_is_drafted_as_planned(workspace: Workspace):
    plan = load_week(workspace, WEEK)
    assert plan is not None
    day, stop = next((day, stop) for day in plan.days for stop in day.stops if stop.account_id)
    drafted = draft_visit(workspace, stop.account_id, datetime.combine(day.day, time(18)))
    assert (drafted.day, drafted.start_s, drafted.minutes) == (day.day, stop.start_s, (stop.leave_s - stop.start_s) // 60)
    assert (drafted.kind, drafted.stop_key, drafted.outcome) == (stop.kind, stop.key, VisitOutcome.MET)


def test_who_was_not_planned_has_just_been_seen(workspace: Workspace):
    account = list_accounts(workspace)[0]
    drafted = draft_visit(workspace, account.id, datetime.combine(date(2026, 11, 20), time(15, 30)))
    assert drafted.start_s is not None
    assert drafted.minutes is not None
    assert drafted.start_s + 60 * drafted.minutes == 15.5 * 3600


def test_nobody_is_at_two_places_at_once_also_past_midnight(workspace: Workspace):
    one, other = list_accounts(workspace)[:2]
    log_visit(workspace, Visit(0, one.id, DAY, VisitOutcome.MET, start_s=23 * 3600, minutes=120))
    with pytest.raises(UserProblem, match=f"At 0:30 you were at {one.name}"):
        log_visit(workspace, Visit(0, other.id, DAY + timedelta(days=1), VisitOutcome.MET, start_s=1800, minutes=30))
    log_visit(workspace, Visit(0, other.id, DAY + timedelta(days=1), VisitOutcome.MET, start_s=3600, minutes=30))
    log_visit(workspace, Visit(0, other.id, DAY, VisitOutcome.NO_SHOW, start_s=23 * 3600, minutes=10))
    assert len(list_visits(workspace, sample=True)) == 3


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"day": TODAY + timedelta(days=9)}, "still to come"),
        ({"minutes": 0, "start_s": 0}, "cannot take 0 minutes"),
        ({"support": SupportKind.COACHING}, "Nobody is named"),
        ({"next_day": DAY}, "no step"),
        ({"next_step": "Call", "next_day": DAY - timedelta(days=1)}, "before the visit"),
        ({"deal": "006nosuchdeal", "stage_after": "Closed Won"}, "not one of the account's"),
        ({"id": 4711}, "This visit is gone"),
        ({"account_id": 999_999}, "no account 999999"),
    ],
)
def test_what_cannot_have_been_is_told_and_nothing_is_kept(workspace: Workspace, wrong: dict[str, object], says: str):
    account, before = list_accounts(workspace)[0], contents(workspace.database)
    with pytest.raises(UserProblem, match=says):
        log_visit(workspace, replace(Visit(0, account.id, DAY, VisitOutcome.MET), **wrong))
    assert contents(workspace.database) == before


def test_at_an_account_that_was_deleted_the_step_that_took_it_out_is_named(workspace: Workspace):
    account = list_accounts(workspace)[0]
    delete_accounts(workspace, [account.id])
    with pytest.raises(UserProblem, match=f"“Delete {account.name}” took it out"):
        log_visit(workspace, Visit(0, account.id, DAY, VisitOutcome.MET))
    undo(workspace)
    log_visit(workspace, Visit(0, account.id, DAY, VisitOutcome.MET))


def test_a_visit_is_deleted_and_comes_back(workspace: Workspace):
    kept, _ = log_visit(workspace, Visit(0, list_accounts(workspace)[0].id, DAY, VisitOutcome.MET))
    delete_visit(workspace, kept.id)
    assert list_visits(workspace, sample=True) == []
    undo(workspace)
    assert list_visits(workspace, sample=True) == [kept]


LOG_AND_DIE = """
import os, signal, sys
from datetime import date
from pathlib import Path
from planner.model.accounts import VisitOutcome
from planner.model.tracking import Visit
from planner.usecases.log_visit import log_visit
from planner.usecases.workspace import open_workspace
workspace = open_workspace(Path(sys.argv[1]))
log_visit(workspace, Visit(0, int(sys.argv[2]), date.fromisoformat(sys.argv[3]), VisitOutcome.MET, sys.argv[4]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_nothing_is_lost_when_the_process_is_killed_right_after(workspace: Workspace):
    account = list_accounts(workspace)[0]
    for turn in range(3):
        arguments = [sys.executable, "-c", LOG_AND_DIE, str(workspace.home), str(account.id), DAY.isoformat(), f"note {turn}"]
        ended = subprocess.run(arguments, check=False, cwd=Path(__file__).parents[3], env=os.environ | {"PYTHONPATH": "."})
        assert ended.returncode == -signal.SIGKILL
        assert [visit.note for visit in list_visits(workspace, sample=True)] == [f"note {number}" for number in range(turn + 1)]
