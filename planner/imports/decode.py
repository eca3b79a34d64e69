"""Bytes of a file somebody exported become text, whatever program wrote them."""

import codecs
import re
from pathlib import Path

from planner.errors import BadInputFile

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

UNREADABLE = "\ufffd"
"""Stands in a text for bytes that are no letter in the encoding all others are in."""

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
    The byte order mark decides, then UTF-16 by its zero bytes, then UTF-8 when it is valid or damaged in places only, else Windows-1252,
    else Latin-1. Damaged places become UNREADABLE. Raises BadInputFile for a file that cannot be opened, is empty, huge or not text.
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
    try:
        if path.stat().st_size > MOST_BYTES:
            raise BadInputFile(f"{path.name} is too big.", f"It has more than {MOST_BYTES >> 20} MB.", "Export fewer records or columns.")
        return path.read_bytes()
    except OSError as error:
        raise BadInputFile(
            f"{path.name} could not be opened.", f"{error.strerror}.", "Check that the file is there and not open elsewhere."
        ) from error


def _decode(raw: bytes) -> tuple[str, str]:
    marked = [encoding for bom, encoding in _BOMS if raw.startswith(bom)] or _utf16_without_mark(raw)
    if marked:
        return raw.decode(marked[0], errors="replace"), marked[0]
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _is_damaged_utf8(raw):
            return raw.decode("utf-8", errors="replace"), "utf-8"
    try:
        return raw.decode("cp1252"), "cp1252"
    except UnicodeDecodeError:
        return raw.decode("latin-1"), "latin-1"


def _is_damaged_utf8(raw: bytes) -> bool:
    """Whether at least half of what is not ASCII is valid UTF-8: letters of another encoding hardly ever are by chance."""
    text = raw.decode("utf-8", errors="replace")
    damaged = text.count(UNREADABLE)
    valid = len(text) - len(text.encode("ascii", errors="ignore")) - damaged
    return valid >= max(damaged, 1)


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
