"""Two accounts that may be one, in words."""

from planner.model.accounts import Account
from planner.usecases.merge import FIRST, SECOND, Duplicate, FieldPair
from planner.values import replace
from ui.details.facts import account_facts
from ui.words import METRES_PER_MILE, QUALITIES, distance, steps

_OTHER_SIDE = {FIRST: SECOND, SECOND: FIRST}


def apart(first: Account, second: Account, units: str = "miles") -> str:
    """How far apart two accounts are on the map: "On the same spot", "120 ft apart", "1.4 mi apart"; whose place is not known."""
    if first.place is None or second.place is None:
        missing = "Neither" if first.place is second.place else "Only one of them"
        return f"{missing} is placed on the map"
    metres = first.place.metres_to(second.place)
    if metres < 2:
        return "On the same spot"
    if metres > METRES_PER_MILE / 4:
        return f"{distance(metres, units)} apart"
    return f"{steps(metres, units)} apart"


def turned(duplicate: Duplicate) -> Duplicate:
    """The same two with sides swapped, so that the other one stays; the values proposed are the same ones."""
    fields = tuple(replace(each, first=each.second, second=each.first, proposed=turned_side(each.proposed)) for each in duplicate.fields)
    return replace(duplicate, first=duplicate.second, second=duplicate.first, fields=fields)


def turned_side(side: str) -> str:
    """The other side; both stay both."""
    return _OTHER_SIDE.get(side, side)


def common_facts(duplicate: Duplicate) -> list[tuple[str, str]]:
    """The fields in which both agree, with their value."""
    differing = {each.name for each in duplicate.fields}
    mine = {(fact.name, fact.label): fact.text for fact in account_facts(duplicate.first)}
    theirs = {(fact.name, fact.label): fact.text for fact in account_facts(duplicate.second)}
    same = [(label, text) for (name, label), text in mine.items() if name not in differing and theirs.get((name, label)) == text]
    address = duplicate.first.address.one_line
    return [("Address", address), *same] if address and "address" not in differing else same


def sides_of(field: FieldPair, joined: bool) -> tuple[str, ...]:
    """The sides whose value can be taken for a field."""
    return (FIRST, SECOND, "both") if joined and field.first and field.second else (FIRST, SECOND)


def side_texts(duplicate: Duplicate, field: FieldPair) -> tuple[str, str]:
    """Both values of a field; an address with how well it is placed, which may be all they differ in."""
    if field.name != "address":
        return field.first, field.second
    first, second = duplicate.first, duplicate.second
    return f"{field.first}\n{QUALITIES[first.match_quality]}".strip(), f"{field.second}\n{QUALITIES[second.match_quality]}".strip()


def heading(duplicate: Duplicate) -> str:
    """A pair in one line of the list."""
    first, second = duplicate.first.name, duplicate.second.name
    return first if first == second else f"{first} / {second}"
