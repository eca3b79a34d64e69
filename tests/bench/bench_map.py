"""Frames a second of the map with 20,000 accounts: `xvfb-run -s "-screen 0 1280x900x24" python tests/bench/bench_map.py [BASEMAP.pmtiles]`.

Pans and zooms by script as fast as the window can paint. A frame's time is from asking for it until it is painted; the processor time is of
the whole process, worker threads included, and the worst of the window's own thread, so that a noisy machine can be told from a slow map.
"""

import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication

from planner.model.places import LatLon
from planner.model.week import VisitKind
from planner.progress import silent
from planner.roads.basemap.build import build_basemap
from planner.roads.basemap.reader import Basemap
from planner.sample.territory import write_territory
from ui.map.pins import Pin
from ui.map.view import MapView

PINS = 20_000
FRAMES = 240


def main(path: Path) -> None:
    """Print a table of frames a second."""
    app = QApplication([])
    view = MapView()
    view.resize(1200, 800)
    basemap = Basemap(path)
    view.set_basemap(basemap)
    box, chance = basemap.bounds, random.Random(1)
    kinds = list(VisitKind)
    view.set_pins(
        [
            Pin(
                key,
                LatLon(chance.uniform(box.south, box.north), chance.uniform(box.west, box.east)),
                kinds[key % len(kinds)],
                f"Account {key}",
                "1 Main Street",
            )
            for key in range(PINS)
        ]
    )
    view.show()
    _settle(app, view)
    print(f"{PINS:,} pins, {view.width()} x {view.height()} px, {app.platformName()}")
    print(f"{'movement':<26}{'frames/s':>9}{'median ms':>11}{'99 % ms':>9}{'worst ms':>10}{'CPU ms/frame':>14}{'worst in window':>17}")
    home = box.centre
    for zoom in (11.0, 13.0, 15.0):
        view.centre_on(home, zoom)
        _settle(app, view)
        _report(f"pan at zoom {zoom:g}", app, lambda frame: _pan(view, frame))
    view.centre_on(home, 11.0)
    _settle(app, view)
    _report("zoom 10 to 15 and back", app, lambda frame: view.centre_on(home, 12.5 + 2.5 * math.sin(frame / 40)))
    view.close()


def _pan(view: MapView, frame: int) -> None:
    view._put_camera(view.camera.panned(9 * math.cos(frame / 60), 6 * math.sin(frame / 40)))


def _settle(app: QApplication, view: MapView) -> None:
    until = time.monotonic() + 20
    app.processEvents()
    while not view.is_settled and time.monotonic() < until:
        app.processEvents()
        time.sleep(0.005)


def _report(name: str, app: QApplication, move: Callable[[int], None]) -> None:
    times, own = [], []
    cpu, begun = time.process_time(), time.perf_counter()
    for frame in range(FRAMES):
        start, own_start = time.perf_counter(), time.thread_time()
        move(frame)
        app.processEvents()
        times.append((time.perf_counter() - start) * 1000)
        own.append((time.thread_time() - own_start) * 1000)
    taken, cpu = time.perf_counter() - begun, time.process_time() - cpu
    times.sort()
    print(
        f"{name:<26}{FRAMES / taken:>9.1f}{times[FRAMES // 2]:>11.1f}{times[int(FRAMES * 0.99)]:>9.1f}{times[-1]:>10.1f}"
        f"{cpu * 1000 / FRAMES:>14.1f}{max(own):>17.1f}"
    )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            files = write_territory(Path(folder), silent, date(2026, 11, 23))
            build_basemap(files.osm, Path(folder) / "basemap.pmtiles", silent)
            main(Path(folder) / "basemap.pmtiles")
