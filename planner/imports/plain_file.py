"""Files as a person means them: folders, devices and pipes are none, and reading some of them would never end."""

import os
import stat
from pathlib import Path

from planner.errors import BadInputFile

_NAMES = (
    (stat.S_ISDIR, "It is a folder.", "Choose the files in it."),
    (stat.S_ISCHR, "It is a device.", "Choose a file."),
    (stat.S_ISBLK, "It is a device.", "Choose a file."),
    (stat.S_ISFIFO, "It is a pipe between programs.", "Write what comes out of it to a file, and choose that."),
    (stat.S_ISSOCK, "It is a connection between programs.", "Choose a file."),
)


def file_size(path: Path) -> int:
    """The size of a file in bytes; raises BadInputFile for what cannot be looked at or is no file."""
    try:
        found = os.stat(path)  # noqa: PTH116 - a path with a NUL in it raises ValueError here as well
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from error
    for is_one, why, remedy in _NAMES:
        if is_one(found.st_mode):
            raise BadInputFile(f"{path.name} could not be opened.", why, remedy)
    return found.st_size


def first_bytes(path: Path, count: int) -> bytes:
    """How a file begins; raises BadInputFile for what cannot be opened or is no file."""
    file_size(path)
    try:
        with path.open("rb") as file:
            return file.read(count)
    except OSError as error:
        raise cannot_open(path, error) from error


def cannot_open(path: Path, error: OSError | ValueError) -> BadInputFile:
    """What to tell of a file that the system does not open."""
    why = f"{error.strerror}." if isinstance(error, OSError) and error.strerror else "Its name is none that a file can have."
    return BadInputFile(f"{path.name} could not be opened.", why, "Check that the file is there and not open elsewhere.")
