"""A list as it is on the screen, as a file or as text for a spreadsheet: CSV, a workbook, or cells with tabs between them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from planner.exports.tables import Column, Records, guarded, write_table
from planner.progress import Report

LONGEST_CELL = 32_000
"""A spreadsheet takes little more in one cell."""
_ROWS_A_REPORT = 500
_MONEY, _DAY = "#,##0.00", "yyyy-mm-dd"


def write_list(headers: Sequence[str], money: Sequence[bool], rows: Sequence[Sequence[Any]], out: Path, report: Report) -> Path:
    """Write a list as a workbook or as CSV, as the name of the file ends; it is replaced when whole. Raises OSError and Cancelled.

    The values of columns that are `money` are integer cents; a text is always text, also one that a spreadsheet would reckon with.
    """
    write: Callable[..., None] = _write_workbook if out.suffix.lower() == ".xlsx" else _write_csv
    beside = out.with_name(f".{out.name}.part")
    try:
        write(headers, money, rows, beside, report)
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return out


def tab_separated(rows: Iterable[Sequence[str]]) -> str:
    """Rows as text that a spreadsheet takes from the clipboard: a line a row, a tab between cells, and no cell to reckon with."""
    return "".join("\t".join(guarded(" ".join(cell.split())) for cell in row) + "\n" for row in rows)


def _write_csv(headers: Sequence[str], money: Sequence[bool], rows: Sequence[Sequence[Any]], out: Path, report: Report) -> None:
    keys = [f"{number} cents" if cents else str(number) for number, cents in enumerate(money)]
    columns = [Column(header, key) for header, key in zip(headers, keys, strict=True)]
    write_table(Records("accounts", columns, [dict(zip(keys, row, strict=True)) for row in rows]), out, report)


def _write_workbook(headers: Sequence[str], money: Sequence[bool], rows: Sequence[Sequence[Any]], out: Path, report: Report) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Accounts")
    sheet.freeze_panes = "B2"
    for number, header in enumerate(headers, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(12, min(len(header) + 4, 40)) if number > 1 else 36
    sheet.append(list(_cells(sheet, headers, [False] * len(headers), font=Font(bold=True))))
    try:
        for number, row in enumerate(rows):
            if number % _ROWS_A_REPORT == 0:
                report(number / len(rows), "Writing the accounts")
            sheet.append(list(_cells(sheet, row, money)))
    finally:
        sheet.close()  # else what it writes to stays open when this is cancelled
    book.save(out)


def _cells(sheet: Any, row: Sequence[Any], money: Sequence[bool], font: Any = None) -> Iterator[Any]:
    from openpyxl.cell import WriteOnlyCell

    for value, cents in zip(row, money, strict=True):
        cell = WriteOnlyCell(sheet)
        if isinstance(value, str | tuple):
            text = " ".join(("; ".join(value) if isinstance(value, tuple) else value).split())[:LONGEST_CELL]
            cell.value = _printable(text)
            cell.data_type = "s"
            cell.quotePrefix = True
        elif isinstance(value, bool):
            cell.value = "yes" if value else "no"
        elif value is not None:
            cell.value = value / 100 if cents else value
            cell.number_format = _MONEY if cents else _DAY if isinstance(value, date) else "General"
        if font is not None:
            cell.font = font
        yield cell


def _printable(text: str) -> str:
    """The text without what a workbook cannot hold."""
    return text if text.isprintable() else "".join(each for each in text if each.isprintable())
