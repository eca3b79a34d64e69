"""What she wants of a week beyond what the accounts themselves say."""

from datetime import date
from enum import StrEnum

from planner.values import Struct


class Wish(Struct, frozen=True):
    """What she wants of one account: points more or less, a visit without fail, by when, on which weekdays (0 = Monday; empty: any), how
    often (days), how long a visit takes (minutes), when its contract ends, and what was promised at the last visit. None leaves it to the
    account and the settings.
    """

    account_id: int
    boost: float = 0.0
    must: bool = False
    deadline: date | None = None
    weekdays: tuple[int, ...] = ()
    cadence_days: int | None = None
    visit_minutes: int | None = None
    contract_end: date | None = None
    next_step: str = ""


class CoachingPlace(StrEnum):
    """Where a coaching one-on-one may be."""

    OFFICE = "office"
    CLIENT = "client"
    EITHER = "either"


class BlockWish(Struct, frozen=True):
    """Several accounts of one rep, one after the other: "half a day with Rep B". About this many minutes, on one of these weekdays."""

    rep: str
    minutes: int = 240
    weekdays: tuple[int, ...] = ()
    must: bool = True


class CoachingWish(Struct, frozen=True):
    """A coaching one-on-one with a rep: at the office, or after a visit made together."""

    rep: str
    minutes: int = 45
    place: CoachingPlace = CoachingPlace.EITHER
    must: bool = True
