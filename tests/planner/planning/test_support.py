"""Rep support of more than one visit: blocks of a rep's accounts, and coaching, while the rep is free."""

from itertools import pairwise

import numpy as np
import pytest
from small_weeks import HOUR, OFFICE, WEEK, asked, at, by_chance, call, day, matrix_of, planned, visit
from week_rules import check_week

from planner.errors import PlanProblem
from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.places import PostalAddress
from planner.model.week import VisitKind, WhyNot
from planner.model.wishes import BlockWish, CoachingPlace, CoachingWish
from planner.planning.candidates import Book
from planner.planning.request import WorkWeek, build_request
from planner.planning.support import FULL_ENOUGH, MOST_BLOCKS, TOO_FULL, with_blocks, with_coaching
from planner.planning.team import free_time
from planner.planning.value import Weights
from planner.values import replace

DAYS = [WEEK.day(k) for k in range(3)]
REP = "Rep A"


def accounts(count=8, owner=REP, **more):
    return [visit(k, 2 * k, k % 3, owner=owner, minutes=30, value=10.0 + k, **more) for k in range(1, count + 1)]


def a_week(visits=None, **more):
    return asked([*(visits if visits is not None else accounts()), visit(50, -4, owner="Rep B"), visit(51, -6, owner="Rep B")], **more)


def with_a_block(request, team=None, **wish):
    return with_blocks(request, matrix_of(request), [BlockWish(REP, **wish)], team or {})


def coached(request, team=None, needs=None, **wish):
    return with_coaching(request, [CoachingWish(REP, **wish)], OFFICE, team or {}, needs or {})


def checked(request, **more):
    matrix = matrix_of(request)
    plan = planned(request, matrix, **more)
    assert check_week(request, matrix, plan) == []
    return plan


def is_free(free, on, begin, end):
    return any(a <= begin and end <= b for a, b in free[on])


def check_block(request, plan, free, wish):
    """A planned block keeps everything that was wished for; returns its stops."""
    ((on, stops),) = [(d, [s for s in each.stops if s.block]) for d, each in enumerate(plan.days) if any(s.block for s in each.stops)]
    whole = plan.days[on].stops
    first = whole.index(stops[0])
    assert list(whole[first : first + len(stops)]) == stops
    own = {c.key: c for c in request.candidates}
    assert all(b.start_s == a.leave_s + b.drive_s for a, b in pairwise(stops))
    assert {own[s.key].owner for s in stops} == {wish.rep} == {s.rep for s in stops}
    assert {s.kind for s in stops} == {VisitKind.SUPPORT}
    assert is_free(free, on, stops[0].start_s, stops[-1].leave_s)
    for stop in stops:
        assert any(w.day == on and w.from_s <= stop.start_s <= w.to_s for w in own[stop.key].windows)
        assert stop.leave_s - stop.start_s == own[stop.key].service_s
    assert FULL_ENOUGH * wish.minutes * 60 <= stops[-1].leave_s - stops[0].start_s <= TOO_FULL * wish.minutes * 60
    assert not wish.weekdays or plan.days[on].day.weekday() in wish.weekdays
    keys = [s.key for each in plan.days for s in each.stops]
    assert len(keys) == len(set(keys))
    return stops


def test_a_block_is_visits_to_one_rep_one_after_the_other_while_the_rep_is_free():
    free = free_time("Mo-Fr 08:00-18:00", [call("Forecast", 1, 8, 13), call("Training", 2, 12, 18)], DAYS)
    wish = BlockWish(REP, 180)
    request = a_week()
    plan = checked(with_blocks(request, matrix_of(request), [wish], {REP: free}))
    assert len(check_block(request, plan, free, wish)) >= 2


@by_chance
def test_any_block_that_is_planned_is_as_wished_for(seed):
    draw = np.random.default_rng(seed)
    visits = [
        visit(
            k,
            int(draw.integers(-15, 16)),
            int(draw.integers(-15, 16)),
            owner=REP if draw.random() < 0.7 else "Rep B",
            opens=float(draw.choice([8, 9, 12])),
            shuts=float(draw.choice([13, 17])),
            minutes=int(draw.choice([20, 30, 45])),
            value=float(draw.integers(-3, 40)),
            on=[d for d in range(3) if draw.random() < 0.8],
        )
        for k in range(1, 13)
    ]
    days = [day(d, blocks=(call("Call", d, 10, 10.5),) if draw.random() < 0.5 else ()) for d in range(3)]
    request = asked(visits, days, drive_points=0.1)
    duties = [call("Busy", d, h, h + float(draw.choice([1, 4]))) for d in range(3) for h in draw.choice([8.0, 10.0, 12.0, 14.0, 16.0], 2)]
    free = free_time("Mo-Fr 08:00-18:00", duties, DAYS)
    weekdays = tuple(int(d) for d in np.flatnonzero(draw.random(3) < 0.7))
    wish = BlockWish(REP, int(draw.choice([90, 120, 180])), weekdays)
    try:
        blocks = with_blocks(request, matrix_of(request), [wish], {REP: free})
    except PlanProblem as told:
        assert REP in str(told)  # noqa: PT017 - a week may have no room
        return
    try:
        plan = checked(blocks, iterations=40)
    except PlanProblem as told:
        assert f"minutes with {REP}" in str(told)  # noqa: PT017 - her own call may stand in the way of each
        return
    check_block(request, plan, free, wish)


def test_there_are_several_ways_to_fill_a_block_and_each_has_every_account_once():
    request = with_a_block(a_week(), minutes=120)
    blocks = [c for c in request.candidates if c.parts]
    assert 2 <= len(blocks) <= MOST_BLOCKS
    assert len({c.key for c in request.candidates}) == len(request.candidates)
    for each in blocks:
        numbers = [part.account_id for part in each.parts]
        assert len(set(numbers)) == len(numbers) >= 2
        assert each.value == pytest.approx(sum(part.value for part in each.parts))
        assert (each.one_of, each.mandatory, each.place, each.leave_place) == (
            f"120 minutes with {REP}",
            True,
            each.parts[0].place,
            each.parts[-1].place,
        )


def test_an_account_is_visited_in_a_block_or_by_itself_not_both():
    request = with_a_block(a_week(), minutes=120)
    assert {c.groups for c in request.candidates if c.key == "account-8"} == {("account-8",)}
    assert {c.groups for c in request.candidates if c.key == "account-50"} == {()}
    numbers = [s.account_id for each in checked(request, iterations=200).days for s in each.stops]
    assert sorted(numbers) == [*range(1, 9), 50, 51]


def test_a_block_is_on_the_weekdays_wished_for():
    request = with_a_block(a_week(), minutes=120, weekdays=(2,))
    assert {w.day for c in request.candidates if c.parts for w in c.windows} == {2}
    plan = checked(request)
    assert any(s.block for s in plan.days[2].stops)


@pytest.mark.parametrize(
    "free",
    [
        ((), (), ()),
        (((9 * HOUR, 10 * HOUR),), (), ()),
        (((0, 8 * HOUR),), ((18 * HOUR, 24 * HOUR),), ()),
    ],
)
def test_a_block_without_free_time_names_the_rep(free):
    with pytest.raises(PlanProblem, match="240 minutes with Rep A do not fit"):
        with_a_block(a_week(), {REP: free})


def test_a_block_of_a_rep_with_one_account_or_none_is_no_block():
    with pytest.raises(PlanProblem, match=REP):
        with_a_block(a_week(accounts(1)), minutes=30)
    with pytest.raises(PlanProblem, match=REP):
        with_a_block(a_week([]), minutes=120)


def test_a_block_that_is_no_must_may_be_left_out():
    request = a_week()
    assert with_a_block(request, {REP: ((), (), ())}, must=False) == request
    poor = a_week([replace(each, value=0.5) for each in accounts()])
    plan = checked(replace(with_a_block(poor, minutes=120, must=False), drive_points=0.5))
    assert not [s for each in plan.days for s in each.stops if s.block]


def test_what_must_be_visited_anyway_is_not_part_of_a_block():
    visits = [replace(c, mandatory=c.account_id == 1) for c in accounts(4)]
    request = with_a_block(a_week(visits), minutes=90)
    assert all(part.account_id != 1 for c in request.candidates for part in c.parts)
    assert any(s.account_id == 1 and not s.block for each in checked(request).days for s in each.stops)


def test_accounts_without_a_road_or_without_worth_hinder_no_block():
    visits = accounts(12)
    visits[0] = replace(visits[0], value=-1.0)
    request = a_week(visits)
    matrix = matrix_of(request)
    for account in visits[2:12]:
        row = matrix.places.index(account.place)
        matrix.seconds[row, :], matrix.seconds[:, row] = -1, -1
    found = [c for c in with_blocks(request, matrix, [BlockWish(REP, 60)], {}).candidates if c.parts]
    assert {part.account_id for c in found for part in c.parts} == {1, 2}


def test_two_wishes_with_one_rep_are_refused():
    request = a_week()
    with pytest.raises(PlanProblem, match="More than one block with Rep A"):
        with_blocks(request, matrix_of(request), [BlockWish(REP), BlockWish(REP, 60)], {})
    with pytest.raises(PlanProblem, match="More than one one-on-one with Rep A"):
        with_coaching(request, [CoachingWish(REP), CoachingWish(REP)], OFFICE, {}, {})


def test_blocks_with_two_reps_are_both_planned():
    request = a_week()
    both = with_blocks(request, matrix_of(request), [BlockWish(REP, 90), BlockWish("Rep B", 60)], {})
    plan = checked(both)
    assert {s.rep for each in plan.days for s in each.stops if s.block} == {REP, "Rep B"}


@pytest.mark.parametrize("where", list(CoachingPlace))
def test_a_one_on_one_is_where_it_is_wished_for_while_the_rep_is_free(where):
    free = free_time("Mo-Fr 08:00-18:00", [call("Busy", 0, 8, 16), call("Busy", 1, 9, 18), call("Busy", 2, 8, 13.5)], DAYS)
    request = coached(a_week(), {REP: free}, place=where)
    ways = [c for c in request.candidates if c.key.startswith("coaching-")]
    at_office, at_client = [c for c in ways if c.account_id is None], [c for c in ways if c.account_id]
    assert bool(at_office) == (where is not CoachingPlace.CLIENT)
    assert bool(at_client) == (where is not CoachingPlace.OFFICE)
    assert all(c.place == OFFICE.point for c in at_office)
    assert all(c.owner == REP for c in at_client)
    for way in ways:
        assert all(is_free(free, w.day, w.from_s, w.to_s + way.service_s) for w in way.windows)
        assert way.value == pytest.approx(sum(term.points for term in way.terms) + (way.account_id + 10.0 if way.account_id else 0.0))
    plan = checked(request)
    stops = [(d, s) for d, each in enumerate(plan.days) for s in each.stops if s.key.startswith("coaching-")]
    assert len(stops) == 1
    ((on, stop),) = stops
    assert is_free(free, on, stop.start_s, stop.leave_s)
    numbers = [s.account_id for each in plan.days for s in each.stops if s.account_id]
    assert len(numbers) == len(set(numbers))


def test_a_one_on_one_at_a_client_follows_the_visit_which_begins_while_it_is_open():
    request = coached(a_week(accounts(1, opens=9, shuts=10)), place=CoachingPlace.CLIENT, minutes=60)
    way = next(c for c in request.candidates if c.key.startswith("coaching-"))
    assert way.service_s == 1800 + 3600
    assert {(w.from_s, w.to_s) for w in way.windows} == {(9 * HOUR, int(9.5 * HOUR))}
    assert way.title == "Account 1, then one-on-one: Rep A"


def test_a_one_on_one_counts_more_for_who_needs_more_help():
    values = [coached(a_week(), needs={REP: need}, place=CoachingPlace.OFFICE).candidates[-1].value for need in (0.0, 0.5, 1.0)]
    assert values == [10.0, 15.0, 20.0]


def test_a_one_on_one_without_free_time_names_the_rep_unless_it_is_no_must():
    busy = {REP: ((), ((8 * HOUR, int(8.5 * HOUR)),), ())}
    with pytest.raises(PlanProblem, match="A one-on-one of 45 minutes with Rep A does not fit"):
        coached(a_week(), busy)
    assert coached(a_week(), busy, must=False).candidates == a_week().candidates


def test_a_block_and_a_one_on_one_with_the_same_rep_share_no_account():
    for must in (True, False):
        request = coached(a_week(accounts(5)), place=CoachingPlace.CLIENT, must=must)
        both = with_a_block(request, minutes=90)
        for each in both.candidates:
            numbers = [part.account_id for part in each.parts]
            assert len(numbers) == len(set(numbers))
            assert all(part.key == f"account-{part.account_id}" for part in each.parts)
        numbers = [s.account_id for each in checked(both, iterations=150).days for s in each.stops]
        assert len(numbers) == len(set(numbers))


def late_stage(owner=REP):
    known = {"tier": Tier.A, "place": at(5), "owner": "Rep B"}
    account = Account(1, "crm-1", "Account 1", AccountKind.CLIENT, PostalAddress(), **known)
    return account, {"crm-1": [Opportunity("006", "crm-1", "Fiber", "Proposal", 500_000, 0.8, None, owner)]}


def joint(team, hours="", needs=None):
    account, deals = late_stage()
    book = Book([replace(account, hours=hours)], deals, team=team, needs=needs or {})
    return build_request(DAYS, book, [], WorkWeek(OFFICE, OFFICE), Weights())


def test_a_joint_visit_is_made_only_while_the_rep_of_the_deal_is_free():
    free = free_time("Mo-Fr 08:00-18:00", [call("Busy", 0, 8, 18), call("Busy", 1, 8, 15)], DAYS)
    request, left_out = joint({REP: free, "Rep B": ((), (), ())})
    (candidate,) = request.candidates
    assert left_out == ()
    assert (candidate.kind, candidate.rep, candidate.owner) == (VisitKind.SUPPORT, REP, "Rep B")
    assert all(is_free(free, w.day, w.from_s, w.to_s + candidate.service_s) for w in candidate.windows)
    assert {w.day for w in candidate.windows} == {1, 2}
    stop = next(s for each in checked(request).days for s in each.stops)
    assert stop.rep == REP


@pytest.mark.parametrize("hours", ["", "Tu-Fr 09:00-17:00"])
def test_a_joint_visit_with_a_rep_who_is_never_free_is_left_out_for_that(hours):
    request, (left,) = joint({REP: ((), (), ())}, hours)
    assert request.candidates == ()
    assert (left.reason, left.text) == (WhyNot.REP_BUSY, "Rep A has no free time while it is open")


def test_an_account_that_is_shut_is_left_out_for_that_whoever_is_free():
    _request, (left,) = joint({REP: ((), (), ())}, "Sa 09:00-12:00")
    assert (left.reason, left.text) == (WhyNot.CLOSED, "Closed Mon-Wed")


def test_the_need_of_a_rep_counts_in_a_joint_visit():
    values = [joint({}, needs={REP: need})[0].candidates[0].value for need in (0.0, 1.0)]
    assert values[1] == values[0] + 10.0


def test_a_block_finds_room_in_a_week_that_is_planned_full():
    full = a_week(accounts(40), days=2)
    plan = checked(full, iterations=60)
    blocked = with_a_block(full, minutes=180)
    again = planned(blocked, matrix_of(blocked), iterations=3, warm_start=plan)
    assert check_week(blocked, matrix_of(blocked), again) == []
    assert sum(bool(stop.block) for each in again.days for stop in each.stops) >= 2
