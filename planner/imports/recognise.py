"""Whether a file is a calendar, seen by what is in it and not by its name."""

from pathlib import Path

from planner.imports.plain_file import first_bytes

_LOOKED_AT = 1024


def is_calendar(path: Path) -> bool:
    """Whether the file begins as calendars do, in any encoding; raises BadInputFile when it cannot be opened."""
    begin = first_bytes(path, _LOOKED_AT)
    bare = begin.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bare[:15].upper() == b"BEGIN:VCALENDAR"
