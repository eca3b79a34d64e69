"""The search's loops as machine code. Imported inside functions only: importing it loads numba."""

from contextlib import suppress
from pathlib import Path


def _renew() -> None:
    """Throw machine code away that is older than any of these files: numba looks only at the file of a function, not at those it calls."""
    here = Path(__file__).parent
    newest = max(path.stat().st_mtime for path in here.glob("*.py"))
    for kept in here.glob("__pycache__/*.nb[ci]"):
        with suppress(OSError):  # another process was quicker, or the folder cannot be written
            if kept.stat().st_mtime < newest:
                kept.unlink()


_renew()
