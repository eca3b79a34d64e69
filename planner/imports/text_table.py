"""Tables as people export them: any encoding and delimiter, titles above, totals and notices below."""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from planner.errors import BadInputFile
from planner.imports.decode import UNREADABLE, lines_in_utf8, read_text
from planner.imports.records import Row, cut_records, lines_of, sniff_delimiter
from planner.model.accounts import ImportProblem
from planner.values import Struct

_HEADER_WITHIN = 40
_MARKUP = re.compile(r"\s*<(\?xml|!doctype|html|table|meta|head)\b", re.IGNORECASE)
_NOTICE = re.compile(
    r"(grand |sub)?totals?\b|(record )?count\b|copyright\b|©|\(c\) |confidential\b|(generated|printed) (by|on)\b"
    r"|end of (report|file)\b|page \d+",
    re.IGNORECASE,
)
_MIXED = "The file mixes two encodings, Windows-1252 and UTF-8; each line was read in its own. Look at the letters with accents."
_WRONG_LETTERS = "The line seems to be in another encoding than it was read in; its letters with accents may be wrong."
_TOTAL = re.compile(r"(grand |sub)?totals?:?( \([\d,]+ records?\))?:?", re.IGNORECASE)
_AMOUNT = re.compile(r"[-+(]?\s*\$?\s*\d[\d,.]*\)?\s*%?")
_RECORDS = re.compile(r"\bgrand totals? \(([\d,]+) records?\)", re.IGNORECASE)


class TextTable(Struct, frozen=True):
    """A table read from a text file, or from a sheet of a workbook.

    Every row has as many cells as there are headers. `skipped` are the lines that are no rows (titles, totals, notices,
    repeated headers) with their text, `problems` what a person should know of. `sheet` is the name of the sheet, `encoding` and
    `delimiter` those of the text; they are empty where there is none.
    """

    file: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    skipped: tuple[tuple[int, str], ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    sheet: str = ""


def read_table(path: Path) -> TextTable:
    """Read a delimited text file; raises BadInputFile when it is empty, binary, or has no header or no rows."""
    text, encoding = read_text(path)
    if _MARKUP.match(text):
        raise BadInputFile(f"{path.name} is a web page or XML, not a table.", "Some programs name such files .xls.", "Export it as CSV.")
    problems: list[ImportProblem] = []
    if "\x00" in text:
        text = text.replace("\x00", "")
        problems.append(ImportProblem(path.name, 0, "The file holds NUL characters; they were left out."))
    lines = lines_of(text) or [""]
    if UNREADABLE in text:
        problems.append(_unreadable(path.name, text, lines))
    if " and " in encoding:
        problems.append(ImportProblem(path.name, 0, _MIXED))
    problems += [ImportProblem(path.name, line, _WRONG_LETTERS) for line in lines_in_utf8(lines, encoding)]
    delimiter = sniff_delimiter(lines)
    records = list(cut_records(lines, delimiter, path.name, problems))
    return table_of_records(
        path.name, records, problems, encoding=encoding, delimiter=delimiter, ends_early=lines[-1][-1:] not in {"\n", "\r"}
    )


def _unreadable(file: str, text: str, lines: Sequence[str]) -> ImportProblem:
    first = next(number for number, line in enumerate(lines, start=1) if UNREADABLE in line)
    many = text.count(UNREADABLE)
    return ImportProblem(file, 0, f"{many:,} characters are damaged and stand as {UNREADABLE}, the first one in line {first}.")


def table_of_records(
    file: str,
    records: Sequence[Row],
    problems: Sequence[ImportProblem] = (),
    *,
    encoding: str = "",
    delimiter: str = "",
    sheet: str = "",
    ends_early: bool = False,
) -> TextTable:
    """The table that records hold, without titles, totals, notices and repeated headers.

    Records without a `delimiter` are those of a sheet, where a cell cannot stand in a wrong column. `ends_early` says that the last line
    has no end. Raises BadInputFile when there is no header or no row.
    """
    header_at = _find_header(records, file)
    header = records[header_at][1]
    headers = tuple(" ".join(cell.split()) for cell in _trimmed(header))
    body = records[header_at + 1 :]
    fit = _Fitting(len(headers), len(header), in_sheet=not delimiter, always_more=_all_wider(body, len(header)))
    skipped = [(line, _as_text(cells)) for line, cells in records[:header_at]]
    told = list(problems)
    rows: list[Row] = []
    beyond: list[int] = []
    for line, cells in body:
        if cells == header or _is_notice(cells, len(headers), after_notice=len(skipped) > header_at):
            skipped.append((line, _as_text(cells)))
            continue
        fitted, problem = fit.row(cells)
        if problem:
            told.append(ImportProblem(file, line, problem))
        if len(cells) > len(header) and fitted:
            beyond.append(line)
        if fitted:
            rows.append((line, fitted))
    if not rows:
        raise BadInputFile(f"{file} has column names but no rows.", _first_problem(told), "Export it again with the records in it.")
    told += fit.beyond(file, beyond)
    told += _count_problem(file, skipped, len(rows))
    if ends_early and rows[-1][0] == body[-1][0]:
        told.append(
            ImportProblem(file, rows[-1][0], "The file ends within this line. If it was cut short, the row's end and others are missing.")
        )
    return TextTable(file, headers, tuple(rows), encoding, delimiter, tuple(skipped), tuple(told), sheet)


def _first_problem(problems: Sequence[ImportProblem]) -> str:
    return f"Line {problems[0].row}: {problems[0].text}" if problems and problems[0].row else ""


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Without empty cells at the end."""
    if cells and cells[-1].strip():
        return cells
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _find_header(records: Sequence[Row], file: str) -> int:
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
    filled = [stripped for cell in cells if (stripped := cell.strip())]
    if len(filled) == 1:
        return bool(_NOTICE.match(filled[0])) or (after_notice and len(cells) < width)
    sums_only = len(filled) < width and all(_AMOUNT.fullmatch(cell) for cell in filled[1:])
    return (2 * len(filled) <= width or sums_only) and bool(_TOTAL.fullmatch(filled[0]))


def _all_wider(body: Sequence[Row], header_width: int) -> bool:
    """Whether all rows have the same number of empty cells more than there are columns, as some programs write them."""
    wider = {len(cells) for _line, cells in body if len(cells) > 1}
    return len(wider) == 1 and min(wider) > header_width


class _Fitting(Struct, frozen=True):
    """Brings rows to the width of the table: that of the named columns, `header_width` with the unnamed ones at the end."""

    width: int
    header_width: int
    in_sheet: bool
    always_more: bool

    def row(self, cells: tuple[str, ...]) -> tuple[tuple[str, ...] | None, str]:
        """The row's cells, or None when they cannot be trusted; and what to tell about it."""
        if len(cells) == self.width:
            return cells, ""
        if self.in_sheet:
            return cells[: self.width] + ("",) * (self.width - len(cells)), ""
        if len(cells) > self.width:
            return self._longer(cells)
        padded = cells + ("",) * (self.width - len(cells))
        only = f"The row has only {len(cells)} values for {self.width} columns"
        if 2 * len(cells) >= self.width:
            return padded, f"{only}; the missing ones at its end were taken as empty."
        return None, f"{only}; it was left out: {_as_text(cells)}"

    def _longer(self, cells: tuple[str, ...]) -> tuple[tuple[str, ...] | None, str]:
        """A row with more cells is good when the others are empty, unless an empty one within it may be what pushed a value aside."""
        named = cells[: self.width]
        empty_rest = len(_trimmed(cells)) <= self.width
        if empty_rest and (len(cells) == self.header_width or self.always_more or all(cell.strip() for cell in named)):
            return named, ""
        why = f"The row has {len(cells)} values for {self.width} columns, so they may stand in the wrong columns"
        return None, f"{why}; it was left out: {_as_text(cells)}"

    def beyond(self, file: str, lines: Sequence[int]) -> list[ImportProblem]:
        """What to tell of the rows that go on beyond the columns of the header."""
        if not lines:
            return []
        many = f"{len(lines):,} rows have" if len(lines) > 1 else "A row has"
        if self.in_sheet:
            return [
                ImportProblem(file, lines[0], f"{many} values right of the last column with a name, the first here; they were not read.")
            ]
        why = "If values stand in the wrong columns, a separator is missing between the column names."
        return [ImportProblem(file, 0, f"{many} more cells than there are column names (line {lines[0]}); those were empty. {why}")]


def _as_text(cells: tuple[str, ...]) -> str:
    text = " ".join(" ".join(cells).split())
    return text if len(text) <= 80 else text[:79] + "…"


def _count_problem(file: str, skipped: Sequence[tuple[int, str]], rows: int) -> list[ImportProblem]:
    """A report that says how many records it has is held to it."""
    for line, text in skipped:
        stated = _RECORDS.search(text)
        if stated and int(stated[1].replace(",", "")) != rows:
            return [ImportProblem(file, line, f"The report says it has {stated[1]} records, but {rows:,} rows were read.")]
    return []
