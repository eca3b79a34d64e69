"""Recorded days of the sample territory: read, kept in their planned trips, and proposed for the mileage log."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from driven_track import DrivenTrack, Habits, driven_track, write_gpx

from planner.errors import BadInputFile, PackProblem, UserProblem
from planner.model.accounts import Account, VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon
from planner.model.tracking import Source, TrackPoint, TripState
from planner.model.week import DayPlan
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.log_visit import log_visit
from planner.usecases.mileage import confirm_drives, list_drives
from planner.usecases.packs import need_pack
from planner.usecases.settings import set_setting
from planner.usecases.tracks import keep_track, read_track
from planner.usecases.trips import get_trip, list_trips, make_trips
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)
ZONE = ZoneInfo("America/New_York")
PLAIN = Habits(tunnel_m=0, gaps_driving=0, gaps_staying=0, stay_min=(6, 30))


@pytest.fixture
def planned(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


@pytest.fixture
def sample(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(sample_home)


def a_day(workspace: Workspace) -> DayPlan:
    """The planned day with the most visits."""
    plan = load_week(workspace, WEEK)
    assert plan is not None
    return max(plan.days, key=lambda day: len(day.stops))


def driven(workspace: Workspace, day: DayPlan, seed: int, habits: Habits = PLAIN) -> DrivenTrack:
    """The day as a receiver has it, begun when it was to begin."""
    begin = datetime.combine(day.day, datetime.min.time(), ZONE) + timedelta(seconds=day.leave_s)
    route = workspace.engine(need_pack(workspace)).route([day.start.point, *(stop.place for stop in day.stops), day.end.point])
    return driven_track(route, seed, habits, begin.astimezone(UTC))


def driven_between(workspace: Workspace, accounts: list[Account], seed: int, begin: datetime, habits: Habits = PLAIN) -> DrivenTrack:
    places = [account.place for account in accounts if account.place]
    return driven_track(workspace.engine(need_pack(workspace)).route(places), seed, habits, begin)


def test_a_planned_day_gets_what_really_was(planned: Workspace, tmp_path: Path):
    day = a_day(planned)
    trips, _changes = make_trips(planned, WEEK)
    before = next(trip for trip in trips if trip.first <= day.day <= trip.last)
    track = driven(planned, day, 1)
    read = read_track(planned, write_gpx(tmp_path / "day.gpx", track.points), silent)
    assert read.metres == pytest.approx(track.metres, rel=0.02)
    assert read.trips == {day.day: before.id}
    assert list_drives(planned) == []
    kept, changes = keep_track(planned, read)
    assert changes.label == "Keep the track day"
    (trip,) = kept.trips
    assert (trip.id, trip.source, trip.planned_m) == (before.id, Source.GPX, before.planned_m)
    assert trip.driven_m == read.metres
    assert get_trip(planned, trip.id) == trip
    own = [stop for stop in trip.stops if stop.day == day.day]
    assert own[-1].came_s is not None
    drives = [drive for drive in list_drives(planned) if drive.day == day.day]
    assert sum(drive.metres for drive in drives) == trip.driven_m
    assert {(drive.source, drive.confirmed) for drive in drives} == {(Source.GPX, False)}


def test_the_visits_that_probably_were_are_drafts_until_she_confirms_them(planned: Workspace, tmp_path: Path):
    day = a_day(planned)
    make_trips(planned, WEEK)
    track = driven(planned, day, 2)
    read = read_track(planned, write_gpx(tmp_path / "day.gpx", track.points), silent)
    kept, _changes = keep_track(planned, read)
    begins = {stop.account_id: begin for stop, (begin, _end) in zip(day.stops, track.stays, strict=True) if stop.account_id is not None}
    driven_to = {stop.account_id for stop in day.stops if stop.account_id is not None and stop.drive_m > 100}  # next door, she stays parked
    assert driven_to <= {draft.account_id for draft in kept.drafts} <= set(begins)
    keys = {stop.account_id: stop.key for stop in day.stops}
    for draft in kept.drafts:
        assert (draft.id, draft.outcome, draft.stop_key) == (0, VisitOutcome.MET, keys[draft.account_id])
        came = datetime.combine(draft.day, datetime.min.time(), ZONE) + timedelta(seconds=draft.start_s or 0)
        assert abs((came - begins[draft.account_id or 0]).total_seconds()) < 180
    assert all(draft.trip_id == kept.trips[0].id for draft in kept.drafts)
    assert keep_track(planned, read)[0].drafts == kept.drafts  # keeping it again is the same
    past = replace(kept.drafts[0], day=kept.drafts[0].day - timedelta(days=7))
    log_visit(planned, past)
    assert len(keep_track(planned, read)[0].drafts) == len(kept.drafts)


def test_keeping_a_track_again_leaves_confirmed_drives_and_adds_none(planned: Workspace, tmp_path: Path):
    day = a_day(planned)
    make_trips(planned, WEEK)
    read = read_track(planned, write_gpx(tmp_path / "day.gpx", driven(planned, day, 3).points), silent)
    keep_track(planned, read)
    first, *_others = list_drives(planned)
    confirm_drives(planned, [first.id], day.day)
    before = list_drives(planned)
    keep_track(planned, read)
    assert list_drives(planned) == before


def test_a_day_nobody_planned_is_a_trip_of_its_own_and_kept_once(sample: Workspace, tmp_path: Path):
    accounts = [account for account in list_accounts(sample) if account.place][:40:10]
    track = driven_between(sample, accounts, 4, datetime(2026, 11, 18, 14, tzinfo=UTC))
    path = write_gpx(tmp_path / "day.gpx", track.points)
    kept, _changes = keep_track(sample, read_track(sample, path, silent))
    (trip,) = kept.trips
    assert (trip.state, trip.source, trip.leave_s, trip.sample) == (TripState.DONE, Source.GPX, 9 * 3600, True)
    assert [draft.account_id for draft in kept.drafts] == [account.id for account in accounts[1:-1]]
    with pytest.raises(UserProblem, match="was kept before"):
        keep_track(sample, read_track(sample, path, silent))
    assert list_trips(sample) == [trip]
    undo(sample)
    assert (list_trips(sample), list_drives(sample)) == ([], [])


def test_an_evening_that_goes_on_past_midnight_is_one_trip(sample: Workspace, tmp_path: Path):
    accounts = [account for account in list_accounts(sample) if account.place][:30:10]
    begin = datetime(2026, 11, 1, 2, 45, tzinfo=UTC)  # 22:45 on the eve of the night the clocks go back
    track = driven_between(sample, accounts, 5, begin, replace(PLAIN, stay_min=(80, 90)))
    (trip,) = keep_track(sample, read_track(sample, write_gpx(tmp_path / "late.gpx", track.points), silent))[0].trips
    assert (f"{trip.first}", trip.leave_s) == ("2026-10-31", 22 * 3600 + 45 * 60)
    came = [stop.came_s for stop in trip.stops if stop.came_s is not None]
    assert came == sorted(came)
    assert came[-1] > 86_400


def test_a_track_that_goes_nowhere_or_has_no_roads_is_a_plain_problem(sample: Workspace, workspace: Workspace, tmp_path: Path):
    here = LatLon(40.0, -77.0)
    still = [TrackPoint(here, datetime(2026, 11, 18, 14, tzinfo=UTC) + timedelta(seconds=step)) for step in range(0, 900, 5)]
    path = write_gpx(tmp_path / "still.gpx", still)
    with pytest.raises(BadInputFile, match=r"Nothing was driven in still\.gpx"):
        read_track(sample, path, silent)
    with pytest.raises(PackProblem, match="no roads on this laptop"):
        read_track(workspace, path, silent)


def test_a_time_zone_that_is_none_is_a_plain_problem(sample: Workspace, tmp_path: Path):
    with pytest.raises(UserProblem, match="must be the name of a time zone"):
        set_setting(sample, "timezone", "Mars/Olympus")
    with sample.writing(None) as db:  # as an older Roadbook let it be
        db.table("settings").upsert({"key": "timezone", "value": "Mars/Olympus", "sample": 1}, pk=("key", "sample"))
    with pytest.raises(UserProblem, match="“Mars/Olympus” is not a time zone"):
        read_track(sample, tmp_path / "any.gpx", silent)


def test_twenty_recorded_days_with_gaps_and_a_tunnel_are_read_right(planned: Workspace, tmp_path: Path):
    """Every fault of a receiver at once: miles within 2 %, stays at the right accounts in 95 of 100."""
    make_trips(planned, WEEK)
    plan = load_week(planned, WEEK)
    assert plan is not None
    days = [day for day in plan.days if len(day.stops) > 1]
    right = total = 0
    for seed in range(20):
        day = days[seed % len(days)]
        track = driven(planned, day, seed, Habits())
        read = read_track(planned, write_gpx(tmp_path / f"{seed}.gpx", track.points), silent)
        assert read.metres == pytest.approx(track.metres, rel=0.02), f"seed {seed}"
        for stop, (begin, end) in zip(day.stops, track.stays, strict=True):
            if stop.account_id is None:
                continue
            there = [stay.account_id for stay in read.stays if stay.dwell.begin < end and begin < stay.dwell.end]
            right, total = right + (stop.account_id in there), total + 1
    assert total > 50
    assert right / total >= 0.95
