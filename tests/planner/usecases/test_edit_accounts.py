"""Accounts changed by hand."""

from datetime import date
from pathlib import Path

import pytest
from twin_book import DINER, MARKET, OFFICE, TWIN, fill_twin_book
from whole_store import contents

from planner.errors import UserProblem
from planner.model.accounts import AccountKind, Tier
from planner.model.imports import Source
from planner.model.places import LatLon, Match, MatchQuality
from planner.progress import silent
from planner.usecases import edit_accounts as module
from planner.usecases.accounts import account_details, list_accounts, need_account
from planner.usecases.edit_accounts import EDITABLE, AccountEdit, add_account, delete_accounts, edit_account, edit_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.places import chosen, pinned
from planner.usecases.undo import list_steps, redo, undo
from planner.usecases.workspace import Workspace

TYPED = {
    "name": "  New   name ", "kind": "Client", "owner": "Rep C", "industry": "Retail", "phone": "1", "website": "example.org",
    "rating": "Hot", "hours": "Mo-Fr 08:00-17:00", "tier": "a", "employees": "1,200", "annual_revenue_cents": "$2,280,000.50",
    "last_activity": "7/26/2026", "tags": "one; two|one", "notes": " line 1\nline 2 ", "do_not_visit": "yes", "do_not_call": "no",
    "street": "5 Oak Ave", "city": "Bellefonte", "state": "PA", "postcode": "1681",
}  # fmt: skip


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_twin_book(workspace)
    return workspace


def test_every_field_that_can_be_typed_is_read_as_a_person_writes_it(filled: Workspace):
    assert set(TYPED) == set(EDITABLE)
    edit_account(filled, DINER, TYPED)
    account = need_account(filled, DINER)
    assert (account.name, account.kind, account.tier) == ("New name", AccountKind.CLIENT, Tier.A)
    assert (account.employees, account.annual_revenue_cents, account.last_activity) == (1200, 228_000_050, date(2026, 7, 26))
    assert (account.tags, account.notes) == (("one", "two"), "line 1\nline 2")
    assert (account.do_not_visit, account.do_not_call) == (True, False)
    assert account.address.one_line == "5 Oak Ave, Bellefonte, PA 01681"
    assert account.match_quality is not MatchQuality.ROOFTOP


def test_a_field_can_be_emptied_and_stays_empty(filled: Workspace, tmp_path: Path):
    edit_account(filled, DINER, {"notes": "", "employees": ""})
    file = tmp_path / "accounts.csv"
    file.write_text(
        "Account ID,Account Name,Billing Street,Billing City,Employees,Notes\nc-1,Ada,1 Elm St,State College,50,From the file\n"
    )
    import_accounts(filled, [file], silent)
    account = need_account(filled, DINER)
    assert (account.notes, account.employees, account.name) == ("", None, "Ada")


def test_what_was_typed_outranks_every_file(filled: Workspace, tmp_path: Path):
    edit_account(filled, DINER, {"owner": "Rep C"})
    file = tmp_path / "accounts.csv"
    file.write_text("Account ID,Account Name,Account Owner,Billing Street,Billing City\nc-1,Ada's Place,Rep F,1 Elm St,State College\n")
    import_accounts(filled, [file], silent)
    assert (need_account(filled, DINER).owner, need_account(filled, DINER).name) == ("Rep C", "Ada's Place")
    origins = account_details(filled, DINER).origins
    assert (origins["owner"][0], origins["name"][0]) == (Source.TYPED, Source.CRM)


def test_several_are_changed_in_one_step_that_goes_back_alone(filled: Workspace):
    before = contents(filled.database)
    steps = len(list_steps(filled))
    changes = edit_accounts(filled, [DINER, MARKET, OFFICE], AccountEdit({"tags": "fair", "tier": "A"}))
    assert changes.label == "Change tags, tier of 3 accounts"
    assert len(list_steps(filled)) == steps + 1
    assert [need_account(filled, each).tags for each in (DINER, MARKET, OFFICE)] == [("fair",)] * 3
    assert need_account(filled, TWIN).tags == ("lunch", "voice")
    after = contents(filled.database)
    undo(filled)
    assert contents(filled.database) == before
    redo(filled)
    assert contents(filled.database) == after


def test_only_what_really_changed_counts_as_typed(filled: Workspace):
    edit_accounts(filled, [DINER, MARKET], AccountEdit({"owner": "Rep A"}))
    assert account_details(filled, DINER).origins["owner"][0] is Source.CRM


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"tier": "Z"}, r"Tier cannot be “Z”. It is one of A, B, C. Nothing was changed"),
        ({"kind": "friend"}, "It is one of prospect, client"),
        ({"employees": "many"}, "Employees cannot be “many”"),
        ({"annual_revenue_cents": "lots"}, "Annual revenue cannot be “lots”"),
        ({"last_activity": "31/31/2026"}, "is not a date"),
        ({"do_not_visit": "maybe"}, "neither yes nor no"),
        ({"hours": "whenever"}, "opening hours “whenever” cannot be read"),
        ({"name": "  "}, "needs a name"),
        ({"crm_id": "x"}, "cannot be changed"),
    ],
)
def test_a_value_that_cannot_be_is_told_and_nothing_is_changed(filled: Workspace, typed: dict[str, str], told: str):
    before = contents(filled.database)
    with pytest.raises(UserProblem, match=told):
        edit_accounts(filled, [DINER, MARKET], AccountEdit({"notes": "other", **typed}))
    assert contents(filled.database) == before


def test_nobody_to_change_and_nobody_there_are_told(filled: Workspace):
    for verb in (lambda ids: edit_accounts(filled, ids, AccountEdit({"tier": "A"})), lambda ids: delete_accounts(filled, ids)):
        with pytest.raises(UserProblem, match="No account is chosen"):
            verb([])
        with pytest.raises(UserProblem, match="There is no account 99"):
            verb([DINER, 99])


def test_what_somebody_else_changed_meanwhile_is_not_written_over(filled: Workspace, monkeypatch: pytest.MonkeyPatch):
    real = module._placed

    def meanwhile(workspace: Workspace, before: object, after: object) -> object:
        with workspace.writing("Other") as db:
            db.execute("UPDATE accounts SET phone = '2' WHERE id = ?", [DINER])
        return real(workspace, before, after)

    monkeypatch.setattr(module, "_placed", meanwhile)
    with pytest.raises(UserProblem, match="just changed"):
        edit_account(filled, DINER, {"owner": "Rep C"})
    assert (need_account(filled, DINER).phone, need_account(filled, DINER).owner) == ("2", "Rep A")


def test_an_account_is_added_with_a_number_of_its_own(filled: Workspace):
    before = contents(filled.database)
    number, changes = add_account(filled, {"name": "Corner Shop", "street": "1 Main St", "postcode": "16801", "tags": "new"})
    details = account_details(filled, number)
    assert (details.account.name, details.account.tags, changes.label) == ("Corner Shop", ("new",), "Add Corner Shop")
    assert details.account.place is not None
    assert {source for source, _day in details.origins.values()} == {Source.TYPED}
    assert details.ids == ((Source.CRM, details.account.crm_id),)
    with pytest.raises(UserProblem, match="is there already"):
        add_account(filled, {"name": "Corner Shop", "street": "1 Main St", "postcode": "16801", "tags": "new"})
    undo(filled)
    assert contents(filled.database) == before


def test_an_account_is_added_where_she_says_it_is(filled: Workspace):
    here = LatLon(40.7901, -77.8602)
    number, _changes = add_account(filled, {"name": "Corner Shop", "street": "1 Main St"}, pinned(here))
    account = need_account(filled, number)
    assert (account.place, account.match_quality, account.address.street) == (here, MatchQuality.MANUAL, "1 Main St")
    found = Match(LatLon(40.8, -77.9), MatchQuality.STREET, "gazetteer", 0.4, "Main Street", doubtful=True)
    number, _changes = add_account(filled, {"name": "Other Shop"}, chosen(found))
    account = need_account(filled, number)
    assert (account.place, account.match_doubtful) == (found.point, False)
    assert account.match_note.endswith("Main Street")


def test_an_account_without_a_name_is_none(filled: Workspace):
    with pytest.raises(UserProblem, match="has no name"):
        add_account(filled, {"street": "1 Main St"})


def test_accounts_are_deleted_with_all_that_hangs_on_them_and_brought_back(filled: Workspace):
    before = contents(filled.database)
    assert delete_accounts(filled, [DINER, TWIN]).label == "Delete 2 accounts"
    assert {account.id for account in list_accounts(filled)} == {MARKET, OFFICE}
    after = contents(filled.database)
    for table in ("contacts", "opportunities", "services", "activities", "locations", "visits", "wishes", "plan_stops"):
        assert after[table] == [], table
    undo(filled)
    assert contents(filled.database) == before
    redo(filled)
    assert contents(filled.database) == after
