"""Whether two addresses, written differently, are one."""

from planner.model.places import PostalAddress
from planner.model.street_names import HouseNumber, house_numbers, normalise_street, split_street


def same_address(one: PostalAddress, other: PostalAddress) -> bool:
    """Whether house number and street agree; suites, cases and abbreviations do not matter, nor a small error in the street's name."""
    if one.street.casefold() == other.street.casefold():
        return True
    (number, street), (other_number, other_street) = _key(one.street), _key(other.street)
    if number != other_number:
        return False
    if street == other_street:
        return True
    a, b = split_street(street), split_street(other_street)
    contradicted = any(x and y and x != y for x, y in ((a.before, b.before), (a.after, b.after)))
    return not contradicted and _alike(a.core, b.core)


def _key(street: str) -> tuple[HouseNumber | None, str]:
    """The house number and the street's key, without what follows a comma."""
    first, _, rest = " ".join(street.partition(",")[0].split()).partition(" ")
    numbers = house_numbers(first)
    return (numbers[0], normalise_street(rest)) if numbers and rest else (None, normalise_street(street))


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return bool(fuzz.ratio(one, other) >= 84.0)
