"""The time zones a calendar file means: IANA names, the names Windows has for them, and zones the file describes itself."""

from datetime import UTC, date, datetime, time, tzinfo
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

USUAL_ZONE = "America/New_York"
"""Where times are when neither the caller nor the file says."""


class CalendarZones:
    """Turns the times of one calendar file into aware ones.

    `local` is the zone of floating times and all-day events: the one asked for, else the first one the file knows, else USUAL_ZONE.
    """

    def __init__(self, calendar: Any, asked: str = "") -> None:
        described = {str(zone.get("TZID", "")): zone for zone in calendar.walk("VTIMEZONE")}
        named = [asked, str(calendar.get("X-WR-TIMEZONE", "")), *described, USUAL_ZONE]
        self.local: ZoneInfo = next(zone for name in named if (zone := known_zone(name)))
        self._described = described
        self._zones: dict[str, tzinfo | None] = {}
        self.unknown: set[str] = set()

    def aware(self, value: date | datetime, tzid: str) -> datetime:
        """A date or time of the file as an aware datetime; a zone nobody knows is taken as the local one and noted in `unknown`."""
        if not isinstance(value, datetime):
            return datetime.combine(value, time(), self.local)
        if value.tzinfo is not None and not tzid:
            return value
        wall = value.replace(tzinfo=None)
        if not tzid:
            return wall.replace(tzinfo=self.local)
        zone = self._zone(tzid)
        if zone is None:
            self.unknown.add(tzid)
            return wall.replace(tzinfo=self.local)
        moment = wall.replace(tzinfo=zone)
        return moment if isinstance(zone, ZoneInfo) else moment.astimezone(self.local)

    def _zone(self, tzid: str) -> tzinfo | None:
        if tzid not in self._zones:
            self._zones[tzid] = known_zone(tzid) or self._from_description(tzid)
        return self._zones[tzid]

    def _from_description(self, tzid: str) -> tzinfo | None:
        described = self._described.get(tzid)
        try:
            return described.to_tz(lookup_tzid=False) if described is not None else None
        except (ValueError, KeyError, AttributeError, TypeError):  # a VTIMEZONE that lacks what it must have
            return None


def known_zone(name: str) -> ZoneInfo | None:
    """The zone with an IANA name ("America/New_York"), a Windows name ("Eastern Standard Time") or a path that ends in an IANA name."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    bare = name.strip().strip('"').strip("/")
    parts = bare.split("/")
    for candidate in [WINDOWS_TO_OLSON.get(bare, bare), *("/".join(parts[at:]) for at in range(1, len(parts)))]:
        try:
            return ZoneInfo(candidate)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def rule_until_utc(until: date | datetime, zone: tzinfo) -> datetime:
    """The end of a recurrence in UTC, as a rule of aware times needs it; a mere date counts to its end."""
    if not isinstance(until, datetime):
        until = datetime.combine(until, time(23, 59, 59), zone)
    return (until if until.tzinfo else until.replace(tzinfo=zone)).astimezone(UTC)
