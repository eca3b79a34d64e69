"""Find an area by its name, and download its map from an Overpass server as an extract."""

import hashlib
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

import planner.roads.download.area_process as process
from planner.errors import BadInputFile, PackProblem, ServerProblem
from planner.model.areas import Area
from planner.progress import Report
from planner.roads.child import run_in_child
from planner.roads.download.area_queries import QUERIES, pieces_of, square_km

MOST_KM2 = 25_000.0  # some nine counties; a region's extract is there for more, and a public server not
_PIECE_KM2 = 400.0  # of a town some 50 MB an answer
_PAUSES_S = (5.0, 15.0, 45.0, 90.0)
_KEPT_S = 7 * 86_400.0  # answers older than this are asked for again


def find_areas(text: str, nominatim_url: str, cache: Path, report: Report, *, pauses_s: Sequence[float] = _PAUSES_S) -> tuple[Area, ...]:
    """The areas a Nominatim server knows by a name, the best known first, each called by its full name.

    Raises ServerProblem when there is none, or the server does not answer. What it answered is kept in the folder `cache`.
    """
    text = " ".join(text.split())
    if not text:
        raise BadInputFile("No area is named.", "", "Write a name such as 'Centre County, Pennsylvania'.")
    folder = _folder(cache, "name", text, nominatim_url)
    found = run_in_child(process.fetch_names, process.NameOrder(text, nominatim_url, folder, tuple(pauses_s)), report, _died())
    if found is None:
        raise ServerProblem(
            f"'{text}' is a point on the map, not an area.", "It has no outline there.", "Name its county or town, or draw the area."
        )
    if not found:
        raise ServerProblem(
            f"No area called '{text}' was found.",
            "It may be written in another way.",
            "Write it as 'Centre County, Pennsylvania', or draw it.",
        )
    return found


def find_area(text: str, nominatim_url: str, cache: Path, report: Report, *, pauses_s: Sequence[float] = _PAUSES_S) -> Area:
    """The one area of a name: as `find_areas`, but raises ServerProblem when there are several and none is called exactly that."""
    found = find_areas(text, nominatim_url, cache, report, pauses_s=pauses_s)
    called = " ".join(text.split()).casefold()
    exact = [area for area in found if area.name.casefold() == called]
    if len(found) > 1 and len(exact) != 1:
        names = "; ".join(area.name for area in found[:5])
        raise ServerProblem(f"There are {len(found)} areas called '{text}'.", f"For example: {names}.", "Write the full name of one.")
    return exact[0] if exact else found[0]


def download_area(
    area: Area,
    target: Path,
    cache: Path,
    overpass_url: str,
    report: Report,
    *,
    piece_km2: float = _PIECE_KM2,
    pauses_s: Sequence[float] = _PAUSES_S,
) -> None:
    """Download the map of an area as the extract `target` (.osm.pbf): roads, turn restrictions, addresses, businesses, and what is drawn.

    It is asked for in pieces, and what was answered is kept in the folder `cache` until all is there, so that a download that was stopped
    goes on. Ways that cross the border are whole. Raises ServerProblem when the server cannot be reached, stays busy or cannot give
    everything, PackProblem when the area is too large or cannot be written; then, and when `report` cancels, an old `target` is untouched.
    """
    size = sum(square_km(piece) for piece in pieces_of(area, float("inf")))
    if size > MOST_KM2:
        raise PackProblem(
            f"'{area.name}' is too large to be downloaded in pieces.",
            f"It has {size:,.0f} km², and {MOST_KM2:,.0f} is the most.",
            "Download the region it is in instead, and cut it out of that.",
        )
    folder = _folder(cache, "area", repr(area.outlines), overpass_url, repr(QUERIES), str(piece_km2))
    fresh = target.with_name(f".new-{target.name}")
    order = process.AreaOrder(area, overpass_url, folder, fresh, piece_km2, tuple(pauses_s))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        run_in_child(process.fetch_area, order, report, _died())
        fresh.replace(target)
    except OSError as error:
        raise PackProblem(
            f"'{target.name}' could not be written.",
            f"The system says: {error.strerror or error}.",
            "Check that the disk has room; the download then goes on where it stopped.",
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    shutil.rmtree(folder, ignore_errors=True)


def _folder(cache: Path, kind: str, *what: str) -> Path:
    """The folder that keeps the answers to one wish; those to old wishes are removed."""
    for kept in cache.glob(f"{kind}-*"):
        if time.time() - kept.stat().st_mtime > _KEPT_S:
            shutil.rmtree(kept, ignore_errors=True)
    return cache / f"{kind}-{hashlib.sha256('\n'.join(what).encode()).hexdigest()[:20]}"


def _died() -> ServerProblem:
    return ServerProblem(
        "The map server could not be asked.",
        "The part of Roadbook that does it stopped; memory may be short.",
        "Close other programs and try again.",
    )
