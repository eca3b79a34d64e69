from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.model.journal import EntryState, FieldChange, JournalEntry
from ui.history.words import count_lines, history_rows, problem_lines, state_words, sum_words, when

NOW = datetime(2026, 11, 24, 15, 30).astimezone()
IMPORT = JournalEntry(
    1,
    "Import accounts.csv",
    NOW,
    "ann",
    details={
        "counts": {"accounts": [966, 12, 3, 0], "a billing extract": [0, 0, 0, 2]},
        "problems": [["accounts.csv", 7, "No name."], ["accounts.csv", 0, "Five notices left out."]],
        "more_problems": 4,
    },
)


def test_a_moment_is_told_on_the_clock_of_the_laptop():
    assert when(NOW.replace(hour=9, minute=5).astimezone(UTC), NOW) == "Today 9:05"
    assert when(NOW - timedelta(days=1), NOW) == "Yesterday 15:30"
    assert when(NOW - timedelta(days=2), NOW) == "Nov 22, 15:30"
    assert when(NOW - timedelta(days=400), NOW).startswith("Oct 20, 2025, ")


def test_a_moment_is_told_on_the_clock_that_now_is_of():
    at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    assert when(at, datetime(2026, 11, 24, 23, 0, tzinfo=ZoneInfo("America/New_York"))) == "Today 22:00"
    assert when(at, datetime(2026, 11, 25, 5, 0, tzinfo=UTC)) == "Today 3:00"
    assert when(at, datetime(2026, 11, 26, 5, 0, tzinfo=ZoneInfo("Asia/Tokyo"))) == "Yesterday 12:00"


def test_an_import_is_told_with_its_counts_and_problems():
    assert sum_words(IMPORT) == "966 accounts added · 12 accounts changed · 6 problems"
    assert count_lines(IMPORT) == [("Accounts", "966 added, 12 changed, 3 as before"), ("Services", "2 taken out")]
    assert problem_lines(IMPORT) == ["accounts.csv, line 7: No name.", "accounts.csv: Five notices left out.", "and 4 more"]


def test_a_step_that_is_no_import_has_no_counts():
    entry = JournalEntry(2, "Move the pin", NOW, "ann")
    assert (sum_words(entry), count_lines(entry), problem_lines(entry)) == ("", [], [])


def test_a_step_that_was_taken_back_says_so():
    assert [state_words(state) for state in EntryState] == ["", "Undone", "Undone for good"]


def test_the_lines_of_one_step_name_it_once():
    changes = [FieldChange(NOW, "ann", "Import a.csv", what, "1", "2") for what in ("Phone", "Owner")]
    rows = history_rows(changes, NOW)
    assert rows == [("Today 15:30", "ann", "Import a.csv", "Phone", "1", "2"), ("", "", "", "Owner", "1", "2")]
