"""The mileage log week by week, to be looked at."""

from collections.abc import Iterable

from planner.model.calendar import IsoWeek
from planner.model.tracking import Drive, DriveKind
from planner.values import Struct

LEAST_WEEKS = 12


class WeekMiles(Struct, frozen=True):
    """What was driven in a week, in metres: business drives that are confirmed, other confirmed ones, and those not confirmed."""

    week: IsoWeek
    business_m: int = 0
    other_m: int = 0
    unconfirmed_m: int = 0

    @property
    def metres(self) -> int:
        """All that was driven."""
        return self.business_m + self.other_m + self.unconfirmed_m


def week_miles(drives: Iterable[Drive]) -> tuple[WeekMiles, ...]:
    """The weeks from the first to the last with a drive, at least LEAST_WEEKS up to the last; none where there are no drives."""
    found: dict[IsoWeek, dict[str, int]] = {}
    for drive in drives:
        week = found.setdefault(IsoWeek.of(drive.day), {})
        name = "unconfirmed_m" if not drive.confirmed else "business_m" if drive.kind is DriveKind.BUSINESS else "other_m"
        week[name] = week.get(name, 0) + drive.metres
    if not found:
        return ()
    days = [week.day(0) for week in found]
    weeks = max((max(days) - min(days)).days // 7 + 1, LEAST_WEEKS)
    last = IsoWeek.of(max(days))
    return tuple(WeekMiles(week, **found.get(week, {})) for week in (last.plus(-ago) for ago in reversed(range(weeks))))
