"""What a week asks for: its days and their ends, the accounts of other weeks, and several weeks planned together."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.request import DayRequest
from planner.model.week import WhyNot
from planner.progress import silent
from planner.usecases.packs import need_pack
from planner.usecases.plan_versions import list_versions
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.settings import get_settings, set_setting
from planner.usecases.week import load_week
from planner.usecases.week_request import week_request
from planner.usecases.workspace import Workspace

WEEK = IsoWeek(2026, 49)
HOTEL = "608 Lambert Ave, Stony Ferry, PA 16997"


@pytest.fixture
def workspace(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(sample_home)


def days_of(workspace: Workspace, options: PlanOptions) -> tuple[DayRequest, ...]:
    return week_request(workspace, WEEK, need_pack(workspace), options).request.days


def ends(day: DayRequest) -> tuple[str | None, str | None]:
    """The names of where a day starts and ends; None where that is open."""
    return day.start.name if day.start else None, day.end.name if day.end else None


def test_the_days_are_those_of_the_settings_or_those_asked_for(workspace: Workspace):
    assert [day.day for day in days_of(workspace, PlanOptions())] == [WEEK.day(k) for k in range(5)]
    assert [day.day for day in days_of(workspace, PlanOptions(days=(6, 2, 5)))] == [WEEK.day(k) for k in (2, 5, 6)]
    set_setting(workspace, "working_days", "Tue, Sat")
    assert [day.day for day in days_of(workspace, PlanOptions(weeks=2))] == [week.day(k) for week in (WEEK, WEEK.plus(1)) for k in (1, 5)]
    set_setting(workspace, "working_days", "")
    with pytest.raises(PlanProblem, match="no day to plan"):
        days_of(workspace, PlanOptions())


def test_days_start_and_end_where_they_are_told_to(workspace: Workspace):
    set_setting(workspace, "hotels", f"River Inn = {HOTEL}")
    options = PlanOptions(
        starts={1: "office", 3: "last stop", 4: HOTEL},
        ends={0: " Office ", 1: "river inn", 2: "Last Stop", 4: "last"},
    )
    monday, tuesday, wednesday, thursday, friday = days_of(workspace, options)
    assert ends(monday) == ("Home", "Office")
    assert ends(tuesday) == ("Office", "River Inn")
    assert ends(wednesday) == ("Home", None)
    assert ends(thursday) == (None, "Home")
    assert ends(friday) == (HOTEL, None)
    assert tuesday.end is not None
    assert friday.start is not None
    assert tuesday.end.point == friday.start.point


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (PlanOptions(starts={0: "last stop"}), "no day before it"),
        (PlanOptions(starts={2: "1 Nowhere Lane"}), "“1 Nowhere Lane” is not in the road pack"),
        (PlanOptions(ends={6: "home"}), "Sunday is not among the days"),
        (PlanOptions(days=(0, 1), starts={1: "office", 4: "office", 5: "home"}), "Friday and Saturday are not among the days"),
        (PlanOptions(nights=(1,)), "no hotel"),
        (PlanOptions(days=()), "no day to plan"),
    ],
)
def test_days_that_cannot_be_so_are_told(workspace: Workspace, options: PlanOptions, told: str):
    with pytest.raises(PlanProblem, match=told):
        days_of(workspace, options)


def test_a_plan_keeps_to_the_ends_of_its_days(workspace: Workspace):
    options = PlanOptions(iterations=200, days=(2, 3, 5), starts={3: "last stop", 5: "office"}, ends={2: "last stop"})
    wednesday, thursday, saturday = plan_week(workspace, WEEK, options, silent).plan.days
    assert wednesday.open_end
    assert wednesday.end.point == wednesday.stops[-1].place == thursday.start.point
    assert thursday.leave_s >= get_settings(workspace).seconds("day_opens")
    assert (saturday.day, saturday.start.name, saturday.end.name) == (WEEK.day(5), "Office", "Home")
    again = plan_week(workspace, WEEK, PlanOptions(iterations=50, days=(2, 3, 5)), silent).plan
    assert [(day.start.name, day.open_end) for day in again.days[1:]] == [(again.days[0].end.name, False), ("Office", False)]


def test_a_night_is_spent_at_a_hotel_only_where_it_may_be(workspace: Workspace):
    set_setting(workspace, "hotels", f"River Inn = {HOTEL}")
    set_setting(workspace, "night_saving_minutes", "0")
    request = week_request(workspace, WEEK, need_pack(workspace), PlanOptions(nights=(1, 4))).request
    assert [(night.after, [hotel.name for hotel in night.hotels]) for night in request.nights] == [(1, ["River Inn"])]
    set_setting(workspace, "nights", "Wed")
    assert [night.after for night in week_request(workspace, WEEK, need_pack(workspace), PlanOptions()).request.nights] == [2]
    set_setting(workspace, "hotels", "River Inn = 1 Nowhere Lane")
    with pytest.raises(PlanProblem, match="1 Nowhere Lane"):
        week_request(workspace, WEEK, need_pack(workspace), PlanOptions())


def test_weeks_planned_together_are_kept_one_by_one_and_visit_nobody_twice(workspace: Workspace):
    outcome = plan_week(workspace, WEEK, PlanOptions(iterations=400, weeks=2), silent)
    kept = [load_week(workspace, WEEK), load_week(workspace, WEEK.plus(1))]
    assert list(outcome.weeks) == kept
    assert outcome.plan == kept[0]
    for plan, week in zip(outcome.weeks, (WEEK, WEEK.plus(1)), strict=True):
        assert [day.day for day in plan.days] == [week.day(k) for k in range(5)]
        assert [version.label for version in list_versions(workspace, week)] == ["Plan weeks 49-50"]
    visited = [stop.account_id for plan in outcome.weeks for day in plan.days for stop in day.stops if stop.account_id]
    assert len(visited) == len(set(visited)) > 50


def test_days_that_are_not_planned_anew_stay_as_they_were(workspace: Workspace):
    before = plan_week(workspace, WEEK, PlanOptions(iterations=60), silent).plan
    after = plan_week(workspace, WEEK, PlanOptions(iterations=60, seed=9, days=(2, 3, 4, 5)), silent).plan
    assert [day.day for day in after.days] == [WEEK.day(k) for k in range(6)]
    assert after.days[:2] == before.days[:2]
    visited = [stop.account_id for day in after.days for stop in day.stops if stop.account_id]
    assert len(visited) == len(set(visited))
    assert not set(visited) & {left.account_id for left in after.left_out}
    assert load_week(workspace, WEEK) == after


def test_an_account_planned_in_another_week_is_not_asked_for_again(workspace: Workspace):
    first = plan_week(workspace, WEEK, PlanOptions(iterations=200), silent).plan
    visited = {stop.account_id for day in first.days for stop in day.stops if stop.account_id}
    later = week_request(workspace, WEEK.plus(1), need_pack(workspace), PlanOptions())
    assert not visited.intersection(candidate.account_id for candidate in later.request.candidates)
    told = {left.account_id: left for left in later.left_out}
    for day in first.days:
        for stop in day.stops:
            if stop.account_id:
                assert told[stop.account_id].reason is WhyNot.NOT_DUE
                assert told[stop.account_id].text == f"Planned for {day.day:%a %b} {day.day.day} already"
    wanted = next(iter(visited))
    insisted = week_request(workspace, WEEK.plus(1), need_pack(workspace), PlanOptions(also=frozenset({wanted})))
    assert wanted in {candidate.account_id for candidate in insisted.request.candidates}
    same = week_request(workspace, WEEK, need_pack(workspace), PlanOptions())
    assert visited <= {candidate.account_id for candidate in same.request.candidates}
    far = week_request(workspace, WEEK.plus(8), need_pack(workspace), PlanOptions())
    assert not any(left.text.startswith("Planned for") for left in far.left_out)


def test_a_plan_of_a_day_that_is_over_is_no_reason_to_leave_an_account_out(workspace: Workspace):
    gone = IsoWeek(2026, 46)
    first = plan_week(workspace, gone, PlanOptions(iterations=100), silent).plan
    visited = {stop.account_id for day in first.days for stop in day.stops if stop.account_id}
    asked = week_request(workspace, WEEK, need_pack(workspace), PlanOptions()).request
    assert visited.intersection(candidate.account_id for candidate in asked.candidates)


def test_days_that_are_over_are_not_planned(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    class Wednesday(date):
        @classmethod
        def today(cls) -> date:
            return date(2026, 12, 2)

    monkeypatch.setattr("planner.usecases.week_request.date", Wednesday)
    assert [day.day for day in days_of(workspace, PlanOptions())] == [WEEK.day(k) for k in (2, 3, 4)]
