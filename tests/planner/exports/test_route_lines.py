import math
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.exports.route_lines import packed_line
from planner.model.places import LatLon


def unpacked(steps):
    lat = lon = 0
    points = []
    for dlat, dlon in zip(steps[::2], steps[1::2], strict=True):
        lat, lon = lat + dlat, lon + dlon
        points.append(LatLon(lat / 1e5, lon / 1e5))
    return points


def metres_from_line(point, line):
    """Distance of a point from the nearest segment, on a plane around it."""
    flat = [((p.lon - point.lon) * math.cos(math.radians(point.lat)) * 111195, (p.lat - point.lat) * 111195) for p in line]
    gaps = [math.hypot(*flat[0])]
    for (ax, ay), (bx, by) in pairwise(flat):
        square = (bx - ax) ** 2 + (by - ay) ** 2
        share = min(max(-(ax * (bx - ax) + ay * (by - ay)) / square, 0), 1) if square else 0
        gaps.append(math.hypot(ax + share * (bx - ax), ay + share * (by - ay)))
    return min(gaps)


def test_no_shape_is_no_line():
    assert packed_line([]) == []


def test_points_on_a_straight_road_are_left_out():
    straight = [LatLon(40 + i / 1000, -75) for i in range(50)]
    assert unpacked(packed_line(straight)) == [straight[0], straight[-1]]


def test_a_corner_stays():
    corner = [LatLon(40, -75), LatLon(40.01, -75), LatLon(40.01, -74.99)]
    assert unpacked(packed_line(corner)) == corner


def test_a_way_out_and_back_stays():
    there_and_back = [LatLon(40, -75), LatLon(40.01, -75), LatLon(40, -75)]
    assert unpacked(packed_line(there_and_back)) == there_and_back


def test_a_drive_to_the_same_place_is_one_point():
    assert unpacked(packed_line([LatLon(40, -75)] * 3)) == [LatLon(40, -75)]


steps = st.lists(st.tuples(st.integers(-300, 300), st.integers(-300, 300)), min_size=1, max_size=60)


@settings(deadline=None, max_examples=60)
@given(steps)
def test_every_point_left_out_is_within_the_tolerance_of_the_line(walk):
    lat, lon, shape = 4_000_000, -7_500_000, []
    for dlat, dlon in walk:
        lat, lon = lat + dlat, lon + dlon
        shape.append(LatLon(lat / 1e5, lon / 1e5))
    line = unpacked(packed_line(shape, tolerance_m=2.0))
    assert (line[0], line[-1]) == (shape[0], shape[-1])
    assert max(metres_from_line(point, line) for point in shape) < 2.2
