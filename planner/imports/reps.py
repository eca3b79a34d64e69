"""Reps from a list of the team."""

from collections.abc import Sequence

from planner.imports.accounts import postcode
from planner.imports.columns import REP, RowReader, find_columns, read_rows
from planner.imports.record_id import last_wins, referred_id
from planner.imports.text_table import TextTable
from planner.imports.values import money_cents, several
from planner.model.accounts import ImportProblem, Rep
from planner.model.imports import RecordKind, RecordRead, TableMapping
from planner.model.places import PostalAddress

ATTRIBUTES = {
    "id": "crm_id",
    "role": "role",
    "email": "email",
    "street": "home",
    "city": "home",
    "state": "home",
    "postcode": "home",
    "quota": "quota_cents",
    "skills": "skills",
}


def read_reps(table: TextTable, mapping: TableMapping | None = None) -> tuple[list[RecordRead], list[ImportProblem]]:
    """Read every rep of a table, and what is wrong with it, the table's own problems first.

    A rep is known by the name; of rows with the same name the last one counts.
    """
    mapping = mapping or _by_headers(table.headers)
    problems = list(table.problems)
    reps: dict[str, RecordRead] = {}
    for row in read_rows(table, mapping.columns, problems):
        rep = _rep(row)
        if rep.name:
            given, blank = row.given(ATTRIBUTES)
            last_wins(reps, rep.name.casefold(), RecordRead(row.file, row.line, rep, given, blank), row, f"The rep “{rep.name}”")
        else:
            row.tell("The rep has no name; the row was left out.")
    return list(reps.values()), problems


def _by_headers(headers: Sequence[str]) -> TableMapping:
    return TableMapping(RecordKind.REPS, {name: headers[at] for name, at in find_columns(headers, REP).items()})


def _rep(row: RowReader) -> Rep:
    return Rep(
        name=row.text("name"),
        role=row.text("role"),
        email=row.text("email"),
        home=PostalAddress(row.text("street"), row.text("city"), row.text("state"), postcode(row.text("postcode"))),
        quota_cents=row.value("quota", money_cents, "Quota") or 0,
        skills=several(row.raw("skills")),
        crm_id=referred_id(row, "id"),
    )
