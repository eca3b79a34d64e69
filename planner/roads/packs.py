"""Road packs on disk: list, load, write, verify, delete."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path, PurePosixPath
from typing import Any

from planner.errors import PackProblem
from planner.model.packs import PackFile, RoadPack
from planner.model.places import Bounds
from planner.progress import Report, silent

MANIFEST = "manifest.json"
_FORMAT = 1
NOT_COUNTED = frozenset((MANIFEST, "builder.pid"))
"""Files of a pack in the making that no checksum is kept for."""
_CHUNK = 1 << 20


def list_packs(folder: Path) -> list[RoadPack]:
    """The packs in a folder, by name. One whose manifest cannot be read is left out; `broken_packs` tells why."""
    return sorted((found for found in _load_all(folder) if isinstance(found, RoadPack)), key=lambda pack: (pack.name.lower(), pack.id))


def broken_packs(folder: Path) -> list[PackProblem]:
    """What is wrong with each folder in the packs folder that should be a pack but cannot be read as one."""
    return [found for found in _load_all(folder) if isinstance(found, PackProblem)]


def load_pack(folder: Path) -> RoadPack:
    """Read a pack's manifest; raises PackProblem when it is missing or not a manifest. Its files are not looked at: `verify_pack` does."""
    try:
        return _pack(folder, json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise PackProblem(f"There is no road pack in '{folder.name}'.", f"{MANIFEST} is missing.", "Build the pack again.") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise PackProblem(
            f"The road pack '{folder.name}' cannot be read.", f"Its {MANIFEST} is damaged.", "Delete the pack and build it again."
        ) from error


def write_manifest(pack: RoadPack) -> None:
    """Write a pack's manifest into its folder."""
    record = {"format": _FORMAT} | asdict(pack)
    del record["folder"]
    (pack.folder / MANIFEST).write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")


def hash_files(folder: Path, report: Report) -> tuple[PackFile, ...]:
    """Size and SHA-256 of every file of a pack in the making, its manifest apart."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_COUNTED)
    total = sum(path.stat().st_size for path in paths) or 1
    done, files = 0, []
    for path in paths:
        size = path.stat().st_size
        files.append(PackFile(path.relative_to(folder).as_posix(), size, _sha256(path, report, done / total)))
        done += size
    return tuple(files)


def verify_pack(pack: RoadPack, report: Report = silent) -> list[str]:
    """What is wrong with a pack, a line for each file that is missing, changed or does not belong; empty when it is sound."""
    return list(_problems(pack, pack.files, report))


def verify_tiles(pack: RoadPack, report: Report = silent) -> list[str]:
    """As `verify_pack`, for the routing tiles alone."""
    tiles = tuple(file for file in pack.files if file.path.startswith("tiles/"))
    return list(_problems(pack, tiles, report)) if tiles else ["it has no routing tiles"]


def delete_pack(pack: RoadPack) -> None:
    """Delete a pack from the disk; raises PackProblem when the system does not let it go. Deleting what is gone is no error."""
    try:
        # Out of the list at one stroke first, so that a delete cut short leaves no half pack.
        doomed = pack.folder.rename(pack.folder.with_name(f".deleted-{pack.folder.name}-{pack.built_at.replace(':', '')}"))
        shutil.rmtree(doomed, ignore_errors=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise PackProblem(
            f"The road pack '{pack.name}' could not be deleted.", f"The system says: {error.strerror}.", "Close what uses it and try again."
        ) from error


def _load_all(folder: Path) -> Iterator[RoadPack | PackProblem]:
    if not folder.is_dir():
        return
    for inner in sorted(folder.iterdir()):
        if inner.is_dir() and not inner.name.startswith("."):
            try:
                yield load_pack(inner)
            except PackProblem as problem:
                yield problem


def _pack(folder: Path, record: dict[str, Any]) -> RoadPack:
    if record["format"] != _FORMAT:
        raise ValueError(record["format"])
    files = tuple(PackFile(_inside(file["path"]), int(file["size"]), str(file["sha256"])) for file in record["files"])
    bounds = Bounds(**{side: float(degrees) for side, degrees in record["bounds"].items()})
    builders = {str(name): str(version) for name, version in record["builders"].items()}
    name, source, data_date, built_at = (str(record[key]) for key in ("name", "source", "data_date", "built_at"))
    return RoadPack(folder.name, name, folder, source, data_date, built_at, bounds, builders, files, sample=bool(record["sample"]))


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path:
        raise ValueError(path)
    return path


def _problems(pack: RoadPack, files: tuple[PackFile, ...], report: Report) -> Iterator[str]:
    total, done = sum(file.size for file in files) or 1, 0
    for file in files:
        path = pack.folder / file.path
        try:
            if not path.is_file():
                yield f"{file.path} is missing"
            elif path.stat().st_size != file.size:
                yield f"{file.path} has {path.stat().st_size:,} bytes instead of {file.size:,}"
            elif _sha256(path, report, done / total) != file.sha256:
                yield f"{file.path} is damaged: its content has changed since it was built"
        except OSError as error:
            yield f"{file.path} cannot be read: {error.strerror}"
        done += file.size
    # A tile that was not built with the others would be routed on; elsewhere a stray file does no harm.
    known = {file.path for file in files}
    for path in sorted(pack.tiles.rglob("*")):
        inside = path.relative_to(pack.folder).as_posix()
        if path.is_file() and inside not in known:
            yield f"{inside} does not belong to the pack"


def _sha256(path: Path, report: Report, fraction: float) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            report(fraction, f"Checking {path.name}")
    return digest.hexdigest()
