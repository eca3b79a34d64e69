"""What lies outside the ground that a basemap covers."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from planner.model.places import Bounds
from ui.map.camera import Camera, latlon_of, world_of
from ui.map.extent import extent_of
from ui.map.outside import OUTSIDE, outside_label, paint_outside
from ui.map.palette import DARK, LIGHT
from ui.map.tile_painter import UNITS


@pytest.fixture
def half(tile_of):
    """A basemap whose box is four tiles wide and high; there are streets in the eastern half of it only."""

    class Half:
        min_zoom, max_zoom = 6, 14
        west, north = 4640, 6176
        bounds = Bounds(
            latlon_of(0, (north + 4) / 2**14).lat, latlon_of(west / 2**14, 0).lon, latlon_of(0, north / 2**14).lat,
            latlon_of((west + 4) / 2**14, 0).lon,
        )  # fmt: skip

        def tile(self, z, x, y):
            if z != 14 or not (self.west + 2 <= x < self.west + 4 and self.north <= y < self.north + 4):
                return None
            steps = range(0, UNITS, 256)
            return tile_of(*(("roads", 2, {"kind": "minor"}, [(0, at), (UNITS - 1, at)]) for at in steps))

    return Half()


@pytest.fixture
def extent(half):
    return extent_of(half)


def at(half, across, down):
    """The world position so many tiles from the north-west corner of the basemap."""
    return (half.west + across) / 2**14, (half.north + down) / 2**14


def camera_on(half, across, down=2.0):
    return Camera(*at(half, across, down), 14, 800, 400)


def test_what_has_no_roads_up_to_the_edge_is_outside(half, extent):
    spots = np.array([at(half, across, 2) for across in (-1, 0.5, 1.9, 2.1, 3, 3.9, 4.5)])
    assert extent.is_outside(spots).tolist() == [True, True, True, False, False, False, True]


def test_a_gap_between_roads_is_not_outside(half, tile_of):
    whole = half.tile

    def holed(z, x, y):
        return None if (x, y) == (half.west + 3, half.north + 1) else whole(z, x, y)

    half.tile = holed
    half.bounds = Bounds(half.bounds.south, half.bounds.west, half.bounds.north, half.bounds.east)
    assert not extent_of(half).is_outside(np.array([at(half, 2.5, 1.5)])).any()


def test_without_roads_nothing_is_said(half):
    half.tile = lambda _z, _x, _y: None
    assert extent_of(half) is None


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_outside_is_shaded_and_inside_is_not(half, extent, palette):
    image = QImage(800, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(palette.ground))
    painter = QPainter(image)
    paint_outside(painter, extent, camera_on(half, 2), palette)
    painter.end()
    assert image.pixelColor(100, 200).lightness() < QColor(palette.ground).lightness()
    assert image.pixelColor(700, 200).name() == palette.ground


def test_the_word_stands_outside_beside_the_edge_and_gives_way(half, extent):
    def measure(text, style):
        return len(text) * style.size_px * 0.6

    camera = camera_on(half, 2)
    (label,) = outside_label(extent, camera, measure, ())
    assert label.rows == (OUTSIDE,)
    left, _, right, _ = label.boxes[0]
    assert 0 < left < right < 400
    assert right > 300
    assert not outside_label(extent, camera_on(half, 3.2), measure, ())
    assert not outside_label(extent, camera, measure, [(0, 0, 800, 400)])


def test_the_map_says_where_its_roads_end(view, settle, half):
    view.set_basemap(half)
    view.centre_on(latlon_of(*at(half, 2, 2)), 14)
    settle(view)
    assert OUTSIDE in [row for label in view._overlay.overlay.labels for row in getattr(label, "rows", ())]
    view.centre_on(latlon_of(*at(half, 3, 2)), 17)
    settle(view)
    assert OUTSIDE not in [row for label in view._overlay.overlay.labels for row in getattr(label, "rows", ())]
    assert world_of(view.camera.centre) == pytest.approx(at(half, 3, 2))
