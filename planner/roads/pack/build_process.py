"""What runs in the builder's own process: tiles on one core, basemap and gazetteer on the other, then the pack is put in its place."""

import errno
import json
import os
import shutil
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from threading import Event, Lock

from planner.errors import BadInputFile, Cancelled, PackProblem, UserProblem
from planner.model.packs import PackOrigin, RoadPack
from planner.model.places import Bounds
from planner.progress import Report, part
from planner.roads.extract.check import check_extract, check_file
from planner.roads.extract.clip import cut_extract
from planner.roads.pack.lock import building_alone
from planner.roads.pack.packs import load_pack, publish_pack, write_manifest
from planner.roads.pack.parts import EXTRACT, Part, finish_part, forget_records, kept_part, part_of_pack, part_stamps, sources_stamp
from planner.roads.pack.tiles import build_tiles
from planner.roads.routing.travel import keep_drive_times
from planner.values import Struct, as_data, field

BUILDING = ".building-"
_BUILDERS = ("pyvalhalla", "osmium", "pmtiles", "roadbook")
_ROOM_A_CUT = 3  # times its size: what a build of a part of it takes; how large that part is shows later
_ROOM_AN_EXTRACT = 10  # times its size: what a build takes on the disk at most, measured on towns


class BuildOrder(Struct, frozen=True):
    """What to build: where it comes from and what the pack is called; `origin.area` is cut out of the sources."""

    sources: tuple[Path, ...]
    packs_folder: Path
    pack_id: str
    name: str
    origin: PackOrigin
    sample: bool

    @property
    def source(self) -> str:
        """The names of the extracts."""
        return " + ".join(source.name for source in self.sources)

    @property
    def folder(self) -> Path:
        """Where the pack is built."""
        return self.packs_folder / f"{BUILDING}{self.pack_id}"


class _Progress(Struct):
    """Joins the progress of two strands of work into one that never goes back, and stops a strand when the other has failed."""

    report: Report
    shares: dict[str, float]
    failed: Event = field(default_factory=Event)
    done: dict[str, float] = field(default_factory=dict)
    text: str = ""
    lock: Lock = field(default_factory=Lock)

    def strand(self, name: str, *, beside: str = "", alone: bool = False) -> Report:
        """The report of one strand; its texts are shown only when the strand it runs `beside` is done, or they would alternate.

        One that is `alone` goes on when the other strand has failed.
        """

        def report(fraction: float, text: str) -> None:
            if self.failed.is_set() and not alone:
                raise Cancelled
            with self.lock:
                self.done[name] = max(self.done.get(name, 0.0), min(fraction, 1.0))
                if self.done.get(beside, 1.0) >= 1.0:
                    self.text = text
                self.report(sum(share * self.done.get(strand, 0.0) for strand, share in self.shares.items()), self.text)

        return report


def build_in_folder(order: BuildOrder, report: Report) -> None:
    """Build a pack in its folder beside the others, and publish it; made to run in a process of its own.

    Finished parts stay for the next try when this one is stopped, nothing stays when the extract is no good.
    """
    with building_alone(order.packs_folder, order.pack_id):
        folder = order.folder
        folder.mkdir(exist_ok=True)
        work = folder / f"work-{os.getpid()}"  # what a killed builder's children may still write to is not ours
        try:
            for old in folder.glob("work-*"):
                shutil.rmtree(old, ignore_errors=True)
            work.mkdir()
            _build(order, work, report)
        except (UserProblem, OSError, sqlite3.OperationalError) as problem:
            if _is_full(problem):
                raise PackProblem(
                    "The disk is full.",
                    "The road pack could not be written.",
                    "Make room and build again: it goes on from what is finished.",
                ) from problem
            raise
        finally:
            shutil.rmtree(work, ignore_errors=True)
            if folder.is_dir() and not any(folder.glob("*.part.json")):
                shutil.rmtree(folder, ignore_errors=True)


def _is_full(problem: Exception) -> bool:
    """Whether there is no room left, which the libraries may tell as if the file they read were at fault."""
    return os.strerror(errno.ENOSPC) in str(problem) or getattr(problem, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL


def _build(order: BuildOrder, work: Path, tell: Report) -> None:
    progress = _Progress(tell, {"read": 0.06, "tiles": 0.36, "map": 0.56, "publish": 0.02})
    read = progress.strand("read")
    for source in order.sources:
        check_file(source)
    _check_room(order)
    stamps = part_stamps(sources_stamp(order.sources, order.origin.area, part(read, 0.0, 0.2)))
    workshop = _Workshop(order, work, stamps, _old_pack(order))
    try:
        pbf = workshop.extract(part(read, 0.2, 0.9))
        read(1.0, "Reading the map")
        parts = _all_parts(workshop, pbf, progress)
    except BadInputFile:
        forget_records(order.folder)  # nothing of a bad extract is worth keeping
        raise
    report = progress.strand("publish")
    report(0.0, "Putting the road pack in its place")
    _publish(workshop, parts)
    report(1.0, "The road pack is ready")


def _all_parts(workshop: "_Workshop", pbf: Path, progress: _Progress) -> tuple[Part, Part, Part]:
    """Tiles in one strand, basemap and gazetteer in the other; when one fails the other is stopped and the failure told."""
    with ThreadPoolExecutor(1) as other_core:
        tiles = other_core.submit(workshop.tiles, pbf, progress.strand("tiles", beside="map"))
        tiles.add_done_callback(lambda done: progress.failed.set() if done.exception() else None)
        try:
            # A bad extract is told better by the check than by the tile builder, so the check goes on when that has failed.
            facts = workshop.facts(pbf, part(progress.strand("map", alone=True), 0.0, 0.2))
            report = progress.strand("map")
            basemap = workshop.basemap(pbf, facts, part(report, 0.2, 0.6))
            gazetteer = workshop.gazetteer(pbf, part(report, 0.6, 1.0))
        except Cancelled:
            wait([tiles])
            _raise_first(tiles)  # a failure of the tiles stops the other strand: then the failure is what to tell
            raise
        except BaseException:
            progress.failed.set()
            raise
        return tiles.result(), basemap, gazetteer


def _raise_first(strand: "Future[Part]") -> None:
    error = strand.exception()
    if error is not None and not isinstance(error, Cancelled):
        raise error


class _Workshop(Struct, frozen=True):
    """Makes each part, or takes it over from a build cut short or from the pack that is to be replaced."""

    order: BuildOrder
    work: Path
    stamps: dict[str, str]
    old: RoadPack | None

    def extract(self, report: Report) -> Path:
        """The one .osm.pbf that everything is built from."""
        first, *others = self.order.sources
        if not others and self.order.origin.area is None and first.name.lower().endswith(".pbf"):
            return first
        if self._there(EXTRACT, report) is None:
            made = self.work / EXTRACT
            cut_extract(self.order.sources, self.order.origin.area, made, report)
            self._finish(EXTRACT, made, report)
        return self.order.folder / EXTRACT

    def tiles(self, pbf: Path, report: Report) -> Part:
        """The routing tiles."""
        there = self._there("tiles", report)
        if there is None:
            build_tiles(pbf, self.work / "tiles", part(report, 0.0, 0.97))
            there = self._finish("tiles", self.work / "tiles", part(report, 0.97, 1.0))
        report(1.0, "The roads are ready")
        return there

    def facts(self, pbf: Path, report: Report) -> dict[str, str]:
        """What the check of the extract says; nothing when the basemap is there, which keeps it."""
        if self._there("basemap.pmtiles", report) is not None:
            return {}
        return {"data_date": check_extract(pbf, report, self.order.source).data_date}

    def basemap(self, pbf: Path, facts: dict[str, str], report: Report) -> Part:
        """The basemap; its facts are the data date and the bounds of the pack."""
        from planner.roads.basemap.build import build_basemap

        there = self._there("basemap.pmtiles", report)
        if there is not None:
            return there
        made = self.work / "basemap.pmtiles"
        bounds = build_basemap(pbf, made, report)
        return self._finish("basemap.pmtiles", made, report, facts | {"bounds": json.dumps(as_data(bounds))})

    def gazetteer(self, pbf: Path, report: Report) -> Part:
        """Addresses, streets, places and businesses."""
        from planner.roads.gazetteer.build import build_gazetteer

        there = self._there("gazetteer.sqlite", report)
        if there is not None:
            report(1.0, "Addresses and streets are ready")
            return there
        made = self.work / "gazetteer.sqlite"
        build_gazetteer(pbf, made, report)
        return self._finish("gazetteer.sqlite", made, report)

    def _there(self, name: str, report: Report) -> Part | None:
        folder, stamp = self.order.folder, self.stamps[name]
        found = kept_part(folder, name, stamp, report)
        if found is None and self.old is not None:
            found = part_of_pack(self.old, folder, name, stamp, report)
        return found

    def _finish(self, name: str, made: Path, report: Report, facts: dict[str, str] | None = None) -> Part:
        return finish_part(made, self.order.folder, name, self.stamps[name], report, facts)


def _old_pack(order: BuildOrder) -> RoadPack | None:
    try:
        return load_pack(order.packs_folder / order.pack_id)
    except PackProblem:
        return None


def _check_room(order: BuildOrder) -> None:
    needed = (_ROOM_A_CUT if order.origin.area else _ROOM_AN_EXTRACT) * sum(source.stat().st_size for source in order.sources)
    free = shutil.disk_usage(order.folder).free
    if free < needed:
        raise PackProblem(
            "The disk has too little room for this road pack.",
            f"Building it takes about {needed / 1e6:,.0f} MB for a while; {free / 1e6:,.0f} MB are free.",
            "Make room, or choose a smaller area.",
        )


def _publish(workshop: _Workshop, parts: tuple[Part, Part, Part]) -> None:
    order, folder, facts = workshop.order, workshop.order.folder, parts[1].facts
    pack = RoadPack(
        order.pack_id,
        order.name,
        folder,
        order.source,
        facts["data_date"],
        datetime.now(UTC).isoformat(timespec="seconds"),
        Bounds(**json.loads(facts["bounds"])),
        {name: version(name) for name in _BUILDERS},
        tuple(file for one in parts for file in one.files),
        order.sample,
        order.origin,
        {one.name: one.stamp for one in parts},
    )
    forget_records(folder)
    if workshop.old is not None and workshop.old.parts.get("tiles") == pack.parts["tiles"]:
        keep_drive_times(workshop.old, pack)
    write_manifest(pack)
    publish_pack(folder, order.packs_folder / order.pack_id)
