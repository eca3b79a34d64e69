"""A pack is looked at again quickly, and a file that was changed meanwhile is still found."""

import os

import pytest

from planner.model.packs import RoadPack
from planner.roads.pack import packs


def test_files_are_read_once_and_again_when_they_change(own_pack: RoadPack, monkeypatch: pytest.MonkeyPatch) -> None:
    read = []
    sha256 = packs._sha256
    monkeypatch.setattr(packs, "_sha256", lambda path, *rest: read.append(path) or sha256(path, *rest))  # type: ignore[func-returns-value]
    assert packs.verify_changed(own_pack) == []
    assert len(read) == len(own_pack.files)
    assert packs.verify_changed(own_pack) == []
    assert len(read) == len(own_pack.files)
    file = own_pack.gazetteer
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    os.utime(file, ns=(1, 1))
    (problem,) = packs.verify_changed(own_pack)
    assert problem.startswith("gazetteer.sqlite is damaged")
    own_pack.basemap.unlink()
    assert packs.verify_changed(own_pack)[0] == "basemap.pmtiles is missing"
