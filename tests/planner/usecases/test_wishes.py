"""What she wants of single accounts: kept, told in words, and heeded by what a week asks for."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.errors import UserProblem
from planner.model.accounts import Account, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.request import Candidate
from planner.model.tracking import Visit
from planner.model.week import LeftOut, VisitKind, WhyNot
from planner.model.wishes import Wish
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.log_visit import log_visit
from planner.usecases.packs import need_pack
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.week_request import week_request
from planner.usecases.wishes import MOST_POINTS, clear_wish, get_wish, set_wish, wish_text
from planner.usecases.workspace import Workspace

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def workspace(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(sample_home)


def asked(workspace: Workspace) -> tuple[dict[int | None, Candidate], dict[int | None, LeftOut]]:
    """What the week asks for and what it leaves out, by account id."""
    week = week_request(workspace, WEEK, need_pack(workspace), PlanOptions())
    return {c.account_id: c for c in week.request.candidates}, {left.account_id: left for left in week.left_out}


def an_account(workspace: Workspace, *, due: bool = True) -> Account:
    """A client with a place that is (not) due in the week and open on all its days."""
    inside, outside = asked(workspace)
    for account in list_accounts(workspace):
        if due and account.id in inside and inside[account.id].kind is VisitKind.CARE and not inside[account.id].closed_text:
            return account
        if not due and account.id in outside and outside[account.id].reason is WhyNot.NOT_DUE and account.kind.value == "client":
            return account
    raise AssertionError


def test_wishes_add_up_until_they_are_forgotten(workspace: Workspace):
    account = an_account(workspace)
    assert get_wish(workspace, account.id) == Wish(account.id)
    set_wish(workspace, account.id, boost=20.0)
    changes = set_wish(workspace, account.id, weekdays=(1, 3), contract_end=date(2027, 2, 1))
    assert get_wish(workspace, account.id) == Wish(account.id, boost=20.0, weekdays=(1, 3), contract_end=date(2027, 2, 1))
    assert account.name in changes.label
    assert account.name in clear_wish(workspace, account.id).label
    assert get_wish(workspace, account.id) == Wish(account.id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"boost": MOST_POINTS + 1.0},
        {"boost": float("nan")},
        {"cadence_days": 0},
        {"cadence_days": 731},
        {"visit_minutes": 4},
        {"visit_minutes": 601},
    ],
)
def test_what_cannot_be_wanted_is_told_and_not_kept(workspace: Workspace, wrong: dict[str, float]):
    account = an_account(workspace)
    set_wish(workspace, account.id, boost=5.0)
    with pytest.raises(UserProblem):
        set_wish(workspace, account.id, **wrong)
    assert get_wish(workspace, account.id) == Wish(account.id, boost=5.0)


def test_nothing_can_be_wanted_of_an_account_that_is_not_there(workspace: Workspace):
    for verb in (set_wish, clear_wish):
        with pytest.raises(UserProblem, match="no account 99999"):
            verb(workspace, 99_999)


def test_a_wish_is_told_in_words():
    assert wish_text(Wish(1)) == "nothing beyond what its file says"
    whole = Wish(1, -5.0, must=True, deadline=date(2026, 12, 9), weekdays=(1, 3), cadence_days=14, visit_minutes=90)
    assert wish_text(whole) == "a visit without fail; by Dec 9, 2026; only Tue, Thu; -5 points; every 14 days; 90 min a visit"


def test_points_are_a_term_of_the_value(workspace: Workspace):
    account = an_account(workspace)
    before = asked(workspace)[0][account.id]
    set_wish(workspace, account.id, boost=25.0)
    after = asked(workspace)[0][account.id]
    assert after.value == pytest.approx(before.value + 25)
    assert len(after.terms) == len(before.terms) + 1


def test_weekdays_and_a_deadline_are_the_days_it_may_be_on(workspace: Workspace):
    account = an_account(workspace)
    set_wish(workspace, account.id, weekdays=(1, 3))
    assert {window.day for window in asked(workspace)[0][account.id].windows} == {1, 3}
    set_wish(workspace, account.id, deadline=WEEK.day(2))
    assert {window.day for window in asked(workspace)[0][account.id].windows} == {1}
    set_wish(workspace, account.id, weekdays=(5,))
    inside, outside = asked(workspace)
    assert account.id not in inside
    assert outside[account.id].reason is WhyNot.CLOSED
    assert "allow" in outside[account.id].text


def test_a_visit_takes_as_long_as_she_says(workspace: Workspace):
    account = an_account(workspace)
    set_wish(workspace, account.id, visit_minutes=100)
    assert asked(workspace)[0][account.id].service_s == 6000


def test_it_is_due_as_often_as_she_says(workspace: Workspace):
    account = an_account(workspace, due=False)
    log_visit(workspace, Visit(0, account.id, date(2026, 11, 20), VisitOutcome.MET))
    assert account.id not in asked(workspace)[0]
    set_wish(workspace, account.id, cadence_days=7)
    assert account.id in asked(workspace)[0]


def test_a_must_is_planned_though_it_is_not_due_and_worth_little(workspace: Workspace):
    account = an_account(workspace, due=False)
    set_wish(workspace, account.id, must=True, weekdays=(2,), boost=-100.0)
    plan = plan_week(workspace, WEEK, PlanOptions(iterations=100), silent).plan
    assert [day.day for day in plan.days for stop in day.stops if stop.account_id == account.id] == [WEEK.day(2)]
