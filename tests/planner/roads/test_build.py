"""Building a road pack: whole, or not at all."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import BadInputFile, Cancelled, PackProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.basemap.reader import Basemap
from planner.roads.build import build_pack, pack_id_of, remove_dead_builds
from planner.roads.packs import list_packs, verify_pack


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


def test_a_pack_of_the_same_name_is_replaced_with_its_kept_drive_times(town: Path, own_pack: RoadPack) -> None:
    own_pack.travel.write_bytes(b"kept for other roads")
    again = build_pack(town, own_pack.folder.parent, "  TOWN ", silent, sample=True)
    assert (again.id, again.name, again.sample) == ("town", "TOWN", True)
    assert not again.travel.exists()
    assert [path.name for path in own_pack.folder.parent.iterdir()] == ["town"]


def test_progress_rises_to_the_end(town: Path, tmp_path: Path) -> None:
    fractions: list[float] = []
    build_pack(town, tmp_path, "Town", lambda fraction, _text: fractions.append(fraction))
    assert fractions == sorted(fractions)
    assert fractions[-1] > 0.95


@pytest.mark.parametrize("moment", [0.0, 0.01, 0.1, 0.5, 0.8, 0.96])
def test_a_cancelled_build_leaves_nothing_behind_and_keeps_the_old_pack(
    town: Path, own_pack: RoadPack, processes_of: Callable[[Path], list[int]], moment: float
) -> None:
    def cancel(fraction: float, _text: str) -> None:
        if fraction >= moment:
            raise Cancelled

    packs = own_pack.folder.parent
    with pytest.raises(Cancelled):
        build_pack(town, packs, "Town", cancel)
    assert [path.name for path in packs.iterdir()] == ["town"]
    assert list_packs(packs) == [own_pack]
    assert processes_of(packs) == []


@pytest.mark.parametrize("content", [b"", b"no map", b'<osm version="0.6"></osm>'])
def test_an_extract_that_is_none_is_refused_and_leaves_nothing(tmp_path: Path, content: bytes) -> None:
    extract = tmp_path / "bad.osm"
    extract.write_bytes(content)
    with pytest.raises(BadInputFile, match=r"'bad\.osm'"):
        build_pack(extract, tmp_path / "packs", "Bad", silent)
    assert list((tmp_path / "packs").iterdir()) == []


def test_a_builder_that_is_killed_is_told_plainly_and_leaves_nothing(town: Path, tmp_path: Path, kill_children: Callable[[], None]) -> None:
    def kill(fraction: float, _text: str) -> None:
        if fraction > 0.1:
            kill_children()

    with pytest.raises(PackProblem, match="stopped without a word"):
        build_pack(town, tmp_path, "Town", kill)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_plain_problem(town: Path, tmp_path: Path) -> None:
    (tmp_path / "packs").write_text("a file where the folder should be", encoding="utf-8")
    with pytest.raises(PackProblem, match="could not be written"):
        build_pack(town, tmp_path / "packs", "Town", silent)


def test_builds_whose_program_is_gone_are_removed_and_running_ones_are_not(tmp_path: Path) -> None:
    for name, pid in (("dead", str(2**22 + 1)), ("running", str(os.getppid())), ("unreadable", "?")):
        folder = tmp_path / f".building-{name}"
        folder.mkdir()
        (folder / "builder.pid").write_text(pid, encoding="ascii")
    (tmp_path / ".replaced-town").mkdir()
    (tmp_path / "town").mkdir()
    remove_dead_builds(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".building-running", "town"]


@pytest.mark.parametrize(
    ("name", "pack_id"),
    [
        ("State College, PA", "state-college-pa"),
        ("Zürich", "zurich"),
        ("../../etc", "etc"),
        ("東京", "pack"),
        ("", "pack"),
        ("a" * 99, "a" * 60),
    ],
)
def test_the_folder_of_a_pack_is_a_plain_word(name: str, pack_id: str) -> None:
    assert pack_id_of(name) == pack_id
