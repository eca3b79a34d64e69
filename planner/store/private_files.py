"""Files and folders that only their owner may read.

On POSIX they are made with these rights, so there is no moment in which others can open them. On Windows the profile's own access list
keeps other users out of the user's folders, and a file's mode says nothing.
"""

import os
import shutil
from pathlib import Path

FOLDER_MODE = 0o700
FILE_MODE = 0o600


def private_folder(folder: Path, *, ours: bool = False) -> None:
    """Make a folder for its owner alone; one that was there before is closed to others when it is `ours` or empty. Raises OSError."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        if os.name == "posix" and (ours or not any(folder.iterdir())) and folder.stat().st_uid == os.geteuid():
            folder.chmod(FOLDER_MODE)


def private_file(path: Path) -> None:
    """Make an empty file for its owner alone where there is none, else take the rights of others away. Raises OSError.

    SQLite gives the files beside a database (-wal, -shm) the rights of the database itself.
    """
    os.close(os.open(path, os.O_CREAT | os.O_RDONLY, FILE_MODE))
    if os.name == "posix" and path.stat().st_uid == os.geteuid() and path.stat().st_mode & 0o077:
        path.chmod(FILE_MODE)


def private_copy(source: Path, target: Path) -> None:
    """Copy the contents of a file into one for its owner alone, on disk when this returns. Raises OSError."""
    private_file(target)
    with source.open("rb") as reader, target.open("wb") as writer:
        shutil.copyfileobj(reader, writer, 1 << 20)
    on_disk(target)


def on_disk(path: Path) -> None:
    """Wait until a file is on disk; a folder too, where the system can (what was renamed in it). Raises OSError."""
    if path.is_dir() and os.name != "posix":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_durably(source: Path, target: Path) -> None:
    """Rename a whole file over another of the same folder; on disk when this returns. Raises OSError."""
    on_disk(source)
    source.replace(target)
    on_disk(target.parent)
