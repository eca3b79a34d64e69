"""What runs in the builder's own process: tiles on one core, basemap and gazetteer on the other, then the manifest."""

import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import version
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Event, Lock, Thread

from planner.errors import Cancelled, UserProblem
from planner.model.packs import RoadPack
from planner.model.places import Bounds
from planner.progress import Report, part
from planner.roads.extract import as_pbf, check_extract
from planner.roads.packs import hash_files, write_manifest
from planner.roads.tiles import build_tiles

PID_FILE = "builder.pid"
_BUILDERS = ("pyvalhalla", "osmium", "pmtiles", "roadbook")


@dataclass(frozen=True, slots=True)
class BuildOrder:
    """What to build: the extract, the folder to build in, and what the pack is called."""

    extract: Path
    folder: Path
    pack_id: str
    name: str
    sample: bool


@dataclass(slots=True)
class _Progress:
    """Joins the progress of two strands of work into one that never goes back, and stops both."""

    send: Callable[[float, str], None]
    stopped: Event
    shares: dict[str, float]
    done: dict[str, float] = field(default_factory=dict)
    text: str = ""
    lock: Lock = field(default_factory=Lock)

    def strand(self, name: str, beside: str = "") -> Report:
        """The report of one strand; its texts are shown only when the strand it runs `beside` is done, or they would alternate."""

        def report(fraction: float, text: str) -> None:
            if self.stopped.is_set():
                raise Cancelled
            with self.lock:
                self.done[name] = max(self.done.get(name, 0.0), min(fraction, 1.0))
                if self.done.get(beside, 1.0) >= 1.0:
                    self.text = text
                self.send(sum(share * self.done.get(strand, 0.0) for strand, share in self.shares.items()), self.text)

        return report


def run_build(order: BuildOrder, parent: Connection) -> None:
    """Build a pack and tell the parent how it goes.

    It sends ("progress", fraction, text) many times, then one of ("done",), ("failed", problem), ("bug", trace).
    Anything the parent says, or its end, means cancel.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which cancels in good order
    if sys.platform != "win32":
        os.setsid()  # a group of its own, so that nothing it starts can outlive it
    stopped = Event()
    Thread(target=_listen, args=(parent, stopped), daemon=True).start()
    answer: tuple[object, ...]
    try:
        _build(order, stopped, lambda fraction, text: parent.send(("progress", fraction, text)))
        answer = ("done",)
    except UserProblem as problem:
        answer = ("failed", problem)
    except Cancelled as cancelled:
        answer = ("failed", cancelled)
    except OSError as error:
        answer = ("failed", error)
    except BaseException:  # noqa: BLE001 - a bug is told to the parent, which raises it
        answer = ("bug", traceback.format_exc())
    try:
        parent.send(answer)
    except OSError:  # the parent is gone: nobody will publish or remove what was built
        shutil.rmtree(order.folder, ignore_errors=True)


def _listen(parent: Connection, stopped: Event) -> None:
    with suppress(EOFError, OSError):
        parent.recv()
    stopped.set()


def _raise_first(strand: "Future[None]") -> None:
    error = strand.exception()
    if error is not None and not isinstance(error, Cancelled):
        raise error


def _map_and_gazetteer(pbf: Path, folder: Path, report: Report) -> Bounds:
    from planner.roads.basemap.build import build_basemap
    from planner.roads.gazetteer import build_gazetteer

    bounds = build_basemap(pbf, folder / "basemap.pmtiles", part(report, 0.0, 0.5))
    build_gazetteer(pbf, folder / "gazetteer.sqlite", part(report, 0.5, 1.0))
    return bounds


def _build(order: BuildOrder, stopped: Event, send: Callable[[float, str], None]) -> None:
    progress = _Progress(send, stopped, {"check": 0.06, "tiles": 0.34, "map": 0.56, "manifest": 0.04})
    check = progress.strand("check")
    info = check_extract(order.extract, check)
    work = order.folder / "work"
    work.mkdir()
    pbf = as_pbf(order.extract, work, check)
    check(1.0, "The extract is sound")
    with ThreadPoolExecutor(1) as other_core:
        map_strand = progress.strand("map")
        map_strand(0.0, "Reading the map")
        tiles = other_core.submit(build_tiles, pbf, order.folder / "tiles", progress.strand("tiles", beside="map"))
        tiles.add_done_callback(lambda done: stopped.set() if done.exception() else None)
        try:
            bounds = _map_and_gazetteer(pbf, order.folder, map_strand)
        except Cancelled:
            wait([tiles])
            _raise_first(tiles)  # a failure of the tiles stops the other strand: then the failure is what to tell
            raise
        except BaseException:
            stopped.set()
            raise
        tiles.result()
    shutil.rmtree(work)
    report = progress.strand("manifest")
    report(0.0, "Writing checksums")
    built_at = datetime.now(UTC).isoformat(timespec="seconds")
    builders = {name: version(name) for name in _BUILDERS}
    files = hash_files(order.folder, report)
    write_manifest(
        RoadPack(
            order.pack_id, order.name, order.folder, order.extract.name, info.data_date, built_at, bounds, builders, files, order.sample
        )
    )
    report(1.0, "The road pack is ready")
