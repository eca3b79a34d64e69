"""The mileage log of a year as a workbook or a table: what is claimed, apart from it what is not, and the sums."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner.exports.tables import guarded
from planner.model.plain_text import one_line
from planner.values import Struct

HEADERS = (
    *("Date", "Start", "Destination", "Purpose", "Account", "Miles", "Odometer start", "Odometer end", "Source"),
    *("Business, commute or personal", "Rate ($ a mile)", "Amount ($)"),
)
NOT_CLAIMED = "Not claimed"
_WIDTHS = (12, 28, 28, 26, 28, 9, 15, 15, 11, 28, 15, 12)
_FORMATS = {0: "yyyy-mm-dd", 5: "#,##0.0", 6: "#,##0.0", 7: "#,##0.0", 10: "0.0000", 11: "#,##0.00"}
_SUM_HEADERS = ("Month", "Business miles", "Commute miles", "Personal miles", "Not confirmed miles", "Amount ($)")

Cell = str | date | Decimal | None


class MileageLine(Struct, frozen=True):
    """A line of the log: miles to one decimal, the odometer in miles, the rate in dollars a mile and the amount in dollars, where any."""

    day: date
    start: str
    destination: str
    purpose: str
    account: str
    miles: Decimal
    odometer_start: Decimal | None
    odometer_end: Decimal | None
    source: str
    kind: str
    rate: Decimal | None = None
    amount: Decimal | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values in the order of the headers."""
        return (
            *(self.day, self.start, self.destination, self.purpose, self.account, self.miles),
            *(self.odometer_start, self.odometer_end, self.source, self.kind, self.rate, self.amount),
        )


class MileageSums(Struct, frozen=True):
    """A row of sums: what it is called, miles of business, commute and personal drives and of those not confirmed, and dollars."""

    name: str
    business: Decimal
    commute: Decimal
    personal: Decimal
    unconfirmed: Decimal
    amount: Decimal

    @property
    def cells(self) -> tuple[Cell, ...]:
        """The values in the order of the headers."""
        return (self.name, self.business, self.commute, self.personal, self.unconfirmed, self.amount)


class MileageLog(Struct, frozen=True):
    """What is written of a year: the lines that are claimed, those that are not confirmed, the sums by month and year, and notes."""

    year: int
    lines: Sequence[MileageLine]
    unconfirmed: Sequence[MileageLine]
    sums: Sequence[MileageSums]
    notes: Sequence[str] = ()


def write_mileage_xlsx(log: MileageLog, out: Path) -> None:
    """Write the log as a workbook of three sheets. Raises OSError."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = f"Mileage {log.year}"
    _sheet(sheet, HEADERS, [line.cells for line in log.lines], _WIDTHS, _FORMATS)
    _sheet(book.create_sheet(NOT_CLAIMED), HEADERS, [line.cells for line in log.unconfirmed], _WIDTHS, _FORMATS)
    sums = book.create_sheet("Sums")
    _sheet(sums, _SUM_HEADERS, [row.cells for row in log.sums], (16, *[22] * 5), dict.fromkeys(range(1, 5), "#,##0.0") | {5: "#,##0.00"})
    for number, note in enumerate(log.notes, start=len(log.sums) + 3):
        _put(sums.cell(number, 1), note)
    book.save(out)


def write_mileage_csv(log: MileageLog, out: Path) -> None:
    """Write the log as CSV in UTF-8 with a mark: the claimed lines, below them those that are not, then the sums. Raises OSError."""
    with out.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([_text(cell) for cell in row] for row in _rows(log))


def _rows(log: MileageLog) -> Iterator[Iterable[Cell]]:
    yield HEADERS
    yield from (line.cells for line in log.lines)
    yield ()
    yield (f"{NOT_CLAIMED}: {len(log.unconfirmed)} {'line is' if len(log.unconfirmed) == 1 else 'lines are'} not confirmed",)
    yield from (line.cells for line in log.unconfirmed)
    yield ()
    yield _SUM_HEADERS
    yield from (row.cells for row in log.sums)
    yield from ((note,) for note in log.notes)


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(one_line(cell))
    return cell.isoformat() if isinstance(cell, date) else f"{cell:f}"


def _sheet(sheet: Any, headers: Sequence[str], rows: Sequence[Sequence[Cell]], widths: Sequence[int], formats: dict[int, str]) -> None:
    from openpyxl.styles import Font

    for column, (header, width) in enumerate(zip(headers, widths, strict=True), start=1):
        _put(sheet.cell(1, column), header)
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[sheet.cell(1, column).column_letter].width = width
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            cell = sheet.cell(number, column + 1)
            _put(cell, value)
            if column in formats:
                cell.number_format = formats[column]
    sheet.freeze_panes = "A2"


def _put(cell: Any, value: Cell) -> None:
    """Put a value into a cell; a text is text, even one that a spreadsheet would reckon with."""
    if not isinstance(value, str):
        cell.value = value
        return
    cell.value = one_line(value)[:32_000]
    cell.data_type = "s"
    cell.quotePrefix = True
