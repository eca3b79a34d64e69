"""How far the sheets of binary workbooks go is seen before they are read."""

import io
import struct

import pytest
from old_workbook import binary_record, compound, label, number, record, shared, strings, xls

from planner.imports.binary_sheets import LockedError, check_xls, check_xlsb_sheet, xlsb_strings
from planner.imports.sheet_marks import TooBigError
from planner.imports.workbook import read_workbook
from planner.progress import silent


def row(at):
    return binary_record(0, struct.pack("<L", at) + bytes(13))


def cell(column, kind=2, value=0):
    return binary_record(kind, struct.pack("<LLL", column, 0, value))


def test_sheets_of_a_usual_size_pass():
    check_xlsb_sheet(io.BytesIO(row(0) + cell(0) + cell(1) + row(9999) + cell(40)), [])
    check_xls(xls([label(0, 0, "Name"), number(9999, 200, 1.0)]))
    check_xls(xls([label(at, 0, "A long name " * 8) for at in range(2000)]))


def test_sheets_with_cells_far_off_are_refused():
    with pytest.raises(TooBigError, match="1,048,576 rows and 16,384 columns"):
        check_xlsb_sheet(io.BytesIO(row(0) + cell(0) + row(1048575) + cell(16383)), [])
    with pytest.raises(TooBigError, match="65,536 rows and 256 columns"):
        check_xls(xls([label(0, 0, "Name"), number(65535, 255, 1.0)]))
    with pytest.raises(TooBigError, match="60,001 rows and 101 columns"):
        check_xls(xls([record(0x00BE, struct.pack("<HHHH", 60000, 0, 0, 100))]))


def test_text_that_is_repeated_counts_each_time():
    texts = xlsb_strings(io.BytesIO(binary_record(19, b"\0" + struct.pack("<L", 6000) + "x".encode("utf-16-le") * 6000)))
    assert 6000 <= texts[0] <= 6010
    check_xlsb_sheet(io.BytesIO(row(0) + cell(0, 7) * 10), texts)
    with pytest.raises(TooBigError, match="MB of text"):
        check_xlsb_sheet(io.BytesIO(row(0) + cell(0, 7) * 40_000), texts)


@pytest.mark.parametrize("cut", [60, 300, 8000])
def test_shared_strings_of_old_files_count_each_time_however_they_are_cut(tmp_path, cut):
    texts = ["Name", "x" * 5000, "City", "y" * 700, "z"]
    cells = [shared(0, 0, 0), shared(0, 1, 2), *(shared(at, at % 2, at % 5) for at in range(1, 40))]
    path = tmp_path / "old.xls"
    path.write_bytes(xls(cells, more=strings(texts, cut)))
    check_xls(path.read_bytes())
    (table,) = read_workbook(path, silent)
    assert {cell for _line, cells in table.rows for cell in cells} == {*texts, ""}
    with pytest.raises(TooBigError, match="MB of text"):
        check_xls(xls([shared(at, 0, 1) for at in range(45_000)], more=strings(texts, cut)))


def test_a_password_is_seen():
    with pytest.raises(LockedError):
        check_xls(xls([], more=record(0x002F, bytes(54))))


@pytest.mark.parametrize("cut", [0, 100, 511, 600, 1100])
def test_files_cut_off_are_refused_or_hold_less(cut):
    with pytest.raises((ValueError, struct.error)):
        check_xls(xls([label(0, 0, "Name")])[:cut])


def test_files_of_other_programs_are_none():
    with pytest.raises(ValueError, match="holds no workbook"):
        check_xls(compound("Letter", b"Dear aunt"))


@pytest.mark.parametrize(("at", "value", "why"), [(30, 0, "no file that Excel writes"), (48, 900, "part of it is missing")])
def test_headers_that_lead_nowhere_are_refused(at, value, why):
    content = bytearray(xls([label(0, 0, "Name")]))
    content[at : at + 2] = struct.pack("<H", value)
    with pytest.raises(ValueError, match=why):
        check_xls(bytes(content))
