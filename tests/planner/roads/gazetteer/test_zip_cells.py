"""Areas of ZIPs from addresses: each address in that of its own, none over another, and quick on real data."""

import math
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely

from planner.errors import Cancelled, PackProblem
from planner.model.places import LatLon
from planner.model.travel import Isochrone
from planner.progress import silent
from planner.roads.gazetteer.schema import SCHEMA
from planner.roads.gazetteer.zip_cells import ZipCell, zip_cells

WEST, EAST = LatLon(40.80, -78.00), LatLon(40.80, -77.90)
LIMIT_S = 3.0


@pytest.fixture
def gazetteer(tmp_path: Path) -> Callable[[Iterable[tuple[str, LatLon]], Iterable[tuple[str, LatLon]]], Path]:
    """Makes a gazetteer of addresses and pieces of streets, each a ZIP and a point."""

    def make(addresses: Iterable[tuple[str, LatLon]], pieces: Iterable[tuple[str, LatLon]] = ()) -> Path:
        path = tmp_path / "gazetteer.sqlite"
        told = list(addresses)
        locality = {postcode: number for number, postcode in enumerate(sorted({postcode for postcode, _ in told}), start=1)}
        db = sqlite3.connect(path)
        db.executescript(SCHEMA)
        db.executemany("INSERT INTO locality (id, zip, inferred) VALUES (?, ?, 0)", [(number, zip5) for zip5, number in locality.items()])
        rows = [(1, number, "", at.lat, at.lon, locality[zip5], 1, 0) for number, (zip5, at) in enumerate(told)]
        db.executemany("INSERT INTO address VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        db.executemany("INSERT INTO piece (zip, lat, lon) VALUES (?, ?, ?)", [(zip5, at.lat, at.lon) for zip5, at in pieces])
        db.commit()
        db.close()
        return path

    return make


def town(middle: LatLon, postcode: str, count: int = 400, seed: int = 1) -> list[tuple[str, LatLon]]:
    chance = np.random.default_rng(seed)
    return [(postcode, LatLon(middle.lat + a, middle.lon + o)) for a, o in chance.uniform(-0.02, 0.02, (count, 2)).tolist()]


def shape(cell: ZipCell) -> shapely.Geometry:
    rings = [shapely.Polygon([(point.lon, point.lat) for point in ring]) for ring in cell.rings]
    whole = shapely.Polygon()
    for ring in sorted(rings, key=lambda each: -each.area):
        whole = shapely.symmetric_difference(whole, ring)
    return whole


def inside(cell: ZipCell, point: LatLon) -> bool:
    return Isochrone(0, cell.rings).contains(point)


def overlaps(cells: Sequence[ZipCell]) -> float:
    """The largest share of an area that another one covers."""
    shapes = [shape(cell) for cell in cells]
    return max(one.intersection(other).area / min(one.area, other.area) for one, other in combinations(shapes, 2))


def test_each_address_is_in_the_area_of_its_zip_and_so_is_the_name(gazetteer) -> None:
    addresses = [*town(WEST, "16801"), *town(EAST, "16823", seed=2)]
    west, east = zip_cells(gazetteer(addresses), silent)
    assert (west.postcode, east.postcode) == ("16801", "16823")
    for cell in (west, east):
        assert inside(cell, cell.middle)
        own = [inside(cell, point) for postcode, point in addresses if postcode == cell.postcode]
        assert sum(own) / len(own) > 0.99
    assert overlaps([west, east]) < 1e-6


def test_areas_meet_where_both_are_as_near_and_end_where_nobody_lives(gazetteer) -> None:
    near = LatLon(40.80, -77.955)
    west, east = zip_cells(gazetteer([*town(WEST, "16801"), *town(near, "16823", seed=2)]), silent)
    assert inside(west, LatLon(40.80, -77.98))
    assert inside(east, LatLon(40.80, -77.97))
    assert not inside(west, LatLon(40.90, -78.00))


def test_one_mistyped_zip_amid_others_makes_no_hole(gazetteer) -> None:
    addresses = [*town(WEST, "16801", 900), *town(EAST, "16823", 900, seed=2), ("16823", WEST)]
    west, east = zip_cells(gazetteer(addresses), silent)
    assert inside(west, WEST)
    assert not inside(east, WEST)


def test_ground_amid_addresses_that_nobody_lives_on_is_no_hole(gazetteer) -> None:
    turns, far = np.random.default_rng(1).uniform((0, 0.9), (2 * math.pi, 1), (400, 2)).T
    ring = [LatLon(WEST.lat + a, WEST.lon + o) for a, o in zip(0.04 * far * np.cos(turns), 0.053 * far * np.sin(turns), strict=True)]
    (cell,) = zip_cells(gazetteer([("16801", at) for at in ring]), silent)
    assert len(cell.rings) == 1
    assert inside(cell, WEST)


def test_streets_tell_a_zip_where_no_house_does(gazetteer) -> None:
    cells = zip_cells(gazetteer(town(WEST, "16801"), town(EAST, "16823", seed=2)), silent)
    assert [cell.postcode for cell in cells] == ["16801", "16823"]


def test_nothing_told_and_one_address_told(gazetteer) -> None:
    assert zip_cells(gazetteer([]), silent) == []


def test_one_address_is_an_area(gazetteer) -> None:
    (cell,) = zip_cells(gazetteer([("16801", WEST)]), silent)
    assert inside(cell, WEST)


def test_it_can_be_given_up(gazetteer) -> None:
    def stop(fraction: float, _text: str) -> None:
        if fraction > 0.1:
            raise Cancelled

    with pytest.raises(Cancelled):
        zip_cells(gazetteer(town(WEST, "16801")), stop)


def test_what_is_no_gazetteer_is_told(tmp_path: Path) -> None:
    (tmp_path / "gazetteer.sqlite").write_text("no")
    with pytest.raises(PackProblem):
        zip_cells(tmp_path / "gazetteer.sqlite", silent)


def test_state_college_is_drawn_in_time_and_true(state_college_home: Path) -> None:
    (file,) = state_college_home.glob("packs/*/gazetteer.sqlite")
    began = time.perf_counter()
    cells = zip_cells(file, silent)
    assert time.perf_counter() - began < LIMIT_S
    named = {cell.postcode: cell for cell in cells}
    assert {"16801", "16803", "16823", "16827"} <= set(named)
    db = sqlite3.connect(file)
    told = db.execute(
        "SELECT zip, address.lat, address.lon FROM address JOIN locality ON locality.id = locality WHERE zip <> '' AND NOT inferred"
    ).fetchall()
    db.close()
    some = told[:: len(told) // 1000]
    right = [inside(named[postcode], LatLon(lat, lon)) for postcode, lat, lon in some if postcode in named]
    assert sum(right) / len(right) > 0.97
    assert overlaps(cells) < 1e-6
