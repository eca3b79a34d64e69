import pytest

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.usecases.board import open_board
from planner.usecases.settings import get_settings
from planner.usecases.start_here import start_at_home, start_here, starts_elsewhere
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from planner.values import replace

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def workspace(planned_home, copy_of):
    return copy_of(planned_home)


def day_with_visits(plan):
    days = range(len(plan.days))
    return next(index for index in days if plan.days[index].stops and not (index and plan.days[index - 1].away))


def test_a_day_starts_elsewhere_and_is_timed_anew(workspace):
    before = load_week(workspace, WEEK)
    day = day_with_visits(before)
    first = before.days[day].stops[0]
    changes = start_here(workspace, WEEK, day, NamedPlace("the first stop", first.place))
    after = load_week(workspace, WEEK)
    assert changes.label == f"Start {before.days[day].day:%A} at the first stop"
    assert after.days[day].start == NamedPlace("the first stop", first.place)
    assert after.days[day].stops[0].drive_s == 0
    assert after.days[day].end == before.days[day].end
    assert [stop.key for stop in after.days[day].stops] == [stop.key for stop in before.days[day].stops]
    assert after.days[:day] + after.days[day + 1 :] == before.days[:day] + before.days[day + 1 :]
    assert open_board(workspace, WEEK).plan.days[day].start.name == "the first stop"
    undo(workspace)
    assert load_week(workspace, WEEK) == before


def test_a_day_starts_at_home_again_as_one_step(workspace):
    before, settings = load_week(workspace, WEEK), get_settings(workspace)
    day = day_with_visits(before)
    assert not starts_elsewhere(before, day, settings)
    start_here(workspace, WEEK, day, NamedPlace("the first stop", before.days[day].stops[0].place))
    elsewhere = load_week(workspace, WEEK)
    assert [starts_elsewhere(elsewhere, index, settings) for index in range(len(elsewhere.days))] == [
        index == day for index in range(len(elsewhere.days))
    ]
    start_at_home(workspace, before.days[day].day)
    after = load_week(workspace, WEEK)
    assert after.days[day].start == before.days[day].start
    assert after.days[day].stops == before.days[day].stops
    undo(workspace)
    assert load_week(workspace, WEEK) == elsewhere


def test_a_day_after_a_night_away_does_not_start_elsewhere(workspace):
    plan = load_week(workspace, WEEK)
    day = day_with_visits(plan)
    hotel = replace(plan.days[day], start=NamedPlace("Inn", LatLon(40.0, -77.0)))
    away = replace(plan, days=(replace(plan.days[0], away=True), hotel))
    assert not starts_elsewhere(away, 1, get_settings(workspace))
    assert starts_elsewhere(replace(away, days=(plan.days[0], hotel)), 1, get_settings(workspace))


def test_a_day_that_is_not_planned_cannot_start_at_home_again(workspace):
    with pytest.raises(PlanProblem, match="not planned yet"):
        start_at_home(workspace, IsoWeek(2026, 51).day(0))


def test_a_place_outside_the_pack_is_refused_in_words(workspace):
    before = load_week(workspace, WEEK)
    with pytest.raises(PlanProblem) as told:
        start_here(workspace, WEEK, day_with_visits(before), NamedPlace("the sea", LatLon(30.0, -60.0)))
    assert "cannot start there" in told.value.what
    assert "outside the road pack" in told.value.why
    assert load_week(workspace, WEEK) == before


def test_a_day_that_is_not_planned_cannot_start_anywhere(workspace):
    with pytest.raises(PlanProblem, match="not planned yet"):
        start_here(workspace, IsoWeek(2026, 51), 0, NamedPlace("here", LatLon(40.0, -77.0)))
    with pytest.raises(PlanProblem, match="not planned yet"):
        start_here(workspace, WEEK, 99, NamedPlace("here", LatLon(40.0, -77.0)))
