"""What the cells of an ods file are, and how far its sheets go, whatever is repeated in it."""

import io
import zipfile

import pytest
from workbook_files import ods, ods_cell, ods_row

from planner.imports.ods_marks import ods_marks
from planner.imports.sheet_marks import TooBigError


def marks(sheets):
    with zipfile.ZipFile(io.BytesIO(ods(sheets))) as archive, archive.open("content.xml") as content:
        return ods_marks(content)


def test_marks_are_by_sheet_and_count_what_is_repeated():
    percent, formula = ods_cell(("percentage", "1", "100%"), repeat=2), ods_cell(None, formula="of:=1+1")
    found = marks({"A": [ods_row(["x"], 3), [None, percent, formula]], "B": [[ods_cell("#REF!", formula="of:=[.#REF!]")]], "C": []})
    assert found["A"].percentages == [(3, 1, 1, 2)]
    assert found["A"].unreckoned == [(3, 3, 1, 1)]
    assert found["B"].errors == [(0, 0, "#REF!")]
    assert (found["C"].errors, found["C"].percentages) == ([], [])


def test_a_text_that_looks_like_an_error_is_none():
    assert marks({"A": [["#1 Diner"]]})["A"].errors == []


def test_the_empty_rest_of_a_sheet_counts_for_nothing():
    assert list(marks({"A": [["x", ods_cell(None, 16383)], ods_row([ods_cell(None, 16384)], 1048575)]})) == ["A"]


@pytest.mark.parametrize(
    "rows",
    [
        [ods_row([ods_cell("x", 3000)], 2000)],
        [ods_row([None], 1_000_000), ["a", "b", "c", "d", "e", "f"]],
        [[ods_cell(None, 5_000_000), "x"]],
        [ods_row([ods_cell("x" * 100_000, 3)], 1000)],
        [[ods_cell("x" * 1_000_000, 300)]],
    ],
)
def test_sheets_that_would_fill_the_memory_are_refused(rows):
    with pytest.raises(TooBigError):
        marks({"A": rows})


def test_what_is_no_plain_xml_is_refused():
    for content in (b"<a", b"<!DOCTYPE a><a/>", b"", b"<a></b>"):
        with pytest.raises(ValueError, match=r"cut off or damaged|declares entities"):
            ods_marks(io.BytesIO(content))
