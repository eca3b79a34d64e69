"""The verbs of the Today page over the sample territory and its road pack."""

import shutil

import pytest

from planner.errors import UserProblem
from planner.progress import silent
from planner.usecases.today import Here
from planner.usecases.trips import cancel_trip, list_trips
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from planner.usecases.workspace import open_workspace
from ui.today import verbs
from ui.today.day_log import DayLog, day_log, here_of
from ui.today.near_list import NearList

WEEK_OF = "2026-W49"


def never():
    return False


@pytest.fixture
def sample(planned_home, tmp_path):
    """The planned sample territory, to be changed."""
    shutil.copytree(planned_home, tmp_path / "home")
    with open_workspace(tmp_path / "home") as opened:
        yield opened


@pytest.fixture
def day(sample):
    """Its second planned day."""
    from planner.model.calendar import IsoWeek

    return load_week(sample, IsoWeek.parse(WEEK_OF)).days[1]


def visits(day):
    return [stop for stop in day.stops if stop.account_id is not None]


def day_now(workspace, day):
    from planner.model.calendar import IsoWeek

    return next(each for each in load_week(workspace, IsoWeek.of(day.day)).days if each.day == day.day)


def test_who_arrives_begins_the_trip(sample, day):
    stop = visits(day)[0]
    news = verbs.arrive(sample, day.day, stop, stop.start_s + 300)
    assert day_log(sample, day.day).came == {stop.key: stop.start_s + 300}
    assert news.lines[0].startswith(f"Arrived at {stop.title} at ")
    undo(sample)
    assert day_log(sample, day.day).came == {}


def test_nobody_arrives_on_a_trip_that_is_cancelled(sample, day):
    stop = visits(day)[0]
    verbs.arrive(sample, day.day, stop, stop.start_s)
    cancel_trip(sample, list_trips(sample, day.day, day.day)[0].id)
    with pytest.raises(UserProblem, match="cancelled"):
        verbs.arrive(sample, day.day, stop, stop.start_s)


def test_what_is_skipped_is_gone_and_nobody_new_is_put_in(sample, day):
    first, second = visits(day)[:2]
    log = DayLog(came={first.key: first.start_s})
    here = here_of(day, first.start_s, log)
    news = verbs.skip(sample, day, second, here, silent, never)
    after = day_now(sample, day)
    assert second.key not in {stop.key for stop in after.stops}
    assert {stop.key for stop in after.stops} <= {stop.key for stop in day.stops}
    assert after.stops[0].key == first.key
    assert news.lines[0] == f"{second.title} is skipped."
    assert not any(second.title in line for line in news.lines[1:])
    undo(sample)
    assert day_now(sample, day) == day


def test_who_runs_late_is_told_what_is_lost(sample, day):
    first = visits(day)[0]
    late_s = first.leave_s + 4 * 3600
    news = verbs.run_late(sample, day, Here(day.day, late_s, done=(first.block or first.key,)), silent, never)
    after = day_now(sample, day)
    lost = {stop.title for stop in day.stops} - {stop.title for stop in after.stops}
    assert lost
    assert news.bad
    assert all(any(title in line for line in news.lines) for title in lost)
    assert all(stop.start_s >= late_s for stop in after.stops[1:])


def test_who_is_near_can_be_put_in(qtbot, sample, day):
    first, second = visits(day)[:2]
    here = here_of(day, first.start_s, DayLog(came={first.key: first.start_s}))
    verbs.skip(sample, day, second, here, silent, never)
    shorter = day_now(sample, day)
    found = verbs.who_is_near(sample, here, silent)
    assert found
    assert all(on == day.day and fit.start_s >= here.time_s for on, fit in found)
    chosen, put = [], []
    shown = NearList(found, chosen.append, put.append, lambda: None)
    qtbot.addWidget(shown)
    shown.buttons[0].click()
    assert put == [found[0][1].account_id]
    news = verbs.put_in(sample, shorter, put[0], here, silent, never)
    assert put[0] in {stop.account_id for stop in day_now(sample, day).stops}
    assert found[0][1].title in news.lines[0]
