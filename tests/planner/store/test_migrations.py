"""A database of each schema that has shipped opens, keeps what is in it, and works."""

import importlib.util
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlite_utils import Database, Migrations

from planner.model.accounts import Rep
from planner.model.backups import BackupReason
from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.model.wishes import Wish
from planner.store import plans
from planner.store.accounts import all_accounts, all_opportunities, all_reps, set_rep_hours
from planner.store.backups import list_backups
from planner.store.calendar import all_events, replace_events
from planner.store.checks import check
from planner.store.database import connection, prepare
from planner.store.migrations import migrations
from planner.store.plan_document import to_document
from planner.store.settings import read_settings
from planner.store.visits import visits_of
from planner.store.wishes import all_wishes, save_wish
from planner.usecases.wishes import get_wish, set_wish
from planner.usecases.workspace import open_workspace

_spec = importlib.util.spec_from_file_location("make_schemas", Path(__file__).parent / "schemas" / "make.py")
make_schemas = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(make_schemas)

STEPS = [step.name[:4] for step in migrations._migrations]
FIRST = "m001_accounts_plans_visits"
WEEK = IsoWeek(2026, 49)
HOME = NamedPlace("Home", LatLon(40.79, -77.86))
ZONE = ZoneInfo("America/New_York")
MEETING = CalendarEvent("staff", "Staff", datetime(2026, 11, 30, 8, 30, tzinfo=ZONE), datetime(2026, 11, 30, 10, tzinfo=ZONE), "Office")


def plan() -> WeekPlan:
    stop = Stop("account-1", "Weis", VisitKind.CARE, LatLon(40.8, -77.8), 30_000, 30_600, 33_300, 600, 5_000, 12.5, 1)
    return WeekPlan(WEEK, "America/New_York", (DayPlan(WEEK.day(0), HOME, HOME, 29_400, 34_000, (stop,), 700, 5_100),))


def first_schema(path: Path) -> None:
    """A database as the first Roadbook wrote it, with a row in each table that has changed since."""
    first = Migrations("roadbook")
    first._migrations = [step for step in migrations._migrations if step.name == FIRST]
    with connection(path) as db:
        first.apply(db)
        address = {"street": "1 Main St", "city": "State College", "state": "PA", "postcode": "16801"}
        placed = {"lat": 40.8, "lon": -77.8, "match_quality": "rooftop", "match_source": "", "match_score": 1.0, "match_note": ""}
        other = {"owner": "Rep A", "industry": "", "phone": "", "rating": "", "tier": "A", "hours": "", "match_doubtful": 0, "sample": 0}
        db.table("accounts").insert({"id": 1, "crm_id": "001", "name": "Weis", "kind": "client"} | address | placed | other)
        rep = {"name": "Rep A", "role": "Account Executive", "email": "", "quota_cents": 500_000, "skills": "TV", "sample": 0}
        db.table("reps").insert(rep | address | {"lat": None, "lon": None})
        moments = {"start": "2026-11-30T13:30:00+00:00", "end": "2026-11-30T15:00:00+00:00", "timezone": "America/New_York"}
        words = {"uid": "staff", "title": "Staff", "location": "Office", "rrule": "", "exdates": "[]"}
        flags = {"all_day": 0, "busy": 1, "private": 0, "cancelled": 0, "sample": 0}
        db.table("events").insert(words | moments | flags | {"lat": None, "lon": None})
        document = json.loads(to_document(plan()))
        del document["costs"]
        kept = {"week": "2026-W49", "made_at": "2026-11-23T09:00:00+00:00", "value": 12.5, "document": json.dumps(document), "sample": 0}
        db.table("plans").insert(kept)
        db.table("plan_stops").insert({"plan_id": 1, "account_id": 1, "day": "2026-11-30", "start_s": 30_600})
        db.table("settings").insert({"key": "home", "value": "1 Main St", "sample": 0})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "roadbook.sqlite"
    first_schema(path)
    return path


@pytest.fixture
def db(path: Path) -> Iterator[Database]:
    prepare(path)
    with connection(path) as opened:
        yield opened


def test_the_database_is_that_of_the_first_schema(path: Path):
    with connection(path) as db:
        assert [step.name for step in migrations.applied(db)] == [FIRST]
        assert "wishes" not in db.table_names()
        assert "rep" not in db.table("events").columns_dict


def test_its_plans_reps_events_and_settings_are_kept(db: Database):
    assert migrations.pending(db) == []
    found = plans.newest_plan(db, WEEK, sample=False)
    assert found is not None
    assert found[0] == plan()
    (version,) = plans.versions(db, WEEK, sample=False)
    assert (version.id, version.name, version.label, version.title) == (1, "", "", "Plan week 49")
    assert plans.planned_accounts(db, sample=False) == {WEEK.day(0): [1]}
    (rep,) = all_reps(db, sample=False)
    assert (rep.name, rep.quota_cents, rep.skills, rep.hours) == ("Rep A", 500_000, ("TV",), "")
    assert all_events(db, sample=False) == [MEETING]
    assert [account.name for account in all_accounts(db)] == ["Weis"]


def test_what_is_new_works_on_it(db: Database):
    save_wish(db, Wish(1, boost=5.0))
    assert all_wishes(db) == {1: Wish(1, boost=5.0)}
    set_rep_hours(db, "Rep A", "Mo-Th 09:00-16:00", sample=False)
    assert all_reps(db, sample=False)[0].hours == "Mo-Th 09:00-16:00"
    replace_events(db, [MEETING], sample=False, rep="Rep A")
    assert len(all_events(db, sample=False)) == len(all_events(db, sample=False, rep="Rep A")) == 1
    plans.save_plan(db, plan(), sample=False, label="Plan week 49")
    plans.name_version(db, 1, "Before the fair")
    assert [version.title for version in plans.versions(db, WEEK, sample=False)] == ["Plan week 49", "Before the fair"]


def test_a_workspace_with_it_opens_and_opens_again(path: Path):
    with open_workspace(path.parent) as workspace:
        set_wish(workspace, 1, must=True)
    with open_workspace(path.parent) as workspace:
        assert get_wish(workspace, 1) == Wish(1, must=True)
        with workspace.reading() as db:
            assert isinstance(all_reps(db, sample=False)[0], Rep)
            assert plans.versions(db, WEEK, sample=False)[0].week == WEEK


def stored(schema: str) -> str:
    file = make_schemas.HERE / f"{schema}.sql"
    assert file.exists(), f"write down what the new schema looks like: PYTHONPATH=. python tests/planner/store/schemas/make.py {schema}"
    return file.read_text(encoding="utf-8")


@pytest.fixture(params=STEPS)
def stored_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A database of each schema, as it was written down when that shipped."""
    make_schemas.database_from(stored(request.param), tmp_path / "roadbook.sqlite")
    return tmp_path / "roadbook.sqlite"


def test_each_schema_is_stored_and_only_those():
    assert sorted(path.stem for path in make_schemas.HERE.glob("*.sql")) == STEPS


@pytest.mark.parametrize("schema", STEPS)
def test_a_step_that_has_shipped_is_not_changed(schema: str, tmp_path: Path):
    """When it has not shipped yet, its file is made again instead."""
    for name, dump in (("now", make_schemas.dump_of(schema)), ("stored", stored(schema))):
        make_schemas.database_from(dump, tmp_path / name)
    assert shape_of(tmp_path / "now") == shape_of(tmp_path / "stored")
    assert rows_of(tmp_path / "now") == rows_of(tmp_path / "stored")


def test_every_table_of_a_stored_schema_holds_a_row(stored_path: Path):
    assert [table for table, rows in rows_of(stored_path).items() if not rows] == []


def test_a_database_of_each_schema_is_migrated_whole_and_read(stored_path: Path):
    with open_workspace(stored_path.parent) as workspace, workspace.reading() as db:
        assert migrations.pending(db) == []
        assert check(db) == []
        assert {account.id: account.crm_id for account in all_accounts(db)} == {1: "001", 2: "002"}
        assert all_accounts(db)[0].name == "O'Hara & Söhne <b>"
        assert [deal.amount_cents for deal in all_opportunities(db)] == [240_000]
        assert [rep.skills for rep in all_reps(db, sample=False)] == [("TV", "Voice")]
        assert [event.title for event in all_events(db, sample=False)] == ["Staff"]
        assert [visit.note for visit in visits_of(db, 1)] == ["met the owner"]
        found = plans.newest_plan(db, WEEK, sample=False)
        assert found is not None
        assert found[0].week == WEEK
        assert plans.planned_accounts(db, sample=False) == {WEEK.day(0): [1]}
        assert read_settings(db).text("home") == "1 Main St"


def test_a_migrated_database_has_the_schema_of_a_new_one(stored_path: Path, tmp_path: Path):
    prepare(stored_path)
    prepare(tmp_path / "new.sqlite")
    assert shape_of(stored_path) == shape_of(tmp_path / "new.sqlite")


def shape_of(path: Path) -> dict[str, object]:
    """The tables with their columns, keys and indexes, and the triggers; not their words, which libraries write in many ways."""
    with connection(path) as db:
        tables = {
            table.name: (
                [(column.name, column.type, column.notnull, column.is_pk) for column in table.columns],
                sorted((key.column, key.other_table, key.other_column) for key in table.foreign_keys),
                sorted((index.name, index.unique, tuple(index.columns)) for index in table.indexes if index.origin == "c"),
            )
            for table in db.tables
        }
        return tables | {"triggers": sorted(trigger.name for trigger in db.triggers)}


def rows_of(path: Path) -> dict[str, list[str]]:
    with connection(path) as db:
        return {table.name: sorted(map(repr, table.rows)) for table in db.tables}


def test_what_an_older_roadbook_kept_is_backed_up_before_it_is_migrated(stored_path: Path):
    before = shape_of(stored_path)
    prepare(stored_path)
    after, made = shape_of(stored_path), list_backups(stored_path)
    assert [each.reason for each in made] == [BackupReason.MIGRATION] * (before != after)
    assert [shape_of(each.path) for each in made] == [before] * len(made)


def test_an_empty_database_needs_no_backup(tmp_path: Path):
    prepare(tmp_path / "roadbook.sqlite")
    assert not (tmp_path / "backups").exists()


def test_a_migration_that_fails_leaves_the_old_schema(path: Path, monkeypatch: pytest.MonkeyPatch):
    before = shape_of(path)

    def fail(_db: Database) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("planner.store.database.install_triggers", fail)
    with pytest.raises(ZeroDivisionError):
        prepare(path)
    assert shape_of(path) == before
