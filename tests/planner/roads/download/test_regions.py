"""The list of regions with an extract."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from map_servers import Fault, MapServer, Served

from planner.errors import Cancelled, ServerProblem
from planner.model.regions import Region
from planner.progress import silent
from planner.roads.download.regions import find_regions, region_list


def feature(region_id: str, name: str, parent: str = "", box: tuple[float, ...] = (), codes: tuple[str, ...] = (), **more: object) -> dict:
    """A region as the index lists it, its outline a box (west, south, east, north)."""
    tells: dict[str, object] = {"id": region_id, "name": name, "urls": {"pbf": f"https://example.org/{region_id}-latest.osm.pbf"}}
    if parent:
        tells["parent"] = parent
    if codes:
        tells["iso3166-2"] = list(codes)
    geometry = None
    if box:
        west, south, east, north = box
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        geometry = {"type": "MultiPolygon", "coordinates": [[ring]]}
    return {"type": "Feature", "properties": tells | more, "geometry": geometry}


INDEX = [
    feature("north-america", "North America", box=(-180.5, 5, -30, 84)),
    feature("us", "United States of America", "north-america", (-180, 15, -60, 72)),
    feature("us-northeast", "US Northeast", "north-america", (-81, 38, -66, 48), ("US-PA", "US-NY")),
    feature("us/pennsylvania", "us/pennsylvania", "north-america", (-80.6, 39.7, -74.7, 42.3), ("US-PA",)),
    feature("us/new-york", "us/new-york", "us", (-79.8, 40.4, -71.7, 45.1), ("US-NY",)),
    feature("us/virginia", "us/virginia", "us", (-83.7, 36.5, -75.1, 39.5), ("US-VA",)),
    feature("us/west-virginia", "us/west-virginia", "us", (-82.7, 37.1, -77.7, 40.7), ("US-WV",)),
    feature("us/california", "us/california", "us", (-124.5, 32.5, -114.1, 42.1), ("US-CA",)),
    feature("norcal", "Northern California", "us/california", (-124.5, 37.5, -117, 42.1)),
    feature("europe", "Europe", box=(-35, 34, 46, 82)),
    feature("cote", "Côte-d’Or", "europe"),
    feature("planet", "Whole planet", urls={}),
]


def index_of(features: list[dict]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def server() -> Iterator[MapServer]:
    with MapServer() as running:
        running.files["/index-v1.json"] = Served(index_of(INDEX))
        yield running


@pytest.fixture
def regions(server: MapServer, tmp_path: Path) -> tuple[Region, ...]:
    return region_list(f"{server.url}/index-v1.json", tmp_path / "cache", silent)


def age(cache: Path, hours: float) -> None:
    """Let a kept list be older."""
    note = cache / "regions.note.json"
    known = json.loads(note.read_text())
    note.write_text(json.dumps(known | {"asked_at": str(float(known["asked_at"]) - hours * 3600)}))


def names(regions: tuple[Region, ...]) -> list[str]:
    return [region.name for region in regions]


def test_the_list_tells_what_leads_to_each_region(regions: tuple[Region, ...]) -> None:
    known = {region.id: region for region in regions}
    assert len(regions) == len(INDEX) - 1  # the one without an extract is no region to download
    pennsylvania = known["us/pennsylvania"]
    assert (pennsylvania.name, pennsylvania.full_name) == ("Pennsylvania", "North America / US / Pennsylvania")
    assert (pennsylvania.parent, pennsylvania.iso) == ("north-america", "US-PA")
    assert pennsylvania.url == "https://example.org/us/pennsylvania-latest.osm.pbf"
    assert known["us/new-york"].full_name == "North America / United States of America / New York"
    assert known["norcal"].full_name == "North America / United States of America / California / Northern California"
    assert known["us-northeast"].iso == ""
    assert known["north-america"].outline is not None
    assert known["north-america"].outline.bounds.west == -180.0
    assert known["cote"].outline is None


def test_words_are_searched_as_they_are_typed(regions: tuple[Region, ...]) -> None:
    assert names(find_regions(regions, "virg")) == ["Virginia", "West Virginia"]
    assert names(find_regions(regions, "w virg")) == ["West Virginia"]
    assert names(find_regions(regions, "cote d or")) == ["Côte-d’Or"]
    assert names(find_regions(regions, "zzz")) == []


def test_states_come_first_and_may_be_abbreviated(regions: tuple[Region, ...]) -> None:
    assert names(find_regions(regions, "north"))[:5] == ["California", "New York", "Pennsylvania", "Virginia", "West Virginia"]
    assert names(find_regions(regions, "PA"))[0] == "Pennsylvania"
    assert names(find_regions(regions, "va"))[0] == "Virginia"
    assert names(find_regions(regions, "cali"))[0] == "California"
    everything = find_regions(regions, " ")
    assert len(everything) == len(regions)
    assert names(everything)[:2] == ["California", "New York"]


def test_a_fresh_list_is_not_asked_for_again(regions: tuple[Region, ...], server: MapServer, tmp_path: Path) -> None:
    assert region_list(f"{server.url}/index-v1.json", tmp_path / "cache", silent) == regions
    assert len(server.requests) == 1
    other = server.url.replace("127.0.0.1", "localhost")
    assert region_list(f"{other}/index-v1.json", tmp_path / "cache", silent) == regions
    assert len(server.requests) == 2


def test_an_old_list_is_only_sent_again_when_it_changed(regions: tuple[Region, ...], server: MapServer, tmp_path: Path) -> None:
    address, cache = f"{server.url}/index-v1.json", tmp_path / "cache"
    age(cache, 25)
    assert region_list(address, cache, silent) == regions
    assert server.requests[-1][2]["If-None-Match"] == '"one"'
    assert region_list(address, cache, silent) == regions
    assert len(server.requests) == 2
    age(cache, 25)
    server.files["/index-v1.json"] = Served(index_of(INDEX[:2]), etag='"two"')
    assert names(region_list(address, cache, silent)) == ["North America", "United States of America"]


@pytest.mark.parametrize("fault", [Fault(500), Fault(404), Fault(200, body=b"<html>Sign in to the hotel</html>"), Fault(after_bytes=100)])
def test_a_kept_list_serves_while_the_server_does_not(regions, server: MapServer, tmp_path: Path, fault: Fault) -> None:
    age(tmp_path / "cache", 1000)
    server.fail("/index-v1.json", fault)
    assert region_list(f"{server.url}/index-v1.json", tmp_path / "cache", silent) == regions


def test_without_any_list_the_problem_is_told(server: MapServer, tmp_path: Path) -> None:
    address = f"{server.url}/index-v1.json"
    server.fail("/index-v1.json", Fault(503), Fault(200, body=b"<html></html>"), Fault(200, body=b'{"features": [{"properties": {}}]}'))
    for says in ("too busy", "not a list of regions", "not a list of regions"):
        with pytest.raises(ServerProblem, match=says):
            region_list(address, tmp_path / "cache", silent)
    server.__exit__()
    with pytest.raises(ServerProblem, match="cannot be reached"):
        region_list(address, tmp_path / "cache", silent)


def test_a_kept_list_that_is_damaged_is_asked_for_again(regions, server: MapServer, tmp_path: Path) -> None:
    kept = tmp_path / "cache" / "regions.json"
    os.truncate(kept, 50)
    assert region_list(f"{server.url}/index-v1.json", tmp_path / "cache", silent) == regions


def test_asking_can_be_cancelled_and_leaves_nothing(server: MapServer, tmp_path: Path) -> None:
    def cancel(fraction: float, _text: str) -> None:
        if fraction > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        region_list(f"{server.url}/index-v1.json", tmp_path / "cache", cancel)
    assert not (tmp_path / "cache").exists()
