"""Workbooks (xlsx, xlsm, xlsb, xls, ods) as tables, their cells as a person reads them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from io import BytesIO
from math import isfinite
from pathlib import Path
from typing import Any

from planner.errors import BadInputFile
from planner.imports.sheet_marks import SheetMarks
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
    marks = check_workbook(path)
    sheets = _sheets(path, report)
    tables: list[TextTable] = []
    told: list[ImportProblem] = []
    errors: list[BadInputFile] = []
    for name, (above, left), values in sheets:
        marked = marks.get(name, SheetMarks())
        shown = _as_shown(values, (above, left), marked)
        filled = [(above + at + 1, cells) for at, cells in enumerate(shown) if any(cell.strip() for cell in cells)]
        if not filled:
            continue
        try:
            tables.append(table_of_records(path.name, filled, _told(path.name, name, marked), sheet=name))
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


def _sheets(path: Path, report: Report) -> list[tuple[str, tuple[int, int], list[list[Any]]]]:
    """The name of each sheet, the row and column its values begin at, and its values."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(BytesIO(path.read_bytes()))  # by a path it goes by the suffix, which may be wrong
        names = list(book.sheet_names)
        sheets = []
        for at, name in enumerate(names):
            part(report, at / len(names), (at + 1) / len(names))(0.0, f"Reading {path.name}, sheet {name}")
            sheet = book.get_sheet_by_name(name)
            sheets.append((name, sheet.start or (0, 0), sheet.to_python(skip_empty_area=True)))
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # its reader panics by an exception that is not an Exception
        if type(error).__module__.startswith("planner"):
            raise
        raise BadInputFile(f"{path.name} is damaged.", f"It cannot be read as a workbook: {str(error)[:200]}.", _REMEDY) from error
    return sheets


def _as_shown(values: Sequence[Sequence[Any]], begin: tuple[int, int], marks: SheetMarks) -> list[tuple[str, ...]]:
    """The cells of each row as texts."""
    rows = [[cell if isinstance(cell, str) else _text(cell) for cell in row] for row in values]
    for row, column, many_rows, many_columns in marks.percentages:
        for cells in rows[max(0, row - begin[0]) : max(0, row - begin[0] + many_rows)]:
            for at in range(max(0, column - begin[1]), min(len(cells), column - begin[1] + many_columns)):
                cells[at] = _percent(cells[at])
    return [tuple(row) for row in rows]


def _percent(text: str) -> str:
    """A share as a sheet shows it: 1 is 100%."""
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except InvalidOperation:
        return text


def _told(file: str, sheet: str, marks: SheetMarks) -> list[ImportProblem]:
    """What to tell of the cells of a sheet that stand empty in its table and are not."""
    told = [
        ImportProblem(
            file, row + 1, f"The cell {_place(row, column)} of the sheet “{sheet}” shows an error ({text}); it was read as empty."
        )
        for row, column, text in marks.errors
    ]
    if marks.unreckoned:
        row, column, _rows, _columns = marks.unreckoned[0]
        many = sum(rows * columns for _row, _column, rows, columns in marks.unreckoned)
        told.append(
            ImportProblem(
                file,
                row + 1,
                f"{many:,} formulas of the sheet “{sheet}” have no value, the first in {_place(row, column)}; they were read as empty. "
                "Open the file in a spreadsheet, save it there, and import it again.",
            )
        )
    return told


def _place(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: B7."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


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
        if not isfinite(value):
            return ""
        if abs(value) >= _LOST_DIGITS:
            return f"{value:.15E}"
        return str(int(value)) if value == int(value) else format(Decimal(repr(value)), "f")
    return str(value)
