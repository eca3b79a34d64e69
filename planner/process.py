"""How every process of the product begins."""

import ctypes
import gc
import os
import sys
from contextlib import suppress

_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8  # of malloc.h
_OWN_PAGES_BYTES = 128 * 1024


def settle() -> None:
    """What is written is its owner's only, Python looks for cycles of rubbish seldom, as tens of thousands of accounts have none, and
    memory that was given back is the system's again.
    """
    os.umask(0o077)
    gc.set_threshold(50_000, 20, 100)  # importing 20,000 accounts takes a third longer with the usual 700
    if sys.platform == "linux":
        _give_memory_back()


def look_for_rubbish() -> None:
    """Look for cycles of rubbish from now on, and never among all that there is already: a started window stays."""
    gc.freeze()
    gc.enable()


def _give_memory_back() -> None:
    """By itself glibc keeps a heap for each thread, and large blocks in it: a window that had planned held 90 MB that nobody used."""
    with suppress(OSError, AttributeError):  # another C library than glibc
        settings = ctypes.CDLL(None)
        settings.mallopt(_M_ARENA_MAX, 2)
        settings.mallopt(_M_MMAP_THRESHOLD, _OWN_PAGES_BYTES)
