"""The door to numba: machine code for the few loops that a plan within seconds needs."""

from collections.abc import Callable
from typing import cast


def compiled[F: Callable[..., object]](function: F) -> F:
    """Compile a function of numbers and arrays at its first call. It runs without the interpreter's lock, and the machine code is kept on
    disk.
    """
    import numba

    return cast("F", numba.njit(nogil=True, cache=True)(function))
