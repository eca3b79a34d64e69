"""A footprint's roads onto the laptop: from a list of regions, an area by name or drawn, or extracts that are here already."""

import hashlib
import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import BadInputFile, PackProblem, ServerProblem
from planner.model.areas import Area
from planner.model.packs import OriginKind, PackOrigin, RoadPack
from planner.model.regions import Region
from planner.progress import Report, part
from planner.roads.pack.build import pack_id_of
from planner.roads.pack.packs import verify_pack
from planner.store.settings import read_settings
from planner.usecases.packs import build_pack
from planner.usecases.workspace import Workspace
from planner.values import as_data

if TYPE_CHECKING:
    from planner.roads.download.fetch import Downloaded

_FRESH_S = 86_400.0


def list_regions(workspace: Workspace, report: Report) -> tuple[Region, ...]:
    """The regions whose extracts can be downloaded; the list kept on this laptop when there is no network. Raises ServerProblem."""
    from planner.roads.download.regions import region_list

    with _disk_told():
        return region_list(_setting(workspace, "region_index"), _cache(workspace), report)


def kept_regions(workspace: Workspace) -> tuple[Region, ...]:
    """The list of regions that is on this laptop, however old; empty when there is none. No server is asked."""
    from planner.roads.download.regions import kept_list

    with _disk_told():
        return kept_list(_setting(workspace, "region_index"), _cache(workspace))


def find_regions(regions: Sequence[Region], text: str) -> tuple[Region, ...]:
    """The regions whose name has words that begin like those of the text, states of the US first."""
    from planner.roads.download.regions import find_regions as find

    return find(regions, text)


def find_area(workspace: Workspace, text: str, report: Report) -> Area:
    """The area of a name such as "Centre County, Pennsylvania"; raises ServerProblem when there is none or several."""
    from planner.roads.download.areas import find_area as find

    return find(text, _setting(workspace, "nominatim"), _cache(workspace), report)


def find_areas(workspace: Workspace, text: str, report: Report) -> tuple[Area, ...]:
    """The areas of a name, the best known first; raises ServerProblem when there is none."""
    from planner.roads.download.areas import find_areas as find

    return find(text, _setting(workspace, "nominatim"), _cache(workspace), report)


def read_area(file: Path) -> Area:
    """An area from a GeoJSON or .poly file; raises BadInputFile."""
    from planner.roads.extract.outlines import read_area as read

    return read(file)


def county_names(file: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The counties that an extract has as a whole, and those it cuts off; raises BadInputFile."""
    from planner.roads.extract.check import check_file
    from planner.roads.extract.outlines import county_names as names

    check_file(file)
    found = names(file)
    return found.whole, found.cut_off


def build_from_files(
    workspace: Workspace,
    files: Sequence[Path],
    name: str,
    report: Report,
    area: Area | None = None,
    counties: Sequence[str] = (),
    *,
    sample: bool = False,
) -> RoadPack:
    """Build a pack from one or several extracts on this laptop, cut to an area or to counties of theirs if such are given.

    Raises BadInputFile, PackProblem.
    """
    cut = _county_area(files, counties, part(report, 0.0, 0.05)) if counties else area
    origin = PackOrigin(OriginKind.FILE, tuple(str(file.absolute()) for file in files), cut)
    return build_pack(workspace, files, name, part(report, 0.05, 1.0), origin=origin, sample=sample)


def build_from_region(
    workspace: Workspace, region: Region, name: str, report: Report, area: Area | None = None, counties: Sequence[str] = ()
) -> RoadPack:
    """Download a region's extract and build a pack from it, cut to an area or to counties if such are given.

    Both go on where they were stopped. Raises ServerProblem, BadInputFile, PackProblem.
    """
    return _build_from_url(workspace, region.url, name, area, counties, report)


def build_from_area(workspace: Workspace, area: Area, name: str, report: Report, *, fresh: bool = False) -> RoadPack:
    """Download the map of an area piece by piece and build a pack from it; both go on where they were stopped.

    What was downloaded within a day is not asked for again, unless it is to be `fresh`. Raises ServerProblem, BadInputFile, PackProblem.
    """
    from planner.roads.download.areas import download_area

    target = _downloads(workspace) / f"area-{hashlib.sha256(repr(area.outlines).encode()).hexdigest()[:20]}.osm.pbf"
    if fresh or not target.is_file() or time.time() - target.stat().st_mtime > _FRESH_S:
        download_area(area, target, _cache(workspace), _setting(workspace, "overpass"), part(report, 0.0, 0.6))
    origin = PackOrigin(OriginKind.AREA, (str(target),), area)
    return build_pack(workspace, [target], name, part(report, 0.6, 1.0), origin=origin)


def update_pack(workspace: Workspace, pack: RoadPack, report: Report) -> RoadPack | None:
    """Bring a pack up to date from where it came from; None when there is nothing newer and nothing to build again.

    Only what changed is built again, and drive times are kept when the roads are the same. Raises ServerProblem, BadInputFile, PackProblem.
    """
    from planner.roads.download.fetch import changed
    from planner.roads.pack.build import is_up_to_date

    origin = pack.origin
    if not origin.sources:
        raise PackProblem(f"It is not known what “{pack.name}” was built from.", "", "Build it again from its extract.")
    local = _extract_of(workspace, origin.sources[0]) if origin.kind is OriginKind.REGION else Path(origin.sources[0])
    if origin.kind is not OriginKind.FILE and local.is_file() and verify_pack(pack, part(report, 0.0, 0.05)):
        # It is mended from what is here, network or not.
        return build_pack(workspace, [local], pack.name, part(report, 0.05, 1.0), origin=origin)
    if origin.kind is OriginKind.AREA and origin.area is not None:
        return build_from_area(workspace, origin.area, pack.name, part(report, 0.05, 1.0), fresh=True)
    if origin.kind is OriginKind.REGION:
        if local.is_file():
            newer = changed(origin.sources[0], origin.etag, origin.last_modified, part(report, 0.05, 0.06))
            if not newer and is_up_to_date(pack, [local], part(report, 0.06, 0.1)):
                return None
        return _build_from_url(workspace, origin.sources[0], pack.name, origin.area, (), part(report, 0.1, 1.0))
    files = [Path(source) for source in origin.sources]
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        raise PackProblem(
            f"“{pack.name}” cannot be brought up to date.",
            f"What it was built from is gone: {', '.join(missing)}.",
            "Put the extract back, or build a pack of the same name from another one.",
        )
    if is_up_to_date(pack, files, part(report, 0.0, 0.1)):
        return None
    return build_pack(workspace, files, pack.name, part(report, 0.1, 1.0), origin=origin, sample=pack.sample)


def _build_from_url(workspace: Workspace, url: str, name: str, area: Area | None, counties: Sequence[str], report: Report) -> RoadPack:
    from planner.roads.download.fetch import download

    with _disk_told():
        extract = _kept_download(workspace, url, part(report, 0.0, 0.02)) or download(
            url, _extract_of(workspace, url), part(report, 0.02, 0.5)
        )
        _note_of(extract.path).write_text(json.dumps(as_data(extract) | {"path": "", "url": url}), encoding="utf-8")
    cut = _county_area([extract.path], counties, part(report, 0.5, 0.53)) if counties else area
    origin = PackOrigin(OriginKind.REGION, (url,), cut, extract.etag, extract.last_modified)
    return build_pack(workspace, [extract.path], name, part(report, 0.53, 1.0), origin=origin)


def _county_area(files: Sequence[Path], names: Sequence[str], report: Report) -> Area:
    """The counties of these names as one area; raises BadInputFile when one is not in the extracts as a whole."""
    from planner.roads.extract.outlines import counties_of, united

    whole = {area.name.casefold(): area for file in files for area in counties_of(file, report)}
    wanted = {name: _county(name, whole) for name in names}
    lacking = [name for name, area in wanted.items() if area is None]
    if lacking:
        raise BadInputFile(
            f"'{files[0].name}' does not have {' and '.join(lacking)} as a whole.",
            f"It has: {', '.join(sorted(area.name for area in whole.values())) or 'no county'}.",
            "Choose among these, or another extract.",
        )
    return united([area for area in wanted.values() if area is not None], ", ".join(area.name for area in wanted.values() if area))


def _extract_of(workspace: Workspace, url: str) -> Path:
    """Where the download of an address is kept: named by us, as the address may hold anything."""
    last = url.rsplit("/", 1)[-1].removesuffix(".osm.pbf")
    return _downloads(workspace) / f"{pack_id_of(last)}-{hashlib.sha256(url.encode()).hexdigest()[:8]}.osm.pbf"


def _kept_download(workspace: Workspace, url: str, report: Report) -> "Downloaded | None":
    """What was downloaded from an address before, as long as the server has nothing newer, or cannot be reached."""
    from planner.roads.download.fetch import Downloaded, changed

    extract = _extract_of(workspace, url)
    try:
        known = json.loads(_note_of(extract).read_text(encoding="utf-8"))
        kept = Downloaded(extract, int(known["size"]), str(known["md5"]), str(known["last_modified"]), str(known["etag"]))
        if known["url"] != url or extract.stat().st_size != kept.size:
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    try:
        return None if changed(url, kept.etag, kept.last_modified, report) else kept
    except ServerProblem:
        return kept


def _note_of(extract: Path) -> Path:
    return extract.with_name(f"{extract.name}.json")


@contextmanager
def _disk_told() -> Iterator[None]:
    """Tell plainly what the disk does not let happen."""
    try:
        yield
    except OSError as error:
        raise PackProblem(
            "The download could not be written.",
            f"The system says: {error.strerror or error}.",
            "Check that the disk has room, and try again.",
        ) from error


def _county(name: str, known: dict[str, Area]) -> Area | None:
    return known.get(name.strip().casefold()) or known.get(f"{name.strip().casefold()} county")


def _downloads(workspace: Workspace) -> Path:
    return workspace.home / "downloads"


def _cache(workspace: Workspace) -> Path:
    return _downloads(workspace) / "answers"


def _setting(workspace: Workspace, key: str) -> str:
    with workspace.reading() as db:
        return read_settings(db).text(key)
