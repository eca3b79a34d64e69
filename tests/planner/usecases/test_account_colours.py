"""The groups that the map colours accounts by."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import pytest

from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.places import LatLon, PostalAddress
from planner.model.wishes import Wish
from planner.store.accounts import save_accounts
from planner.store.wishes import save_wish
from planner.usecases.account_colours import MOST_GROUPS, AccountGroups, ColourBy, by_owner, group_accounts
from planner.usecases.workspace import Workspace
from planner.values import replace

TODAY = date(2026, 11, 30)


def account(number: int, **facts: object) -> Account:
    made = Account(number, f"001{number:015d}", f"Account {number}", AccountKind.PROSPECT, PostalAddress("", "", "PA", "16801"))
    return replace(made, place=LatLon(40.8, -77.9 + number / 1000), **facts)


def deal(number: int, stage: str, probability: float, cents: int = 100_000) -> Opportunity:
    return Opportunity(f"006{number}{stage}", f"001{number:015d}", "Fiber", stage, cents, probability, None)


@pytest.fixture
def grouped(workspace: Workspace) -> Callable[..., AccountGroups]:
    def groups(by: ColourBy, accounts: Sequence[Account], *deals: Opportunity) -> AccountGroups:
        of: dict[str, list[Opportunity]] = {}
        for one in deals:
            of.setdefault(one.account_crm_id, []).append(one)
        return group_accounts(workspace, accounts, of, by, TODAY)

    return groups


def name_of(groups: AccountGroups, key: int) -> str:
    return groups.names[groups.of[key]] if key in groups.of else groups.rest


def test_the_owners_with_the_most_accounts_have_a_colour_each_and_the_others_share_one() -> None:
    accounts = [account(100 * rep + n, owner=f"Rep {chr(75 - rep)}") for rep in range(1, 11) for n in range(rep)]
    groups = by_owner(accounts)
    assert len(groups.names) == MOST_GROUPS
    assert list(groups.names) == sorted(groups.names)
    assert {"Rep J", "Rep I"}.isdisjoint(groups.names)
    assert name_of(groups, 100) == "2 others"
    assert name_of(groups, 1000) == "Rep A"


def test_an_account_without_an_owner_belongs_to_the_rest() -> None:
    groups = by_owner([account(1, owner="Rep A"), account(2)])
    assert (name_of(groups, 1), name_of(groups, 2)) == ("Rep A", "No owner")


def test_tiers_go_from_the_most_to_the_least(grouped: Callable[..., AccountGroups]) -> None:
    groups = grouped(ColourBy.TIER, [account(1, tier=Tier.C), account(2, tier=Tier.A)])
    assert groups.names == ("Tier A", "Tier B", "Tier C")
    assert groups.ordered
    assert groups.of == {1: 2, 2: 0}


def test_the_likeliest_deal_decides_the_stage_and_the_likeliest_stage_comes_first(grouped: Callable[..., AccountGroups]) -> None:
    deals = deal(1, "Prospecting", 0.1), deal(1, "Proposal", 0.6), deal(2, "Negotiation", 0.8)
    groups = grouped(ColourBy.STAGE, [account(1), account(2), account(3)], *deals)
    assert groups.names == ("Negotiation", "Proposal")
    assert [name_of(groups, key) for key in (1, 2, 3)] == ["Proposal", "Negotiation", "No open deal"]


def test_too_many_stages_end_in_one_for_the_earlier(grouped: Callable[..., AccountGroups]) -> None:
    accounts = [account(n) for n in range(1, 12)]
    groups = grouped(ColourBy.STAGE, accounts, *(deal(n, f"Stage {n:02}", n / 20) for n in range(1, 12)))
    assert len(groups.names) == MOST_GROUPS
    assert name_of(groups, 1) == name_of(groups, 4) == "Earlier stages"
    assert name_of(groups, 11) == "Stage 11"


@pytest.mark.parametrize(
    ("days_ago", "name"),
    [(None, "Never visited"), (91, "Overdue"), (85, "Due within a week"), (70, "Due within a month"), (3, "Due later")],
)
def test_when_an_account_is_due_follows_its_cadence(grouped: Callable[..., AccountGroups], days_ago: int | None, name: str) -> None:
    seen = None if days_ago is None else TODAY - timedelta(days=days_ago)
    assert name_of(grouped(ColourBy.DUE, [account(1, last_activity=seen)]), 1) == name


def test_her_own_cadence_counts_for_when_an_account_is_due(workspace: Workspace, grouped: Callable[..., AccountGroups]) -> None:
    kept = account(1, last_activity=TODAY - timedelta(days=20))
    with workspace.writing("Wish") as db:
        save_accounts(db, [kept])
        save_wish(db, Wish(1, cadence_days=10))
    assert name_of(grouped(ColourBy.DUE, [kept]), 1) == "Overdue"


def test_a_large_likely_deal_is_worth_more_than_none(grouped: Callable[..., AccountGroups]) -> None:
    seen = TODAY - timedelta(days=10)
    accounts = [account(1, last_activity=seen), account(2, last_activity=seen)]
    groups = grouped(ColourBy.VALUE, accounts, deal(1, "Proposal", 0.9, 800_000))
    assert groups.of[1] < groups.of[2]
    assert name_of(groups, 2) == "Under 10"


def test_kinds_need_no_groups(grouped: Callable[..., AccountGroups]) -> None:
    assert grouped(ColourBy.KIND, [account(1)]) == AccountGroups((), {})
