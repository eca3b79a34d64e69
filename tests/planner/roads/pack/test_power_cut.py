"""A build that ends in the middle, by a kill at any moment or for want of room, never leaves a half-made pack in the list."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.progress import silent
from planner.roads.extract.clip import cut_extract
from planner.roads.pack.build import build_pack
from planner.roads.pack.lock import is_being_built
from planner.roads.pack.packs import list_packs, verify_pack

KILLS = int(os.environ.get("ROADBOOK_KILLS", "4"))
BUILD = """
import sys
from pathlib import Path
from planner.progress import silent
from planner.roads.pack.build import build_pack
if __name__ == "__main__":
    build_pack(Path(sys.argv[1]), Path(sys.argv[2]), "Town", silent)
"""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")


def family(pid: int) -> list[int]:
    """A process and all that it has started, the children of children too."""
    try:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(inner for child in children for inner in family(child))]


def kill(pids: list[int]) -> None:
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def build_until(script: Path, extract: Path, packs: Path, seconds: float, *, power_cut: bool) -> float:
    """Build in another program that is killed after some seconds, alone or with all that it has started; returns how long it ran."""
    begin = time.monotonic()
    program = subprocess.Popen([sys.executable, str(script), str(extract), str(packs)], stderr=subprocess.DEVNULL)
    try:
        program.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        kill(family(program.pid) if power_cut else [program.pid])
    program.wait()
    return time.monotonic() - begin


def build_when_free(extract: Path, packs: Path) -> RoadPack:
    """Build, once the builder of a program that was killed alone has ended by itself."""
    until = time.monotonic() + 30
    while is_being_built(packs, "town") and time.monotonic() < until:
        time.sleep(0.1)
    return build_pack(extract, packs, "Town", silent)


def test_a_build_killed_at_any_moment_leaves_no_half_pack_and_the_next_one_succeeds(town: Path, tmp_path: Path) -> None:
    script = tmp_path / "build.py"
    script.write_text(BUILD, encoding="utf-8")
    whole_s = build_until(script, town, tmp_path / "whole", 120, power_cut=False)
    assert len(list_packs(tmp_path / "whole")) == 1
    chance = random.Random(20)
    for turn in range(KILLS):
        packs = tmp_path / f"packs-{turn}"
        for _cut in range(1 + turn % 2):  # now and then killed again while going on
            build_until(script, town, packs, chance.uniform(0.15, 1.0) * whole_s, power_cut=turn % 3 != 2)
            assert [verify_pack(pack) for pack in list_packs(packs)] in ([], [[]])
        pack = build_when_free(town, packs)
        assert verify_pack(pack) == []
        assert sorted(path.name for path in packs.iterdir() if not path.name.startswith(".lock-")) == ["town"]


@pytest.mark.parametrize("free_kb", [64, 120, 160, 200, 240, 300, 400])
def test_a_full_disk_is_told_plainly_and_leaves_no_half_pack(town: Path, tmp_path: Path, small_disk: Path, free_kb: int) -> None:
    """Whatever is being written when the room is used up, the next build with room succeeds."""
    extract = tmp_path / "town.osm.pbf"
    cut_extract([town], None, extract, silent)
    filler = small_disk / "filler"
    filler.write_bytes(bytes(1024 * (6 * 1024 - free_kb)))
    packs = small_disk / "packs"
    with suppress(PackProblem) if free_kb > 220 else pytest.raises(PackProblem, match=r"[Dd]isk"):
        build_pack(extract, packs, "Town", silent)
    assert [verify_pack(pack) for pack in list_packs(packs)] in ([], [[]])
    filler.unlink()
    assert verify_pack(build_pack(extract, packs, "Town", silent)) == []
