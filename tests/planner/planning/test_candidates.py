"""An account as a visit: what she wishes of it counts, and what cannot be asked for is told why."""

from datetime import timedelta

import pytest
from small_weeks import HOME, HOUR, OFFICE, WEEK, at, keys_of, matrix_of, planned
from week_rules import check_week

from planner.errors import PlanProblem
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.places import PostalAddress
from planner.model.week import WhyNot
from planner.model.wishes import Wish
from planner.planning.candidates import Book
from planner.planning.request import Ask, WorkWeek, build_request
from planner.planning.value import Weights
from planner.values import replace

DAYS = [WEEK.day(k) for k in range(5)]


def account(number=1, *, days_ago=None, **more):
    """A client that nobody has visited, or not for so many days."""
    seen = None if days_ago is None else DAYS[0] - timedelta(days=days_ago)
    usual = {"tier": Tier.A, "last_activity": seen, "place": at(3 * number, 1), "hours": "Mo-Fr 09:00-17:00"}
    return Account(number, f"crm-{number}", f"Account {number}", AccountKind.CLIENT, PostalAddress(), **(usual | more))


def asked_of(*accounts, wishes=(), days=DAYS, ask=None, **book):
    wanted = {wish.account_id: wish for wish in wishes}
    return build_request(days, Book(accounts, wishes=wanted, **book), [], WorkWeek(HOME, OFFICE), Weights(), ask)


def only(*accounts, **more):
    """The one candidate of a request; none is left out."""
    request, left_out = asked_of(*accounts, **more)
    assert left_out == ()
    (candidate,) = request.candidates
    return candidate


def left(*accounts, **more):
    """Why the one account is left out."""
    request, (told,) = asked_of(*accounts, **more)
    assert request.candidates == ()
    return told.reason, told.text


def test_points_of_her_own_count_up_and_down():
    usual = only(account()).value
    assert only(account(), wishes=[Wish(1, boost=12.5)]).value == usual + 12.5
    assert only(account(), wishes=[Wish(1, boost=-8.0)]).value == usual - 8.0
    assert "Your own points" in [term.label for term in only(account(), wishes=[Wish(1, boost=3.0)]).terms]


def test_a_must_is_planned_whatever_it_is_worth():
    wishes = [Wish(1, boost=-500.0, must=True)]
    candidate = only(account(days_ago=3), wishes=wishes)
    assert candidate.mandatory
    assert candidate.value < 0
    request, _ = asked_of(account(days_ago=3), account(2), wishes=wishes)
    plan = planned(request)
    assert check_week(request, matrix_of(request), plan) == []
    assert "account-1" in [stop.key for each in plan.days for stop in each.stops]


def test_a_must_that_is_shut_all_week_cannot_be_met():
    request, left_out = asked_of(account(hours="Sa 10:00-12:00"), wishes=[Wish(1, must=True)])
    assert left_out == ()
    with pytest.raises(PlanProblem, match="Account 1"):
        planned(request)


def test_a_visit_is_made_by_its_deadline():
    candidate = only(account(), wishes=[Wish(1, deadline=DAYS[1])])
    assert [window.day for window in candidate.windows] == [0, 1]
    assert not candidate.mandatory


def test_a_deadline_asks_for_a_visit_that_is_not_due():
    assert left(account(days_ago=3)) == (WhyNot.NOT_DUE, "Visited 3 days ago, due in 27")
    assert [window.day for window in only(account(days_ago=3), wishes=[Wish(1, deadline=DAYS[0])]).windows] == [0]


@pytest.mark.parametrize("must", [True, False])
def test_a_deadline_that_is_past_asks_for_nothing_and_forbids_nothing(must):
    wish = Wish(1, must=must, deadline=DAYS[0] - timedelta(days=3))
    candidate = only(account(), wishes=[wish])
    assert [window.day for window in candidate.windows] == [0, 1, 2, 3, 4]
    assert not candidate.mandatory
    assert left(account(days_ago=3), wishes=[wish])[0] is WhyNot.NOT_DUE


def test_a_visit_is_made_on_the_weekdays_wished_for():
    assert [window.day for window in only(account(), wishes=[Wish(1, weekdays=(1, 3, 6))]).windows] == [1, 3]


@pytest.mark.parametrize("must", [True, False])
def test_days_that_are_not_among_those_wished_for_are_told(must):
    wishes = [Wish(1, weekdays=(5, 6), must=must)]
    assert left(account(), wishes=wishes) == (WhyNot.CLOSED, "None of these days is one you allow for it")


def test_wished_for_days_on_which_it_is_shut_are_told():
    assert left(account(hours="Mo-We 09:00-17:00"), wishes=[Wish(1, weekdays=(3,))]) == (WhyNot.CLOSED, "Closed Thu, Fri")


def test_a_cadence_of_her_own_decides_when_it_is_due():
    assert left(account(days_ago=20))[0] is WhyNot.NOT_DUE
    assert only(account(days_ago=20), wishes=[Wish(1, cadence_days=14)]).account_id == 1
    assert left(account(days_ago=40), wishes=[Wish(1, cadence_days=90)]) == (WhyNot.NOT_DUE, "Visited 40 days ago, due in 50")


def test_a_visit_takes_as_long_as_wished_for():
    usual, longer = only(account()), only(account(), wishes=[Wish(1, visit_minutes=90)])
    assert (usual.service_s, longer.service_s) == (1800, 5400)
    assert {window.to_s for window in usual.windows} == {int(16.5 * HOUR)}
    assert {window.to_s for window in longer.windows} == {int(15.5 * HOUR)}


def test_a_visit_longer_than_it_is_open_has_no_window():
    assert left(account(hours="Mo-Fr 09:00-10:00"), wishes=[Wish(1, visit_minutes=90)]) == (WhyNot.CLOSED, "Closed Mon-Fri")


def test_a_contract_that_ends_soon_is_worth_a_visit():
    usual = only(account()).value
    ends = [only(account(), wishes=[Wish(1, contract_end=DAYS[0] + timedelta(days=d))]).value - usual for d in (-30, 0, 90, 200)]
    assert ends == [12.0, 12.0, 6.0, 0.0]


def test_what_is_planned_in_another_week_is_not_asked_for_unless_she_says_so():
    elsewhere = {1: WEEK.plus(1).day(3)}
    assert left(account(), elsewhere=elsewhere) == (WhyNot.NOT_DUE, "Planned for Thu Dec 10 already")
    assert only(account(), elsewhere=elsewhere, ask=Ask(also=frozenset({1}))).account_id == 1
    assert only(account(), elsewhere=elsewhere, ask=Ask(everyone=True)).account_id == 1


def test_who_is_asked_for_by_name_need_not_be_due_nor_open():
    ask = Ask(also=frozenset({1}))
    assert only(account(days_ago=3), ask=ask).account_id == 1
    shut = only(account(hours="Sa 10:00-12:00"), ask=ask)
    assert (shut.windows, shut.closed_text) == ((), "Closed Mon-Fri")
    assert left(replace(account(), place=None), ask=ask) == (WhyNot.UNPLACED, "Its address is not on the map")


def test_a_must_comes_before_the_worthiest_of_very_many():
    many = [account(k) for k in range(2, 420)]
    request, left_out = asked_of(account(days_ago=3), *many, wishes=[Wish(1, must=True, boost=-90.0)])
    assert request.candidates[0].account_id == 1
    assert len(request.candidates) == 400
    assert {each.text for each in left_out} == {"400 accounts are worth more this week"}


def test_two_weeks_have_room_for_twice_as_many():
    many = [account(k) for k in range(1, 900)]
    request, left_out = asked_of(*many, days=[*DAYS, *(WEEK.plus(1).day(k) for k in range(5))])
    assert len(request.candidates) == 800
    assert {each.text for each in left_out} == {"800 accounts are worth more in these weeks"}
    everyone, nobody = asked_of(*many, ask=Ask(everyone=True))
    assert (len(everyone.candidates), nobody) == (899, ())


def test_the_wished_for_visits_of_a_week_are_planned_as_wished_for():
    wishes = [Wish(1, weekdays=(2,), must=True), Wish(2, deadline=DAYS[0], must=True), Wish(3, visit_minutes=120, must=True)]
    request, _ = asked_of(*(account(k) for k in range(1, 9)), wishes=wishes)
    plan = planned(request)
    assert check_week(request, matrix_of(request), plan) == []
    assert "account-1" in keys_of(plan.days[2])
    assert "account-2" in keys_of(plan.days[0])
    assert [s.leave_s - s.start_s for each in plan.days for s in each.stops if s.key == "account-3"] == [2 * HOUR]
