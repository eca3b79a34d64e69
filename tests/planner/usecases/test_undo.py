"""Undo and redo of anything, and who changed what when."""

import getpass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from twin_book import DINER, MARKET, OFFICE, TWIN, fill_twin_book
from whole_store import contents

from planner.errors import UserProblem
from planner.model.journal import EntryState
from planner.progress import silent
from planner.usecases import undo as module
from planner.usecases.edit_accounts import AccountEdit, add_account, delete_accounts, edit_account, edit_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.merge import keep_apart, merge_accounts
from planner.usecases.settings import set_setting
from planner.usecases.undo import account_history, list_steps, next_steps, redo, undo
from planner.usecases.wishes import set_wish
from planner.usecases.workspace import Workspace, open_workspace


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_twin_book(workspace)
    return workspace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.csv"
    path.write_text("Account ID,Account Name,Billing Street,Billing City,Phone\nc-1,Ada,1 Elm St,State College,1\nc-9,New,9 Elm St,X,2\n")
    return path


def test_a_row_of_steps_goes_back_to_the_beginning_and_forth_to_the_end(filled: Workspace, file: Path):
    verbs = (
        lambda: edit_accounts(filled, [DINER, MARKET], AccountEdit({"tier": "A", "notes": "x"})),
        lambda: import_accounts(filled, [file], silent),
        lambda: add_account(filled, {"name": "Shop"}),
        lambda: merge_accounts(filled, DINER, TWIN),
        lambda: keep_apart(filled, DINER, OFFICE),
        lambda: set_wish(filled, DINER, boost=3.3),
        lambda: set_setting(filled, "units", "kilometres"),
        lambda: delete_accounts(filled, [DINER]),
    )
    states = [contents(filled.database)]
    for verb in verbs:
        verb()
        states.append(contents(filled.database))
    for state in states[-2::-1]:
        undo(filled)
        assert contents(filled.database) == state
    for state in states[1:]:
        redo(filled)
        assert contents(filled.database) == state


def test_what_undo_and_redo_would_do_is_told_in_words(filled: Workspace):
    edit_account(filled, DINER, {"tier": "A"})
    assert (next_steps(filled).undo, next_steps(filled).redo) == ("Change tier of Ada's Diner", "")
    assert undo(filled).label == "Undo: Change tier of Ada's Diner"
    assert (next_steps(filled).undo, next_steps(filled).redo) == ("Fill", "Change tier of Ada's Diner")
    assert redo(filled).label == "Redo: Change tier of Ada's Diner"


def test_it_says_what_is_to_be_shown_anew(filled: Workspace):
    set_setting(filled, "units", "kilometres")
    changes = undo(filled)
    assert (changes.accounts, changes.plans, changes.settings) == (False, False, True)
    changes = undo(filled)
    assert (changes.accounts, changes.plans) == (True, True)


def test_nothing_to_undo_or_redo_is_told(workspace: Workspace):
    with pytest.raises(UserProblem, match="nothing to undo"):
        undo(workspace)
    with pytest.raises(UserProblem, match="nothing to redo"):
        redo(workspace)


def test_what_was_undone_is_gone_for_good_once_something_else_is_done(filled: Workspace):
    edit_account(filled, DINER, {"tier": "A"})
    undo(filled)
    edit_account(filled, DINER, {"tier": "C"})
    with pytest.raises(UserProblem, match="nothing to redo"):
        redo(filled)
    assert [step.state for step in list_steps(filled)] == [EntryState.DONE, EntryState.DROPPED, EntryState.DONE]


def test_it_works_after_a_restart(filled: Workspace):
    before = contents(filled.database)
    edit_account(filled, DINER, {"tier": "A"})
    filled.close()
    with open_workspace(filled.home) as again:
        undo(again)
        assert contents(again.database) == before


def test_steps_are_listed_the_newest_first_with_who_and_when(filled: Workspace, file: Path):
    import_accounts(filled, [file], silent)
    newest, oldest = list_steps(filled)
    assert (newest.label, oldest.label) == ("Import accounts.csv", "Fill")
    assert newest.details["counts"]["accounts"] == [1, 1, 0, 0]
    assert newest.who == getpass.getuser()
    assert abs(newest.at - datetime.now(UTC)) < timedelta(hours=1)
    assert len(list_steps(filled, 1)) == 1


def test_the_history_of_an_account_says_what_was_changed_from_what_to_what(filled: Workspace):
    edit_account(filled, DINER, {"tier": "A", "annual_revenue_cents": "1,250.50", "do_not_visit": "yes"})
    edit_account(filled, DINER, {"tier": "C"})
    lines = account_history(filled, DINER)
    assert [(line.what, line.before, line.after) for line in lines[:1]] == [("Tier", "A", "C")]
    assert {(line.what, line.before, line.after) for line in lines[1:4]} == {
        ("Tier", "B", "A"),
        ("Annual revenue", "", "$1,250.50"),
        ("Do not visit", "no", "yes"),
    }
    assert all(line.who == getpass.getuser() and line.label for line in lines)
    assert lines[-1].label == "Fill"


def test_a_place_is_one_line_of_the_history(filled: Workspace):
    edit_account(filled, DINER, {"street": "5 Oak Ave"})
    (line,) = [line for line in account_history(filled, DINER) if line.what == "Place"]
    assert line.before.startswith("40.790000, -77.860000 (rooftop")
    assert line.after != line.before


def test_custom_fields_are_told_by_their_names(filled: Workspace):
    merge_accounts(filled, DINER, TWIN)
    (line,) = [line for line in account_history(filled, DINER) if line.what == "Custom"]
    assert (line.before, line.after) == ("Region: North; Segment: SMB", "Region: North; Since: 2019; Segment: SMB")


def test_what_was_undone_is_no_part_of_the_history(filled: Workspace):
    edit_account(filled, DINER, {"tier": "A"})
    undo(filled)
    assert [line.label for line in account_history(filled, DINER) if line.label != "Fill"] == []


def test_the_history_of_nobody_is_told(filled: Workspace):
    with pytest.raises(UserProblem, match="There is no account 99"):
        account_history(filled, 99)


def test_the_sample_has_steps_of_its_own(filled: Workspace, monkeypatch: pytest.MonkeyPatch):
    with filled.writing("Of the sample", sample=True) as db:
        db.execute("UPDATE accounts SET sample = 1 WHERE id = ?", [OFFICE])
    assert [step.label for step in list_steps(filled)] == ["Fill"]
    monkeypatch.setattr(module, "in_sample", lambda _workspace: True)
    assert next_steps(filled).undo == "Of the sample"
