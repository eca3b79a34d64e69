"""Several weeks planned as one."""

from datetime import timedelta

import pytest
from small_weeks import WEEK, ZONE, asked, day, matrix_of, planned, visit

from planner.model.week import Term, WeekPlan
from planner.planning.horizon import by_week, joined
from planner.values import replace


def two_weeks(drive_points=0.1):
    """The plan of a Thursday and Friday and of the Monday after them."""
    days = [replace(day(d), day=WEEK.day(at)) for d, at in enumerate((3, 4, 7))]
    visits = [visit(k, 6 * k, on=(k - 1,)) for k in (1, 2, 3)]
    request = asked(visits, days, drive_points=drive_points)
    return request, planned(request)


def test_a_plan_of_two_weeks_is_taken_apart_into_its_weeks():
    _request, plan = two_weeks()
    first, second = by_week(plan)
    assert (first.week, second.week) == (WEEK, WEEK.plus(1))
    assert [day.day for day in first.days] == [WEEK.day(3), WEEK.day(4)]
    assert [day.day for day in second.days] == [WEEK.day(7)]
    assert first.days + second.days == plan.days


def test_the_costs_are_divided_by_driving_and_lose_nothing():
    _request, plan = two_weeks()
    parts = by_week(plan)
    assert sum(part.costs[0].points for part in parts) == pytest.approx(plan.costs[0].points, abs=0.11)
    shares = [part.costs[0].points / plan.costs[0].points for part in parts]
    assert shares == pytest.approx([part.drive_s / plan.drive_s for part in parts], abs=0.02)
    assert sum(part.value for part in parts) == pytest.approx(plan.value, abs=0.11)


def test_the_costs_of_a_plan_without_driving_are_divided_by_days():
    _request, plan = two_weeks()
    idle = replace(plan, days=tuple(replace(each, stops=(), last_drive_s=0) for each in plan.days), costs=(Term("Care lacks 3 h", -12.0),))
    assert [part.costs[0].points for part in by_week(idle)] == [-8.0, -4.0]


def test_one_week_is_itself():
    request = asked([visit(1, 5)], days=2)
    plan = planned(request)
    assert by_week(plan) == (plan,)
    assert joined([plan]) == plan


def test_weeks_are_joined_in_the_order_of_their_days():
    request, plan = two_weeks()
    first, second = by_week(plan)
    again = joined([second, first])
    assert again.days == plan.days
    assert again.terms == plan.terms
    assert len(again.costs) == len(first.costs) + len(second.costs)
    kept = planned(request, matrix_of(request), warm_start=joined([first, second]), iterations=5)
    assert kept.days == plan.days


def test_the_terms_of_a_visit_are_those_told_last():
    empty = WeekPlan(WEEK, ZONE, ())
    early = replace(empty, terms={"a": (Term("Old", 1.0),), "b": (Term("Kept", 2.0),)})
    late = replace(empty, week=WEEK.plus(1), terms={"a": (Term("New", 3.0),)})
    assert joined([early, late]).terms == {"a": (Term("New", 3.0),), "b": (Term("Kept", 2.0),)}


def test_weeks_around_the_turn_of_the_year_are_told_apart():
    _request, plan = two_weeks()
    shift = timedelta(weeks=4)
    moved = replace(plan, days=tuple(replace(each, day=each.day + shift) for each in plan.days))
    assert [str(part.week) for part in by_week(moved)] == ["2026-W53", "2027-W01"]
