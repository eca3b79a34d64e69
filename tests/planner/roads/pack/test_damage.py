"""Damage to any file of a pack is noticed before it is used, told by the file's name, and mended by building again."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.pack.build import build_pack
from planner.roads.pack.packs import broken_packs, list_packs, load_pack, need_sound, verify_pack
from planner.roads.routing.engine import Engine
from planner.roads.routing.travel import TravelTimes

Damage = Callable[[Path], None]


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[random.Random(path.name).randrange(len(content))] ^= 1 << random.Random(path.name).randrange(8)
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])


DAMAGES: list[Damage] = [flip, truncate, Path.unlink]


def files_of(pack: RoadPack) -> list[str]:
    return [file.path for file in pack.files]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_every_file_is_found_and_named_before_it_is_used(town_pack: RoadPack, tmp_path: Path, damage: Damage) -> None:
    assert len(files_of(town_pack)) == 3
    for number, path in enumerate(files_of(town_pack)):
        pack = load_pack(Path(shutil.copytree(town_pack.folder, tmp_path / str(number) / "town")))
        damage(pack.folder / path)
        (problem,) = verify_pack(pack)
        assert problem.startswith(path)
        with pytest.raises(PackProblem, match=r"is damaged\. .*update town") as told:
            need_sound(pack, path.split("/", maxsplit=1)[0])
        assert path in str(told.value)


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_to_every_file_of_a_real_pack_is_named(state_college_home: Path, tmp_path: Path, damage: Damage) -> None:
    (whole,) = list_packs(state_college_home / "packs")
    pack = load_pack(Path(shutil.copytree(whole.folder, tmp_path / "town")))
    tiles = [path for path in files_of(pack) if path.startswith("tiles/")]
    assert len(tiles) > 3
    for path in files_of(pack):
        content = (pack.folder / path).read_bytes()
        damage(pack.folder / path)
        with pytest.raises(PackProblem, match="is damaged") as told:
            need_sound(pack, path.split("/", maxsplit=1)[0])
        assert path in str(told.value)
        (pack.folder / path).write_bytes(content)
    assert verify_pack(pack) == []


@pytest.mark.parametrize("damage", DAMAGES)
def test_no_route_comes_from_a_damaged_tile(town_pack: RoadPack, tmp_path: Path, damage: Damage, corner: Callable[..., LatLon]) -> None:
    tiles = [path for path in files_of(town_pack) if path.startswith("tiles/")]
    for number, path in enumerate(tiles):
        pack = load_pack(Path(shutil.copytree(town_pack.folder, tmp_path / str(number) / "town")))
        damage(pack.folder / path)
        with Engine(pack) as engine, pytest.raises(PackProblem, match="is damaged") as told:
            engine.route([corner(0, 0), corner(3, 3)])
        assert path in str(told.value)


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_manifest_takes_the_pack_off_the_list_and_is_named(own_pack: RoadPack, damage: Damage) -> None:
    damage(own_pack.folder / "manifest.json")
    assert list_packs(own_pack.folder.parent) == []
    (problem,) = broken_packs(own_pack.folder.parent)
    assert "manifest.json" in str(problem)
    assert "town" in str(problem)


def test_any_changed_byte_of_a_manifest_is_noticed(own_pack: RoadPack) -> None:
    manifest = own_pack.folder / "manifest.json"
    whole = manifest.read_bytes()
    chance = random.Random(7)
    for _ in range(300):
        content = bytearray(whole)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        manifest.write_bytes(content)
        same = [pack for pack in list_packs(own_pack.folder.parent) if pack == own_pack]  # a space more or less says nothing else
        assert same or len(broken_packs(own_pack.folder.parent)) == 1


@pytest.mark.parametrize("damage", [flip, truncate])
def test_damaged_drive_times_are_computed_again(town_pack: RoadPack, tmp_path: Path, damage: Damage, corner: Callable[..., LatLon]) -> None:
    places = [corner(row, column) for row in range(3) for column in range(3)]
    pack = load_pack(Path(shutil.copytree(town_pack.folder, tmp_path / "town")))
    with Engine(pack) as engine:
        with TravelTimes(pack) as travel:
            right = travel.matrix(places, lambda: engine, silent)
        for suffix in ("-wal", "-shm"):
            pack.travel.with_name(pack.travel.name + suffix).unlink(missing_ok=True)
        for turn in range(8):
            content = pack.travel.read_bytes()
            damage(pack.travel)
            with TravelTimes(pack) as travel:
                again = travel.matrix(places, lambda: engine, silent)
            assert again.seconds.tolist() == right.seconds.tolist(), turn
            pack.travel.write_bytes(content)


def test_a_damaged_pack_is_mended_by_building_it_again(town: Path, tmp_path: Path) -> None:
    pack = build_pack(town, tmp_path, "Town", silent)
    for path in files_of(pack):
        flip(pack.folder / path)
    again = build_pack(town, tmp_path, "Town", silent)
    assert verify_pack(again) == []
    assert [file.path for file in again.files] == files_of(pack)
