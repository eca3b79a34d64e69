"""Whether a file is a calendar, seen by what is in it and not by its name."""

from pathlib import Path

from planner.errors import BadInputFile

_LOOKED_AT = 1024


def is_calendar(path: Path) -> bool:
    """Whether the file begins as calendars do, in any encoding; raises BadInputFile when it cannot be opened."""
    try:
        with path.open("rb") as file:
            begin = file.read(_LOOKED_AT)
    except OSError as error:
        raise BadInputFile(
            f"{path.name} could not be opened.", f"{error.strerror}.", "Check that the file is there and not open elsewhere."
        ) from error
    bare = begin.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bare[:15].upper() == b"BEGIN:VCALENDAR"
