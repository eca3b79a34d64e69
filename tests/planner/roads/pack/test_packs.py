"""Road packs on disk: what is sound, what is damaged, what is none."""

import json
import shutil
from pathlib import Path

import pytest

from planner.errors import Cancelled, PackProblem
from planner.model.packs import RoadPack
from planner.roads.pack.packs import broken_packs, delete_pack, list_packs, load_pack, verify_pack, write_manifest
from planner.values import replace


def flip_a_bit(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def a_tile(pack: RoadPack) -> str:
    return next(file.path for file in pack.files if file.path.startswith("tiles/2/"))


def test_a_pack_as_it_was_built_has_nothing_wrong(own_pack: RoadPack) -> None:
    own_pack.travel.write_bytes(b"filled as it is used")
    assert verify_pack(own_pack) == []


def test_a_pack_read_back_is_the_pack_that_was_built(town_pack: RoadPack) -> None:
    assert load_pack(town_pack.folder) == town_pack


def test_a_flipped_bit_names_its_file(own_pack: RoadPack) -> None:
    flip_a_bit(own_pack.folder / a_tile(own_pack))
    assert verify_pack(own_pack) == [f"{a_tile(own_pack)} is damaged: its content has changed since it was built"]


def test_a_missing_and_a_shortened_file_are_told_apart(own_pack: RoadPack) -> None:
    own_pack.basemap.unlink()
    own_pack.gazetteer.write_bytes(own_pack.gazetteer.read_bytes()[:1000])
    missing, short = verify_pack(own_pack)
    assert missing == "basemap.pmtiles is missing"
    assert short.startswith("gazetteer.sqlite has 1,000 bytes instead of ")


def test_a_tile_of_another_build_is_noticed(own_pack: RoadPack) -> None:
    (own_pack.tiles / "2" / "stray.gph").write_bytes(b"roads from elsewhere")
    assert verify_pack(own_pack) == ["tiles/2/stray.gph does not belong to the pack"]


def test_verifying_can_be_stopped(own_pack: RoadPack) -> None:
    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        verify_pack(own_pack, stop)


def test_packs_are_listed_by_name_and_unfinished_ones_are_not(own_pack: RoadPack) -> None:
    packs = own_pack.folder.parent
    for folder in ("second", ".building-third"):
        shutil.copytree(own_pack.folder, packs / folder)
    write_manifest(replace(load_pack(packs / "second"), name="A first"))
    assert [(pack.id, pack.name) for pack in list_packs(packs)] == [("second", "A first"), ("town", "Town")]
    assert list_packs(packs / "nowhere") == []


@pytest.mark.parametrize(
    "manifest",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format": 1}',
        b'{"format": 99}',
        b'{"format": 1, "name": "x", "source": "", "data_date": "", "built_at": "", "sample": 0, "builders": {}, "bounds": {}}',
    ],
)
def test_a_manifest_that_cannot_be_read_is_a_problem_and_no_crash(own_pack: RoadPack, manifest: bytes) -> None:
    (own_pack.folder / "manifest.json").write_bytes(manifest)
    assert list_packs(own_pack.folder.parent) == []
    (problem,) = broken_packs(own_pack.folder.parent)
    assert "town" in problem.what
    assert "build it again" in problem.remedy


@pytest.mark.parametrize("path", ["../../outside", "/etc/passwd", "C:\\outside", "tiles/../../outside", ""])
def test_a_manifest_never_leads_out_of_its_folder(own_pack: RoadPack, path: str) -> None:
    manifest = own_pack.folder / "manifest.json"
    record = json.loads(manifest.read_text(encoding="utf-8"))
    record["files"][0]["path"] = path
    record["checksum"] = ""  # as packs of the first release have none
    manifest.write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(PackProblem, match="cannot be read"):
        load_pack(own_pack.folder)


def test_a_folder_without_a_manifest_is_no_pack(tmp_path: Path) -> None:
    (tmp_path / "photos").mkdir()
    with pytest.raises(PackProblem, match="There is no road pack in 'photos'"):
        load_pack(tmp_path / "photos")


def test_a_deleted_pack_is_gone_and_may_be_deleted_again(own_pack: RoadPack) -> None:
    delete_pack(own_pack.folder)
    delete_pack(own_pack.folder)
    assert list(own_pack.folder.parent.iterdir()) == []
