"""Shapes as Valhalla writes them are read as Valhalla itself reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from valhalla.midgard.utils import decode_polyline

from planner.model.places import LatLon
from planner.roads.routing.answers import points

DEGREES = st.tuples(st.integers(-90_000_000, 90_000_000), st.integers(-180_000_000, 180_000_000))


def written(number):
    """A number as groups of five bits, the lowest first."""
    left, text = (number << 1) ^ (number >> 63), ""
    while left >= 0x20:
        text += chr((left & 0x1F | 0x20) + 63)
        left >>= 5
    return text + chr(left + 63)


@given(st.lists(DEGREES, max_size=30))
def test_a_shape_is_read_as_valhalla_reads_it(line):
    before = [(0, 0), *line]
    shape = "".join(written(now - then) for here, there in zip(before, line, strict=False) for then, now in zip(here, there, strict=True))
    found = points(shape)
    assert found == tuple(LatLon(lat / 1e6, lon / 1e6) for lat, lon in line)
    assert found == tuple(LatLon(round(lat, 6), round(lon, 6)) for lat, lon in decode_polyline(shape, order="latlng"))


@pytest.mark.parametrize("shape", ["ihzqmA", "ihzqmAh_jctCh", "ihzqmAh_jct", "ÿ", "_"])
def test_what_breaks_off_is_no_shape(shape):
    with pytest.raises(ValueError, match=r".+"):
        points(shape)
