from datetime import date

import pytest

from planner.errors import UserProblem
from planner.model.account_views import AccountView, Comparison, Condition
from planner.usecases.account_views import built_in_views, delete_view, list_views, rename_view, save_view
from planner.usecases.undo import redo, undo
from planner.usecases.workspace import open_workspace

VIEW = AccountView("Mine", (Condition("owner", Comparison.IS, "Rep A; Söhne"),), ("name", "owner", "custom:Region"), "due", True, "town")


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "home") as opened:
        yield opened


def test_a_view_is_kept_as_it_is_and_again_in_its_place(workspace):
    save_view(workspace, VIEW)
    assert list_views(workspace) == [VIEW]
    save_view(workspace, AccountView("  Mine "))
    assert list_views(workspace) == [AccountView("Mine")]


def test_saving_renaming_and_deleting_are_steps_to_undo_and_redo(workspace):
    save_view(workspace, VIEW)
    assert rename_view(workspace, "Mine", "Ours").label == "Rename the view “Mine” to “Ours”"
    delete_view(workspace, "Ours")
    assert list_views(workspace) == []
    undo(workspace)
    assert [view.name for view in list_views(workspace)] == ["Ours"]
    undo(workspace)
    assert list_views(workspace) == [VIEW]
    undo(workspace)
    assert list_views(workspace) == []
    redo(workspace)
    assert list_views(workspace) == [VIEW]


def test_names_that_cannot_be_are_refused_and_nothing_is_changed(workspace):
    save_view(workspace, VIEW)
    save_view(workspace, AccountView("Other"))
    for name in ("", "x" * 61, "places TO check", "All accounts"):
        with pytest.raises(UserProblem):
            save_view(workspace, AccountView(name))
        with pytest.raises(UserProblem):
            rename_view(workspace, "Mine", name)
    with pytest.raises(UserProblem, match="already"):
        rename_view(workspace, "Mine", "Other")
    with pytest.raises(UserProblem, match="no view"):
        delete_view(workspace, "Gone")
    assert [view.name for view in list_views(workspace)] == ["Mine", "Other"]


def test_a_view_in_words_of_a_newer_version_is_left_out(workspace):
    save_view(workspace, VIEW)
    with workspace.writing("Test") as db:
        db.table("account_views").insert({"name": "Odd", "document": '{"conditions": [["owner", "smells like", ""]]}', "sample": 0})
    assert list_views(workspace) == [VIEW]


def test_this_week_ends_on_sunday():
    due = {view.name: view for view in built_in_views(date(2026, 12, 3))}["Due this week"]
    assert due.conditions == (Condition("due", Comparison.AT_MOST, "3"),)
