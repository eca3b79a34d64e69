"""The schema of the database, as ordered steps; a step that has shipped is never changed."""

from sqlite_utils import Database, Migrations

migrations = Migrations("roadbook")


_PIPELINE_AND_PLANS = """\
CREATE TABLE opportunities (
    crm_id TEXT PRIMARY KEY,
    account_crm_id TEXT NOT NULL REFERENCES accounts(crm_id) ON DELETE CASCADE,
    name TEXT NOT NULL, stage TEXT NOT NULL, amount_cents INTEGER NOT NULL, probability REAL NOT NULL,
    close_date TEXT, owner TEXT NOT NULL
);
CREATE INDEX opportunities_of_account ON opportunities(account_crm_id);
CREATE TABLE visits (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    day TEXT NOT NULL, outcome TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX visits_of_account ON visits(account_id, day);
CREATE TABLE plans (
    id INTEGER PRIMARY KEY, week TEXT NOT NULL, made_at TEXT NOT NULL, value REAL NOT NULL,
    document TEXT NOT NULL, sample INTEGER NOT NULL
);
CREATE INDEX plans_of_week ON plans(week, id);
CREATE TABLE plan_stops (
    plan_id INTEGER NOT NULL REFERENCES plans(id) ON DELETE CASCADE,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    day TEXT NOT NULL, start_s INTEGER NOT NULL,
    PRIMARY KEY (plan_id, account_id)
) WITHOUT ROWID
"""


@migrations()
def m001_accounts_plans_visits(db: Database) -> None:
    """Accounts, the pipeline, reps, the calendar, plans, visits and settings."""
    db.table("accounts").create(
        {
            "id": int,
            "crm_id": str,
            "name": str,
            "kind": str,
            "street": str,
            "city": str,
            "state": str,
            "postcode": str,
            "owner": str,
            "industry": str,
            "phone": str,
            "employees": int,
            "annual_revenue_cents": int,
            "rating": str,
            "tier": str,
            "hours": str,
            "last_activity": str,
            "lat": float,
            "lon": float,
            "match_quality": str,
            "match_source": str,
            "match_score": float,
            "match_note": str,
            "match_doubtful": int,
            "duplicate_of": int,
            "sample": int,
        },
        pk="id",
        not_null={"crm_id", "name", "kind"},
        foreign_keys=[("duplicate_of", "accounts", "id")],
    )
    db.table("accounts").create_index(["crm_id"], unique=True)
    for statement in _PIPELINE_AND_PLANS.split(";"):
        db.execute(statement)
    db.table("reps").create(
        {
            "name": str,
            "role": str,
            "email": str,
            "street": str,
            "city": str,
            "state": str,
            "postcode": str,
            "quota_cents": int,
            "skills": str,
            "lat": float,
            "lon": float,
            "sample": int,
        },
        pk=("name", "sample"),
    )
    db.table("events").create(
        {
            "uid": str,
            "start": str,
            "end": str,
            "timezone": str,
            "title": str,
            "location": str,
            "rrule": str,
            "exdates": str,
            "all_day": int,
            "busy": int,
            "private": int,
            "cancelled": int,
            "lat": float,
            "lon": float,
            "sample": int,
        },
        pk=("uid", "start"),
    )
    db.table("settings").create({"key": str, "value": str, "sample": int}, pk=("key", "sample"))


_WISHES = """\
CREATE TABLE wishes (
    account_id INTEGER PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    boost REAL NOT NULL, must INTEGER NOT NULL, deadline TEXT, weekdays TEXT NOT NULL,
    cadence_days INTEGER, visit_minutes INTEGER, contract_end TEXT
)
"""


@migrations()
def m002_wishes_team_time_versions(db: Database) -> None:
    """What she wants of single accounts, when reps are free, and what each version of a plan is called."""
    db.execute(_WISHES)
    db.table("reps").add_column("hours", str, not_null_default="")
    db.table("events").add_column("rep", str, not_null_default="")
    db.table("plans").add_column("name", str, not_null_default="")
    db.table("plans").add_column("label", str, not_null_default="")
    db.table("events").create_index(["sample", "rep"])
