"""Territories in the words of the window."""

from collections.abc import Iterable, Sequence

from planner.usecases.territories import Imbalance, Measure, Territory
from ui.words import count, money, number

NOBODY = "No owner"
EVERYONE = "Everyone"
SORTS = {"name": "Name", "value": "Expected", "work": "Work", "overdue": "Overdue visits", "accounts": "Accounts"}
"""What territories can be sorted by."""


def name_of(territory: Territory) -> str:
    """The owner's name, or that there is none."""
    return territory.owner or NOBODY


def hours(seconds: float) -> str:
    """A long length of time: "62 h"."""
    return f"{number(round(seconds / 3600))} h"


def monthly(cents: int) -> str:
    """Money a month: "$12,400 a month"."""
    return f"{money(cents)} a month"


def mix_words(clients: int, prospects: int) -> str:
    """What the accounts are: "210 clients · 30 prospects"."""
    return f"{count(clients, 'client')} · {count(prospects, 'prospect')}"


def waiting_words(overdue: int, unseen: int) -> str:
    """Who waits for a visit: "14 overdue · 3 never visited"."""
    parts = [f"{number(overdue)} overdue"] if overdue else []
    parts += [f"{number(unseen)} never visited"] if unseen else []
    return " · ".join(parts) or "nobody waits"


def spoken(territory: Territory) -> str:
    """A territory as a screen reader says it."""
    return (
        f"{name_of(territory)}, {count(territory.accounts, 'account')}: {mix_words(territory.clients, territory.prospects)}. "
        f"Expected {monthly(territory.value_cents)}, work about {hours(territory.work_s)} a month. "
        f"{waiting_words(territory.overdue, territory.unseen)}."
    )


def figures_of(territories: Sequence[Territory]) -> list[tuple[str, str, str]]:
    """The key figures of one territory or several: the figure, what it is, and what it is made of."""
    accounts, clients = sum(each.accounts for each in territories), sum(each.clients for each in territories)
    paid_cents = sum(each.mrr_cents for each in territories)
    deals, deals_cents = sum(each.deals for each in territories), sum(each.deals_cents for each in territories)
    overdue, unseen = sum(each.overdue for each in territories), sum(each.unseen for each in territories)
    drive_s, at_s = sum(each.drive_s for each in territories), sum(each.at_accounts_s for each in territories)
    visits, unplaced = sum(each.visits for each in territories), sum(each.unplaced for each in territories)
    return [
        (number(accounts), "accounts", f"{count(clients, 'client')}{f', {number(unplaced)} not placed' if unplaced else ''}"),
        (money(paid_cents) if paid_cents else "–", "paid a month", "by services" if paid_cents else "no billing imported"),
        (number(deals), "open deals", f"{money(deals_cents)} expected"),
        (number(overdue), "visits overdue", f"{number(unseen)} never visited"),
        (number(round(visits)), "visits a month", f"about {hours(at_s)} there"),
        (hours(drive_s), "driving a month", "an estimate"),
    ]


def balance_words(found: Imbalance) -> str:
    """What is out of balance: "Rep A: 62 h work, 38 % more than the mean"."""
    more = "more" if found.off > 0 else "less"
    percent = number(round(abs(found.off) * 100))
    return f"{found.owner}: {_amount(found.measure, found.amount)}, {percent} % {more} than the mean"


def mean_words(found: Iterable[Imbalance]) -> str:
    """The means that owners are held against: "The mean of an owner: $10,318 expected, 17 h work a month"."""
    means = {each.measure: each.mean for each in found}
    told = ", ".join(_amount(measure, means[measure]) for measure in Measure if measure in means)
    return f"The mean of an owner: {told} a month"


def _amount(measure: Measure, amount: float) -> str:
    return f"{money(round(amount))} expected" if measure is Measure.VALUE else f"{hours(amount)} work"


def in_balance(territories: Iterable[Territory]) -> str:
    """What to say when nothing is out of balance."""
    owners = sum(bool(each.owner) for each in territories)
    if owners < 2:
        return "There is one owner so far, so there is nothing to compare." if owners else "Nobody owns an account yet."
    return "What is expected and the work are shared out evenly: nobody is more than a quarter off the mean."
