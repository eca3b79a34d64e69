"""The time zones one can choose from, in words."""

from zoneinfo import available_timezones

_OF_THE_US = {
    "America/New_York": "Eastern time · New York",
    "America/Chicago": "Central time · Chicago",
    "America/Denver": "Mountain time · Denver",
    "America/Phoenix": "Mountain time, no summer time · Phoenix",
    "America/Los_Angeles": "Pacific time · Los Angeles",
    "America/Anchorage": "Alaska time · Anchorage",
    "Pacific/Honolulu": "Hawaii time · Honolulu",
}
_REGIONS = frozenset({"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"})


def time_zones() -> list[tuple[str, str]]:
    """Each zone's name and its words, those of the United States first, then by city: ("Europe/Berlin", "Berlin · Europe")."""
    known = available_timezones()
    others = [name for name in known if name.partition("/")[0] in _REGIONS and name not in _OF_THE_US]
    named = sorted((_words(name), name) for name in others)
    return [*((name, words) for name, words in _OF_THE_US.items() if name in known), *((name, words) for words, name in named)]


def _words(name: str) -> str:
    region, *between, city = name.replace("_", " ").split("/")
    return " · ".join((city, *between, region))
