import pytest

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.usecases.board import open_board
from planner.usecases.start_here import start_here
from planner.usecases.undo import undo
from planner.usecases.week import load_week

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
