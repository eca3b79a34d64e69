"""Lists that a setting keeps as one text, as the rows of a small table and back."""

import re
from collections.abc import Callable, Sequence

from planner.values import Struct

Row = tuple[str, ...]
_RUSH = re.compile(r"(\d{1,2})\s*-\s*(\d{1,2})\s*=\s*(\d+(?:\.\d+)?)")


class Column(Struct, frozen=True):
    """A column of a small table: what it is called, how wide its fields are (0: what room there is), and whether it holds hours."""

    name: str
    width_px: int = 0
    hours: bool = False
    hint: str = ""


class RowsKind(Struct, frozen=True):
    """A kind of list: its columns, what a new row is called, and how its text is read and written."""

    columns: tuple[Column, ...]
    row: str
    read: Callable[[str], list[Row]]
    write: Callable[[Sequence[Row]], str]


def _named_rows(text: str) -> list[Row]:
    """The rows of "name = address; name = address"; an entry without = is a name that is its address too."""
    pairs = [entry.partition("=") for entry in text.split(";") if entry.strip()]
    return [(name.strip(), value.strip() or name.strip()) for name, _, value in pairs]


def _named_text(rows: Sequence[Row]) -> str:
    return "; ".join(f"{_plain(name)} = {_plain(value)}" for name, value in rows)


def _rush_rows(text: str) -> list[Row]:
    """The rows of "7-9 = 1.25": from, until, and by how many per cent drives are longer."""
    return [(begin, end, f"{100 * float(factor) - 100:.0f}") for begin, end, factor in _RUSH.findall(text)]


def _rush_text(rows: Sequence[Row]) -> str:
    return "; ".join(f"{begin}-{end} = {_factor(percent)}" for begin, end, percent in rows)


def _factor(percent: str) -> str:
    """As many times as long as "25" per cent more is; what is no number stays as it was typed, to be refused in words."""
    typed = percent.strip().removesuffix("%").strip()
    try:
        return f"{1 + float(typed) / 100:g}"
    except ValueError:
        return typed


def _plain(text: str) -> str:
    """Without the signs that hold the list together."""
    return text.strip().replace(";", ",").replace("=", "-")


HOTELS = RowsKind((Column("Name", 130), Column("Address", hint="Street, town, state ZIP")), "a hotel", _named_rows, _named_text)
RUSH_HOURS = RowsKind(
    (Column("From", 104, hours=True), Column("Until", 104, hours=True), Column("Longer by (%)", 90, hint="25")),
    "rush hours",
    _rush_rows,
    _rush_text,
)
RATES = RowsKind((Column("Year", 80), Column("Dollars a mile", 110, hint="0.70")), "a year", _named_rows, _named_text)
