"""Answers of Valhalla as values of ours. Each raises KeyError, IndexError, TypeError or ValueError for what is no answer."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.model.travel import UNREACHABLE, Isochrone, Leg, Maneuver, Route, Snap, Turn

Whole = NDArray[np.int32]

NO_ROUTE = frozenset((170, 171, 441, 442, 443, 444))
"""Valhalla's error codes for: nothing wrong with the question, but no road leads there."""

_WELL_CONNECTED = 50  # Valhalla's own measure: a road is part of the network when so many others lead from it and to it

_TURNS = (
    *(Turn.CONTINUE, Turn.DEPART, Turn.DEPART, Turn.DEPART, Turn.ARRIVE, Turn.ARRIVE, Turn.ARRIVE, Turn.CONTINUE, Turn.CONTINUE),
    *(Turn.SLIGHT_RIGHT, Turn.RIGHT, Turn.SHARP_RIGHT, Turn.U_TURN, Turn.U_TURN, Turn.SHARP_LEFT, Turn.LEFT, Turn.SLIGHT_LEFT),
    *(Turn.RAMP, Turn.RAMP_RIGHT, Turn.RAMP_LEFT, Turn.EXIT_RIGHT, Turn.EXIT_LEFT, Turn.CONTINUE, Turn.KEEP_RIGHT, Turn.KEEP_LEFT),
    *(Turn.MERGE, Turn.ROUNDABOUT, Turn.LEAVE_ROUNDABOUT, Turn.FERRY, Turn.LEAVE_FERRY),
)
"""By Valhalla's number of a maneuver, 0 to 29; of the later ones only merges, 37 and 38, are about cars."""


class NoRouteError(Exception):
    """No road leads there."""


def snaps(answers: Any, count: int, cutoff_m: float) -> list[Snap]:
    """For each of `count` points the nearest place on a road of the network, None when the cutoff is nearer.

    A road that cannot be both left and reached (a clipped one-way, an island of the network) is passed over when a better one is near,
    except one for its visitors only: Valhalla's measure does not enter those, though a route may end there.
    """
    found = [_snap(answer["edges"] or (), cutoff_m) for answer in answers]
    if len(found) != count:
        raise ValueError(f"{len(found)} answers to {count} points")
    return found


def _snap(edges: Sequence[Any], cutoff_m: float) -> Snap:
    near = [edge for edge in edges if edge["distance"] <= cutoff_m]
    if not near:
        return Snap(None, float("inf"))
    edge = next(filter(_in_network, near), near[0])
    return Snap(LatLon(edge["correlated_lat"], edge["correlated_lon"]), edge["distance"])


def _in_network(edge: Any) -> bool:
    ways_in, ways_out = edge["inbound_reach"] >= _WELL_CONNECTED, edge["outbound_reach"] >= _WELL_CONNECTED
    return bool((ways_in and ways_out) or ((ways_in or ways_out) and edge["edge"]["destination_only"]))


def matrix(answer: Any, shape: tuple[int, int]) -> tuple[Whole, Whole]:
    """Seconds and metres from each source to each target, UNREACHABLE where no road leads."""
    rows = answer["sources_to_targets"]
    seconds = np.array(rows["durations"], dtype=np.float64).reshape(shape)  # null becomes nan
    metres = np.array(rows["distances"], dtype=np.float64).reshape(shape) * 1000
    lost = np.isnan(seconds) | np.isnan(metres)
    return _whole(seconds, lost), _whole(metres, lost)


def _whole(values: NDArray[np.float64], lost: NDArray[np.bool_]) -> Whole:
    return np.where(lost, UNREACHABLE, np.rint(np.nan_to_num(values))).astype(np.int32)


def routes(answer: Any, legs: int) -> list[Route]:
    """The route and its alternates, as Valhalla ranks them, each of so many legs."""
    found = [Route(tuple(_leg(leg) for leg in one["trip"]["legs"])) for one in (answer, *answer.get("alternates", ()))]
    if any(len(route.legs) != legs for route in found):
        raise ValueError(f"not every route has {legs} legs")
    return found


def _leg(leg: Any) -> Leg:
    maneuvers = tuple(map(_maneuver, leg["maneuvers"]))
    return Leg(_seconds(leg["summary"]["time"]), _metres(leg["summary"]["length"]), points(leg["shape"]), maneuvers)


def _maneuver(maneuver: Any) -> Maneuver:
    return Maneuver(
        turn=_turn(maneuver["type"]),
        text=str(maneuver["instruction"]),
        streets=tuple(map(str, maneuver.get("begin_street_names") or maneuver.get("street_names") or ())),
        metres=_metres(maneuver["length"]),
        seconds=_seconds(maneuver["time"]),
        begin=int(maneuver["begin_shape_index"]),
    )


def _turn(number: int) -> Turn:
    if number in (37, 38):
        return Turn.MERGE
    return _TURNS[number] if 0 <= number < len(_TURNS) else Turn.CONTINUE


def _seconds(seconds: float) -> int:
    """Whole seconds as a matrix counts them: cut off, with room for sums in another order."""
    return int(seconds + 0.005)


def _metres(kilometres: float) -> int:
    return round(kilometres * 1000)


def points(polyline: str) -> tuple[LatLon, ...]:
    """The points of a shape as Valhalla writes it, six decimals each; raises ValueError when it is none.

    Google's Encoded Polyline Algorithm Format: differences of latitude and longitude, each in groups of five bits from the lowest, a sixth
    bit saying that more follow. Valhalla's own reading of it would bring the whole engine, 10 MB of it, into this process.
    """
    groups = np.frombuffer(polyline.encode("ascii"), dtype=np.uint8).astype(np.int64) - 63
    last = np.flatnonzero(groups < 0x20)
    begins = np.concatenate([[0], last[:-1] + 1]) if len(last) else last
    if len(last) % 2 or (len(groups) and (not len(last) or last[-1] != len(groups) - 1)):
        raise ValueError("a shape that breaks off")
    within = np.arange(len(groups)) - np.repeat(begins, last - begins + 1)
    values = np.add.reduceat((groups & 0x1F) << (5 * within), begins) if len(groups) else groups
    steps = (values >> 1) ^ -(values & 1)
    return tuple(LatLon(lat, lon) for lat, lon in (np.cumsum(steps.reshape(-1, 2), axis=0) / 1e6).tolist())


def isochrones(answer: Any) -> list[Isochrone]:
    """The isochrones of an answer; what is reached in two parts is one of several rings."""
    found: dict[int, list[tuple[LatLon, ...]]] = {}
    for feature in answer["features"]:
        geometry = feature["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        rings = found.setdefault(round(feature["properties"]["contour"]), [])
        rings.extend(tuple(LatLon(lat, lon) for lon, lat in ring[:-1]) for polygon in polygons for ring in polygon)
    return [Isochrone(minutes, tuple(rings)) for minutes, rings in found.items()]
