"""What an area is asked for at an Overpass server, and the pieces it is asked in."""

import math
from collections.abc import Mapping
from typing import Any

from planner.model.areas import Area
from planner.values import Struct, field

_KM_PER_DEGREE = 111.195  # of latitude
_MARGIN_DEG = 0.003  # how far the asked outline may run outside the area: it has fewer corners, and never lies inside
_MOST_CORNERS = 120  # each is written into a query some fifty times, and servers refuse long queries


class Query(Struct, frozen=True):
    """One kind of things: ways by an Overpass filter, or nodes, ways and relations by any of some tags.

    `beyond_deg` is how far around the area they are wanted: osmnx gets ways 500 m around, so what rules the roads is wanted as far.
    """

    what: str
    ways: str = ""
    tags: Mapping[str, bool | str | list[str]] = field(default_factory=dict)
    beyond_deg: float = 0.0


# Ways come with their nodes, relations with their ways: a relation of a long river or a country would bring all of it, so lines are asked
# for as ways, and boundaries from the state down.
QUERIES = (
    Query("roads", ways='["highway"]'),
    Query("turn restrictions", tags={"type": "restriction"}, beyond_deg=0.01),
    Query("water, railways and ferries", ways='[~"^(addr:interpolation|natural|railway|route|waterway)$"~"."]'),
    Query("buildings and addresses", tags={"building": True, "addr:housenumber": True}),
    Query(
        "businesses",
        tags=dict.fromkeys(
            ("amenity", "club", "craft", "healthcare", "industrial", "leisure", "man_made", "office", "shop", "tourism"), True
        ),
    ),
    Query(
        "parks and lakes",
        tags={
            "aeroway": True,
            "boundary": ["national_park", "postal_code"],
            "landuse": True,
            "natural": ["water", "bay", "wood", "wetland", "beach", "sand", "scrub", "heath", "grassland", "bare_rock"],
            "waterway": ["riverbank", "dock"],
        },
    ),
    Query(
        "towns and counties",
        tags={
            "admin_level": ["4", "6", "7", "8"],
            "place": [
                *("city", "town", "township", "borough", "village", "suburb", "hamlet", "neighbourhood", "locality"),
                *("isolated_dwelling", "island"),
            ],
        },
    ),
)


def pieces_of(area: Area, most_km2: float) -> list[Any]:
    """The area as shapely polygons (lon/lat) without holes, each of at most `most_km2` and few corners, that cover it and little more."""
    import shapely

    drawn = [shapely.make_valid(shapely.Polygon([(corner.lon, corner.lat) for corner in outline])) for outline in area.outlines]
    pieces = [_with_few_corners(polygon) for polygon in _polygons(shapely.union_all(drawn))]
    while any(square_km(piece) > most_km2 for piece in pieces):
        pieces = [part for piece in pieces for part in (quarters(piece) if square_km(piece) > most_km2 else [piece])]
    return pieces


def quarters(polygon: Any) -> list[Any]:
    """The polygon cut in four, or in more where it is bent."""
    import shapely

    west, south, east, north = polygon.bounds
    x, y = (west + east) / 2, (south + north) / 2
    boxes = ((west, south, x, y), (x, south, east, y), (west, y, x, north), (x, y, east, north))
    return [part for box in boxes for part in _polygons(polygon.intersection(shapely.box(*box)))]


def square_km(shape: Any) -> float:
    """The size of a shape in degrees, as flat as a county is."""
    return float(shape.area) * _KM_PER_DEGREE**2 * math.cos(math.radians(shape.centroid.y))


def _with_few_corners(polygon: Any) -> Any:
    """An outline around the polygon: wider than it is inexact, so that nothing of the polygon is outside."""
    margin = _MARGIN_DEG
    outline = _around(polygon, margin)
    while len(outline.exterior.coords) > _MOST_CORNERS:
        margin *= 1.5
        outline = _around(polygon, margin)
    return outline


def _around(polygon: Any, margin: float) -> Any:
    import shapely

    wide = shapely.Polygon(polygon.buffer(margin, quad_segs=2).exterior)
    return wide.simplify(margin / 2, preserve_topology=True)


def _polygons(shape: Any) -> list[Any]:
    """The polygons in a shape; points and lines, which cutting leaves, are dropped."""
    return [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon" and part.area > 0]
