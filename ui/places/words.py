"""Places and problems in words."""

from collections.abc import Mapping
from types import MappingProxyType

from planner.model.accounts import Account
from planner.model.places import LatLon, Match
from planner.model.placing import OnlineQueue, PlaceProblem
from planner.usecases.ask_online import OnlineOutcome
from ui.words import METRES_PER_MILE, SHORT_QUALITIES, count, distance, number, steps

SOURCES: Mapping[str, str] = MappingProxyType(
    {"gazetteer": "road pack", "nominatim": "Nominatim", "zipcodes": "list of ZIP codes", "you": "you", "": ""}
)
_SHORT = 90
MANY = 200
"""More addresses than this are only asked for after one more question."""


def problem_words(problem: PlaceProblem) -> str:
    """A problem as the beginning of a line: "No place", "Only its ZIP or town"."""
    return problem.value[:1].upper() + problem.value[1:]


def short_distance(metres: float, units: str = "miles") -> str:
    """A distance that may be a few steps: "120 ft", "40 m", "1.4 mi"."""
    if metres > METRES_PER_MILE / 4:
        return distance(metres, units)
    return steps(metres, units)


def from_pin(place: LatLon | None, pin: LatLon | None, units: str = "miles") -> str:
    """How far a place is from where the pin is now; empty while there is neither."""
    if place is None or pin is None:
        return ""
    metres = place.metres_to(pin)
    return "where the pin is now" if metres < 2 else f"{short_distance(metres, units)} from the pin"


def candidate_words(match: Match, pin: LatLon | None, units: str = "miles") -> tuple[str, str]:
    """A candidate in two lines: what it is, and how well it fits, where that is from, how far away, and why it is proposed."""
    source = SOURCES.get(match.source, match.source)
    parts = (SHORT_QUALITIES[match.quality], f"from the {source}" if source.startswith(("road", "list")) else source)
    title = match.text or SHORT_QUALITIES[match.quality]
    return title, " · ".join(part for part in (*parts, from_pin(match.point, pin, units), match.note) if part)


def address_words(account: Account) -> str:
    """The address of an account, or that it has none."""
    return account.address.one_line or "No address is known."


def addresses(amount: int) -> str:
    """So many addresses: "1 address", "1,310 addresses"."""
    return f"{number(amount)} address{'' if amount == 1 else 'es'}"


def at_least(seconds: float) -> str:
    """A time that something takes at the least: "at least 40 seconds", "at least 21 minutes", "at least 2 hours"."""
    minutes = max(1, round(seconds / 60))
    if seconds < _SHORT:
        return f"at least {count(max(1, round(seconds)), 'second')}"
    return f"at least {count(minutes, 'minute') if minutes < _SHORT else f'{number(seconds / 3600, 1)} hours'}"


def queue_words(queue: OnlineQueue) -> str:
    """What asking a server takes and tells it."""
    several = queue.addresses != 1
    return (
        f"{addresses(queue.addresses)} {'are' if several else 'is'} not placed well by what is on this laptop. "
        f"{queue.server} would be asked for {'each of them, one after the other' if several else 'it'}, "
        f"which takes {at_least(queue.seconds)}."
    )


def outcome_words(outcome: OnlineOutcome) -> tuple[str, str]:
    """What came of asking a server: a title, and the rest of it."""
    asked, found, left = outcome.asked, outcome.found, outcome.left
    title = f"{addresses(found)} found" if found else "Nothing was found" if asked else "Nothing was looked up"
    parts = (
        f"{outcome.changes.label}. Ctrl+Z takes it back." if outcome.changes.accounts else "",
        f"The server does not know {addresses(asked - found)}." if asked > found else "",
        str(outcome.problem or ""),
        f"{addresses(left)} {'are' if left != 1 else 'is'} left; look up again to go on." if left else "",
    )
    return title, "\n".join(part for part in parts if part)
