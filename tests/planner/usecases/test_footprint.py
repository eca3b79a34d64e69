"""A footprint's roads: downloaded, built, brought up to date, examined and deleted."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from map_servers import MapServer, Served
from overpass_data import OsmData
from small_town import crossing, town_xml

from planner.errors import BadInputFile, Cancelled, PackProblem, ServerProblem
from planner.model.accounts import Account, AccountKind
from planner.model.areas import Area
from planner.model.packs import OriginKind
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.progress import silent
from planner.roads.extract.clip import cut_extract
from planner.roads.pack.packs import verify_pack
from planner.store.accounts import save_accounts
from planner.store.settings import write_setting
from planner.usecases import footprint, locate_accounts, packs
from planner.usecases.accounts import list_accounts
from planner.usecases.doctor import Health, examine
from planner.usecases.drive_times import fill_drive_times, kept_times, missing_drive_times
from planner.usecases.status import offline_status
from planner.usecases.workspace import Workspace
from planner.values import replace

WHOLE = Area("Whole town", ((LatLon(39.99, -77.02), LatLon(39.99, -76.92), LatLon(40.02, -76.92), LatLon(40.02, -77.02)),))
FIRST_GRID = Area("First grid", ((LatLon(39.99, -77.02), LatLon(39.99, -76.98), LatLon(40.02, -76.98), LatLon(40.02, -77.02)),))


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("town") / "town.osm"
    path.write_text(town_xml(), encoding="utf-8")
    return path


def pbf_of(town: Path, folder: Path, old: str = "", new: str = "") -> bytes:
    """The town as .osm.pbf, with other words where wanted."""
    (folder / "changed.osm").write_text(town.read_text(encoding="utf-8").replace(old, new) if old else town.read_text(encoding="utf-8"))
    cut_extract([folder / "changed.osm"], None, folder / "changed.osm.pbf", silent)
    return (folder / "changed.osm.pbf").read_bytes()


def index(server: MapServer) -> bytes:
    ring = [[-77.02, 39.99], [-76.92, 39.99], [-76.92, 40.02], [-77.02, 40.02], [-77.02, 39.99]]
    properties = {"id": "us/townland", "parent": "us", "name": "Townland", "urls": {"pbf": f"{server.url}/townland-latest.osm.pbf"}}
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": properties, "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}},
            ],
        }
    ).encode()


@pytest.fixture
def server(town: Path, tmp_path: Path, workspace: Workspace) -> Iterator[MapServer]:
    """Servers that the workspace's settings name."""
    with MapServer(OsmData(town)) as running:
        running.files["/index-v1.json"] = Served(index(running))
        running.files["/townland-latest.osm.pbf"] = Served(pbf_of(town, tmp_path))
        with workspace.writing("Test") as db:
            write_setting(db, "region_index", f"{running.url}/index-v1.json")
            write_setting(db, "overpass", f"{running.url}/api")
            write_setting(db, "nominatim", f"{running.url}/")
        yield running


def add_account(workspace: Workspace, number: int, place: LatLon | None, street: str = "1 Street 0-0") -> None:
    address = PostalAddress(street, "", "", "")
    with workspace.writing("Test") as db:
        save_accounts(db, [Account(0, f"crm-{number}", f"Account {number}", AccountKind.CLIENT, address, place=place)])


def test_a_region_is_downloaded_built_and_brought_up_to_date(workspace: Workspace, server: MapServer, town: Path, tmp_path: Path) -> None:
    (region,) = footprint.find_regions(footprint.list_regions(workspace, silent), "town")
    pack = footprint.build_from_region(workspace, region, "Townland", silent)
    assert (pack.origin.kind, pack.origin.sources) == (OriginKind.REGION, (region.url,))
    assert packs.active_pack(workspace) == pack
    assert footprint.update_pack(workspace, pack, silent) is None
    assert [path for _, path, _, _ in server.asked("/townland", "GET")].count("/townland-latest.osm.pbf") == 1
    server.files["/townland-latest.osm.pbf"] = Served(pbf_of(town, tmp_path, "Street 0-", "Avenue 0-"), etag='"two"')
    newer = footprint.update_pack(workspace, pack, silent)
    assert newer is not None
    assert newer.parts != pack.parts
    assert verify_pack(newer) == []
    assert footprint.update_pack(workspace, newer, silent) is None


def test_what_was_downloaded_is_not_downloaded_again_and_mends_the_pack_without_a_network(workspace: Workspace, server: MapServer) -> None:
    (region,) = footprint.list_regions(workspace, silent)
    pack = footprint.build_from_region(workspace, region, "Townland", silent)
    footprint.build_from_region(workspace, region, "Again", silent)
    assert [path for _, path, _, _ in server.asked("/townland", "GET")].count("/townland-latest.osm.pbf") == 1
    (pack.folder / "basemap.pmtiles").write_bytes(b"damaged")
    server.__exit__(None, None, None)
    mended = footprint.update_pack(workspace, pack, silent)
    assert mended is not None
    assert verify_pack(mended) == []


def test_a_pack_that_is_built_again_does_not_push_another_out_of_use(workspace: Workspace, town: Path) -> None:
    first = footprint.build_from_files(workspace, [town], "First", silent)
    second = footprint.build_from_files(workspace, [town], "Second", silent)
    assert packs.active_pack(workspace) == second
    (first.folder / "basemap.pmtiles").write_bytes(b"damaged")
    assert footprint.update_pack(workspace, first, silent) is not None
    assert packs.active_pack(workspace) == second


def test_an_account_that_is_changed_while_places_are_looked_up_is_not_overwritten(
    workspace: Workspace, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = footprint.build_from_files(workspace, [town], "Town", silent)
    add_account(workspace, 1, None)
    really = locate_accounts.located

    def slowly(*arguments):
        found = really(*arguments)
        with workspace.writing("Test") as db:
            (account,) = list_accounts(workspace)
            save_accounts(db, [replace(account, name="Renamed")])
        return found

    monkeypatch.setattr(locate_accounts, "located", slowly)
    locate_accounts.place_accounts(workspace, pack, silent)
    (account,) = list_accounts(workspace)
    assert (account.name, account.place) == ("Renamed", None)


def test_a_region_is_cut_to_an_area_and_stays_so_when_updated(workspace: Workspace, server: MapServer, town: Path, tmp_path: Path) -> None:
    (region,) = footprint.list_regions(workspace, silent)
    pack = footprint.build_from_region(workspace, region, "Part", silent, FIRST_GRID)
    assert not pack.bounds.contains(crossing(4, 4, island=True))
    server.files["/townland-latest.osm.pbf"] = Served(pbf_of(town, tmp_path, "Street 0-", "Avenue 0-"), etag='"two"')
    newer = footprint.update_pack(workspace, pack, silent)
    assert newer is not None
    assert newer.origin.area == FIRST_GRID
    assert not newer.bounds.contains(crossing(4, 4, island=True))


def test_a_county_that_is_not_in_the_extract_is_named_with_those_that_are(workspace: Workspace, town: Path) -> None:
    assert footprint.county_names(town) == ((), ())
    with pytest.raises(BadInputFile, match=r"does not have Centre and Mifflin as a whole\. It has: no county"):
        footprint.build_from_files(workspace, [town], "Town", silent, counties=["Centre", "Mifflin"])
    assert packs.list_packs(workspace) == []


def test_an_area_is_found_by_name_and_downloaded(workspace: Workspace, server: MapServer) -> None:
    ring = [[-77.02, 39.99], [-76.98, 39.99], [-76.98, 40.02], [-77.02, 40.02], [-77.02, 39.99]]
    server.places = [
        {
            "place_id": 1,
            "osm_type": "relation",
            "osm_id": 1,
            "display_name": "First grid",
            "name": "First grid",
            "class": "boundary",
            "type": "administrative",
            "importance": 0.5,
            "lat": "40.0",
            "lon": "-77.0",
            "boundingbox": ["39.99", "40.02", "-77.02", "-76.98"],
            "geojson": {"type": "Polygon", "coordinates": [ring]},
        }
    ]
    area = footprint.find_area(workspace, "First grid", silent)
    pack = footprint.build_from_area(workspace, area, "First grid", silent)
    assert pack.origin.kind is OriginKind.AREA
    assert pack.bounds.contains(crossing(4, 4))
    assert not pack.bounds.contains(crossing(4, 4, island=True))
    asked = len(server.asked("/api/interpreter"))
    again = footprint.build_from_area(workspace, area, "First grid", silent)  # within a day nothing is asked for again
    assert (again.files, len(server.asked("/api/interpreter"))) == (pack.files, asked)
    (again.folder / "basemap.pmtiles").write_bytes(b"damaged")
    mended = footprint.update_pack(workspace, again, silent)  # nor to mend what is damaged
    assert mended is not None
    assert verify_pack(mended) == []
    assert len(server.asked("/api/interpreter")) == asked


def test_without_a_network_the_list_says_so_and_nothing_is_lost(workspace: Workspace, server: MapServer, town: Path) -> None:
    pack = footprint.build_from_files(workspace, [town], "Town", silent)
    with workspace.writing("Test") as db:
        write_setting(db, "region_index", "http://127.0.0.1:9/index-v1.json")
    with pytest.raises(ServerProblem):
        footprint.list_regions(workspace, silent)
    assert packs.list_packs(workspace) == [pack]


def test_a_cancelled_download_goes_on(workspace: Workspace, server: MapServer) -> None:
    (region,) = footprint.list_regions(workspace, silent)

    def cancel(fraction: float, _text: str) -> None:
        if fraction > 0.4:
            raise Cancelled

    with pytest.raises(Cancelled):
        footprint.build_from_region(workspace, region, "Townland", cancel)
    assert packs.list_packs(workspace) == []
    assert verify_pack(footprint.build_from_region(workspace, region, "Townland", silent)) == []


def test_a_file_that_changed_or_is_gone_is_noticed_by_an_update(workspace: Workspace, town: Path, tmp_path: Path) -> None:
    extract = tmp_path / "mine.osm"
    extract.write_bytes(town.read_bytes())
    pack = footprint.build_from_files(workspace, [extract], "Mine", silent)
    assert footprint.update_pack(workspace, pack, silent) is None
    (pack.folder / "basemap.pmtiles").write_bytes(b"damaged")
    mended = footprint.update_pack(workspace, pack, silent)
    assert mended is not None
    assert verify_pack(mended) == []
    extract.write_text(town.read_text(encoding="utf-8").replace("Street 0-", "Avenue 0-"), encoding="utf-8")
    assert footprint.update_pack(workspace, mended, silent) is not None
    extract.unlink()
    with pytest.raises(PackProblem, match=r"is gone: mine\.osm"):
        footprint.update_pack(workspace, mended, silent)


def test_accounts_placed_by_zip_alone_find_their_house_when_the_roads_come(workspace: Workspace, town: Path) -> None:
    add_account(workspace, 1, None)
    assert list_accounts(workspace)[0].place is None
    footprint.build_from_files(workspace, [town], "Town", silent)
    assert list_accounts(workspace)[0].match_quality is MatchQuality.ROOFTOP


def test_other_drives_have_other_drive_times(workspace: Workspace, town: Path) -> None:
    pack = footprint.build_from_files(workspace, [town], "Town", silent)
    for number, place in enumerate([crossing(0, 0), crossing(3, 3), crossing(5, 1)]):
        add_account(workspace, number, place)
    assert missing_drive_times(workspace) == 3
    fill_drive_times(workspace, silent, background=True)
    assert missing_drive_times(workspace) == 0
    with workspace.writing("Test") as db:
        write_setting(db, "avoid_tolls", "yes")
    assert missing_drive_times(workspace) == 3
    with kept_times(workspace, pack) as travel:
        assert travel.missing([crossing(0, 0), crossing(3, 3)]) == 2


def test_the_doctor_names_what_is_wrong_worst_first(workspace: Workspace, town: Path) -> None:
    (nothing, *_) = examine(workspace, silent)
    assert (nothing.health, nothing.about) == (Health.BAD, "Road packs")
    pack = footprint.build_from_files(workspace, [town], "Town", silent)
    add_account(workspace, 1, crossing(0, 0))
    add_account(workspace, 2, LatLon(41.0, -77.0))
    add_account(workspace, 3, None, "nowhere")
    findings = examine(workspace, silent, date(2026, 11, 24))
    texts = [f"{one.health}: {one.text}" for one in findings]
    assert not [text for text in texts if text.startswith("bad")]
    assert any("map data is of 2024-05-06, 2 years ago" in text for text in texts)
    assert any("1 lie outside" in text for text in texts)
    assert any("have no place yet" in text for text in texts)
    assert any("The routing engine answers" in text for text in texts)
    path = pack.files[0].path
    (pack.folder / path).unlink()
    first, *_ = examine(workspace, silent, date(2026, 11, 24))
    assert (first.health, first.about) == (Health.BAD, "Town")
    assert f"{path} is missing" in first.text
    assert "update town" in first.remedy


def test_a_deleted_pack_is_gone_and_the_other_is_in_use(workspace: Workspace, town: Path) -> None:
    first = footprint.build_from_files(workspace, [town], "First", silent)
    second = footprint.build_from_files(workspace, [town], "Second", silent)
    assert packs.active_pack(workspace) == second
    packs.use_pack(workspace, packs.find_pack(workspace, "FIRST"))
    assert packs.active_pack(workspace) == first
    packs.delete_pack(workspace, first)
    assert packs.active_pack(workspace) == second
    with pytest.raises(PackProblem, match="There is: Second"):
        packs.find_pack(workspace, "First")


def test_cleaning_up_removes_downloads_and_leavings_and_no_pack(workspace: Workspace, server: MapServer) -> None:
    (region,) = footprint.list_regions(workspace, silent)
    pack = footprint.build_from_region(workspace, region, "Townland", silent)
    (workspace.packs_folder / ".building-other").mkdir()
    (workspace.packs_folder / ".building-other" / "half").write_bytes(bytes(1000))
    assert packs.clean_up(workspace) > 1000
    assert verify_pack(pack) == []
    assert not (workspace.home / "downloads").exists()
    assert not (workspace.packs_folder / ".building-other").exists()


def test_the_nearest_accounts_have_their_drive_times_first(workspace: Workspace, town: Path) -> None:
    pack = footprint.build_from_files(workspace, [town], "Town", silent)
    far, near = crossing(8, 8), crossing(0, 1)
    for number, place in enumerate([far, near]):
        add_account(workspace, number, place)
    with workspace.writing("Test") as db:
        write_setting(db, "home", "1 Street 0-0")

    class Watched:
        asked: tuple[LatLon, ...] = ()

        def rows(self, sources, targets, report):
            Watched.asked = (*Watched.asked, *sources)
            return workspace_engine.rows(sources, targets, report)

    workspace_engine = workspace.engine(pack)
    workspace.engine = lambda _pack, *, background=False: Watched()  # type: ignore[method-assign, assignment]
    fill_drive_times(workspace, silent)
    assert [Watched.asked.index(place) for place in (near, far)] == sorted(Watched.asked.index(place) for place in (near, far))


def test_of_a_book_too_large_only_the_accounts_nearest_to_home_have_their_drives_ahead(
    workspace: Workspace, town: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = footprint.build_from_files(workspace, [town], "Town", silent)
    middle = pack.bounds.centre
    places = sorted((crossing(x, y) for x, y in ((0, 0), (1, 4), (3, 3), (2, 3), (5, 1))), key=middle.metres_to)
    for number, place in enumerate(reversed(places)):
        add_account(workspace, number, place)
    monkeypatch.setattr("planner.usecases.drive_times.MOST_AHEAD", 3)
    monkeypatch.setattr("planner.usecases.status.MOST_AHEAD", 3)
    assert missing_drive_times(workspace) == 3
    fill_drive_times(workspace, silent, background=True)
    assert missing_drive_times(workspace) == 0
    with kept_times(workspace, pack) as travel:
        assert travel.missing(places[:3]) == 0
        assert travel.missing(places) == 5
    assert "All drive times between the 3 accounts nearest to home are kept." in offline_status(workspace).lines
