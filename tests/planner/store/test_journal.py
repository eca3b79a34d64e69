"""Whatever is done inside entries of the journal, undoing them brings the database back, and redoing them forward, to the last bit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from planner.model.accounts import Account, AccountKind, Contact, Opportunity, Service, VisitOutcome
from planner.model.imports import Source
from planner.model.journal import EntryState
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.model.tracking import Visit
from planner.model.wishes import Wish
from planner.store import accounts as rows
from planner.store import book, journal
from planner.store import visits as visit_rows
from planner.store.database import connection, prepare, transaction
from planner.store.merging import move_all
from planner.store.settings import write_setting
from planner.store.wishes import save_wish

TEXT = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ["", "NULL", "'; DROP TABLE accounts; --", "\x00", "1e400", "{}"]
)
DEGREES = st.floats(-90, 90, allow_nan=False)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("journal") / "roadbook.sqlite"
    prepare(path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "roadbook.sqlite"
    prepare(path)
    return path


def dump(db: Database) -> list[str]:
    """Every row of every table but the journal's own, in an order of its own."""
    tables = [table for table in db.table_names() if not table.startswith(("journal", "sqlite_", "_"))]
    return sorted(f"{table} {row!r}" for table in tables for row in db.table(table).rows)


def account(crm_id: str, name: str = "Ada", lat: float | None = None) -> Account:
    place = LatLon(lat, lat) if lat is not None else None
    return Account(0, crm_id, name, AccountKind.CLIENT, PostalAddress("1 Main St"), place=place, match_quality=MatchQuality.ROOFTOP)


class Writer:
    """Does one thing after another to a database, chosen by drawn numbers."""

    def __init__(self, db: Database) -> None:
        self.db = db

    def ids(self) -> list[int]:
        return [one.id for one in rows.all_accounts(self.db)]

    def do(self, what: int, pick: int, text: str, degrees: float) -> None:
        ids = self.ids()
        if what == 0 or not ids:
            rows.save_accounts(
                self.db, [account(f"id-{text}-{degrees!r}", text, degrees)] if f"id-{text}-{degrees!r}" not in self.crm() else []
            )
            return
        chosen = ids[pick % len(ids)]
        steps = [
            lambda: rows.save_accounts(
                self.db, [account(f"id-{text}-{degrees!r}", text, degrees)] if f"id-{text}-{degrees!r}" not in self.crm() else []
            ),
            lambda: self.change(chosen, text, degrees),
            lambda: rows.delete_accounts(self.db, [chosen]),
            lambda: book.save_contacts(
                self.db, [Contact(0, f"{text}{degrees!r}", chosen, last_name=text)] if not self.contact(f"{text}{degrees!r}") else []
            ),
            lambda: book.save_services(self.db, [Service(0, chosen, text, "TV", pick * 10**9, date(2027, 1, 1))]),
            lambda: visit_rows.save_visit(self.db, Visit(0, chosen, date(2026, 11, 2), VisitOutcome.MET, text)),
            lambda: save_wish(self.db, Wish(chosen, boost=degrees, must=bool(pick % 2))),
            lambda: write_setting(self.db, "office", text),
            lambda: self.deal(chosen, text, degrees),
            lambda: (
                move_all(self.db, rows.account_by_id(self.db, chosen), rows.account_by_id(self.db, ids[0])) if chosen != ids[0] else None
            ),
            lambda: book.save_source_ids(self.db, [(Source.BILLING, text, chosen)]),
            lambda: rows.mark_duplicate(self.db, chosen, ids[0] if ids[0] != chosen else None),
        ]
        steps[what % len(steps)]()

    def crm(self) -> set[str]:
        return {one.crm_id for one in rows.all_accounts(self.db)}

    def contact(self, crm_id: str) -> bool:
        return any(one.crm_id == crm_id for one in book.all_contacts(self.db))

    def change(self, chosen: int, text: str, degrees: float) -> None:
        self.db.execute("UPDATE accounts SET name = ?, lat = ?, lon = ? WHERE id = ?", [text, degrees, degrees / 3, chosen])

    def deal(self, chosen: int, text: str, degrees: float) -> None:
        owner = rows.account_by_id(self.db, chosen)
        rows.save_opportunities(self.db, [Opportunity(f"deal {text}", owner.crm_id, text, "Prospecting", 100, abs(degrees) / 90, None)])


STEP = st.tuples(st.integers(0, 11), st.integers(0, 9), TEXT, DEGREES)


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(st.lists(st.lists(STEP, min_size=1, max_size=4), min_size=1, max_size=8))
def test_undoing_and_redoing_goes_through_the_same_states(empty: Path, tmp_path_factory, verbs):
    path = tmp_path_factory.mktemp("one") / "roadbook.sqlite"
    with connection(empty) as db:
        db.execute("VACUUM INTO ?", [str(path)])
    states = []
    for number, steps in enumerate(verbs):
        with connection(path) as db:
            states.append(dump(db))
        with transaction(path, f"Step {number}") as db:
            for step in steps:
                Writer(db).do(*step)
    with connection(path) as db:
        last = dump(db)
        done = [entry.label for entry in reversed(journal.entries(db, sample=False))]
    seen = []
    for label in reversed(done):
        with transaction(path, None) as db:
            entry = journal.next_to_undo(db, sample=False)
            assert entry is not None
            assert entry.label == label
            journal.undo(db, entry)
            assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        with connection(path) as db:
            assert dump(db) == states[int(label.split()[1])]
            seen.append(dump(db))
    for label, before in zip(done, reversed(seen), strict=True):
        with transaction(path, None) as db:
            assert dump(db) == before
            entry = journal.next_to_redo(db, sample=False)
            assert entry is not None
            assert entry.label == label
            journal.redo(db, entry)
    with connection(path) as db:
        assert dump(db) == last
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def add(path: Path, crm_id: str, label: str | None = "Add", *, sample: bool = False) -> None:
    with transaction(path, label, sample=sample) as db:
        rows.save_accounts(db, [account(crm_id)])


def turn(path: Path, *, back: bool = True, sample: bool = False) -> str | None:
    with transaction(path, None) as db:
        entry = journal.next_to_undo(db, sample=sample) if back else journal.next_to_redo(db, sample=sample)
        if entry is None:
            return None
        (journal.undo if back else journal.redo)(db, entry)
        return entry.label


def test_what_is_done_after_an_undo_drops_what_could_be_redone_but_leaves_it_in_the_list(path: Path):
    add(path, "1", "One")
    add(path, "2", "Two")
    turn(path)
    add(path, "3", "Three")
    assert turn(path, back=False) is None
    with connection(path) as db:
        assert [(entry.label, entry.state) for entry in journal.entries(db, sample=False)] == [
            ("Three", EntryState.DONE),
            ("Two", EntryState.DROPPED),
            ("One", EntryState.DONE),
        ]
        assert {one.crm_id for one in rows.all_accounts(db)} == {"1", "3"}


def test_a_verb_that_changes_nothing_is_no_step_and_drops_nothing(path: Path):
    add(path, "1", "One")
    turn(path)
    with transaction(path, "Nothing") as db:
        db.execute("UPDATE accounts SET name = name")
    assert turn(path, back=False) == "One"


def test_a_verb_that_fails_leaves_neither_rows_nor_a_step(path: Path):
    def fail() -> Iterator[None]:
        with transaction(path, "Broken") as db:
            rows.save_accounts(db, [account("1")])
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with connection(path) as db:
        assert (journal.entries(db, sample=False), rows.all_accounts(db)) == ([], [])
    add(path, "2", "Two")
    assert turn(path) == "Two"


def test_what_is_kept_out_of_the_journal_is_no_step(path: Path):
    add(path, "1", None)
    assert turn(path) is None


def test_the_sample_has_steps_of_its_own_and_takes_them_along(path: Path):
    add(path, "1", "Mine")
    add(path, "2", "Sample's", sample=True)
    assert turn(path, sample=True) == "Sample's"
    with transaction(path, None) as db:
        journal.forget_sample(db)
    assert turn(path, back=False, sample=True) is None
    assert turn(path) == "Mine"


def test_a_later_column_keeps_its_default_when_an_older_row_comes_back(path: Path):
    add(path, "1", "One")
    with transaction(path, "Delete") as db:
        rows.delete_accounts(db, [1])
    with connection(path) as db:
        db.table("accounts").add_column("later", str, not_null_default="new")
        journal.install_triggers(db)
        db.commit()
    assert turn(path) == "Delete"
    with connection(path) as db:
        assert [row["later"] for row in db.table("accounts").rows] == ["new"]


def test_the_history_of_an_account_names_its_rows_and_leaves_out_what_was_undone(path: Path):
    add(path, "1", "Add")
    with transaction(path, "Log") as db:
        visit_rows.save_visit(db, Visit(0, 1, date(2026, 11, 2), VisitOutcome.MET))
    with transaction(path, "Rename") as db:
        db.execute("UPDATE accounts SET name = 'Eve' WHERE id = 1")
    turn(path)
    with connection(path) as db:
        changes = journal.changes_of_account(db, 1)
    assert [(change.entry.label, change.table, change.operation) for change in changes] == [
        ("Log", "visits", "insert"),
        ("Add", "accounts", "insert"),
    ]


def test_every_table_of_the_product_is_journaled(path: Path):
    with connection(path) as db:
        triggers = {row["tbl_name"] for row in db.query("SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'")}
        tables = {table for table in db.table_names() if not table.startswith(("sqlite_", "_"))}
    assert tables - triggers == set(journal.UNJOURNALED)
