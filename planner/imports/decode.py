"""Bytes of a file somebody exported become text, whatever program wrote them."""

import codecs
import re
from collections.abc import Sequence
from pathlib import Path

from planner.errors import BadInputFile
from planner.imports.plain_file import cannot_open, file_size

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

UNREADABLE = "\ufffd"
"""Stands in a text for bytes that are no letter in the encoding all others are in."""

_NO_WINDOWS = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_WINDOWS = {byte: bytes([byte]).decode("cp1252") for byte in range(0x80, 0xA0) if not _NO_WINDOWS.match(bytes([byte]))}
_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")

MOST_BYTES = 200 << 20
"""Of a file: a hundred thousand rows with all the columns a CRM has, several times over."""

_SIGNATURES = (
    (b"PK\x03\x04", "It is an Excel workbook or a zip archive.", "Open it in Excel and save it as “CSV UTF-8”, then import that file."),
    (b"\xd0\xcf\x11\xe0", "It is an old Excel or Outlook file.", "Open it in its program and export it as CSV (or, a calendar, as .ics)."),
    (b"%PDF", "It is a PDF.", "Export the report as CSV instead."),
    (b"\x1f\x8b", "It is a compressed file.", "Unpack it first."),
)


def read_text(path: Path, *, folded: bool = False) -> tuple[str, str]:
    """Read a text file and return its text and the name of its encoding.

    `folded` joins the folded lines of a calendar first, because programs fold between the bytes of one letter (RFC 5545, 3.1).
    The byte order mark decides, then UTF-16 by its zero bytes, then UTF-8 when it is valid or damaged in places only, else Windows-1252
    or Latin-1, with each line that is UTF-8 read as such ("cp1252 and utf-8"). Damaged places become UNREADABLE.
    Raises BadInputFile for a file that cannot be opened, is empty, huge or not text.
    """
    raw = _bytes_of(path)
    if not raw.strip(b"\x00 \t\r\n"):
        raise BadInputFile(f"{path.name} is empty.", remedy="Export it again.")
    for signature, why, remedy in _SIGNATURES:
        if raw.startswith(signature):
            raise BadInputFile(f"{path.name} is not a text file.", why, remedy)
    text, encoding = _decode(re.sub(rb"\r?\n[ \t]", b"", raw) if folded else raw)
    if _is_binary(text):
        raise BadInputFile(f"{path.name} is not a text file.", "It holds binary data.", "Export it as CSV (or, a calendar, as .ics).")
    return text, encoding


def _bytes_of(path: Path) -> bytes:
    if file_size(path) > MOST_BYTES:
        raise BadInputFile(f"{path.name} is too big.", f"It has more than {MOST_BYTES >> 20} MB.", "Export fewer records or columns.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise cannot_open(path, error) from error


def _decode(raw: bytes) -> tuple[str, str]:
    marked = [encoding for bom, encoding in _BOMS if raw.startswith(bom)] or _utf16_without_mark(raw)
    if marked:
        return raw.decode(marked[0], errors="replace"), marked[0]
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _is_damaged_utf8(raw):
            return raw.decode("utf-8", errors="replace"), "utf-8"
    return _decode_lines(raw)


def _decode_lines(raw: bytes) -> tuple[str, str]:
    """Text in Windows-1252, but for lines that are UTF-8 and more than ASCII: somebody put two files together.

    A byte that Windows-1252 has no letter for is what Latin-1 has for it; then the encoding is called that.
    """
    lines = [_utf8_line(line) for line in raw.splitlines(keepends=True)]
    text = "".join(line if isinstance(line, str) else line.decode("latin-1").translate(_WINDOWS) for line in lines)
    encoding = "latin-1" if _NO_WINDOWS.search(raw) else "cp1252"
    return text, encoding + (" and utf-8" if any(isinstance(line, str) for line in lines) else "")


def _utf8_line(line: bytes) -> str | bytes:
    """A line as text when it is UTF-8 and more than ASCII, else as it is."""
    try:
        return line if line.isascii() else line.decode("utf-8")
    except UnicodeDecodeError:
        return line


def _is_damaged_utf8(raw: bytes) -> bool:
    """Whether at least half of what is not ASCII is valid UTF-8: letters of another encoding hardly ever are by chance."""
    text = raw.decode("utf-8", errors="replace")
    damaged = text.count(UNREADABLE)
    valid = len(text) - len(text.encode("ascii", errors="ignore")) - damaged
    return valid >= max(damaged, 1)


def lines_in_utf8(lines: Sequence[str], encoding: str) -> list[int]:
    """The numbers (1 = the first) of lines of a text in a Windows encoding in which letters look as if they had been UTF-8 instead."""
    if not encoding.startswith(("cp1252", "latin-1")):
        return []
    return [at for at, line in enumerate(lines, start=1) if not line.isascii() and _UTF8_LETTER.search(line.encode("cp1252", "ignore"))]


def _utf16_without_mark(raw: bytes) -> list[str]:
    """Plain English in UTF-16 has a zero in every second byte."""
    sample = raw[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half and odd > 0.7 * half > 4 * even:
        return ["utf-16-le"]
    if half and even > 0.7 * half > 4 * odd:
        return ["utf-16-be"]
    return []


def _is_binary(text: str) -> bool:
    """Text has next to no control characters; a few strays, and NULs of an old export, are still text."""
    sample = text[:65536]
    strange = sum(c < " " and c not in "\t\r\n\f\x00" for c in sample)
    return strange > 3 + len(sample) // 50 or sample.count("\x00") * 4 > len(sample)
