"""The days of a week on one axis of time, one after the other, so that the windows of a visit on all days become windows on the axis."""

import json
from typing import Any

from instances import Week


class Axis:
    """Where each day lies. Days that are alike for every visit share one place, so that a solver sees that they may be exchanged.

    `alike` lists the days of each place.
    """

    def __init__(self, week: Week) -> None:
        self._days = week["days"]
        places: dict[str, list[int]] = {}
        for number, day in enumerate(self._days):
            windows = [[span for d, *span in visit["windows"] if d == number] for visit in week["visits"]]
            places.setdefault(json.dumps([day, windows]), []).append(number)
        self.alike = list(places.values())
        # Twice the hours of a day: the end of one is too far from the start of the next for anything to slip over.
        length = 2 * max(day["closes"] for day in self._days)
        self._offset = {day: length * place for place, days in enumerate(self.alike) for day in days}

    def starts(self, visit: dict[str, Any]) -> list[tuple[int, int]]:
        """The spans of the axis in which the service of a visit may start, sorted, cut to the hours of the days."""
        spans = set()
        for day, begin, end in visit["windows"]:
            opens, closes = self.hours(day)
            spans.add((max(opens, self._offset[day] + begin), min(closes, self._offset[day] + end)))
        return sorted((begin, end) for begin, end in spans if begin <= end)

    def hours(self, day: int) -> tuple[int, int]:
        """When a day opens and closes on the axis."""
        return self._offset[day] + self._days[day]["opens"], self._offset[day] + self._days[day]["closes"]

    def lunch(self, day: int) -> tuple[int, int, int] | None:
        """Earliest and latest start of lunch on the axis and its seconds, or None on a day without."""
        lunch = self._days[day]["lunch"]
        return lunch and (self._offset[day] + lunch["earliest"], self._offset[day] + lunch["latest"], lunch["seconds"])


def drive_limit(day: dict[str, Any]) -> int:
    """The most driving of a day in seconds, never more than the day is long, so that it fits into any solver's numbers."""
    return min(day["max_drive"], day["closes"] - day["opens"])
