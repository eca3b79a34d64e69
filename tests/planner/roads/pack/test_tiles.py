"""Building routing tiles with the program that comes with Valhalla."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import BadInputFile, Cancelled
from planner.progress import silent
from planner.roads.extract.clip import cut_extract
from planner.roads.pack import tiles
from planner.roads.pack.tiles import build_tiles


@pytest.fixture
def town_pbf(town: Path, tmp_path: Path) -> Path:
    cut_extract([town], None, tmp_path / "town.osm.pbf", silent)
    return tmp_path / "town.osm.pbf"


def test_an_extract_becomes_tiles_and_nothing_else(town_pbf: Path, tmp_path: Path) -> None:
    steps: list[tuple[float, str]] = []
    build_tiles(town_pbf, tmp_path / "tiles", lambda fraction, text: steps.append((fraction, text)))
    built = [path for path in (tmp_path / "tiles").rglob("*") if path.is_file()]
    assert built
    assert {path.suffix for path in built} == {".gph"}
    assert [fraction for fraction, _ in steps] == sorted(fraction for fraction, _ in steps)
    assert steps[-1] == (0.95, "Checking the tiles")


def test_nothing_is_written_to_the_screen(town_pbf: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    build_tiles(town_pbf, tmp_path / "tiles", silent)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("content", [b"", b"not a map at all", bytes(range(256)) * 40])
def test_a_builder_that_gives_up_is_told_plainly(tmp_path: Path, content: bytes) -> None:
    damaged = tmp_path / "damaged.osm.pbf"
    damaged.write_bytes(content)
    with pytest.raises(BadInputFile, match=r"'damaged\.osm\.pbf' could not be turned into routing tiles"):
        build_tiles(damaged, tmp_path / "tiles", silent)


def test_a_stopped_build_leaves_no_program_running(
    town_pbf: Path, tmp_path: Path, processes_of: Callable[[Path], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    started = []
    monkeypatch.setattr(tiles, "_start", lambda *arguments, start=tiles._start: started.append(start(*arguments)) or started[0])

    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        build_tiles(town_pbf, tmp_path / "tiles", stop)
    assert started[0].returncode is not None
    assert processes_of(tmp_path) == []
