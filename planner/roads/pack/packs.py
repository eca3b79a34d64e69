"""Road packs on disk: list, load, write, verify, delete."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Any

from planner.errors import PackProblem
from planner.model.areas import Area
from planner.model.packs import OriginKind, PackFile, PackOrigin, RoadPack
from planner.model.places import Bounds, LatLon
from planner.progress import Report, silent
from planner.values import as_data

MANIFEST = "manifest.json"
REPLACED, DELETED = ".replaced-", ".deleted-"
"""How folders are called whose pack is out of the list but not off the disk yet."""
_FORMAT = 1
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
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise PackProblem(
            f"The road pack '{folder.name}' cannot be read.",
            f"Its {MANIFEST} is damaged.",
            f"Delete it (roadbook roads delete {folder.name}) and build it again.",
        ) from error


def write_manifest(pack: RoadPack) -> None:
    """Write a pack's manifest into its folder."""
    record = {"format": _FORMAT} | as_data(pack)
    del record["folder"], record["id"]
    record["checksum"] = _checksum(record)
    with (pack.folder / MANIFEST).open("w", encoding="utf-8") as file:
        json.dump(record, file, indent=1, ensure_ascii=False)
        file.flush()
        os.fsync(file.fileno())  # before the folder gets its name: a pack in the list is whole, whatever happens to the power


def hash_files(folder: Path, report: Report, within: Path | None = None) -> tuple[PackFile, ...]:
    """Size and SHA-256 of every file of a pack in the making, its manifest apart; or only of the file or the folder `within`."""
    inner = [within] if within is not None and within.is_file() else (within or folder).rglob("*")
    paths = sorted(path for path in inner if path.is_file() and path.name != MANIFEST)
    total = sum(path.stat().st_size for path in paths) or 1
    done, files = 0, []
    for path in paths:
        size = path.stat().st_size
        files.append(PackFile(path.relative_to(folder).as_posix(), size, _sha256(path, report, done / total)))
        done += size
    return tuple(files)


def verify_pack(pack: RoadPack, report: Report = silent) -> list[str]:
    """What is wrong with a pack, a line for each file that is missing, changed or does not belong; empty when it is sound."""
    return [*check_files(pack.folder, pack.files, report), *_stray_tiles(pack)]


def verify_tiles(pack: RoadPack, report: Report = silent) -> list[str]:
    """As `verify_pack`, for the routing tiles alone."""
    tiles = tuple(file for file in pack.files if file.path.startswith("tiles/"))
    return [*check_files(pack.folder, tiles, report), *_stray_tiles(pack)] if tiles else ["it has no routing tiles"]


def verify_changed(pack: RoadPack, report: Report = silent) -> list[str]:
    """As `verify_pack`, but a file is read again only when its size or its time has changed since this program last read it."""
    return [*_problems(pack.folder, pack.files, report, _known_sum), *_stray_tiles(pack)]


def _known_sum(path: Path, report: Report, done: float) -> str:
    report(done, f"Checking {path.name}")
    state = path.stat()
    return _digest(str(path), state.st_size, state.st_mtime_ns)


def need_sound(pack: RoadPack, part: str, report: Report = silent) -> None:
    """Raise PackProblem, which names the files, unless a part of a pack (tiles, basemap.pmtiles, gazetteer.sqlite) is as it was built.

    A file is read again only when the system says that it has changed.
    """
    if part == "tiles":
        problems = verify_tiles(pack, report)
    else:
        files = [file for file in pack.files if file.path == part]
        states = [(pack.folder / file.path).stat() if (pack.folder / file.path).is_file() else None for file in files]
        unchanged = all(state and _digest(str(pack.folder / part), state.st_size, state.st_mtime_ns) == files[0].sha256 for state in states)
        problems = [] if files and unchanged else check_files(pack.folder, files, report) or [f"{part} is missing"]
    if problems:
        more = f"; and {len(problems) - 3} more" if len(problems) > 3 else ""
        raise PackProblem(
            f"The road pack “{pack.name}” is damaged.",
            f"{'; '.join(problems[:3])}{more}.",
            f"Build it again: roadbook roads update {pack.id}.",
        )


@lru_cache(maxsize=4096)
def _digest(path: str, _size: int, _changed_ns: int) -> str:
    return _sha256(Path(path), silent, 0.0)


def check_files(folder: Path, files: Sequence[PackFile], report: Report = silent) -> list[str]:
    """What is wrong with some files of a pack, a line for each that is missing or changed."""
    return list(_problems(folder, files, report))


def publish_pack(built: Path, final: Path) -> None:
    """Put a pack that is whole in its place, over an older one; raises PackProblem when the system does not let that go."""
    old = final.with_name(f"{REPLACED}{final.name}-{secrets.token_hex(4)}")
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


def delete_pack(folder: Path) -> None:
    """Delete a pack from the disk; raises PackProblem when the system does not let it go. Deleting what is gone is no error."""
    try:
        # Out of the list at one stroke first, so that a delete cut short leaves no half pack.
        doomed = folder.rename(folder.with_name(f"{DELETED}{folder.name}-{secrets.token_hex(4)}"))
        shutil.rmtree(doomed, ignore_errors=True)
    except FileNotFoundError:
        return
    except OSError as error:
        raise PackProblem(
            f"The road pack '{folder.name}' could not be deleted.",
            f"The system says: {error.strerror}.",
            "Close what uses it and try again.",
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
    if record.get("checksum", "") not in {"", _checksum(record)}:
        raise ValueError("the checksum of the manifest")
    files = tuple(PackFile(_inside(file["path"]), int(file["size"]), str(file["sha256"])) for file in record["files"])
    bounds = Bounds(**{side: float(degrees) for side, degrees in record["bounds"].items()})
    builders = {str(name): str(version) for name, version in record["builders"].items()}
    name, source, data_date, built_at = (str(record[key]) for key in ("name", "source", "data_date", "built_at"))
    origin = _origin(record["origin"]) if "origin" in record else PackOrigin()  # packs of the first release do not tell theirs
    parts = {str(name): str(stamp) for name, stamp in record.get("parts", {}).items()}
    sample = bool(record["sample"])
    return RoadPack(folder.name, name, folder, source, _day(data_date), built_at, bounds, builders, files, sample, origin, parts)


def _checksum(record: dict[str, Any]) -> str:
    """A checksum of a manifest, over all that it says otherwise."""
    said = {key: value for key, value in record.items() if key != "checksum"}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _day(text: str) -> str:
    """A date as it is, nothing for what is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _origin(record: dict[str, Any]) -> PackOrigin:
    outlines = record["area"] and tuple(tuple(LatLon(**corner) for corner in outline) for outline in record["area"]["outlines"])
    area = Area(str(record["area"]["name"]), outlines) if outlines else None
    sources = tuple(str(source) for source in record["sources"])
    return PackOrigin(OriginKind(record["kind"]), sources, area, str(record["etag"]), str(record["last_modified"]))


def _inside(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path:
        raise ValueError(path)
    return path


def _problems(
    folder: Path, files: Sequence[PackFile], report: Report, sum_of: Callable[[Path, Report, float], str] | None = None
) -> Iterator[str]:
    total, done = sum(file.size for file in files) or 1, 0
    for file in files:
        path = folder / file.path
        try:
            if not path.is_file():
                yield f"{file.path} is missing"
            elif path.stat().st_size != file.size:
                yield f"{file.path} has {path.stat().st_size:,} bytes instead of {file.size:,}"
            elif (sum_of or _sha256)(path, report, done / total) != file.sha256:
                yield f"{file.path} is damaged: its content has changed since it was built"
        except OSError as error:
            yield f"{file.path} cannot be read: {error.strerror}"
        done += file.size


def _stray_tiles(pack: RoadPack) -> Iterator[str]:
    """A tile that was not built with the others would be routed on; elsewhere a stray file does no harm."""
    known = {file.path for file in pack.files}
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
