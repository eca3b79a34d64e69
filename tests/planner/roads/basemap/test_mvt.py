import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.roads.basemap.encode import AttributeTable, Pieces, encode_tiles
from planner.roads.basemap.mvt import LINE, POINT, POLYGON, DamagedTile, decode
from planner.roads.basemap.selection import LAYERS

GRID = 4096.0
WORLD = (0, 0, 0)  # the tile whose grid is the world square times 4096


def tiles_of(*features):
    """The tiles of (layer, attributes, shape on the grid of its tile, tile) at a zoom, encoded."""
    zoom = features[0][3][0] if features else 0
    side = 1 << zoom
    table = AttributeTable()
    pieces = Pieces(
        np.array([shapely.transform(shape, lambda xy, at=at: (xy / GRID + at[1:]) / side) for _, _, shape, at in features], object),
        np.array([at[1:] for *_, at in features], np.int64).reshape(-1, 2),
        np.array([LAYERS.index(layer) for layer, *_ in features], np.int8),
        np.array([table.number(attributes) for _, attributes, *_ in features], np.int64),
    )
    return dict(encode_tiles(pieces, zoom, table))


def encoded(*features):
    """Encode (layer, attributes, shape on the grid) into the world tile and decode it."""
    return decode(tiles_of(*((*feature, WORLD) for feature in features)).get(WORLD, b"")).layers


def points_of(layer, feature):
    return layer.xy[layer.feature == feature].tolist()


def test_points_lines_and_polygons_come_back_as_they_went_in():
    layers = encoded(
        ("places", (("name", "Here"),), shapely.Point(10, 20)),
        ("roads", (("kind", "minor"),), shapely.LineString([(0, 0), (100, 50), (90, 4000)])),
        ("water", (("kind", "water"),), shapely.box(5, 5, 15, 25)),
    )
    assert points_of(layers["places"], 0) == [[10, 20]]
    assert layers["places"].kinds.tolist() == [POINT]
    assert points_of(layers["roads"], 0) == [[0, 0], [100, 50], [90, 4000]]
    assert layers["roads"].kinds.tolist() == [LINE]
    assert sorted(points_of(layers["water"], 0)) == [[5, 5], [5, 25], [15, 5], [15, 25]]
    assert layers["water"].kinds.tolist() == [POLYGON]


def test_attributes_come_back_with_their_types():
    attributes = (("name", "Große Straße"), ("lanes", 4), ("level", -1), ("population", 1_500_000))
    layer = encoded(("roads", attributes, shapely.LineString([(0, 0), (1, 1)])))["roads"]
    assert layer.attributes(0) == dict(attributes)


def test_a_number_and_a_text_that_look_alike_stay_apart():
    line = shapely.LineString([(0, 0), (1, 1)])
    layer = encoded(("roads", (("ref", "1"),), line), ("roads", (("ref", 1),), line))["roads"]
    assert [layer.attributes(0)["ref"], layer.attributes(1)["ref"]] == ["1", 1]


def test_more_than_127_different_values_fit():
    line = shapely.LineString([(0, 0), (1, 1)])
    layer = encoded(*[("roads", (("name", f"Street {i}"),), line) for i in range(300)])["roads"]
    assert [layer.attributes(i)["name"] for i in range(300)] == [f"Street {i}" for i in range(300)]


def test_each_part_of_a_shape_has_its_start():
    lines = shapely.MultiLineString([[(0, 0), (1, 1), (2, 0)], [(9, 9), (8, 8)]])
    hole = shapely.Polygon([(0, 0), (0, 99), (99, 99), (99, 0)], [[(10, 10), (20, 10), (20, 20)]])
    layers = encoded(("roads", (), lines), ("water", (), hole))
    assert layers["roads"].starts.tolist() == [True, False, False, True, False]
    assert np.flatnonzero(layers["water"].starts).tolist() == [0, 4]


def test_outer_rings_turn_clockwise_on_the_screen_and_holes_the_other_way():
    hole = shapely.Polygon([(0, 0), (0, 99), (99, 99), (99, 0)], [[(10, 10), (20, 10), (20, 20)]])
    water = encoded(("water", (), hole))["water"]
    areas = []
    for ring in np.split(water.xy.astype(int), np.flatnonzero(water.starts)[1:]):
        after = np.roll(ring, -1, axis=0)
        areas.append(int((ring[:, 0] * after[:, 1] - after[:, 0] * ring[:, 1]).sum()))
    assert areas[0] > 0 > areas[1]  # by the surveyor's formula with y down


def test_what_is_smaller_than_the_grid_is_left_out():
    speck = shapely.Polygon([(5, 5), (5.1, 5), (5.1, 5.1)])
    dash = shapely.LineString([(5, 5), (5.2, 5.1)])
    layers = encoded(("water", (), speck), ("roads", (), dash), ("places", (("name", "A"),), shapely.Point(1, 1)))
    assert layers.keys() == {"places"}


def test_a_tile_of_nothing_is_none():
    assert tiles_of() == {}
    assert tiles_of(("roads", (), shapely.LineString([(5, 5), (5.2, 5.1)]), WORLD)) == {}
    assert decode(b"").layers == {}


def test_a_line_left_at_the_edge_of_a_clipped_polygon_is_left_out():
    both = shapely.GeometryCollection([shapely.box(0, 0, 9, 9), shapely.LineString([(20, 0), (30, 0)])])
    water = encoded(("water", (), both))["water"]
    assert len(points_of(water, 0)) == 4


coordinates = st.tuples(st.integers(-64, 4160), st.integers(-64, 4160))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(coordinates, min_size=2, max_size=12), min_size=1, max_size=20))
def test_any_lines_survive(lines):
    layers = encoded(*[("roads", (("n", n),), shapely.LineString(line)) for n, line in enumerate(lines)])
    moving = [(n, [p for i, p in enumerate(line) if i == 0 or p != line[i - 1]]) for n, line in enumerate(lines)]
    expected = {n: [list(p) for p in line] for n, line in moving if len(line) > 1}
    roads = layers.get("roads")
    found = {roads.attributes(i)["n"]: points_of(roads, i) for i in range(len(roads.kinds))} if roads else {}
    assert found == expected


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_damaged_bytes_are_told_or_decoded_but_never_break(data):
    line, box = shapely.LineString([(410, 410), (820, 1230), (2048, 410)]), shapely.box(410, 410, 1640, 1640)
    features = [("roads", (("kind", "minor"),), line, WORLD), ("water", (("kind", "water"),), box, WORLD)]
    tile = bytearray(tiles_of(*features)[WORLD])
    for _ in range(data.draw(st.integers(1, 4))):
        tile[data.draw(st.integers(0, len(tile) - 1))] = data.draw(st.integers(0, 255))
    try:
        decode(bytes(tile[: data.draw(st.integers(0, len(tile)))]))
    except DamagedTile:
        return
