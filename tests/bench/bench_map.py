"""Frames a second of the map with 20,000 accounts: `xvfb-run -s "-screen 0 1280x900x24" python tests/bench/bench_map.py [BASEMAP.pmtiles]`.

Pans and zooms by script as fast as the window can paint. A frame's time is from asking for it until it is painted; the processor time is of
the whole process, worker threads included, and the worst of the window's own thread, so that a noisy machine can be told from a slow map.
The same again with areas, heat, a colouring and no clusters. Then, at the busiest place of the basemap, what the worker threads do for one
view: paint a tile, lay the names out.
"""

import math
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication

from planner.model.places import Bounds, LatLon
from planner.model.week import VisitKind
from planner.progress import silent
from planner.roads.basemap.build import build_basemap
from planner.roads.basemap.reader import Basemap
from planner.sample.territory import write_territory
from planner.usecases.outlines import outlines
from ui.map.camera import Camera, latlon_of, world_of
from ui.map.colouring import Colouring
from ui.map.ground import Area, Ground, Heat
from ui.map.label_layout import lay_out
from ui.map.label_painter import Letters
from ui.map.palette import LIGHT
from ui.map.pins import Pin
from ui.map.tile_source import DecodedTiles, named_tiles, order_for, painted, shown_tiles
from ui.map.view import MapView

PINS = 20_000
FRAMES = 240
ROUNDS = 9


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
    home = busiest_place(basemap)
    _report_movements(app, view, home)
    _add_layers(view, basemap)
    print("with layers, every pin by itself")
    _report_movements(app, view, home)
    view.close()
    _report_work(app, basemap)


def _report_movements(app: QApplication, view: MapView, home: LatLon) -> None:
    for zoom in (11.0, 13.0, 15.0, 17.0):
        view.centre_on(home, zoom)
        _settle(app, view)
        _report(f"pan at zoom {zoom:g}", app, lambda frame: _pan(view, frame))
    view.centre_on(home, 11.0)
    _settle(app, view)
    _report("zoom 10 to 15 and back", app, lambda frame: view.centre_on(home, 12.5 + 2.5 * math.sin(frame / 40)))


def _add_layers(view: MapView, basemap: Basemap) -> None:
    """Eight owners' areas, a surface of heat, pins in the colours of the owners, and no clusters."""
    box, chance = basemap.bounds, random.Random(2)
    places = [LatLon(chance.uniform(box.south, box.north), chance.uniform(box.west, box.east)) for _ in range(400)]
    found = outlines(places, [number % 8 for number in range(len(places))], 3_000.0)
    areas = tuple(Area.of(f"Rep {each.mark}", each.rings, each.mark, each.middle) for each in found)
    shares = np.random.default_rng(3).uniform(0, 1, (200, 200)).astype(np.float32)
    view.set_ground(Ground(areas, Heat.of(shares, box)))
    names = tuple(f"Rep {number}" for number in range(8))
    view.set_colouring(Colouring("Owner", names), {key: key % 8 for key in range(PINS)})
    view.set_merging(merged=False)


def _report_work(app: QApplication, basemap: Basemap) -> None:
    busiest = busiest_place(basemap)
    decoded, letters = DecodedTiles(basemap), Letters(list(app.font().families()))
    print(f"\nthe busiest place, {busiest.lat:.4f} {busiest.lon:.4f}; medians of {ROUNDS}, ms of a thread")
    print(f"{'zoom':<8}{'tile painted':>14}{'names laid out':>16}{'labels':>8}")
    for zoom in (11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0):
        camera = Camera(*world_of(busiest), zoom, 1520, 1120)
        tile, order = shown_tiles(camera, basemap)[0], order_for(camera, basemap, 1.0)
        names = [decoded.names(one) for one in named_tiles(camera, basemap)]
        paint = _median_ms(lambda tile=tile, order=order: painted(decoded, tile, order, LIGHT))
        lay = _median_ms(lambda names=names, camera=camera: lay_out(names, camera, letters.width))
        print(f"{zoom:<8g}{paint:>14.1f}{lay:>16.1f}{len(lay_out(names, camera, letters.width)):>8}")


def busiest_place(basemap: Basemap) -> LatLon:
    """The middle of the closest tile that has the most in it."""
    zoom = basemap.max_zoom
    (left, top), (right, bottom) = (_tile_at(basemap.bounds, corner, zoom) for corner in ("north west", "south east"))
    sizes = {(x, y): len(basemap.raw(zoom, x, y) or b"") for x in range(left, right + 1) for y in range(top, bottom + 1)}
    x, y = max(sizes, key=lambda tile: sizes[tile])
    return latlon_of((x + 0.5) / (1 << zoom), (y + 0.5) / (1 << zoom))


def _tile_at(box: Bounds, corner: str, zoom: int) -> tuple[int, int]:
    x, y = world_of(LatLon(box.north, box.west) if corner == "north west" else LatLon(box.south, box.east))
    return int(x * (1 << zoom)), int(y * (1 << zoom))


def _median_ms(work: Callable[[], object]) -> float:
    work()
    times = []
    for _ in range(ROUNDS):
        begun = time.thread_time()
        work()
        times.append((time.thread_time() - begun) * 1000)
    return sorted(times)[ROUNDS // 2]


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
