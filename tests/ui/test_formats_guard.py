"""Only `ui/words.py` and `ui/formats.py` write dates, times and numbers: nothing else may do it its own way, past the settings."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[2] / "ui"
WRITERS = {"words.py", "formats.py"}
ALLOWED = {
    ("accounts/menus.py", "{value / 100:.2f}"): "a filter is kept in figures that all readers know, and shown by condition_words",
    ("accounts/columns.py", "{stop.start_s:06d}"): "what planned visits are sorted by",
    ("visits/menus.py", "{place.lat:.6f}"): "coordinates, as maps take them",
    ("visits/menus.py", "{place.lon:.6f}"): "coordinates, as maps take them",
    ("trips/mileage_tab.py", "{told.year}"): "a year alone reads the same everywhere",
    ("trips/mileage_tab.py", "{self.year}"): "a year in the name of a file",
    ("settings/rows_text.py", "{100 * float(factor) - 100:.0f}"): "whole percents are the same everywhere",
    ("settings/fields.py", "self.time().toString('HH:mm')"): "a setting is kept in figures that all readers know",
    ("palette/finder.py", "{week.day(4).year}"): "a year after the name of a week",
}
"""What is written by its own rule, with the reason."""
_FORMATTED = re.compile(r"[,_]|\.\d+[fge]|^0\dd?$|%[a-zA-Z]|%-")
"""A format that groups digits, writes decimals or fills up with zeros, or one of a date. Whole percents are the same everywhere."""
_PARTS = {"year", "month", "hour", "minute"}
_QT_WRITERS = {"toString", "setDisplayFormat"}


def found_in(source: str) -> Iterator[str]:
    """The expressions of a module that write a date, a time or a number."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.JoinedStr):
            yield from _in_text(node)
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            is_literal = bool(node.args) and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
            is_qt = name in _QT_WRITERS and is_literal and re.search("[dMyhHm]", ast.unparse(node.args[0]))
            if name in {"strftime", "format"} or is_qt:
                yield ast.unparse(node)


def _in_text(text: ast.JoinedStr) -> Iterator[str]:
    before = ""
    for part in text.values:
        if isinstance(part, ast.FormattedValue):
            spec = (
                "".join(str(each.value) for each in part.format_spec.values if isinstance(each, ast.Constant)) if part.format_spec else ""
            )  # type: ignore[attr-defined]
            is_part = isinstance(part.value, ast.Attribute) and part.value.attr in _PARTS
            if _FORMATTED.search(spec) or is_part or before.endswith("$"):
                yield f"{{{ast.unparse(part.value)}{':' if spec else ''}{spec}}}"
        before = str(part.value) if isinstance(part, ast.Constant) else ""


MODULES = sorted(path for path in UI.rglob("*.py") if str(path.relative_to(UI)) not in WRITERS)


def test_no_module_of_the_window_writes_dates_times_or_numbers_its_own_way():
    written = {(path.relative_to(UI).as_posix(), each) for path in MODULES for each in found_in(path.read_text(encoding="utf-8"))}
    assert written - set(ALLOWED) == set(), "Write it with a function of ui/words.py"
    assert set(ALLOWED) - written == set(), "No longer there"


@pytest.mark.parametrize(
    "source",
    [
        'f"{total:,} accounts"',
        'f"{value:,.1f} mi"',
        'f"value {value:.0f}"',
        'f"{day:%b} {day.day}"',
        'f"{day:%A}"',
        'f"{month_day(day)}, {day.year}"',
        'f"{at.hour}:{at.minute:02d}"',
        'f"${dollars}"',
        'day.strftime("%B")',
        '"{:,}".format(1)',
        'format(1234, ",")',
        'field.setDisplayFormat("MMM d, yyyy")',
        'day.toString("MMM d")',
    ],
)
def test_what_is_written_its_own_way_is_found(source):
    assert list(found_in(source))


@pytest.mark.parametrize(
    "source", ['f"{count(3, noun)}"', 'f"mail-{visit.day}-{visit.id}.eml"', 'f"{chance:.0%}"', "day.toString(Qt.DateFormat.ISODate)"]
)
def test_what_is_the_same_everywhere_may_be_written(source):
    assert not list(found_in(source))
