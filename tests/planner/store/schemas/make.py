"""Write down what a database of each schema looks like: python tests/planner/store/schemas/make.py m003

Done once for a schema, when it is about to ship; a file that has shipped is never made again.
"""

import json
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from sqlite_utils import Migrations

from planner.store.connection import connection
from planner.store.journal import install_triggers, journaled
from planner.store.migrations import migrations

HERE = Path(__file__).parent
MAIN_ST = {"street": "1 Main St", "city": "State College", "state": "PA", "postcode": "16801"}
PLACED = {
    "lat": 40.8,
    "lon": -77.8,
    "match_quality": "rooftop",
    "match_source": "pack",
    "match_score": 1.0,
    "match_note": "",
    "match_doubtful": 0,
}
ACCOUNT = {"owner": "Rep A", "industry": "Retail", "phone": "814-555-0100", "employees": 12, "annual_revenue_cents": 123_456_789_01} | {
    "rating": "Hot",
    "tier": "A",
    "hours": "Mo-Fr 08:00-17:00",
    "last_activity": "2026-10-01",
    "sample": 0,
}
HOME = {"name": "Home", "at": {"lat": 40.79, "lon": -77.86}}
PLAN = {
    "week": {"year": 2026, "number": 49},
    "timezone": "America/New_York",
    "days": [],
    "left_out": [],
    "terms": {},
}
ROWS: dict[str, dict[str, list[dict[str, object]]]] = {
    "m001": {
        "accounts": [
            {"id": 1, "crm_id": "001", "name": "O'Hara & Söhne <b>", "kind": "client", **MAIN_ST, **PLACED, **ACCOUNT},
            {"id": 2, "crm_id": "002", "name": "Weis", "kind": "prospect", "duplicate_of": 1, **MAIN_ST, **PLACED, **ACCOUNT},
        ],
        "opportunities": [
            {"crm_id": "006", "account_crm_id": "001", "name": "Fiber", "stage": "Proposal", "amount_cents": 240_000, "probability": 0.75}
            | {"close_date": "2026-12-18", "owner": "Rep A"}
        ],
        "reps": [
            {
                "name": "Rep A",
                "role": "Account Executive",
                "email": "a@example.com",
                "quota_cents": 500_000,
                "skills": "TV; Voice",
                "sample": 0,
            }
            | MAIN_ST
            | {"lat": 40.8, "lon": -77.8}
        ],
        "events": [
            {"uid": "staff", "start": "2026-11-30T13:30:00+00:00", "end": "2026-11-30T15:00:00+00:00", "timezone": "America/New_York"}
            | {"title": "Staff", "location": "Office", "rrule": "", "exdates": "[]"}
            | {"all_day": 0, "busy": 1, "private": 0, "cancelled": 0, "sample": 0}
        ],
        "visits": [{"id": 1, "account_id": 1, "day": "2026-11-02", "outcome": "met", "note": "met the owner"}],
        "plans": [
            {"id": 1, "week": "2026-W49", "made_at": "2026-11-23T09:00:00+00:00", "value": 12.5, "document": json.dumps(PLAN), "sample": 0}
        ],
        "plan_stops": [{"plan_id": 1, "account_id": 1, "day": "2026-11-30", "start_s": 30_600}],
        "settings": [{"key": "home", "value": "1 Main St", "sample": 0}],
    },
    "m002": {
        "wishes": [
            {"account_id": 1, "boost": 5.0, "must": 1, "deadline": "2026-12-04", "weekdays": "0,2", "cadence_days": 21, "visit_minutes": 45}
        ],
    },
    "m003": {
        "source_ids": [{"source": "billing", "ref": "8773400000000001", "alias": 0, "account_id": 1}],
        "locations": [{"id": 1, "account_id": 1, "label": "Warehouse", "hours": "", "source": "billing", **MAIN_ST, **PLACED}],
        "contacts": [
            {"id": 1, "crm_id": "003", "account_id": 1, "first_name": "Ada", "last_name": "O'Hara", "title": "Owner"}
            | {"email": "ada@example.com", "phone": "", "mobile": "", "no_email": 0, "no_call": 1}
        ],
        "services": [
            {"id": 1, "account_id": 1, "location_id": 1, "billing_number": "8773400000000001", "product": "Fiber 500", "mrr_cents": 49_999}
            | {"term_end": "2027-03-31"}
        ],
        "activities": [
            {"id": 1, "crm_id": "00U", "account_id": 1, "kind": "event", "day": "2026-11-03", "starts": "09:00", "minutes": 30}
            | {"subject": "Review", "owner": "Rep A", "status": "done", "note": ""}
        ],
        "import_presets": [{"name": "Billing", "document": "{}"}],
        "distinct_accounts": [{"first": 1, "second": 2}],
        "kept_places": [
            {"address": "1 main st", "lat": 40.8, "lon": -77.8, "quality": "rooftop", "source": "pack", "score": 1.0, "text": "1 Main St"}
            | {"note": "", "doubtful": 0, "day": "2026-11-23"}
        ],
    },
    "m004": {
        "trips": [
            {"id": 1, "name": "Altoona", "first": "2026-11-30", "last": "2026-12-01", "state": "done", "purpose": "mixed", "start": "Home"}
            | {"start_lat": 40.79, "start_lon": -77.86, "leave_s": 27_000, "nights": 1, "week": "2026-W49", "source": "gpx", "note": ""}
            | {"sample": 0}
        ],
        "trip_stops": [
            {"trip_id": 1, "position": 1, "day": "2026-11-30", "name": "O'Hara", "lat": 40.8, "lon": -77.8, "account_id": 1, "kind": "care"}
            | {"stop_key": "account-1", "arrive_s": 30_000, "leave_s": 33_000, "metres": 4200, "came_s": 30_100, "went_s": 33_300}
            | {"drove_m": 4300}
        ],
        "costs": [{"id": 1, "trip_id": 1, "day": "2026-11-30", "kind": "hotel", "cents": 12_900, "note": "Inn", "receipt": "1.pdf"}],
        "drives": [
            {"id": 1, "day": "2026-11-30", "start": "Home", "destination": "O'Hara", "metres": 4300, "source": "gpx", "kind": "business"}
            | {"purpose": "care", "account_id": 1, "confirmed": 1, "odometer_start": 123_456, "odometer_end": 123_483, "trip_id": 1}
            | {"note": "", "sample": 0}
        ],
        "stage_changes": [{"id": 1, "deal": "006", "day": "2026-11-30", "before": "Qualification", "after": "Proposal"}],
    },
    "m005": {
        "account_views": [
            {"name": "Mine", "sample": 0}
            | {"document": '{"conditions": [["owner", "is", "Rep A"]], "columns": [], "sort": "name", "descending": false, "group": ""}'}
        ],
    },
}
"""By schema, the rows of the tables that are new in it; those of older ones are in it too."""


def dump_of(schema: str) -> str:
    """A database of this schema with its rows, as SQL; always the same text while its steps are the same."""
    steps = Migrations("roadbook")
    steps._migrations = [step for step in migrations._migrations if step.name[:4] <= schema]
    with tempfile.TemporaryDirectory() as folder, connection(Path(folder) / "one.sqlite") as db:
        for step, rows_by_table in ROWS.items():
            if step > schema:
                break
            steps.apply(db, stop_before=[later.name for later in steps._migrations if later.name[:4] > step])
            for table, rows in rows_by_table.items():
                db.table(table).insert_all(rows)
        if "journal_now" in db.table_names():
            install_triggers(db)
            with db.atomic(), journaled(db, "Rename Weis", sample=False):
                db.execute("UPDATE accounts SET name = 'Weis Markets' WHERE id = 2")
            db.execute("UPDATE journal_entries SET at = '2026-11-23T09:00:00+00:00', who = 'someone'")
        db.execute("UPDATE _sqlite_migrations SET applied_at = '2026-11-23 09:00:00+00:00'")
        db.conn.commit()
        return "\n".join(db.conn.iterdump()) + "\n"


def database_from(dump: str, path: Path) -> None:
    """Make a database of what was written down."""
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(dump)


if __name__ == "__main__":
    for wanted in sys.argv[1:]:
        (HERE / f"{wanted}.sql").write_text(dump_of(wanted), encoding="utf-8")
