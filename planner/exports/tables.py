"""Records of many kinds as files: a table a kind for spreadsheets and other programs (CSV), or all of them as one document (JSON)."""

import csv
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from planner.progress import Report, part
from planner.values import Struct

RECKONED = tuple("=+-@\t\r")
"""What a spreadsheet takes a cell that begins with it for a formula by."""
_ROWS_A_REPORT = 500


class Column(NamedTuple):
    """A column of a table: its header, and the key of its value; `within` is the key of the mapping that has it, where one has."""

    header: str
    key: str
    within: str = ""


class Records(Struct, frozen=True):
    """All records of one kind, each by its keys; `columns` are those of its table, and what they leave out only a document has.

    Money is in integer cents under keys that end in `cents`, which a table has as decimal dollars; a `probability` is 0..1, and in percent
    in a table. Records that are not `in_document` only repeat what others have there.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Mapping[str, Any]]
    in_document: bool = True


def write_table(records: Records, out: Path, report: Report) -> None:
    """Write the records as CSV: UTF-8 with a mark, which spreadsheets look for, and a header row. Raises OSError."""
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        write = csv.writer(file).writerow
        write([guarded(column.header) for column in records.columns])
        cells = [(column.key, column.within) for column in records.columns]
        for number, row in enumerate(records.rows):
            if number % _ROWS_A_REPORT == 0:
                report(number / len(records.rows), f"Writing {records.name.replace('-', ' ')}")
            write([_cell(key, (row[within] if within else row).get(key)) for key, within in cells])


def write_document(kinds: Sequence[Records], out: Path, report: Report) -> None:
    """Write all records as one JSON object in UTF-8, which has a list of objects for each kind. Raises OSError."""
    kinds = [records for records in kinds if records.in_document]
    with out.open("w", encoding="utf-8", newline="\n") as file:
        for number, records in enumerate(kinds):
            name = records.name.replace("-", "_")
            file.write(f'{"," if number else "{"}\n"{name}": [')
            _write_objects(records, file.write, part(report, number / len(kinds), (number + 1) / len(kinds)))
            file.write("]")
        file.write("\n}\n")


def _write_objects(records: Records, write: Any, report: Report) -> None:
    encode = json.JSONEncoder(ensure_ascii=False, default=_in_json).encode
    for number, row in enumerate(records.rows):
        if number % _ROWS_A_REPORT == 0:
            report(number / len(records.rows), f"Writing {records.name.replace('-', ' ')}")
        write(f"{',' if number else ''}\n{encode(row)}")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would reckon with it; the import takes it off again."""
    return f"'{text}" if text.startswith(RECKONED) else text


def dollars(cents: int) -> str:
    """Cents as decimal dollars without loss: 1250 is "12.50"."""
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def percent(share: float) -> str:
    """A share of 0..1 in percent, as exactly as an import reads it: 0.0725 is "7.25%"."""
    return f"{round(Decimal(repr(share)) * 100, 6).normalize():f}%"


def _cell(key: str, value: Any) -> str:  # noqa: PLR0911 - one return a type
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if key.endswith("cents"):
        return dollars(value)
    if key == "probability":
        return percent(value)
    if isinstance(value, date):  # a moment is one too
        return value.isoformat()
    if isinstance(value, tuple | list):
        return guarded("; ".join(map(str, value)))
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=_in_json)
    return str(value)


def _in_json(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
