"""Build a road pack from OSM extracts: in a process of its own, beside its final place, published whole or not at all."""

import hashlib
import re
import shutil
import time
import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from planner.errors import PackProblem
from planner.model.packs import PackOrigin, RoadPack
from planner.progress import Report, silent
from planner.roads.child import run_in_child
from planner.roads.pack.build_process import BUILDING, BuildOrder, build_in_folder
from planner.roads.pack.lock import LOCK, if_idle, is_being_built
from planner.roads.pack.packs import DELETED, REPLACED, load_pack, verify_pack
from planner.roads.pack.parts import PUBLISHED, part_stamps, sources_stamp
from planner.values import Struct

_RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(1, 10)),
}  # no folders on Windows
_KEPT_S = 7 * 86_400.0  # how long the finished parts of a build cut short are kept
_PATIENCE_S = 10.0  # how long a cancelled builder may take to stop by itself


class UnfinishedBuild(Struct, frozen=True):
    """What a build cut short has left to go on from: the pack's id, the folder and its bytes."""

    pack_id: str
    folder: Path
    size: int


def build_pack(
    sources: Path | Sequence[Path],
    packs_folder: Path,
    name: str,
    report: Report,
    *,
    origin: PackOrigin | None = None,
    sample: bool = False,
) -> RoadPack:
    """Build a road pack from one or several OSM extracts (.osm.pbf, .osm, .osm.gz or .osm.bz2) and publish it as `packs_folder/<id>`.

    The id is made from the name; a pack of that id is replaced, and what has not changed is taken over from it, its kept drive times too
    when the roads are the same. `origin.area` is cut out of the sources. Raises BadInputFile when an extract cannot be used and PackProblem
    when the pack cannot be written or is being built already; then, and when `report` cancels, the old pack stays as it is. Parts that were
    finished are kept beside for the next try, unless the extract is no good.
    """
    files = (sources,) if isinstance(sources, Path) else tuple(sources)
    files = tuple(file.absolute() for file in files)
    origin = origin or PackOrigin(sources=tuple(map(str, files)))
    try:
        packs_folder.mkdir(parents=True, exist_ok=True)
        remove_leftovers(packs_folder)
        pack_id = _free_id(packs_folder, name.strip())
        order = BuildOrder(files, packs_folder.absolute(), pack_id, name.strip() or pack_id, origin, sample)
        run_in_child(build_in_folder, order, report, _died(), patience_s=_PATIENCE_S)
        return load_pack(packs_folder / pack_id)
    except OSError as error:
        raise PackProblem(
            f"The road pack '{name}' could not be written.",
            f"The system says: {error.strerror or error}.",
            "Check that the disk has room and that the folder may be written to.",
        ) from error


def _died() -> PackProblem:
    return PackProblem(
        "The road pack could not be built.",
        "The builder stopped without a word; the extract may be too large for this laptop's memory.",
        "Close other programs or choose a smaller extract, and try again: it goes on from what is finished.",
    )


def is_up_to_date(pack: RoadPack, sources: Sequence[Path], report: Report = silent) -> bool:
    """Whether a pack is what would be built from these sources now: the same content, by the same builders, and unharmed."""
    stamps = part_stamps(sources_stamp(sources, pack.origin.area, report))
    return all(pack.parts.get(name) == stamps[name] for name in PUBLISHED) and not verify_pack(pack, report)


def pack_id_of(name: str) -> str:
    """The folder name for a pack's name: lower-case letters, digits and dashes ("State College, PA" becomes "state-college-pa")."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
    if not words and name.strip():  # a name in another script
        return f"pack-{hashlib.sha256(name.strip().encode()).hexdigest()[:8]}"
    return f"pack-{words}" if words in _RESERVED else words or "pack"


def _free_id(packs_folder: Path, name: str) -> str:
    """The id of the pack of this name, or a new one: packs whose names only look alike as folders do not replace each other."""
    wanted = pack_id_of(name)
    for number in count(1):
        pack_id = wanted if number == 1 else f"{wanted}-{number}"
        try:
            if load_pack(packs_folder / pack_id).name.casefold() == (name or wanted).casefold():
                return pack_id
        except PackProblem:  # there is none, or one that nobody can read any more
            return pack_id
    raise AssertionError


def remove_leftovers(packs_folder: Path) -> None:
    """Remove what replacements and deletions that were killed have left, and old parts of builds that nobody took up again."""
    restore_replaced(packs_folder)
    for folder in packs_folder.glob(f"{DELETED}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for unfinished in unfinished_builds(packs_folder):
        if time.time() - unfinished.folder.stat().st_mtime > _KEPT_S:
            discard_unfinished(packs_folder, unfinished.pack_id)


def restore_replaced(packs_folder: Path) -> None:
    """Bring a pack back that was out of its place for a new one when the program was killed; one that was replaced is removed."""
    for folder in packs_folder.glob(f"{REPLACED}*"):
        pack_id = folder.name.removeprefix(REPLACED).rsplit("-", 1)[0]
        with if_idle(packs_folder, pack_id) as idle, suppress(OSError):
            if idle and (packs_folder / pack_id).exists():
                shutil.rmtree(folder, ignore_errors=True)
            elif idle:
                folder.rename(packs_folder / pack_id)


def unfinished_builds(packs_folder: Path) -> list[UnfinishedBuild]:
    """The builds that were cut short and can go on; those at work now are left out."""
    found = [(folder.name.removeprefix(BUILDING), folder) for folder in sorted(packs_folder.glob(f"{BUILDING}*"))]
    return [
        UnfinishedBuild(pack_id, folder, sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()))
        for pack_id, folder in found
        if not is_being_built(packs_folder, pack_id)
    ]


def discard_unfinished(packs_folder: Path, pack_id: str) -> None:
    """Remove what a build cut short has left; one at work is left alone."""
    with if_idle(packs_folder, pack_id) as idle:
        if idle:
            shutil.rmtree(packs_folder / f"{BUILDING}{pack_id}", ignore_errors=True)


def remove_free_locks(packs_folder: Path) -> None:
    """Remove the lock files of packs that nobody is building."""
    for lock in packs_folder.glob(f"{LOCK}*"):
        if not is_being_built(packs_folder, lock.name.removeprefix(LOCK)):
            lock.unlink(missing_ok=True)
