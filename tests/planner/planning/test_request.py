"""What a week asks for beyond accounts: shares, nights, and the price of driving."""

import pytest
from small_weeks import HOME, HOUR, INN, OFFICE, WEEK, asked, day, matrix_of, planned, visit

from planner.model.calendar import Duty
from planner.model.request import Shares
from planner.model.week import VisitKind
from planner.planning.candidates import Book
from planner.planning.request import Ask, WorkWeek, build_request
from planner.planning.value import Weights

DAYS = [WEEK.day(k) for k in range(5)]


def request_of(ask=None, weights=None, duties=()):
    return build_request(DAYS, Book([]), duties, WorkWeek(HOME, OFFICE), weights or Weights(), ask)[0]


def test_shares_are_parts_of_one_whatever_they_are_written_as():
    shares = request_of(Ask(shares=(50, 30, 20))).shares
    assert (shares.capture, shares.care, shares.support) == (0.5, 0.3, 0.2)
    assert request_of(Ask(shares=(5, 3, 2))).shares == shares


@pytest.mark.parametrize(("shares", "weight"), [(None, 1.0), ((0, 0, 0), 1.0), ((50, 30, 20), 0.0)])
def test_shares_that_say_nothing_or_count_nothing_are_none(shares, weight):
    assert request_of(Ask(shares=shares), Weights(shares=weight)).shares is None


def test_the_price_of_driving_follows_its_weight_and_a_night_must_save_its_time():
    usual, free = (request_of(Ask(night_saving_s=HOUR), Weights(detour=detour)) for detour in (2.0, 0.0))
    assert (usual.drive_points, usual.night_points) == pytest.approx((0.2, 12.0))
    assert (free.drive_points, free.night_points) == pytest.approx((0.0, 6.0))


def test_the_shares_of_a_week_move_its_time_and_what_is_missing_costs():
    visits = [visit(k, 3 * k, minutes=90, value=30.0, kind=VisitKind.CARE, on=(0,)) for k in range(1, 7)]
    visits += [visit(10 + k, -3 * k, minutes=90, value=25.0, kind=VisitKind.CAPTURE, on=(0,)) for k in range(1, 7)]
    without = planned(asked(visits, days=1), iterations=200)
    shared = planned(asked(visits, days=1, shares=Shares(0.5, 0.5, 0.0, 20.0)), iterations=200)
    kinds = [[stop.kind for stop in plan.days[0].stops].count(VisitKind.CAPTURE) for plan in (without, shared)]
    assert kinds[0] == 0
    assert abs(2 * kinds[1] - len(shared.days[0].stops)) <= 1
    lacking = planned(asked(visits[:6], days=1, shares=Shares(0.5, 0.5, 0.0, 2.0)), iterations=100)
    hours = 1.5 * len(lacking.days[0].stops)
    assert [(cost.label, cost.points) for cost in lacking.costs] == [(f"Capture lacks {hours / 2:.1f} h to its 50%", -hours)]


def test_days_start_and_end_where_they_are_asked_to():
    ask = Ask(starts={DAYS[1]: OFFICE, DAYS[3]: None}, ends={DAYS[2]: None, DAYS[4]: INN})
    days = request_of(ask).days
    assert [each.start for each in days] == [HOME, OFFICE, HOME, None, HOME]
    assert [each.end for each in days] == [HOME, HOME, None, HOME, INN]


def test_an_appointment_outside_her_hours_widens_the_day_and_one_beyond_them_is_not_hers():
    late = Duty("d", "Dinner", DAYS[0], int(17.5 * HOUR), 20 * HOUR, "", OFFICE.point)
    night = Duty("n", "Night", DAYS[1], 22 * HOUR, 23 * HOUR, "", OFFICE.point)
    request = request_of(duties=[late, night])
    assert [each.closes_s for each in request.days] == [21 * HOUR, *[18 * HOUR] * 4]
    assert [candidate.title for candidate in request.candidates] == ["Dinner"]


def test_driving_is_told_as_a_cost():
    request = asked([visit(1, 20, on=(0,), value=50.0)], [day(0)], drive_points=0.1)
    plan = planned(request, matrix_of(request))
    (cost,) = plan.costs
    assert cost.points == pytest.approx(-plan.drive_s / 600, abs=0.05)
    assert plan.value == pytest.approx(50.0 - plan.drive_s / 600, abs=0.05)
