"""The encoder against a slow and plain reference, on random shapes in several layers of several tiles."""

import numpy as np
import pytest
import shapely

from planner.roads.basemap import encode
from planner.roads.basemap.encode import AttributeTable, Pieces, encode_tiles
from planner.roads.basemap.mvt import decode
from planner.roads.basemap.selection import LAYERS

ZOOM = 5
GRID = 4096
KINDS = ({"Point", "MultiPoint"}, {"LineString", "MultiLineString"}, {"Polygon", "MultiPolygon"})


def random_shape(random):
    """A shape whose points lie between those of the grid, so that rounding joins some of them."""
    size = random.choice([2, 300])
    points = random.uniform(0, size, (random.integers(3, 9), 2)) + random.uniform(-64, 4160 - size, 2)
    around = shapely.MultiPoint(points).convex_hull
    shapes = [
        shapely.Point(points[0]),
        shapely.MultiPoint(points),
        shapely.LineString(points),
        shapely.MultiLineString([points, points[::-1] + 7]),
        around,
        around.difference(around.centroid.buffer(size / 20)),
        shapely.MultiPolygon([around, shapely.transform(around, lambda xy: xy + np.array((2 * size, 0)))]),
        shapely.GeometryCollection([around, shapely.LineString(points)]),
    ]
    return shapes[random.integers(len(shapes))]


def random_features(random, count):
    names = [f"Street {number}" for number in range(200)]
    return [
        (
            (int(random.integers(3, 6)), int(random.integers(3, 5))),
            LAYERS[random.integers(len(LAYERS))],
            (("kind", "minor"), ("name", str(random.choice(names))), ("population", int(random.integers(-5, 2_000_000))))[
                : random.integers(4)
            ],
            random_shape(random),
        )
        for _ in range(count)
    ]


def encoded(features):
    table = AttributeTable()
    pieces = Pieces(
        np.array(
            [shapely.transform(shape, lambda xy, tile=tile: (xy / GRID + tile) / (1 << ZOOM)) for tile, _, _, shape in features], object
        ),
        np.array([tile for tile, *_ in features], np.int64),
        np.array([LAYERS.index(layer) for _, layer, *_ in features], np.int8),
        np.array([table.number(attributes) for _, _, attributes, _ in features], np.int64),
    )
    tiles = {}
    for (zoom, x, y), packed in encode_tiles(pieces, ZOOM, table):
        assert zoom == ZOOM
        assert (x, y) not in tiles
        for name, layer in decode(packed).layers.items():
            parts = np.split(layer.xy, np.flatnonzero(layer.starts)[1:])
            owners = layer.feature[layer.starts]
            for index, kind in enumerate(layer.kinds.tolist()):
                own = [part.tolist() for part, owner in zip(parts, owners, strict=True) if owner == index]
                tiles.setdefault((x, y), {}).setdefault(name, []).append((kind, layer.attributes(index), normal(kind, own)))
    return tiles


def expected(features):
    tiles = {}
    for tile, layer, attributes, shape in features:
        kind, parts = parts_of(shape)
        if parts:
            tiles.setdefault(tile, {}).setdefault(layer, []).append((kind, dict(attributes), normal(kind, parts)))
    return tiles


def parts_of(shape):
    """The kind of a shape and what the grid leaves of its points, lines and rings."""
    dimension = int(shapely.get_dimensions(shape))
    parts = []
    for part in shapely.get_parts(shape):
        if part.geom_type not in KINDS[dimension]:
            continue
        if dimension < 2:
            parts.append(on_grid(part))
        else:
            parts += [turned(part.exterior, 1), *(turned(hole, -1) for hole in part.interiors)]
    least = (1, 2, 3)[dimension]
    return dimension + 1, [part for part in parts if len(part) >= least and (dimension < 2 or area(part) != 0)]


def on_grid(part):
    points = [[int(value) for value in np.rint(point)] for point in part.coords]
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def area(ring):
    """Twice the area: positive when the ring turns clockwise on a screen, where y runs down."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], *ring[:1]], strict=True))


def turned(ring, side):
    """A ring on the grid, turned to one side before it was rounded."""
    return on_grid(ring if area(list(ring.coords)) * side >= 0 else ring.reverse())[:-1]


def normal(kind, parts):
    """Rings begin at their least point, wherever they were begun."""
    if kind != 3:
        return parts
    return [min(ring[at:] + ring[:at] for at in range(len(ring))) for ring in parts]


@pytest.mark.parametrize("points_at_once", [50, 1_000_000])
@pytest.mark.parametrize("seed", range(4))
def test_random_shapes_come_back_as_a_plain_reference_has_them(monkeypatch, seed, points_at_once):
    monkeypatch.setattr(encode, "_POINTS_AT_ONCE", points_at_once)
    features = random_features(np.random.default_rng(seed), 300)
    assert encoded(features) == expected(features)


def test_attributes_are_numbered_once():
    table = AttributeTable()
    some, other = (("kind", "minor"), ("oneway", 1)), (("kind", "minor"),)
    assert [table.number(one) for one in (some, other, (), some)] == [0, 1, 2, 0]
    assert table.having("oneway").tolist() == [True, False, False]
    assert not table.having("name").any()
