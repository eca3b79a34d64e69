from datetime import date

import pytest

from planner.reports.periods import Period, days_before, month_of, quarter_of, read_period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2027-q1", date(2027, 1, 1), date(2027, 3, 31)),
        (" 2026 ", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_months_quarters_and_years_are_read(text, first, last):
    assert read_period(text) == Period(first, last)


@pytest.mark.parametrize("text", ["", "2026-13", "2026-00", "2026-Q5", "0000", "9999", "November", "2026-1"])
def test_anything_else_is_no_period(text):
    with pytest.raises(ValueError, match=r"."):
        read_period(text)


def test_quarters_end_with_the_year():
    assert quarter_of(date(2026, 12, 31)) == read_period("2026-Q4")
    assert quarter_of(date(2027, 1, 1)) == read_period("2027-Q1")
    assert month_of(date(2026, 12, 31)) == read_period("2026-12")


def test_days_before_go_over_new_year_and_hold_their_ends():
    lately = days_before(date(2027, 1, 10), 28)
    assert lately == Period(date(2026, 12, 14), date(2027, 1, 10))
    assert date(2026, 12, 14) in lately
    assert date(2026, 12, 13) not in lately
