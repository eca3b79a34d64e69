from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.model.backups import Backup, BackupReason, MadeBy
from planner.model.journal import EntryState, JournalEntry
from ui.safety.words import HEADERS, backup_row, lost_words, mid_sentence, state_words, summary, unreadable_words

AT = datetime(2026, 11, 30, 12, 0, 0, 400_000, UTC)


def backup(**values):
    return Backup(
        **{"path": Path("a.sqlite"), "made_at": AT, "reason": BackupReason.IMPORT, "size_bytes": 4_200_000, "accounts": 966} | values
    )


def step(label, seconds, state=EntryState.DONE):
    return JournalEntry(1, label, AT.replace(microsecond=0) + timedelta(seconds=seconds), "Dana", state)


def test_a_backup_is_one_row_and_one_line():
    row = backup_row(backup(), AT.astimezone())
    assert len(row) == len(HEADERS)
    assert row[0].startswith("Today ")
    assert row[1:] == ("Before an import", "966", "4.2 MB", "Opens")
    assert summary(backup()) == "966 accounts · 4.2 MB · made before an import"
    assert summary(backup(accounts=None)) == "4.2 MB · made before an import"


def test_the_state_tells_what_opens_and_what_does_not():
    states = [state_words(backup(encrypted=encrypted, accounts=accounts)) for encrypted in (False, True) for accounts in (3, None)]
    assert states == ["Opens", "Damaged", "Opens, encrypted", "Locked or damaged"]


def test_a_backup_of_another_roadbook_says_so():
    older, newer = backup(made_by=MadeBy.OLDER), backup(made_by=MadeBy.NEWER, accounts=None)
    assert [state_words(each) for each in (older, newer)] == ["Made by an older Roadbook", "Made by a newer Roadbook"]
    assert state_words(backup(made_by=MadeBy.OLDER, encrypted=True)) == "Made by an older Roadbook, encrypted"
    assert lost_words(older, []).endswith("brought up to date when you go back to it.")
    assert "brought up to date" not in lost_words(backup(), [])
    assert "newer Roadbook" in unreadable_words(newer)
    assert "newer" not in unreadable_words(backup(accounts=None))


def test_what_is_lost_is_what_was_done_since_and_stands():
    steps = [step("Import b.csv", 60), step("Undone thing", 50, EntryState.UNDONE), step("In the same second", 0), step("Before", -60)]
    assert lost_words(backup(), steps) == "What was done since then goes, 2 steps:\n• Import b.csv\n• In the same second"
    assert lost_words(backup(), steps[3:]) == "Nothing was done since then that the history knows of."


def test_of_many_lost_steps_a_few_are_named():
    text = lost_words(backup(), [step(f"Step {number}", number) for number in range(12, 0, -1)])
    assert text.split("\n")[0] == "What was done since then goes, 12 steps:"
    assert text.split("\n")[1] == "• Step 12"
    assert text.split("\n")[-1] == "and 7 more"


def test_a_moment_stands_inside_a_sentence():
    assert [mid_sentence(moment) for moment in ("Today 9:12", "Yesterday 9:12", "Nov 23, 9:12")] == [
        "today 9:12",
        "yesterday 9:12",
        "Nov 23, 9:12",
    ]
