"""What is settled in a plan is asked for again: locks, kept orders, and where days begin and end."""

import pytest
from small_weeks import HOME, HOUR, INN, OFFICE, WEEK, asked, at, block, call, day, keys_of, matrix_of, planned, visit
from week_rules import check_week

from planner.model.places import NamedPlace
from planner.model.request import NightRequest, Window
from planner.model.week import Lock
from planner.planning.board import board_of
from planner.planning.locks import with_ends, with_locks
from planner.values import replace

LODGE = NamedPlace("Lodge", at(-95))


def relocked(plan, on, locks):
    """A plan with locks on some stops of a day."""
    stops = tuple(replace(stop, lock=locks.get(stop.key, stop.lock)) for stop in plan.days[on].stops)
    return replace(plan, days=tuple(replace(each, stops=stops) if d == on else each for d, each in enumerate(plan.days)))


@pytest.fixture(scope="module")
def week():
    request = asked([visit(1, 5, on=(0, 1)), visit(2, 8, on=(0, 1)), visit(3, -6, on=(1,))], days=2)
    return request, planned(request)


def of(request, key):
    return next(c for c in request.candidates if c.key == key)


def test_nothing_is_held_by_no_plan_or_one_without_locks(week):
    request, plan = week
    assert with_locks(request, None) is request
    assert with_locks(request, plan) is request


def test_a_lock_to_the_day_leaves_the_hours_of_that_day(week):
    request, plan = week
    held = of(with_locks(request, relocked(plan, 1, {"account-3": Lock.DAY})), "account-3")
    assert (held.windows, held.mandatory, held.lock) == (of(request, "account-3").windows, True, Lock.DAY)
    on = next(d for d, each in enumerate(plan.days) if "account-1" in keys_of(each))
    held = of(with_locks(request, relocked(plan, on, {"account-1": Lock.DAY})), "account-1")
    assert [window.day for window in held.windows] == [on]


def test_a_lock_to_the_minute_leaves_one_moment(week):
    request, plan = week
    stop = next(stop for stop in plan.days[1].stops if stop.key == "account-3")
    held = of(with_locks(request, relocked(plan, 1, {"account-3": Lock.TIME})), "account-3")
    assert held.windows == (Window(1, stop.start_s, stop.start_s),)


@pytest.mark.parametrize("how", [Lock.DAY, Lock.TIME])
def test_a_lock_outweighs_hours_that_have_changed_since(week, how):
    request, plan = week
    stop = next(stop for stop in plan.days[1].stops if stop.key == "account-3")
    shut = replace(request, candidates=tuple(replace(c, windows=()) if c.key == stop.key else c for c in request.candidates))
    again = planned(shut, warm_start=relocked(plan, 1, {stop.key: how}))
    assert {s.key: s.start_s for s in again.days[1].stops}[stop.key] == stop.start_s


def test_a_day_that_keeps_its_order_holds_its_visits_but_not_against_changes_by_hand(week):
    request, plan = week
    kept = replace(plan, days=(plan.days[0], replace(plan.days[1], keep_order=True)))
    asked_for = with_locks(request, kept)
    assert [each.keep_order for each in asked_for.days] == [False, True]
    assert {c.key for c in asked_for.candidates if c.mandatory} == set(keys_of(plan.days[1]))
    assert all(c.lock is Lock.NONE for c in asked_for.candidates)
    by_hand = with_locks(request, kept, by_hand=True)
    assert [each.keep_order for each in by_hand.days] == [False, True]
    assert by_hand.candidates == request.candidates


def test_a_lock_of_a_day_that_is_not_asked_for_holds_nothing(week):
    request, plan = week
    other = replace(plan, days=tuple(replace(each, day=WEEK.plus(1).day(d), keep_order=True) for d, each in enumerate(plan.days)))
    assert with_locks(request, other) is request


def test_a_locked_block_is_held_at_the_start_of_its_first_visit():
    visits = [replace(visit(k, 4 * k), groups=(f"account-{k}",)) for k in (1, 2)]
    request = asked(visits, days=2)
    joint = block("Rep A", visits, matrix_of(request), [Window(1, 9 * HOUR, 12 * HOUR)], mandatory=True)
    request = replace(request, candidates=(*visits, joint))
    request = replace(request, candidates=tuple(replace(c, windows=tuple(w for w in c.windows if w.day < 2)) for c in request.candidates))
    plan = planned(request)
    held = with_locks(request, relocked(plan, 1, dict.fromkeys(keys_of(plan.days[1]), Lock.TIME)))
    start = plan.days[1].stops[0].start_s
    assert of(held, joint.key).windows == (Window(1, start, start),)
    assert [c.key for c in held.candidates if c.mandatory] == [joint.key]


def test_days_begin_and_end_where_they_were_planned_to():
    lodged = asked([visit(1, 5, on=(0,))], [day(0, start=OFFICE, end=OFFICE), day(1)])
    plan = planned(lodged)
    usual = replace(lodged, days=(day(0), day(1)))
    assert with_ends(usual, plan).days == lodged.days
    assert with_ends(usual, None) is usual or with_ends(usual, None) == usual
    assert with_ends(usual, plan, {WEEK.day(0)}).days == usual.days


def test_a_home_that_has_moved_is_where_days_begin_now():
    request = asked([visit(1, 5)], days=1)
    plan = planned(request)
    moved = NamedPlace("Home", at(2, 2))
    asked_now = asked([visit(1, 5)], [day(0, start=moved, end=moved)])
    assert with_ends(asked_now, plan).days[0].start == moved
    assert with_ends(asked_now, plan).days[0].end == moved


def test_an_open_end_and_the_day_that_goes_on_from_it_stay_so():
    request = asked([visit(1, 20, on=(0,)), visit(2, 25, on=(1,))], [day(0, end=None), day(1, start=None)])
    plan = planned(request)
    usual = replace(request, days=(day(0), day(1)))
    again = with_ends(usual, plan)
    assert again.days == request.days
    assert check_week(again, matrix_of(again), plan) == []
    ended = with_ends(usual, plan, {WEEK.day(0)})
    assert (ended.days[0].end, ended.days[1].start) == (HOME, None)
    assert planned(ended, warm_start=plan).days[1].start == HOME


def test_a_night_away_stays_possible_at_its_hotel():
    nights = (NightRequest(0, (INN,), 5.0),)
    far = [visit(k, 95 + k, on=(k - 1,), value=60.0) for k in (1, 2)]
    request = asked(far, days=2, nights=nights, night_points=5.0, drive_points=0.5)
    plan = planned(request, iterations=200)
    assert plan.days[0].away
    without = replace(request, nights=())
    again = with_ends(without, plan)
    assert again.nights == nights
    assert again.days == request.days
    other = with_ends(replace(request, nights=(NightRequest(0, (LODGE,), 5.0),)), plan)
    assert other.nights == (NightRequest(0, (LODGE, INN), 5.0),)
    matrix = matrix_of(again)
    board = board_of(again, matrix, plan)
    assert [board.plan.days[d].start for d in (0, 1)] == [HOME, INN]
    assert planned(again, matrix, warm_start=plan, iterations=20).days == plan.days


def test_a_night_after_the_last_day_asked_for_is_no_night_but_where_it_ends():
    far = [visit(k, 95 + k, on=(k - 1,), value=60.0) for k in (1, 2)]
    nights = (NightRequest(0, (INN,), 5.0),)
    request = asked(far, days=2, nights=nights, night_points=5.0, drive_points=0.5)
    plan = planned(request, iterations=200)
    monday = replace(request, days=request.days[:1], nights=(), candidates=asked(far[:1], days=1).candidates)
    again = with_ends(monday, replace(plan, days=plan.days[:1]))
    assert (again.days[0].end, again.nights) == (INN, ())


def test_calls_and_lunch_are_those_asked_for_now():
    request = asked([visit(1, 5)], days=1)
    plan = planned(request)
    busier = replace(request, days=(day(0, blocks=(call("Call", 0, 9, 10),), lunch=None),))
    again = with_ends(busier, plan)
    assert (again.days[0].blocks, again.days[0].lunch) == (busier.days[0].blocks, None)
