"""A week of visits. Times of day are seconds after local midnight (`*_s`), drives are seconds and metres."""

from datetime import date
from enum import StrEnum

from planner.model.calendar import Duty, IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.values import Struct, field


class VisitKind(StrEnum):
    """What a stop is for."""

    CAPTURE = "capture"  # win a prospect
    CARE = "care"  # keep a client
    SUPPORT = "support"  # help a rep
    DUTY = "duty"  # a fixed appointment


class Term(Struct, frozen=True):
    """One line of why a visit is worth what it is: a plain label and its points."""

    label: str
    points: float


class Lock(StrEnum):
    """What the user holds fast of a planned visit."""

    NONE = "none"
    DAY = "day"  # it stays on its day
    TIME = "time"  # it starts at its minute


class Stop(Struct, frozen=True):
    """A planned visit: the drive to it, when she arrives, starts and leaves.

    `slack_s` is how much later she may arrive and break nothing, `binding` the rule that would break then, in words. `block` is the key of
    the block it is part of, or empty; `rep` who comes along.
    """

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
    binding: str = ""
    lock: Lock = Lock.NONE
    rep: str = ""
    block: str = ""


class DayPlan(Struct, frozen=True):
    """One planned day: leaves `start` at `leave_s`, is at `end` at `back_s` after a last drive. `lunch` is (from, to) or None.

    `away` says that the night after it is spent at `end`, a hotel; `open_end` that it ends wherever its last stop is; `keep_order` that
    planning may not reorder it.
    """

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
    away: bool = False
    open_end: bool = False
    keep_order: bool = False

    @property
    def drive_s(self) -> int:
        """Driving of the whole day in seconds."""
        return sum(stop.drive_s for stop in self.stops) + self.last_drive_s

    @property
    def drive_m(self) -> int:
        """Driving of the whole day in metres."""
        return sum(stop.drive_m for stop in self.stops) + self.last_drive_m

    @property
    def end_words(self) -> str:
        """How it ends, in words: “Back at Home”, “Night at Inn”, “Ends at Uni-Mart”."""
        back = not self.open_end and self.end.name in ("Home", "Office", self.start.name)
        return f"{'Night' if self.away else 'Back' if back else 'Ends'} at {self.end.name}"

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
    REP_BUSY = "rep not free"
    DO_NOT_VISIT = "not to be visited"
    TAKEN_OUT = "taken out by hand"


class DayReason(Struct, frozen=True):
    """Why a visit is not on one day: the rule that binds, in words; the cheapest planned visit it could replace there and what the swap
    would change the plan's worth by (negative: it would lose), or None where no single swap makes room.
    """

    day: date
    text: str
    displaces: str = ""
    swap: float | None = None


class LeftOut(Struct, frozen=True):
    """An account that is not in the plan, and why in one plain line."""

    key: str
    title: str
    kind: VisitKind
    value: float
    reason: WhyNot
    text: str
    account_id: int | None = None


class WeekPlan(Struct, frozen=True):
    """A planned week: five or more days, what was left out, and the terms behind each value by candidate key.

    `costs` are what its driving, its nights away and missing shares take from its worth: negative points. All values are those of the day
    `valued_on`, the first that was planned; plans of before it was kept have none.
    """

    week: IsoWeek
    timezone: str
    days: tuple[DayPlan, ...]
    left_out: tuple[LeftOut, ...] = ()
    terms: dict[str, tuple[Term, ...]] = field(default_factory=dict)
    costs: tuple[Term, ...] = ()
    valued_on: date | None = None

    @property
    def value(self) -> float:
        """What the week is worth: the values of all visits less its costs."""
        return sum(day.value for day in self.days) + sum(term.points for term in self.costs)

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
