import csv

import pytest

from planner.errors import UserProblem
from planner.model.accounts import ImportProblem
from planner.usecases.problem_list import problem_text, text_cell, write_problem_list

PROBLEMS = (
    ImportProblem("accounts.csv", 7, '=HYPERLINK("http://x","y") has no name; it was left out.'),
    ImportProblem("@sum.csv", 0, 'two\nlines, and "quotes"'),
)


def test_a_list_of_problems_opens_in_a_spreadsheet_and_no_cell_is_a_formula(tmp_path):
    out = write_problem_list(PROBLEMS, tmp_path / "problems.csv")
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["File", "Row", "Problem"],
        ["accounts.csv", "7", '\'=HYPERLINK("http://x","y") has no name; it was left out.'],
        ["'@sum.csv", "", 'two\nlines, and "quotes"'],
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["problems.csv"]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(begin):
    assert text_cell(f"{begin}1+1") == f"'{begin}1+1"
    assert text_cell(f"a{begin}") == f"a{begin}"


def test_the_text_for_the_clipboard_has_one_line_a_problem():
    assert problem_text(PROBLEMS[:1]).splitlines()[0] == "File\tRow\tProblem"
    assert list(csv.reader(problem_text(PROBLEMS).splitlines(keepends=True), delimiter="\t"))[2][2] == 'two\nlines, and "quotes"'


def test_a_place_that_cannot_be_written_to_is_told_and_nothing_is_left(tmp_path):
    with pytest.raises(UserProblem, match=r"problems\.csv could not be written"):
        write_problem_list(PROBLEMS, tmp_path / "no such folder" / "problems.csv")
    assert list(tmp_path.iterdir()) == []
