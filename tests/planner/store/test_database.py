import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind, Opportunity, Rep, Tier, VisitOutcome
from planner.model.calendar import CalendarEvent
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.model.tracking import Visit
from planner.store import accounts as rows
from planner.store import visits as visit_rows
from planner.store.calendar import all_events, replace_events
from planner.store.database import connection, prepare, transaction
from planner.store.sample import delete_sample, has_sample
from planner.store.settings import read_settings, write_setting

ACCOUNT = Account(
    id=0,
    crm_id="001Dn000000pIlsIAE",
    name="Ünï'corn; DROP TABLE accounts",
    kind=AccountKind.PROSPECT,
    address=PostalAddress("409 S Pugh St", "State College", "PA", "16801"),
    employees=40,
    annual_revenue_cents=228_000_000,
    tier=Tier.A,
    last_activity=date(2026, 7, 26),
    place=LatLon(40.792784, -77.855752),
    match_quality=MatchQuality.ROOFTOP,
    match_score=0.98,
)
DEAL = Opportunity("006A", ACCOUNT.crm_id, "Fiber", "Prospecting", 150_000, 0.1, date(2027, 1, 22), "Rep B")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    prepare(tmp_path / "roadbook.sqlite")
    return tmp_path / "roadbook.sqlite"


def test_a_new_database_has_foreign_keys_wal_and_full_sync(path: Path):
    with connection(path) as db:
        assert db.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert db.execute("PRAGMA synchronous").fetchone() == (2,)
        assert {"accounts", "opportunities", "reps", "events", "plans", "plan_stops", "visits", "settings"} <= set(db.table_names())


def test_preparing_twice_changes_nothing(path: Path):
    with transaction(path, None) as db:
        rows.save_accounts(db, [ACCOUNT])
    prepare(path)
    with connection(path) as db:
        assert len(rows.all_accounts(db)) == 1


def test_an_account_comes_back_as_it_was_kept(path: Path):
    with transaction(path, None) as db:
        rows.save_accounts(db, [ACCOUNT])
    with connection(path) as db:
        (kept,) = rows.all_accounts(db)
    assert kept.id > 0
    assert {f: getattr(kept, f) for f in kept.__slots__ if f != "id"} == {f: getattr(ACCOUNT, f) for f in ACCOUNT.__slots__ if f != "id"}


def test_saving_a_known_account_rewrites_it_and_keeps_what_hangs_on_it(path: Path):
    with transaction(path, None) as db:
        rows.save_accounts(db, [ACCOUNT])
        rows.save_opportunities(db, [DEAL])
    with transaction(path, None) as db:
        (kept,) = rows.all_accounts(db)
        visit_rows.save_visit(db, Visit(0, kept.id, date(2026, 11, 1), VisitOutcome.MET, "met the owner"))
        rows.save_accounts(db, [Account(**{f: getattr(kept, f) for f in kept.__slots__} | {"name": "Renamed"})])
    with connection(path) as db:
        assert rows.all_accounts(db)[0].name == "Renamed"
        assert rows.all_opportunities(db) == [DEAL]
        assert visit_rows.visits_of(db, kept.id)[0].note == "met the owner"


def test_a_block_that_raises_keeps_nothing(path: Path):
    def fail_half_way():
        with transaction(path, None) as db:
            rows.save_accounts(db, [ACCOUNT])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with connection(path) as db:
        assert rows.all_accounts(db) == []


def test_an_opportunity_without_its_account_is_refused(path: Path):
    with pytest.raises(sqlite3.IntegrityError), transaction(path, None) as db:
        rows.save_opportunities(db, [DEAL])


def test_the_last_visit_counts_only_with_an_outcome_that_resets(path: Path):
    with transaction(path, None) as db:
        rows.save_accounts(db, [ACCOUNT])
        (kept,) = rows.all_accounts(db)
        visit_rows.save_visit(db, Visit(0, kept.id, date(2026, 11, 2), VisitOutcome.MET))
        visit_rows.save_visit(db, Visit(0, kept.id, date(2026, 11, 9), VisitOutcome.NO_SHOW))
        last = visit_rows.last_visits(db, (VisitOutcome.MET, VisitOutcome.PHONE))
    assert last == {kept.id: date(2026, 11, 2)}


def test_duplicates_are_marked_and_unmarked(path: Path):
    twin = Account(**{f: getattr(ACCOUNT, f) for f in ACCOUNT.__slots__} | {"crm_id": "001B"})
    with transaction(path, None) as db:
        rows.save_accounts(db, [ACCOUNT, twin])
        first, second = (next(a.id for a in rows.all_accounts(db) if a.crm_id == crm_id) for crm_id in (ACCOUNT.crm_id, "001B"))
        rows.mark_duplicate(db, second, first)
        assert {account.id: account.duplicate_of for account in rows.all_accounts(db)} == {first: None, second: first}
        rows.mark_duplicate(db, second, None)
        assert all(account.duplicate_of is None for account in rows.all_accounts(db))


def test_events_come_back_in_their_zone_and_replace_their_uid(path: Path):
    zone = ZoneInfo("America/New_York")
    event = CalendarEvent(
        "u1",
        "Staff",
        datetime(2026, 9, 7, 8, 30, tzinfo=zone),
        datetime(2026, 9, 7, 10, tzinfo=zone),
        "Office",
        "FREQ=WEEKLY;BYDAY=MO",
        (datetime(2026, 11, 23, 8, 30, tzinfo=zone),),
    )
    with transaction(path, None) as db:
        replace_events(db, [event], sample=False)
        replace_events(db, [event], sample=False)
        (kept,) = all_events(db, sample=False)
    assert kept == event
    assert str(kept.start.tzinfo) == "America/New_York"
    assert kept.start.astimezone(UTC).hour == 12


def test_reps_of_the_sample_do_not_cover_the_users_own(path: Path):
    own, fictional = Rep("Rep A", "Account Executive", quota_cents=500_000, skills=("TV", "Voice")), Rep("Rep A", "Account Manager")
    with transaction(path, None) as db:
        rows.save_reps(db, [own], sample=False)
        rows.save_reps(db, [fictional], sample=True)
        assert rows.all_reps(db, sample=False) == [own]
        assert rows.all_reps(db, sample=True) == [fictional]


def test_taking_the_sample_out_leaves_the_users_own_rows(path: Path):
    fictional = Account(**{f: getattr(ACCOUNT, f) for f in ACCOUNT.__slots__} | {"crm_id": "001S", "sample": True})
    with transaction(path, None) as db:
        rows.save_accounts(db, [ACCOUNT, fictional])
        write_setting(db, "home", "1 Main St")
        write_setting(db, "home", "9 Fiction Rd", sample=True)
        assert has_sample(db)
        assert read_settings(db, sample=True).text("home") == "9 Fiction Rd"
        delete_sample(db)
        assert not has_sample(db)
        assert [account.crm_id for account in rows.all_accounts(db)] == [ACCOUNT.crm_id]
        assert read_settings(db, sample=True).text("home") == "1 Main St"


def test_a_damaged_database_is_told_plainly_and_left_alone(tmp_path: Path):
    path = tmp_path / "roadbook.sqlite"
    path.write_bytes(b"this is not a database, but a letter to my aunt" * 40)
    before = path.read_bytes()
    with pytest.raises(UserProblem, match="cannot be opened"):
        prepare(path)
    assert path.read_bytes() == before


def opening(told: Callable[[sqlite3.Connection], object], uri: str = "{path}") -> Callable[..., sqlite3.Connection]:
    """What stands for `sqlite3.connect`: a real connection that waits for nobody, with something told to it first."""
    connect = sqlite3.connect

    def open_it(path: Path, **_options: object) -> sqlite3.Connection:
        raw = connect(uri.format(path=path), timeout=0, uri=uri.startswith("file:"))
        told(raw)
        return raw

    return open_it


def test_a_full_disk_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sqlite3, "connect", opening(lambda raw: raw.execute("PRAGMA max_page_count = 3")))
    with pytest.raises(UserProblem, match="no room left") as told:
        prepare(tmp_path / "roadbook.sqlite")
    assert "backup" not in told.value.remedy


def test_a_database_that_may_not_be_written_is_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "roadbook.sqlite"
    sqlite3.connect(path).close()
    path.touch()
    monkeypatch.setattr(sqlite3, "connect", opening(lambda _raw: None, "file:{path}?mode=ro"))
    with pytest.raises(UserProblem, match="may not be written") as told:
        prepare(path)
    assert "backup" not in told.value.remedy


def test_a_folder_in_the_place_of_the_database_is_no_damage(tmp_path: Path):
    (tmp_path / "roadbook.sqlite").mkdir()
    with pytest.raises(UserProblem, match="cannot be used now"):
        prepare(tmp_path / "roadbook.sqlite")


def test_a_database_that_another_program_holds_is_told_as_such(path: Path, monkeypatch: pytest.MonkeyPatch):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(sqlite3, "connect", opening(lambda _raw: None))
        with pytest.raises(UserProblem, match="Another program holds it"):
            prepare(path)


def test_a_data_folder_that_cannot_be_made_is_told_plainly(tmp_path: Path):
    (tmp_path / "home").write_text("a file", encoding="utf-8")
    with pytest.raises(UserProblem, match="cannot be made"):
        prepare(tmp_path / "home" / "roadbook.sqlite")


def test_a_database_of_a_newer_roadbook_is_refused(path: Path):
    with transaction(path, None) as db:
        db.table("_sqlite_migrations").insert({"migration_set": "roadbook", "name": "m999_the_future", "applied_at": "2030"})
    with pytest.raises(UserProblem, match="newer Roadbook"):
        prepare(path)
