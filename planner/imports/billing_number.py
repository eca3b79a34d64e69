"""Billing account numbers: 16 digits, which a spreadsheet rounds to 15 when it takes them for a number."""

import re
from collections.abc import Sequence

_ROUNDED = re.compile(r"\d(\.\d+)?E\+\d+", re.IGNORECASE)
LENGTH = 16
_TELLING = 5
"""So many different numbers that all end in zero were rounded: by chance it happens once in a hundred thousand files."""


def billing_number(text: str) -> str:
    """The number as text, without spaces and hyphens; empty for an empty cell.

    Raises ValueError for one that a spreadsheet has rounded, and for what is no number.
    """
    bare = re.sub(r"[\s-]", "", text)
    if _ROUNDED.fullmatch(bare):
        raise ValueError(f"{text.strip()} was rounded by a spreadsheet, its last digits are lost")
    if bare and not (bare.isascii() and bare.isdecimal()):
        raise ValueError(f"{text.strip()!r} is not a billing account number")
    if len(bare) > LENGTH:
        raise ValueError(f"{text.strip()} has {len(bare)} digits, a billing account number has {LENGTH}")
    return bare


def all_rounded(numbers: Sequence[str]) -> bool:
    """Whether the numbers of a file have lost their last digit to a spreadsheet: all of them end in zero, and there are several."""
    long = {number for number in numbers if len(number) == LENGTH}
    return len(long) >= _TELLING and all(number.endswith("0") for number in long)
