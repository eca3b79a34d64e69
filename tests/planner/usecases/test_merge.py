"""Two accounts made one, or kept apart for good."""

from datetime import date

import pytest
from twin_book import DINER, ELM, MARKET, OAK, OFFICE, TWIN, WEEK, fill_twin_book
from whole_store import contents

from planner.errors import Cancelled, UserProblem
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.imports import Source
from planner.model.places import LatLon, MatchQuality
from planner.model.wishes import Wish
from planner.progress import silent
from planner.store import book
from planner.store.plans import newest_plan, planned_accounts
from planner.store.wishes import all_wishes, save_wish
from planner.usecases.accounts import account_details, list_accounts, need_account
from planner.usecases.edit_accounts import edit_account
from planner.usecases.import_accounts import import_accounts
from planner.usecases.merge import compare_accounts, find_again, keep_apart, list_duplicates, merge_accounts
from planner.usecases.undo import account_history, redo, undo
from planner.usecases.workspace import Workspace


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill_twin_book(workspace)
    return workspace


def merged(workspace: Workspace, **take: str) -> Account:
    merge_accounts(workspace, DINER, TWIN, take)
    return need_account(workspace, DINER)


def test_what_is_not_said_is_taken_as_proposed(filled: Workspace):
    account = merged(filled)
    assert (account.name, account.kind, account.tier, account.phone) == ("Ada's Diner", AccountKind.CLIENT, Tier.A, "814-555-0100")
    assert (account.address, account.match_quality) == (ELM, MatchQuality.ROOFTOP)
    assert account.last_activity == date(2026, 5, 1)
    assert account.do_not_call
    assert account.duplicate_of is None


def test_both_of_what_adds_up_is_kept_each_once(filled: Workspace):
    account = merged(filled)
    assert account.tags == ("fiber", "lunch", "voice")
    assert account.notes == "Ask for Ada\nClosed on Mondays"
    assert dict(account.custom) == {"Region": "North", "Segment": "SMB", "Since": "2019"}


def test_fields_are_taken_as_told(filled: Workspace):
    account = merged(filled, name="second", tier="first", notes="second", tags="first", address="second", owner="second")
    assert (account.name, account.tier, account.notes, account.owner) == ("ADA'S DINER", Tier.B, "Closed on Mondays", "Rep B")
    assert account.tags == ("fiber", "lunch")
    assert (account.address, account.place, account.match_quality) == (OAK, LatLon(40.80, -77.85), MatchQuality.STREET)


@pytest.mark.parametrize(("address", "other"), [("first", OAK), ("second", ELM)])
def test_the_address_that_is_not_taken_becomes_a_location(filled: Workspace, address: str, other: object):
    merged(filled, address=address)
    locations = account_details(filled, DINER).locations
    assert [each.address for each in locations if each.label.startswith("Address of")] == [other]
    assert {each.match.quality for each in locations if each.address == other} <= {MatchQuality.STREET, MatchQuality.ROOFTOP}


def test_everything_that_hung_on_the_second_hangs_on_the_first(filled: Workspace):
    merged(filled)
    details = account_details(filled, DINER)
    assert [deal.crm_id for deal in details.opportunities] == ["d-1"]
    assert [contact.crm_id for contact in details.contacts] == ["p-1"]
    assert [service.mrr_cents for service in details.services] == [4_999]
    assert [activity.crm_id for activity in details.activities] == ["a-1"]
    assert [visit.note for visit in details.visits] == ["Good talk"]
    assert {location.label for location in details.locations} == {"Service address", "Address of ADA'S DINER"}
    assert set(details.ids) == {(Source.CRM, "c-1"), (Source.CRM, "c-2"), (Source.BILLING, "8345070000000001")}
    with filled.reading() as db:
        assert all_wishes(db) == {DINER: Wish(DINER, boost=5.0, must=True)}
        assert planned_accounts(db, sample=False) == {WEEK.day(0): [DINER]}
        plan, _made = newest_plan(db, WEEK, sample=False) or pytest.fail("the plan is gone")
    assert [(stop.account_id, stop.key) for day in plan.days for stop in day.stops] == [(DINER, f"account-{DINER}")]
    assert list(plan.terms) == [f"account-{DINER}"]


def test_her_wish_for_the_first_stays_hers(filled: Workspace):
    with filled.writing("Wish") as db:
        save_wish(db, Wish(DINER, boost=1.0))
    merged(filled)
    with filled.reading() as db:
        assert all_wishes(db) == {DINER: Wish(DINER, boost=1.0)}


def test_what_she_decided_outranks_the_next_file_and_the_second_never_comes_back(filled: Workspace, tmp_path):
    merged(filled, name="second")
    file = tmp_path / "accounts.csv"
    file.write_text(
        "Account ID,Account Name,Billing Street,Billing City,Industry\nc-1,Ada's Diner LLC,1 Elm St,State College,Food\n"
        "c-2,ADA'S DINER INC,77 Oak Ave,State College,Retail\n"
    )
    import_accounts(filled, [file], silent)
    account = need_account(filled, DINER)
    assert len(list_accounts(filled)) == 3
    assert (account.name, account.industry) == ("ADA'S DINER", "Food")


def test_a_merged_account_is_merged_into_another_one(filled: Workspace):
    merged(filled)
    merge_accounts(filled, MARKET, DINER)
    details = account_details(filled, MARKET)
    assert {ref for source, ref in details.ids if source is Source.CRM} == {"c-1", "c-2", "c-3"}
    assert [deal.account_crm_id for deal in details.opportunities] == ["c-3"]
    with filled.reading() as db:
        assert book.merged_ids(db, Source.CRM) == {"c-1", "c-2"}
        assert planned_accounts(db, sample=False) == {WEEK.day(0): [MARKET]}


def test_a_mark_on_the_one_that_goes_points_to_the_one_that_stays(filled: Workspace):
    with filled.writing("Mark") as db:
        db.execute("UPDATE accounts SET duplicate_of = ? WHERE id = ?", [TWIN, MARKET])
    merged(filled)
    assert need_account(filled, MARKET).duplicate_of == DINER


def test_undo_and_redo_of_a_merge_are_exact(filled: Workspace):
    before = contents(filled.database)
    merge_accounts(filled, DINER, TWIN)
    after = contents(filled.database)
    undo(filled)
    assert contents(filled.database) == before
    redo(filled)
    assert contents(filled.database) == after


def test_what_is_kept_apart_is_never_proposed_again(filled: Workspace):
    edit_account(filled, TWIN, {"street": "1 Elm St"})
    assert [(pair.first.id, pair.second.id) for pair in find_again(filled, silent)[0]] == [(DINER, TWIN)]
    assert [(pair.first.id, pair.second.id) for pair in list_duplicates(filled)] == [(DINER, TWIN)]
    before = contents(filled.database)
    keep_apart(filled, TWIN, DINER)
    after = contents(filled.database)
    assert list_duplicates(filled) == []
    assert find_again(filled, silent)[0] == []
    undo(filled)
    assert contents(filled.database) == before
    redo(filled)
    assert contents(filled.database) == after


def test_listing_tells_how_far_it_is_and_can_be_cancelled(filled: Workspace):
    edit_account(filled, TWIN, {"street": "1 Elm St"})
    find_again(filled, silent)
    told: list[tuple[float, str]] = []
    list_duplicates(filled, lambda fraction, text: told.append((fraction, text)))
    assert [fraction for fraction, _text in told] == sorted(fraction for fraction, _text in told)
    assert told[-1][1].startswith("Comparing ")

    def stop(fraction: float, text: str) -> None:
        if text.startswith("Comparing"):
            raise Cancelled

    with pytest.raises(Cancelled):
        list_duplicates(filled, stop)


def test_kept_apart_from_the_one_that_goes_is_apart_from_the_one_that_stays(filled: Workspace):
    keep_apart(filled, TWIN, MARKET)
    merged(filled)
    with filled.reading() as db:
        assert book.distinct_pairs(db) == {(DINER, MARKET)}


def test_both_stand_side_by_side_with_a_reason_for_each_proposal(filled: Workspace):
    pair = compare_accounts(filled, DINER, TWIN)
    by_name = {each.name: each for each in pair.fields}
    assert (by_name["tier"].first, by_name["tier"].second, by_name["tier"].proposed) == ("B", "A", "second")
    assert by_name["custom"].second == "Region: South; Since: 2019"
    assert all(each.label and each.why for each in pair.fields)
    assert "crm_id" not in by_name


@pytest.mark.parametrize(
    ("first", "second", "take", "told"),
    [
        (DINER, DINER, {}, "cannot be merged with itself"),
        (DINER, 99, {}, "There is no account 99"),
        (DINER, TWIN, {"colour": "first"}, "no field in which they differ"),
        (DINER, TWIN, {"name": "third"}, "not one of the two"),
        (DINER, TWIN, {"name": "both"}, "cannot be kept"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_changed(filled: Workspace, first: int, second: int, take: dict[str, str], told: str):
    before = contents(filled.database)
    with pytest.raises(UserProblem, match=told):
        merge_accounts(filled, first, second, take)
    assert contents(filled.database) == before


def test_the_sample_is_not_mixed_with_her_own(filled: Workspace):
    with filled.writing("Sample") as db:
        db.execute("UPDATE accounts SET sample = 1 WHERE id = ?", [OFFICE])
    with pytest.raises(UserProblem, match="belongs to the sample"):
        merge_accounts(filled, DINER, OFFICE)


def test_the_history_says_what_came_along(filled: Workspace):
    merged(filled)
    told = {(line.what, line.after) for line in account_history(filled, DINER)}
    assert {("Contact came along", "Lovelace"), ("Deal came along", "Fiber"), ("Visit came along", "2026-11-20")} <= told
    assert ("Record ID came along", "c-2") in told
    assert not any("Alias" in what for what, _after in told)
