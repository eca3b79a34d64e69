"""Trips: out of a planned week or by hand, how they went, and what they come to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.tracking import Source, Trip, TripState, TripStop, Visit
from planner.model.week import WeekPlan
from planner.settings import mileage_rates_of
from planner.store import accounts as account_rows
from planner.store import trips as rows
from planner.store import visits as visit_rows
from planner.store.plans import newest_plan
from planner.store.settings import read_settings
from planner.tracking.trip_merging import merged
from planner.tracking.trip_sums import TripSums
from planner.tracking.trip_sums import trip_sums as sums_of
from planner.tracking.trips import logged_stops, state_of, trips_of_week, trips_of_weeks, with_visits
from planner.usecases.packs import in_sample
from planner.usecases.week import not_planned
from planner.usecases.workspace import Workspace
from planner.values import replace

if TYPE_CHECKING:
    from sqlite_utils import Database

FIXED = (TripState.DONE, TripState.CANCELLED)
"""States of trips that a plan no longer changes."""


def make_trips(workspace: Workspace, week: IsoWeek) -> tuple[list[Trip], Changes]:
    """Make the trips of a planned week, or bring those made before up to date with its plan; returns all trips of the week.

    What was logged stays as it is, and so do trips that are done or cancelled: nothing is planned anew over their days. A trip that the
    plan no longer has goes, unless something of it is known. One that goes on in the next week where it slept is one trip of both. Raises
    PlanProblem for a week without a plan.
    """
    sample = in_sample(workspace)
    changes = Changes(f"Make the trips of week {week.number}", plans=True)
    with workspace.writing(changes.label, sample=sample) as db:
        found = newest_plan(db, week, sample=sample)
        if found is None:
            raise not_planned(week)
        towns = towns_of(account_rows.all_accounts(db))
        around = [week.plus(-1), week, week.plus(1)]
        begin, end = around[0].day(0), around[-1].day(6)
        known = rows.all_trips(db, sample=sample, since=begin, until=end)
        visits = visit_rows.all_visits(db, sample=sample, since=begin, until=around[-1].day(7))
        # A trip recorded or made by hand is none of the plan's, but its days are taken once it is done.
        settled = [trip for trip in known if trip.state in FIXED]
        planned = [trip for trip in known if trip.state not in FIXED and trip.week]
        begun = [trip for trip in planned if logged_stops(trip, visits)]
        plans = [plan[0] for each in around if (plan := found if each == week else newest_plan(db, each, sample=sample))]
        wanted, open_ones = _of_week(_wanted(plans, settled, begun, towns), planned, week)
        wanted = [replace(trip, sample=sample) for trip in wanted]
        for old, new in _pairs(open_ones, wanted):
            if new is None:
                if old is not None:
                    _drop(db, old, visits)
                continue
            kept = merged(old, logged_stops(old, visits), new, towns) if old else new
            if old is None or kept != old:
                rows.save_trip(db, kept)
        trips = rows.all_trips(db, sample=sample, since=week.day(0), until=week.day(6))
    return [trip for trip in trips if trip.week], changes


def list_trips(workspace: Workspace, since: date | None = None, until: date | None = None) -> list[Trip]:
    """The trips that touch some days, the oldest first, as they are kept."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return rows.all_trips(db, sample=sample, since=since, until=until)


def get_trip(workspace: Workspace, trip_id: int) -> Trip:
    """A trip as it is kept; raises UserProblem when there is none with this id."""
    with workspace.reading() as db:
        return need_trip(db, trip_id)


def trip_now(workspace: Workspace, trip_id: int, now: datetime) -> tuple[Trip, TripState, str]:
    """A trip with what logged visits say of it, how far it is at `now` (her wall clock), and what to do about it or an empty text."""
    with workspace.reading() as db:
        trip = need_trip(db, trip_id)
        visits = _visits_of(db, trip)
    return (trip if trip.state in FIXED else with_visits(trip, visits)), *state_of(trip, now, visits)


def add_trip(workspace: Workspace, trip: Trip) -> tuple[Trip, Changes]:
    """Keep a trip made by hand; returns it with its id. Raises UserProblem for one that cannot be."""
    _check(trip)
    kept = _in_order(replace(trip, id=0, sample=in_sample(workspace)))
    changes = Changes(f"Add trip: {trip.name}", plans=True)
    with workspace.writing(changes.label, sample=kept.sample) as db:
        return replace(kept, id=rows.save_trip(db, kept)), changes


def edit_trip(workspace: Workspace, trip: Trip) -> tuple[Trip, Changes]:
    """Keep a trip as it was changed by hand. Raises UserProblem for one that is gone or cannot be."""
    _check(trip)
    changes = Changes(f"Change trip: {trip.name}", plans=True)
    with workspace.reading() as db:
        sample = need_trip(db, trip.id).sample
    kept = _in_order(replace(trip, sample=sample))
    with workspace.writing(changes.label, sample=sample) as db:
        need_trip(db, trip.id)
        rows.save_trip(db, kept)
    return kept, changes


def cancel_trip(workspace: Workspace, trip_id: int) -> tuple[Trip, Changes]:
    """Say that a trip does not take place. Raises UserProblem for one that is done."""
    return _turn(workspace, trip_id, TripState.CANCELLED, "Cancel", (TripState.PLANNED, TripState.UNDER_WAY))


def begin_trip(workspace: Workspace, trip_id: int) -> tuple[Trip, Changes]:
    """Say that a trip has begun. Raises UserProblem for one that is under way, done or cancelled."""
    return _turn(workspace, trip_id, TripState.UNDER_WAY, "Begin", (TripState.PLANNED,))


def finish_trip(workspace: Workspace, trip_id: int) -> tuple[Trip, Changes]:
    """Say that a trip is done: she came and went as the logged visits have it, and drove as planned where nothing better is known.

    On a day of which a recording or she herself says what was driven, nothing is filled in from the plan. Raises UserProblem when
    nothing of the trip was logged, and when it is done or cancelled.
    """
    with workspace.reading() as db:
        trip = need_trip(db, trip_id)
        _must_be(trip, (TripState.PLANNED, TripState.UNDER_WAY))
        seen = with_visits(trip, _visits_of(db, trip))
        logged = logged_stops(trip, _visits_of(db, trip))
    if not logged:
        raise UserProblem(
            f"Nothing of “{trip.name}” was logged.", "So nobody knows whether it took place.", "Log its visits first, or cancel the trip."
        )
    told = {stop.day for stop in seen.stops if stop.drove_m is not None}
    stops = tuple(stop if stop.day in told else replace(stop, drove_m=stop.metres) for stop in seen.stops)
    changes = Changes(f"Finish trip: {trip.name}", plans=True)
    kept = replace(seen, state=TripState.DONE, stops=stops, source=trip.source if told else Source.PLAN)
    with workspace.writing(changes.label, sample=trip.sample) as db:
        rows.save_trip(db, kept)
    return kept, changes


def delete_trip(workspace: Workspace, trip_id: int) -> Changes:
    """Take a trip out with its costs and the proposals of its mileage; lines of the log that are confirmed stay. Undo brings it back."""
    with workspace.reading() as db:
        trip = need_trip(db, trip_id)
    changes = Changes(f"Delete trip: {trip.name}", plans=True)
    with workspace.writing(changes.label, sample=trip.sample) as db:
        drives = rows.all_drives(db, sample=trip.sample)
        rows.delete_drives(db, [drive.id for drive in drives if drive.trip_id == trip_id and not drive.confirmed])
        rows.delete_trip(db, trip_id)
    return changes


def trip_sums(workspace: Workspace, trip_id: int) -> TripSums:
    """What a trip comes to: miles, nights, driving, money spent by kind, and what its miles are worth."""
    with workspace.reading() as db:
        trip = need_trip(db, trip_id)
        rates = mileage_rates_of(read_settings(db, sample=trip.sample).text("mileage_rates"))
        return sums_of(trip, rows.all_costs(db), rates)


def need_trip(db: "Database", trip_id: int) -> Trip:
    """The trip with this id; raises UserProblem when there is none."""
    trip = rows.trip_by_id(db, trip_id)
    if trip is None:
        raise UserProblem(f"There is no trip {trip_id}.", "It was taken out, or never there.", "See roadbook trips list.")
    return trip


def towns_of(accounts: Iterable[Account]) -> dict[int, str]:
    """The towns of accounts by id, where they are known; one in capitals as people write it."""
    known = {account.id: account.address.city for account in accounts if account.address.city}
    return {account_id: town.title() if town.isupper() else town for account_id, town in known.items()}


def _over(trip: Trip, others: Iterable[Trip]) -> bool:
    return any(trip.first <= other.last and other.first <= trip.last for other in others)


def _wanted(plans: Sequence[WeekPlan], settled: Sequence[Trip], begun: Sequence[Trip], towns: Mapping[int, str]) -> list[Trip]:
    """The trips of plans that follow each other, but for days that are settled.

    One of several weeks stays one a week where a day of it is settled, or something is known of what was a trip of its own.
    """
    whole = trips_of_weeks(plans, towns)
    cut = [trip for trip in whole if _over(trip, settled) or _over(trip, [each for each in begun if each.first > trip.first])]
    again = [trip for plan in plans for trip in trips_of_week(plan, towns) if _over(trip, cut)]
    return [trip for trip in (*(trip for trip in whole if trip not in cut), *again) if not _over(trip, settled)]


def _of_week(wanted: Sequence[Trip], planned: Sequence[Trip], week: IsoWeek) -> tuple[list[Trip], list[Trip]]:
    """What a week wants and has, with what of the weeks around it is of one trip with that, now or before."""
    first, last = week.day(0), week.day(6)
    old = [trip for trip in planned if trip.week == str(week) or (trip.first <= last and first <= trip.last)]
    new = [trip for trip in wanted if (trip.first <= last and first <= trip.last) or _over(trip, old)]
    return new, [trip for trip in planned if trip in old or _over(trip, new)]


def _pairs(old: Sequence[Trip], new: Sequence[Trip]) -> list[tuple[Trip | None, Trip | None]]:
    """Which of the trips made before each new one is: that of the same first day, else one that shares a day; the rest alone."""
    free = list(old)
    pairs: dict[int, Trip] = {}
    for same_day in (True, False):
        for number, trip in enumerate(new):
            fits = [each for each in free if (each.first == trip.first if same_day else _over(each, [trip]))]
            if number not in pairs and fits:
                pairs[number] = fits[0]
                free.remove(fits[0])
    return [(pairs.get(number), trip) for number, trip in enumerate(new)] + [(trip, None) for trip in free]


def _drop(db: "Database", trip: Trip, visits: Iterable[Visit]) -> None:
    """Take out a trip that the plan no longer has, unless something is known of it."""
    drives = [drive for drive in rows.all_drives(db, sample=trip.sample, since=trip.first, until=trip.last) if drive.trip_id == trip.id]
    spent = any(cost.trip_id == trip.id for cost in rows.all_costs(db))
    if spent or logged_stops(trip, visits) or trip.note or trip.state is not TripState.PLANNED or any(drive.confirmed for drive in drives):
        return
    rows.delete_drives(db, [drive.id for drive in drives])
    rows.delete_trip(db, trip.id)


def _visits_of(db: "Database", trip: Trip) -> list[Visit]:
    until = date.fromordinal(trip.last.toordinal() + 1)  # a visit past midnight
    return visit_rows.all_visits(db, sample=trip.sample, since=trip.first, until=until)


def _turn(workspace: Workspace, trip_id: int, state: TripState, word: str, before: Sequence[TripState]) -> tuple[Trip, Changes]:
    with workspace.reading() as db:
        trip = need_trip(db, trip_id)
    _must_be(trip, before)
    kept, changes = replace(trip, state=state), Changes(f"{word} trip: {trip.name}", plans=True)
    with workspace.writing(changes.label, sample=trip.sample) as db:
        rows.save_trip(db, kept)
    return kept, changes


def _must_be(trip: Trip, states: Sequence[TripState]) -> None:
    if trip.state not in states:
        raise UserProblem(f"“{trip.name}” is {trip.state.value}.", remedy=f"This can be done with a trip that is {states[0].value}.")


def _check(trip: Trip) -> None:
    if not trip.name.strip():
        raise UserProblem("The trip has no name.", remedy="Say what to call it.")
    if trip.last < trip.first:
        raise UserProblem("The trip would end before it begins.", remedy="Give a later last day.")
    if trip.nights < 0:
        raise UserProblem("A trip cannot have less than no nights.")
    for stop in trip.stops:
        if not trip.first <= stop.day <= trip.last:
            raise UserProblem(f"{stop.name} would be on a day outside the trip.", remedy="Change its day, or the days of the trip.")
        if min(stop.metres or 0, stop.drove_m or 0) < 0:
            raise UserProblem(f"The way to {stop.name} cannot be shorter than nothing.")
        _check_times(stop, stop.arrive_s, stop.leave_s)
        _check_times(stop, stop.came_s, stop.went_s)


def _check_times(stop: TripStop, begin_s: int | None, end_s: int | None) -> None:
    if begin_s is not None and end_s is not None and end_s < begin_s:
        raise UserProblem(f"At {stop.name} she would leave before she comes.", remedy="Correct one of the times.")


def _in_order(trip: Trip) -> Trip:
    """The trip with its stops numbered from 0, day by day."""
    stops = sorted(trip.stops, key=lambda stop: (stop.day, stop.position))
    return replace(trip, stops=tuple(replace(stop, position=number) for number, stop in enumerate(stops)))
