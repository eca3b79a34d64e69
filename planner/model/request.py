"""What a week asks for. Times of day are seconds after local midnight (`*_s`), drives are seconds and metres."""

from datetime import date

from planner.model.calendar import Duty
from planner.model.places import LatLon, NamedPlace
from planner.model.travel import AS_USUAL, RushHours
from planner.model.week import Lock, Term, VisitKind
from planner.model.writing import USUAL_WRITING, Writing
from planner.values import Struct


class Window(Struct, frozen=True):
    """When service may start on one day (0 = the request's first day), seconds after midnight, both ends included."""

    day: int
    from_s: int
    to_s: int


class Part(Struct, frozen=True):
    """One visit of a block: it starts `after_s` after the block does, a drive of `drive_s` and `drive_m` before it (0 for the first)."""

    key: str
    title: str
    kind: VisitKind
    place: LatLon
    service_s: int
    value: float
    after_s: int = 0
    drive_s: int = 0
    drive_m: int = 0
    account_id: int | None = None


class Candidate(Struct, frozen=True):
    """A visit that may be planned: `key` is unique in a request, `value` the sum of its terms, `windows` start-of-service spans.

    At most one candidate of each of its `groups` is planned. A mandatory one must be, or another mandatory one with the same `one_of`,
    which says in words what is wanted ("240 minutes with Rep B").
    `account_id` is None for duties; `owner` is the rep whose account it is, `rep` the one who comes along. `closed_text` says in words why
    there is no window where windows are missing ("Closed Mon-Wed"). A block of several visits made one after the other is one candidate
    with `parts`: `service_s` is all of it, drives included, it begins at `place` and ends at the place of its last part.
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
    groups: tuple[str, ...] = ()
    one_of: str = ""
    closed_text: str = ""
    owner: str = ""
    rep: str = ""
    lock: Lock = Lock.NONE
    parts: tuple[Part, ...] = ()

    @property
    def leave_place(self) -> LatLon:
        """Where it ends: where it began, but for a block."""
        return self.parts[-1].place if self.parts else self.place

    @property
    def drive_s(self) -> int:
        """Driving inside a block, in seconds."""
        return sum(part.drive_s for part in self.parts)


class Lunch(Struct, frozen=True):
    """When lunch may start and how long it takes."""

    earliest_s: int
    latest_s: int
    service_s: int


class DayRequest(Struct, frozen=True):
    """A day to fill: where it starts and ends, from when to when, and how much driving at most.

    `start` None is where the day before ended, `end` None is the last stop, whichever that is. `blocks` are duties without a place: during
    them she neither drives nor visits, wherever she is (a call). On a day that keeps its order, planning takes nothing out and moves
    nothing about; it may put visits in between.
    """

    day: date
    start: NamedPlace | None
    end: NamedPlace | None
    opens_s: int
    closes_s: int
    max_drive_s: int
    lunch: Lunch | None = None
    blocks: tuple[Duty, ...] = ()
    keep_order: bool = False


class NightRequest(Struct, frozen=True):
    """A night that may be spent away: the one after a day (0 = the first), the hotels to choose from, and the points it must be worth."""

    after: int
    hotels: tuple[NamedPlace, ...]
    points: float


class Shares(Struct, frozen=True):
    """How the time of visits should divide between capture, care and support (parts of 1); each hour missing costs `points_an_hour`."""

    capture: float
    care: float
    support: float
    points_an_hour: float


class WeekRequest(Struct, frozen=True):
    """Everything the optimiser needs to know to plan: days and candidates (fixed appointments with a place are mandatory candidates).

    `drive_points` is what a minute of driving costs, `night_points` what a night away must bring; a plan is worth the values of its visits
    less its driving, nights and missing shares. In `rush` hours drives take longer than the matrix says. Its reasons are
    written as `writing` has it.
    """

    days: tuple[DayRequest, ...]
    candidates: tuple[Candidate, ...]
    nights: tuple[NightRequest, ...] = ()
    night_points: float = 0.0
    drive_points: float = 0.0
    shares: Shares | None = None
    rush: RushHours = AS_USUAL
    writing: Writing = USUAL_WRITING
