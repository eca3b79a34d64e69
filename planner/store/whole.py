"""Rows of all accounts, weeks and reps together, as only an export of everything reads them."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from sqlite_utils import Database

from planner.model.calendar import CalendarEvent, IsoWeek
from planner.model.imports import Source
from planner.model.versions import PlanVersion
from planner.store.book import merged_ids, source_ids
from planner.store.calendar import all_events
from planner.store.journal import UNJOURNALED
from planner.store.plans import versions


def all_source_ids(db: Database) -> Iterator[tuple[Source, str, int, bool]]:
    """Every id of every source, the account it stands for, and whether it does so through a merge."""
    for source in Source:
        merged = merged_ids(db, source)
        yield from ((source, ref, account_id, ref in merged) for ref, account_id in source_ids(db, source).items())


def all_calendars(db: Database, *, sample: bool) -> Iterator[tuple[str, CalendarEvent]]:
    """Every appointment with the name of the rep whose calendar it is in, empty for her own."""
    for (rep,) in db.execute("SELECT DISTINCT rep FROM events WHERE sample = ? ORDER BY rep", [int(sample)]).fetchall():
        yield from ((rep, event) for event in all_events(db, sample=sample, rep=rep))


def all_versions(db: Database, *, sample: bool) -> list[PlanVersion]:
    """Every version of every week's plan, week by week, the newest first."""
    weeks = db.execute("SELECT DISTINCT week FROM plans WHERE sample = ? ORDER BY week", [int(sample)]).fetchall()
    return [version for (week,) in weeks for version in versions(db, IsoWeek.parse(week), sample=sample)]


def rows_of_others(db: Database, known: Collection[str], *, sample: bool) -> Iterator[tuple[str, tuple[str, ...], list[dict[str, Any]]]]:
    """The name, columns and rows of each table that is none of the `known` ones: the sample's rows, or the user's own.

    A row that has no mark for the sample itself belongs with the rows that it points to.
    """
    for table in sorted(table for table in db.table_names() if not table.startswith(("sqlite_", "_"))):
        if table not in UNJOURNALED and table not in known:
            found = list(db.table(table).rows)
            is_ours = _test_of(db, table, sample=sample) if found else None
            yield table, tuple(column.name for column in db.table(table).columns), [row for row in found if is_ours and is_ours(row)]


def _test_of(db: Database, table: str, *, sample: bool) -> Callable[[Mapping[str, Any]], bool]:
    """What says of a row of a table whether it is of this territory."""
    if "sample" in db.table(table).columns_dict:
        return lambda row: bool(row["sample"]) == sample
    keys = [key for key in db.table(table).foreign_keys if key.other_table != table]
    strangers = [(str(key.column), _strangers(db, key.other_table, str(key.other_column), sample=sample)) for key in keys]
    return lambda row: all(row[column] not in strange for column, strange in strangers)


def _strangers(db: Database, table: str, column: str, *, sample: bool) -> frozenset[Any]:
    """The values of a column in the rows that are not of this territory."""
    if "sample" in db.table(table).columns_dict:
        return frozenset(row[column] for row in db.table(table).rows_where("sample <> ?", [int(sample)], select=f"[{column}]"))
    is_ours = _test_of(db, table, sample=sample)
    return frozenset(row[column] for row in db.table(table).rows if not is_ours(row))
