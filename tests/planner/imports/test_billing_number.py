import pytest

from planner.imports.billing_number import all_rounded, billing_number


@pytest.mark.parametrize("text", ["8345070000000004", " 8345-0700-0000-0004 ", "8345 0700 0000 0004"])
def test_a_number_is_sixteen_digits_of_text(text):
    assert billing_number(text) == "8345070000000004"


@pytest.mark.parametrize("text", ["8.345E+15", "8.34507E+15", "8.345070000000000E+15", "8E+15"])
def test_one_that_a_spreadsheet_rounded_is_refused(text):
    with pytest.raises(ValueError, match="rounded by a spreadsheet"):
        billing_number(text)


@pytest.mark.parametrize("text", ["ACCT 12", "12345678901234567", "８３４５"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="billing account number"):
        billing_number(text)


def test_an_empty_cell_is_no_number():
    assert billing_number("  ") == ""


def test_a_file_whose_numbers_all_end_in_zero_was_rounded_but_one_number_may():
    assert all_rounded([f"8345070000000{n}0" for n in range(10, 16)])
    assert not all_rounded([f"8345070000000{n}0" for n in range(10, 16)] + ["8345070000000004"])
    assert not all_rounded(["8345070000000010"] * 9)
    assert not all_rounded(["10", "20", "30", "40", "50"])
