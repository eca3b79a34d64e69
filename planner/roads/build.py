"""Build a road pack from an OSM extract: in a process of its own, beside its final place, published whole or not at all."""

import multiprocessing
import os
import re
import secrets
import shutil
import signal
import sys
import time
import unicodedata
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.progress import Report
from planner.roads.build_process import PID_FILE, BuildOrder, run_build
from planner.roads.packs import load_pack

_BUILDING = ".building-"
_REPLACED = ".replaced-"
_A_DAY_S = 86_400.0
_PATIENCE_S = 10.0  # how long a cancelled builder may take to stop by itself


def build_pack(extract: Path, packs_folder: Path, name: str, report: Report, sample: bool = False) -> RoadPack:
    """Build a road pack from an OSM extract (.osm.pbf, .osm, .osm.gz or .osm.bz2) and publish it as `packs_folder/<id>`.

    The id is made from the name; a pack of that id is replaced, its kept drive times with it. Raises BadInputFile when the extract cannot
    be used and PackProblem when the pack cannot be written; then, and when `report` cancels, nothing is left behind and an old pack stays.
    """
    pack_id = pack_id_of(name)
    try:
        packs_folder.mkdir(parents=True, exist_ok=True)
        remove_dead_builds(packs_folder)
        folder = packs_folder / f"{_BUILDING}{pack_id}-{secrets.token_hex(4)}"
        folder.mkdir()
        try:
            _run(BuildOrder(extract.absolute(), folder, pack_id, name.strip() or pack_id, sample), report)
            return _publish(folder, packs_folder / pack_id)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise PackProblem(
            f"The road pack '{name}' could not be written.",
            f"The system says: {error.strerror or error}.",
            "Check that the disk has room and that the folder may be written to.",
        ) from error


def pack_id_of(name: str) -> str:
    """The folder name for a pack's name: lower-case letters, digits and dashes ("State College, PA" becomes "state-college-pa")."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "pack"


def remove_dead_builds(packs_folder: Path) -> None:
    """Remove what builds, replacements and deletions that were killed have left in a packs folder."""
    for folder in packs_folder.glob(".*"):
        unfinished = folder.name.startswith(_BUILDING) and not _is_being_built(folder)
        if folder.is_dir() and (unfinished or folder.name.startswith((_REPLACED, ".deleted-"))):
            shutil.rmtree(folder, ignore_errors=True)


def _is_being_built(folder: Path) -> bool:
    try:
        pid = int((folder / PID_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return False
    if pid == os.getpid():
        return True
    if sys.platform == "win32":  # where signal 0 would end the process instead of asking after it
        return time.time() - folder.stat().st_mtime < _A_DAY_S
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _run(order: BuildOrder, report: Report) -> None:
    """Run the builder to its end, passing its progress on; raises what it raised. No process is left when this returns."""
    (order.folder / PID_FILE).write_text(str(os.getpid()), encoding="ascii")
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    builder = context.Process(target=run_build, args=(order, theirs), name="roadbook-build", daemon=True)
    builder.start()
    theirs.close()
    try:
        _follow(ours, report)
    except BaseException:
        _stop(builder, ours)
        raise
    else:
        builder.join()
    finally:
        ours.close()
        builder.close()


def _follow(builder: Connection, report: Report) -> None:
    fraction, text = 0.0, "Starting"
    while True:
        report(fraction, text)  # also when there is nothing new: this is where a user cancels
        if not builder.poll(0.1):
            continue
        try:
            answer = builder.recv()
        except (EOFError, OSError) as error:
            raise PackProblem(
                "The road pack could not be built.",
                "The builder stopped without a word; the extract may be too large for this laptop's memory.",
                "Close other programs or choose a smaller extract, and try again.",
            ) from error
        match answer:
            case ("progress", fraction, text):
                continue
            case ("failed", problem):
                raise problem
            case ("bug", trace):
                raise RuntimeError(f"building a road pack failed\n{trace}")
            case _:
                return


def _stop(builder: BaseProcess, ours: Connection) -> None:
    """End the builder: it hears of it by itself, and is killed with its children when it does not listen."""
    with suppress(OSError):
        ours.send("cancel")
    builder.join(_PATIENCE_S)
    if builder.pid is not None and sys.platform != "win32":
        with suppress(OSError):
            os.killpg(builder.pid, signal.SIGKILL)  # it leads a group of its own, with the tile builder in it
    builder.kill()
    builder.join()


def _publish(built: Path, final: Path) -> RoadPack:
    (built / PID_FILE).unlink()
    old = final.with_name(f"{_REPLACED}{built.name.removeprefix(_BUILDING)}")
    try:
        replaced = final.exists()
        if replaced:
            final.rename(old)
        try:
            built.rename(final)
        except OSError:
            if replaced:
                old.rename(final)
            raise
    except OSError as error:
        raise PackProblem(
            f"The road pack '{final.name}' could not be put in its place.",
            f"The system says: {error.strerror or error}.",
            "Another window may be using the old pack: close it and build again.",
        ) from error
    shutil.rmtree(old, ignore_errors=True)
    return load_pack(final)
