"""Building a road pack: whole, or not at all."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest

from planner.errors import BadInputFile, Cancelled, PackProblem
from planner.model.areas import Area
from planner.model.packs import PackOrigin, RoadPack
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.basemap.reader import Basemap
from planner.roads.pack.build import build_pack, discard_unfinished, pack_id_of, remove_leftovers, restore_replaced, unfinished_builds
from planner.roads.pack.lock import building_alone, is_being_built
from planner.roads.pack.packs import list_packs, load_pack, verify_pack


def test_a_built_pack_has_everything_in_it(town_pack: RoadPack) -> None:
    assert verify_pack(town_pack) == []
    assert (town_pack.id, town_pack.name, town_pack.source, town_pack.data_date) == ("town", "Town", "town.osm", "2024-05-06")
    assert town_pack.bounds.contains(LatLon(40.004, -76.996))
    assert {file.path.split("/")[0] for file in town_pack.files} == {"tiles", "basemap.pmtiles", "gazetteer.sqlite"}
    assert {path.name for path in town_pack.folder.iterdir()} == {"tiles", "basemap.pmtiles", "gazetteer.sqlite", "manifest.json"}
    assert set(town_pack.builders) == {"pyvalhalla", "osmium", "pmtiles", "roadbook"}
    with Basemap(town_pack.basemap) as basemap:
        assert basemap.bounds.south == pytest.approx(town_pack.bounds.south)
    with sqlite3.connect(town_pack.gazetteer) as gazetteer:
        assert gazetteer.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    gazetteer.close()


def shown(packs: Path) -> list[str]:
    return sorted(path.name for path in packs.iterdir() if not path.name.startswith(".lock-"))


def inodes(pack: RoadPack) -> set[int]:
    return {(pack.folder / file.path).stat().st_ino for file in pack.files}


def test_a_pack_of_the_same_name_is_replaced(town: Path, own_pack: RoadPack, tmp_path: Path) -> None:
    other = tmp_path / "other.osm"
    other.write_text(town.read_text(encoding="utf-8").replace("Street 0-", "Avenue 0-"), encoding="utf-8")
    again = build_pack(other, own_pack.folder.parent, "  TOWN ", silent, sample=True)
    assert (again.id, again.name, again.sample, again.source) == ("town", "TOWN", True, "other.osm")
    assert shown(own_pack.folder.parent) == ["town"]
    with sqlite3.connect(again.gazetteer) as gazetteer:
        assert gazetteer.execute("SELECT count(*) FROM street WHERE name LIKE 'Avenue 0-%'").fetchone()[0] > 0
    gazetteer.close()


def test_what_has_not_changed_is_taken_over_with_the_drive_times(town: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    first = build_pack(town, packs, "Town", silent)
    with closing(sqlite3.connect(first.travel)) as travel, travel:
        travel.execute("CREATE TABLE kept AS SELECT 1 AS one")
    files = inodes(first)
    again = build_pack(town, packs, "Town", silent)
    assert again.files == first.files
    assert inodes(again) == files
    with closing(sqlite3.connect(again.travel)) as travel:
        assert travel.execute("SELECT one FROM kept").fetchall() == [(1,)]


def test_drive_times_of_other_roads_are_not_taken_over(town: Path, tmp_path: Path) -> None:
    packs = tmp_path / "packs"
    first = build_pack(town, packs, "Town", silent)
    first.travel.write_bytes(b"kept for the old roads")
    other = tmp_path / "town.osm"
    other.write_text(town.read_text(encoding="utf-8").replace("residential", "service"), encoding="utf-8")
    assert not build_pack(other, packs, "Town", silent).travel.exists()


@pytest.mark.parametrize("part", ["basemap.pmtiles", "gazetteer.sqlite", "tiles"])
def test_a_damaged_part_is_built_again_and_the_others_are_not(town: Path, tmp_path: Path, part: str) -> None:
    packs = tmp_path / "packs"
    first = build_pack(town, packs, "Town", silent)
    damaged = next(file for file in first.files if file.path.startswith(part))
    before = {file.path: (first.folder / file.path).stat().st_ino for file in first.files}
    content = bytearray((first.folder / damaged.path).read_bytes())
    content[len(content) // 3] ^= 4
    (first.folder / damaged.path).write_bytes(content)
    again = build_pack(town, packs, "Town", silent)
    assert verify_pack(again) == []
    kept = {path for path, inode in before.items() if (again.folder / path).exists() and (again.folder / path).stat().st_ino == inode}
    assert kept == {path for path in before if not path.startswith(part)}


def test_a_cancelled_build_goes_on_from_the_parts_that_were_finished(town: Path, tmp_path: Path) -> None:
    def cancel(_fraction: float, _text: str) -> None:
        if (tmp_path / ".building-town" / "basemap.pmtiles.part.json").exists():
            raise Cancelled

    with pytest.raises(Cancelled):
        build_pack(town, tmp_path, "Town", cancel)
    assert list_packs(tmp_path) == []
    (unfinished,) = unfinished_builds(tmp_path)
    assert unfinished.pack_id == "town"
    assert unfinished.size > 1000
    kept = (unfinished.folder / "basemap.pmtiles").stat().st_ino
    pack = build_pack(town, tmp_path, "Town", silent)
    assert pack.basemap.stat().st_ino == kept
    assert verify_pack(pack) == []
    assert shown(tmp_path) == ["town"]


def test_parts_of_another_extract_are_not_gone_on_from(town: Path, tmp_path: Path) -> None:
    folder = tmp_path / ".building-town"
    folder.mkdir()
    (folder / "basemap.pmtiles").write_bytes(b"of another extract")
    record = {"name": "basemap.pmtiles", "stamp": "other", "files": [], "facts": {}}
    (folder / "basemap.pmtiles.part.json").write_text(json.dumps(record), encoding="utf-8")
    assert verify_pack(build_pack(town, tmp_path, "Town", silent)) == []


def test_a_build_cut_short_can_be_discarded_and_is_when_it_is_old(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f".building-{name}").mkdir()
    discard_unfinished(tmp_path, "one")
    assert shown(tmp_path) == [".building-two"]
    os.utime(tmp_path / ".building-two", (0, 0))
    remove_leftovers(tmp_path)
    assert shown(tmp_path) == []


def test_a_pack_that_is_being_built_is_not_built_twice_at_once(town: Path, tmp_path: Path) -> None:
    with building_alone(tmp_path, "town"):
        (tmp_path / ".building-town").mkdir()
        with pytest.raises(PackProblem, match="is being built already"):
            build_pack(town, tmp_path, "Town", silent)
        discard_unfinished(tmp_path, "town")
        assert shown(tmp_path) == [".building-town"]
        other = build_pack(town, tmp_path, "Other Town", silent)  # another pack may be built beside it
    assert verify_pack(other) == []
    assert verify_pack(build_pack(town, tmp_path, "Town", silent)) == []


def test_two_builds_at_once_leave_whole_packs(town: Path, tmp_path: Path) -> None:
    names = ["Town", "Town", "Village"]
    told: list[object] = []

    def build(name: str) -> None:
        try:
            told.append(build_pack(town, tmp_path, name, silent).id)
        except PackProblem as problem:
            told.append(problem)

    threads = [Thread(target=build, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    refused = [one for one in told if isinstance(one, PackProblem)]
    assert {one for one in told if isinstance(one, str)} == {"town", "village"}
    assert all("being built already" in str(one) for one in refused)
    assert [verify_pack(pack) for pack in list_packs(tmp_path)] == [[], []]
    assert shown(tmp_path) == ["town", "village"]


def test_too_little_room_is_told_before_anything_is_built(town: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    huge = tmp_path / "huge.osm"
    with huge.open("wb") as file:
        file.truncate(shutil.disk_usage(tmp_path).free)  # a file with nothing in it takes no room, but its pack would
    with pytest.raises(PackProblem, match=r"too little room.* MB are free"):
        build_pack(huge, tmp_path / "packs", "Huge", silent)
    assert shown(tmp_path / "packs") == []


def test_an_extract_clipped_to_an_area_makes_a_smaller_pack(town: Path, town_pack: RoadPack, tmp_path: Path) -> None:
    corners = ((39.99, -77.01), (39.99, -76.98), (40.02, -76.98), (40.02, -77.01))
    area = Area("One grid", (tuple(LatLon(*corner) for corner in corners),))
    pack = build_pack(town, tmp_path, "Part", silent, origin=PackOrigin(sources=(str(town),), area=area))
    assert pack.bounds.east < town_pack.bounds.east - 0.02
    assert load_pack(pack.folder).origin.area == area
    assert verify_pack(pack) == []


def test_progress_rises_to_the_end(town: Path, tmp_path: Path) -> None:
    fractions: list[float] = []
    build_pack(town, tmp_path, "Town", lambda fraction, _text: fractions.append(fraction))
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.95


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.1, 0.5, 0.8, 0.96])
def test_a_cancelled_build_keeps_the_old_pack_and_leaves_no_program(
    town: Path, own_pack: RoadPack, tmp_path: Path, processes_of: Callable[[Path], list[int]], moment: float
) -> None:
    def cancel(fraction: float, _text: str) -> None:
        if fraction >= moment:
            raise Cancelled

    other = tmp_path / "other.osm"
    other.write_text(town.read_text(encoding="utf-8").replace("Street 0-", "Avenue 0-"), encoding="utf-8")
    packs = own_pack.folder.parent
    with pytest.raises(Cancelled):
        build_pack(other, packs, "Town", cancel)
    assert list_packs(packs) == [own_pack]
    assert verify_pack(own_pack) == []
    assert processes_of(packs) == []
    discard_unfinished(packs, "town")
    assert shown(packs) == ["town"]


@pytest.mark.parametrize("content", [b"", b"no map", b'<osm version="0.6"></osm>'])
def test_an_extract_that_is_none_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    extract = tmp_path / "bad.osm"
    extract.write_bytes(content)
    with pytest.raises(BadInputFile, match=r"'bad\.osm'"):
        build_pack(extract, tmp_path / "packs", "Bad", silent)
    assert shown(tmp_path / "packs") == []


def test_a_builder_that_is_killed_is_told_plainly_and_leaves_no_pack(town: Path, tmp_path: Path, kill_children: Callable[[], None]) -> None:
    def kill(fraction: float, _text: str) -> None:
        if fraction > 0.1:
            kill_children()

    with pytest.raises(PackProblem, match="stopped without a word"):
        build_pack(town, tmp_path, "Town", kill)
    assert list_packs(tmp_path) == []
    assert verify_pack(build_pack(town, tmp_path, "Town", silent)) == []
    assert shown(tmp_path) == ["town"]


def test_a_folder_that_cannot_be_written_is_a_plain_problem(town: Path, tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(PackProblem, match="could not be written"):
        build_pack(town, tmp_path / "packs", "Town", silent)


def test_what_a_replacement_cut_short_has_left_is_removed(tmp_path: Path) -> None:
    for name in (".replaced-town-1", ".deleted-town-2", "town"):
        (tmp_path / name).mkdir()
    remove_leftovers(tmp_path)
    assert shown(tmp_path) == ["town"]


def test_a_pack_that_was_just_being_replaced_when_all_ended_is_brought_back(own_pack: RoadPack) -> None:
    packs = own_pack.folder.parent
    own_pack.folder.rename(packs / ".replaced-town-1a2b3c4d")
    assert list_packs(packs) == []
    restore_replaced(packs)
    assert list_packs(packs) == [own_pack]


def test_a_pack_whose_name_only_looks_alike_as_a_folder_is_not_replaced(town: Path, tmp_path: Path) -> None:
    for name in ("A b", "a-b", "A B"):
        build_pack(town, tmp_path, name, silent)
    assert [(pack.id, pack.name) for pack in list_packs(tmp_path)] == [("a-b", "A B"), ("a-b-2", "a-b")]


def test_asking_whether_a_pack_is_being_built_does_not_stop_its_build(town: Path, tmp_path: Path) -> None:
    asking = Event()

    def ask() -> None:
        while not asking.is_set():
            is_being_built(tmp_path, "town")

    thread = Thread(target=ask)
    thread.start()
    try:
        for _ in range(40):
            with building_alone(tmp_path, "town"):
                pass
    finally:
        asking.set()
        thread.join()


@pytest.mark.parametrize(
    ("name", "pack_id"),
    [
        ("State College, PA", "state-college-pa"),
        ("Zürich", "zurich"),
        ("../../etc", "etc"),
        ("東京", "pack-130016b2"),
        ("CON", "pack-con"),
        ("", "pack"),
        ("a" * 99, "a" * 60),
    ],
)
def test_the_folder_of_a_pack_is_a_plain_word(name: str, pack_id: str) -> None:
    assert pack_id_of(name) == pack_id
