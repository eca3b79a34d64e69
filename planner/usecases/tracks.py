"""A recorded track as a trip: where she was and for how long, how far each drive was, and the visits that probably were."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from planner.errors import BadInputFile, UserProblem
from planner.model.accounts import Account, VisitOutcome
from planner.model.changes import Changes
from planner.model.places import LatLon, NamedPlace
from planner.model.tracking import Dwell, Source, SupportKind, TrackPoint, Trip, TripState, Visit
from planner.model.travel import TrackPoint as RoadPoint
from planner.model.week import VisitKind
from planner.planning.value import joint_rep, visit_kind
from planner.progress import Report, part
from planner.store import accounts as account_rows
from planner.store import trips as rows
from planner.store import visits as visit_rows
from planner.tracking.mileage import drives_of_trip
from planner.tracking.recorded import RecordedDay, RecordedStop, days_of, recorded_trip, seconds_of, span_s, wall_clock, with_recording
from planner.tracking.track import between, clean, dwells, join_dwells
from planner.usecases.accounts import list_accounts, open_opportunities
from planner.usecases.find_places import what_is_at
from planner.usecases.mileage import base_places, office_place, proposed_again
from planner.usecases.packs import need_pack
from planner.usecases.settings import get_settings
from planner.usecases.trips import towns_of
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

if TYPE_CHECKING:
    from sqlite_utils import Database

    from planner.roads.routing.driven import Driven

AT_BASE_M = 150.0
SHORTEST_DRIVE_M = 100


class Stay(Struct, frozen=True):
    """A stay of at least five minutes: what it was at, which account if any, and how many metres off."""

    dwell: Dwell
    name: str
    account_id: int | None = None
    metres: float = float("inf")


class TrackPiece(Struct, frozen=True):
    """A drive between two stays: its ends, metres, shape, and in words where the metres come from ("laid onto the roads").

    `bridged_m` of them were not laid onto the roads. Times are aware, in UTC.
    """

    start: NamedPlace
    destination: NamedPlace
    begin: datetime
    end: datetime
    metres: int
    how: str
    bridged_m: int
    shape: tuple[LatLon, ...]


class TrackRead(Struct, frozen=True):
    """A recorded track read: its stays, the drives between them, the planned trip of each of its days by id, and what was wrong with it.

    `days` are its drives and stays on the wall clock of `timezone`. Nothing is kept.
    """

    name: str
    timezone: str
    points: int
    stays: tuple[Stay, ...]
    pieces: tuple[TrackPiece, ...]
    days: tuple[RecordedDay, ...]
    trips: Mapping[date, int]
    problems: tuple[str, ...]
    sample: bool = False

    @property
    def metres(self) -> int:
        """How far all drives were."""
        return sum(piece.metres for piece in self.pieces)


class KeptTrack(Struct, frozen=True):
    """What was kept of a track: its trips, and the visits that probably were, not logged yet: she confirms them."""

    trips: tuple[Trip, ...]
    drafts: tuple[Visit, ...]


def read_track(workspace: Workspace, path: Path, report: Report) -> TrackRead:
    """Read a GPX file: stays joined to accounts and to the trips planned for their days, and the metres of each drive along the roads.

    Raises BadInputFile for a file that cannot be read or in which nothing was driven, and PackProblem without roads.
    """
    from planner.imports.gpx import read_recording

    pack = need_pack(workspace)
    timezone = get_settings(workspace).text("timezone")
    zone = _zone(timezone)
    report(0.0, "Reading the track")
    recorded, problems = read_recording(path)
    points, mended = clean(recorded)
    report(0.1, "Finding where it stayed")
    found = dwells(points)
    accounts = list_accounts(workspace)
    spans = [wall_clock(dwell.begin, zone).date() for dwell in found] or [wall_clock(points[0].at, zone).date()]
    with workspace.reading() as db:
        trips = rows.all_trips(db, sample=pack.sample, since=min(spans) - timedelta(days=1), until=max(spans) + timedelta(days=1))
    trips = [trip for trip in trips if trip.state is not TripState.CANCELLED]
    planned = {day: [stop.account_id for trip in trips for stop in trip.stops if stop.day == day if stop.account_id] for day in spans}
    bases = base_places(workspace) or ()
    joined = join_dwells(found, accounts, planned, zone, bases)
    stays = _named(workspace, joined, {account.id: account for account in accounts}, bases)
    pieces = _pieces(workspace, points, stays, bases, part(report, 0.2, 0.95))
    if not pieces:
        raise BadInputFile(f"Nothing was driven in {path.name}.", "It stays at one place.", "Choose the recording of a drive.")
    report(0.95, "Putting the day together")
    kinds = _kinds(workspace, accounts)
    days = tuple(_days(pieces, stays, kinds, zone))
    to_fill = [trip for trip in trips if trip.source is not Source.GPX or any(stop.metres is not None for stop in trip.stops)]
    of_days = {day.day: trip.id for day in days for trip in to_fill if trip.first <= day.day <= trip.last}
    return TrackRead(path.stem, timezone, len(points), stays, pieces, days, of_days, (*problems, *mended), pack.sample)


def keep_track(workspace: Workspace, track: TrackRead) -> tuple[KeptTrack, Changes]:
    """Keep a track: each day in its planned trip, else as a trip of its own, and its drives proposed for the mileage log.

    The visits that probably were come back as drafts. Raises UserProblem for a track that was kept before.
    """
    office = office_place(workspace)
    changes = Changes(f"Keep the track {track.name}", plans=True)
    with workspace.writing(changes.label, sample=track.sample) as db:
        towns = towns_of(account_rows.all_accounts(db))
        kept: dict[int, Trip] = {}
        for day in track.days:
            before = rows.trip_by_id(db, track.trips.get(day.day, 0))
            _refuse_again(db, day, before, sample=track.sample)
            trip = with_recording(before, day) if before else replace(recorded_trip(day, towns), sample=track.sample)
            if trip.state is TripState.PLANNED:
                trip = replace(trip, state=TripState.UNDER_WAY if day.day < trip.last else TripState.DONE)
            trip = replace(trip, id=rows.save_trip(db, trip))
            kept[trip.id] = trip
        for trip in kept.values():
            proposed_again(db, drives_of_trip(trip, office), trip.id)
        drafts = list(_drafts(db, track, list(kept.values())))
    return KeptTrack(tuple(kept.values()), tuple(drafts)), changes


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError) as error:
        raise UserProblem(f"“{name}” is not a time zone.", remedy="Set one such as America/New_York.") from error


def _named(
    workspace: Workspace, joined: Sequence[tuple[Dwell, int | None, float]], accounts: Mapping[int, Account], bases: Sequence[LatLon]
) -> tuple[Stay, ...]:
    return tuple(
        Stay(dwell, accounts[account_id].name, account_id, metres)
        if account_id is not None
        else Stay(dwell, _place_name(workspace, dwell.place, bases))
        for dwell, account_id, metres in joined
    )


def _place_name(workspace: Workspace, place: LatLon, bases: Sequence[LatLon]) -> str:
    """Home or office, else the nearest address, else the point in degrees."""
    near = [(base.metres_to(place), name) for base, name in zip(bases, ("Home", "Office"), strict=False)]
    if near and min(near)[0] <= AT_BASE_M:
        return min(near)[1]
    with suppress(UserProblem):
        return what_is_at(workspace, place).text
    return f"{place.lat:.5f}, {place.lon:.5f}"


def _pieces(
    workspace: Workspace, points: Sequence[TrackPoint], stays: Sequence[Stay], bases: Sequence[LatLon], report: Report
) -> tuple[TrackPiece, ...]:
    from planner.roads.routing.driven import driven_metres

    engine = workspace.engine(need_pack(workspace))
    stretches = between(points, [stay.dwell for stay in stays])
    pieces = []
    for number, stretch in enumerate(stretches):
        outer = number in (0, len(stretches) - 1)  # before the first stay or after the last, where there may be nothing
        if len(stretch) < 2 or (outer and stretch[0].place.metres_to(stretch[-1].place) < SHORTEST_DRIVE_M):
            continue
        here = part(report, number / len(stretches), (number + 1) / len(stretches))
        here(0.0, "Following the track")
        driven: Driven = driven_metres(engine, [RoadPoint(point.place, point.at) for point in stretch], here)
        start = stays[number - 1] if number else None
        end = stays[number] if number < len(stays) else None
        pieces.append(
            TrackPiece(
                _end(workspace, start, stretch[0].place, bases),
                _end(workspace, end, stretch[-1].place, bases),
                stretch[0].at,
                stretch[-1].at,
                driven.metres,
                driven.how.value,
                driven.bridged_m,
                driven.shape,
            )
        )
    return tuple(pieces)


def _end(workspace: Workspace, stay: Stay | None, place: LatLon, bases: Sequence[LatLon]) -> NamedPlace:
    return NamedPlace(stay.name, stay.dwell.place) if stay else NamedPlace(_place_name(workspace, place, bases), place)


def _kinds(workspace: Workspace, accounts: Sequence[Account]) -> dict[int, VisitKind]:
    deals = open_opportunities(workspace)
    return {account.id: visit_kind(account, deals.get(account.crm_id, [])) for account in accounts}


def _days(pieces: Sequence[TrackPiece], stays: Sequence[Stay], kinds: Mapping[int, VisitKind], zone: ZoneInfo) -> Iterator[RecordedDay]:
    """The drives of each day with the stays they lead to."""
    left = [wall_clock(piece.begin, zone) for piece in pieces]
    by_begin = {stay.dwell.begin: stay for stay in stays}
    days = days_of(left)
    for day in dict.fromkeys(days):
        own = [piece for piece, its in zip(pieces, days, strict=True) if its == day]
        stops = []
        for number, piece in enumerate(own):
            stay = by_begin.get(piece.end)
            went = wall_clock(stay.dwell.end, zone) if stay and number < len(own) - 1 else None
            account_id = stay.account_id if stay else None
            stops.append(
                RecordedStop(
                    piece.destination.name,
                    piece.destination.point,
                    wall_clock(piece.end, zone),
                    went,
                    piece.metres,
                    account_id,
                    kinds.get(account_id or 0),
                )
            )
        yield RecordedDay(day, own[0].start.name, own[0].start.point, wall_clock(own[0].begin, zone), tuple(stops))


def _refuse_again(db: "Database", day: RecordedDay, before: Trip | None, *, sample: bool) -> None:
    """Nobody drives twice at the same time; in the trip it was planned as, a track takes its own place."""
    begin_s, end_s = span_s(day)
    for trip in rows.all_trips(db, sample=sample, since=day.day, until=day.day):
        ends = [stop.came_s for stop in trip.stops if stop.came_s is not None]
        if trip.source is not Source.GPX or trip.leave_s is None or not ends or (before and trip.id == before.id):
            continue
        if trip.leave_s < end_s and begin_s < max(ends):
            what = f"This track was kept before, or another one of the same time: “{trip.name}”."
            raise UserProblem(what, remedy="Delete that trip first to keep this one.")


def _drafts(db: "Database", track: TrackRead, trips: Sequence[Trip]) -> Iterator[Visit]:
    """The visits that probably were, without those that are logged."""
    zone = _zone(track.timezone)
    for stay in track.stays:
        account = account_rows.account_by_id(db, stay.account_id) if stay.account_id is not None else None
        if account is None:
            continue
        begin = wall_clock(stay.dwell.begin, zone)
        logged = [visit for visit in visit_rows.visits_of(db, account.id) if visit.day == begin.date()]
        start_s = seconds_of(begin.date(), begin) // 60 * 60
        minutes = max(1, round((stay.dwell.end - stay.dwell.begin).total_seconds() / 60))
        if any(visit.start_s is None or abs(visit.start_s - start_s) <= 60 * max(minutes, visit.minutes or 0) for visit in logged):
            continue
        at_stop = [(trip, stop) for trip in trips for stop in trip.stops if stop.account_id == account.id and stop.day == begin.date()]
        trip, stop = at_stop[0] if at_stop else (None, None)
        deals = [deal for deal in account_rows.opportunities_of(db, account.crm_id) if deal.is_open]
        kind = (stop.kind if stop else None) or visit_kind(account, deals)
        rep = joint_rep(account, deals) if kind is VisitKind.SUPPORT else ""
        yield Visit(
            0,
            account.id,
            begin.date(),
            VisitOutcome.MET,
            kind=kind,
            support=SupportKind.JOINT_CALL if rep else None,
            start_s=start_s,
            minutes=minutes,
            timezone=track.timezone,
            rep=rep,
            trip_id=trip.id if trip else None,
            stop_key=stop.stop_key if stop else "",
            sample=account.sample,
        )
