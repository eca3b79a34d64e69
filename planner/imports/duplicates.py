"""Accounts that probably stand twice in the data: the same business at the same place, written differently.

Accounts that can be alike share a house number, a phone number or a website, so only those are compared. Accounts that hang together
by likeness are a group, whatever order they come in. A group that holds two places or two businesses, because something vague in it is
like both, falls apart into what is at exactly one place.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from planner.imports.likeness import (
    Alike,
    PlaceKey,
    Traits,
    compare,
    house_keys,
    names_alike,
    phone_key,
    place_key,
    places_contradict,
    traits,
    website_key,
)
from planner.model.accounts import Account
from planner.progress import Report, silent
from planner.values import Struct

_ACCOUNTS_A_REPORT = 500
_LARGE_BLOCK = 48
"""A block with more accounts is parted by the beginnings and ends of their names' words."""
_LARGE_GROUP = 60
"""A group with more differing accounts is no single business; it is not looked at pair by pair."""


class DuplicatePair(Struct, frozen=True):
    """Two accounts that are probably one: `first` is the one to keep, the earlier of the two unless a third joins them.

    `why` says in words what agrees, `score` (0..1) how sure that is.
    """

    first: Account
    second: Account
    why: str
    score: float


def find_duplicates(
    accounts: Sequence[Account], report: Report = silent, distinct: frozenset[tuple[int, int]] = frozenset()
) -> list[DuplicatePair]:
    """Pair each account with the earliest one that is probably the same business.

    Earlier means stored earlier, then in the order given; so a later import marks the same ones again. An account is the second of at most
    one pair: without the seconds, one account of each business is left. `distinct` are the ids of accounts judged not to be the same,
    the smaller first; they are never paired.
    """
    book = _Book(accounts, distinct)
    return book.pairs(range(len(accounts)), report)


class _Book:
    """All accounts in their order, blocked by what they share. What was reached once is not compared again."""

    def __init__(self, accounts: Sequence[Account], distinct: frozenset[tuple[int, int]]) -> None:
        self.accounts = sorted(accounts, key=lambda account: account.id or math.inf)
        self._distinct = distinct
        self._places = [place_key(account.address) for account in self.accounts]
        self._traits: list[Traits | None] = [None] * len(accounts)
        self._reached = bytearray(len(accounts))
        self._asks: list[list[str]] = []
        self._blocks: dict[str, list[int]] = defaultdict(list)
        for at, (account, place) in enumerate(zip(self.accounts, self._places, strict=True)):
            stands_in, asks = _block_keys(account, place)
            self._asks.append(asks)
            for key in stands_in:
                self._blocks[key].append(at)
        self._parted = {key for key, members in self._blocks.items() if len(members) > _LARGE_BLOCK}
        for key in self._parted:
            for at in self._blocks.pop(key):
                for head in self.traits(at).heads:
                    self._blocks[f"{key}\n{head}"].append(at)

    def traits(self, at: int) -> Traits:
        """What an account is compared by."""
        known = self._traits[at]
        if known is None:
            account = self.accounts[at]
            known = self._traits[at] = traits(account.name, self._places[at], account.phone, account.website)
        return known

    def pairs(self, asked: Sequence[int], report: Report) -> list[DuplicatePair]:
        """The pairs of all groups with one of the accounts asked for, in the order of the seconds."""
        found = []
        for number, at in enumerate(asked):
            if number % _ACCOUNTS_A_REPORT == 0:
                report(number / len(asked), "Looking for duplicates")
            if not self._reached[at] and len(group := self._group(at)) > 1:
                found += self._pairs_of(sorted(group))
        return [
            DuplicatePair(self.accounts[a], self.accounts[b], alike.why, alike.score) for b, a, alike in sorted(found, key=lambda x: x[0])
        ]

    def _group(self, start: int) -> list[int]:
        """All accounts that hang together with one."""
        self._reached[start] = 1
        group = [start]
        for at in group:
            for other in self._candidates(at):
                if not self._reached[other] and self._alike(at, other):
                    self._reached[other] = 1
                    group.append(other)
        return group

    def _candidates(self, at: int) -> Iterator[int]:
        """The accounts that share a block with one and were not reached yet."""
        for asked in self._asks[at]:
            keys = [f"{asked}\n{head}" for head in self.traits(at).heads] if asked in self._parted else [asked]
            for key in keys:
                if members := self._blocks.get(key):
                    members[:] = [member for member in members if not self._reached[member]]
                    yield from tuple(members)

    def _alike(self, at: int, other: int) -> Alike | None:
        alike = compare(self.traits(at), self.traits(other))
        if alike is None or not self._distinct:
            return alike
        one, two = sorted((self.accounts[at].id, self.accounts[other].id))
        return None if (one, two) in self._distinct else alike

    def _pairs_of(self, group: list[int]) -> list[tuple[int, int, Alike]]:
        """The pairs (second, first, why) of a group in its order."""
        strict = self._is_mixed(group)
        found = []
        left = group
        while left:
            first, *left = left
            reached = [first]
            for at in reached:
                apart = []
                for other in left:
                    alike = self._alike(at, other)
                    if alike and (not strict or self._is_exact(at, other)):
                        found.append((other, at, alike))
                        reached.append(other)
                    else:
                        apart.append(other)
                left = apart
        return found

    def _is_mixed(self, group: list[int]) -> bool:
        """Whether a group holds two accounts that cannot be one."""
        if len(group) == 2:
            return False
        differing = list({(one.names, one.place): one for one in map(self.traits, group)}.values())
        if len(differing) > _LARGE_GROUP:
            return True
        pairs = ((one, other) for number, one in enumerate(differing) for other in differing[:number])
        return any(places_contradict(one.place, other.place) or not names_alike(one, other) for one, other in pairs)

    def _is_exact(self, at: int, other: int) -> bool:
        """Whether two accounts have the same words for a name and, as far as they go, the same address: nothing is vague."""
        one, two = self._places[at], self._places[other]
        same = (one.number, one.street, one.town, one.postcode[:3]) == (two.number, two.street, two.town, two.postcode[:3])
        return same and names_alike(self.traits(at), self.traits(other)) == 1.0


def _block_keys(account: Account, place: PlaceKey) -> tuple[list[str], list[str]]:
    """The blocks an account stands in, and those that hold all that can be like it.

    Two accounts with house numbers share them, and how their streets begin or end. One without is like another by its phone number or
    website, which a chain's stores share: so those with a number need not be compared by these.
    """
    contacts = [key for key in (phone_key(account.phone), website_key(account.website)) if key]
    everybody = [f"all {key}" for key in contacts]
    without = [f"without {key}" for key in contacts]
    if not place.number:
        return [*everybody, *without], everybody
    houses = house_keys(place)
    return [*houses, *everybody], [*houses, *without]
