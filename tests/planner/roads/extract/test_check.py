"""What is an extract, and what is not."""

import bz2
import gzip
import random
from pathlib import Path

import pytest

from planner.errors import BadInputFile, Cancelled
from planner.progress import silent
from planner.roads.extract.check import check_extract
from planner.roads.extract.clip import cut_extract


def test_an_extract_tells_what_it_covers(town: Path) -> None:
    info = check_extract(town)
    assert (info.ways, info.nodes, info.data_date) == (36, 324, "2024-05-06")
    assert (info.bounds.south, info.bounds.north) == pytest.approx((40.0, 40.008))
    assert (info.bounds.west, info.bounds.east) == pytest.approx((-77.0, -76.942))


@pytest.mark.parametrize(("suffix", "pack"), [(".osm.gz", gzip.compress), (".osm.bz2", bz2.compress)])
def test_packed_extracts_are_read_as_well(town: Path, tmp_path: Path, suffix: str, pack) -> None:
    packed = tmp_path / f"town{suffix}"
    packed.write_bytes(pack(town.read_bytes()))
    assert check_extract(packed) == check_extract(town)


def test_the_file_states_its_date_better_than_its_roads(shared_data: Path) -> None:
    assert check_extract(shared_data / "osm" / "baltimore.osm.pbf").data_date == "2015-02-18"
    assert check_extract(shared_data / "osm" / "state-college.osm.pbf").data_date == ""


def bad_files(town: Path, folder: Path) -> dict[str, Path]:
    cut_extract([town], None, folder / "whole.osm.pbf", silent)
    pbf = (folder / "whole.osm.pbf").read_bytes()
    contents = {
        "empty.osm.pbf": b"",
        "cut.osm.pbf": pbf[: len(pbf) * 2 // 3],
        "noise.osm.pbf": random.Random(1).randbytes(5000),
        "letter.osm": b"Dear Sir or Madam,\nplease find attached.\n",
        "cut.osm": town.read_bytes()[:9000],
        "noise.osm.gz": random.Random(2).randbytes(5000),
        "page.osm": b"<html><body>404 not found</body></html>",
        "accounts.csv": b"Account Name\nAcme\n",
        "empty-inside.osm": b'<?xml version="1.0"?><osm version="0.6"></osm>',
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return {name: folder / name for name in contents} | {"missing.osm.pbf": folder / "missing.osm.pbf", "folder.osm": folder}


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("empty.osm.pbf", "is empty"),
        ("cut.osm.pbf", "cannot be read"),
        ("noise.osm.pbf", "cannot be read"),
        ("letter.osm", "cannot be read"),
        ("cut.osm", "cannot be read"),
        ("noise.osm.gz", "cannot be read"),
        ("page.osm", "cannot be read"),
        ("accounts.csv", "is not an OSM extract"),
        ("empty-inside.osm", "no road"),
        ("missing.osm.pbf", "is not there"),
        ("folder.osm", "is not there"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_in_words(town: Path, tmp_path: Path, name: str, says: str) -> None:
    with pytest.raises(BadInputFile, match=says) as raised:
        check_extract(bad_files(town, tmp_path)[name])
    assert raised.value.remedy


def test_an_extract_of_footpaths_has_no_road(town: Path, tmp_path: Path) -> None:
    paths = tmp_path / "paths.osm"
    paths.write_text(town.read_text(encoding="utf-8").replace("residential", "footway"), encoding="utf-8")
    with pytest.raises(BadInputFile, match="no road a car can use"):
        check_extract(paths)


def test_reading_can_be_stopped(town: Path) -> None:
    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        check_extract(town, stop)
