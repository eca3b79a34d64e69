"""Nights away and open ends: slept where it pays, and every day begins where the one before ended."""

from datetime import timedelta

import pytest
from small_weeks import HOME, HOUR, INN, OFFICE, WEEK, any_week, asked, at, by_chance, day, keys_of, matrix_of, planned, visit
from week_rules import check_week

from planner.model.accounts import Account, AccountKind
from planner.model.places import NamedPlace, PostalAddress
from planner.model.request import NightRequest
from planner.planning.candidates import Book
from planner.planning.frame import frame_of
from planner.planning.request import Ask, WorkWeek, build_request
from planner.planning.value import Weights
from planner.values import replace

LODGE = NamedPlace("Lodge", at(40, 60))


def far_cluster(points=9.0, drive_points=0.1, **more):
    """Three visits near home each day, and a cluster a long way off that takes more than a day."""
    far = [visit(k, 92 + 2 * k, k, minutes=60, value=30.0, on=(0, 1)) for k in range(1, 9)]
    near = [visit(20 + k, 2 * k, value=5.0, on=(0, 1, 2)) for k in range(1, 4)]
    nights = tuple(NightRequest(d, (INN, LODGE), points) for d in (0, 1))
    return asked([*far, *near], **{"days": 3, "nights": nights, "night_points": points, "drive_points": drive_points} | more)


def checked(request, iterations=300, **more):
    plan = planned(request, iterations=iterations, **more)
    assert check_week(request, matrix_of(request), plan) == []
    return plan


def test_a_far_cluster_is_worth_a_night_at_the_hotel_near_it():
    plan = checked(far_cluster())
    assert [(each.away, each.end.name) for each in plan.days] == [(True, "Inn"), (False, "Home"), (False, "Home")]
    assert plan.days[1].start == INN
    assert {"account-1", "account-2"} <= set(keys_of(plan.days[0])) | set(keys_of(plan.days[1]))
    assert "Night away: Inn" in [cost.label for cost in plan.costs]
    assert sum(cost.points for cost in plan.costs if cost.label.startswith("Night")) == -9.0


def test_no_night_is_spent_where_none_is_allowed_or_where_it_saves_too_little():
    assert not any(each.away for each in checked(far_cluster(nights=())).days)
    assert not any(each.away for each in checked(far_cluster(points=500.0)).days)
    near = [visit(k, 3 * k, on=(0, 1)) for k in range(1, 7)]
    nights = (NightRequest(0, (INN,), 9.0),)
    assert not checked(asked(near, days=2, nights=nights, night_points=9.0, drive_points=0.1)).days[0].away


def test_a_night_pays_by_the_driving_it_saves():
    pair = [visit(1, 95, on=(0,), value=90.0), visit(2, 96, on=(1,), value=90.0)]
    request = asked(pair, days=2, nights=(NightRequest(0, (INN,), 20.0),), night_points=20.0, drive_points=0.1)
    home = checked(replace(request, nights=()))
    free = checked(replace(request, nights=(NightRequest(0, (INN,), 0.0),)))
    saved = (home.drive_s - free.drive_s) / 60
    assert free.days[0].away
    assert saved * 0.1 > 10
    cheap, dear = (replace(request, nights=(NightRequest(0, (INN,), 0.1 * saved + more),)) for more in (-0.5, 0.5))
    assert checked(cheap).days[0].away
    assert not checked(dear).days[0].away


def test_a_night_is_allowed_only_after_its_own_day():
    request = replace(far_cluster(), nights=(NightRequest(1, (INN,), 9.0),))
    later = tuple(replace(c, windows=tuple(replace(w, day=w.day + 1) for w in c.windows if w.day < 2)) for c in request.candidates[:8])
    assert not checked(request).days[0].away
    plan = checked(replace(request, candidates=(*later, *request.candidates[8:])))
    assert [each.away for each in plan.days] == [False, True, False]


def test_two_nights_in_a_row_are_spent_in_one_or_two_hotels():
    far = [visit(k, 92 + 2 * (k % 5), k, minutes=60, value=40.0, on=(0, 1, 2)) for k in range(1, 19)]
    nights = tuple(NightRequest(d, (INN,), 5.0) for d in (0, 1))
    plan = checked(asked(far, days=3, nights=nights, night_points=5.0, drive_points=0.1), iterations=500)
    assert [each.away for each in plan.days] == [True, True, False]
    assert plan.days[1].start == plan.days[1].end == INN


def test_the_day_after_a_night_may_have_a_start_of_its_own_when_she_sleeps_at_home():
    request = far_cluster(days=[day(0), day(1, start=OFFICE), day(2)])
    assert checked(request).days[1].start == INN
    assert checked(replace(request, nights=())).days[1].start == OFFICE


def test_the_night_of_the_plan_at_hand_is_kept():
    request = far_cluster()
    plan = checked(request)
    again = checked(request, iterations=3, warm_start=plan, seed=9)
    assert [(each.away, each.end) for each in again.days] == [(each.away, each.end) for each in plan.days]
    assert again.value >= plan.value


def test_nights_before_a_day_that_goes_on_from_the_last_stop_leave_the_other_nights_possible():
    nights = tuple(NightRequest(d, (INN,), 3.0) for d in (0, 1))
    far = [visit(1, 20, on=(0,)), visit(2, 95, on=(1,), value=60.0), visit(3, 99, on=(2,), value=60.0)]
    request = asked(far, [day(0, end=None), day(1, start=None), day(2)], nights=nights, night_points=3.0, drive_points=0.5)
    plan = checked(request)
    assert [each.away for each in plan.days] == [False, True, False]
    assert plan.days[1].start.point == at(20)


def test_a_night_after_the_last_day_is_no_choice():
    request = asked([visit(1, 95, on=(0,), value=60.0)], days=1, nights=(NightRequest(0, (INN,), 1.0),), drive_points=0.1)
    assert frame_of(request, matrix_of(request)).beds == ()
    assert not checked(request).days[0].away


def test_an_open_end_saves_the_way_home_and_the_next_day_begins_there():
    out = [visit(1, 30, on=(0,)), visit(2, 60, on=(0,)), visit(3, 62, on=(1,)), visit(4, 20, on=(1,))]
    request = asked(out, [day(0, end=None), day(1, start=None)], drive_points=0.1)
    plan = checked(request)
    assert keys_of(plan.days[0]) == ["account-1", "account-2"]
    assert keys_of(plan.days[1]) == ["account-3", "account-4"]
    assert (plan.days[0].end.name, plan.days[0].last_drive_s, plan.days[0].open_end) == ("Account 2", 0, True)
    assert plan.days[0].back_s == plan.days[0].stops[-1].leave_s or plan.days[0].lunch[1] == plan.days[0].back_s
    assert plan.days[1].start.point == at(60)
    assert plan.days[1].end == HOME


def test_a_day_that_goes_on_after_an_idle_one_begins_where_that_began():
    request = asked([visit(1, 10, on=(1,))], [day(0, start=OFFICE, end=None), day(1, start=None), day(2, start=None)])
    plan = checked(request)
    assert plan.days[0].stops == ()
    assert plan.days[0].end == plan.days[1].start == OFFICE
    assert plan.days[2].start == HOME


def test_three_days_on_the_road_go_on_from_each_other():
    out = [visit(k, 30 * k, on=(k - 1,), value=90.0) for k in (1, 2, 3)]
    request = asked(out, [day(0, end=None), day(1, start=None, end=None), day(2, start=None)])
    plan = checked(request)
    assert [each.start.point for each in plan.days] == [HOME.point, at(30), at(60)]
    assert plan.days[2].drive_s < 2.7 * HOUR


@by_chance
def test_every_plan_keeps_every_rule(seed):
    checked(any_week(seed), iterations=20)


def an_account(number, x):
    return Account(number, f"crm-{number}", f"Account {number}", AccountKind.CLIENT, PostalAddress(), place=at(x))


@pytest.mark.parametrize(("nights", "allowed"), [((), []), ((0, 1), [0, 1]), ((4,), []), ((3,), [3])])
def test_nights_are_asked_for_on_their_weekdays_between_days_in_a_row(nights, allowed):
    days = [WEEK.day(k) for k in (0, 1, 2, 3, 4)] + [WEEK.day(7)]
    ask = Ask(nights=nights, hotels=(INN,), night_saving_s=5400)
    request, _ = build_request(days, Book([an_account(1, 5)]), [], WorkWeek(HOME, OFFICE), Weights(), ask)
    assert [night.after for night in request.nights] == allowed
    assert all(night.hotels == (INN,) and night.points == pytest.approx(9.0) for night in request.nights)


def test_no_hotel_is_no_night_and_starts_and_ends_are_those_asked_for():
    monday = WEEK.day(0)
    ask = Ask(nights=(0,), starts={monday + timedelta(days=1): None}, ends={monday: None})
    request, _ = build_request([monday, WEEK.day(1)], Book([an_account(1, 5)]), [], WorkWeek(HOME, OFFICE), Weights(), ask)
    assert request.nights == ()
    assert [(each.start, each.end) for each in request.days] == [(HOME, None), (None, HOME)]
