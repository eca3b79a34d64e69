"""Places that a person should look at, and what asking a server would take."""

from datetime import date, timedelta
from enum import StrEnum

from planner.model.accounts import Account
from planner.model.places import Match, MatchQuality
from planner.values import Struct

AREA_ONLY = frozenset({MatchQuality.ZIP, MatchQuality.CITY, MatchQuality.NONE})
"""Qualities that name no street and no business."""

MARKED_RIGHT = "Marked as right by you"
CHOSEN = "Chosen by you"
"""What the notes of places begin with that the user has settled."""

_ASK_AGAIN_AFTER = timedelta(days=30)  # what a server did not know may have been mapped since


class PlaceProblem(StrEnum):
    """Why the place of an account is to be checked, the worst first."""

    UNPLACED = "no place"
    OUTSIDE = "outside the road pack"
    AREA = "only its ZIP or town"
    DOUBTFUL = "doubtful"


class PlaceToCheck(Struct, frozen=True):
    """An account whose place is to be checked, and why in a plain sentence."""

    account: Account
    problem: PlaceProblem
    why: str


class KeptAnswer(Struct, frozen=True):
    """What a server once said of an address, or where the user put it, and the day of that."""

    match: Match
    day: date

    def holds(self, today: date) -> bool:
        """Whether it still counts; what was not found is asked again after 30 days."""
        return self.match.quality not in AREA_ONLY or today - self.day < _ASK_AGAIN_AFTER


class OnlineQueue(Struct, frozen=True):
    """The addresses that would be asked of a server: how many, how long that takes at least, where, and whether she allowed it."""

    addresses: int
    seconds: float
    server: str
    allowed: bool


def is_settled(account: Account) -> bool:
    """Whether the user said where an account is, by a pin, a choice or a mark: nothing else moves it then."""
    return account.match_quality is MatchQuality.MANUAL or account.match_note.startswith((MARKED_RIGHT, CHOSEN))


def wants_place(account: Account) -> bool:
    """Whether a better place should be looked for: it has none, only that of its ZIP or town, or a doubtful one."""
    poor = account.place is None or account.match_quality in AREA_ONLY or account.match_doubtful
    return poor and not is_settled(account)
