"""Where each ZIP is, from the addresses and streets of the map: every spot belongs to the ZIP of the nearest one."""

import math
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from planner.errors import PackProblem
from planner.model.places import LatLon
from planner.progress import Report
from planner.values import Struct

if TYPE_CHECKING:
    from shapely import Geometry

_METRES_A_DEGREE = 111_195.0
_CELL_M, _MOST_CELLS = 120.0, 300
"""Addresses are gathered in cells of so many metres; in a large pack in larger ones, of which so many lie side by side."""
_REACH_CELLS, _CLOSED_CELLS = 8.0, 12.0
"""How far an area goes beyond its addresses, and how broad a gap between them is closed, in cells."""
_FEWEST = 4
"""Fewer cells than these, apart from the rest of their ZIP, are taken for addresses whose ZIP is mistyped."""
_CALM_CELLS = 0.6
"""How far a border may be moved to have fewer corners."""
_WHAT = "Drawing ZIP areas"
_TOLD = """
    SELECT locality.zip, address.lat, address.lon FROM address JOIN locality ON locality.id = address.locality
        WHERE locality.zip <> '' AND NOT locality.inferred
    UNION ALL SELECT zip, lat, lon FROM piece WHERE zip <> ''
"""

type Spots = NDArray[np.float64]
"""Positions in metres, (n, 2): x to the east, y to the north."""


class ZipCell(Struct, frozen=True):
    """The area of a ZIP: outlines and holes (an odd number of rings around a point: inside), and a spot inside for its name."""

    postcode: str
    rings: tuple[tuple[LatLon, ...], ...]
    middle: LatLon


class _Plane(Struct, frozen=True):
    """Metres around a point, true near it."""

    lat: float
    lon: float

    @property
    def _scale(self) -> Spots:
        return np.array((_METRES_A_DEGREE * math.cos(math.radians(self.lat)), _METRES_A_DEGREE))

    def metres(self, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> Spots:
        return np.column_stack((lon - self.lon, lat - self.lat)) * self._scale

    def places(self, spots: Spots) -> tuple[LatLon, ...]:
        return tuple(LatLon(y + self.lat, x + self.lon) for x, y in (spots / self._scale).tolist())


def zip_cells(gazetteer: Path, report: Report) -> list[ZipCell]:
    """The area of each ZIP that the map tells addresses or streets of, none over another, by ZIP; raises PackProblem.

    An area ends some way beyond its last address, but not where others lie around it. Few addresses amid those of another ZIP count as
    that one's.
    """
    report(0.0, _WHAT)
    names, marks, lat, lon = _told(gazetteer)
    if not names:
        return []
    plane = _Plane(float(lat.mean()), float(lon.mean()))
    spots = plane.metres(lat, lon)
    cell_m = max(_CELL_M, float(np.ptp(spots, axis=0).max()) / _MOST_CELLS)
    spots, marks = _gathered(spots, marks, cell_m)
    report(0.2, _WHAT)
    kept = _believed(_split(spots, marks, cell_m), spots, marks)
    report(0.6, _WHAT)
    areas = _split(spots[kept], marks[kept], cell_m)
    report(0.95, _WHAT)
    return [made for mark, area in areas.items() if (made := _cell(names[mark], area, plane, cell_m)) is not None]


def _told(gazetteer: Path) -> tuple[list[str], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """The ZIPs; the index of that of each address, its latitude and its longitude."""
    try:
        with closing(sqlite3.connect(f"{gazetteer.absolute().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute(_TOLD).fetchall()
    except sqlite3.Error as error:
        raise PackProblem(
            "The addresses of this road pack cannot be read.", f"SQLite says: {error}.", "Build the road pack again, or choose another one."
        ) from error
    names, marks = np.unique([row[0] for row in rows], return_inverse=True) if rows else (np.array([]), np.array([], np.int64))
    lat, lon = (np.array([row[column] for row in rows], np.float64) for column in (1, 2))
    return names.tolist(), marks.astype(np.int64), lat, lon


def _gathered(spots: Spots, marks: NDArray[np.int64], cell_m: float) -> tuple[Spots, NDArray[np.int64]]:
    """One spot for each cell: the middle of those of the ZIP that most of its addresses have."""
    cells = np.floor(spots / cell_m).astype(np.int64)
    groups, member, counts = np.unique(np.column_stack((cells, marks)), axis=0, return_inverse=True, return_counts=True)
    member = member.ravel()
    middles = np.column_stack([np.bincount(member, spots[:, axis]) / counts for axis in (0, 1)])
    order = np.lexsort((-counts, groups[:, 1], groups[:, 0]))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (groups[order[1:], :2] != groups[order[:-1], :2]).any(axis=1)
    chosen = order[first]
    return middles[chosen], groups[chosen, 2]


def _split(spots: Spots, marks: NDArray[np.int64], cell_m: float) -> dict[int, "Geometry"]:
    """The ground around the spots, divided among their marks: what is nearest to a spot belongs to its mark, and so does what nobody
    lives on amid the ground.
    """
    import shapely

    reach, closed = _REACH_CELLS * cell_m, _CLOSED_CELLS * cell_m
    ground = shapely.union_all(shapely.buffer(shapely.points(spots), reach + closed, quad_segs=4)).buffer(-closed, quad_segs=4)
    ground = shapely.union_all(shapely.polygons(shapely.get_exterior_ring(shapely.get_parts(ground))))
    if len(spots) < 2:
        return {int(marks[0]): ground}
    edge = shapely.box(*(np.add(ground.bounds, (-1.0, -1.0, 1.0, 1.0))))
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=edge, ordered=True))
    present = np.unique(marks).tolist()
    whole = [shapely.coverage_union_all(cells[marks == mark]) for mark in present]
    calm = shapely.coverage_simplify(whole, _CALM_CELLS * cell_m)
    return dict(zip(present, shapely.intersection(calm, ground).tolist(), strict=True))


def _believed(areas: dict[int, "Geometry"], spots: Spots, marks: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which spots are not alone amid another ZIP: the largest part of a ZIP is always believed."""
    import shapely

    keep = np.ones(len(spots), dtype=np.bool_)
    points = shapely.points(spots)
    for mark, area in areas.items():
        own = np.flatnonzero(marks == mark)
        parts = shapely.get_parts(area)
        count = np.array([int(shapely.dwithin(points[own], part, 1.0).sum()) for part in parts])
        for part in parts[(count < _FEWEST) & (count < count.max())]:
            keep[own[shapely.dwithin(points[own], part, 1.0)]] = False
    return keep


def _cell(postcode: str, area: "Geometry", plane: _Plane, cell_m: float) -> ZipCell | None:
    """The area of a ZIP without its slivers; None when there is nothing else."""
    import shapely

    found = [part for part in shapely.get_parts(area).tolist() if isinstance(part, shapely.Polygon)]
    largest = max(found, key=lambda part: part.area, default=None)
    if largest is None:
        return None
    parts = [part for part in found if part is largest or part.area > cell_m * cell_m]
    rings = tuple(plane.places(_corners(ring)) for part in parts for ring in (part.exterior, *part.interiors))
    inmost = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=cell_m / 2))[:1]
    return ZipCell(postcode, rings, plane.places(inmost)[0])


def _corners(ring: Any) -> Spots:
    """The corners of a ring, the last one not repeated."""
    return np.asarray(ring.coords, dtype=np.float64)[:-1]
