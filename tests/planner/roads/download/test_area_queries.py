"""What an area is asked for, and in which pieces."""

import shapely

from planner.model.areas import Area
from planner.model.places import LatLon
from planner.roads.basemap import selection
from planner.roads.download.area_queries import QUERIES, pieces_of, square_km
from planner.roads.gazetteer.scan import _BUSINESS_KEYS, _TOWNS


def test_pieces_cover_the_area_and_have_few_corners() -> None:
    comb = [LatLon(40 + step % 2 * 0.3 + step * 1e-4, -77 + step * 0.002) for step in range(400)]
    area = Area("Comb", ((*comb, LatLon(39.5, -76.2), LatLon(39.5, -77.0)), (LatLon(41, -77), LatLon(41, -76.9), LatLon(41.1, -77))))
    pieces = pieces_of(area, 400.0)
    assert max(square_km(piece) for piece in pieces) <= 400.0
    assert max(len(piece.exterior.coords) for piece in pieces) <= 150
    asked = shapely.union_all(pieces)
    for outline in area.outlines:
        drawn = shapely.make_valid(shapely.Polygon([(corner.lon, corner.lat) for corner in outline]))
        assert asked.buffer(1e-9).covers(drawn)
    crossed = Area("Bow tie", ((LatLon(40, -77), LatLon(40.1, -76.9), LatLon(40.1, -77), LatLon(40, -76.9)),))
    assert pieces_of(crossed, 400.0)


def test_all_that_is_drawn_and_searched_is_asked_for() -> None:
    asked = {(key, value) for query in QUERIES for key, values in query.tags.items() for value in ([values] if values is True else values)}
    lines = QUERIES[2].ways
    for rule in selection.AREAS:
        assert {(rule.key, rule.value), (rule.key, True)} & asked, rule
    assert all(rule.key in lines or (rule.key, True) in asked for rule in selection.LINES)
    assert all(key in lines for key in ("natural", "railway", "route", "addr:interpolation"))
    assert all((key, True) in asked for key in ("building", "addr:housenumber", *_BUSINESS_KEYS))
    assert all(("place", kind) in asked for kind in (*_TOWNS, *selection.PLACES))
    assert all(("admin_level", level) in asked for level in selection.BOUNDARIES if level != "2")
