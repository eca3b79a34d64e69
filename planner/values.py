"""What a value is: named fields that never change, compared by what they hold. The door to msgspec's structures.

They are used instead of dataclasses for what those cost at every start, 0.3 s of it: a dataclass writes and compiles its methods when it is
imported, some 350 of them here, and sets the 30 fields of each of 20,000 accounts by a call (`tests/bench/RESULTS.md`).
"""

from typing import Any

from msgspec import Struct, field, to_builtins
from msgspec.structs import fields, replace

__all__ = ["Struct", "as_data", "field", "fields", "replace"]


def as_data(value: Struct) -> dict[str, Any]:
    """The fields of a value by name, those of the values within it as well, as JSON can hold them."""
    data: dict[str, Any] = to_builtins(value, enc_hook=str)
    return data
