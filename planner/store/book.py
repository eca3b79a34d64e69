"""What hangs on accounts, as rows: ids of their sources, origins of their fields, contacts, services, other locations, activities."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils import Database

from planner.model.accounts import Activity, Contact, Location, Service
from planner.model.imports import Origins, Source
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.tracking import HELD


def source_ids(db: Database, source: Source) -> dict[str, int]:
    """The account that each id of a source stands for; accounts that were merged away stand for those they became part of."""
    rows = db.execute("SELECT ref, account_id FROM source_ids WHERE source = ?", [source.value])
    return dict(rows.fetchall())


def merged_ids(db: Database, source: Source) -> frozenset[str]:
    """The ids of a source whose own account was merged into another one."""
    return frozenset(ref for (ref,) in db.execute("SELECT ref FROM source_ids WHERE source = ? AND alias = 1", [source.value]))


def ids_of(db: Database, account_id: int) -> list[tuple[Source, str]]:
    """Every id of an account with its source."""
    rows = db.table("source_ids").rows_where("account_id = ?", [account_id], order_by="source, alias, ref")
    return [(Source(row["source"]), row["ref"]) for row in rows]


def save_source_ids(db: Database, ids: Iterable[tuple[Source, str, int]]) -> None:
    """Keep which account each id of a source stands for."""
    statement = (
        "INSERT INTO source_ids (source, ref, account_id) VALUES (?, ?, ?)"
        " ON CONFLICT (source, ref) DO UPDATE SET account_id = excluded.account_id"
    )
    db.conn.executemany(statement, [(source.value, ref, account_id) for source, ref, account_id in ids])


def move_source_ids(db: Database, from_id: int, to_id: int) -> None:
    """Let the ids of an account stand for another one from now on."""
    db.execute("UPDATE source_ids SET account_id = ?, alias = 1 WHERE account_id = ?", [to_id, from_id])


def all_origins(db: Database) -> dict[int, Origins]:
    """Where the fields of each account came from and when, by account id."""
    return {account_id: read_origins(text) for account_id, text in db.execute("SELECT id, origins FROM accounts WHERE origins <> '{}'")}


def origins_of(db: Database, account_id: int) -> Origins:
    """Where the fields of an account came from and when."""
    row = db.execute("SELECT origins FROM accounts WHERE id = ?", [account_id]).fetchone()
    return read_origins(row[0]) if row else {}


def save_origins(db: Database, account_id: int, origins: Origins) -> None:
    """Keep where the fields of an account came from."""
    db.execute("UPDATE accounts SET origins = ? WHERE id = ?", [write_origins(origins), account_id])


def read_origins(text: str) -> Origins:
    """Origins out of the column, which holds the fields of each source and day together: {"crm 2026-11-24": ["name", "phone"]}."""
    found = {}
    for origin, fields in json.loads(text).items():
        source, _, day = origin.partition(" ")
        found.update(dict.fromkeys(fields, (Source(source), date.fromisoformat(day))))
    return found


def write_origins(origins: Origins) -> str:
    """Origins for the column."""
    grouped: dict[str, list[str]] = {}
    for name in sorted(origins):
        source, day = origins[name]
        grouped.setdefault(f"{source.value} {day.isoformat()}", []).append(name)
    return json.dumps(grouped, ensure_ascii=False)


def all_contacts(db: Database) -> list[Contact]:
    """Every contact."""
    return [_contact(row) for row in db.table("contacts").rows]


def contacts_of(db: Database, account_id: int) -> list[Contact]:
    """The people of an account, by name."""
    return [_contact(row) for row in db.table("contacts").rows_where("account_id = ?", [account_id], order_by="last_name, first_name")]


def save_contacts(db: Database, contacts: Iterable[Contact]) -> None:
    """Insert contacts with id 0 and rewrite the others."""
    _save(db, "contacts", [{name: getattr(contact, name) for name in _CONTACT} for contact in contacts])


_CONTACT = ("id", "crm_id", "account_id", "first_name", "last_name", "title", "email", "phone", "mobile", "no_email", "no_call")


def _contact(row: Mapping[str, Any]) -> Contact:
    return Contact(**{**row, "no_email": bool(row["no_email"]), "no_call": bool(row["no_call"])})


def all_services(db: Database) -> list[Service]:
    """Every service."""
    return [_service(row) for row in db.table("services").rows_where(order_by="id")]


def services_of(db: Database, account_id: int) -> list[Service]:
    """What an account pays for, the term that ends next first."""
    return [_service(row) for row in db.table("services").rows_where("account_id = ?", [account_id], order_by="term_end, product")]


def save_services(db: Database, services: Iterable[Service]) -> None:
    """Insert services with id 0 and rewrite the others."""
    _save(
        db,
        "services",
        [
            {
                "id": service.id,
                "account_id": service.account_id,
                "location_id": service.location_id,
                "billing_number": service.billing_number,
                "product": service.product,
                "mrr_cents": service.mrr_cents,
                "term_end": service.term_end.isoformat() if service.term_end else None,
            }
            for service in services
        ],
    )


def delete_services(db: Database, ids: Iterable[int]) -> None:
    """Take services out."""
    db.conn.executemany("DELETE FROM services WHERE id = ?", [(each,) for each in ids])


def _service(row: Mapping[str, Any]) -> Service:
    return Service(**{**row, "term_end": date.fromisoformat(row["term_end"]) if row["term_end"] else None})


def all_locations(db: Database) -> list[Location]:
    """Every other location of every account."""
    return [_location(row) for row in db.table("locations").rows_where(order_by="id")]


def locations_of(db: Database, account_id: int) -> list[Location]:
    """The other locations of an account."""
    return [_location(row) for row in db.table("locations").rows_where("account_id = ?", [account_id], order_by="id")]


def save_locations(db: Database, locations: Iterable[Location]) -> None:
    """Insert locations with id 0 and rewrite the others."""
    _save(db, "locations", [_location_row(location) for location in locations])


def insert_locations(db: Database, locations: Iterable[Location]) -> None:
    """Insert locations under the ids that they have."""
    db.table("locations").insert_all([_location_row(location) for location in locations])


def newest_location(db: Database) -> int:
    """The highest id of a location, 0 when there is none."""
    return int(db.execute("SELECT coalesce(max(id), 0) FROM locations").fetchone()[0])


def _location(row: Mapping[str, Any]) -> Location:
    point = LatLon(row["lat"], row["lon"]) if row["lat"] is not None else None
    quality = MatchQuality(row["match_quality"])
    match = Match(point, quality, row["match_source"], row["match_score"], note=row["match_note"], doubtful=bool(row["match_doubtful"]))
    address = PostalAddress(row["street"], row["city"], row["state"], row["postcode"])
    return Location(row["id"], row["account_id"], row["label"], address, row["source"], row["hours"], match)


def _location_row(location: Location) -> dict[str, Any]:
    address, match = location.address, location.match
    return {
        "id": location.id,
        "account_id": location.account_id,
        "label": location.label,
        "street": address.street,
        "city": address.city,
        "state": address.state,
        "postcode": address.postcode,
        "hours": location.hours,
        "source": location.source,
        "lat": match.point.lat if match.point else None,
        "lon": match.point.lon if match.point else None,
        "match_quality": match.quality.value,
        "match_source": match.source,
        "match_score": match.score,
        "match_note": match.note,
        "match_doubtful": int(match.doubtful),
    }


def all_activities(db: Database) -> list[Activity]:
    """Every activity."""
    return [_activity(row) for row in db.table("activities").rows]


def activities_of(db: Database, account_id: int, limit: int = 200) -> list[Activity]:
    """What the CRM knows was done at an account, the newest first."""
    rows = db.table("activities").rows_where("account_id = ?", [account_id], order_by="day DESC, id DESC", limit=limit)
    return [_activity(row) for row in rows]


def crm_contacts(db: Database, kinds: Iterable[str]) -> dict[int, tuple[date | None, date]]:
    """By account id, the newest day of an activity of these kinds that took place, or None, and the newest day of any."""
    marks = [json.dumps([kind.strip().casefold() for kind in kinds]), json.dumps(sorted(HELD))]
    query = (
        "SELECT account_id, max(CASE WHEN lower(trim(kind)) IN (SELECT value FROM json_each(?))"
        " AND lower(trim(status)) IN (SELECT value FROM json_each(?)) THEN day END) AS counted, max(day) AS newest"
        " FROM activities GROUP BY account_id"
    )
    return {
        row["account_id"]: (date.fromisoformat(row["counted"]) if row["counted"] else None, date.fromisoformat(row["newest"]))
        for row in db.query(query, marks)
    }


def save_activities(db: Database, activities: Iterable[Activity]) -> None:
    """Insert activities with id 0 and rewrite the others."""
    _save(
        db,
        "activities",
        [
            {
                "id": activity.id,
                "crm_id": activity.crm_id,
                "account_id": activity.account_id,
                "kind": activity.kind,
                "day": activity.day.isoformat(),
                "starts": activity.starts.astimezone(UTC).isoformat() if activity.starts else None,
                "minutes": activity.minutes,
                "subject": activity.subject,
                "owner": activity.owner,
                "status": activity.status,
                "note": activity.note,
            }
            for activity in activities
        ],
    )


def _activity(row: Mapping[str, Any]) -> Activity:
    starts = datetime.fromisoformat(row["starts"]) if row["starts"] else None
    return Activity(**{**row, "day": date.fromisoformat(row["day"]), "starts": starts})


def distinct_pairs(db: Database) -> frozenset[tuple[int, int]]:
    """The pairs of accounts that were judged not to be the same, the smaller id first."""
    return frozenset(db.execute("SELECT first, second FROM distinct_accounts").fetchall())


def keep_distinct(db: Database, one: int, other: int) -> None:
    """Remember that two accounts are not the same."""
    db.execute("INSERT OR IGNORE INTO distinct_accounts VALUES (?, ?)", [min(one, other), max(one, other)])


def presets(db: Database) -> dict[str, dict[str, Any]]:
    """The presets of imports by name."""
    return {row["name"]: json.loads(row["document"]) for row in db.table("import_presets").rows_where(order_by="name")}


def save_preset(db: Database, name: str, document: Mapping[str, Any]) -> None:
    """Keep a preset under its name."""
    db.table("import_presets").upsert({"name": name, "document": json.dumps(document, ensure_ascii=False)}, pk="name")


def delete_preset(db: Database, name: str) -> None:
    """Forget a preset."""
    db.table("import_presets").delete_where("name = ?", [name])


def _save(db: Database, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert the rows with id 0, and rewrite the others."""
    db.table(table).insert_all([{**row, "id": None} for row in rows if not row["id"]])
    db.table(table).upsert_all([row for row in rows if row["id"]], pk="id")
