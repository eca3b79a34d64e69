"""The versions of a week's plan, and what is different between two of them. Times of day are seconds after midnight (`*_s`)."""

from datetime import date, datetime

from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind
from planner.values import Struct


class PlanVersion(Struct, frozen=True):
    """A plan as it was kept at `made_at`, an aware time. `label` says how it came about, `name` is what the user calls it, if anything."""

    id: int
    week: IsoWeek
    made_at: datetime
    value: float
    name: str = ""
    label: str = ""

    @property
    def title(self) -> str:
        """What to call it: its name, else how it came about."""
        return self.name or self.label or f"Plan week {self.week.number}"


class Slot(Struct, frozen=True):
    """When a visit starts."""

    day: date
    start_s: int


class Single(Struct, frozen=True):
    """A visit that only one of two plans has, and when. `why` says in words why it is no longer in the later one, where that is known."""

    key: str
    title: str
    kind: VisitKind
    slot: Slot
    why: str = ""


class Moved(Struct, frozen=True):
    """A visit that starts at another time in the later of two plans."""

    key: str
    title: str
    kind: VisitKind
    before: Slot
    after: Slot


class Reordered(Struct, frozen=True):
    """A day on which two plans make the same visits one after another differently: the titles of those that both have."""

    day: date
    before: tuple[str, ...]
    after: tuple[str, ...]


class PlanDiff(Struct, frozen=True):
    """What is different in the later of two plans: visits, and by how much the totals grew (seconds, metres, nights spent away).

    `other_time` are those that moved within their day by five minutes or more. `summary` is what it gained in one line, `lines` what moved.
    """

    added: tuple[Single, ...] = ()
    removed: tuple[Single, ...] = ()
    other_day: tuple[Moved, ...] = ()
    other_time: tuple[Moved, ...] = ()
    reordered: tuple[Reordered, ...] = ()
    value: float = 0.0
    visits: int = 0
    drive_s: int = 0
    drive_m: int = 0
    nights: int = 0
    summary: str = ""
    lines: tuple[str, ...] = ()
