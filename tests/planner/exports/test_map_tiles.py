import base64

import pytest

from planner.errors import Cancelled
from planner.exports.map_tiles import choose_tiles
from planner.model.places import LatLon
from planner.progress import silent

HOME, CLIENT = LatLon(40.0, -75.0), LatLon(40.0, -74.8)
DRIVE = [LatLon(40.0, -75.0 + i / 1000) for i in range(201)]


def every_tile(_z, _x, _y):
    return bytes(75)


def zooms(tiles):
    return {int(key.split("/")[0]) for key in tiles}


def test_tiles_are_kept_as_they_are_in_base64(tile_source):
    tiles = choose_tiles([], [HOME], tile_source, 10**6, silent)
    assert zooms(tiles) == set(range(7, 15))  # its biggest road is a primary, drawn from zoom 7
    for key, text in tiles.items():
        assert base64.b64decode(text) == tile_source(*map(int, key.split("/")))


def test_with_room_enough_the_whole_drive_is_covered_at_the_closest_zoom():
    tiles = choose_tiles(DRIVE, [HOME, CLIENT], every_tile, 10**9, silent)
    row = {key for key in tiles if key.startswith("14/") and key.endswith("/6202")}
    assert {f"14/{x}/6202" for x in range(4778, 4788)} <= row


@pytest.mark.parametrize("budget", [0, 1_000, 5_000, 20_000, 60_000])
def test_the_tiles_never_need_more_than_their_room(budget):
    tiles = choose_tiles(DRIVE, [HOME, CLIENT], every_tile, budget, silent)
    assert sum(len(f'"{key}":"{text}",') for key, text in tiles.items()) <= budget


def test_a_smaller_room_gives_up_the_closest_tiles_first_and_never_the_far_ones():
    whole = choose_tiles(DRIVE, [HOME, CLIENT], every_tile, 10**9, silent)
    half = choose_tiles(DRIVE, [HOME, CLIENT], every_tile, len(whole) * 60, silent)
    lost = whole.keys() - half.keys()
    assert half.keys() < whole.keys()
    assert min(zooms(lost)) > 10
    assert sum(key.startswith("14/") for key in lost) > sum(key.startswith("12/") for key in lost)


def test_close_tiles_with_stops_outlast_those_that_only_have_a_drive():
    def keys(budget):
        return choose_tiles(DRIVE, [HOME, CLIENT], every_tile, budget, silent).keys()

    order = [key for budget in range(0, 60_000, 500) for key in keys(budget)]
    first = {key: order.index(key) for key in ("14/4778/6202", "14/4783/6202", "14/4783/6201")}
    assert first["14/4778/6202"] < first["14/4783/6202"] < first["14/4783/6201"]


def test_without_places_there_are_no_tiles():
    assert choose_tiles([], [], every_tile, 10**6, silent) == {}


def test_where_the_basemap_is_empty_nothing_is_carried():
    assert choose_tiles(DRIVE, [HOME], lambda *_: None, 10**6, silent) == {}


def test_it_can_be_cancelled():
    def stop(_fraction, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        choose_tiles(DRIVE, [HOME], every_tile, 10**6, stop)
