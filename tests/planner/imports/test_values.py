from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.imports.values import calendar_day, made_up_id, money_cents, one_line, share, whole_number


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("$2,280,000", 228_000_000),
        ("1500.00", 150_000),
        ("USD 12.50", 1250),
        ("12.5 USD", 1250),
        ("$ .99", 99),
        ("0.005", 1),
        ("1.115", 112),
        ("(3.20)", -320),
        ("-$3.20", -320),
        ("($1,000)", -100_000),
        ("  ", None),
    ],
)
def test_money_is_read_to_the_cent(text, cents):
    assert money_cents(text) == cents


@pytest.mark.parametrize("text", ["many", "1,50", "1.234.567,89", "12 34", "$", "1e400", "nan", "inf", "(5", "99999999999999999999"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError, match="not an amount"):
        money_cents(text)


@given(st.integers(-(10**14), 10**14), st.booleans())
def test_money_round_trips(cents, grouped):
    amount = abs(cents)
    whole = f"{amount // 100:,}" if grouped else str(amount // 100)
    assert money_cents(f"{'-' if cents < 0 else ''}${whole}.{amount % 100:02d}") == cents


@pytest.mark.parametrize(
    "text", ["7/26/2026", "07/26/2026", "7/26/26", "2026-07-26", "2026-07-26T10:00:00.000Z", "7/26/2026 3:14 PM", " 2026-7-26 "]
)
def test_a_day_is_read_however_it_is_written(text):
    assert calendar_day(text) == date(2026, 7, 26)


@pytest.mark.parametrize("text", ["26/7/2026", "2026-02-30", "soon", "20260726", "7-26-2026"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match="not a date"):
        calendar_day(text)


@given(st.dates())
def test_days_round_trip_in_both_styles(day):
    assert calendar_day(day.isoformat()) == day
    assert calendar_day(f"{day.month}/{day.day}/{day.year:04d}") == day


def test_numbers_of_things_are_whole():
    assert (whole_number("40"), whole_number("1,200"), whole_number("40.0"), whole_number("")) == (40, 1200, 40, None)
    with pytest.raises(ValueError, match="not a whole number"):
        whole_number("about 40")


def test_probabilities_are_percent_unless_below_one():
    assert [share(text) for text in ("20", "20%", "20.0", "0.2", "1", "100", "0", "")] == [0.2, 0.2, 0.2, 0.2, 0.01, 1.0, 0.0, None]
    for text in ("120", "likely"):
        with pytest.raises(ValueError, match="not a probability"):
            share(text)


def test_a_cell_is_brought_to_one_line():
    assert one_line("  3180  West\r\n College\u00a0Avenue ") == "3180 West College Avenue"


def test_a_made_up_id_depends_on_what_it_is_made_of_and_nothing_else():
    assert made_up_id("Ada", "1 Main St") == made_up_id("ADA ", "1  Main St")
    assert made_up_id("Ada", "1 Main St") != made_up_id("Ada 1", "Main St")
    assert len(made_up_id("Ada")) == 18
