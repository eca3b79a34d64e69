import csv
import io
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.errors import BadInputFile
from planner.imports.text_table import read_table

REPORT = """Accounts by Owner

As of 2026-11-23
"Account ID","Account Name","City","State"
1,Ada,Bellefonte,PA
2,"Bo, and
Sons",State College,PA
3,Cy,Lewistown,PA

"Grand Totals (3 records)"

"Accounts by Owner"
"Copyright (c) 2000-2026. All rights reserved."
"Confidential Information - Do Not Distribute"
"""


def test_titles_above_and_notices_below_are_not_rows(table_of):
    table = table_of(REPORT)
    assert table.headers == ("Account ID", "Account Name", "City", "State")
    assert [cells[1] for _line, cells in table.rows] == ["Ada", "Bo, and\nSons", "Cy"]
    assert [line for line, _text in table.skipped] == [1, 3, 10, 12, 13, 14]
    assert table.problems == ()


def test_rows_carry_the_line_they_begin_on(table_of):
    assert [line for line, _cells in table_of(REPORT).rows] == [5, 6, 8]


@pytest.mark.parametrize("delimiter", [",", "|", "\t", ";"])
def test_the_delimiter_is_found_whatever_the_suffix(table_of, delimiter):
    text = f"Name{delimiter}City\nAda{delimiter}Bellefonte\nBo{delimiter}Boalsburg\n"
    table = table_of(text)
    assert table.delimiter == delimiter
    assert table.rows == ((2, ("Ada", "Bellefonte")), (3, ("Bo", "Boalsburg")))


def test_commas_inside_a_bar_delimited_file_do_not_mislead(table_of):
    table = table_of("NAME|ADDR|CITY\nADA|1 MAIN ST, UNIT 9|STATE COLLEGE\nBO|2 MAIN ST, UNIT 8|STATE COLLEGE\n")
    assert table.delimiter == "|"
    assert table.rows[0][1][1] == "1 MAIN ST, UNIT 9"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_accents_survive_every_usual_encoding_and_line_end(write_file, codec, newline):
    text = newline.join(["Name,City", "Dulce Luca Café,State College", "Yogürt Express,Lewistown", ""])
    table = read_table(write_file(text.encode(codec)))
    assert table.headers == ("Name", "City")
    assert [cells[0] for _line, cells in table.rows] == ["Dulce Luca Café", "Yogürt Express"]


def test_bytes_windows_has_no_letter_for_are_read_as_latin_1(write_file):
    assert read_table(write_file(b"Name,City\nA\x81\xe9,B\n")).encoding == "latin-1"


def test_separators_of_other_alphabets_do_not_break_lines(table_of):
    assert table_of("Name,City\nA\u2028B\x0b,C\x85D\n").rows == ((2, ("A\u2028B\x0b", "C\x85D")),)


def test_nuls_are_left_out_and_told(write_file):
    table = read_table(write_file(b"Name,City,State\nA\x00da,Bellefonte,PA\n"))
    assert table.rows[0][1][0] == "Ada"
    assert [(problem.row, "NUL" in problem.text) for problem in table.problems] == [(0, True)]


def test_a_row_with_missing_cells_at_its_end_is_kept_and_told(table_of):
    table = table_of("Name,City,State\nAda,Bellefonte\nBo,Boalsburg,PA\n")
    assert table.rows[0][1] == ("Ada", "Bellefonte", "")
    assert [problem.row for problem in table.problems] == [2]


def test_a_row_with_too_many_values_is_left_out_and_told(table_of):
    table = table_of("Name,City,State\nAda, Inc,Bellefonte,PA\nBo,Boalsburg,PA\n")
    assert [cells[0] for _line, cells in table.rows] == ["Bo"]
    assert [problem.row for problem in table.problems] == [2]
    assert "left out" in table.problems[0].text


def test_empty_cells_beyond_the_last_column_are_left_out_and_told_once(table_of):
    table = table_of("Name,City,State\nAda,Bellefonte,PA,\nBo,Boalsburg,PA,\n")
    assert [cells for _line, cells in table.rows] == [("Ada", "Bellefonte", "PA"), ("Bo", "Boalsburg", "PA")]
    (told,) = table.problems
    assert (told.row, "2 rows have more cells" in told.text) == (0, True)


def test_a_quote_that_is_never_closed_costs_one_line_its_quotes_and_no_row(table_of):
    table = table_of('Name,City\nAda,"Bellefonte\nBo,Boalsburg\nCy,Lewistown\n')
    assert [cells[0] for _line, cells in table.rows] == ["Ada", "Bo", "Cy"]
    assert [line for line, _cells in table.rows] == [2, 3, 4]
    assert [problem.row for problem in table.problems] == [2]


def test_an_open_quote_does_not_swallow_a_long_file(table_of):
    table = table_of('Name,City\nAda,"Bellefonte\n' + "Bo,Boalsburg\n" * 20_000)
    assert len(table.rows) == 20_001
    assert [problem.row for problem in table.problems] == [2]


def test_a_company_called_total_is_a_row_and_a_total_is_not(table_of):
    table = table_of("Name,City,Revenue,Owner\nTotal Wine,Altoona,5,Ada\nConfidential Records Inc,Altoona,5,Ada\nTotal,,10,\n")
    assert [cells[0] for _line, cells in table.rows] == ["Total Wine", "Confidential Records Inc"]
    assert table.skipped == ((4, "Total 10"),)


def test_a_header_repeated_on_every_page_is_no_row(table_of):
    table = table_of("Name,City\nAda,Altoona\nPage 1\nName,City\nBo,Boalsburg\n")
    assert [cells[0] for _line, cells in table.rows] == ["Ada", "Bo"]
    assert [line for line, _text in table.skipped] == [3, 4]


def test_a_report_with_fewer_rows_than_it_says_is_told(table_of):
    table = table_of("Name,City\nAda,Bellefonte\nBo,Boalsburg\nGrand Totals (3 records)\n")
    assert [(problem.row, problem.text) for problem in table.problems] == [(4, "The report says it has 3 records, but 2 rows were read.")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\r\n", "is empty"),
        (b"\xff\xfe", "no columns"),
        (b"PK\x03\x04\x14\x00", "not a text file"),
        (b"%PDF-1.7", "not a text file"),
        (bytes(range(256)) * 20, "not a text file"),
        (b"one column\nonly\n", "no columns"),
        (b"Name,City\n", "no rows"),
        (b"Name,City\nGrand Totals (0 records)\n", "no rows"),
        (b"001Dn000000pIls,Ada,40\n001Dn000000pIlt,Bo,41\n", "no column names"),
        (b"Name,City\n" + b"x" * 200_000 + b",y\n", "no rows"),
    ],
)
def test_what_is_no_table_is_told_plainly(write_file, content, says):
    with pytest.raises(BadInputFile) as caught:
        read_table(write_file(content))
    assert says in caught.value.what
    assert caught.value.what.startswith("export.csv")
    assert caught.value.remedy


def test_a_file_that_is_not_there_is_told_plainly(tmp_path):
    with pytest.raises(BadInputFile, match="could not be opened"):
        read_table(tmp_path / "nothing.csv")


def read_bytes(content: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "any.csv"
        path.write_bytes(content)
        return read_table(path)


@given(st.one_of(st.binary(max_size=300), st.text(alphabet='ab1,;|\t"\r\n\x00é', max_size=120).map(str.encode)))
@example(b'a,b\n"')
@example(b"\xff\xfea\x00,\x00b")
@example(b'a,b\n1,"\n1,"x\n"')
def test_no_bytes_raise_anything_but_bad_input_file(content):
    with suppress(BadInputFile):
        table = read_bytes(content)
        assert all(len(cells) == len(table.headers) for _line, cells in table.rows)
        assert [line for line, _cells in table.rows] == sorted({line for line, _cells in table.rows})


CELLS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).map(lambda text: f"x{text}x")


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), st.sampled_from(",|\t;"))
def test_every_row_a_csv_writer_writes_is_read_back(rows, delimiter):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows([("Name", "City", "Owner"), *rows])
    table = read_bytes(out.getvalue().encode())
    assert [cells for _line, cells in table.rows] == rows
    assert table.problems == ()


def test_every_real_account_row_is_read_and_no_footer(state_college):
    table = read_table(state_college / "accounts.csv")
    assert (len(table.rows), table.encoding, table.delimiter, table.problems) == (990, "cp1252", ",", ())
    assert [text.split()[0] for _line, text in table.skipped] == ["Grand", "Accounts", "Copyright", "Confidential"]
    names = {cells[1] for _line, cells in table.rows}
    assert {"Dulce Luca Café", "The Naked Egg Café", "Yogürt Express"} <= names


def test_the_real_billing_extract_is_cut_at_its_bars(state_college):
    table = read_table(state_college / "billing.txt")
    assert table.delimiter == "|"
    assert table.headers[0] == "ACCT_NO"
    assert all(len(cells[0]) == 16 for _line, cells in table.rows)


def test_two_encodings_in_a_file_are_told(write_file):
    table = read_table(write_file("Name,City\nCafé é,Erie\n".encode("cp1252") + "Müller,Erie\n".encode()))
    assert [cells[0] for _line, cells in table.rows] == ["Café é", "Müller"]
    assert [(problem.row, "two encodings" in problem.text) for problem in table.problems] == [(0, True)]


def test_a_line_whose_letters_may_be_wrong_is_told(write_file):
    table = read_table(write_file(b"Name,City\nCaf\xe9,Erie\nM\xc3\xbcller,\xe9\xe9 Erie\n"))
    assert [(problem.row, "accents may be wrong" in problem.text) for problem in table.problems] == [(3, True)]


def test_a_total_of_a_narrow_table_is_no_row(table_of):
    table = table_of('Name,City,MRR\nAda,Dover,5\nTotal,,"$1,200.00"\nTotal Care,,7\nTotal,Erie,7\n')
    assert [cells[0] for _line, cells in table.rows] == ["Ada", "Total Care", "Total"]
    assert [line for line, _text in table.skipped] == [3]


def test_empty_lines_in_any_number_are_passed_over(table_of):
    assert table_of("Name,City\n" + "\n\r\n" * 300_000 + "Ada,Dover\n").rows == ((600_002, ("Ada", "Dover")),)
