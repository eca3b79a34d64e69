"""What the cells of xls and xlsb files are beside their values, told by their records: percentages, and errors of the spreadsheet."""

import struct
from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET  # the guard lets no part through that declares entities

from planner.imports.sheet_marks import SheetMarks
from planner.imports.xlsx_marks import is_percent
from planner.values import Struct, field

_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_PERCENT_FORMATS = frozenset({9, 10})
"""The numbers of the formats with a percent sign that every file has."""
_XLS_BEGIN, _XLS_SHEET, _XLS_FORMAT, _XLS_STYLE, _BIFF8 = 0x0809, 0x0085, 0x041E, 0x00E0, 0x0600
_XLS_FORMULA, _XLS_NUMBER, _XLS_SHORT, _XLS_SHORTS, _XLS_ERROR = 0x0006, 0x0203, 0x027E, 0x00BD, 0x0205
_XLSB_FORMAT, _XLSB_STYLE, _XLSB_STYLES_BEGIN, _XLSB_STYLES_END, _XLSB_SHEET = 44, 47, 617, 618, 156
_XLSB_NUMBERS, _XLSB_ERRORS = frozenset({2, 5, 9}), frozenset({3, 11})


class XlsMarks(Struct):
    """The marked cells of each sheet of an xls file by its name, as its records go by in their order."""

    sheets: dict[str, SheetMarks] = field(default_factory=dict)
    _begins: dict[int, str] = field(default_factory=dict)
    _formats: set[int] = field(default_factory=lambda: set(_PERCENT_FORMATS))
    _styles: list[int] = field(default_factory=list)
    _wide: bool = True
    _marks: SheetMarks = field(default_factory=SheetMarks)

    def take(self, kind: int, at: int, content: bytes) -> None:
        """The next record, and the byte of the stream it begins at; one that is cut off tells nothing."""
        if kind == _XLS_BEGIN and len(content) >= 4:
            self._wide = struct.unpack_from("<H", content)[0] == _BIFF8
            self._marks = self.sheets.setdefault(self._begins[at], SheetMarks()) if at in self._begins else SheetMarks()
        elif kind == _XLS_SHEET and len(content) >= 8:
            self._begins[struct.unpack_from("<L", content)[0]] = self._text(content[7:], content[6])
        elif kind == _XLS_FORMAT and len(content) >= 5:
            number, length = struct.unpack_from("<HH", content) if self._wide else struct.unpack_from("<HB", content)
            text = self._text(content[4:] if self._wide else content[3:], length)
            (self._formats.add if is_percent(text) else self._formats.discard)(number)
        elif kind == _XLS_STYLE and len(content) >= 4:
            self._styles.append(struct.unpack_from("<H", content, 2)[0])
        elif len(content) >= 8:
            self._take_cell(kind, content)

    def _take_cell(self, kind: int, content: bytes) -> None:
        row, column, style = struct.unpack_from("<HHH", content)
        if kind in {_XLS_NUMBER, _XLS_SHORT}:
            self._number(row, column, style)
        elif kind == _XLS_SHORTS:
            for number in range((len(content) - 6) // 6):
                self._number(row, column + number, struct.unpack_from("<H", content, 4 + 6 * number)[0])
        elif kind == _XLS_ERROR and content[7]:
            self._error(row, column, content[6])
        elif kind == _XLS_FORMULA and len(content) >= 14:
            if content[12:14] != b"\xff\xff":
                self._number(row, column, style)
            elif content[6] == 2:
                self._error(row, column, content[8])

    def _number(self, row: int, column: int, style: int) -> None:
        if style < len(self._styles) and self._styles[style] in self._formats:
            self._marks.percentages.append((row, column, 1, 1))

    def _error(self, row: int, column: int, code: int) -> None:
        self._marks.errors.append((row, column, error_text(code)))

    def _text(self, content: bytes, length: int) -> str:
        """A text behind its length; in files since Excel 97 a byte before it says how wide its letters are."""
        if self._wide and content[:1] == b"\1":
            return content[1 : 1 + 2 * length].decode("utf-16-le", "replace")
        begin = 1 if self._wide else 0
        return content[begin : begin + length].decode("latin-1")


def error_text(code: int) -> str:
    """An error as a sheet shows it."""
    return _ERRORS.get(code, "#ERROR")


def mark_xlsb_cell(marks: SheetMarks, percent_styles: frozenset[int], row: int, kind: int, content: bytes) -> None:
    """Add a cell of an xlsb file to the marks of its sheet, where it has one."""
    column, style = struct.unpack_from("<LL", content)
    if kind in _XLSB_ERRORS and len(content) >= 9:
        marks.errors.append((row, column, error_text(content[8])))
    elif kind in _XLSB_NUMBERS and style & 0xFFFFFF in percent_styles:
        marks.percentages.append((row, column, 1, 1))


def xlsb_percent_styles(records: Iterable[tuple[int, bytes]]) -> frozenset[int]:
    """The numbers of the cell styles whose number format has a percent sign, from the records of the part of styles."""
    formats, styles, within, number = set(_PERCENT_FORMATS), set(), False, 0
    for kind, content in records:
        if kind == _XLSB_FORMAT and len(content) >= 6 and is_percent(_wide_text(content, 2)[0]):
            formats.add(struct.unpack_from("<H", content)[0])
        elif kind in {_XLSB_STYLES_BEGIN, _XLSB_STYLES_END}:
            within = kind == _XLSB_STYLES_BEGIN
        elif kind == _XLSB_STYLE and within:
            if len(content) >= 4 and struct.unpack_from("<H", content, 2)[0] in formats:
                styles.add(number)
            number += 1
    return frozenset(styles)


def xlsb_sheet_names(records: Iterable[tuple[int, bytes]], relations: bytes) -> Mapping[str, str]:
    """The name of each sheet by where its part is, as its relation tells."""
    targets = {each.get("Id"): each.get("Target", "") for each in ET.fromstring(relations)}  # noqa: S314 - see above
    names = {}
    for kind, content in records:
        if kind == _XLSB_SHEET and len(content) >= 12:
            relation, after = _wide_text(content, 8)
            names[targets.get(relation, "")] = _wide_text(content, after)[0]
    return names


def _wide_text(content: bytes, at: int) -> tuple[str, int]:
    """A text behind its length, and where it ends; one that is nothing has no letters."""
    length = struct.unpack_from("<L", content, at)[0]
    length = 0 if length == 0xFFFFFFFF else length
    end = at + 4 + 2 * length
    return content[at + 4 : end].decode("utf-16-le", "replace"), end
