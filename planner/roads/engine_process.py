"""What runs in the routing engine's own process: one Valhalla actor, answering one question at a time."""

import json
import os
import signal
import tempfile
import traceback
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import PackProblem, UserProblem
from planner.model.travel import UNREACHABLE
from planner.roads.valhalla_config import valhalla_config

Point = tuple[float, float]
"""Latitude and longitude in degrees; a plain tuple crosses to another process cheaply."""

_WELL_CONNECTED = 50  # Valhalla's own measure: a road is part of the network when so many others lead from it and to it
_NO_ROUTE = frozenset((170, 441, 442, 443))  # error codes: nothing wrong with the request, but no road leads there
_SEARCHES: tuple[dict[str, Any], ...] = ({}, {"date_time": {"type": 1, "value": "2024-01-02T10:00"}})


def serve(tiles: Path, parent: Connection) -> None:
    """Answer the parent's (method, arguments) with ("answer", value), ("problem", problem) or ("bug", trace), until it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends this process in good order
    _silence()
    with suppress(EOFError, OSError):
        router: Router | None = None
        while True:
            method, arguments = parent.recv()
            try:
                router = router or Router(tiles)
                parent.send(("answer", getattr(router, method)(*arguments)))
            except UserProblem as problem:
                parent.send(("problem", problem))
            except Exception:  # noqa: BLE001 - a bug is told to the parent, which raises it
                parent.send(("bug", traceback.format_exc()))


def _silence() -> None:
    """Send what C++ writes to standard output and error nowhere: they belong to the program that asked."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)


class Router:
    """Valhalla's answers as plain values. Every question is about a car at no particular time."""

    def __init__(self, tiles: Path) -> None:
        from valhalla import Actor

        handle, name = tempfile.mkstemp(prefix="roadbook-engine-", suffix=".json")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(valhalla_config(tiles), file)
            self._actor: Any = Actor(name)
        finally:
            Path(name).unlink()

    def snap(self, points: list[Point], cutoff_m: float) -> list[tuple[float, float, float] | None]:
        """For each point the nearest place on a road of the network (latitude, longitude, metres away), or None when the cutoff is nearer.

        A road that cannot be both left and reached (a clipped one-way, an island of the network) is passed over when a better one is near,
        except one for its visitors only: Valhalla's measure does not enter those, though a route may end there.
        """
        request = {"locations": [_at(point) | {"search_cutoff": cutoff_m} for point in points], "costing": "auto", "verbose": True}
        answers = json.loads(self._actor.locate(json.dumps(request)))
        snapped: list[tuple[float, float, float] | None] = []
        for answer in answers:
            edges = [edge for edge in answer["edges"] or () if edge["distance"] <= cutoff_m]
            edge = next(filter(_in_network, edges), edges[0] if edges else None)
            snapped.append(edge and (edge["correlated_lat"], edge["correlated_lon"], edge["distance"]))
        return snapped

    def matrix(self, sources: list[Point], targets: list[Point]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Seconds and metres from each source to each target, all of them on roads; there must be no more sources than targets."""
        from valhalla import ValhallaError

        # With more sources than targets Valhalla searches backwards, which gives other times than its routes: minutes apart at worst.
        assert len(sources) <= len(targets)
        request = {
            "sources": [_on_road(p) for p in sources],
            "targets": [_on_road(p) for p in targets],
            "costing": "auto",
            "verbose": False,
        }
        try:
            answer = json.loads(self._actor.matrix(json.dumps(request)))["sources_to_targets"]
        except ValhallaError as error:
            if error.code not in _NO_ROUTE:
                raise
            nothing = np.full((len(sources), len(targets)), UNREACHABLE, np.int32)
            return nothing, nothing
        seconds = np.array(answer["durations"], dtype=np.float64)  # null becomes nan
        metres = np.array(answer["distances"], dtype=np.float64) * 1000
        lost = np.isnan(seconds) | np.isnan(metres)
        return _whole(seconds, lost), _whole(metres, lost)

    def route(self, points: list[Point], search: int) -> list[tuple[float, int, list[Point]]]:
        """Seconds, metres and shape of each leg of one drive through places on roads; raises PackProblem when no road leads.

        `search` chooses the algorithm: 0 for Valhalla's usual one, which searches from both ends and now and then misses the best way, by
        far where there are gates and private roads; 1 for one from the start alone (asking for a departure makes it choose that; without
        time zones no time of day has effect).
        """
        from valhalla import ValhallaError
        from valhalla.midgard.utils import decode_polyline

        request = {"locations": [_on_road(p) for p in points], "costing": "auto", "units": "kilometers", "directions_type": "none"}
        try:
            legs = json.loads(self._actor.route(json.dumps(request | _SEARCHES[search])))["trip"]["legs"]
        except ValhallaError as error:
            if error.code not in _NO_ROUTE:
                raise
            raise PackProblem(
                "No road leads through all these stops.", "One of them lies in a part of the road network with no way to the others."
            ) from error
        return [
            (leg["summary"]["time"], round(leg["summary"]["length"] * 1000), decode_polyline(leg["shape"], order="latlng")) for leg in legs
        ]


def _at(point: Point) -> dict[str, Any]:
    return {"lat": point[0], "lon": point[1]}


def _on_road(point: Point) -> dict[str, Any]:
    """A stop where `snap` has put it: the road right there is the one, however it is connected."""
    return _at(point) | {"type": "break", "minimum_reachability": 1}


def _in_network(edge: dict[str, Any]) -> bool:
    ways_in, ways_out = edge["inbound_reach"] >= _WELL_CONNECTED, edge["outbound_reach"] >= _WELL_CONNECTED
    return bool((ways_in and ways_out) or ((ways_in or ways_out) and edge["edge"]["destination_only"]))


def _whole(values: NDArray[np.float64], lost: NDArray[np.bool_]) -> NDArray[np.int32]:
    return np.where(lost, UNREACHABLE, np.rint(np.nan_to_num(values))).astype(np.int32)
