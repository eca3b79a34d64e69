"""The sheets of an ods file looked through before they are read: how big they are, and what their cells are."""

from collections.abc import Mapping, Sequence
from typing import IO

from planner.imports.sheet_marks import Area, SheetMarks, check_range, check_text, parse_part
from planner.values import Struct, field

_CELLS = {"table:table-cell", "table:covered-table-cell"}


def ods_marks(content: IO[bytes]) -> dict[str, SheetMarks]:
    """The marked cells of each sheet by its name, from content.xml.

    Raises TooBigError for sheets that would fill the memory, and ValueError for what is not plain XML.
    """
    scan = _Scan()
    parse_part(content, scan.begin, scan.end, scan.text)
    return scan.sheets


class _Cell(Struct):
    """A cell as it is being read: how often it stands side by side, and its kind of value."""

    repeat: int
    value: str
    formula: bool
    characters: int
    shown: str = ""


class _Row(Struct):
    """A row as it is being read: how often it is repeated, the cells so far, those to the last filled one, and their text."""

    repeat: int
    columns: int = 0
    filled: int = 0
    characters: int = 0


class _Scan(Struct):
    """The state of one pass: the sheet, row and cell it is in."""

    sheets: dict[str, SheetMarks] = field(default_factory=dict)
    _marks: SheetMarks = field(default_factory=SheetMarks)
    _rows: int = 0
    _widest: int = 0
    _characters: int = 0
    _row: _Row | None = None
    _cell: _Cell | None = None

    def begin(self, name: str, pairs: Sequence[str]) -> None:
        if not name.startswith("table:"):
            return
        attributes = dict(zip(pairs[::2], pairs[1::2], strict=True))
        if name == "table:table":
            self._marks = self.sheets.setdefault(attributes.get("table:name", ""), SheetMarks())
            self._rows = self._widest = 0
        elif name == "table:table-row":
            self._row = _Row(_repeats(attributes, "rows"))
        elif name in _CELLS and self._row is not None:
            value, formula = attributes.get("office:value-type", ""), "table:formula" in attributes
            kept = sum(len(text) for key, text in attributes.items() if key.startswith("office:"))
            self._cell = _Cell(_repeats(attributes, "columns"), value, formula, kept if value == "string" else 0)

    def text(self, text: str) -> None:
        if self._cell is not None:
            self._cell.characters += len(text)
            if len(self._cell.shown) < 16:
                self._cell.shown += text[:16]

    def end(self, name: str) -> None:
        if name in _CELLS and self._row is not None and self._cell is not None:
            self._add(self._row, self._cell)
            self._cell = None
        elif name == "table:table-row" and self._row is not None:
            self._close(self._row)
            self._row = None

    def _add(self, row: _Row, cell: _Cell) -> None:
        area: Area = (self._rows, row.columns, row.repeat, cell.repeat)
        row.columns += cell.repeat
        shown = cell.shown.strip()
        if cell.value or shown:
            row.filled = row.columns
            row.characters += cell.characters * cell.repeat
        if cell.formula and shown.startswith("#"):
            self._marks.errors.append((area[0], area[1], shown))
        elif cell.formula and not cell.value and not shown:
            self._marks.unreckoned.append(area)
        elif cell.value == "percentage":
            self._marks.percentages.append(area)

    def _close(self, row: _Row) -> None:
        self._rows += row.repeat
        if row.filled:
            self._widest = max(self._widest, row.filled)
            self._characters += row.characters * row.repeat
            check_range(self._rows, self._widest)
            check_text(self._characters)


def _repeats(attributes: Mapping[str, str], what: str) -> int:
    return max(1, int(attributes.get(f"table:number-{what}-repeated", "1")))
