"""How long a road pack takes to build beside the bare tile builder, in how much memory, and how quick its kept drive times are.

usage: python tests/bench/bench_pack.py [EXTRACT.osm.pbf [TRUTH.csv]]     default: Honolulu, then State College with its accounts
"""

import csv
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Self

from planner.model.places import LatLon
from planner.progress import silent
from planner.roads.pack.build import build_pack
from planner.roads.pack.packs import verify_pack
from planner.roads.pack.tiles import build_tiles
from planner.roads.routing.engine import Engine
from planner.roads.routing.travel import TravelTimes

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"


def main() -> None:
    if len(sys.argv) < 2:
        measure(SHARED / "osm" / "honolulu.osm.pbf", None)
        measure(SHARED / "osm" / "state-college.osm.pbf", SHARED / "accounts" / "state-college" / "truth.csv")
    else:
        measure(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)


def measure(extract: Path, truth: Path | None) -> None:
    print(f"{extract.name}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        compare(extract, Path(folder))
        with Memory() as memory:
            pack = timed("build the pack", lambda: build_pack(extract, Path(folder) / "packs", "bench", silent))
        print(f"{'':32}{memory.peak / 1e6:10.0f} MB resident at most, all processes of the build; the pack has {pack.size / 1e6:.1f} MB")
        timed("build it again, nothing changed", lambda: build_pack(extract, Path(folder) / "packs", "bench", silent))
        timed("verify it", lambda: verify_pack(pack))
        if truth is not None:
            with truth.open(encoding="utf-8") as file:
                rows = [row for row in csv.DictReader(file) if row["lat"]]
            places = list(dict.fromkeys(LatLon(float(row["lat"]), float(row["lon"])) for row in rows))
            with Engine(pack) as engine, TravelTimes(pack) as travel:
                drives(engine, travel, places)


def compare(extract: Path, folder: Path) -> None:
    """The pack against the tile builder alone on the same file, in turns."""
    ratios = []
    for turn in range(3):
        bare = seconds(lambda turn=turn: build_tiles(extract, folder / f"bare-{turn}", silent))
        whole = seconds(lambda turn=turn: build_pack(extract, folder / f"whole-{turn}", "bench", silent))
        ratios.append((whole / bare, bare, whole))
    ratio, bare, whole = sorted(ratios)[1]
    print(f"{'pack / bare tile builder':32}{ratio:10.2f} ({whole:.2f} s / {bare:.2f} s), median of 3")


def drives(engine: Engine, travel: TravelTimes, places: list[LatLon]) -> None:
    timed("start the engine", lambda: engine.snap(places[:1]))
    timed("snap all places", lambda: engine.snap(places))
    timed("60 x 60 drives", lambda: engine.rows(places[:60], places[:60]))
    stops = random.Random(1).sample(places, 9)
    timed("a route of 9 stops", lambda: engine.route(stops))
    timed("fill the matrix but one place", lambda: travel.fill(places[:-1], lambda: engine, silent))
    timed("add the last place", lambda: travel.fill(places, lambda: engine, silent))
    timed("read all that is kept", lambda: travel.matrix(places, lambda: engine, silent), times=5)
    timed("read 400 places of it", lambda: travel.matrix(places[:400], lambda: engine, silent), times=5)


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def timed[Value](what: str, work: Callable[[], Value], times: int = 1) -> Value:
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        value = work()
        taken.append(time.perf_counter() - begin)
    print(f"{what:32}{statistics.median(taken):10.3f} s")
    return value


class Memory:
    """Watches the resident memory of what this program starts, its tile builder included; Linux only."""

    def __enter__(self) -> Self:
        self.peak, self._stop = 0, Event()
        self._thread = Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.05):
            self.peak = max(self.peak, resident(os.getpid()))


def resident(pid: int) -> int:
    try:
        here = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return 0
    return here + sum(map(resident, children))


if __name__ == "__main__":
    main()
