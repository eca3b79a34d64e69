"""A made-up valley with two towns: everything the offline geocoder must tell apart, in a few streets."""

from pathlib import Path

import pytest

from planner.geocoding.offline import Gazetteer
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.gazetteer.build import build_gazetteer

ALDER = ("Alder Falls", "17001", 40.00, -77.00)
BIRCH = ("Birchwood", "17002", 40.10, -77.00)  # 11 km north


class Valley:
    """Writes OSM XML and remembers where it put each address."""

    def __init__(self):
        self.lines = []
        self.truth = {}

    def node(self, lat, lon, **tags):
        number = len(self.lines) + 1
        inner = "".join(f'<tag k="{key.replace("__", ":")}" v="{value}"/>' for key, value in tags.items())
        self.lines.append(f'<node id="{number}" version="1" lat="{lat:.7f}" lon="{lon:.7f}">{inner}</node>')
        return number

    def houses(self, town, street, numbers, row, **tags):
        """Houses from west to east, 0.0002 degrees a number; streets of a town are rows 300 m apart."""
        city, postcode, lat, lon = town
        for number in numbers:
            along = int(str(number).split("-")[-1])
            at = LatLon(lat + row * 0.0027, lon + along * 0.0002)
            self.truth[number, street, city, postcode] = at
            where = {"addr__street": street, "addr__city": city, "addr__postcode": postcode, "addr__state": "PA"}
            self.node(at.lat, at.lon, addr__housenumber=number, **where, **tags)

    def xml(self, ways):
        body = self.lines + [
            f'<way id="{number}" version="1"><nd ref="{a}"/><nd ref="{b}"/><tag k="highway" v="residential"/>'
            + "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
            + "</way>"
            for number, (a, b, tags) in enumerate(ways, start=1)
        ]
        return f'<osm version="0.6">{"".join(body)}</osm>'


@pytest.fixture(scope="session")
def valley():
    made = Valley()
    for town, kind in ((ALDER, "town"), (BIRCH, "village")):
        made.node(town[2], town[3], place=kind, name=town[0])
        made.houses(town, "Main Street", [100, 102, 110, 120], 0)
    made.houses(ALDER, "East Hamilton Avenue", [10, 12, 20, 22, 40], 1)
    made.houses(ALDER, "West Hamilton Avenue", [11, 12, 21], 2)
    made.houses(ALDER, "4th Street", [50, 52], 3)
    made.houses(ALDER, "5th Street", [51, 60], 4)
    made.houses(ALDER, "Earlystown Road", [200, 210], 5)
    made.houses(ALDER, "Logan Boulevard", [300, 301], 6)
    made.houses(BIRCH, "Kamehameha Highway", ["66-111", "66-121"], 2)
    made.houses(BIRCH, "Quarry Lane", [7, 9], 1)
    made.node(40.0135, -76.955, name="Valley Printing", shop="copyshop", addr__city="Alder Falls", addr__postcode="17001")
    for lon, name in ((-76.9, "North Mall Shoes"), (-76.89, "North Mall Books")):
        where = {"addr__street": "Mall Road", "addr__city": "Alder Falls", "addr__postcode": "17001", "addr__state": "PA"}
        made.node(40.01, lon, name=name, shop="yes", addr__housenumber="1000", **where)
    return made


@pytest.fixture(scope="session")
def gazetteer_file(valley, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("valley")
    a, b = valley.node(40.0135, -76.961), valley.node(40.0135, -76.955)
    c, d = valley.node(40.02, -77.0), valley.node(40.02, -76.998)
    ways = [(a, b, {"name": "Earlystown Road", "ref": "PA 45"}), (c, d, {"name": "Hill Road"})]
    (folder / "valley.osm").write_text(valley.xml(ways), encoding="utf-8")
    build_gazetteer(folder / "valley.osm", folder / "gazetteer.sqlite", silent)
    return folder / "gazetteer.sqlite"


@pytest.fixture(scope="session")
def state_college_file(shared_data, tmp_path_factory) -> Path:
    """The gazetteer of a real extract, made once; copy it to change it."""
    out = tmp_path_factory.mktemp("state-college") / "gazetteer.sqlite"
    build_gazetteer(shared_data / "osm" / "state-college.osm.pbf", out, silent)
    return out


@pytest.fixture(scope="session")
def state_college(state_college_file):
    with Gazetteer(state_college_file) as opened:
        yield opened


@pytest.fixture(scope="session")
def gazetteer(gazetteer_file):
    with Gazetteer(gazetteer_file) as opened:
        yield opened
