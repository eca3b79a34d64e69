import pytest

from planner.model.calendar import IsoWeek, this_week

WEEK = IsoWeek(2026, 49)


@pytest.mark.parametrize(("day", "week"), [(0, 49), (2, 49), (3, 50), (6, 50)])
def test_from_thursday_on_the_week_to_plan_is_the_next_one(day: int, week: int):
    assert this_week(WEEK.day(day)) == IsoWeek(2026, week)
