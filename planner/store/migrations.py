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


_BOOK = """\
CREATE TABLE source_ids (
    source TEXT NOT NULL, ref TEXT NOT NULL, alias INTEGER NOT NULL DEFAULT 0,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (source, ref)
) WITHOUT ROWID;
CREATE INDEX source_ids_of_account ON source_ids(account_id);
CREATE TABLE locations (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    label TEXT NOT NULL, street TEXT NOT NULL, city TEXT NOT NULL, state TEXT NOT NULL, postcode TEXT NOT NULL,
    hours TEXT NOT NULL, source TEXT NOT NULL, lat REAL, lon REAL, match_quality TEXT NOT NULL, match_source TEXT NOT NULL,
    match_score REAL NOT NULL, match_note TEXT NOT NULL, match_doubtful INTEGER NOT NULL
);
CREATE INDEX locations_of_account ON locations(account_id);
CREATE TABLE contacts (
    id INTEGER PRIMARY KEY,
    crm_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    first_name TEXT NOT NULL, last_name TEXT NOT NULL, title TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
    mobile TEXT NOT NULL, no_email INTEGER NOT NULL, no_call INTEGER NOT NULL
);
CREATE INDEX contacts_of_account ON contacts(account_id);
CREATE TABLE services (
    id INTEGER PRIMARY KEY,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    location_id INTEGER REFERENCES locations(id) ON DELETE SET NULL,
    billing_number TEXT NOT NULL, product TEXT NOT NULL, mrr_cents INTEGER NOT NULL, term_end TEXT
);
CREATE INDEX services_of_account ON services(account_id);
CREATE INDEX services_of_number ON services(billing_number);
CREATE INDEX services_of_location ON services(location_id);
CREATE TABLE activities (
    id INTEGER PRIMARY KEY,
    crm_id TEXT NOT NULL UNIQUE,
    account_id INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind TEXT NOT NULL, day TEXT NOT NULL, starts TEXT, minutes INTEGER, subject TEXT NOT NULL, owner TEXT NOT NULL,
    status TEXT NOT NULL, note TEXT NOT NULL
);
CREATE INDEX activities_of_account ON activities(account_id, day);
CREATE TABLE import_presets (name TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE distinct_accounts (
    first INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    second INTEGER NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (first, second)
) WITHOUT ROWID;
CREATE INDEX distinct_accounts_second ON distinct_accounts(second);
CREATE INDEX accounts_duplicate_of ON accounts(duplicate_of);
CREATE INDEX plan_stops_of_account ON plan_stops(account_id);
CREATE TABLE kept_places (
    address TEXT PRIMARY KEY, lat REAL, lon REAL, quality TEXT NOT NULL, source TEXT NOT NULL, score REAL NOT NULL,
    text TEXT NOT NULL, note TEXT NOT NULL, doubtful INTEGER NOT NULL, day TEXT NOT NULL
);
CREATE TABLE journal_entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    label TEXT NOT NULL, at TEXT NOT NULL, who TEXT NOT NULL, sample INTEGER NOT NULL, state TEXT NOT NULL, details TEXT NOT NULL
);
CREATE TABLE journal_changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    entry INTEGER NOT NULL, tab TEXT NOT NULL, operation TEXT NOT NULL, row_key TEXT NOT NULL, before TEXT, account_id INTEGER,
    real_0 REAL, real_1 REAL, real_2 REAL, real_3 REAL
);
CREATE INDEX journal_changes_of_entry ON journal_changes(entry);
CREATE INDEX journal_changes_of_account ON journal_changes(account_id);
CREATE TABLE journal_now (entry INTEGER);
INSERT INTO journal_now VALUES (NULL)
"""


@migrations()
def m003_book_and_journal(db: Database) -> None:
    """Contacts, services, activities, locations, ids of every source, flags and custom fields; places kept; the journal."""
    for statement in _BOOK.split(";"):
        db.execute(statement)
    accounts = db.table("accounts")
    for column in ("website", "tags", "notes"):
        accounts.add_column(column, str, not_null_default="")
    for column in ("custom", "origins"):
        accounts.add_column(column, str, not_null_default="{}")
    for column in ("do_not_visit", "do_not_call"):
        accounts.add_column(column, int, not_null_default=0)
    for column in ("kind", "next_step", "forecast_category"):
        db.table("opportunities").add_column(column, str, not_null_default="")
    db.table("opportunities").add_column("closed", int, not_null_default=0)
    db.table("reps").add_column("crm_id", str, not_null_default="")
    db.execute("INSERT INTO source_ids (source, ref, account_id) SELECT 'crm', crm_id, id FROM accounts")


_TRACKING = """\
CREATE TABLE trips (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, state TEXT NOT NULL, purpose TEXT NOT NULL,
    start TEXT NOT NULL, start_lat REAL, start_lon REAL, leave_s INTEGER, nights INTEGER NOT NULL, week TEXT NOT NULL,
    source TEXT NOT NULL, note TEXT NOT NULL, sample INTEGER NOT NULL
);
CREATE INDEX trips_of_day ON trips(sample, first);
CREATE TABLE trip_stops (
    trip_id INTEGER NOT NULL REFERENCES trips(id) ON DELETE CASCADE, position INTEGER NOT NULL,
    day TEXT NOT NULL, name TEXT NOT NULL, lat REAL, lon REAL, account_id INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
    kind TEXT, stop_key TEXT NOT NULL, arrive_s INTEGER, leave_s INTEGER, metres INTEGER, came_s INTEGER, went_s INTEGER, drove_m INTEGER,
    PRIMARY KEY (trip_id, position)
) WITHOUT ROWID;
CREATE INDEX trip_stops_of_account ON trip_stops(account_id);
CREATE TABLE costs (
    id INTEGER PRIMARY KEY, trip_id INTEGER NOT NULL REFERENCES trips(id) ON DELETE CASCADE, day TEXT NOT NULL, kind TEXT NOT NULL,
    cents INTEGER NOT NULL, note TEXT NOT NULL, receipt TEXT NOT NULL
);
CREATE INDEX costs_of_trip ON costs(trip_id);
CREATE TABLE drives (
    id INTEGER PRIMARY KEY, day TEXT NOT NULL, start TEXT NOT NULL, destination TEXT NOT NULL, metres INTEGER NOT NULL,
    source TEXT NOT NULL, kind TEXT NOT NULL, purpose TEXT NOT NULL, account_id INTEGER REFERENCES accounts(id) ON DELETE SET NULL,
    confirmed INTEGER NOT NULL, odometer_start INTEGER, odometer_end INTEGER,
    trip_id INTEGER REFERENCES trips(id) ON DELETE SET NULL, note TEXT NOT NULL, sample INTEGER NOT NULL
);
CREATE INDEX drives_of_day ON drives(sample, day);
CREATE INDEX drives_of_trip ON drives(trip_id);
CREATE INDEX drives_of_account ON drives(account_id);
CREATE TABLE stage_changes (
    id INTEGER PRIMARY KEY, deal TEXT NOT NULL REFERENCES opportunities(crm_id) ON DELETE CASCADE, day TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL
);
CREATE INDEX stage_changes_of_deal ON stage_changes(deal, day)
"""


@migrations()
def m004_trips_visits_drives(db: Database) -> None:
    """Trips with their stops and costs, the mileage log, when deals changed their stage, and all that is to be known of a visit."""
    for statement in _TRACKING.split(";"):
        db.execute(statement)
    visits = db.table("visits")
    for column in (
        "support",
        "timezone",
        "rep",
        "met",
        "topics",
        "sentiment",
        "deal",
        "stage_before",
        "stage_after",
        "next_step",
        "stop_key",
    ):
        visits.add_column(column, str, not_null_default="")
    visits.add_column("kind", str, not_null_default="care")
    for column in ("start_s", "minutes", "trip_id"):
        visits.add_column(column, int)
    for column in ("next_day", "logged_at"):
        visits.add_column(column, str)
    for column in ("next_done", "sample"):
        visits.add_column(column, int, not_null_default=0)
    db.execute("UPDATE visits SET kind = 'capture' WHERE account_id IN (SELECT id FROM accounts WHERE kind = 'prospect')")
    db.execute("UPDATE visits SET sample = 1 WHERE account_id IN (SELECT id FROM accounts WHERE sample)")
    visits.transform(not_null={"account_id": False})  # help at no account
    db.table("visits").create_index(["sample", "day"])


_VIEWS = """\
CREATE TABLE account_views (
    name TEXT NOT NULL, sample INTEGER NOT NULL, document TEXT NOT NULL,
    PRIMARY KEY (name, sample)
) WITHOUT ROWID
"""


@migrations()
def m005_account_views(db: Database) -> None:
    """The ways to look at the accounts that she has saved."""
    db.execute(_VIEWS)
