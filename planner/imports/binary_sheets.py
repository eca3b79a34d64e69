"""The sheets of xlsb and xls files looked through before they are read: how big they are, and what their cells are."""

import struct
from array import array
from collections.abc import Iterator, Mapping, Sequence
from typing import IO

from planner.imports.binary_marks import XlsMarks, mark_xlsb_cell
from planner.imports.sheet_marks import MOST_CELLS, SheetMarks, TooBigError, check_range, check_text

_XLSB_ROW, _XLSB_CELLS, _XLSB_TEXT, _XLSB_STRING = 0, range(1, 12), 7, 19
_XLS_BEGIN, _XLS_LOCKED, _XLS_STRINGS, _XLS_CONTINUED, _XLS_TEXT = 0x0809, 0x002F, 0x00FC, 0x003C, 0x00FD
_XLS_CELLS = frozenset({0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E})
_XLS_SEVERAL = frozenset({0x00BD, 0x00BE})
_LAST_SECTOR = 0xFFFFFFFA


class LockedError(ValueError):
    """A file that is encrypted with a password."""


def xlsb_strings(part: IO[bytes]) -> Sequence[int]:
    """The length of each shared string of an xlsb file; raises TooBigError for more of them than a sheet has cells."""
    lengths = array("L")
    for kind, content in xlsb_records(part):
        if kind == _XLSB_STRING:
            lengths.append(len(content) // 2)
            if len(lengths) > MOST_CELLS:
                raise TooBigError(f"It holds more than {MOST_CELLS:,} different texts.")
    return lengths


def check_xlsb_sheet(part: IO[bytes], strings: Sequence[int], percent_styles: frozenset[int] = frozenset()) -> SheetMarks:
    """The marked cells of a sheet of an xlsb file (MS-XLSB 2.1.7.62); raises TooBigError for one that would fill the memory."""
    marks = SheetMarks()
    rows = columns = characters = row = 0
    for kind, content in xlsb_records(part):
        if kind == _XLSB_ROW and len(content) >= 4:
            row = struct.unpack_from("<L", content)[0]
            rows = max(rows, row + 1)
            check_text(characters)
        elif kind in _XLSB_CELLS and len(content) >= 4:
            columns = max(columns, struct.unpack_from("<L", content)[0] + 1)
            if kind == _XLSB_TEXT and len(content) >= 12:
                string = struct.unpack_from("<L", content, 8)[0]
                characters += strings[string] if string < len(strings) else 0
            elif len(content) >= 8:
                mark_xlsb_cell(marks, percent_styles, row, kind, content)
    check_range(rows, columns)
    check_text(characters)
    return marks


def xlsb_records(part: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """The records of a part: kind and content (MS-XLSB 2.1.4); numbers are in groups of seven bits."""

    def number(most: int) -> int | None:
        value = 0
        for at in range(most):
            byte = part.read(1)
            if not byte:
                return None
            value |= (byte[0] & 0x7F) << 7 * at
            if byte[0] < 0x80:
                break
        return value

    while (kind := number(2)) is not None and (length := number(4)) is not None:
        kind = kind & 0x7F | kind >> 7 << 7
        yield kind, part.read(length)


def check_xls(content: bytes) -> Mapping[str, SheetMarks]:
    """The marked cells of each sheet of an xls file by its name.

    Raises TooBigError for one with a sheet that would fill the memory, LockedError and ValueError for one that cannot be read.
    """
    stream = _workbook_stream(content)
    marks = XlsMarks()
    strings: Sequence[int] = ()
    rows = columns = characters = at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == _XLS_LOCKED:
            raise LockedError("it is behind a password")
        if kind == _XLS_BEGIN:
            rows = columns = 0
        elif kind == _XLS_STRINGS:
            strings = _xls_strings(_with_following(stream, at, length))
        elif kind in _XLS_CELLS and length >= 4 and at + length <= len(stream):
            row, column = struct.unpack_from("<HH", stream, at)
            if kind in _XLS_SEVERAL:
                column = struct.unpack_from("<H", stream, at + length - 2)[0]
            elif kind == _XLS_TEXT and length >= 10:
                string = struct.unpack_from("<L", stream, at + 6)[0]
                characters += strings[string] if string < len(strings) else 0
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            check_range(rows, columns)
            check_text(characters)
        marks.take(kind, at - 4, stream[at : at + length])
        at += length
    return marks.sheets


def _with_following(stream: bytes, at: int, length: int) -> list[bytes]:
    """The content of a record, and of the ones that continue it."""
    parts = [stream[at : at + length]]
    at += length
    while at + 4 <= len(stream) and struct.unpack_from("<H", stream, at)[0] == _XLS_CONTINUED:
        length = struct.unpack_from("<H", stream, at + 2)[0]
        parts.append(stream[at + 4 : at + 4 + length])
        at += 4 + length
    return parts


def _xls_strings(parts: Sequence[bytes]) -> Sequence[int]:
    """The length of each shared string of an xls file (MS-XLS 2.4.265); what belongs to a string may go on in another part."""
    lengths = array("L")
    many, part, at = struct.unpack_from("<L", parts[0], 4)[0], 0, 8

    def skip(count: int, width: int, *, letters: bool) -> None:
        nonlocal part, at
        while count:
            room = max(0, min(count, (len(parts[part]) - at) // width))
            count, at = count - room, at + room * width
            if count:
                part, at = part + 1, int(letters)
                if part >= len(parts):
                    raise ValueError("its texts are cut off")
                width = 1 + (parts[part][0] & 1) if letters and parts[part] else width

    while len(lengths) < min(many, MOST_CELLS):
        if at >= len(parts[part]):
            part, at = part + 1, 0
            if part >= len(parts):
                break
            continue
        letters, flags = struct.unpack_from("<HB", parts[part], at)
        at += 3
        runs = struct.unpack_from("<H", parts[part], at)[0] if flags & 8 else 0
        at += 2 if flags & 8 else 0
        more = struct.unpack_from("<L", parts[part], at)[0] if flags & 4 else 0
        at += 4 if flags & 4 else 0
        skip(letters, 1 + (flags & 1), letters=True)
        skip(4 * runs + more, 1, letters=False)
        lengths.append(letters)
    return lengths


def _workbook_stream(content: bytes) -> bytes:
    """The stream of a compound file (MS-CFB) that holds the workbook; raises ValueError."""
    if len(content) < 512:
        raise ValueError("it is cut off")
    shifts = struct.unpack_from("<HH", content, 30)
    if shifts not in {(9, 6), (12, 6)}:
        raise ValueError("it is no file that Excel writes")
    sector, small = 1 << shifts[0], 1 << shifts[1]
    directory, cutoff, small_table = struct.unpack_from("<L4xLL", content, 48)
    table = array("L" if array("L").itemsize == 4 else "I")
    for each in _table_sectors(content, sector):
        table.frombytes(_sector(content, each, sector)[: sector // 4 * 4])
    entries = _chain(content, table, directory, sector)
    root = entries[:128]
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        begin, size = struct.unpack_from("<LL", entry, 116)
        if name.casefold() not in {"workbook", "book"}:
            continue
        if size >= cutoff:
            return _chain(content, table, begin, sector)[:size]
        inner = _chain(content, table, struct.unpack_from("<L", root, 116)[0], sector)
        inner_table = array(table.typecode)
        kept = _chain(content, table, small_table, sector)
        inner_table.frombytes(kept[: len(kept) // 4 * 4])
        return _chain(b"\x00" * small + inner, inner_table, begin, small)[:size]
    raise ValueError("it holds no workbook")


def _table_sectors(content: bytes, sector: int) -> list[int]:
    """The sectors that hold the table of sectors: 109 are named in the header, others in sectors that lead to one another."""
    found = list(struct.unpack_from("<109L", content, 76))
    following, left = struct.unpack_from("<L", content, 68)[0], len(content) // sector
    while following < _LAST_SECTOR and left:
        names = struct.unpack(f"<{sector // 4}L", _sector(content, following, sector))
        found += names[:-1]
        following, left = names[-1], left - 1
    return [each for each in found if each < _LAST_SECTOR]


def _sector(content: bytes, number: int, size: int) -> bytes:
    """A sector; the first one begins behind one that the header takes."""
    return content[(number + 1) * size : (number + 2) * size].ljust(size, b"\x00")


def _chain(content: bytes, table: Sequence[int], begin: int, size: int) -> bytes:
    """The sectors from one on, as the table leads to the next; raises ValueError for those that lead in circles or out of the file."""
    parts, number = [], begin
    while number < _LAST_SECTOR:
        if number >= len(table) or (number + 1) * size >= len(content):
            raise ValueError("a part of it is missing")
        parts.append(_sector(content, number, size))
        if len(parts) > len(table):
            raise ValueError("its parts lead in circles")
        number = table[number]
    return b"".join(parts)
