"""What must hold of what is read from a mangled file.

Whatever the file: it is read or refused with a UserProblem, within a limit of time, by a process that lives on. A mangling whose right
result is known (columns in another order, another encoding) gives the records of the good file exactly. After damage each record is one of
the good file, or its row has a problem that is told, or it is what a plain reader sees in that very line of the mangled file: Python's csv
module cuts the line, and its cells are read again alone under the first line as header. A line that is as it was gives its record, or
a problem of the file or of a line that swallowed it is told.

What this cannot see: a wrong value that both ways of reading take from the same cell (the readers of cells have tests of their own); damage
that makes another good-looking value, a letter of another Windows or DOS encoding among them; rows cut off exactly at the end of a line; in
calendars, which property of a damaged appointment is wrong (only that an untouched one is exact and that no more appointments than damaged
ones are strange); and in workbooks anything but that their records are those of the good file, since their parts have checksums.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

from good_files import as_calendar, as_text
from mangled_files import CALENDAR, REFUSED, SAME, SAME_TOLD, SHEET_DAMAGED

from planner.values import Struct


class Reading(Struct, frozen=True):
    """What came of reading a file: its records or appointments, their rows, the problems as (row, text), or why it was refused."""

    records: tuple = ()
    rows: tuple[int, ...] = ()
    problems: tuple[tuple[int, str], ...] = ()
    refused: str = ""
    crashed: str = ""


@dataclass
class Judge:
    """Judges what was read, with a reader of good files: content in, Reading out."""

    read_good: Callable[[bytes, str], Reading]
    _alone: dict = field(default_factory=dict)

    def complaints(self, case, reading):
        """What is wrong with what was read from a mangled file, in words; nothing when all is well."""
        if reading.crashed:
            return [reading.crashed]
        if case.rule == REFUSED:
            return [] if reading.refused else ["it was not refused"]
        if case.rule in {SAME, SAME_TOLD}:
            return list(self._same(case, reading))
        if case.rule == CALENDAR:
            return list(self._calendar(case, reading))
        if reading.refused:
            return []
        return list(self._sheet(case, reading) if case.rule == SHEET_DAMAGED else self._damaged(case, reading))

    def _same(self, case, reading):
        if reading.refused:
            yield f"it was refused: {reading.refused}"
            return
        wanted = list(self.read_good(case.good, "csv").records)
        extra = [record for record in reading.records if record not in wanted or wanted.remove(record)]
        if case.mangling == "a row twice" and case.kind == "billing":
            extra = extra[1:]
        if wanted or extra:
            yield f"records differ: {wanted[:1]} became {extra[:1]} ({len(wanted)}, {len(extra)}; {reading.problems[:2]})"
        if case.rule == SAME_TOLD and not reading.problems:
            yield "nothing was told"

    def _calendar(self, case, reading):
        plain = case.content.decode(case.encoding, "replace")
        untouched = [block for block in case.blocks if f"\n{block}" in plain]
        events = list(reading.records)
        good = {block: self.read_good(as_calendar([block]).encode(), "ics").records[0] for block in case.blocks}
        missing = [block for block in untouched if good[block] not in events]
        if missing and not reading.refused and not reading.problems:
            yield f"{len(missing)} untouched appointments are missing and nothing is told: {good[missing[0]]}"
        strange = [event for event in events if event not in good.values()]
        if len(strange) > len(case.blocks) - len(untouched) and not reading.problems:
            yield f"appointments nobody made: {strange}"

    def _sheet(self, case, reading):
        good = self.read_good(case.good, "csv").records
        told = {row for row, _text in reading.problems}
        for row, record in zip(reading.rows, reading.records, strict=True):
            if record not in good and not told & {0, row}:
                yield f"row {row} is not one of the good ones: {record}"
        if len(reading.records) < len(good) and not told:
            yield "records are missing and nothing is told"

    def _damaged(self, case, reading):
        found = [self._seen_so(case, reading, text) for text in _decoded(case)]
        return min(found, key=len)

    def _seen_so(self, case, reading, text):
        """What is wrong when the text of the file is this."""
        found = []
        lines = list(io.StringIO(text.replace("\x00", ""), newline=""))
        header = _plain(lines, 1, case.delimiter)
        good = self.read_good(case.good, "csv").records
        for row, record in zip(reading.rows, reading.records, strict=True):
            seen, lines_of = _plain(lines, row, case.delimiter), _lines(lines, row, case.delimiter)
            if record not in good and record != self._read_alone(header, seen) and not _is_told_of(reading.problems, row, lines_of, record):
                found.append(f"line {row} says {seen[:30]} under {header[:30]}, and was read as {record}")
        written = [as_text([row], case.delimiter).removesuffix("\n") for row in csv.reader(io.StringIO(case.good.decode()))][1:]
        for number, line in enumerate(lines, start=1):
            bare = line.rstrip("\r\n")
            if bare in written and number > 1:
                wanted = self._read_alone(header, _plain(lines, number, case.delimiter))
                if wanted is not None and wanted not in reading.records and not _is_told(reading.problems, number):
                    found.append(f"line {number} is as it was, and its record is missing: {bare}")
        return found

    def _read_alone(self, header, cells):
        """The record of one row under a header, both as a plain reader cut them; None when they do not go together."""
        while header and not header[-1].strip():
            header = header[:-1]
        if not any(cell.strip() for cell in cells[len(header) :]):
            cells = cells[: len(header)]
        if len(header) != len(cells) or max(map(len, cells), default=0) > 120_000:
            return None
        title = f"Report {'x' * 4000}\n"  # with it a file of one odd cell is not taken for a binary one
        content = (title + as_text([header, cells], quoting=csv.QUOTE_ALL)).encode("utf-8", "replace")
        if content not in self._alone:
            records = self.read_good(content, "csv").records
            self._alone[content] = records[0] if len(records) == 1 else None
        return self._alone[content]


def _decoded(case):
    """The text of a file in each way that a plain reader may see it.

    As it was written, or with each line in UTF-8 that is UTF-8 and the others as written or as Windows would; of one with several bytes a
    letter, however the bytes are counted.
    """
    raw = case.content
    if not case.encoding.startswith(("utf-16", "utf-32")):
        return [raw.decode(case.encoding, "replace"), _by_lines(raw, case.encoding), _by_lines(raw, "cp1252")]
    return [part.decode(encoding, "replace") for encoding in (case.encoding, "utf-16-le", "utf-16-be") for part in (raw, raw[1:])]


def _by_lines(raw, encoding):
    """A text whose lines are UTF-8 or in another encoding."""
    lines = raw.splitlines(keepends=True)
    return "".join(line.decode("utf-8" if line.decode("utf-8", "ignore").encode() == line else encoding, "replace") for line in lines)


def _plain(lines, number, delimiter):
    """The cells of the record that begins in a line, as Python's csv module cuts it."""
    csv.field_size_limit(1 << 24)
    try:
        return next(csv.reader(lines[number - 1 :], delimiter=delimiter), [])
    except csv.Error:
        return []


def _lines(lines, number, delimiter):
    """The numbers of the lines of the record that begins in a line."""
    reader = csv.reader(lines[number - 1 :], delimiter=delimiter)
    try:
        next(reader, None)
    except csv.Error:
        return range(number, number + 1)
    return range(number, number + max(1, reader.line_num))


def _is_told_of(problems, row, lines, record):
    """Whether a problem is told of a row or of one of its lines, or of letters that are damaged where its record has one."""
    return any(line == row or line in lines or (line == 0 and "\ufffd" in text and "\ufffd" in str(record)) for line, text in problems)


def _is_told(problems, line):
    """Whether a problem is told of the whole file, of this line, or of an earlier one that may have swallowed it."""
    return any(row in {0, line} or (row < line and "over several lines" in text) for row, text in problems)
