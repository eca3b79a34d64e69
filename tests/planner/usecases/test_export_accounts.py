import csv
from datetime import date

import openpyxl
import pytest

from planner.errors import Cancelled, UserProblem
from planner.model.account_views import ColumnType
from planner.progress import silent
from planner.usecases.export_accounts import copied_text, export_accounts

HEADERS = ["Account", "Open deals", "Last visit", "Tags", "=Owner", "Do not visit"]
TYPES = [ColumnType.TEXT, ColumnType.MONEY, ColumnType.DAY, ColumnType.WORDS, ColumnType.TEXT, ColumnType.YES_NO]
ROWS = [["=cmd|'/c calc'!A1", 123_45, date(2026, 7, 26), ("TV", "Voice"), "-Rep A", True], ["Söhne\n& <b>\x07", None, None, (), "", False]]


def test_a_csv_has_values_and_no_formula(tmp_path):
    out = export_accounts(HEADERS, TYPES, ROWS, tmp_path / "list.csv", silent)
    with out.open(encoding="utf-8-sig", newline="") as file:
        header, first, second = csv.reader(file)
    assert header == ["Account", "Open deals", "Last visit", "Tags", "'=Owner", "Do not visit"]
    assert first == ["'=cmd|'/c calc'!A1", "123.45", "2026-07-26", "TV; Voice", "'-Rep A", "yes"]
    assert second == ["Söhne\n& <b>\x07", "", "", "", "", "no"]


def test_a_workbook_has_numbers_and_days_and_texts_that_are_only_texts(tmp_path):
    out = export_accounts(HEADERS, TYPES, ROWS, tmp_path / "list.xlsx", silent)
    header, first, second = openpyxl.load_workbook(out).active.iter_rows()
    assert [cell.value for cell in header] == HEADERS
    assert [cell.data_type for cell in first] == ["s", "n", "d", "s", "s", "s"]
    assert [cell.value for cell in first][:2] == ["=cmd|'/c calc'!A1", 123.45]
    assert first[2].value.date() == date(2026, 7, 26)
    assert [cell.value for cell in second] == ["Söhne & <b>", None, None, None, None, "no"]


def test_what_is_copied_has_a_line_a_row_and_no_formula():
    text = copied_text(["Account", "Notes"], [["=1+1", "two\nlines\tand a tab"], ["Weis", "@sum"]])
    assert text == "Account\tNotes\n'=1+1\ttwo lines and a tab\nWeis\t'@sum\n"


def test_cancelled_it_leaves_the_file_that_was_there(tmp_path):
    def report(_fraction, _text):
        raise Cancelled

    for name in ("list.csv", "list.xlsx"):
        out = tmp_path / name
        out.write_text("before")
        with pytest.raises(Cancelled):
            export_accounts(HEADERS, TYPES, ROWS, out, report)
        assert out.read_text() == "before"
    assert len(list(tmp_path.iterdir())) == 2


def test_another_kind_of_file_and_a_place_that_is_not_there_are_told(tmp_path):
    with pytest.raises(UserProblem, match="neither"):
        export_accounts(HEADERS, TYPES, ROWS, tmp_path / "list.pdf", silent)
    with pytest.raises(UserProblem, match="cannot be written"):
        export_accounts(HEADERS, TYPES, ROWS, tmp_path / "nowhere" / "list.csv", silent)
