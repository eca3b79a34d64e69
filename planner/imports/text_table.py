"""Delimited text files as people export them: any encoding, any delimiter, titles above, totals and notices below."""

import csv
import io
import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from planner.errors import BadInputFile
from planner.imports.decode import read_text
from planner.model.accounts import ImportProblem

Row = tuple[int, tuple[str, ...]]
"""The number of the line a row begins on (1 = first line of the file), and its cells."""

_DELIMITERS = ",|\t;"
_SNIFFED_LINES = 200
_HEADER_WITHIN = 40
_END = "\x00"
_MOST_OPEN_QUOTES = 50
_NOTICE = re.compile(
    r"(grand |sub)?totals?\b|(record )?count\b|copyright\b|©|\(c\) |confidential\b|(generated|printed) (by|on)\b"
    r"|end of (report|file)\b|page \d+",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(grand |sub)?totals?:?( \([\d,]+ records?\))?:?", re.IGNORECASE)
_RECORDS = re.compile(r"\bgrand totals? \(([\d,]+) records?\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table read from a text file.

    Every row has as many cells as there are headers. `skipped` are the lines that are no rows (titles, totals, notices,
    repeated headers) with their text, `problems` what a person should know of.
    """

    file: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    skipped: tuple[tuple[int, str], ...] = ()
    problems: tuple[ImportProblem, ...] = ()


def read_table(path: Path) -> TextTable:
    """Read a delimited text file; raises BadInputFile when it is empty, binary, or has no header or no rows."""
    text, encoding = read_text(path)
    problems: list[ImportProblem] = []
    if "\x00" in text:
        text = text.replace("\x00", "")
        problems.append(ImportProblem(path.name, 0, "The file holds NUL characters; they were left out."))
    lines = list(io.StringIO(text, newline=""))
    delimiter = _sniff_delimiter(lines[:_SNIFFED_LINES])
    try:
        records = [record for record in _records(lines, delimiter, path.name, problems) if any(cell.strip() for cell in record[1])]
    except csv.Error as error:
        raise BadInputFile(
            f"{path.name} cannot be read as a table.", "A line is too long, or quotation marks do not match.", "Export it as CSV again."
        ) from error
    header_at = _find_header(records, path.name)
    headers = tuple(" ".join(cell.split()) for cell in _trimmed(records[header_at][1]))
    skipped = [(line, _as_text(cells)) for line, cells in records[:header_at]]
    rows: list[Row] = []
    for line, cells in records[header_at + 1 :]:
        if cells == records[header_at][1] or _is_notice(cells, len(headers), after_notice=len(skipped) > header_at):
            skipped.append((line, _as_text(cells)))
            continue
        fitted, problem = _fit(cells, len(headers))
        if problem:
            problems.append(ImportProblem(path.name, line, problem))
        if fitted:
            rows.append((line, fitted))
    if not rows:
        raise BadInputFile(f"{path.name} has column names but no rows.", remedy="Export it again with the records in it.")
    problems += _count_problem(path.name, skipped, len(rows))
    return TextTable(path.name, headers, tuple(rows), encoding, delimiter, tuple(skipped), tuple(problems))


def _sniff_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts most of the first records into the same number of cells, more than one."""

    def score(delimiter: str) -> tuple[int, int]:
        try:
            widths = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=score)


def _records(lines: list[str], delimiter: str, file: str, problems: list[ImportProblem]) -> Iterator[Row]:
    """Cut lines into records; a quote that is never closed costs its own line its quotes, not the rest of the file."""
    begin = 0
    for _ in range(_MOST_OPEN_QUOTES):
        stopped = yield from _records_until_open_quote(lines, begin, delimiter)
        if stopped is None:
            return
        (cells,) = csv.reader([lines[stopped - 1]], delimiter=delimiter, quoting=csv.QUOTE_NONE)
        problems.append(ImportProblem(file, stopped, "A quotation mark is opened here and never closed; the line was read without it."))
        yield stopped, tuple(cells)
        begin = stopped
    raise csv.Error("quotation marks are opened and never closed")


def _records_until_open_quote(lines: list[str], begin: int, delimiter: str) -> Generator[Row, None, int | None]:
    """Yield the records after the first `begin` lines; return the number of the line with a quote that is never closed, or None."""
    reader = csv.reader(chain(islice(lines, begin, None), [_END]), delimiter=delimiter)
    line = begin + 1
    try:
        for cells in reader:
            if cells and _END in cells[-1]:
                return None if cells == [_END] else line
            yield line, tuple(cells)
            line = begin + reader.line_num + 1
    except csv.Error:  # what an open quote has swallowed is too long for one cell
        return line
    return None


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without empty cells at the end."""
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _find_header(records: list[Row], file: str) -> int:
    """The index of the record that names the columns: the first one of the table's width, if all its cells are labels."""
    widths = Counter(len(cells) for _line, cells in records if len(cells) > 1)
    if not widths:
        raise BadInputFile(f"{file} has no columns.", "No comma, semicolon, tab or bar separates values in it.", "Export it as CSV.")
    usual = max(widths, key=lambda width: (widths[width], width))
    for index, (_line, cells) in enumerate(records[:_HEADER_WITHIN]):
        names = [cell for cell in cells if cell.strip()]
        if len(names) * 2 > usual and len(names) > 1:
            if all(_is_label(name) for name in names):
                return index
            break
    raise BadInputFile(f"{file} has no column names.", "The first row of the table holds data.", "Export it with its header row.")


def _is_label(cell: str) -> bool:
    """A column's name has letters, and is neither a long text nor a number, an amount, a date, a mail address or a web address."""
    name = cell.strip()
    begins_well = not name[:1].isdigit() and name[:1] not in "$+-("
    few_digits = sum(c.isdigit() for c in name) <= 3
    return len(name) <= 80 and begins_well and few_digits and any(c.isalpha() for c in name) and "@" not in name and "://" not in name


def _is_notice(cells: tuple[str, ...], width: int, *, after_notice: bool) -> bool:
    """Whether a record is a total, a title or a notice of the report and not a row.

    A lone cell is one when it reads like one, or when a notice came before it and it is too short for a row.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) == 1:
        return bool(_NOTICE.match(filled[0])) or (after_notice and len(cells) < width)
    return 2 * len(filled) <= width and bool(_TOTAL.fullmatch(filled[0]))


def _fit(cells: tuple[str, ...], width: int) -> tuple[tuple[str, ...] | None, str]:
    """The cells brought to the width of the table, or None when they cannot be trusted; and what to tell about it."""
    if len(cells) == width:
        return cells, ""
    if len(cells) > width:
        if len(_trimmed(cells)) <= width:
            return cells[:width], ""
        return (
            None,
            f"The row has {len(cells)} values for {width} columns, so they stand in the wrong columns; it was left out: {_as_text(cells)}",
        )
    padded = cells + ("",) * (width - len(cells))
    if 2 * len(cells) >= width:
        return padded, f"The row has only {len(cells)} values for {width} columns; the missing ones at its end were taken as empty."
    return None, f"The row has only {len(cells)} values for {width} columns; it was left out: {_as_text(cells)}"


def _as_text(cells: tuple[str, ...]) -> str:
    text = " ".join(" ".join(cells).split())
    return text if len(text) <= 80 else text[:79] + "…"


def _count_problem(file: str, skipped: list[tuple[int, str]], rows: int) -> list[ImportProblem]:
    """A report that says how many records it has is held to it."""
    for line, text in skipped:
        stated = _RECORDS.search(text)
        if stated and int(stated[1].replace(",", "")) != rows:
            return [ImportProblem(file, line, f"The report says it has {stated[1]} records, but {rows:,} rows were read.")]
    return []
