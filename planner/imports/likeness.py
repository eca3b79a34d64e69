"""How sure it is that two accounts are one business: by name, address, phone number and website.

A chain has many stores and a building many firms, so a name alone says little: a like name must stand at the same house number in the same
street. Where one of the two has no house number, the phone number or the website must be the same.
"""

import re
from functools import lru_cache

from planner.imports.business_names import STRONG, NameKey, heads, name_keys, name_likeness
from planner.model.places import PostalAddress
from planner.model.street_names import StreetName, house_numbers, normalise_street, normalise_town, split_street, zip5
from planner.values import Struct

STREET_SIMILARITY = 84.0
"""How alike two street or town names must be, of 100: "Hamitlon" and "Hamilton" are; the likeness is rapidfuzz's `ratio`."""
_UNIT = re.compile(
    r"(?:[,\s]+|^)(?:(?:suite|ste|unit|apt|apartment|room|rm|floor|fl|bldg|building)\b\.?\s*#?|#)\s*(\w*\d\w*|[a-z])\b(?:\s*-\s*\w+)?",
    re.IGNORECASE,
)
_STOREY = re.compile(r"[,\s]+(\w+(?:st|nd|rd|th)|ground|upper|lower)\s+(?:floor|fl)\b\.?", re.IGNORECASE)
_PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s*#?\s*(\w+)", re.IGNORECASE)
_PLACEHOLDERS = frozenset(("1234567890", "0123456789", *(10 * digit for digit in "0123456789")))
_SHARED_SITES = frozenset(("facebook.com", "gmail.com", "google.com", "instagram.com", "linkedin.com", "yelp.com"))


class PlaceKey(Struct, frozen=True):
    """An address for comparing: house number or PO box, street, suite, ZIP and town; each may be empty."""

    number: str
    street: StreetName
    unit: str
    postcode: str
    town: str


class Traits(Struct, frozen=True):
    """What two accounts are compared by; names that share none of `heads` are never alike."""

    names: tuple[NameKey, ...]
    heads: frozenset[str]
    place: PlaceKey
    phone: str
    website: str


class Alike(Struct, frozen=True):
    """That two accounts are probably one: how sure that is (0..1), and in words why."""

    score: float
    why: str


def traits(name: str, place: PlaceKey, phone: str = "", website: str = "") -> Traits:
    """What a business is compared by that is written down so."""
    names, begin_or_end = _named(name)
    return Traits(names, begin_or_end, place, phone_key(phone), website_key(website))


@lru_cache(maxsize=1 << 12)
def _named(name: str) -> tuple[tuple[NameKey, ...], frozenset[str]]:
    names = name_keys(name)
    return names, heads(names)


def phone_key(phone: str) -> str:
    """The ten digits of a US phone number, or nothing: "+1 (814) 237-2763 " is "8142372763"; made-up numbers are nothing."""
    if not phone:
        return ""
    digits = "".join(filter(str.isdecimal, phone))
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits if len(digits) == 10 and digits not in _PLACEHOLDERS else ""


def website_key(website: str) -> str:
    """Host and path of a website, or nothing: "https://www.Ada.com/" is "ada.com"; sites that everybody is on are nothing."""
    if not website:
        return ""
    bare = re.sub(r"^[a-z]+://", "", website.strip().casefold()).removeprefix("www.")
    bare = re.split(r"[?#]", bare, maxsplit=1)[0].rstrip("/")
    return bare if "." in bare and bare not in _SHARED_SITES else ""


def place_key(address: PostalAddress) -> PlaceKey:
    """An address for comparing."""
    number, rest, unit = split_number(address.street)
    return PlaceKey(number, _street_name(rest), unit, zip5(address.postcode), _town(address.city))


@lru_cache(maxsize=1 << 13)
def _street_name(text: str) -> StreetName:
    return split_street(normalise_street(text))


@lru_cache(maxsize=1 << 12)
def _town(text: str) -> str:
    return normalise_town(text)


def split_number(street: str) -> tuple[str, str, str]:
    """House number, street and suite of a street line: "12 Main St Ste 4" is ("12", "Main St", "4"); a PO box counts as a house number."""
    if "box" in street.casefold() and (box := _PO_BOX.search(street)) is not None:
        return f"po box {box[1].casefold()}", "", ""
    bare = street.replace("\n", ", ")
    unit = _UNIT.search(bare)
    if unit:
        bare = _UNIT.sub(" ", bare)
    if "fl" in bare.casefold():
        bare = _STOREY.sub("", bare)
    for part in bare.split(","):
        first, _, rest = part.strip().partition(" ")
        if rest and first[0].isdecimal() and (number := _house_number(first)):
            return number, rest.strip(), unit[1].casefold() if unit else ""
    return "", bare, unit[1].casefold() if unit else ""


@lru_cache(maxsize=1 << 12)
def _house_number(text: str) -> str:
    """The first house number of a text, or nothing."""
    return str(next(iter(house_numbers(text)), ""))


def same_street(one: StreetName, other: StreetName) -> bool:
    """Whether two names mean one street: typing errors and missing directions are forgiven, another direction or ordinal is not."""
    if one == other:
        return True
    if (one.before and other.before and one.before != other.before) or (one.after and other.after and one.after != other.after):
        return False
    if one.core == other.core:
        return True
    if street_ends(one).isdisjoint(street_ends(other)) or re.findall(r"\d+", one.core) != re.findall(r"\d+", other.core):
        return False
    return _alike(one.core, other.core)


def street_ends(street: StreetName) -> frozenset[str]:
    """How a street's name begins and ends; names that share neither are never the same street, whatever typing errors they hold."""
    return frozenset((f"{street.core[:2]}-", f"-{street.core[-2:]}"))


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(one, other, score_cutoff=STREET_SIMILARITY) > 0.0


def house_keys(place: PlaceKey) -> list[str]:
    """Keys of which two addresses share one when they are the same place; none without a house number."""
    return [f"{place.number} {end}" for end in street_ends(place.street)] if place.number else []


def areas_agree(one: PlaceKey, other: PlaceKey) -> bool:
    """Whether nothing speaks against two addresses lying in one town: what is missing does not."""
    if one.postcode and other.postcode and one.postcode[:3] != other.postcode[:3]:
        return False
    if not one.town or not other.town or one.town == other.town:
        return True
    return _alike(one.town, other.town) or (bool(one.postcode) and one.postcode == other.postcode)


def same_place(one: PlaceKey, other: PlaceKey) -> bool:
    """Whether two addresses have the same house number in the same street; suites do not matter."""
    return bool(one.number) and one.number == other.number and same_street(one.street, other.street) and areas_agree(one, other)


def places_contradict(one: PlaceKey, other: PlaceKey) -> bool:
    """Whether two addresses cannot be one, whatever is missing in them."""
    if one.number and other.number:
        return not same_place(one, other)
    both_streets = one.street.kind and other.street.kind
    return not areas_agree(one, other) or bool(both_streets and not same_street(one.street, other.street))


def names_alike(one: Traits, other: Traits) -> float:
    """How alike the names of two businesses are, 0..1."""
    if one.heads.isdisjoint(other.heads):
        return 0.0
    return name_likeness(one.names, other.names, f"{one.place.town} {other.place.town}")


def compare(one: Traits, other: Traits) -> Alike | None:
    """Whether two accounts are probably one, or None."""
    if one.heads.isdisjoint(other.heads) or places_contradict(one.place, other.place):
        return None
    name = names_alike(one, other)
    called, surfed = bool(one.phone) and one.phone == other.phone, bool(one.website) and one.website == other.website
    placed = bool(one.place.number and other.place.number)
    if not name or not (called or surfed or placed) or (name < STRONG and not (placed and (called or surfed))):
        return None
    if placed and _other_office(one, other, name, called=called):
        return None
    return Alike(
        round(name * _certainty(one.place, other.place, placed=placed, called=called, surfed=surfed), 3), _why(name, placed, called, surfed)
    )


def _other_office(one: Traits, other: Traits, name: float, *, called: bool) -> bool:
    """Whether two suites of one building hold two businesses: when their names or their phone numbers are not the same."""
    if called or not one.place.unit or not other.place.unit or one.place.unit == other.place.unit:
        return False
    return name < 1.0 or bool(one.phone and other.phone)


def _certainty(one: PlaceKey, other: PlaceKey, *, placed: bool, called: bool, surfed: bool) -> float:
    """How sure it is that two businesses of the same name are one."""
    if not placed:
        return 0.9 if called and surfed else 0.85 if called else 0.8
    certainty = 0.95 + 0.03 * called + 0.02 * surfed
    if one.street != other.street:
        certainty *= 0.96
    return certainty * (0.9 if one.unit and other.unit and one.unit != other.unit else 1.0)


def _why(name: float, placed: bool, called: bool, surfed: bool) -> str:
    named = "the same name" if name == 1.0 else "nearly the same name" if name >= STRONG else "a longer form of the name"
    agree = [named, *(text for text, is_so in (("address", placed), ("phone number", called), ("website", surfed)) if is_so)]
    if not placed:
        agree[1] = f"the same {agree[1]}"
    return f"{', '.join(agree[:-1])} and {agree[-1]}"
