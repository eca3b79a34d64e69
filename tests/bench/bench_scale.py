"""How basemap and gazetteer grow with the extract: time and memory of an extract and of one made 16 times larger.

usage: python tests/bench/bench_scale.py [EXTRACT.osm.pbf [COPIES]]     default: Honolulu beside the project, 16

Each build is a process of its own, so that each has its own peak of memory. The ratio is the time of the larger extract per copy, by
that of the extract itself: 1.0 is linear. It is of processor time, which other work on the machine disturbs least.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from shifted import write_shifted

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "osm"
BUILD = """
import resource, sys, time
from pathlib import Path
from planner.progress import silent
{load}
begin = time.perf_counter(), time.process_time()
build(Path(sys.argv[1]), Path(sys.argv[2]), silent)
print(time.perf_counter() - begin[0], time.process_time() - begin[1], resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
BUILDS = {
    "basemap": "from planner.roads.basemap.build import build_basemap as build",
    "gazetteer": "from planner.roads.gazetteer.build import build_gazetteer as build",
}


def main() -> None:
    extract = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "honolulu.osm.pbf"
    copies = int(sys.argv[2]) if len(sys.argv) > 2 else 16
    with tempfile.TemporaryDirectory() as folder:
        larger = Path(folder) / "larger.osm.pbf"
        write_shifted(extract, larger, copies)
        print(f"{extract.name}, {extract.stat().st_size / 1e6:.1f} MB, and {copies} copies of it, {larger.stat().st_size / 1e6:.1f} MB")
        print(f"{'':<12}{'1 x s':>10}{'MB':>8}{f'{copies} x s':>10}{'MB':>8}{'wall s':>10}{'ratio':>8}")
        for name, load in BUILDS.items():
            _, once, small = _build(load, extract, Path(folder) / "small")
            wall, many, large = _build(load, larger, Path(folder) / "large")
            print(f"{name:<12}{once:>10.1f}{small:>8.0f}{many:>10.1f}{large:>8.0f}{wall:>10.1f}{many / copies / once:>8.2f}")


def _build(load: str, extract: Path, out: Path) -> list[float]:
    """Seconds on the clock, seconds of the processor, and the most megabytes."""
    script = BUILD.format(load=load)
    said = subprocess.run([sys.executable, "-c", script, extract, out], check=True, capture_output=True, text=True).stdout
    return [float(number) for number in said.split()]


if __name__ == "__main__":
    main()
