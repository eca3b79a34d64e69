"""A basemap made by hand: the left half of every tile is water, a street runs through the middle, a town lies on it."""

from dataclasses import dataclass

import numpy as np
import pytest

from planner.model.places import Bounds, LatLon
from planner.model.week import VisitKind
from ui.map.pins import Pin
from ui.map.view import MapView

MIDDLE = LatLon(40.79, -77.86)


@dataclass
class Layer:
    """Features as (kind, attributes, points)."""

    features: list

    @property
    def kinds(self):
        return np.array([kind for kind, _, _ in self.features], np.int8)

    @property
    def xy(self):
        return np.concatenate([np.array(points, np.int32) for _, _, points in self.features])

    @property
    def starts(self):
        return np.concatenate([np.arange(len(points)) == 0 for _, _, points in self.features])

    @property
    def feature(self):
        return np.repeat(np.arange(len(self.features)), [len(points) for _, _, points in self.features])

    def attributes(self, index):
        return self.features[index][1]


@dataclass
class Tile:
    layers: dict


class HandMade:
    """The same tile everywhere."""

    min_zoom, max_zoom = 6, 14
    bounds = Bounds(40.4, -78.4, 41.2, -77.2)

    def __init__(self):
        self.asked = []

    def tile(self, z, x, y):
        self.asked.append((z, x, y))
        water = (3, {"kind": "water"}, [(-64, -64), (2048, -64), (2048, 4160), (-64, 4160)])
        street = (2, {"kind": "major", "name": "Long Street", "ref": "US 322"}, [(-64, 3000), (4160, 3000)])
        lane = (2, {"kind": "minor", "name": "Short Lane"}, [(2300, -64), (2300, 4160)])
        town = (1, {"kind": "town", "name": f"Town {x} {y}", "population": 9000, "from_zoom": 6}, [(3000, 1000)])
        return Tile({"water": Layer([water]), "roads": Layer([street, lane]), "places": Layer([town])})


@pytest.fixture
def tile_of():
    """Makes a tile of features: (layer, kind of shape, attributes, points) each."""

    def made(*features):
        layers = {layer for layer, _, _, _ in features}
        return Tile({layer: Layer([rest for one, *rest in features if one == layer]) for layer in layers})

    return made


@pytest.fixture
def basemap():
    return HandMade()


@pytest.fixture
def pins():
    """Four accounts, one of each kind, in a row to the east."""
    return [Pin(100 + n, LatLon(40.79, -77.86 + n * 0.02), kind, f"Account {n}", "1 Main Street") for n, kind in enumerate(VisitKind)]


@pytest.fixture
def view(qtbot, basemap):
    """A shown map that has come to rest."""
    made = MapView()
    qtbot.addWidget(made)
    made.resize(600, 400)
    made.set_basemap(basemap)
    made.show()
    made.centre_on(MIDDLE, 12)
    qtbot.waitUntil(lambda: made.is_settled, timeout=10_000)
    yield made
    made.stop()


@pytest.fixture
def settle(qtbot):
    """Waits until a map is at rest."""
    return lambda made: qtbot.waitUntil(lambda: made.is_settled, timeout=10_000)
