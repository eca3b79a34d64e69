"""What the cells of a sheet are beside their values: percentages, formulas nobody has reckoned, errors of the spreadsheet."""

from collections.abc import Callable
from typing import IO
from xml.parsers import expat

from planner.values import Struct, field

CHUNK = 1 << 18
"""So many bytes of a part are looked at in one go."""
MOST_CELLS = 5_000_000
"""Of one sheet, counted as wide and as long as its farthest cells: the reader keeps them all."""
MOST_TEXT = 200 << 20
"""Of all cells together, in characters: each cell gets a copy of its text, however often it stands in the file."""

Area = tuple[int, int, int, int]
"""Some cells: their first row and column (0 = the first of the sheet), and how many rows and columns."""


class TooBigError(ValueError):
    """A sheet that would fill the memory; its text says how big it is."""


class SheetMarks(Struct):
    """The marked cells of one sheet; of errors, the text they show as well."""

    percentages: list[Area] = field(default_factory=list)
    unreckoned: list[Area] = field(default_factory=list)
    errors: list[tuple[int, int, str]] = field(default_factory=list)


def check_range(rows: int, columns: int) -> None:
    """Raise TooBigError for a sheet of more cells than are read."""
    if rows * columns > MOST_CELLS:
        raise TooBigError(f"It has a sheet of {rows:,} rows and {columns:,} columns.")


def check_text(characters: int) -> None:
    """Raise TooBigError for cells that hold more text than is read."""
    if characters > MOST_TEXT:
        raise TooBigError(f"Its cells hold more than {MOST_TEXT >> 20} MB of text, most of it the same again and again.")


def parse_part(part: IO[bytes], begin: Callable[[str, list[str]], None], end: Callable[[str], None], text: Callable[[str], None]) -> None:
    """Read XML through: its elements with names and values of their attributes in turn, and its text.

    Raises ValueError for XML that is damaged, declares entities, or is in an encoding in which the guard cannot see that.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"its content is cut off or damaged ({error})") from error


def _refuse(*_declared: object) -> None:
    raise ValueError("it declares entities, which no spreadsheet does")
