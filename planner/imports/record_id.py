"""The key of a record: its Salesforce id where it has a good one."""

import re

from planner.imports.columns import RowReader
from planner.imports.salesforce_id import normalise_id
from planner.imports.values import MADE_UP, made_up_id

_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)


def record_id(row: RowReader, column: str, what: str, *identity: str) -> str:
    """The record's id in 18 characters.

    An id that is missing, or that a spreadsheet rounded (8.345E+15), is replaced by one made of `identity`, so that the same record has the
    same id in the next export. An id of another form is kept as it is. Each of these is told.
    """
    given = row.text(column)
    if not given or _ROUNDED.fullmatch(given):
        why = f"The id {given} was rounded by a spreadsheet" if given else f"The {what} has no id"
        row.tell(f"{why}; one was made from what identifies it otherwise.")
        return made_up_id(what, *identity)
    return referred_id(row, column)


def referred_id(row: RowReader, column: str) -> str:
    """The id of another record that this one points to, in 18 characters; empty when there is none."""
    given = row.text(column)
    if not given or given.startswith(MADE_UP):
        return given
    try:
        return normalise_id(given)
    except ValueError as error:
        row.tell(f"{error}; it was kept as it is.")
        return given


def last_wins[T](keyed: dict[str, T], key: str, value: T, row: RowReader, what: str) -> None:
    """Keep the value under its key; an earlier one with the same key gives way, and that is told."""
    if key in keyed:
        row.tell(f"{what} stands in the file more than once; this row, the last so far, counts.")
        del keyed[key]
    keyed[key] = value
