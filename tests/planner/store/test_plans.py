"""Versions of plans: what is kept, what is let go, and what an older Roadbook or a damaged disk left behind."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from planner.errors import UserProblem
from planner.model.accounts import Account, AccountKind
from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace, PostalAddress
from planner.model.week import DayPlan, LeftOut, Lock, Stop, Term, VisitKind, WeekPlan, WhyNot
from planner.store import plans
from planner.store.accounts import all_accounts, save_accounts
from planner.store.database import connection, prepare, transaction
from planner.store.plan_document import from_document, to_document

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
HOTEL = NamedPlace("Hotel", LatLon(40.6, -77.57))
WEEK = IsoWeek(2026, 49)
ACCOUNT = Account(0, "001", "Salon Beautiful", AccountKind.PROSPECT, PostalAddress("1 Main St", "Bellefonte", "PA", "16823"))


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    prepare(tmp_path / "roadbook.sqlite")
    with connection(tmp_path / "roadbook.sqlite") as opened:
        yield opened


def plan_with(account_id: int | None, title: str = "Salon Beautiful", week: IsoWeek = WEEK) -> WeekPlan:
    stop = Stop(
        "a1", title, VisitKind.CAPTURE, LatLon(40.8, -77.85), 30_000, 30_600, 33_300, 600, 5_000, 31.5, account_id,
        binding="closes at 17:00", lock=Lock.TIME, rep="Rep B", block="downtown",
    )  # fmt: skip
    call = Duty("u", "Call", week.day(0), 55_800, 58_500)
    day = DayPlan(week.day(0), HOME, HOTEL, 29_400, 34_000, (stop,), 700, 5_100, (42_000, 44_700), (call,), away=True, keep_order=True)
    left = LeftOut("a2", "Hoag's", VisitKind.CARE, 3.0, WhyNot.NOT_DUE, "Visited 9 days ago, due in 21", 2)
    return WeekPlan(week, "America/New_York", (day,), (left,), {"a1": (Term("Tier A", 6.0),)}, (Term("Driving", -2.5),))


def titled(title: str) -> WeekPlan:
    return plan_with(None, title)


def ids(db: Database, *, sample: bool = False) -> list[int]:
    return [version.id for version in plans.versions(db, WEEK, sample=sample)]


def test_a_plan_is_a_version_of_its_week(db: Database):
    save_accounts(db, [ACCOUNT])
    (kept,) = all_accounts(db)
    plans.save_plan(db, plan_with(kept.id, "first"), sample=False)
    plans.save_plan(db, plan_with(kept.id, "second"), sample=False)
    found = plans.newest_plan(db, WEEK, sample=False)
    assert found is not None
    assert found[0] == plan_with(kept.id, "second")
    assert plans.plan_version(db, WEEK, sample=False) == 2
    assert plans.newest_plan(db, IsoWeek(2026, 48), sample=False) is None
    assert plans.newest_plan(db, WEEK, sample=True) is None


def test_versions_are_told_newest_first_with_how_they_came_about(db: Database):
    first = plans.save_plan(db, titled("first"), sample=False, label="Plan week 49")
    second = plans.save_plan(db, titled("second"), sample=False, label="Move Uni-Mart to Wed 10:15")
    plans.save_plan(db, titled("fictional"), sample=True, label="Plan week 49")
    plans.save_plan(db, plan_with(None, week=IsoWeek(2026, 50)), sample=False, label="Plan week 50")
    newest, oldest = plans.versions(db, WEEK, sample=False)
    assert (newest.id, newest.label, newest.value) == (second, "Move Uni-Mart to Wed 10:15", 29.0)
    assert (oldest.id, oldest.label, oldest.name, oldest.week) == (first, "Plan week 49", "", WEEK)
    assert newest.made_at.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - newest.made_at) < timedelta(minutes=1)


def test_a_version_is_found_by_its_number_on_its_own_side_of_the_sample(db: Database):
    own, fictional = plans.save_plan(db, titled("own"), sample=False), plans.save_plan(db, titled("fictional"), sample=True)
    assert plans.plan_by_id(db, own) == titled("own")
    assert plans.plan_by_id(db, 99) is None
    assert plans.version_by_id(db, fictional, sample=False) is None
    version = plans.version_by_id(db, fictional, sample=True)
    assert version is not None
    assert version.id == fictional


def test_a_name_can_be_given_changed_and_taken_off(db: Database):
    kept = plans.save_plan(db, titled("first"), sample=False, label="Plan week 49")
    for name in ("Before Uni-Mart", "Ünï'corn; DROP TABLE plans", ""):
        plans.name_version(db, kept, name)
        (version,) = plans.versions(db, WEEK, sample=False)
        assert version.name == name
        assert version.title == (name or "Plan week 49")


def test_old_versions_without_a_name_are_let_go(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans, "KEPT", 3)
    other_week = plans.save_plan(db, plan_with(None, week=IsoWeek(2026, 50)), sample=False)
    fictional = plans.save_plan(db, titled("fictional"), sample=True)
    named = plans.save_plan(db, titled("named"), sample=False)
    plans.name_version(db, named, "Keep me")
    made = [plans.save_plan(db, titled(str(number)), sample=False) for number in range(5)]
    assert ids(db) == [made[4], made[3], made[2], named]
    assert ids(db, sample=True) == [fictional]
    assert plans.plan_by_id(db, other_week) is not None
    plans.name_version(db, named, "")
    made.append(plans.save_plan(db, titled("last"), sample=False))
    assert ids(db) == [made[5], made[4], made[3]]


def test_a_hundred_versions_stay(db: Database):
    made = [plans.save_plan(db, titled(str(number)), sample=False) for number in range(plans.KEPT + 2)]
    assert ids(db) == made[:1:-1]
    assert len(ids(db)) == 100


def test_the_stops_of_a_version_go_with_it(db: Database, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans, "KEPT", 1)
    save_accounts(db, [ACCOUNT])
    (kept,) = all_accounts(db)
    plans.save_plan(db, plan_with(kept.id), sample=False)
    newest = plans.save_plan(db, plan_with(kept.id), sample=False)
    assert list(db.table("plan_stops").rows) == [{"plan_id": newest, "account_id": kept.id, "day": "2026-11-30", "start_s": 30_600}]


def test_a_save_that_fails_lets_nothing_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plans, "KEPT", 1)
    path = tmp_path / "roadbook.sqlite"
    prepare(path)
    with transaction(path, None) as db:
        first = plans.save_plan(db, titled("first"), sample=False)

    def fail_after_saving():
        with transaction(path, None) as db:
            plans.save_plan(db, titled("second"), sample=False)
            assert ids(db) != [first]
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_saving()
    with connection(path) as db:
        assert ids(db) == [first]


def test_a_save_of_its_own_is_one_transaction(db: Database):
    plans.save_plan(db, titled("first"), sample=False)
    db.execute("CREATE TRIGGER hold BEFORE INSERT ON plan_stops BEGIN SELECT RAISE(ABORT, 'held'); END")
    save_accounts(db, [ACCOUNT])
    (kept,) = all_accounts(db)
    with pytest.raises(sqlite3.IntegrityError, match="held"):
        plans.save_plan(db, plan_with(kept.id), sample=False)
    assert len(ids(db)) == 1


def test_a_plan_whose_account_is_gone_can_be_kept_again(db: Database):
    plans.save_plan(db, plan_with(4711), sample=False)
    found = plans.newest_plan(db, WEEK, sample=False)
    assert found is not None
    assert found[0] == plan_with(4711)
    assert list(db.table("plan_stops").rows) == []


@given(st.text(max_size=40), st.floats(0, 1e6), st.integers(0, 86_400))
def test_any_plan_survives_being_written_and_read(title: str, value: float, start_s: int):
    stop = Stop("k", title, VisitKind.SUPPORT, LatLon(1.5, -2.25), start_s, start_s, start_s + 60, 0, 0, value)
    day = DayPlan(date(2026, 12, 31), HOME, HOME, 0, 86_400, (stop,), 0, 0)
    plan = WeekPlan(IsoWeek(2026, 53), "UTC", (day,))
    assert from_document(to_document(plan)) == plan


def test_a_plan_of_the_first_roadbook_is_still_read():
    document = json.loads(to_document(plan_with(1)))
    del document["costs"]
    for day in document["days"]:
        del day["away"], day["keep_order"]
        for stop in day["stops"]:
            del stop["binding"], stop["lock"], stop["rep"], stop["block"]
    plan = from_document(json.dumps(document))
    (day,), (stop,) = plan.days, plan.days[0].stops
    assert (plan.week, plan.value, plan.costs) == (WEEK, 31.5, ())
    assert (day.away, day.keep_order) == (False, False)
    assert (stop.title, stop.start_s, stop.binding, stop.lock, stop.rep, stop.block) == ("Salon Beautiful", 30_600, "", Lock.NONE, "", "")


@pytest.mark.parametrize("document", ["", "{", "null", "[]", "{}", '{"week": 3}', to_document(titled("cut short"))[:-40], b"\xff\x00\x10"])
def test_a_damaged_plan_is_told_plainly(db: Database, document: str | bytes):
    plan_id = plans.save_plan(db, titled("first"), sample=False)
    db.table("plans").update(plan_id, {"document": document})
    with pytest.raises(UserProblem, match=f"Version {plan_id} of the plan of week 2026-W49 cannot be read"):
        plans.newest_plan(db, WEEK, sample=False)
    with pytest.raises(UserProblem, match="damaged"):
        plans.plan_by_id(db, plan_id)
    assert ids(db) == [plan_id]
