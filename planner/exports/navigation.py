"""Links that open a drive in Google Maps, Apple Maps or Waze. They are followed only when the user follows them."""

from collections.abc import Sequence
from itertools import pairwise
from urllib.parse import urlencode

from planner.model.places import LatLon

PHONE_WAYPOINTS = 3
"""How many stops between start and end Google Maps takes in a phone's browser; it silently ignores the others."""


def stop_links(to: LatLon) -> tuple[tuple[str, str], ...]:
    """Name and link of each service that can lead to one place."""
    return (
        ("Google Maps", f"https://www.google.com/maps/dir/?{urlencode({'api': 1, 'destination': _text(to), 'travelmode': 'driving'})}"),
        ("Apple Maps", f"https://maps.apple.com/directions?{urlencode({'destination': _text(to), 'mode': 'driving'})}"),
        ("Waze", f"https://waze.com/ul?{urlencode({'ll': _text(to), 'navigate': 'yes'})}"),
    )


def day_links(places: Sequence[LatLon], waypoints: int = PHONE_WAYPOINTS) -> tuple[str, ...]:
    """Google Maps links that lead through all places in order; each begins where the one before ended. Fewer than two places need none."""
    step = waypoints + 1
    ends = [*range(0, len(places) - 1, step), len(places) - 1]
    return tuple(_day_link(places[begin : end + 1]) for begin, end in pairwise(ends))


def _day_link(places: Sequence[LatLon]) -> str:
    between = "|".join(map(_text, places[1:-1]))
    query = {"api": "1", "origin": _text(places[0]), "destination": _text(places[-1]), "travelmode": "driving"}
    return f"https://www.google.com/maps/dir/?{urlencode(query | ({'waypoints': between} if between else {}))}"


def _text(point: LatLon) -> str:
    return f"{point.lat:.6f},{point.lon:.6f}"
