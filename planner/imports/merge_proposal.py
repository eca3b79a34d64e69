"""Which value of two accounts to keep when they are made one: a proposal field by field, with the reason, for a person to decide on."""

from collections.abc import Callable

from planner.imports.business_names import without_legal_forms
from planner.model.accounts import Account, AccountKind
from planner.model.places import MatchQuality
from planner.values import fields

FIRST, SECOND, BOTH = "first", "second", "both"
Choice = tuple[str, str]
"""Which account's value to take ("first", "second", "both"), and why in words."""

_NOT_CHOSEN = frozenset(
    (
        "id", "crm_id", "duplicate_of", "sample", "mrr_cents", "term_ends",  # the store's, or computed from what both bring along
        "place", "match_quality", "match_source", "match_score", "match_note", "match_doubtful",  # these go with the address
    )
)  # fmt: skip
_PLACED_BY = (
    MatchQuality.MANUAL,
    MatchQuality.ROOFTOP,
    MatchQuality.INTERPOLATED,
    MatchQuality.BUSINESS,
    MatchQuality.STREET,
    MatchQuality.ZIP,
    MatchQuality.CITY,
    MatchQuality.NONE,
)
"""How exactly an address may be placed, best first; a pin that a person has put counts most."""
_ADDS_UP = frozenset(("tags", "notes", "custom"))
_STAYS_SET = {"do_not_visit": "a wish not to be visited counts", "do_not_call": "a wish not to be called counts"}


def propose(first: Account, second: Account) -> dict[str, Choice]:
    """For each field in which two accounts differ: which value to take by default, and why.

    The address stands for its place on the map too, and is among the fields when only that differs.
    """
    names = [each.name for each in fields(Account) if each.name not in _NOT_CHOSEN]
    return {name: _choice(name, first, second) for name in names if _differs(name, first, second)}


def _differs(name: str, first: Account, second: Account) -> bool:
    moved = name == "address" and (first.place, first.match_quality) != (second.place, second.match_quality)
    return moved or getattr(first, name) != getattr(second, name)


def _choice(name: str, first: Account, second: Account) -> Choice:
    if name in _STAYS_SET:
        return (FIRST if getattr(first, name) else SECOND), _STAYS_SET[name]
    if filled := _only_filled(_value(first, name), _value(second, name)):
        return filled, "the other one is empty"
    if name in _ADDS_UP:
        return BOTH, "nothing is lost"
    return _RULES.get(name, _by_newer_contact)(first, second)


def _value(account: Account, name: str) -> object:
    return account.address.one_line if name == "address" else getattr(account, name)


def _only_filled(one: object, other: object) -> str:
    """Which of two values is the only one there, or nothing."""
    empty = (None, "", ())
    if (one in empty) == (other in empty):
        return ""
    return SECOND if one in empty else FIRST


def _by_newer_contact(first: Account, second: Account) -> Choice:
    if first.last_activity == second.last_activity:
        return FIRST, "it was there first"
    newer = second.last_activity is not None and (first.last_activity is None or second.last_activity > first.last_activity)
    return (SECOND if newer else FIRST), "its last contact is newer"


def _name(first: Account, second: Account) -> Choice:
    """The name that is not all in capitals, then the longer one; a legal form such as Inc makes no name longer."""
    one, other = first.name, second.name
    if one.isupper() != other.isupper():
        return (SECOND if one.isupper() else FIRST), "it is not all in capitals"
    longer = len(without_legal_forms(other)) - len(without_legal_forms(one))
    if longer:
        return (SECOND if longer > 0 else FIRST), "it is the longer name"
    return _by_newer_contact(first, second)


def _address(first: Account, second: Account) -> Choice:
    one, other = _PLACED_BY.index(first.match_quality), _PLACED_BY.index(second.match_quality)
    if one != other:
        better = _PLACED_BY[min(one, other)]
        why = "its pin was put by hand" if better is MatchQuality.MANUAL else "it is placed more exactly on the map"
        return (SECOND if other < one else FIRST), why
    if first.match_doubtful != second.match_doubtful:
        return (SECOND if first.match_doubtful else FIRST), "its place on the map is surer"
    filled = [sum(map(bool, (each.street, each.city, each.state, each.postcode))) for each in (first.address, second.address)]
    if filled[0] != filled[1]:
        return (SECOND if filled[1] > filled[0] else FIRST), "its address is more complete"
    return _by_newer_contact(first, second)


def _kind(first: Account, _second: Account) -> Choice:
    return (FIRST if first.kind is AccountKind.CLIENT else SECOND), "one of the two buys already"


def _tier(first: Account, second: Account) -> Choice:
    return (FIRST if first.tier < second.tier else SECOND), "the higher tier"


def _last_activity(first: Account, second: Account) -> Choice:
    one, other = first.last_activity, second.last_activity
    return (SECOND if one and other and other > one else FIRST), "the newer contact"


_RULES: dict[str, Callable[[Account, Account], Choice]] = {
    "name": _name,
    "address": _address,
    "kind": _kind,
    "tier": _tier,
    "last_activity": _last_activity,
}
