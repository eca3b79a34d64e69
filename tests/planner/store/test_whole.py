"""What only an export of everything reads."""

import pytest
from twin_book import DINER, OFFICE, TWIN, WEEK, fill_twin_book, plan_with

from planner.model.calendar import IsoWeek
from planner.model.imports import Source
from planner.store.plans import save_plan
from planner.store.whole import all_source_ids, all_versions, rows_of_others
from planner.usecases.merge import merge_accounts
from planner.usecases.workspace import Workspace

EXTRAS = (
    "CREATE TABLE outings (id INTEGER PRIMARY KEY, name TEXT, sample INTEGER NOT NULL)",
    "CREATE TABLE receipts (id INTEGER PRIMARY KEY, outing_id INTEGER REFERENCES outings(id), cents INTEGER)",
    "CREATE TABLE pages (receipt_id INTEGER REFERENCES receipts(id), account_id INTEGER REFERENCES accounts(id), text TEXT)",
    "INSERT INTO outings VALUES (1, 'hers', 0), (2, 'made up', 1)",
    "INSERT INTO receipts VALUES (1, 1, 500), (2, 2, 700), (3, NULL, 900)",
    f"INSERT INTO pages VALUES (1, {DINER}, 'a'), (2, {DINER}, 'b'), (3, {OFFICE}, 'c'), (NULL, NULL, 'd')",
    f"UPDATE accounts SET sample = 1 WHERE id = {OFFICE}",
)


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_twin_book(workspace)
    return workspace


@pytest.mark.parametrize(
    ("sample", "outings", "cents", "texts"),
    [(False, ["hers"], [500, 900], ["a", "d"]), (True, ["made up"], [700, 900], ["c", "d"])],
)
def test_a_table_that_nobody_knows_gives_the_rows_of_the_territory(
    filled: Workspace, sample: bool, outings: list[str], cents: list[int], texts: list[str]
):
    with filled.writing(None) as db:
        for statement in EXTRAS:
            db.execute(statement)
    with filled.reading() as db:
        found = {table: (columns, rows) for table, columns, rows in rows_of_others(db, {"accounts", "plans"}, sample=sample)}
    assert [row["name"] for row in found["outings"][1]] == outings
    assert [row["cents"] for row in found["receipts"][1]] == cents
    assert [row["text"] for row in found["pages"][1]] == texts
    assert found["outings"][0] == ("id", "name", "sample")
    assert not {"accounts", "plans", "journal_changes", "kept_places"} & set(found)


def test_every_id_says_whether_it_came_through_a_merge(filled: Workspace):
    merge_accounts(filled, DINER, TWIN)
    with filled.reading() as db:
        ids = {(source, ref): (account, merged) for source, ref, account, merged in all_source_ids(db)}
    assert ids[Source.CRM, "c-1"] == (DINER, False)
    assert ids[Source.CRM, "c-2"] == (DINER, True)
    assert ids[Source.BILLING, "8345070000000001"] == (DINER, True)


def test_the_versions_of_all_weeks_stand_week_by_week_the_newest_first(filled: Workspace):
    with filled.writing("Plans") as db:
        save_plan(db, plan_with(DINER, "Ada's Diner"), sample=False, label="Plan it again")
        save_plan(db, plan_with(OFFICE, "Office"), sample=True)
    with filled.reading() as db:
        versions = all_versions(db, sample=False)
        of_sample = all_versions(db, sample=True)
    assert [(version.week, version.label) for version in versions] == [(WEEK, "Plan it again"), (WEEK, "")]
    assert [version.week for version in of_sample] == [IsoWeek(2026, 49)]
