"""What territories add up to, and what is out of balance."""

from datetime import date

import pytest

from planner.errors import Cancelled
from planner.model.accounts import Account, AccountKind, Opportunity, Tier
from planner.model.places import LatLon, PostalAddress
from planner.model.wishes import Wish
from planner.progress import silent
from planner.store.accounts import save_accounts
from planner.store.wishes import save_wish
from planner.usecases.territories import DAYS_A_MONTH, Measure, Territory, drive_seconds, imbalances, territories_of
from planner.usecases.workspace import open_workspace
from planner.values import replace

TODAY = date(2026, 11, 30)
EVERY = {Tier.A: 30, Tier.B: 60, Tier.C: 90}


def account(number: int, owner: str, **fields: object) -> Account:
    made = Account(number, f"001{number:015d}", f"Account {number}", AccountKind.PROSPECT, PostalAddress(), owner=owner)
    return replace(made, **fields)  # type: ignore[arg-type]


def deal(account: Account, cents: int, probability: float) -> Opportunity:
    return Opportunity(f"006{account.id}", account.crm_id, "Fiber", "Proposal", cents, probability, None)


@pytest.fixture
def workspace(tmp_path):
    with open_workspace(tmp_path / "home") as opened:
        yield opened


def some_accounts() -> list[Account]:
    """Two hundred with three owners and nobody, of every kind and tier, some not to be visited, some never seen, some without a place."""
    return [
        account(
            n,
            ("Rep A", "rep b", "Rep C", "")[n % 4 if n % 11 else 0],
            kind=AccountKind.CLIENT if n % 3 == 0 else AccountKind.PROSPECT,
            tier=list(Tier)[n % 3],
            do_not_visit=n % 13 == 0,
            mrr_cents=n * 100 if n % 3 == 0 else 0,
            last_activity=None if n % 7 == 0 else date(2026, 1 + n % 11, 1 + n % 27),
            place=None if n % 17 == 0 else LatLon(40.5 + n % 19 / 40, -78 + n % 23 / 40),
        )
        for n in range(1, 201)
    ]


def test_sums_are_those_of_a_plain_recount(workspace) -> None:
    accounts = some_accounts()
    deals = {each.crm_id: [deal(each, each.id * 1000, 0.25), deal(each, 500, 0.5)] for each in accounts[::5]}
    found = territories_of(workspace, accounts, deals, TODAY, silent)
    assert [each.owner for each in found] == ["Rep A", "rep b", "Rep C", ""]
    for told in found:
        mine = [each for each in accounts if each.owner == told.owner]
        seen = [each for each in mine if not each.do_not_visit]
        assert told.ids == {each.id for each in mine}
        assert (told.clients, told.prospects) == (sum(each.id % 3 == 0 for each in mine), sum(each.id % 3 != 0 for each in mine))
        assert told.unplaced == sum(each.id % 17 == 0 for each in mine)
        assert told.deals == 2 * sum(each.crm_id in deals for each in mine)
        assert told.deals_cents == sum(each.id * 250 + 250 for each in mine if each.crm_id in deals)
        assert told.mrr_cents == sum(each.mrr_cents for each in mine)
        assert told.unseen == sum(each.last_activity is None for each in seen)
        assert told.overdue == sum((TODAY - each.last_activity).days > EVERY[each.tier] for each in seen if each.last_activity)
        assert told.visits == pytest.approx(sum(DAYS_A_MONTH / EVERY[each.tier] for each in seen))
        assert told.at_accounts_s == pytest.approx(
            sum(DAYS_A_MONTH / EVERY[each.tier] * (2700 if each.kind is AccountKind.CLIENT else 3600) for each in seen)
        )
        assert told.drive_s > 0
    assert [each.group for each in found] == [0, 2, 1, -1]


def test_what_she_wants_of_an_account_counts(workspace) -> None:
    one = account(1, "Rep A", last_activity=date(2026, 11, 15))
    with workspace.writing("Test") as db:
        save_accounts(db, [replace(one, id=0)])
        save_wish(db, Wish(1, cadence_days=10, visit_minutes=30))
    (told,) = territories_of(workspace, [one], {}, TODAY, silent)
    assert told.visits == pytest.approx(DAYS_A_MONTH / 10)
    assert told.at_accounts_s == pytest.approx(told.visits * 1800)
    assert told.overdue == 1


def test_without_accounts_there_is_no_territory(workspace) -> None:
    assert territories_of(workspace, [], {}, TODAY, silent) == []
    assert imbalances([]) == []


def test_it_can_be_cancelled(workspace) -> None:
    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        territories_of(workspace, some_accounts(), {}, TODAY, stop)


def territory(owner: str, mrr: int, hours: float) -> Territory:
    return Territory(owner, frozenset(), 0, 0, 0, 0, 0, mrr, 0, 0, 0.0, hours * 3600, 0.0, -1)


def test_out_of_balance_is_who_is_more_than_a_quarter_off_the_mean() -> None:
    found = imbalances([territory("A", 125, 40), territory("B", 100, 40), territory("C", 75, 100), territory("", 900, 900)])
    assert [(each.owner, each.measure, round(each.off, 2)) for each in found] == [
        ("C", Measure.WORK, 0.67),
        ("A", Measure.WORK, -0.33),
        ("B", Measure.WORK, -0.33),
    ]
    assert found[0].amount == 360_000
    assert found[0].mean == 216_000


def test_one_owner_alone_is_in_balance() -> None:
    assert imbalances([territory("A", 100, 40)]) == []
    assert imbalances([territory("A", 0, 0), territory("B", 0, 0)]) == []


def test_drives_grow_with_visits_area_and_the_way_from_home() -> None:
    near = [LatLon(40.7 + row / 100, -77.8 + column / 100) for row in range(6) for column in range(6)]
    wide = [LatLon(40.7 + row / 20, -77.8 + column / 20) for row in range(6) for column in range(6)]
    far = LatLon(41.5, -77.0)
    assert drive_seconds(near, 20) < drive_seconds(near, 40) < drive_seconds(wide, 40) < drive_seconds(wide, 40, far)
    assert drive_seconds(near, 0) == drive_seconds([], 20) == 0
    assert drive_seconds(near[:1] * 5, 20) == 0
