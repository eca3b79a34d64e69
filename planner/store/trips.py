"""Trips with their stops and costs, and the mileage log, as rows."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlite_utils import Database

from planner.model.places import LatLon
from planner.model.tracking import Cost, CostKind, Drive, DriveKind, Purpose, Source, Trip, TripState, TripStop
from planner.model.week import VisitKind


def save_trip(db: Database, trip: Trip) -> int:
    """Keep a trip with its stops in place of those it had, a new one when its id is 0; returns its id."""
    table, row = db.table("trips"), _trip_row(trip)
    if trip.id:
        table.update(trip.id, row)
    trip_id: int = trip.id or table.insert(row).last_pk  # type: ignore[assignment]  # an integer key
    db.table("trip_stops").delete_where("trip_id = ?", [trip_id])
    db.table("trip_stops").insert_all([_stop_row(stop) | {"trip_id": trip_id} for stop in trip.stops])
    return trip_id


def delete_trip(db: Database, trip_id: int) -> None:
    """Take a trip out with its stops and costs; its drives stay in the mileage log."""
    db.table("trips").delete(trip_id)


def trip_by_id(db: Database, trip_id: int) -> Trip | None:
    """The trip with this id, or None."""
    return next(iter(_trips(db, "id = ?", [trip_id])), None)


def all_trips(db: Database, *, sample: bool, since: date | None = None, until: date | None = None) -> list[Trip]:
    """The trips that touch some days (both ends included), the oldest first."""
    span = [(since or date.min).isoformat(), (until or date.max).isoformat()]
    return _trips(db, "sample = ? AND last >= ? AND first <= ?", [int(sample), *span])


def save_cost(db: Database, cost: Cost) -> int:
    """Keep what was spent, a new one when its id is 0; returns its id."""
    row = {"trip_id": cost.trip_id, "day": cost.day.isoformat(), "kind": cost.kind.value, "cents": cost.cents, "note": cost.note}
    row["receipt"] = cost.receipt
    return _save(db, "costs", cost.id, row)


def delete_cost(db: Database, cost_id: int) -> None:
    """Take out what was spent."""
    db.table("costs").delete(cost_id)


def all_costs(db: Database) -> list[Cost]:
    """Everything that was spent, the oldest first."""
    return [
        Cost(row["id"], row["trip_id"], date.fromisoformat(row["day"]), CostKind(row["kind"]), row["cents"], row["note"], row["receipt"])
        for row in db.table("costs").rows_where(order_by="day, id")
    ]


def save_drive(db: Database, drive: Drive) -> int:
    """Keep a line of the mileage log, a new one when its id is 0; returns its id."""
    return _save(db, "drives", drive.id, _drive_row(drive))


def delete_drives(db: Database, ids: Iterable[int]) -> None:
    """Take lines out of the mileage log."""
    for drive_id in ids:
        db.table("drives").delete(drive_id)


def drive_by_id(db: Database, drive_id: int) -> Drive | None:
    """The line of the mileage log with this id, or None."""
    return next((_drive(row) for row in db.table("drives").rows_where("id = ?", [drive_id])), None)


def all_drives(db: Database, *, sample: bool, since: date | None = None, until: date | None = None) -> list[Drive]:
    """The lines of the mileage log of some days (both ends included), in the order in which they were driven."""
    span = [(since or date.min).isoformat(), (until or date.max).isoformat()]
    return [
        _drive(row)
        for row in db.table("drives").rows_where("sample = ? AND day >= ? AND day <= ?", [int(sample), *span], order_by="day, id")
    ]


def _save(db: Database, table: str, row_id: int, row: Mapping[str, Any]) -> int:
    if row_id:
        db.table(table).update(row_id, dict(row))
        return row_id
    return db.table(table).insert(dict(row)).last_pk  # type: ignore[return-value]  # an integer key


def _trips(db: Database, where: str, values: list[Any]) -> list[Trip]:
    stops: dict[int, list[TripStop]] = {}
    query = f"SELECT * FROM trip_stops WHERE trip_id IN (SELECT id FROM trips WHERE {where}) ORDER BY trip_id, position"  # noqa: S608 - ours
    for row in db.query(query, values):
        stops.setdefault(row["trip_id"], []).append(_stop(row))
    return [_trip(row, stops.get(row["id"], [])) for row in db.table("trips").rows_where(where, values, order_by="first, id")]


def _point(lat: float | None, lon: float | None) -> LatLon | None:
    return None if lat is None or lon is None else LatLon(lat, lon)


def _trip(row: Mapping[str, Any], stops: Iterable[TripStop]) -> Trip:
    return Trip(
        id=row["id"],
        name=row["name"],
        first=date.fromisoformat(row["first"]),
        last=date.fromisoformat(row["last"]),
        state=TripState(row["state"]),
        purpose=Purpose(row["purpose"]),
        start=row["start"],
        leave_s=row["leave_s"],
        nights=row["nights"],
        week=row["week"],
        source=Source(row["source"]),
        note=row["note"],
        sample=bool(row["sample"]),
        start_place=_point(row["start_lat"], row["start_lon"]),
        stops=tuple(stops),
    )


def _trip_row(trip: Trip) -> dict[str, Any]:
    return {
        "name": trip.name,
        "first": trip.first.isoformat(),
        "last": trip.last.isoformat(),
        "state": trip.state.value,
        "purpose": trip.purpose.value,
        "start": trip.start,
        "start_lat": trip.start_place.lat if trip.start_place else None,
        "start_lon": trip.start_place.lon if trip.start_place else None,
        "leave_s": trip.leave_s,
        "nights": trip.nights,
        "week": trip.week,
        "source": trip.source.value,
        "note": trip.note,
        "sample": int(trip.sample),
    }


def _stop(row: Mapping[str, Any]) -> TripStop:
    return TripStop(
        position=row["position"],
        day=date.fromisoformat(row["day"]),
        name=row["name"],
        place=_point(row["lat"], row["lon"]),
        account_id=row["account_id"],
        kind=VisitKind(row["kind"]) if row["kind"] else None,
        stop_key=row["stop_key"],
        arrive_s=row["arrive_s"],
        leave_s=row["leave_s"],
        metres=row["metres"],
        came_s=row["came_s"],
        went_s=row["went_s"],
        drove_m=row["drove_m"],
    )


def _stop_row(stop: TripStop) -> dict[str, Any]:
    return {
        "position": stop.position,
        "day": stop.day.isoformat(),
        "name": stop.name,
        "lat": stop.place.lat if stop.place else None,
        "lon": stop.place.lon if stop.place else None,
        "account_id": stop.account_id,
        "kind": stop.kind.value if stop.kind else None,
        "stop_key": stop.stop_key,
        "arrive_s": stop.arrive_s,
        "leave_s": stop.leave_s,
        "metres": stop.metres,
        "came_s": stop.came_s,
        "went_s": stop.went_s,
        "drove_m": stop.drove_m,
    }


def _drive(row: Mapping[str, Any]) -> Drive:
    odometer = None if row["odometer_start"] is None else (row["odometer_start"], row["odometer_end"])
    return Drive(
        id=row["id"],
        day=date.fromisoformat(row["day"]),
        start=row["start"],
        destination=row["destination"],
        metres=row["metres"],
        source=Source(row["source"]),
        kind=DriveKind(row["kind"]),
        purpose=row["purpose"],
        account_id=row["account_id"],
        confirmed=bool(row["confirmed"]),
        odometer=odometer,
        trip_id=row["trip_id"],
        note=row["note"],
        sample=bool(row["sample"]),
    )


def _drive_row(drive: Drive) -> dict[str, Any]:
    return {
        "day": drive.day.isoformat(),
        "start": drive.start,
        "destination": drive.destination,
        "metres": drive.metres,
        "source": drive.source.value,
        "kind": drive.kind.value,
        "purpose": drive.purpose,
        "account_id": drive.account_id,
        "confirmed": int(drive.confirmed),
        "odometer_start": drive.odometer[0] if drive.odometer else None,
        "odometer_end": drive.odometer[1] if drive.odometer else None,
        "trip_id": drive.trip_id,
        "note": drive.note,
        "sample": int(drive.sample),
    }
