"""Which account of the CRM a line of a billing extract means.

Billing writes names in capitals and cuts them at 30 characters, and its ZIPs may be wrong or missing; so a like name must stand at the same
house number in the same street, or have the same phone number.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from planner.imports.business_names import STRONG
from planner.imports.likeness import (
    Traits,
    areas_agree,
    compare,
    house_keys,
    names_alike,
    phone_key,
    place_key,
    places_contradict,
    same_place,
    traits,
)
from planner.model.accounts import Account
from planner.model.places import PostalAddress
from planner.values import Struct

DOUBTFUL = 0.8
"""Below this score a line was joined, but a person should look."""
_NAME_ALONE = 0.6
_AS_GOOD = 0.04
"""Accounts whose scores differ by less fit alike."""
_NAME_START = 6
"""So many letters two names must begin with for a line to be looked up by its name alone."""


class Found(Struct, frozen=True):
    """The account a line belongs to, or None; how sure that is (0..1), and in words why.

    `ambiguous` when several accounts fit alike: then there is none, unless they are one business that stands twice; then it is the earlier.
    `doubtful` when a person should look at it.
    """

    account: Account | None
    score: float
    why: str
    ambiguous: bool = False
    doubtful: bool = False


class _Fit(Struct, frozen=True):
    at: int
    score: float
    why: str


class AccountFinder:
    """Finds accounts by what other systems write of them."""

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._accounts = sorted(accounts, key=lambda account: account.id or math.inf)
        self._places = [place_key(account.address) for account in self._accounts]
        self._known: dict[int, Traits] = {}
        self._by_house: dict[str, list[int]] = defaultdict(list)
        self._by_phone: dict[str, list[int]] = defaultdict(list)
        for at, account in enumerate(self._accounts):
            for house in house_keys(self._places[at]):
                self._by_house[house].append(at)
            if phone := phone_key(account.phone):
                self._by_phone[phone].append(at)

    def find(self, name: str, street: str, city: str, postcode: str, phone: str = "") -> Found:
        """The account that a line with this name, address and phone number means."""
        line = traits(name, place_key(PostalAddress(street, city, "", postcode)), phone)
        fits = [fit for at in self._near(line) if (fit := self._fit(line, at))] or self._fits_by_name(line)
        if not fits:
            return Found(None, 0.0, "no account has that name at that address")
        best = max(fit.score for fit in fits)
        top = sorted((fit for fit in fits if fit.score >= best - _AS_GOOD), key=lambda fit: fit.at)
        return self._single(top[0]) if len(top) == 1 else self._of_several(top)

    def _near(self, line: Traits) -> set[int]:
        """The accounts at a line's address, or with its phone number and nothing in their address against it."""
        houses = {at for house in house_keys(line.place) for at in self._by_house.get(house, ())}
        return {
            *(at for at in houses if same_place(line.place, self._places[at])),
            *(at for at in self._by_phone.get(line.phone, ()) if not places_contradict(line.place, self._places[at])),
        }

    def _traits(self, at: int) -> Traits:
        known = self._known.get(at)
        if known is None:
            account = self._accounts[at]
            known = self._known[at] = traits(account.name, self._places[at], account.phone)
        return known

    def _fit(self, line: Traits, at: int) -> _Fit | None:
        """How an account fits that is near a line."""
        account = self._traits(at)
        name = names_alike(line, account)
        called = bool(line.phone) and line.phone == account.phone
        named = "the same name" if name == 1.0 else "nearly the same name"
        if name and line.place.number and account.place.number:
            score = name * (0.97 + 0.02 * called) * _address_fit(line, account)
            return _Fit(at, score, f"{named}, address and phone number" if called else f"{named} and address")
        return _Fit(at, name * 0.85, f"{named} and the same phone number") if name >= STRONG else None

    def _fits_by_name(self, line: Traits) -> list[_Fit]:
        """The accounts of the same name in the same town, where one of the two addresses has no house number."""
        fits = []
        for at in dict.fromkeys(at for name in line.names for at in self._by_name.get(name.joined[:_NAME_START], ())):
            account = self._traits(at)
            name = names_alike(line, account)
            in_town = areas_agree(line.place, account.place) and (
                line.place.town == account.place.town != "" or line.place.postcode == account.place.postcode != ""
            )
            if name >= STRONG and in_town and not places_contradict(line.place, account.place) and not _both_call(line, account):
                fits.append(_Fit(at, name * _NAME_ALONE, "the same name in the same town, but one of the addresses has no house number"))
        return fits

    @cached_property
    def _by_name(self) -> dict[str, list[int]]:
        """Accounts by how their names begin."""
        begins: dict[str, list[int]] = defaultdict(list)
        for at in range(len(self._accounts)):
            for name in self._traits(at).names:
                begins[name.joined[:_NAME_START]].append(at)
        return begins

    def _single(self, fit: _Fit) -> Found:
        return Found(self._accounts[fit.at], round(fit.score, 3), fit.why, doubtful=fit.score < DOUBTFUL)

    def _of_several(self, fits: list[_Fit]) -> Found:
        """The earliest of the accounts that fit alike when they are one business, else none."""
        first = fits[0]
        places = [f"“{self._accounts[fit.at].name}” ({self._accounts[fit.at].address.one_line or 'no address'})" for fit in fits]
        listed = f"{', '.join(places[:-1])} and {places[-1]}"
        if all(compare(self._traits(first.at), self._traits(fit.at)) for fit in fits[1:]):
            why = f"{first.why}; {listed} are probably one account, the earlier was taken"
            return Found(self._accounts[first.at], round(first.score, 3), why, doubtful=True)
        return Found(None, round(first.score, 3), f"{listed} fit alike", ambiguous=True)


def _address_fit(line: Traits, account: Traits) -> float:
    """How well two addresses in one place agree, 0..1."""
    one, other = line.place, account.place
    street = 1.0 if one.street == other.street else 0.97
    return street * (0.93 if one.unit != other.unit and one.unit and other.unit else 0.98 if one.unit != other.unit else 1.0)


def _both_call(line: Traits, account: Traits) -> bool:
    """Whether both have a phone number, and not the same."""
    return bool(line.phone and account.phone and line.phone != account.phone)
