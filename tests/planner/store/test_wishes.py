"""Wishes as rows: they come back as they were kept, one that wants nothing is no row, and they go with their account."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.model.wishes import Wish
from planner.store.accounts import all_accounts, save_accounts
from planner.store.database import connection, prepare
from planner.store.wishes import all_wishes, save_wish


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    prepare(tmp_path / "roadbook.sqlite")
    with connection(tmp_path / "roadbook.sqlite") as opened:
        names = ("Ada's Diner", "Weis")
        save_accounts(opened, [Account(0, name, name, AccountKind.CLIENT, PostalAddress("1 Main St")) for name in names])
        yield opened


days = st.dates(date(2020, 1, 1), date(2040, 1, 1)) | st.none()
wishes = st.builds(
    Wish,
    account_id=st.just(1),
    boost=st.floats(-200, 200),
    must=st.booleans(),
    deadline=days,
    weekdays=st.sets(st.integers(0, 6)).map(lambda found: tuple(sorted(found))),
    cadence_days=st.integers(1, 730) | st.none(),
    visit_minutes=st.integers(5, 600) | st.none(),
    contract_end=days,
)


@given(wishes)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_wish_comes_back_as_it_was_kept(db: Database, wish: Wish):
    save_wish(db, wish)
    assert all_wishes(db) == ({} if wish == Wish(1) else {1: wish})


def test_a_wish_that_wants_nothing_is_no_row(db: Database):
    save_wish(db, Wish(1, boost=5.0))
    save_wish(db, Wish(2, must=True))
    save_wish(db, Wish(1))
    assert all_wishes(db) == {2: Wish(2, must=True)}
    assert db.table("wishes").count == 1


def test_a_wish_goes_with_its_account_and_stays_when_that_is_saved_again(db: Database):
    save_wish(db, Wish(1, boost=5.0))
    save_accounts(db, all_accounts(db))
    assert all_wishes(db) == {1: Wish(1, boost=5.0)}
    db.execute("DELETE FROM accounts WHERE id = 1")
    assert all_wishes(db) == {}
