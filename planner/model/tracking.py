"""What really happened: visits, trips and the miles driven. Money is in integer cents, distances are metres, times of day are seconds after
local midnight (`*_s`; beyond 86,400 after the next midnight).
"""

from datetime import date, datetime
from enum import StrEnum

from planner.model.accounts import VisitOutcome
from planner.model.places import LatLon
from planner.model.week import VisitKind
from planner.values import Struct

HELD = frozenset({"", "completed", "held", "done", "closed"})
"""Words of the CRM for an activity that took place; a no-show or a cancelled one is no contact."""


class SupportKind(StrEnum):
    """How a rep was helped."""

    RIDE_ALONG = "ride-along"
    JOINT_CALL = "joint call"
    COACHING = "coaching"
    ONE_ON_ONE = "one-on-one"
    PRE_SALE = "pre-sale"
    POST_SALE = "post-sale"


class Sentiment(StrEnum):
    """How the people visited took it."""

    GOOD = "good"
    NEUTRAL = "neutral"
    BAD = "bad"


class Visit(Struct, frozen=True):
    """A visit that happened, or was meant to.

    `account_id` is None for help at no account (a one-on-one at the office) and for duties. `start_s` and `minutes` are None when only the
    day is known; `timezone` is that of the day. `rep` is who was helped or came along, `met` are the people met, `topics` what was coached.
    `deal` is the CRM id of the opportunity whose stage went from `stage_before` to `stage_after`. `next_step` is to be done by `next_day`;
    `next_done` says that it was. `trip_id` and `stop_key` join it to the planned stop it was.
    """

    id: int
    account_id: int | None
    day: date
    outcome: VisitOutcome
    note: str = ""
    kind: VisitKind = VisitKind.CARE
    support: SupportKind | None = None
    start_s: int | None = None
    minutes: int | None = None
    timezone: str = ""
    rep: str = ""
    met: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sentiment: Sentiment | None = None
    deal: str = ""
    stage_before: str = ""
    stage_after: str = ""
    next_step: str = ""
    next_day: date | None = None
    next_done: bool = False
    trip_id: int | None = None
    stop_key: str = ""
    sample: bool = False
    logged_at: datetime | None = None

    @property
    def end_s(self) -> int | None:
        """When it ended, or None when that is not known."""
        return None if self.start_s is None or self.minutes is None else self.start_s + 60 * self.minutes


class TripState(StrEnum):
    """How far a trip is."""

    PLANNED = "planned"
    UNDER_WAY = "under way"
    DONE = "done"
    CANCELLED = "cancelled"


class Purpose(StrEnum):
    """What a trip is for."""

    CAPTURE = "capture"
    SUPPORT = "support"
    MIXED = "mixed"
    OTHER = "other"


class Source(StrEnum):
    """Who says how far it was."""

    PLAN = "plan"
    ODOMETER = "odometer"
    GPX = "gpx"
    TYPED = "typed"


class TripStop(Struct, frozen=True):
    """A place of a trip in its order: planned, what really was, or both.

    `arrive_s`/`leave_s` and `metres` (driven to it) are as planned, `came_s`/`went_s` and `drove_m` as they were; None where there is
    neither. The last stop of each day is where the day ended and has no account.
    """

    position: int
    day: date
    name: str
    place: LatLon | None = None
    account_id: int | None = None
    kind: VisitKind | None = None
    stop_key: str = ""
    arrive_s: int | None = None
    leave_s: int | None = None
    metres: int | None = None
    came_s: int | None = None
    went_s: int | None = None
    drove_m: int | None = None


class Trip(Struct, frozen=True):
    """From leaving base to being back there, on one day or several with the nights between.

    `start` names where it begins. `source` says where the driven metres come from, `week` the plan it was made from ("2026-W49", or empty).
    """

    id: int
    name: str
    first: date
    last: date
    state: TripState
    purpose: Purpose
    start: str
    leave_s: int | None
    nights: int = 0
    week: str = ""
    source: Source = Source.PLAN
    note: str = ""
    sample: bool = False
    start_place: LatLon | None = None
    stops: tuple[TripStop, ...] = ()

    @property
    def planned_m(self) -> int:
        """How far it is as planned, in metres."""
        return sum(stop.metres or 0 for stop in self.stops)

    @property
    def driven_m(self) -> int:
        """How far it was, in metres, as far as that is known."""
        return sum(stop.drove_m or 0 for stop in self.stops)


class CostKind(StrEnum):
    """What money was spent on."""

    HOTEL = "hotel"
    MEALS = "meals"
    TOLLS = "tolls"
    PARKING = "parking"
    OTHER = "other"


class Cost(Struct, frozen=True):
    """Money spent on a trip; `receipt` is the name of its file in the folder of receipts, or empty."""

    id: int
    trip_id: int
    day: date
    kind: CostKind
    cents: int
    note: str = ""
    receipt: str = ""


class DriveKind(StrEnum):
    """Whose drive it was."""

    BUSINESS = "business"
    COMMUTE = "commute"
    PERSONAL = "personal"


class Drive(Struct, frozen=True):
    """A line of the mileage log: one drive from start to destination.

    Only one that is `confirmed` is claimed. `odometer` holds what it showed at the start and at the end, in tenths of a mile, or None.
    """

    id: int
    day: date
    start: str
    destination: str
    metres: int
    source: Source
    kind: DriveKind = DriveKind.BUSINESS
    purpose: str = ""
    account_id: int | None = None
    confirmed: bool = False
    odometer: tuple[int, int] | None = None
    trip_id: int | None = None
    note: str = ""
    sample: bool = False


class TrackPoint(Struct, frozen=True):
    """A point of a recorded track: where and when (aware, UTC)."""

    place: LatLon
    at: datetime


class Dwell(Struct, frozen=True):
    """A stay found in a track: where, from when to when (aware, UTC), and the index of its first and last point."""

    place: LatLon
    begin: datetime
    end: datetime
    first: int
    last: int
