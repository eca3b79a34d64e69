"""A week of visits. Times of day are seconds after local midnight (`*_s`), drives are seconds and metres."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace


class VisitKind(StrEnum):
    """What a stop is for."""

    CAPTURE = "capture"  # win a prospect
    CARE = "care"  # keep a client
    SUPPORT = "support"  # help a rep
    DUTY = "duty"  # a fixed appointment


@dataclass(frozen=True, slots=True)
class Term:
    """One line of why a visit is worth what it is: a plain label and its points."""

    label: str
    points: float


@dataclass(frozen=True, slots=True)
class Window:
    """When service may start on one day (0 = the request's first day), seconds after midnight, both ends included."""

    day: int
    from_s: int
    to_s: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A visit that may be planned: `key` is unique in a request, `value` the sum of its terms, `windows` start-of-service spans.

    At most one candidate of a `group` is planned. A mandatory one must be. `account_id` is None for duties.
    `closed_text` says in words why there is no window where windows are missing ("Closed Mon-Wed").
    """

    key: str
    title: str
    kind: VisitKind
    place: LatLon
    service_s: int
    value: float
    windows: tuple[Window, ...]
    terms: tuple[Term, ...] = ()
    account_id: int | None = None
    mandatory: bool = False
    group: str | None = None
    closed_text: str = ""


@dataclass(frozen=True, slots=True)
class Lunch:
    """When lunch may start and how long it takes."""

    earliest_s: int
    latest_s: int
    service_s: int


@dataclass(frozen=True, slots=True)
class DayRequest:
    """A day to fill: where it starts and ends, from when to when, and how much driving at most.

    `blocks` are duties without a place: during them she neither drives nor visits, wherever she is (a call).
    """

    day: date
    start: NamedPlace
    end: NamedPlace
    opens_s: int
    closes_s: int
    max_drive_s: int
    lunch: Lunch | None = None
    blocks: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class WeekRequest:
    """Everything the optimiser needs to know to plan: days and candidates (fixed appointments with a place are mandatory candidates)."""

    days: tuple[DayRequest, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned visit: the drive to it, when she arrives, starts and leaves. `slack_s`: how late she may arrive and break nothing."""

    key: str
    title: str
    kind: VisitKind
    place: LatLon
    arrive_s: int
    start_s: int
    leave_s: int
    drive_s: int
    drive_m: int
    value: float = 0.0
    account_id: int | None = None
    mandatory: bool = False
    slack_s: int = 0


@dataclass(frozen=True, slots=True)
class DayPlan:
    """One planned day: leaves `start` at `leave_s`, is at `end` at `back_s` after a last drive. `lunch` is (from, to) or None."""

    day: date
    start: NamedPlace
    end: NamedPlace
    leave_s: int
    back_s: int
    stops: tuple[Stop, ...]
    last_drive_s: int
    last_drive_m: int
    lunch: tuple[int, int] | None = None
    blocks: tuple[Duty, ...] = ()

    @property
    def drive_s(self) -> int:
        """Driving of the whole day in seconds."""
        return sum(stop.drive_s for stop in self.stops) + self.last_drive_s

    @property
    def drive_m(self) -> int:
        """Driving of the whole day in metres."""
        return sum(stop.drive_m for stop in self.stops) + self.last_drive_m

    @property
    def value(self) -> float:
        """Sum of the values of its visits."""
        return sum(stop.value for stop in self.stops)


class WhyNot(StrEnum):
    """Why an account is not in the plan."""

    NO_ROOM = "no room"
    TOO_FAR = "too far"
    CLOSED = "closed"
    NOT_DUE = "not due"
    ALTERNATIVE = "alternative taken"
    UNPLACED = "unplaced address"
    OFF_ROAD = "no road there"
    DUPLICATE = "possible duplicate"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An account that is not in the plan, and why in one plain line."""

    key: str
    title: str
    kind: VisitKind
    value: float
    reason: WhyNot
    text: str
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A planned week: five or more days, what was left out, and the terms behind each value by candidate key."""

    week: IsoWeek
    timezone: str
    days: tuple[DayPlan, ...]
    left_out: tuple[LeftOut, ...] = ()
    terms: dict[str, tuple[Term, ...]] = field(default_factory=dict)

    @property
    def value(self) -> float:
        """Sum of the values of all visits."""
        return sum(day.value for day in self.days)

    @property
    def drive_s(self) -> int:
        """Driving of the whole week in seconds."""
        return sum(day.drive_s for day in self.days)

    @property
    def drive_m(self) -> int:
        """Driving of the whole week in metres."""
        return sum(day.drive_m for day in self.days)

    @property
    def visits(self) -> int:
        """How many stops are visits, duties not counted."""
        return sum(stop.kind is not VisitKind.DUTY for day in self.days for stop in day.stops)
