import pytest

from planner.errors import Cancelled, UserProblem
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.imports import Source
from planner.model.places import PostalAddress
from planner.progress import silent
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.edit_accounts import AccountEdit, count_changed, edit_accounts
from planner.usecases.undo import undo
from planner.usecases.workspace import open_workspace
from planner.values import replace

ACCOUNTS = [
    Account(
        number, f"001{number}", f"Firm {number}", AccountKind.PROSPECT, PostalAddress("1 Main St"), owner="Rep A", tags=tags, custom=custom
    )
    for number, tags, custom in ((1, ("TV",), (("Region", "West"),)), (2, (), ()), (3, ("tv", "Voice"), ()))
]


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "home") as opened:
        with opened.writing("Test") as db:
            rows.save_accounts(db, ACCOUNTS)
        yield opened


def kept(workspace):
    with workspace.reading() as db:
        return rows.all_accounts(db)


def test_all_are_changed_in_one_step_that_is_undone_as_one(workspace):
    edit = AccountEdit({"owner": " Rep  B ", "tier": "a", "do_not_visit": "yes"}, ("Fair",), ("tv",), {"Region": "East"})
    assert count_changed(ACCOUNTS, edit) == 3
    changes = edit_accounts(workspace, [1, 2, 3], edit, silent)
    assert changes.label == "Change owner, tier, do not visit, tags, Region of 3 accounts"
    assert changes.accounts
    now = kept(workspace)
    assert [(a.owner, a.tier, a.do_not_visit, a.custom) for a in now] == [("Rep B", Tier.A, True, (("Region", "East"),))] * 3
    assert [a.tags for a in now] == [("Fair",), ("Fair",), ("Voice", "Fair")]
    undo(workspace)
    assert kept(workspace) == ACCOUNTS


def test_what_is_changed_counts_as_typed_and_what_is_not_keeps_its_origin(workspace):
    edit_accounts(workspace, [1, 2], AccountEdit({"owner": "Rep A", "tier": "B"}), silent)
    with workspace.reading() as db:
        origins = book.origins_of(db, 1)
    assert {name: source for name, (source, _day) in origins.items()} == {"tier": Source.TYPED}


def test_only_accounts_that_differ_are_counted_and_written(workspace):
    edit = AccountEdit(add_tags=("TV",))
    assert count_changed(ACCOUNTS, edit) == 1
    assert edit_accounts(workspace, [1, 2, 3], edit, silent).label == "Tag 3 accounts “TV”"
    assert [a.tags for a in kept(workspace)] == [("TV",), ("TV",), ("tv", "Voice")]


def test_an_empty_value_takes_a_custom_field_out_and_empties_an_owner(workspace):
    edit_accounts(workspace, [1], AccountEdit({"owner": ""}, custom={"Region": ""}), silent)
    assert kept(workspace)[0] == replace(ACCOUNTS[0], owner="", custom=())


@pytest.mark.parametrize(
    ("ids", "edit"),
    [
        ([1, 2], AccountEdit({"hours": "whenever"})),
        ([1, 2], AccountEdit({"tier": "Z"})),
        ([1, 99], AccountEdit({"owner": "Rep B"})),
        ([], AccountEdit({"owner": "Rep B"})),
        ([1], AccountEdit()),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(workspace, ids, edit):
    with pytest.raises(UserProblem):
        edit_accounts(workspace, ids, edit, silent)
    assert kept(workspace) == ACCOUNTS


def test_cancelled_in_the_middle_it_changes_nothing(workspace):
    def report(fraction, _text):
        if fraction >= 0.8:
            raise Cancelled

    with pytest.raises(Cancelled):
        edit_accounts(workspace, [1, 2, 3], AccountEdit({"owner": "Rep B"}), report)
    assert kept(workspace) == ACCOUNTS
