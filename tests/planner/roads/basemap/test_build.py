import math

import numpy as np
import pytest

from planner.errors import BadInputFile, Cancelled
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.basemap.build import build_basemap
from planner.roads.basemap.mvt import LINE, POINT, POLYGON, TileLayer, VectorTile
from planner.roads.basemap.reader import Basemap


def tile_at(zoom: int, point: LatLon) -> tuple[int, int, int]:
    side = 1 << zoom
    y = 0.5 - math.log(math.tan(math.pi / 4 + math.radians(point.lat) / 2)) / (2 * math.pi)
    return zoom, int((point.lon + 180) / 360 * side), int(y * side)


def features(layer: TileLayer, **wanted: str | int) -> list[int]:
    return [i for i in range(len(layer.kinds)) if wanted.items() <= layer.attributes(i).items()]


def all_features(basemap: Basemap, zoom: int, layer: str) -> list[dict[str, str | int | float | bool]]:
    found = []
    side = 1 << zoom
    _, left, top = tile_at(zoom, LatLon(basemap.bounds.north, basemap.bounds.west))
    _, right, bottom = tile_at(zoom, LatLon(basemap.bounds.south, basemap.bounds.east))
    for x in range(max(left, 0), min(right + 1, side)):
        for y in range(max(top, 0), min(bottom + 1, side)):
            tile = basemap.tile(zoom, x, y)
            if tile and layer in tile.layers:
                part = tile.layers[layer]
                found += [part.attributes(i) for i in range(len(part.kinds))]
    return found


def covers(layer: TileLayer, point: LatLon, zoom: int) -> bool:
    """Whether a polygon of the layer covers the point: the parity of the edges to the right of it."""
    _, x, y = tile_at(zoom, point)
    side = 1 << zoom
    px = ((point.lon + 180) / 360 * side - x) * layer.extent
    py = ((0.5 - math.log(math.tan(math.pi / 4 + math.radians(point.lat) / 2)) / (2 * math.pi)) * side - y) * layer.extent
    crossings = 0
    begins = np.flatnonzero(layer.starts)
    for begin, end in zip(begins, [*begins[1:], len(layer.xy)], strict=True):
        if layer.kinds[layer.feature[begin]] != POLYGON:
            continue
        ring = layer.xy[begin:end].astype(float)
        for (x1, y1), (x2, y2) in zip(ring, np.roll(ring, -1, axis=0), strict=True):
            if (y1 > py) != (y2 > py) and px < (x2 - x1) * (py - y1) / (y2 - y1) + x1:
                crossings += 1
    return crossings % 2 == 1


def of(basemap: Basemap, zoom: int, lat: float, lon: float) -> VectorTile:
    tile = basemap.tile(*tile_at(zoom, LatLon(lat, lon)))
    assert tile is not None
    return tile


def test_a_town_has_all_its_layers(town):
    names = {name for lon in (-75.05, -75.03, -75.025, -75.0) for lat in (39.99, 40.002, 40.015) for name in of(town, 14, lat, lon).layers}
    assert names == {"roads", "landuse", "water", "buildings", "boundaries", "places"}


def test_zooms_run_from_6_to_14(town):
    assert (town.min_zoom, town.max_zoom) == (6, 14)
    assert town.tile(*tile_at(6, LatLon(40.0, -75.03))) is not None
    assert town.tile(*tile_at(15, LatLon(40.0, -75.03))) is None


def test_a_motorway_is_there_from_far_and_a_street_only_close(town):
    assert {road["kind"] for road in all_features(town, 6, "roads")} == {"highway"}
    assert {road["kind"] for road in all_features(town, 13, "roads")} == {"highway", "minor"}


def test_roads_keep_what_is_needed_to_draw_them(town):
    roads = all_features(town, 14, "roads")
    assert {"kind": "highway", "detail": "motorway", "ref": "I 99", "oneway": 1} in roads
    assert {"kind": "minor", "detail": "residential", "name": "Bridge Street", "bridge": 1} in roads


def test_driveways_are_not_drawn(town):
    assert not any(road["kind"] == "service" for road in all_features(town, 14, "roads"))


def test_two_pieces_of_one_street_become_one_line(town):
    roads = of(town, 13, 40.0, -75.03).layers["roads"]
    (street,) = features(roads, name="Main Street")
    assert roads.kinds[street] == LINE
    assert roads.starts[roads.feature == street].sum() == 1


def test_the_sea_is_east_of_the_coast_and_not_west_of_it(town):
    at_sea, ashore = LatLon(40.005, -74.9995), LatLon(40.005, -75.0005)
    assert covers(of(town, 14, at_sea.lat, at_sea.lon).layers["water"], at_sea, 14)
    water = of(town, 14, ashore.lat, ashore.lon).layers.get("water")
    assert water is None or not covers(water, ashore, 14)


def test_a_named_pond_and_park_have_a_label_in_their_middle(town):
    labels = {place["name"]: place for place in all_features(town, 14, "places")}
    assert labels["Green Park"]["kind"] == "park"
    assert labels["Round Pond"]["kind"] == "water"
    assert labels["Seaford"]["population"] == 12_000
    places = of(town, 14, 40.015, -75.025).layers["places"]
    assert {places.kinds[i] for i in features(places, kind="park")} == {POINT}


def test_a_boundary_is_drawn_though_its_ways_have_no_tags(town):
    assert {"kind": "county"} in all_features(town, 9, "boundaries")


def test_a_building_is_only_at_the_closest_zoom(town):
    assert all_features(town, 14, "buildings") == [{"kind": "building"}]
    assert all_features(town, 13, "buildings") == []


def test_bounds_reach_a_little_over_the_roads(town):
    assert town.bounds.contains(LatLon(40.02, -75.04))
    assert not town.bounds.contains(LatLon(40.2, -75.04))


def test_the_same_extract_gives_the_same_file(town_extract, town_file, tmp_path):
    again = tmp_path / "again.pmtiles"
    build_basemap(town_extract, again, silent)
    assert again.read_bytes() == town_file.read_bytes()


def test_progress_rises_to_the_end(town_extract, tmp_path):
    seen: list[float] = []
    build_basemap(town_extract, tmp_path / "out.pmtiles", lambda fraction, _text: seen.append(fraction))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert len(seen) > 20


@pytest.mark.parametrize("when", [0.0, 0.4, 0.6, 0.97])
def test_a_cancelled_build_leaves_nothing_behind_and_the_old_map_whole(town_extract, tmp_path, when):
    out = tmp_path / "basemap.pmtiles"
    out.write_bytes(b"the old map")

    def stop(fraction: float, _text: str) -> None:
        if fraction >= when:
            raise Cancelled

    with pytest.raises(Cancelled):
        build_basemap(town_extract, out, stop)
    assert [path.name for path in tmp_path.iterdir()] == ["basemap.pmtiles"]
    assert out.read_bytes() == b"the old map"


@pytest.mark.parametrize("content", [b"", b"not a map at all", b"<?xml version='1.0'?><osm version='0.6'><node id="])
@pytest.mark.parametrize("name", ["broken.osm", "broken.osm.pbf"])
def test_a_file_that_is_no_extract_is_refused_plainly(tmp_path, name, content):
    extract = tmp_path / name
    extract.write_bytes(content)
    with pytest.raises(BadInputFile, match=r"broken\.osm") as refused:
        build_basemap(extract, tmp_path / "out.pmtiles", silent)
    assert refused.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_missing_file_is_refused_plainly(tmp_path):
    with pytest.raises(BadInputFile, match=r"gone\.osm\.pbf"):
        build_basemap(tmp_path / "gone.osm.pbf", tmp_path / "out.pmtiles", silent)


def test_an_extract_without_roads_is_refused(osm, tmp_path):
    osm.box(40.0, -75.0, 40.1, -74.9, natural="water")
    extract = osm.write(tmp_path / "lake.osm")
    with pytest.raises(BadInputFile, match="no roads"):
        build_basemap(extract, tmp_path / "out.pmtiles", silent)


def test_a_way_without_all_its_nodes_is_left_out(osm, tmp_path):
    osm.way((40.0, -75.0), (40.0, -75.01), highway="primary", name="Whole Road")
    osm.ways.append(([998, 999], {"highway": "primary", "name": "Cut Road"}))
    out = tmp_path / "out.pmtiles"
    build_basemap(osm.write(tmp_path / "cut.osm"), out, silent)
    with Basemap(out) as basemap:
        assert {road.get("name") for road in all_features(basemap, 14, "roads")} == {"Whole Road"}


def test_real_roads_of_baltimore_are_drawn(shared_data, tmp_path):
    out = tmp_path / "baltimore.pmtiles"
    bounds = build_basemap(shared_data / "osm" / "baltimore.osm.pbf", out, silent)
    harbour = LatLon(39.2755, -76.5810)
    assert bounds.contains(harbour)
    with Basemap(out) as basemap:
        assert covers(of(basemap, 14, harbour.lat, harbour.lon).layers["water"], harbour, 14)
        assert any(road.get("ref") == "I 95" for road in all_features(basemap, 10, "roads"))


def test_the_sea_is_around_oahu_and_not_on_it(shared_data, tmp_path):
    out = tmp_path / "honolulu.pmtiles"
    build_basemap(shared_data / "osm" / "honolulu.osm.pbf", out, silent)
    with Basemap(out) as basemap:
        for at_sea in (LatLon(21.27, -157.88), LatLon(21.70, -157.80), LatLon(21.60, -158.28)):
            assert covers(of(basemap, 12, at_sea.lat, at_sea.lon).layers["water"], at_sea, 12), at_sea
        for ashore in (LatLon(21.309, -157.858), LatLon(21.50, -158.02)):
            water = of(basemap, 12, ashore.lat, ashore.lon).layers.get("water")
            assert water is None or not covers(water, ashore, 12), ashore


def test_a_river_that_the_extract_cuts_open_keeps_its_water(shared_data, tmp_path):
    # The Juniata: its relation has lost the ways beyond the extract, so that it makes no area.
    out = tmp_path / "college.pmtiles"
    build_basemap(shared_data / "osm" / "state-college.osm.pbf", out, silent)
    with Basemap(out) as basemap:
        river, square = LatLon(40.56043, -77.61066), LatLon(40.59770, -77.57340)  # north of Granville; the middle of Lewistown
        assert covers(of(basemap, 14, river.lat, river.lon).layers["water"], river, 14)
        water = of(basemap, 14, square.lat, square.lon).layers.get("water")
        assert water is None or not covers(water, square, 14)
