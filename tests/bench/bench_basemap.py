"""How long the basemap takes to build, and a tile to read: python tests/bench/bench_basemap.py [FOLDER WITH *.osm.pbf]."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from planner.roads.basemap.reader import Basemap

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "osm"

# A process of its own for each build, so that each has its own peak of memory.
BUILD = """
import resource, sys, time
from pathlib import Path
from planner.roads.basemap.build import build_basemap
last = begin = time.perf_counter()
gap = 0.0
def report(fraction, text):
    global last, gap
    now = time.perf_counter()
    gap, last = max(gap, now - last), now
build_basemap(Path(sys.argv[1]), Path(sys.argv[2]), report)
print(time.perf_counter() - begin, time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, gap)
"""


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    print(
        f"{'extract':<24}{'in MB':>8}{'out MB':>8}{'build s':>9}{'CPU s':>7}{'peak MB':>9}{'gap s':>7}"
        f"{'tiles':>7}{'mean ms':>9}{'worst ms':>10}"
    )
    for extract in sorted(folder.glob("*.osm.pbf")):
        with tempfile.TemporaryDirectory() as scratch:
            out = Path(scratch) / "basemap.pmtiles"
            said = subprocess.run([sys.executable, "-c", BUILD, extract, out], check=True, capture_output=True, text=True).stdout
            seconds, cpu, peak, gap = map(float, said.split())
            times = _tile_times(out)
            sizes = (extract.stat().st_size / 1e6, out.stat().st_size / 1e6)
            print(
                f"{extract.name.removesuffix('.osm.pbf'):<24}{sizes[0]:>8.1f}{sizes[1]:>8.2f}{seconds:>9.1f}{cpu:>7.1f}{peak:>9.0f}{gap:>7.2f}"
                f"{len(times):>7}{1e3 * sum(times) / len(times):>9.1f}{1e3 * max(times):>10.1f}"
            )


def _tile_times(path: Path) -> list[float]:
    """Seconds to read and decode each of the closest tiles."""
    from math import log, pi, radians, tan

    times = []
    with Basemap(path) as basemap:
        side, b = 1 << basemap.max_zoom, basemap.bounds
        left, right = (int((lon + 180) / 360 * side) for lon in (b.west, b.east))
        top, bottom = (int((0.5 - log(tan(pi / 4 + radians(lat) / 2)) / (2 * pi)) * side) for lat in (b.north, b.south))
        for x in range(left, right + 1):
            for y in range(top, bottom + 1):
                begin = time.perf_counter()
                if basemap.tile(basemap.max_zoom, x, y):
                    times.append(time.perf_counter() - begin)
    return times


if __name__ == "__main__":
    main()
