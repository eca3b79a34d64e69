"""Cutting a footprint out of extracts, and joining extracts that adjoin."""

import bz2
import gzip
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import osmium
import pytest

from planner.errors import BadInputFile, Cancelled
from planner.model.areas import Area
from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from planner.progress import silent
from planner.roads.extract.check import check_extract
from planner.roads.extract.clip import cut_extract
from planner.roads.pack.packs import hash_files, write_manifest
from planner.roads.pack.tiles import build_tiles
from planner.roads.routing.engine import Engine


def box(south: float, west: float, north: float, east: float, name: str = "a box") -> Area:
    return Area(name, ((LatLon(south, west), LatLon(south, east), LatLon(north, east), LatLon(north, west)),))


@dataclass
class Osm:
    """An extract written by hand: nodes on a line 0.01 degrees apart, ways and relations by their members."""

    bounds: Bounds | None = None
    date: str = ""
    lines: list[str] = field(default_factory=list)

    def node(self, number: int, lat: float, lon: float, version: int = 1) -> None:
        self.lines.append(f'<node id="{number}" version="{version}" lat="{lat}" lon="{lon}"/>')

    def way(self, number: int, *nodes: int, version: int = 1, edited: str = "2024-05-06T07:08:09Z", **tags: str) -> None:
        refs = "".join(f'<nd ref="{node}"/>' for node in nodes)
        self.lines.append(f'<way id="{number}" version="{version}" timestamp="{edited}">{refs}{_tags(tags)}</way>')

    def relation(self, number: int, *members: tuple[str, int, str], version: int = 1, **tags: str) -> None:
        inside = "".join(f'<member type="{kind}" ref="{ref}" role="{role}"/>' for kind, ref, role in members)
        self.lines.append(f'<relation id="{number}" version="{version}">{inside}{_tags(tags)}</relation>')

    def write(self, path: Path) -> Path:
        b = self.bounds
        head = f'<bounds minlat="{b.south}" minlon="{b.west}" maxlat="{b.north}" maxlon="{b.east}"/>' if b else ""
        text = f'<?xml version="1.0"?><osm version="0.6">{head}{"".join(self.lines)}</osm>'
        if not self.date:
            path.write_text(text, encoding="utf-8")
            return path
        header = osmium.io.Header()
        header.set("osmosis_replication_timestamp", self.date)
        if b:
            header.add_box(osmium.osm.Box(b.west, b.south, b.east, b.north))
        with osmium.SimpleWriter(path, header=header) as writer:
            for thing in osmium.FileProcessor(osmium.io.FileBuffer(text.encode(), "osm")):
                writer.add(thing)
        return path


def _tags(tags: dict[str, str]) -> str:
    return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())


@dataclass(frozen=True)
class Content:
    nodes: list[int]
    ways: dict[int, list[int]]
    relations: list[int]


def content(path: Path) -> Content:
    nodes: list[int] = []
    ways: dict[int, list[int]] = {}
    relations: list[int] = []
    thing: Any
    for thing in osmium.FileProcessor(path):
        if thing.is_node():
            assert not ways
            assert not relations
            nodes.append(thing.id)
        elif thing.is_way():
            assert not relations
            ways[thing.id] = [node.ref for node in thing.nodes]
        else:
            relations.append(thing.id)
    assert nodes == sorted(set(nodes))
    assert list(ways) == sorted(ways)
    assert relations == sorted(set(relations))
    return Content(nodes, ways, relations)


def header(path: Path) -> Any:
    with osmium.io.Reader(path, osmium.osm.NOTHING) as reader:
        return reader.header()


def street() -> Osm:
    """Nodes 1 to 9 at longitude 0.01 to 0.09; way 10 over 1-3, 20 over 3-6, 30 over 6-9."""
    osm = Osm()
    for number in range(1, 10):
        osm.node(number, 0.0, number / 100)
    osm.way(10, 1, 2, 3, highway="residential")
    osm.way(20, 3, 4, 5, 6, highway="residential")
    osm.way(30, 6, 7, 8, 9, highway="residential")
    return osm


def cut(osm: Osm, area: Area | None, folder: Path) -> Content:
    source = osm.write(folder / "source.osm")
    cut_extract([source], area, folder / "cut.osm.pbf", silent)
    return content(folder / "cut.osm.pbf")


def test_ways_with_a_node_inside_are_kept_with_all_their_nodes(tmp_path: Path) -> None:
    found = cut(street(), box(-1, 0, 1, 0.045), tmp_path)
    assert found.ways == {10: [1, 2, 3], 20: [3, 4, 5, 6]}
    assert found.nodes == [1, 2, 3, 4, 5, 6]


def test_an_area_need_not_be_a_box_nor_in_one_piece(tmp_path: Path) -> None:
    left = (LatLon(-1, 0.0), LatLon(-1, 0.015), LatLon(1, 0.015))
    right = (LatLon(-0.001, 0.085), LatLon(-0.001, 0.095), LatLon(0.001, 0.095), LatLon(0.001, 0.085))
    assert set(cut(street(), Area("two pieces", (left, right)), tmp_path).ways) == {10, 30}


def test_relations_with_a_kept_member_are_kept_and_so_are_those_of_relations(tmp_path: Path) -> None:
    osm = street()
    osm.relation(100, ("w", 10, "from"), ("n", 3, "via"), ("w", 20, "to"), type="restriction", restriction="no_left_turn")
    osm.relation(200, ("w", 30, ""), type="route")
    osm.relation(300, ("r", 100, ""), type="collection")
    osm.relation(400, ("r", 300, ""), type="collection")
    osm.relation(500, ("n", 1, "stop"), type="site")
    assert cut(osm, box(-1, 0, 1, 0.025), tmp_path).relations == [100, 300, 400, 500]


@pytest.mark.parametrize(
    ("tags", "whole"),
    [
        ({"type": "multipolygon", "natural": "water"}, True),
        ({"type": "boundary", "boundary": "administrative", "admin_level": "6"}, True),
        ({"type": "boundary", "boundary": "administrative", "admin_level": "4"}, False),
        ({"type": "route", "route": "road"}, False),
    ],
)
def test_a_lake_or_county_that_reaches_inside_stays_whole(tmp_path: Path, tags: dict[str, str], whole: bool) -> None:
    osm = street()
    osm.relation(100, ("w", 10, "outer"), ("w", 30, "outer"), ("w", 999, "outer"), **tags)
    found = cut(osm, box(-1, 0, 1, 0.015), tmp_path)
    assert set(found.ways) == ({10, 30} if whole else {10})
    assert found.nodes == ([1, 2, 3, 6, 7, 8, 9] if whole else [1, 2, 3])


def test_coastlines_are_kept_in_the_box_around_the_area(tmp_path: Path) -> None:
    triangle = Area("a corner", ((LatLon(-0.1, 0.0), LatLon(0.1, 0.0), LatLon(0.1, 0.1)),))
    osm = street()
    osm.node(50, -0.09, 0.09)
    osm.node(51, -0.09, 0.12)
    osm.way(40, 50, 51, natural="coastline")
    osm.way(50, 50, 51, highway="residential")
    assert set(cut(osm, triangle, tmp_path).ways) == {10, 20, 40}


def test_the_newest_version_of_each_object_wins(tmp_path: Path) -> None:
    old, new = street(), Osm()
    new.node(3, 0.5, 0.5, version=2)
    new.node(4, 0.7, 0.7, version=0)
    new.way(10, 1, 3, version=3, highway="primary")
    new.relation(7, ("w", 10, ""), type="route")
    sources = [old.write(tmp_path / "old.osm"), new.write(tmp_path / "new.osm")]
    for at, order in enumerate((sources, sources[::-1])):
        out = tmp_path / f"out-{at}.osm.pbf"
        cut_extract(order, None, out, silent)
        assert content(out) == Content([*range(1, 10)], {10: [1, 3], 20: [3, 4, 5, 6], 30: [6, 7, 8, 9]}, [7])
        places = {node.id: node.lat for node in osmium.FileProcessor(out, osmium.osm.NODE)}
        assert (places[3], places[4]) == (0.5, 0.0)


def test_a_way_that_another_tool_has_shortened_loses_against_the_whole_one(tmp_path: Path) -> None:
    whole, shortened = street(), Osm()
    shortened.node(5, 0.0, 0.05)
    shortened.node(6, 0.0, 0.06)
    shortened.way(20, 5, 6, highway="residential")
    sources = [shortened.write(tmp_path / "a.osm"), whole.write(tmp_path / "b.osm")]
    cut_extract(sources, None, tmp_path / "out.osm.pbf", silent)
    assert content(tmp_path / "out.osm.pbf").ways[20] == [3, 4, 5, 6]


def test_a_file_out_of_order_is_put_in_order(tmp_path: Path) -> None:
    osm = street()
    random.Random(4).shuffle(osm.lines)
    osm.way(10, 1, 3, version=2, highway="residential")  # an older version is in the same file
    found = cut(osm, None, tmp_path)
    assert found.nodes == [*range(1, 10)]
    assert found.ways == {10: [1, 3], 20: [3, 4, 5, 6], 30: [6, 7, 8, 9]}


def test_packed_files_are_read_as_well(tmp_path: Path) -> None:
    text = street().write(tmp_path / "street.osm").read_bytes()
    (tmp_path / "a.osm.gz").write_bytes(gzip.compress(text))
    (tmp_path / "b.osm.bz2").write_bytes(bz2.compress(text))
    cut_extract([tmp_path / "a.osm.gz", tmp_path / "b.osm.bz2"], None, tmp_path / "out.osm.pbf", silent)
    assert len(content(tmp_path / "out.osm.pbf").nodes) == 9


def test_the_header_tells_the_area_and_the_oldest_data(tmp_path: Path) -> None:
    first, second = street(), street()
    first.date, first.bounds = "2024-03-02T01:00:00Z", Bounds(0, 0, 1, 1)
    second.date, second.bounds = "2025-01-01T00:00:00Z", Bounds(-1, 0.5, 0.5, 2)
    sources = [first.write(tmp_path / "a.osm.pbf"), second.write(tmp_path / "b.osm.pbf")]
    cut_extract(sources, None, tmp_path / "all.osm.pbf", silent)
    cut_extract(sources, box(-0.5, 0, 0.25, 0.045), tmp_path / "part.osm.pbf", silent)
    corners = [(b.bottom_left.lat, b.bottom_left.lon, b.top_right.lat, b.top_right.lon) for b in (header(tmp_path / "all.osm.pbf").box(),)]
    assert corners == [(-1, 0, 1, 2)]
    assert header(tmp_path / "part.osm.pbf").box().top_right.lat == 0.25
    assert check_extract(tmp_path / "all.osm.pbf").data_date == "2024-03-02"
    assert header(tmp_path / "all.osm.pbf").get("generator").startswith("roadbook")


def test_a_source_without_a_date_is_as_old_as_its_newest_road(tmp_path: Path) -> None:
    undated, dated = street(), street()
    dated.date = "2025-01-01T00:00:00Z"
    cut_extract([undated.write(tmp_path / "a.osm"), dated.write(tmp_path / "b.osm.pbf")], None, tmp_path / "out.osm.pbf", silent)
    assert header(tmp_path / "out.osm.pbf").get("osmosis_replication_timestamp") == "2024-05-06T07:08:09Z"
    assert not header(tmp_path / "out.osm.pbf").box().valid()  # the box of both is not known
    assert datetime(2024, 5, 6, tzinfo=UTC).date().isoformat() == check_extract(tmp_path / "out.osm.pbf").data_date


def test_nothing_in_the_area_is_told_plainly_and_leaves_nothing(tmp_path: Path) -> None:
    source = street().write(tmp_path / "street.osm")
    with pytest.raises(BadInputFile, match="nothing in the area 'Elsewhere'") as told:
        cut_extract([source], box(50, 50, 51, 51, "Elsewhere"), tmp_path / "out.osm.pbf", silent)
    assert told.value.remedy
    assert [path.name for path in tmp_path.iterdir()] == ["street.osm"]


@pytest.mark.parametrize("content", [b"", b"not a map", b"<osm version='0.6'><node id='1'"])
def test_a_damaged_source_is_named(tmp_path: Path, content: bytes) -> None:
    good = street().write(tmp_path / "good.osm")
    (tmp_path / "bad.osm").write_bytes(content)
    with pytest.raises(BadInputFile, match=r"'bad\.osm'"):
        cut_extract([good, tmp_path / "bad.osm"], None, tmp_path / "out.osm.pbf", silent)
    with pytest.raises(BadInputFile, match="not there"):
        cut_extract([good, tmp_path / "gone.osm"], None, tmp_path / "out.osm.pbf", silent)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.osm", "good.osm"]


def test_objects_that_were_never_uploaded_are_refused(tmp_path: Path) -> None:
    osm = Osm()
    osm.node(-1, 0, 0)
    osm.node(-2, 0, 0.1)
    osm.way(-3, -1, -2, highway="residential")
    with pytest.raises(BadInputFile, match="not part of OpenStreetMap yet"):
        cut(osm, None, tmp_path)


@pytest.mark.parametrize("calls", range(0, 14, 2))
def test_cancelled_anywhere_it_leaves_the_old_file_and_nothing_else(tmp_path: Path, calls: int) -> None:
    source = street().write(tmp_path / "street.osm")
    target = tmp_path / "out.osm.pbf"
    target.write_bytes(b"the old one")
    left = calls

    def stop(_fraction: float, _text: str) -> None:
        nonlocal left
        if left == 0:
            raise Cancelled
        left -= 1

    with pytest.raises(Cancelled):
        cut_extract([source, source], box(-1, 0, 1, 0.045), target, stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.osm.pbf", "street.osm"]
    assert target.read_bytes() == b"the old one"


def test_progress_rises_to_the_end(tmp_path: Path) -> None:
    source = street().write(tmp_path / "street.osm")
    seen: list[float] = []
    cut_extract([source], box(-1, 0, 1, 0.045), tmp_path / "out.osm.pbf", lambda fraction, _text: seen.append(fraction))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


TOWN = box(40.775, -77.895, 40.81, -77.845, "downtown")
SEAM = -77.869


@pytest.fixture(scope="module")
def halves(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """State College as it is, its halves on both sides of a meridian, and the halves joined again."""
    folder = tmp_path_factory.mktemp("halves")
    files = {name: folder / f"{name}.osm.pbf" for name in ("town", "west", "east", "joined")}
    cut_extract([shared_data / "osm" / "state-college.osm.pbf"], TOWN, files["town"], silent)
    cut_extract([files["town"]], box(40.6, -78.1, 41.0, SEAM), files["west"], silent)
    cut_extract([files["town"]], box(40.6, SEAM, 41.0, -77.6), files["east"], silent)
    cut_extract([files["east"], files["west"]], None, files["joined"], silent)
    return files


@pytest.fixture(scope="module")
def engine_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Engine]:
    """A function that builds the tiles of an extract and starts an engine on them."""

    def start(pbf: Path) -> Engine:
        folder = tmp_path_factory.mktemp("tiles")
        build_tiles(pbf, folder / "tiles", silent)
        pack = RoadPack("cut", "Cut", folder, "", "", "", Bounds(40.4, -78.0, 41.0, -77.0), {}, hash_files(folder, silent))
        write_manifest(pack)
        return Engine(pack)

    return start


def test_a_town_cut_in_two_and_joined_again_is_the_town(halves: dict[str, Path]) -> None:
    town, west, east, joined = (content(path) for path in halves.values())
    assert joined == town
    assert set(west.ways) & set(east.ways)  # roads over the seam are in both
    assert len(west.ways) < len(town.ways) > len(east.ways)


def test_drives_over_the_seam_are_those_of_the_whole_town(halves: dict[str, Path], engine_of: Callable[[Path], Engine]) -> None:
    west = [LatLon(40.780 + step * 0.004, -77.886 + step * 0.002) for step in range(6)]
    east = [LatLon(40.800 - step * 0.004, -77.863 + step * 0.002) for step in range(6)]
    with engine_of(halves["town"]) as whole, engine_of(halves["joined"]) as joined:
        for sources, targets in ((west, east), (east, west)):
            assert joined.rows(sources, targets)[0].tolist() == whole.rows(sources, targets)[0].tolist()
        assert (whole.rows(west, east)[0] > 60).all()


def test_an_illegal_left_turn_stays_illegal_after_cutting(
    halves: dict[str, Path], engine_of: Callable[[Path], Engine], tmp_path: Path
) -> None:
    # From 11849304 over node 106240954 left into 260610371, which relation 11739340 forbids.
    before, after = LatLon(40.8002442, -77.87775675), LatLon(40.79998795, -77.87737395)
    lawless = tmp_path / "lawless.osm.pbf"
    with osmium.SimpleWriter(lawless) as writer:
        for thing in osmium.FileProcessor(halves["west"]):
            if thing.id != 11739340 or not thing.is_relation():
                writer.add(thing)
    with engine_of(halves["west"]) as law, engine_of(lawless) as none:
        assert none.route([before, after]).metres < 100
        assert law.route([before, after]).metres > 500


def test_an_extract_that_is_not_in_order_as_it_claims_is_joined(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "osm" / "baltimore.osm.pbf"
    cut_extract([source, source], None, tmp_path / "out.osm.pbf", silent)
    found = content(tmp_path / "out.osm.pbf")
    assert (len(found.nodes), len(found.ways), len(found.relations)) == (51385, 7230, 167)
    assert check_extract(tmp_path / "out.osm.pbf").data_date == "2015-02-18"
