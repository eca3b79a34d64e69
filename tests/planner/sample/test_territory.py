import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from planner.errors import Cancelled
from planner.sample.territory import write_territory

REPO = Path(__file__).parents[3]
RUN = (
    "import sys; from datetime import date; from pathlib import Path; from planner.progress import silent;"
    "from planner.sample.territory import write_territory; write_territory(Path(sys.argv[1]), silent, date(2026, 11, 23))"
)


def test_two_runs_in_different_processes_give_the_same_bytes(sample, tmp_path):
    environment = {**os.environ, "PYTHONHASHSEED": "77", "TZ": "Asia/Tokyo", "PYTHONPATH": str(REPO)}
    subprocess.run([sys.executable, "-c", RUN, str(tmp_path)], check=True, env=environment)
    for file in (sample.osm, sample.accounts, sample.opportunities, sample.reps, sample.calendar):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_home_and_office_are_addresses_of_the_map(sample, osm):
    known = osm.addresses()
    for line in (sample.home, sample.office):
        street, city, tail = line.split(", ")
        assert known[street, city][0]["addr:postcode"] == tail.removeprefix("PA ")


def test_everything_says_that_it_is_fictional(sample, osm):
    assert "fictional" in sample.name
    assert "fictional" in sample.attribution
    named = [tags for _lat, _lon, tags in osm.nodes.values() if tags.get("place") in {"city", "town", "hamlet"}]
    assert len(named) >= 10
    assert all(tags["note"] == "fictional" for tags in named)
    county = next(tags for _members, tags in osm.relations.values() if tags.get("admin_level") == "6")
    assert county["note"] == "fictional"


def test_phone_numbers_are_those_set_aside_for_fiction(osm):
    phones = [tags["phone"] for _refs, tags in osm.ways.values() if "phone" in tags]
    assert len(phones) > 300
    assert all(re.fullmatch(r"\+1-814-555-01\d\d", phone) for phone in phones)


@pytest.mark.parametrize("when", [0.01, 0.93])
def test_cancelling_leaves_nothing_behind(tmp_path, when):
    def cancel(fraction, _text):
        if fraction > when:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_territory(tmp_path, cancel, date(2026, 11, 23))
    assert not list(tmp_path.iterdir())
