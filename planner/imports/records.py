"""Text becomes records: at its line ends and delimiters, however badly it is quoted."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from planner.model.accounts import ImportProblem

Row = tuple[int, tuple[str, ...]]
"""The number of the line a row begins on (1 = first line of the file), and its cells."""

LONGEST_CELL = 131_072
"""In characters: Salesforce's longest text, and four times what a spreadsheet's cell holds; it is the csv module's limit as well."""
_DELIMITERS = ",|\t;"
_BLANK = frozenset({"\n", "\r\n", "\r"})
_SNIFFED_LINES = 200
_LINES_A_RECORD = 5000
"""A record that is not closed after so many lines has an open quote."""


def lines_of(text: str) -> list[str]:
    """The lines of a text with their ends, whichever of the three kinds each has."""
    return list(io.StringIO(text, newline=""))


def sniff_delimiter(lines: Sequence[str]) -> str:
    """The delimiter that cuts most of the first records into the same number of cells, more than one."""
    first = lines[:_SNIFFED_LINES]

    def score(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(cells) for _line, cells in cut_records(first, delimiter, "", []))
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=score)


def cut_records(lines: Sequence[str], delimiter: str, file: str, problems: list[ImportProblem]) -> Iterator[Row]:
    """Cut lines into records (RFC 4180) without those that are empty; what is wrong with one is added to `problems`.

    Quotation marks that do not match cost their line its quotes, not the rest of the file. The time is linear in the text: a mark that is
    opened wrongly is followed to the next one only.
    """
    at = 0
    while at < len(lines):
        if lines[at] in _BLANK:  # there may be millions
            at += 1
            continue
        cells, used, problem = _record(lines, at, delimiter)
        if problem:
            problems.append(ImportProblem(file, at + 1, problem))
        if any(cells) and any(cell.strip() for cell in cells):
            yield at + 1, cells
        at += used


def _record(lines: Sequence[str], at: int, delimiter: str) -> tuple[tuple[str, ...], int, str]:
    """The cells of the record that begins at a line, how many lines it has, and what to tell about it."""
    line = lines[at]
    if '"' not in line:
        cells, used, problem = tuple(line.rstrip("\r\n").split(delimiter)), 1, ""
    else:
        cells, used, problem = _quoted_record(lines, at, delimiter)
    if len(line) > LONGEST_CELL and any(len(cell) > LONGEST_CELL for cell in cells):
        return (), used, f"A value here is longer than {LONGEST_CELL:,} characters, as none in a list is; the row was left out."
    return cells, used, problem


def _quoted_record(lines: Sequence[str], at: int, delimiter: str) -> tuple[tuple[str, ...], int, str]:
    following = map(lines.__getitem__, range(at, min(at + _LINES_A_RECORD, len(lines))))
    reader = csv.reader(following, delimiter=delimiter, strict=True)
    try:
        cells = tuple(next(reader))
    except csv.Error:
        literal = tuple(_bare(cell) for cell in lines[at].rstrip("\r\n").split(delimiter))
        return literal, 1, "Quotation marks do not match here; the line was read without them."
    return cells, reader.line_num, _swallowed(cells, delimiter) if reader.line_num > 1 else ""


def _bare(cell: str) -> str:
    """A cell without its quotes, when it has one at each end."""
    return cell[1:-1].replace('""', '"') if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def _swallowed(cells: tuple[str, ...], delimiter: str) -> str:
    """What to tell of a record on several lines whose cell looks as if it had swallowed others; in prose, a space follows a comma."""
    for cell in cells:
        tight = cell.count(delimiter) - cell.count(f"{delimiter} ")
        if tight and tight >= len(cells) - 1 and ("\n" in cell or "\r" in cell):
            return "A value here goes over several lines that look like rows: a quotation mark may be wrong, and rows be missing."
    return ""
