"""Choose the basemap tiles that an exported map carries: those around the drives, as many as there is room for."""

from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.progress import Report

TileBytes = Callable[[int, int, int], bytes | None]

_FAR, _CLOSE = 6, 14  # zooms
_WHOLE_AREA_TO = 10  # up to this zoom the whole box around the drives is taken
_RING = 1.0  # a tile this many tiles away from the drive counts like one a zoom closer
_OFF_STOPS = 0.5  # the same for a close tile that only has a drive in it, and no stop
_ENTRY_BYTES = 18  # of a tile's key and punctuation in the file


def choose_tiles(drives: Sequence[LatLon], stops: Sequence[LatLon], tile: TileBytes, budget: int, report: Report) -> dict[str, str]:
    """Tiles by "z/x/y" as base64 of their gzip bytes, together no larger than `budget` bytes in the file.

    Far zooms come first, and at close zooms the tiles with stops, those with drives, then their neighbours; what no longer fits is
    left out.
    """
    chosen: dict[str, str] = {}
    wanted = _wanted(drives, stops)
    for at, (zoom, x, y) in enumerate(wanted):
        if at % 20 == 0:
            report(at / len(wanted), "Packing the map")
        data = tile(zoom, x, y)
        if data is None:
            continue
        text = b64encode(data).decode()
        budget -= len(text) + _ENTRY_BYTES
        if budget < 0:
            break
        chosen[f"{zoom}/{x}/{y}"] = text
    return chosen


def _wanted(drives: Sequence[LatLon], stops: Sequence[LatLon]) -> list[tuple[int, int, int]]:
    """Tiles in the order in which they are worth their room."""
    if not drives and not stops:
        return []
    at_stops, along = _world(stops), np.concatenate((_world(drives), _world(stops)))
    ranks: dict[tuple[int, int, int], float] = {}
    for zoom in range(_FAR, _CLOSE + 1):
        with_drive = _tiles(along, zoom)
        if zoom <= _WHOLE_AREA_TO:
            ranks |= dict.fromkeys(_box(with_drive, zoom), float(zoom))
            continue
        with_stop = _tiles(at_stops, zoom)
        for x, y in with_drive:
            for dx in (-1, 0, 1):
                for dy in (-1, 0, 1):
                    near = (x + dx, y + dy)
                    rank = zoom + (0 if near in with_stop else _OFF_STOPS if near in with_drive else _OFF_STOPS + _RING)
                    key = (zoom, *near)
                    ranks[key] = min(rank, ranks.get(key, rank))
    return sorted(ranks, key=lambda key: (ranks[key], key))


def _box(tiles: Iterable[tuple[int, int]], zoom: int) -> list[tuple[int, int, int]]:
    """All tiles of the box around some, and one more on each side."""
    xs, ys = zip(*tiles, strict=True)
    return [(zoom, x, y) for x in range(min(xs) - 1, max(xs) + 2) for y in range(min(ys) - 1, max(ys) + 2)]


def _world(points: Sequence[LatLon]) -> NDArray[np.float64]:
    """Points in the world square of Web Mercator, 0 to 1 with y down (EPSG:3857)."""
    degrees = np.array([(point.lon, point.lat) for point in points]).reshape(-1, 2)
    lat = np.radians(np.clip(degrees[:, 1], -85, 85))
    return np.column_stack(((degrees[:, 0] + 180) / 360, 0.5 - np.log(np.tan(np.pi / 4 + lat / 2)) / (2 * np.pi)))


def _tiles(points: NDArray[np.float64], zoom: int) -> set[tuple[int, int]]:
    return {(int(x), int(y)) for x, y in np.unique((points * (1 << zoom)).astype(np.int64), axis=0)}
