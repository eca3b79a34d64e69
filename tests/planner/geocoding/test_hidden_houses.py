"""Every third address of a real extract is taken out of the gazetteer; its neighbours must tell where it is."""

import shutil
import sqlite3
from collections import defaultdict

import pytest

from planner.geocoding.offline import Gazetteer
from planner.model.places import LatLon, PostalAddress
from planner.roads.gazetteer.schema import STREET_SUMS

GUESS_M = 120.0
ADDRESSES = """
SELECT address.street, number, locality, suffix, street.name, city, state, zip, address.lat, address.lon FROM address
JOIN street ON street.id = address.street JOIN locality ON locality.id = address.locality
WHERE exact ORDER BY street.key, number, locality
"""


def hide_every_third(path):
    """Take every third address out of a gazetteer, wherever the map has it, and return what was taken: its text and all its places."""
    opened = sqlite3.connect(path)
    addresses, places = {}, defaultdict(list)
    for street, number, locality, suffix, name, city, state, postcode, lat, lon in opened.execute(ADDRESSES):
        addresses.setdefault((street, number, locality), PostalAddress(f"{number}{suffix} {name}", city, state, postcode))
        places[street, number, locality].append(LatLon(lat, lon))
    hidden = list(addresses)[1::3]
    opened.executemany("DELETE FROM address WHERE street = ? AND number = ? AND locality = ?", hidden)
    opened.executescript(STREET_SUMS)
    opened.close()
    return [(addresses[key], places[key]) for key in hidden]


@pytest.fixture(scope="module")
def guesses(state_college_file, tmp_path_factory):
    """For each hidden address how far off its place was, and the match."""
    path = tmp_path_factory.mktemp("hidden") / "gazetteer.sqlite"
    shutil.copy(state_college_file, path)
    hidden = hide_every_third(path)
    with Gazetteer(path) as gazetteer:
        matches = [(gazetteer.locate(address), places) for address, places in hidden]
    return [(min(map(match.point.metres_to, places)) if match.point else float("inf"), match) for match, places in matches]


def test_nine_of_ten_hidden_houses_are_within_120_metres(guesses):
    assert len(guesses) > 6000
    assert sum(off <= GUESS_M for off, _ in guesses) / len(guesses) >= 0.9


def test_hardly_any_hidden_house_is_far_off_without_doubt(guesses):
    assert sum(off > 500 and not match.doubtful for off, match in guesses) / len(guesses) <= 0.005
