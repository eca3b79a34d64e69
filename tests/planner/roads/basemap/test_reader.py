import gzip
from concurrent.futures import ThreadPoolExecutor

import pytest

from planner.errors import PackProblem
from planner.roads.basemap.mvt import decode
from planner.roads.basemap.reader import Basemap

TOWN = (12, 1194, 1550)  # 40.0 N 75.03 W


def test_raw_bytes_are_the_tile_compressed(town):
    raw, tile = town.raw(*TOWN), town.tile(*TOWN)
    assert decode(gzip.decompress(raw)).layers.keys() == tile.layers.keys()


@pytest.mark.parametrize("tile", [(12, 0, 0), (5, 9, 12), (15, 9552, 12400), (12, -1, 1550), (12, 1194, 5000), (12, 4096, 1550)])
def test_where_nothing_is_drawn_there_is_no_tile(town, tile):
    assert town.raw(*tile) is None
    assert town.tile(*tile) is None


def test_many_threads_read_the_same_tiles(town_file):
    with Basemap(town_file) as basemap:
        wanted = [(z, 1194 >> (12 - z), 1550 >> (12 - z)) for z in range(6, 13)] * 30
        alone = [basemap.raw(*tile) for tile in wanted]
        with ThreadPoolExecutor(8) as pool:
            together = list(pool.map(lambda tile: basemap.raw(*tile), wanted))
        assert together == alone


def test_a_closed_basemap_has_no_tiles(town_file):
    basemap = Basemap(town_file)
    basemap.close()
    assert basemap.raw(*TOWN) is None


def test_a_missing_file_is_a_problem_of_the_pack(tmp_path):
    with pytest.raises(PackProblem, match="cannot be opened"):
        Basemap(tmp_path / "basemap.pmtiles")


@pytest.mark.parametrize("content", [b"", b"PMTiles", b"PMTiles\x02" + bytes(200), bytes(500)])
def test_a_file_that_is_no_basemap_is_a_problem_of_the_pack(tmp_path, content):
    path = tmp_path / "basemap.pmtiles"
    path.write_bytes(content)
    with pytest.raises(PackProblem, match="damaged"):
        Basemap(path)


def read_all(path):
    with Basemap(path) as basemap:
        for zoom in range(6, 15):
            for x in range(4770 >> (14 - zoom), (4790 >> (14 - zoom)) + 1):
                for y in range(6190 >> (14 - zoom), (6215 >> (14 - zoom)) + 1):
                    basemap.tile(zoom, x, y)


def test_a_cut_off_file_is_a_problem_of_the_pack(town_file, tmp_path):
    whole = town_file.read_bytes()
    path = tmp_path / "basemap.pmtiles"
    for size in (130, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:size])
        with pytest.raises(PackProblem, match="damaged"):
            read_all(path)


def test_a_damaged_tile_is_a_problem_of_the_pack(town_file, tmp_path):
    with Basemap(town_file) as basemap:
        tile = basemap.raw(*TOWN)
    path = tmp_path / "basemap.pmtiles"
    path.write_bytes(town_file.read_bytes().replace(tile, bytes(len(tile))))
    with Basemap(path) as basemap, pytest.raises(PackProblem, match="12/1194/1550"):
        basemap.tile(*TOWN)
