"""The door to numba: machine code for the few loops that a plan within seconds needs, and where it is kept. Importing it loads numba."""

# mypy: allow-untyped-calls

import hashlib
import platform
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Self, cast

import numba
from numba.core.caching import CompileResultCacheImpl, FunctionCache

from planner.paths import cache_dir

_HERE = Path(__file__).parent
_CONFIG: Any = numba.config
# Code for any processor of a kind can come with the application, and these loops are as quick with it as with code for the one at hand.
_CONFIG.CPU_NAME, _CONFIG.CPU_FEATURES = "generic", ""
_WHOLE = "whole.txt"
"""The name of the file, beside the machine code, that says of which kernels all of it is there."""


def compiled[F: Callable[..., object]](function: F) -> F:
    """Compile a function of numbers and arrays at its first call, unless its machine code is kept from before. It runs without the
    interpreter's lock.
    """
    program: Any = numba.njit(nogil=True)(function)
    program._cache = _Cache(function)  # noqa: SLF001 - where numba's cache=True would put its own
    return cast("F", program)


class _Place:
    """Where numba keeps machine code: one folder for all functions, in which it is good until one of their files changes.

    By itself numba looks only at the file of a function, not at those of the functions it calls, and in a frozen application at the file of
    the program, so that two programs of one application would throw away each other's. Nor does it read from a folder it cannot write.
    """

    def __init__(self, function: Callable[..., object], file: str) -> None:
        self._line, self._py_file = function.__code__.co_firstlineno, file

    @classmethod
    def from_function(cls, function: Callable[..., object], file: str) -> Self:
        return cls(function, file)

    def get_cache_path(self) -> str:
        return str(_folder())

    def ensure_cache_path(self) -> None:
        _folder().mkdir(parents=True, exist_ok=True)

    def get_source_stamp(self) -> str:
        return _stamp()

    def get_disambiguator(self) -> str:
        return str(self._line)


class _Format(CompileResultCacheImpl):
    _locator_classes: list[type[object]] = [_Place]  # noqa: RUF012 - as numba has it


class _Cache(FunctionCache):
    """Numba's way of keeping machine code; where it cannot be read or written, as on a full disk, it is compiled again each time."""

    _impl_class = _Format

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        with suppress(OSError):
            return super().load_overload(sig, target_context)
        return None

    def save_overload(self, sig: Any, data: Any) -> None:
        with suppress(OSError):
            super().save_overload(sig, data)

    def _index_key(self, sig: Any, codegen: Any) -> tuple[Any, ...]:
        signature, (system, *processor), code = super()._index_key(sig, codegen)
        # On macOS the name of the system ends in its version, and each update would have everything compiled again.
        return signature, (system.rstrip(".0123456789"), *processor), code


def is_whole() -> bool:
    """Whether the machine code of all kernels, as they are now, is kept."""
    try:
        return (_folder() / _WHOLE).read_text(encoding="utf-8") == _mark()
    except OSError:
        return False


def keep_whole() -> None:
    """Remember that all of the machine code is kept, and clear away what a process left that was ended while it wrote."""
    with suppress(OSError):
        for left in _folder().glob("*.nb[ci].tmp.*"):
            left.unlink(missing_ok=True)
        if not is_whole():
            (_folder() / _WHOLE).write_text(_mark(), encoding="utf-8")


def _mark() -> str:
    return f"{_stamp()} {numba.__version__} {sys.implementation.cache_tag} {platform.machine()}"


@cache
def _stamp() -> str:
    """What identifies the kernels, and the arrays they work on, as they are now."""
    files = [file for pattern in ("compiled.py", "state.py", "kernels/*.py") for file in sorted(_HERE.glob(pattern))]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


@cache
def _folder() -> Path:
    """The folder for machine code: the one NUMBA_CACHE_DIR names, else the one beside the kernels when there is some in it or it can be
    written, else the user's.
    """
    if _CONFIG.CACHE_DIR:
        return Path(_CONFIG.CACHE_DIR)
    beside = _HERE / "kernels" / "__pycache__"
    return beside if any(beside.glob("*.nbi")) or _can_write(beside) else cache_dir()


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        return False
    return True
