import pytest

from planner.errors import Cancelled
from planner.model.imports import RecordKind
from planner.progress import silent
from ui.imports.entries import Entry, State, added, hindrance, look_at, order_of
from ui.imports.tables import with_kind


@pytest.fixture
def look(workspace):
    return lambda *files: look_at(workspace, files, silent)


@pytest.fixture
def five(file_of, accounts_file, calendar_file):
    """Accounts, a picture, a folder, a table of no kind, and a calendar."""
    folder = accounts_file.parent / "folder.csv"
    folder.mkdir()
    return (
        accounts_file,
        file_of("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        folder,
        file_of("odd.csv", "a,b\n1,2\n"),
        calendar_file,
    )


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(look, five):
    entries = look(*five)
    assert [entry.state for entry in entries] == [State.READY, State.REFUSED, State.REFUSED, State.LEFT_OUT, State.READY]
    assert entries[1].problem.what.startswith("photo.png")
    assert [entry.about for entry in entries] == [
        "Accounts · 3 rows",
        "Cannot be read",
        "Cannot be read",
        "Not recognized, left out · 1 row",
        "Calendar",
    ]
    files, chosen = order_of(entries)
    assert [file.name for file in files] == ["accounts.csv", "calendar.ics"]
    assert list(chosen) == ["accounts.csv|"]
    assert hindrance(entries) == ""


def test_what_keeps_the_import_from_going_on_is_one_sentence(look, five):
    entries = look(*five)
    assert hindrance([]) == "Add the files to import."
    assert hindrance(entries[1:4]).startswith("Nothing is to be read yet")
    lacking = Entry(entries[3].path, with_kind(entries[3].table, RecordKind.REPS))
    assert lacking.state is State.LACKING
    assert hindrance([entries[0], lacking]) == "odd.csv: Say which column is Name."


def test_a_file_that_is_added_again_takes_the_place_of_what_was_read_of_it(look, accounts_file):
    before = look(accounts_file)
    accounts_file.write_text(accounts_file.read_text() + "001Dn00000ydVdD,New Bank,Rep A,Prospect,2 Main St,Boalsburg,PA,16827,,\n")
    entries = added(before, look(accounts_file))
    assert [entry.about for entry in entries] == ["Accounts · 4 rows"]


def test_two_files_of_one_name_are_not_taken_for_one(look, accounts_file, file_of):
    other = file_of("other/accounts.csv", accounts_file.read_text())
    entries = added(look(accounts_file), look(other))
    assert [entry.state for entry in entries] == [State.READY, State.REFUSED]
    entries = look(accounts_file, other)
    assert [entry.state for entry in added([], entries)] == [State.READY, State.REFUSED]


def test_looking_stops_when_it_is_cancelled(workspace, accounts_file):
    def stop(_fraction, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        look_at(workspace, [accounts_file], stop)
