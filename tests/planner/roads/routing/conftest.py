"""What tests of routes share: an engine on the real college town, and where its accounts are."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.roads.routing.engine import Engine


@pytest.fixture(scope="module")
def college(college_pack: RoadPack) -> Iterator[Engine]:
    """An engine whose process runs already."""
    with Engine(college_pack) as opened:
        opened.snap([LatLon(40.79, -77.86)])
        yield opened


@pytest.fixture(scope="module")
def accounts(shared_data: Path) -> list[LatLon]:
    """Where the real accounts are."""
    with (shared_data / "accounts" / "state-college" / "truth.csv").open(encoding="utf-8") as file:
        return [LatLon(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file) if row["lat"]]
