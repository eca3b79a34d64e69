"""What a workbook is looked at for before it is read: bombs, passwords, and sheets so wide and long that reading them fills the memory."""

import re
import zipfile
import zlib
from pathlib import Path
from typing import IO

from planner.errors import BadInputFile

MOST_BYTES = 300 << 20
"""Inflated, of all parts together: twenty times what 20,000 rows of 60 columns take."""
MOST_CELLS = 5_000_000
"""Of one sheet, counted as wide and as long as its farthest cells: the reader keeps them all."""
_CHUNK = 1 << 18
_OVERLAP = 256
_CELL = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{1,9})"')
_ODS_ROW = re.compile(rb"<table:table-row\b([^>]*)>")
_FILLED = re.compile(rb"office:value|<text:p")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MADE_BIG = "It was made to fill the memory, or holds far more than a list of accounts."
_REMEDY = "Save the sheet you need as CSV, and import that; nothing was imported."


def check_workbook(path: Path) -> None:
    """Raise BadInputFile for a workbook that cannot be read safely."""
    with path.open("rb") as file:
        begin = file.read(8)
    if begin.startswith(b"\xd0\xcf\x11\xe0"):
        _check_old(path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError) as error:
        raise BadInputFile(f"{path.name} is damaged.", f"It cannot be unpacked: {str(error)[:200]}.", "Save or export it again.") from error


def _check_old(path: Path) -> None:
    """Old Excel files are read as they are; what looks like one may be a new one behind a password."""
    if path.stat().st_size > MOST_BYTES:
        raise BadInputFile(f"{path.name} is too big.", _MADE_BIG, _REMEDY)
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise BadInputFile(
            f"{path.name} is protected with a password.",
            "Its content is encrypted.",
            "Open it, save it without the password, and import that.",
        )


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    left = MOST_BYTES
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise BadInputFile(f"{path.name} is protected with a password.", remedy="Save it without the password, and import that.")
        if not info.filename.endswith((".xml", ".rels", ".bin")):
            continue
        with archive.open(info) as part:
            left -= _check_part(path, info.filename, part, left)


def _check_part(path: Path, name: str, part: IO[bytes], left: int) -> int:
    """Read a part through, counting what it really inflates to; returns that."""
    size, columns, rows, repeated_rows = 0, 1, 1, 0
    tail = b""
    is_sheet, is_ods = "worksheets/" in name, name == "content.xml"
    while chunk := part.read(_CHUNK):
        size += len(chunk)
        if size > left:
            raise BadInputFile(f"{path.name} is far too big.", _MADE_BIG, _REMEDY)
        text = tail + chunk
        if name.endswith((".xml", ".rels")) and _ENTITY.search(text):
            raise BadInputFile(f"{path.name} is not a plain workbook.", "It declares entities, which no spreadsheet does.", _REMEDY)
        if is_sheet:
            for letters, number in set(_CELL.findall(text)):
                columns, rows = max(columns, _column(letters)), max(rows, int(number))
        if is_ods:
            columns, rows, repeated_rows = _ods_range(text, columns, rows, repeated_rows)
        if columns * max(rows, repeated_rows) > MOST_CELLS:
            raise BadInputFile(f"{path.name} has a sheet of {max(rows, repeated_rows):,} rows and {columns:,} columns.", _MADE_BIG, _REMEDY)
        tail = text[-_OVERLAP:]
    return size


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_range(text: bytes, columns: int, rows: int, repeated_rows: int) -> tuple[int, int, int]:
    """How wide and long a sheet of an ods file is at least; empty rows and columns repeated to its end do not count."""
    repeats = [(what, int(count)) for what, count in _REPEATED.findall(text)]
    wide = [count for what, count in repeats if what == b"columns" and count < 16384 - 1024]
    long = sum(count for what, count in repeats if what == b"rows" and count < 1_048_576 - 65_536)
    rows += len(_ODS_ROW.findall(text))
    filled = _FILLED.search(text) is not None
    if filled:
        huge = [count for what, count in repeats if count >= 16384 - 1024 and _holds_value(text, what, count)]
        repeated_rows += sum(huge)
    return max(columns, *wide, 1), rows, repeated_rows + long


def _holds_value(text: bytes, what: bytes, count: int) -> bool:
    """Whether what is repeated so often holds a value, and is not the empty rest of the sheet."""
    at = text.find(b"number-" + what + b'-repeated="' + str(count).encode())
    end = text.find(b"</table:table-row>" if what == b"rows" else b"</table:table-cell>", at)
    begin = text[at : at + 400] if end < 0 else text[at:end]
    return _FILLED.search(begin) is not None and not begin.partition(b">")[0].endswith(b"/")
