"""Workbooks are read as a person reads them, and what is lost in one is told."""

from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from workbook_files import ods, ods_cell, ods_row

from planner.errors import BadInputFile
from planner.imports.accounts import read_accounts
from planner.imports.mapping import guess_mapping
from planner.imports.opportunities import read_opportunities
from planner.imports.reps import read_reps
from planner.imports.services import read_services
from planner.imports.workbook import read_workbook
from planner.progress import silent

ACCOUNTS = ("Account ID", "Account Name", "Billing Street", "Billing City", "Billing Zip/Postal Code")
BILLING = ("ACCT_NO", "SVC_ADDR", "MRC")


@pytest.fixture
def sheets_of(tmp_path):
    """Write a workbook of sheets of rows, changed by a function before it is saved, and read its tables."""

    def read(sheets, change=lambda book: None):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        change(book)
        path = tmp_path / "export.xlsx"
        book.save(path)
        return read_workbook(path, silent)

    return read


@pytest.fixture
def ods_of(tmp_path):
    """Write an ods file of sheets and read its tables."""

    def read(sheets):
        path = tmp_path / "export.ods"
        path.write_bytes(ods(sheets))
        return read_workbook(path, silent)

    return read


def texts(table):
    return [problem.text for problem in table.problems]


def test_values_are_texts_as_a_person_reads_them(sheets_of):
    row = [
        "Ada",
        datetime.fromisoformat("2026-01-02T03:04:05"),
        date(2026, 11, 30),
        time(9, 30),
        12.5,
        1200.0,
        0.1,
        True,
        False,
        None,
        timedelta(hours=30),
    ]
    (table,) = sheets_of({"Data": [list("abcdefghijk"), row]})
    assert table.rows == (
        (2, ("Ada", "2026-01-02 03:04:05", "2026-11-30", "09:30:00", "12.5", "1200", "0.1", "TRUE", "FALSE", "", "1 day, 6:00:00")),
    )
    assert table.problems == ()
    assert (table.sheet, table.encoding, table.delimiter) == ("Data", "", "")


def test_values_of_an_ods_file_are_read_the_same(ods_of):
    row = ["Ada\nand sons", ("date", "2026-01-02T03:04:05", "1/2/26 3:04"), ("date", "2026-11-30", "11/30/26"), 12.5, 1200]
    row += [("boolean", "true", "TRUE"), ("currency", "99.95", "$99.95"), None, "last"]
    (table,) = ods_of({"Data": [list("abcdefghi"), row]})
    assert table.rows == ((2, ("Ada\nand sons", "2026-01-02 03:04:05", "2026-11-30", "12.5", "1200", "TRUE", "99.95", "", "last")),)


@pytest.mark.parametrize("style", ["0%", "0.00%", "0.0\\ %;[Red]-0.0\\ %"])
def test_a_percentage_is_read_as_it_is_shown(sheets_of, style):
    deals = [("Opportunity ID", "Account Name", "Opportunity Name", "Stage", "Amount", "Probability (%)")]
    deals += [("", "Ada", f"Deal {at}", "Proposal", 100, share) for at, share in enumerate([1, 0.29, 0.005])]

    def as_percent(book):
        for row in (2, 3, 4):
            book.active.cell(row, 6).number_format = style

    (table,) = sheets_of({"Deals": deals}, as_percent)
    assert [cells[5] for _line, cells in table.rows] == ["100%", "29%", "0.5%"]
    found, _problems = read_opportunities(table)
    assert [read.record.probability for read in found] == [1.0, 0.29, 0.005]


def test_a_number_beside_the_word_percent_is_none(sheets_of):
    def as_text(book):
        book.active.cell(2, 2).number_format = '0" %"'

    (table,) = sheets_of({"Deals": [("Name", "Probability"), ("Ada", 20)]}, as_text)
    assert table.rows[0][1][1] == "20"


def test_a_percentage_of_an_ods_file_is_read_as_it_is_shown(ods_of):
    cell = ods_cell(("percentage", "1", "100%"), repeat=2)
    (table,) = ods_of({"Deals": [["Name", "Low", "High"], ["Ada", cell], ["Bo", ("percentage", "0.2", "20%"), 0.2]]})
    assert [cells[1:] for _line, cells in table.rows] == [("100%", "100%"), ("20%", "0.2")]


def test_billing_numbers_kept_as_text_are_exact(sheets_of):
    (table,) = sheets_of({"Billing": [BILLING, ("8345071234567891", "1 Main St", 10), ("0045071234567892", "2 Main St", 10)]})
    found, problems = read_services(table, guess_mapping(table.headers))
    assert [read.number for read in found] == ["8345071234567891", "0045071234567892"]
    assert problems == []


@pytest.mark.parametrize("number", [8345071234567891, 8.34507e15, 8345071234567890])
def test_billing_numbers_kept_as_numbers_are_refused(sheets_of, ods_of, number):
    for read in (sheets_of, ods_of):
        (table,) = read({"Billing": [BILLING, (number, "1 Main St", 10)]})
        found, problems = read_services(table, guess_mapping(table.headers))
        assert found == []
        assert [(problem.row, "rounded by a spreadsheet" in problem.text) for problem in problems] == [(2, True)]


def test_billing_numbers_that_were_rounded_and_then_made_text_are_refused(sheets_of):
    rows = [(f"83450712345{at:04}0", f"{at} Main St", 10) for at in range(8)]
    (table,) = sheets_of({"Billing": [BILLING, *rows]})
    found, problems = read_services(table, guess_mapping(table.headers))
    assert found == []
    assert [(problem.row, "All account numbers end in zero" in problem.text) for problem in problems] == [(0, True)]


@pytest.mark.parametrize(("number", "zip_code"), [(803, "00803"), (8034, "08034"), (80341234, "08034-1234"), (168011234, "16801-1234")])
def test_a_zip_gets_back_the_zeros_it_lost_as_a_number(sheets_of, number, zip_code):
    (table,) = sheets_of({"Accounts": [ACCOUNTS, ("", "Ada", "1 Main St", "Dover", number)]})
    assert read_accounts(table)[0][0].record.address.postcode == zip_code
    (reps,) = sheets_of({"Reps": [("Name", "Role", "Monthly Quota", "Home Zip"), ("Rep A", "AE", 5000, number)]})
    assert read_reps(reps)[0][0].record.home.postcode == zip_code


def test_sheets_are_tables_of_their_own_hidden_ones_too(sheets_of):
    def hide(book):
        book["Old"].sheet_state = "hidden"

    found = sheets_of({"New": [("a", "b"), (1, 2)], "Empty": [], "Old": [("c", "d"), (3, 4)]}, hide)
    assert [(table.sheet, table.headers) for table in found] == [("New", ("a", "b")), ("Old", ("c", "d"))]
    assert [table.problems for table in found] == [(), ()]


def test_a_sheet_that_holds_no_table_is_told(sheets_of):
    (table,) = sheets_of({"Notes": [("Ask Ada",)], "Data": [("a", "b"), (1, 2)]})
    assert [text.startswith("The sheet “Notes” was left out: ") for text in texts(table)] == [True]


def test_a_workbook_without_a_table_is_refused(sheets_of):
    with pytest.raises(BadInputFile, match=r"export\.xlsx has no columns"):
        sheets_of({"Notes": [("Ask Ada",)]})
    with pytest.raises(BadInputFile, match=r"export\.xlsx holds no table"):
        sheets_of({"Empty": [], "Blank": [(" ", None)]})


def test_titles_above_totals_below_and_gaps_keep_the_numbers_of_their_rows(sheets_of):
    def move(book):
        book.active.move_range("A1:C20", rows=4, cols=2)

    rows = [("Accounts by owner",), (), ("Name", "City", "MRR"), ("Ada", "Dover", 5), (), ("Bo", "Erie", 7), ("Total", None, 12)]
    (table,) = sheets_of({"Data": rows}, move)
    assert table.rows == ((8, ("Ada", "Dover", "5")), (10, ("Bo", "Erie", "7")))
    assert [line for line, _text in table.skipped] == [5, 11]


def test_cells_that_are_merged_hold_their_value_once(sheets_of):
    def merge(book):
        book.active.merge_cells("A1:C1")
        book.active.merge_cells("B3:C3")

    rows = [("Accounts", None, None), ("Name", "City", "State"), ("Ada", "Dover", "DE"), ("Bo", "Erie", "PA")]
    (table,) = sheets_of({"Data": rows}, merge)
    assert [cells for _line, cells in table.rows] == [("Ada", "Dover", ""), ("Bo", "Erie", "PA")]


def test_formulas_without_a_value_are_told(sheets_of, ods_of):
    (table,) = sheets_of({"Data": [("Name", "City", "Sum"), ("Ada", "Dover", "=1+1"), ("Bo", "Erie", "=2+2")]})
    assert [cells[2] for _line, cells in table.rows] == ["", ""]
    assert [(problem.row, problem.text[:61]) for problem in table.problems] == [
        (2, "2 formulas of the sheet “Data” have no value, the first in C2")
    ]
    (same,) = ods_of({"Data": [["Name", "City", "Sum"], ["Ada", "Dover", ods_cell(None, formula="of:=1+1")], ["Bo", "Erie", "x"]]})
    assert [(problem.row, problem.text[:59]) for problem in same.problems] == [
        (2, "1 formulas of the sheet “Data” have no value, the first in ")
    ]


def test_formulas_count_by_the_value_that_was_reckoned(ods_of):
    reckoned = ods_cell(("float", "2", "2"), formula="of:=1+1")
    (table,) = ods_of({"Data": [["Name", "City", "Sum"], ["Ada", "Dover", reckoned]]})
    assert table.rows[0][1][2] == "2"
    assert table.problems == ()


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#DIV/0!", "#NAME?", "#VALUE!"])
def test_errors_of_the_spreadsheet_are_told_and_no_value(sheets_of, error):
    (table,) = sheets_of({"Data": [("Name", "City", "Owner"), ("Ada", "Dover", error), ("Bo", "Erie", "Rep A")]})
    assert [cells[2] for _line, cells in table.rows] == ["", "Rep A"]
    assert [(problem.row, f"C2 of the sheet “Data” shows an error ({error})" in problem.text) for problem in table.problems] == [(2, True)]


def test_errors_of_an_ods_file_are_told(ods_of):
    broken = ods_cell("#REF!", formula="of:=[.#REF!]")
    (table,) = ods_of({"Data": [["Name", "City", "Owner"], ["Ada", "Dover", broken]]})
    assert [(problem.row, "shows an error (#REF!)" in problem.text) for problem in table.problems] == [(2, True)]


def test_the_empty_rest_of_an_ods_sheet_is_not_read(ods_of):
    rows = [["Name", "City", ods_cell(None, 16382)], ["Ada", "Dover", ods_cell(None, 16382)], ods_row([ods_cell(None, 16384)], 1048574)]
    (table,) = ods_of({"Data": rows})
    assert table.rows == ((2, ("Ada", "Dover")),)


def test_rows_that_an_ods_file_repeats_are_all_there(ods_of):
    (table,) = ods_of({"Data": [["Name", "City"], ods_row(["Ada", "Dover"], 3), ods_row([None], 2), ["Bo", "Erie"]]})
    assert [line for line, _cells in table.rows] == [2, 3, 4, 7]


def test_what_is_called_xls_and_is_a_web_page_is_told(tmp_path):
    from planner.imports.tables import read_tables

    path = tmp_path / "report.xls"
    path.write_text("<html><table><tr><td>Name</td></tr></table></html>")
    with pytest.raises(BadInputFile, match=r"report\.xls is a web page or XML, not a table\. Some programs name such files \.xls\."):
        read_tables(path)
