from datetime import date, timedelta

import numpy as np
import pytest
from week_rules import check_week

from planner.errors import PlanProblem
from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.calendar import Duty, IsoWeek
from planner.model.places import Bounds, LatLon, NamedPlace, PostalAddress
from planner.model.request import Candidate, Lunch, Window
from planner.model.travel import TravelMatrix
from planner.model.week import VisitKind, WhyNot
from planner.planning.candidates import Book
from planner.planning.plan import plan_request
from planner.planning.request import WorkWeek, build_request
from planner.planning.value import Weights
from planner.values import replace

WEEK = IsoWeek(2026, 49)
DAYS = [WEEK.day(k) for k in range(5)]
HOME = NamedPlace("Home", LatLon(40.79, -77.86))
OFFICE = NamedPlace("Office", LatLon(40.795, -77.855))
WORK = WorkWeek(HOME, OFFICE, lunch=Lunch(41_400, 48_600, 2700), holidays_state="PA")
HOUR = 3600


def account(number, **more):
    spot = LatLon(40.79 + 0.004 * (number % 13), -77.86 + 0.006 * (number % 11))
    seen = DAYS[0] - timedelta(days=40 + 7 * (number % 20))
    known = {"tier": Tier.A if number % 3 else Tier.B, "last_activity": seen, "place": spot} | more
    return Account(number, f"crm-{number}", f"Account {number}", AccountKind.CLIENT, PostalAddress(), **known)


def matrix_of(request):
    spots = dict.fromkeys([c.place for c in request.candidates] + [e.point for day in request.days for e in (day.start, day.end)])
    metres = np.array([[1.3 * a.metres_to(b) for b in spots] for a in spots]).astype(np.int32)
    return TravelMatrix(tuple(spots), (metres / 9).astype(np.int32), metres)


def duty(title, day, begin, end, place=None):
    return Duty(title, title, DAYS[day], int(begin * HOUR), int(end * HOUR), "", place)


def asked(accounts, duties=(), deals=None, bounds=None, ask=None):
    return build_request(DAYS, Book(accounts, deals or {}, bounds=bounds), duties, WORK, Weights(), ask)


def planned(request, iterations=300, **more):
    return plan_request(request, matrix_of(request), WEEK, "America/New_York", iterations=iterations, **more)


@pytest.fixture(scope="module")
def crowded():
    calls = [duty("Call", 4, 15.5, 16.25), duty("Private", 2, 16, 17.5)]
    request, left_out = asked([account(k) for k in range(90)], [duty("Staff meeting", 0, 8.5, 10, OFFICE.point), *calls])
    return request, left_out, planned(request, left_out=left_out)


def test_a_crowded_week_keeps_every_rule(crowded):
    request, _, plan = crowded
    assert check_week(request, matrix_of(request), plan) == []
    assert plan.visits > 20


def test_a_fixed_appointment_is_met_on_the_minute(crowded):
    stop = next(stop for stop in crowded[2].days[0].stops if stop.kind is VisitKind.DUTY)
    assert (stop.title, stop.start_s, stop.leave_s) == ("Staff meeting", 8.5 * HOUR, 10 * HOUR)


def test_every_account_is_planned_or_told_why_not(crowded):
    request, left_out, plan = crowded
    told = [stop.key for day in plan.days for stop in day.stops] + [each.key for each in plan.left_out]
    assert len(told) == len(set(told)) == len(request.candidates) + len(left_out)
    assert all(each.text for each in plan.left_out)


def test_no_room_tells_what_would_be_displaced(crowded):
    values = {c.title: c.value for c in crowded[0].candidates}
    texts = [each for each in crowded[2].left_out if each.reason is WhyNot.NO_ROOM and "displace Account" in each.text]
    assert texts
    for each in texts:
        title, _, points = each.text.partition("displace ")[2].rpartition(" (")
        assert f"{values[title]:.0f})" == points


@pytest.mark.parametrize("change", ["late", "early", "swap", "lunch", "twice", "missing", "block"])
def test_the_check_sees_a_plan_that_was_tampered_with(crowded, change):
    request, _, plan = crowded
    day = plan.days[0]
    stops = list(day.stops)
    if change == "late":
        day = replace(day, back_s=request.days[0].closes_s + 1)
    elif change == "early":
        day = replace(day, leave_s=0)
    elif change == "swap":
        stops[1], stops[2] = stops[2], stops[1]
    elif change == "lunch":
        day = replace(day, lunch=None)
    elif change == "twice":
        stops[2] = stops[1]
    elif change == "missing":
        stops = [stop for stop in stops if not stop.mandatory]
    else:
        call = duty("Call", 0, stops[2].start_s / HOUR, stops[2].leave_s / HOUR)
        request = replace(request, days=(replace(request.days[0], blocks=(call,)), *request.days[1:]))
    broken = replace(plan, days=(replace(day, stops=tuple(stops)), *plan.days[1:]))
    assert check_week(request, matrix_of(request), broken)


def test_planning_again_keeps_the_week(crowded):
    request, _, plan = crowded
    again = planned(request, iterations=30, warm_start=plan, seed=4)
    assert again.value >= plan.value
    keys = [{stop.key for day in week.days for stop in day.stops} for week in (plan, again)]
    assert len(keys[0] & keys[1]) >= 0.8 * len(keys[0])


def test_better_plans_are_shown_while_it_searches(crowded):
    shown = []
    planned(crowded[0], iterations=50, improved=shown.append)
    assert shown
    assert check_week(crowded[0], matrix_of(crowded[0]), shown[0]) == []


def test_accounts_that_need_no_visit_are_told_why():
    accounts = [
        account(1, place=None, match_note="No street like that"),
        account(2, last_activity=DAYS[0] - timedelta(days=9), tier=Tier.A),
        account(3, hours="Sa-Su 10:00-16:00"),
        account(4, duplicate_of=5),
        account(5),
        account(6, place=LatLon(10.0, 10.0)),
    ]
    request, left_out = asked(accounts, bounds=Bounds(40, -79, 42, -76))
    assert [candidate.account_id for candidate in request.candidates] == [5]
    assert {each.account_id: (each.reason, each.text) for each in left_out} == {
        1: (WhyNot.UNPLACED, "No street like that"),
        2: (WhyNot.NOT_DUE, "Visited 9 days ago, due in 21"),
        3: (WhyNot.CLOSED, "Closed Mon-Fri"),
        4: (WhyNot.DUPLICATE, "Probably the same as Account 5"),
        6: (WhyNot.OFF_ROAD, "Outside the road pack"),
    }


def test_only_the_worthiest_of_very_many_are_weighed():
    request, left_out = asked([account(k, tier=Tier.A) for k in range(450)])
    assert len(request.candidates) == 400
    assert {each.reason for each in left_out} == {WhyNot.NO_ROOM}
    assert max(each.value for each in left_out) <= min(c.value for c in request.candidates)


def test_unreadable_hours_are_noted_with_the_value():
    request, _ = asked([account(1, hours="ask Joe")])
    assert any("ask Joe" in term.label and term.points == 0 for term in request.candidates[0].terms)


def test_a_call_gives_way_to_a_meeting_at_the_same_time():
    request, _ = asked([], [duty("Meeting", 0, 9, 10, OFFICE.point), duty("Call", 0, 9.5, 10.5)])
    assert [(block.start_s, block.end_s) for block in request.days[0].blocks] == [(10 * HOUR, 10.5 * HOUR)]


def test_lunch_waits_for_a_meeting_over_noon():
    request, _ = asked([account(k) for k in range(8)], [duty("Board", 1, 11, 14, OFFICE.point)])
    plan = planned(request)
    assert check_week(request, matrix_of(request), plan) == []
    assert plan.days[1].lunch is None or plan.days[1].lunch[0] >= 14 * HOUR


def test_a_day_off_is_a_day_without_visits():
    request, _ = asked([account(k) for k in range(30)], [duty("Vacation", 3, 0, 24)])
    plan = planned(request)
    assert plan.days[3].stops == ()
    assert check_week(request, matrix_of(request), plan) == []


def test_an_early_meeting_opens_the_day_before_it():
    request, _ = asked([], [duty("Breakfast", 0, 7.5, 9, OFFICE.point)])
    assert request.days[0].opens_s == 6.5 * HOUR
    assert planned(request, iterations=3).days[0].stops[0].start_s == 7.5 * HOUR


def test_two_meetings_at_once_are_named():
    request, _ = asked([], [duty("Board", 0, 9, 10, OFFICE.point), duty("Review", 0, 9, 10, HOME.point)])
    with pytest.raises(PlanProblem, match=r"(Board|Review) \(Mon 9:00\)"):
        planned(request, iterations=30)


def test_a_day_that_ends_before_it_begins_is_refused():
    request, _ = asked([account(1)])
    upside_down = replace(request, days=(replace(request.days[0], closes_s=0), *request.days[1:]))
    with pytest.raises(PlanProblem, match="Monday"):
        planned(upside_down)


def test_an_account_without_a_road_is_left_out_and_an_appointment_without_one_refused():
    request, _ = asked([account(1), account(2)])
    matrix = matrix_of(request)
    row = matrix.places.index(request.candidates[0].place)
    matrix.seconds[row, :], matrix.seconds[:, row] = -1, -1
    plan = plan_request(request, matrix, WEEK, "America/New_York", iterations=20)
    assert [each.reason for each in plan.left_out] == [WhyNot.OFF_ROAD]
    fixed = replace(request, candidates=tuple(replace(c, mandatory=True) for c in request.candidates))
    with pytest.raises(PlanProblem, match="cannot be reached"):
        plan_request(fixed, matrix, WEEK, "America/New_York", iterations=20)


def test_the_binding_rule_is_told_for_what_can_never_fit():
    far = Candidate(
        "far", "Far", VisitKind.CARE, LatLon(41.7, -77.86), HOUR, 30.0, (Window(3, 36_000, 50_000),), closed_text="Closed Mon-Wed, Fri"
    )
    near = Candidate("near", "Near", VisitKind.CARE, OFFICE.point, HOUR, 30.0, (Window(0, 36_000, 40_000),), groups=("g",))
    request, _ = asked([])
    request = replace(request, candidates=(far, near, replace(near, key="other", title="Other", value=20.0)))
    told = {each.title: (each.reason, each.text) for each in planned(request).left_out}
    assert told["Far"] == (WhyNot.TOO_FAR, "Closed Mon-Wed, Fri; Thu past 4.5 h driving")
    assert told["Other"] == (WhyNot.ALTERNATIVE, "Alternative taken: Near")


def test_open_deals_count_in_the_value_asked_for():
    deal = Opportunity("006", "crm-1", "Fiber", "Proposal", 500_000, 0.5, date(2026, 12, 10))
    with_deal, without = (asked([account(1)], deals=deals)[0].candidates[0].value for deals in ({"crm-1": [deal]}, {}))
    assert with_deal > without + 20


def test_an_empty_week_is_a_plan_without_visits():
    plan = planned(asked([])[0], iterations=3)
    assert plan.visits == 0
    assert [day.leave_s == day.back_s for day in plan.days] == [True] * 5
