"""The parts of a road pack in the making: each is kept when it is whole, so that a build cut short goes on and an update redoes little."""

import hashlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from planner.model.areas import Area
from planner.model.packs import PackFile, RoadPack
from planner.model.street_names import GAZETTEER_FORMAT
from planner.progress import Report, silent
from planner.roads.pack.packs import check_files, hash_files
from planner.roads.pack.tiles import TILES_FORMAT
from planner.values import Struct, as_data, field

EXTRACT = "extract.osm.pbf"
"""The one extract that merging, clipping or converting the sources makes; not part of the published pack."""
PUBLISHED = ("tiles", "basemap.pmtiles", "gazetteer.sqlite")
BASEMAP_FORMAT = 2
"""To be raised when the same extract gives another basemap."""
_EXTRACT_FORMAT = 1
_RECORD = ".part.json"
_CHUNK = 1 << 20


class Part(Struct, frozen=True):
    """A finished part: its file or folder in the pack, the stamp of what it was made from, its files, and what was learnt on the way."""

    name: str
    stamp: str
    files: tuple[PackFile, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


def sources_stamp(sources: Sequence[Path], area: Area | None, report: Report = silent) -> str:
    """A hash of the sources' content and of the area cut out of them."""
    digest = hashlib.sha256(f"{_EXTRACT_FORMAT} {area}".encode())
    for source in sources:
        with source.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                report(0.0, f"Looking through {source.name}")
    return digest.hexdigest()


def part_stamps(sources: str) -> dict[str, str]:
    """What each part is made from: the stamp of the sources and the version of its builder."""
    return {
        EXTRACT: sources,
        "tiles": f"{sources} pyvalhalla {version('pyvalhalla')} {TILES_FORMAT}",
        "basemap.pmtiles": f"{sources} basemap {BASEMAP_FORMAT}",
        "gazetteer.sqlite": f"{sources} gazetteer {GAZETTEER_FORMAT}",
    }


def outdated_parts(pack: RoadPack) -> list[str]:
    """The parts that another version of their builder has made."""
    now = part_stamps("any")
    return [name for name in PUBLISHED if pack.parts.get(name, "").partition(" ")[2] != now[name].partition(" ")[2]]


def finish_part(made: Path, folder: Path, name: str, stamp: str, report: Report, facts: Mapping[str, str] | None = None) -> Part:
    """Put what was made for a part into its place in the folder and note that it is whole; a power cut later does not harm it."""
    _remove(folder / name)
    made.rename(folder / name)
    files = hash_files(folder, report, folder / name)
    for file in files:
        _to_disk(folder / file.path)
    part = Part(name, stamp, files, dict(facts or {}))
    record = folder / f"{name}{_RECORD}"
    beside = record.with_name(record.name + ".new")
    beside.write_text(json.dumps(as_data(part)), encoding="utf-8")
    _to_disk(beside)
    beside.replace(record)
    return part


def kept_part(folder: Path, name: str, stamp: str, report: Report = silent) -> Part | None:
    """The part of a build cut short, when it is whole, unharmed and made from the same; else it is removed and None returned."""
    try:
        record = json.loads((folder / f"{name}{_RECORD}").read_text(encoding="utf-8"))
        part = Part(record["name"], record["stamp"], tuple(PackFile(**file) for file in record["files"]), record["facts"])
    except (OSError, ValueError, TypeError, KeyError):
        part = None
    if part is not None and part.stamp == stamp and not check_files(folder, part.files, report):
        return part
    (folder / f"{name}{_RECORD}").unlink(missing_ok=True)
    _remove(folder / name)
    return None


def part_of_pack(pack: RoadPack, folder: Path, name: str, stamp: str, report: Report = silent) -> Part | None:
    """The part of a published pack, taken over when it is unharmed and made from the same; both share its files where that can be."""
    files = tuple(file for file in pack.files if file.path == name or file.path.startswith(f"{name}/"))
    if pack.parts.get(name) != stamp or not files or check_files(pack.folder, files, report):
        return None
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(pack.folder / file.path, target)
        except OSError:  # another disk, or a file system without links
            shutil.copyfile(pack.folder / file.path, target)
    return Part(name, stamp, files, {"data_date": pack.data_date, "bounds": json.dumps(as_data(pack.bounds))})


def forget_records(folder: Path) -> None:
    """Leave only what belongs to the published pack."""
    for path in folder.iterdir():
        if path.name not in PUBLISHED:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file, suppress(OSError):  # a file system that cannot say so keeps it as well as it can
        os.fsync(file.fileno())
