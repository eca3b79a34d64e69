"""A made-up town with two counties, the servers that offer it, and the page over a real workspace."""

import json
from pathlib import Path

import pytest
from map_servers import MapServer, Served
from overpass_data import OsmData
from small_town import SIDE, town_xml

from planner.progress import silent
from planner.usecases.footprint import build_from_files
from planner.usecases.settings import set_setting
from planner.usecases.workspace import open_workspace

STATES = {"PA": ("Pennsylvania", (-80, 39, -75, 42)), "NY": ("New York", (-80, 42, -73, 45)), "OH": ("Ohio", (-85, 38, -80, 42))}


def box_ring(west, south, east, north):
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


def with_counties(xml: str) -> str:
    """Grid County is there as a whole, around the first grid; of Far County a piece of its border is missing."""
    corners = {9001: (39.99, -77.02), 9002: (39.99, -76.98), 9003: (40.02, -76.98), 9004: (40.02, -77.02)}
    nodes = "".join(f'<node id="{number}" lat="{lat}" lon="{lon}" version="1"/>' for number, (lat, lon) in corners.items())
    border = "".join(f'<nd ref="{number}"/>' for number in (*corners, 9001))
    county = '<tag k="admin_level" v="6"/><tag k="boundary" v="administrative"/><tag k="type" v="boundary"/>'
    return xml.replace("<way ", f"{nodes}<way ", 1).replace(
        "</osm>",
        f'<way id="9000" version="1">{border}</way>'
        f'<relation id="1" version="1"><member type="way" ref="9000" role="outer"/>{county}<tag k="name" v="Grid County"/></relation>'
        f'<relation id="2" version="1"><member type="way" ref="9999" role="outer"/>{county}<tag k="name" v="Far County"/></relation></osm>',
    )


@pytest.fixture(scope="session")
def town(tmp_path_factory) -> Path:
    """The town's extract."""
    assert SIDE == 9
    path = tmp_path_factory.mktemp("town") / "small-town.osm"
    path.write_text(with_counties(town_xml()), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def town_home(town, tmp_path_factory) -> Path:
    """A home with the town's pack, made once; copy it to change it."""
    home = tmp_path_factory.mktemp("town") / "home"
    with open_workspace(home) as opened:
        build_from_files(opened, [town], "Small Town", silent)
    return home


def index(url: str) -> bytes:
    """A list of three states; the extract of each is the town."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": f"us/{name.lower().replace(' ', '-')}",
                "name": f"us/{name.lower().replace(' ', '-')}",
                "parent": "us",
                "iso3166-2": [f"US-{state}"],
                "urls": {"pbf": f"{url}/{state}-latest.osm.pbf"},
            },
            "geometry": {"type": "MultiPolygon", "coordinates": [[box_ring(*box)]]},
        }
        for state, (name, box) in STATES.items()
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def place(name: str, west: float) -> dict[str, object]:
    """An area as Nominatim tells it."""
    return {
        "place_id": 1,
        "osm_type": "relation",
        "osm_id": 1,
        "category": "boundary",
        "type": "administrative",
        "importance": 0.5,
        "display_name": name,
        "lat": "40.0",
        "lon": str(west),
        "boundingbox": ["39.9", "40.1", str(west), str(west + 0.1)],
        "geojson": {"type": "Polygon", "coordinates": [box_ring(west, 39.9, west + 0.1, 40.1)]},
    }


@pytest.fixture(scope="session")
def town_pbf(town, tmp_path_factory) -> bytes:
    """The town as a compact extract."""
    from planner.roads.extract.clip import cut_extract

    path = tmp_path_factory.mktemp("pbf") / "town.osm.pbf"
    cut_extract([town], None, path, silent)
    return path.read_bytes()


@pytest.fixture
def server(town, town_pbf):
    """A server of regions, extracts, names and maps."""
    with MapServer(OsmData(town)) as running:
        running.files["/index-v1.json"] = Served(index(running.url))
        running.files["/PA-latest.osm.pbf"] = Served(town_pbf)
        running.places = [place("Grid County, Pennsylvania, United States", -77.0), place("Grid County, Ohio, United States", -83.0)]
        yield running


@pytest.fixture
def open_page(qtbot, qapp, context_of, is_quiet, server):
    """Opens the page on a workspace whose settings name the server, asks for the list of regions, and waits until everything is loaded."""
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from ui.footprint.commands import RoadCommands
    from ui.footprint.page import FootprintPage

    def make(workspace, *, ask=True):
        for key, path in (("region_index", "/index-v1.json"), ("overpass", "/api"), ("nominatim", "/")):
            set_setting(workspace, key, f"{server.url}{path}")
        context = context_of(workspace)
        context.bus.basemap_shown.connect(lambda basemap: basemap and basemap.close())
        window = QWidget()
        qtbot.addWidget(window)
        commands = RoadCommands(context, window, lambda: None, lambda: None)
        page = FootprintPage(context, commands, QAction("Import accounts…", window))
        page.window_of_test, page.context = window, context
        qtbot.addWidget(page)
        page.resize(1200, 720)
        page.show()
        context.desk.load()
        qtbot.waitUntil(is_quiet, timeout=20_000)
        if ask:
            page.regions.again.click()
            qtbot.waitUntil(is_quiet, timeout=20_000)
        return page

    return make
