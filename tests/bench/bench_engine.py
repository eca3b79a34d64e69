"""How much the engine adds to bare Valhalla: the same questions to an actor in a process of its own, in turns, medians and their ratio.

usage: python tests/bench/bench_engine.py [EXTRACT.osm.pbf [TRUTH.csv]]     default: State College and its accounts beside the project

The engine's time counts the whole call: snapping, writing and reading JSON, and values as the rest of Roadbook takes them. Each repeat has
places of its own, so that nothing is remembered. The bare actor is given finished JSON about places on roads, in batches of 60 sources, and
its time ends when its JSON has come back over a pipe like the engine's, unread: what runs beside the benchmark slows both alike.
"""

import csv
import json
import multiprocessing
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Self

from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from planner.model.travel import Snap
from planner.progress import silent
from planner.roads.pack.packs import hash_files
from planner.roads.pack.tiles import build_tiles
from planner.roads.routing import questions
from planner.roads.routing.config import valhalla_config
from planner.roads.routing.engine import Engine
from planner.roads.routing.questions import Request, Search

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"
CAR: Request = {"costing": "auto"}
Job = tuple[str, list[Request]]


def main() -> None:
    extract = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "osm" / "state-college.osm.pbf"
    truth = Path(sys.argv[2]) if len(sys.argv) > 2 else SHARED / "accounts" / "state-college" / "truth.csv"
    with truth.open(encoding="utf-8") as file:
        places = list(dict.fromkeys(LatLon(float(row["lat"]), float(row["lon"])) for row in csv.DictReader(file) if row["lat"]))
    print(f"{extract.name}, {len(places)} places, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    print(f"{'':28}{'bare':>10}{'engine':>10}{'ratio':>8}   at most 1.15")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        build_tiles(extract, Path(folder) / "tiles", silent)
        engine = stack.enter_context(Engine(_pack(Path(folder))))
        bare = stack.enter_context(Bare(Path(folder)))
        known = {place: snap.point or place for place, snap in zip(places, engine.snap(places), strict=True)}
        kept = dict(engine._snaps)  # as when the accounts have been asked about before
        chance = random.Random(1)
        matrix = [chance.sample(places, 300) for _ in range(3)]
        day = [chance.sample(places, 9) for _ in range(100)]
        centres = chance.sample(places, 100)
        drives: list[Job] = [("matrix", _batches([known[place] for place in some])) for some in matrix]
        routes: list[Job] = [("route", [questions.route([known[p] for p in some], CAR, Search.FORWARD)]) for some in day]
        near: list[Job] = [("isochrone", [questions.isochrone(known[place], (10, 20, 30), CAR)]) for place in centres]
        compare("300 x 300 drives, cold", engine, bare, drives, [lambda s=some: engine.rows(s, s) for some in matrix])
        compare("a route of 9 stops, cold", engine, bare, routes, [lambda s=some: engine.route(s) for some in day])
        compare("an isochrone, cold", engine, bare, near, [lambda p=place: engine.isochrones(p, (10, 20, 30)) for place in centres])
        compare("a route, places known", engine, bare, routes, [lambda s=some: engine.route(s) for some in day], kept)
        rings = [lambda p=place: engine.isochrones(p, (10, 20, 30)) for place in centres]
        compare("an isochrone, place known", engine, bare, near, rings, kept)


class Bare:
    """An actor in a process of its own, which sends back Valhalla's JSON."""

    def __init__(self, folder: Path) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        config = folder / "bare.json"
        config.write_text(json.dumps(valhalla_config(folder / "tiles")), encoding="utf-8")
        self._process = multiprocessing.get_context("spawn").Process(target=act, args=(str(config), theirs), daemon=True)

    def __enter__(self) -> Self:
        self._process.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.kill()
        self._process.join()

    def seconds(self, job: Job) -> float:
        method, requests = job[0], [json.dumps(request) for request in job[1]]
        begin = time.perf_counter()
        for request in requests:
            self._pipe.send((method, request))
            self._pipe.recv()
        return time.perf_counter() - begin


def act(config: str, pipe: Connection) -> None:
    from valhalla import Actor

    actor = Actor(config)
    while True:
        method, request = pipe.recv()
        pipe.send(getattr(actor, method)(request))


def compare(
    what: str,
    engine: Engine,
    bare: Bare,
    jobs: list[Job],
    calls: list[Callable[[], object]],
    known: dict[tuple[LatLon, float], Snap] | None = None,
) -> None:
    """Run each job both ways, the one or the other first in turn; `known` are the snaps to be remembered, none by default."""
    bares, ours = [], []

    def ask(call: Callable[[], object]) -> None:
        engine._snaps.clear()
        engine._snaps.update(known or {})
        begin = time.perf_counter()
        call()
        ours.append(time.perf_counter() - begin)

    bare.seconds(jobs[0])  # tiles are read at the first question
    calls[0]()
    for turn, (job, call) in enumerate(zip(jobs, calls, strict=True)):
        if turn % 2:
            ask(call)
        bares.append(bare.seconds(job))
        if not turn % 2:
            ask(call)
    ratio = statistics.median(mine / other for mine, other in zip(ours, bares, strict=True))
    print(f"{what:28}{statistics.median(bares) * 1000:8.1f} ms{statistics.median(ours) * 1000:7.1f} ms{ratio:8.2f}", flush=True)


def _batches(places: list[LatLon]) -> list[Request]:
    return [questions.matrix(places[begin : begin + 60], places, CAR) for begin in range(0, len(places), 60)]


def _pack(folder: Path) -> RoadPack:
    return RoadPack("bench", "Bench", folder, "", "", "", Bounds(-90, -180, 90, 180), {}, hash_files(folder, silent))


if __name__ == "__main__":
    main()
