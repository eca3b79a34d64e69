"""Which group of one kind or another each account belongs to: what the map colours its pins by."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from planner.model.accounts import Account, Opportunity, Tier
from planner.model.wishes import Wish
from planner.planning.value import due_in_days, value_terms
from planner.store.settings import read_settings
from planner.store.wishes import all_wishes
from planner.usecases.settings import weights_of
from planner.usecases.workspace import Workspace
from planner.values import Struct

MOST_GROUPS = 8
"""More than these cannot be told apart by colour."""

Deals = Mapping[str, Sequence[Opportunity]]
"""The open deals, by the CRM id of their account."""


class ColourBy(StrEnum):
    """What the colour of a pin can tell."""

    KIND = "kind"
    OWNER = "owner"
    TIER = "tier"
    STAGE = "stage"
    DUE = "due"
    VALUE = "value"


class AccountGroups(Struct, frozen=True):
    """The names of the groups, and the index of its group for each account's id; one that is not in there belongs to the `rest`.

    Groups that are `ordered` go from the most to the least.
    """

    names: tuple[str, ...]
    of: Mapping[int, int]
    rest: str = ""
    ordered: bool = False


def group_accounts(workspace: Workspace, accounts: Iterable[Account], deals: Deals, by: ColourBy, today: date) -> AccountGroups:
    """Sort accounts into the groups of one colouring; by kind there are none, for the map tells kinds apart by itself."""
    kept = list(accounts)
    if by is ColourBy.OWNER:
        return by_owner(kept)
    if by is ColourBy.TIER:
        tiers = list(Tier)
        return _sorted_into([f"Tier {tier}" for tier in tiers], kept, lambda account: tiers.index(account.tier))
    if by is ColourBy.STAGE:
        return _by_stage(kept, deals)
    if by is ColourBy.KIND:
        return AccountGroups((), {})
    with workspace.reading() as db:
        weights, wishes = weights_of(read_settings(db)), all_wishes(db)
    if by is ColourBy.DUE:
        return _sorted_into(_DUE, kept, lambda account: _due_group(account, today, wishes.get(account.id)))

    def worth_group(account: Account) -> int:
        points = sum(term.points for term in value_terms(account, deals.get(account.crm_id, ()), today, weights, wishes.get(account.id)))
        return next(index for index, least in enumerate(_LEAST) if points >= least)

    return _sorted_into(_WORTH, kept, worth_group)


def by_owner(accounts: Sequence[Account]) -> AccountGroups:
    """The owners with the most accounts, in the order of their names; all the others are the rest."""
    counts = Counter(account.owner for account in accounts if account.owner)
    names = sorted(sorted(counts, key=lambda name: (-counts[name], name))[:MOST_GROUPS])
    number = {name: index for index, name in enumerate(names)}
    of = {account.id: number[account.owner] for account in accounts if account.owner in number}
    others = len(counts) - len(names)
    return AccountGroups(tuple(names), of, f"{others} others" if others > 1 else "1 other" if others else "No owner")


_DUE = ("Never visited", "Overdue", "Due within a week", "Due within a month", "Due later")
_LEAST = (45.0, 30.0, 20.0, 10.0, float("-inf"))
"""Points; a good visit is worth 30 to 60."""
_WORTH = ("45 points and more", "30 to 45", "20 to 30", "10 to 20", "Under 10")


def _sorted_into(names: Iterable[str], accounts: Iterable[Account], group_of: Callable[[Account], int]) -> AccountGroups:
    return AccountGroups(tuple(names), {account.id: group_of(account) for account in accounts}, ordered=True)


def _due_group(account: Account, today: date, wish: Wish | None) -> int:
    if account.last_activity is None:
        return 0
    days = due_in_days(account, today, wish)
    return 1 if days <= 0 else 2 if days <= 7 else 3 if days <= 30 else 4


def _by_stage(accounts: Sequence[Account], deals: Deals) -> AccountGroups:
    """By the stage of each account's likeliest deal, the stages nearest to winning first."""
    likeliest = {
        account.id: max(open_deals, key=lambda deal: deal.probability) for account in accounts if (open_deals := deals.get(account.crm_id))
    }
    chances: dict[str, list[float]] = {}
    for deal in likeliest.values():
        chances.setdefault(deal.stage, []).append(deal.probability)
    stages = sorted(chances, key=lambda stage: (-sum(chances[stage]) / len(chances[stage]), stage))
    shown = stages if len(stages) <= MOST_GROUPS else stages[: MOST_GROUPS - 1]
    names = (*shown, *(["Earlier stages"] if len(stages) > MOST_GROUPS else []))
    number = {stage: min(index, len(names) - 1) for index, stage in enumerate(stages)}
    return AccountGroups(names, {key: number[deal.stage] for key, deal in likeliest.items()}, "No open deal", ordered=True)
