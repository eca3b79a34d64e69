"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as tables, their cells as a person reads them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner.errors import BadInputFile
from planner.imports.records import Row
from planner.imports.text_table import TextTable, table_of_records
from planner.imports.workbook_guard import check_workbook
from planner.model.accounts import ImportProblem
from planner.progress import Report, part

_LOST_DIGITS = 10**15
"""A spreadsheet keeps 15 digits of a number."""
_REMEDY = "Open it in its program and save the sheet as CSV, or as a new workbook; nothing was imported."


def read_workbook(path: Path, report: Report) -> list[TextTable]:
    """Read the table of each sheet; sheets without one are left out, and told when they hold anything.

    Raises BadInputFile when the file is damaged, protected or dangerous, and when no sheet holds a table.
    """
    check_workbook(path)
    sheets = _sheets(path, report)
    tables: list[TextTable] = []
    told: list[ImportProblem] = []
    errors: list[BadInputFile] = []
    for name, records in sheets:
        filled = [record for record in records if any(cell.strip() for cell in record[1])]
        if not filled:
            continue
        try:
            tables.append(table_of_records(path.name, filled, [], sheet=name))
        except BadInputFile as error:
            errors.append(error)
            told.append(ImportProblem(path.name, 0, f"The sheet “{name}” was left out: {error.why or error.what}"))
    if not tables:
        if len(errors) == 1:
            raise errors[0]
        raise BadInputFile(f"{path.name} holds no table.", "None of its sheets has a row of column names with rows below.", _REMEDY)
    first = tables[0]
    tables[0] = TextTable(
        first.file, first.headers, first.rows, first.encoding, first.delimiter, first.skipped, (*told, *first.problems), first.sheet
    )
    return tables


def _sheets(path: Path, report: Report) -> list[tuple[str, list[Row]]]:
    import python_calamine

    try:
        book = python_calamine.load_workbook(str(path))
        names = list(book.sheet_names)
        sheets = []
        for at, name in enumerate(names):
            part(report, at / len(names), (at + 1) / len(names))(0.0, f"Reading {path.name}, sheet {name}")
            sheet = book.get_sheet_by_name(name)
            above = sheet.start[0] if sheet.start else 0
            rows = sheet.to_python(skip_empty_area=True)
            sheets.append((name, _records(rows, above)))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # its reader panics by an exception that is not an Exception
        if type(error).__module__.startswith("planner"):
            raise
        raise BadInputFile(f"{path.name} is damaged.", f"It cannot be read as a workbook: {str(error)[:200]}.", _REMEDY) from error
    return sheets


def _records(rows: Sequence[Sequence[Any]], above: int) -> list[Row]:
    """The rows as texts, with their numbers in the sheet; each as wide as its last filled cell, as in a text file."""
    records: list[Row] = []
    for at, row in enumerate(rows):
        cells = [cell if isinstance(cell, str) else _text(cell) for cell in row]
        records.append((above + at + 1, tuple(cells)))
    return records


def _text(value: Any) -> str:  # noqa: PLR0911 - one return a type
    """A cell as a person reads it. A number so long that the spreadsheet has rounded it is written so that no reader takes it for a key."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    if isinstance(value, int | float):
        if abs(value) >= _LOST_DIGITS:
            return f"{value:.15E}"
        return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
    return str(value)
