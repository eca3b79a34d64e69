"""A workbook looked through before it is read: bombs, passwords, sheets that would fill the memory, and what its reader does not tell."""

import re
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import IO

from planner.errors import BadInputFile
from planner.imports.binary_marks import xlsb_percent_styles, xlsb_sheet_names
from planner.imports.binary_sheets import LockedError, check_xls, check_xlsb_sheet, xlsb_records, xlsb_strings
from planner.imports.ods_marks import ods_marks
from planner.imports.plain_file import file_size, first_bytes
from planner.imports.sheet_marks import CHUNK, SheetMarks, TooBigError
from planner.imports.xlsx_marks import XlsxScan, is_plain_sheet, percent_styles, sheet_marks, sheet_targets, string_lengths

MOST_BYTES = 300 << 20
"""Inflated, of all parts together: twenty times what 20,000 rows of 60 columns take."""
MOST_SMALL = 8 << 20
"""Of a part that is read as a whole: the list of sheets, the styles, the directory of the archive."""
_OVERLAP = 16
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OLD = b"\xd0\xcf\x11\xe0"
_DIRECTORY_END = b"PK\x05\x06"
_MADE_BIG = "It was made to fill the memory, or holds far more than a list of accounts."
_REMEDY = "Save the sheet you need as CSV, and import that; nothing was imported."


def check_workbook(path: Path) -> Mapping[str, SheetMarks]:
    """Return the marked cells of each sheet by its name; raises BadInputFile for a workbook that cannot be read safely."""
    try:
        if first_bytes(path, 4) == _OLD:
            return _old_marks(path)
        _check_directory(path)
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive)
            return _marks(archive)
    except LockedError as error:
        raise _protected(path) from error
    except TooBigError as error:
        raise BadInputFile(f"{path.name} is far too big.", f"{error} {_MADE_BIG}", _REMEDY) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
        SyntaxError,
        KeyError,
        struct.error,
    ) as error:
        raise BadInputFile(f"{path.name} is damaged.", f"It cannot be unpacked: {str(error)[:200]}.", "Save or export it again.") from error


def _protected(path: Path) -> BadInputFile:
    remedy = "Open it, save it without the password, and import that."
    return BadInputFile(f"{path.name} is protected with a password.", "Its content is encrypted.", remedy)


def _old_marks(path: Path) -> Mapping[str, SheetMarks]:
    """Old Excel files are read as they are; what looks like one may be a new one behind a password."""
    if file_size(path) > MOST_BYTES:
        raise BadInputFile(f"{path.name} is too big.", _MADE_BIG, _REMEDY)
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _protected(path)
    return check_xls(content)


def _check_directory(path: Path) -> None:
    """Refuse an archive of a hundred thousand parts before its directory is read."""
    size = file_size(path)
    if size > MOST_BYTES:
        raise BadInputFile(f"{path.name} is too big.", _MADE_BIG, _REMEDY)
    with path.open("rb") as file:
        file.seek(max(0, size - (1 << 16) - 22))
        end = file.read()
    at = end.rfind(_DIRECTORY_END)
    if at >= 0 and len(end) >= at + 16 and struct.unpack_from("<L", end, at + 12)[0] > MOST_SMALL:
        raise BadInputFile(f"{path.name} is not a plain workbook.", "It is an archive of far too many files.", _REMEDY)


def _check_parts(path: Path, archive: zipfile.ZipFile) -> None:
    left = MOST_BYTES
    if len({name.casefold() for name in archive.namelist()}) < len(archive.namelist()):
        raise BadInputFile(f"{path.name} is not a plain workbook.", "It holds several parts of the same name.", _REMEDY)
    for info in archive.infolist():
        if info.flag_bits & 1:
            raise _protected(path)
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise BadInputFile(f"{path.name} is not a plain workbook.", "It is packed in a way no spreadsheet packs.", _REMEDY)
        with archive.open(info) as part:
            left -= _check_part(path, info.filename, part, left)
    if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in _small(archive, "META-INF/manifest.xml"):
        raise _protected(path)


def _check_part(path: Path, name: str, part: IO[bytes], left: int) -> int:
    """Read a part through, counting what it really inflates to; returns that."""
    size = 0
    tail = b""
    is_xml = name.casefold().endswith((".xml", ".rels"))
    while chunk := part.read(CHUNK):
        size += len(chunk)
        if size > left:
            raise BadInputFile(f"{path.name} is far too big.", _MADE_BIG, _REMEDY)
        text = tail + chunk
        if is_xml and (_ENTITY.search(text) or b"\x00" in text):
            raise BadInputFile(f"{path.name} is not a plain workbook.", "It declares entities, which no spreadsheet does.", _REMEDY)
        tail = text[-_OVERLAP:]
    return size


def _marks(archive: zipfile.ZipFile) -> Mapping[str, SheetMarks]:
    """The marked cells of each sheet of an ods, xlsb or xlsx file. What seems to be of two kinds is both."""
    names = {name.casefold(): name for name in archive.namelist()}  # the reader does not mind capitals
    found: dict[str, SheetMarks] = {}
    if "content.xml" in names:
        with archive.open(names["content.xml"]) as content:
            found |= ods_marks(content)
    if "xl/workbook.bin" in names:
        found |= _xlsb_marks(archive, names)
    if "xl/workbook.xml" in names:
        found |= _xlsx_marks(archive, names)
    return found


def _xlsx_marks(archive: zipfile.ZipFile, names: Mapping[str, str]) -> Mapping[str, SheetMarks]:
    scan = XlsxScan()
    if "xl/sharedstrings.xml" in names:
        with archive.open(names["xl/sharedstrings.xml"]) as strings:
            scan.strings = string_lengths(strings)
    if "xl/styles.xml" in names:
        scan.percent_styles = percent_styles(_small(archive, names["xl/styles.xml"]))
    sheets = sheet_targets(_small(archive, names["xl/workbook.xml"]), _small(archive, names["xl/_rels/workbook.xml.rels"]))
    found = {}
    for name, target in sheets:
        parts = [names[path] for path in (target.lstrip("/").casefold(), f"xl/{target}".casefold()) if path in names]
        if not parts:
            raise ValueError(f"its sheet “{name}” is missing")
        for part in parts:
            with archive.open(part) as sheet:
                is_plain = is_plain_sheet(sheet, scan)
            with archive.open(part) as sheet:
                found[name] = SheetMarks() if is_plain else sheet_marks(sheet, scan)
    return found


def _xlsb_marks(archive: zipfile.ZipFile, names: Mapping[str, str]) -> Mapping[str, SheetMarks]:
    """Look through every part that may be a sheet, whether it is called one or not: another part only seems a small one."""
    strings: Sequence[int] = ()
    if "xl/sharedstrings.bin" in names:
        with archive.open(names["xl/sharedstrings.bin"]) as part:
            strings = xlsb_strings(part)
    percent = xlsb_percent_styles(_records(archive, names, "xl/styles.bin"))
    parts = {}
    for folded, name in names.items():
        if "sheet" in folded and folded.endswith(".bin"):
            with archive.open(name) as part:
                parts[folded] = check_xlsb_sheet(part, strings, percent)
    relations = names.get("xl/_rels/workbook.bin.rels")
    if relations is None:
        return {}
    sheets = xlsb_sheet_names(_records(archive, names, "xl/workbook.bin"), _small(archive, relations))
    placed = {path: name for target, name in sheets.items() for path in (target.lstrip("/").casefold(), f"xl/{target}".casefold())}
    return {placed[path]: marks for path, marks in parts.items() if path in placed}


def _records(archive: zipfile.ZipFile, names: Mapping[str, str], path: str) -> list[tuple[int, bytes]]:
    """The records of a small part of an xlsb file; none where it has no such part."""
    return list(xlsb_records(BytesIO(_small(archive, names[path])))) if path in names else []


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        content = part.read(MOST_SMALL + 1)
    if len(content) > MOST_SMALL:
        raise TooBigError(f"Its part {name} has more than {MOST_SMALL >> 20} MB.")
    return content
