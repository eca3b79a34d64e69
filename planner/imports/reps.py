"""The team: account executives and account managers."""

import re

from planner.imports.columns import REP, RowReader, read_rows
from planner.imports.record_id import last_wins
from planner.imports.text_table import TextTable
from planner.imports.values import money_cents
from planner.model.accounts import ImportProblem, Rep
from planner.model.places import PostalAddress


def read_reps(table: TextTable) -> tuple[list[Rep], list[ImportProblem]]:
    """Read every rep of a table, and what is wrong with it, the table's own problems first.

    A rep is known by the name; of rows with the same name the last one counts.
    """
    problems = list(table.problems)
    reps: dict[str, Rep] = {}
    for row in read_rows(table, REP, problems):
        rep = _rep(row)
        if rep.name:
            last_wins(reps, rep.name.casefold(), rep, row, f"The rep “{rep.name}”")
        else:
            row.tell("The rep has no name; the row was left out.")
    return list(reps.values()), problems


def _rep(row: RowReader) -> Rep:
    return Rep(
        name=row.text("name"),
        role=row.text("role"),
        email=row.text("email"),
        home=PostalAddress(row.text("street"), row.text("city"), row.text("state"), row.text("postcode")),
        quota_cents=row.value("quota", money_cents, "Quota") or 0,
        skills=tuple(skill.strip() for skill in re.split(r"[;|]", row.text("skills")) if skill.strip()),
    )
