"""Questions to Valhalla, the same for the engine's own process and for a server. All are about a car at no particular time."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from planner.model.places import LatLon
from planner.model.travel import DriveOptions

Request = dict[str, Any]

_AT_ALL_COSTS = 43_200
"""Seconds of detour that are better than a toll or a ferry: the most that Valhalla takes."""


class Search(Enum):
    """How Valhalla looks for a route."""

    FORWARD = "forward"  # from the start alone, as its matrix does: their answers agree
    BOTH_ENDS = "both ends"  # its usual one: quick over hundreds of miles, knows alternates, and now and then misses the best way


def costing(options: DriveOptions, *, strict: bool = True) -> Request:
    """How roads are weighed. Tolls and ferries cost a detour of hours, which is no part of the time told.

    Unpaved roads cannot be made dear in Valhalla, only closed between a paved start and a paved end: `strict` closes them.
    """
    auto: Request = {}
    if options.avoid_tolls:
        auto |= {"use_tolls": 0.0, "toll_booth_penalty": _AT_ALL_COSTS}
    if options.avoid_ferries:
        auto |= {"use_ferry": 0.0}
    if options.avoid_unpaved:
        auto |= {"exclude_unpaved": strict, "use_tracks": 0.0}
    return {"costing": "auto", "costing_options": {"auto": auto}} if auto else {"costing": "auto"}


def snapping(points: Sequence[LatLon], cutoff_m: float) -> Request:
    """`locate`: the roads near each point, with what is known of them."""
    return {"locations": [_at(point) | {"search_cutoff": cutoff_m} for point in points], "costing": "auto", "verbose": True}


def matrix(sources: Sequence[LatLon], targets: Sequence[LatLon], weighed: Request) -> Request:
    """`sources_to_targets` between places on roads."""
    return {"sources": [_on_road(p) for p in sources], "targets": [_on_road(p) for p in targets], "verbose": False} | weighed


def route(stops: Sequence[LatLon], weighed: Request, search: Search, alternates: int = 0) -> Request:
    """`route` through places on roads, with its maneuvers in words."""
    request: Request = {"locations": [_on_road(p) | {"type": "break"} for p in stops], "units": "kilometers", "language": "en-US"} | weighed
    if search is Search.FORWARD:
        # A departure makes Valhalla choose this search. Where tiles have no time zones and no traffic, no time of day has effect.
        request["date_time"] = {"type": 1, "value": "2024-01-02T10:00"}
    return request | ({"alternates": alternates} if alternates else {})


def isochrone(centre: LatLon, minutes: Sequence[int], weighed: Request) -> Request:
    """`isochrone` around a place on a road, in a precision that the grid it is made on bears.

    Rings under 0.3 % of the largest one are left out: they say more about that grid than about the roads.
    """
    contours = [{"time": time} for time in minutes]
    return {"locations": [_on_road(centre)], "contours": contours, "polygons": True, "denoise": 0.003, "generalize": 60.0} | weighed


def matching(points: Sequence[LatLon], accuracy_m: float, reach_m: float) -> Request:
    """`trace_attributes` of a recorded track: the roads driven on, and where on them each point is.

    Turns count a little, so that noise does not send the way up a side road and back: without, one day in six is two percent too long.
    """
    attributes = ["edge.names", "edge.begin_shape_index", "edge.end_shape_index", "matched.point", "matched.edge_index", "shape"]
    return {
        "shape": [_at(point) for point in points],
        "costing": "auto",
        "shape_match": "map_snap",
        "trace_options": {"gps_accuracy": accuracy_m, "search_radius": reach_m, "turn_penalty_factor": 100},
        "filters": {"attributes": attributes, "action": "include"},
    }


def _at(point: LatLon) -> Request:
    return {"lat": point.lat, "lon": point.lon}


def _on_road(point: LatLon) -> Request:
    """A place where `snapping` has put it: the road right there is the one, however it is connected."""
    return _at(point) | {"minimum_reachability": 1}
