"""The sheets of an xlsx file looked through before they are read: how big they are, and what their cells are."""

import re
from array import array
from collections.abc import Collection, Sequence
from typing import IO
from xml.etree import ElementTree as ET  # the guard lets no part through that declares entities

from planner.imports.sheet_marks import CHUNK, MOST_CELLS, MOST_TEXT, SheetMarks, TooBigError, check_range, check_text, parse_part
from planner.values import Struct, field

_USUAL_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"(?: s="(\d+)")?(?: t="([a-zA-Z]+)")?\s?/?(?=>|$)')
_ANY_CELL = re.compile(rb"<(?:[^\s<>/:]+:)*c(?=[\s/>]|$)")
_NUMBERS = {"", "n"}
_KEPT = {"s", "e"}


class XlsxScan(Struct):
    """What was seen of a workbook so far: the lengths of its shared strings, the styles that show percentages, all text its cells hold."""

    strings: Sequence[int] = field(default_factory=lambda: array("L"))
    percent_styles: Collection[str] = ()
    characters: int = 0


def string_lengths(part: IO[bytes]) -> Sequence[int]:
    """The length of each shared string; raises TooBigError for more of them than a sheet has cells."""
    lengths = array("L")
    begun = 0

    def begin(name: str, _attributes: Sequence[str]) -> None:
        nonlocal begun
        if _local(name) == "si":
            begun = 0

    def end(name: str) -> None:
        if _local(name) == "si":
            lengths.append(begun)
            if len(lengths) > MOST_CELLS:
                raise TooBigError(f"It holds more than {MOST_CELLS:,} different texts.")

    def text(characters: str) -> None:
        nonlocal begun
        begun += len(characters)

    parse_part(part, begin, end, text)
    return lengths


def percent_styles(styles: bytes) -> frozenset[str]:
    """The numbers of the cell styles whose number format has a percent sign."""
    root = ET.fromstring(styles)  # noqa: S314 - see above
    formats = {"9", "10"} | {each.get("numFmtId", "") for each in root.iterfind(".//{*}numFmt") if is_percent(each.get("formatCode", ""))}
    return frozenset(str(at) for at, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")) if style.get("numFmtId", "") in formats)


def is_percent(code: str) -> bool:
    """Whether a number format has a percent sign that is no mere text."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", code)


def sheet_targets(workbook: bytes, relations: bytes) -> list[tuple[str, str]]:
    """The name of each sheet, and where its part is: a path in the archive, or one within its folder xl."""
    targets = {each.get("Id"): each.get("Target", "") for each in ET.fromstring(relations)}  # noqa: S314 - see above
    refs = [
        (sheet.get("name", ""), next((value for key, value in sheet.items() if key.endswith("}id")), None))
        for sheet in ET.fromstring(workbook).iterfind("{*}sheets/{*}sheet")  # noqa: S314 - see above
    ]
    return [(name, targets.get(ref, "")) for name, ref in refs]


def is_plain_sheet(part: IO[bytes], scan: XlsxScan) -> bool:
    """Whether no cell of a sheet can have a mark or make it too big, as a quick look tells of most; any doubt means no."""
    rows, cells = 0, 0
    columns: set[bytes] = set()
    tail = b""
    while chunk := part.read(CHUNK):
        text, _, tail = (tail + chunk).rpartition(b">")
        found = _USUAL_CELL.findall(text)
        styles = {style for _letters, _row, style, _kind in found}
        odd = (
            len(found) != len(_ANY_CELL.findall(text))
            or b"<f" in text
            or b"\x00" in text
            or any(kind == b"e" for _letters, _row, _style, kind in found)
        )
        if odd or not styles.isdisjoint(each.encode() for each in scan.percent_styles) or len(tail) > CHUNK:
            return False
        cells += len(found)
        columns |= {letters for letters, _row, _style, _kind in found}
        rows = max([rows, *map(int, {row for _letters, row, _style, _kind in found})])
    widest = max((_column_number(letters.decode()) for letters in columns), default=0)
    return rows * widest <= MOST_CELLS and max(scan.strings, default=0) * cells <= MOST_TEXT


def sheet_marks(part: IO[bytes], scan: XlsxScan) -> SheetMarks:
    """The marked cells of a sheet; the text of its cells is added to `scan`. Raises TooBigError for one that would fill the memory."""
    sheet = _Sheet(scan)
    parse_part(part, sheet.begin, sheet.end, sheet.text)
    sheet.check()
    return sheet.marks


class _Sheet(Struct):
    """The state of one pass: how far the sheet goes, the cell it is in (counted from 1), and what that holds. A million cells pass here."""

    scan: XlsxScan
    marks: SheetMarks = field(default_factory=SheetMarks)
    _rows: int = 0
    _columns: int = 0
    _row: int = 0
    _column: int = 0
    _style: str = ""
    _type: str = ""
    _formula: bool = False
    _wanted: bool = False
    _value: str = ""
    _numbers: dict[str, int] = field(default_factory=dict)

    def begin(self, name: str, attributes: Sequence[str]) -> None:
        if name == "v":
            return
        if name == "c":
            self._begin_cell(attributes)
        elif name == "f":
            self._formula = self._wanted = True
        elif name == "row":
            number = dict(zip(attributes[::2], attributes[1::2], strict=True)).get("r")
            self._row, self._column = int(number) if number else self._row + 1, 0
            self.check()
        elif ":" in name:
            self.begin(_local(name), attributes)

    def _begin_cell(self, attributes: Sequence[str]) -> None:
        self._style = self._type = self._value = ""
        self._formula = self._wanted = False
        self._column += 1
        for at in range(0, len(attributes), 2):
            key, value = attributes[at], attributes[at + 1]
            if key == "r":
                letters = value.rstrip("0123456789")
                if letters not in self._numbers:
                    self._numbers[letters] = _column_number(letters)
                self._row, self._column = int(value[len(letters) :]), self._numbers[letters]
            elif key == "t":
                self._type = value
                self._wanted = value in _KEPT
            elif key == "s":
                self._style = value
        self._rows = max(self._rows, self._row)
        self._columns = max(self._columns, self._column)
        if self._style in self.scan.percent_styles:
            self._wanted = True

    def text(self, text: str) -> None:
        if self._wanted:
            self._value += text

    def end(self, name: str) -> None:
        if name == "f":
            self._value = ""
        elif name == "c":
            if self._wanted:
                self._end_cell()
        elif ":" in name:
            self.end(_local(name))

    def _end_cell(self) -> None:
        value, self._wanted = self._value.strip(), False
        if self._type == "s":
            self.scan.characters += self.scan.strings[int(value)] if value.isdecimal() and int(value) < len(self.scan.strings) else 0
        elif self._type == "e":
            self.marks.errors.append((self._row - 1, self._column - 1, value[:20]))
        elif self._formula and not value and self._type != "str":  # a text that was reckoned may be empty
            self.marks.unreckoned.append((self._row - 1, self._column - 1, 1, 1))
        elif self._style in self.scan.percent_styles and self._type in _NUMBERS and value:
            self.marks.percentages.append((self._row - 1, self._column - 1, 1, 1))

    def check(self) -> None:
        check_range(self._rows, self._columns)
        check_text(self.scan.characters)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _local(name: str) -> str:
    """A name without the prefix that some programs put before each."""
    return name.rpartition(":")[2] if ":" in name else name
