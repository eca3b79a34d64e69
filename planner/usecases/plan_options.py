"""What one plan is asked for beyond the settings."""

from collections.abc import Mapping

from planner.model.wishes import BlockWish, CoachingWish
from planner.values import Struct, field

NOTHING: Mapping[int, str] = {}


class PlanOptions(Struct, frozen=True):
    """How long the answer may take (seconds), the seed that makes a search repeatable, and how many weeks are planned together.

    `days` are weekdays (0 = Monday; None: those of the settings). `starts` and `ends` say where the days of a weekday begin and end: home,
    office, last stop, a hotel's name or an address. `nights` are the weekdays after which a night may be spent away (None: those of the
    settings). With `slack` the plan bears longer drives. The accounts `also` are asked for whether due or not. `iterations` (a lane)
    instead of `seconds` make a plan repeatable.
    """

    seconds: float = 5.0
    seed: int = 1
    weeks: int = 1
    days: tuple[int, ...] | None = None
    starts: Mapping[int, str] = field(default_factory=lambda: NOTHING)
    ends: Mapping[int, str] = field(default_factory=lambda: NOTHING)
    nights: tuple[int, ...] | None = None
    blocks: tuple[BlockWish, ...] = ()
    coaching: tuple[CoachingWish, ...] = ()
    also: frozenset[int] = frozenset()
    slack: bool = False
    iterations: int | None = None
