"""Accounts that probably stand twice in the data: the same business at the same address, written differently.

A chain has many stores, and a building many firms, so both name and address must agree:
the name nearly word for word, the house number exactly.
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from planner.model.accounts import Account
from planner.model.street_names import house_numbers, normalise_street, split_street, zip5
from planner.progress import Report, silent

NAME_SIMILARITY = 90.0
"""How alike two names must be, of 100; the likeness is rapidfuzz's `ratio` of the words in order of the alphabet."""
STREET_SIMILARITY = 84.0
"""How alike two street names must be, of 100: "Hamitlon" and "Hamilton" are."""
_ACCOUNTS_A_REPORT = 500
_LEGAL_FORMS = frozenset(
    ("inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "co", "company", "corp", "corporation", "pc", "plc", "pllc", "the")
)
_UNIT = re.compile(r"[,\s]+(?:(?:suite|ste|unit|apt|apartment|room|rm|floor|fl|bldg|building)\b\.?\s*#?|#)\s*\w+.*$", re.IGNORECASE)
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s*(\w+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two accounts that are probably one; `first` is the earlier one, `why` says in words what agrees."""

    first: Account
    second: Account
    why: str


@dataclass(frozen=True, slots=True)
class _Likeness:
    """What two accounts are compared by."""

    account: Account
    name: str
    digits: tuple[str, ...]
    number: str
    street: str
    postcode: str
    phone: str


def find_duplicates(accounts: Sequence[Account], report: Report = silent) -> list[DuplicatePair]:
    """Pair each account with the earliest one that is probably the same business at the same address.

    Earlier means stored earlier, then in the order given; so a later import marks the same ones again. An account is the second of at most
    one pair: without the seconds, one account of each business is left.
    """
    originals: dict[str, list[_Likeness]] = defaultdict(list)
    pairs = []
    for number, account in enumerate(sorted(accounts, key=lambda account: account.id or math.inf)):
        if number % _ACCOUNTS_A_REPORT == 0:
            report(number / len(accounts), "Looking for duplicates")
        this = _likeness(account)
        keys = [key for key in (this.number, this.phone) if key]
        found = next(((other, why) for key in keys for other in originals[key] if (why := _why_same(other, this))), None)
        if found:
            pairs.append(DuplicatePair(found[0].account, account, found[1]))
            continue
        for key in keys:
            originals[key].append(this)
    return pairs


def _likeness(account: Account) -> _Likeness:
    name = name_key(account.name)
    number, street = _place_key(account.address.street)
    digits = "".join(c for c in account.phone if c.isdecimal())[-10:]
    return _Likeness(
        account=account,
        name=name,
        digits=tuple(sorted(re.findall(r"\d+", name))),
        number=number,
        street=street,
        postcode=zip5(account.address.postcode),
        phone=f"phone {digits}" if len(digits) == 10 else "",
    )


def name_key(name: str) -> str:
    """A business's name for comparing: "The Café & Co., Inc." -> "and cafe"; words in alphabetical order, no accents, no legal forms."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    bare = re.sub(r"['’`.]", "", bare).replace("&", " and ").replace("+", " and ")
    words = re.findall(r"[^\W_]+", bare)
    return " ".join(sorted(word for word in words if word not in _LEGAL_FORMS) or sorted(words))


def _place_key(street: str) -> tuple[str, str]:
    """The house number (or PO box) and the street's key, without suites."""
    if box := _PO_BOX.search(street):
        return f"po box {box[1].casefold()}", ""
    bare = _UNIT.sub("", " ".join(street.split()))
    first, _, rest = bare.partition(" ")
    numbers = house_numbers(first)
    return (str(numbers[0]), normalise_street(rest)) if numbers and rest else ("", normalise_street(bare))


def _why_same(one: _Likeness, other: _Likeness) -> str:
    """In words why two accounts are probably one, or nothing."""
    from rapidfuzz import fuzz

    if one.digits != other.digits or fuzz.ratio(one.name, other.name) < NAME_SIMILARITY:
        return ""
    named = "the same name" if one.name == other.name else "nearly the same name"
    called = bool(one.phone) and one.phone == other.phone
    if not one.number or not other.number:
        return f"{named} and the same phone number" if called and not (one.number and other.number) else ""
    if one.number != other.number or not _same_street(one.street, other.street):
        return ""
    if one.postcode and other.postcode and one.postcode[:3] != other.postcode[:3]:
        return ""
    return f"{named}, address and phone number" if called else f"{named} and address"


def _same_street(one: str, other: str) -> bool:
    """Whether two street keys mean one street: typing errors and missing directions are forgiven, another direction or ordinal is not."""
    from rapidfuzz import fuzz

    if one == other:
        return True
    a, b = split_street(one), split_street(other)
    contradicted = any(x and y and x != y for x, y in ((a.before, b.before), (a.after, b.after)))
    return not contradicted and re.findall(r"\d+", a.core) == re.findall(r"\d+", b.core) and fuzz.ratio(a.core, b.core) >= STREET_SIMILARITY
