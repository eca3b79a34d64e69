"""What the cells of old and binary workbooks are beside their values is told as it is of others."""

import struct
from io import BytesIO

import pytest
from old_workbook import binary_record, cell_style, error, formula, label, number, number_format, record, wide, xls, xlsb_book

from planner.imports.binary_marks import error_text, xlsb_percent_styles
from planner.imports.binary_sheets import check_xls, check_xlsb_sheet, xlsb_records
from planner.imports.workbook import read_workbook
from planner.progress import silent

HEADER = [label(0, 0, "Name"), label(0, 1, "City"), label(0, 2, "Chance"), label(1, 0, "Ada"), label(1, 1, "Dover")]
STYLES = b"".join(
    [number_format(164, "0.0%"), number_format(165, '0"%"'), cell_style(0), cell_style(10), cell_style(164), cell_style(165), cell_style(9)]
)


def read(folder, name, content):
    (folder / name).write_bytes(content)
    (table,) = read_workbook(folder / name, silent)
    return table


@pytest.mark.parametrize(("style", "shown"), [(0, "0.25"), (1, "25%"), (2, "25%"), (3, "0.25"), (4, "25%"), (99, "0.25")])
def test_percentages_of_old_files_are_read_as_they_are_shown(tmp_path, style, shown):
    for cell in (number(1, 2, 0.25, style), formula(1, 2, 0.25, style)):
        assert read(tmp_path, "old.xls", xls([*HEADER, cell], more=STYLES)).rows == ((2, ("Ada", "Dover", shown)),)


def test_each_of_several_numbers_in_one_record_has_a_style_of_its_own():
    several = record(0x00BD, struct.pack("<HHHLHLHLH", 4, 7, 1, 0, 0, 0, 2, 0, 9))
    assert check_xls(xls([several], more=STYLES))["Sheet1"].percentages == [(4, 7, 1, 1), (4, 9, 1, 1)]


@pytest.mark.parametrize("cell", [error(1, 2, 42), formula(1, 2, 42)])
def test_errors_of_old_files_are_told_and_no_value(tmp_path, cell):
    table = read(tmp_path, "old.xls", xls([*HEADER, cell]))
    assert table.rows == ((2, ("Ada", "Dover", "")),)
    assert [(problem.row, "C2 of the sheet “Sheet1” shows an error (#N/A)" in problem.text) for problem in table.problems] == [(2, True)]


def test_a_cell_that_is_true_is_no_error():
    assert check_xls(xls([record(0x0205, struct.pack("<HHHBB", 1, 2, 0, 1, 0))]))["Sheet1"].errors == []


def test_records_that_are_cut_off_have_no_marks():
    for kind in (0x0085, 0x041E, 0x00E0, 0x0006, 0x0203, 0x0205):
        marks = check_xls(xls([record(kind, bytes(3))], more=record(kind, bytes(3)) if kind != 0x0085 else b""))
        assert (marks["Sheet1"].errors, marks["Sheet1"].percentages) == ([], [])


def xlsb_row(at):
    return binary_record(0, struct.pack("<L", at) + bytes(13))


def xlsb_cell(column, kind, value, style=0):
    return binary_record(kind, struct.pack("<LL", column, style) + value)


def xlsb_styles():
    percent = binary_record(44, struct.pack("<H", 164) + wide("0.0%"))
    formats = binary_record(278) + binary_record(615, struct.pack("<L", 1)) + percent + binary_record(616)
    styles = [binary_record(47, struct.pack("<HH", 0, each) + bytes(12)) for each in (0, 164, 9)]
    outside = binary_record(47, struct.pack("<HH", 0, 9) + bytes(12))
    others = binary_record(626, struct.pack("<L", 1)) + outside + binary_record(627)
    return formats + others + binary_record(617, struct.pack("<L", 3)) + b"".join(styles) + binary_record(618) + binary_record(279)


def test_percentages_and_errors_of_binary_workbooks_are_told_as_of_others(tmp_path):
    head = [xlsb_row(0), *(xlsb_cell(at, 6, wide(text)) for at, text in enumerate(("Name", "City", "Chance", "Owner")))]
    body = [xlsb_row(1), xlsb_cell(0, 6, wide("Ada")), xlsb_cell(1, 6, wide("Dover"))]
    body += [xlsb_cell(2, 5, struct.pack("<d", 0.25), style=1), xlsb_cell(3, 3, bytes([23]))]
    table = read(tmp_path, "book.xlsb", xlsb_book("My data", [*head, *body], xlsb_styles()))
    assert table.rows == ((2, ("Ada", "Dover", "25%", "")),)
    assert [(problem.row, "D2 of the sheet “My data” shows an error (#REF!)" in problem.text) for problem in table.problems] == [(2, True)]


def test_styles_of_cells_are_told_from_other_styles():
    assert xlsb_percent_styles(xlsb_records(BytesIO(xlsb_styles()))) == {1, 2}


def test_formulas_of_binary_workbooks_count_too():
    sheet = xlsb_row(4) + xlsb_cell(1, 9, struct.pack("<d", 0.5), style=2) + xlsb_cell(2, 11, bytes([42])) + xlsb_cell(3, 3, b"")
    marks = check_xlsb_sheet(BytesIO(sheet), [], frozenset({2}))
    assert (marks.percentages, marks.errors) == ([(4, 1, 1, 1)], [(4, 2, "#N/A")])


def test_an_error_nobody_knows_is_one_all_the_same():
    assert error_text(99) == "#ERROR"
