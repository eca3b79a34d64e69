from datetime import date
from decimal import Decimal

import pytest

from planner.errors import UserProblem
from planner.model.tracking import Drive, DriveKind, Purpose, Source, Trip, TripState, TripStop
from planner.usecases.trips import TripSums
from planner.values import replace
from ui.trips.cost_dialog import cents_in
from ui.trips.drive_dialog import number_in
from ui.trips.words import TripLine, days_words, dollars, drive_row, far, state_words, stops_done, times_words, trip_row

DAY = date(2026, 11, 30)
STOPS = (
    TripStop(0, DAY, "A", account_id=1, came_s=32_400),
    TripStop(1, DAY, "B", account_id=2),
    TripStop(2, DAY, "Home", came_s=60_000),
)
TRIP = Trip(1, "Town and 1 more", DAY, date(2026, 12, 1), TripState.PLANNED, Purpose.MIXED, "Home", 28_800, nights=1, stops=STOPS)


def test_a_trip_is_one_row():
    line = TripLine(TRIP, TripState.UNDER_WAY, "", TripSums(16_093, None, 1, 1800, None, {}, 1160, None))
    row = ("Nov 30 – Dec 1", "Town and 1 more", "Mixed", "Under way", "1 of 2", "10.0 mi", "–", "1", "–")
    assert trip_row(line, "miles") == row
    assert trip_row(line, "kilometres")[5] == "16.1 km"
    assert stops_done(TRIP) == (1, 2)


@pytest.mark.parametrize(
    ("state", "hint", "words"),
    [
        (TripState.PLANNED, "", "Planned"),
        (TripState.PLANNED, "Log the visits.", "Not logged"),
        (TripState.DONE, "Finish it.", "To finish"),
        (TripState.DONE, "", "Done"),
        (TripState.CANCELLED, "x", "Cancelled"),
    ],
)
def test_a_state_says_what_is_still_to_be_done(state, hint, words):
    assert state_words(TripLine(TRIP, state, hint, TripSums(0, None, 0, 0, None, {}, 0, None))) == words


def test_a_trip_with_appointments_only_has_no_visits_to_count():
    line = TripLine(replace(TRIP, stops=STOPS[2:]), TripState.PLANNED, "", TripSums(0, None, 0, 0, None, {}, 0, None))
    assert trip_row(line, "miles")[4] == "–"


def test_a_drive_that_is_not_confirmed_has_no_amount():
    drive = Drive(1, DAY, "Home", "A", 1609, Source.GPX, DriveKind.BUSINESS, "Sales call", odometer=(1000, 1010))
    assert drive_row(drive, 0, "miles") == (
        "○ Not claimed",
        "Mon, Nov 30",
        "Home",
        "A",
        "Sales call",
        "1.0 mi",
        "–",
        "Business",
        "GPX",
        "100.0 – 101.0",
    )


@pytest.mark.parametrize(
    ("begin", "end", "text"), [(None, None, "–"), (None, 36_000, "until 10:00"), (32_400, None, "9:00"), (32_400, 36_000, "9:00–10:00")]
)
def test_times_are_told_as_far_as_they_are_known(begin, end, text):
    assert times_words(begin, end) == text


def test_money_days_and_distances():
    assert (dollars(None), dollars(5), dollars(123_456)) == ("–", "$0.05", "$1,234.56")
    assert (far(None, "miles"), far(1_609_344, "miles")) == ("–", "1,000.0 mi")
    assert days_words(DAY, DAY) == "Mon, Nov 30"


@pytest.mark.parametrize(("text", "cents"), [("24.50", 2450), (" $1,024.5 ", 102_450), ("0.01", 1), ("7", 700)])
def test_amounts_are_read_to_the_cent(text, cents):
    assert cents_in(text) == cents


@pytest.mark.parametrize("text", ["", "ten", "1.005", "nan", "Infinity"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(UserProblem, match="cannot be read"):
        cents_in(text)


def test_numbers_are_read_with_their_commas():
    assert number_in("10,200.5", "odometer") == Decimal("10200.5")
    for text in ("", "x", "-1", "nan", "1e99"):
        with pytest.raises(UserProblem, match="The odometer"):
            number_in(text, "Odometer")
