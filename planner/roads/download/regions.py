"""The regions whose extracts a server offers, as Geofabrik lists them (https://download.geofabrik.de/technical.html)."""

import json
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from planner.errors import ServerProblem
from planner.model.areas import Area
from planner.model.places import LatLon
from planner.model.regions import Region
from planner.progress import Report
from planner.roads.download.web import ask, refused, unreachable, watched

_FRESH_S = 86_400.0  # the list changes a few times a year, the extracts daily
_LARGEST = 200_000_000  # bytes; the real list has some 2 MB
_TEXT = "Reading the list of regions"


def region_list(index_url: str, cache: Path, report: Report) -> tuple[Region, ...]:
    """The regions of an `index-v1.json`, in the order of the list; kept in the folder `cache` and asked for again after a day.

    A list that is kept is used when the server cannot be reached or does not answer with a list; raises ServerProblem when there is none.
    """
    kept, note = cache / "regions.json", cache / "regions.note.json"
    known = _read_note(note, index_url) if kept.is_file() else {}
    regions = _read_list(kept) if known else ()
    if regions and 0 <= time.time() - float(known["asked_at"]) < _FRESH_S:
        return regions
    try:
        answer = _ask_for_list(index_url, known if regions else {}, report)
        if answer is not None:
            body, known = answer
            regions = _regions(body, index_url)
            cache.mkdir(parents=True, exist_ok=True)
            _write(kept, body)
    except ServerProblem:
        if not regions:
            raise
        return regions
    _write(note, json.dumps({**known, "url": index_url, "asked_at": str(time.time())}).encode())
    return regions


def kept_list(index_url: str, cache: Path) -> tuple[Region, ...]:
    """The list of an `index-v1.json` as it is kept, however old; empty when there is none. Asks no server."""
    kept, note = cache / "regions.json", cache / "regions.note.json"
    return _read_list(kept) if kept.is_file() and _read_note(note, index_url) else ()


def find_regions(regions: Sequence[Region], text: str) -> tuple[Region, ...]:
    """The regions whose full name has words that begin with the words of `text`, or whose state it abbreviates ("PA").

    States of the US come first, then names that begin with the text, then the others, each in alphabetical order.
    """
    wanted = _words(text)
    plain = " ".join(wanted)

    def order(region: Region) -> tuple[bool, bool, bool, str]:
        name = " ".join(_words(region.name))
        abbreviated = region.iso.casefold() == f"us-{plain}"
        return not abbreviated, not region.iso.startswith("US-"), not name.startswith(plain), name

    return tuple(sorted((region for region in regions if _fits(region, wanted)), key=order))


def _fits(region: Region, wanted: Sequence[str]) -> bool:
    words = [*_words(region.full_name), *_words(region.iso)]
    return all(any(word.startswith(one) for word in words) for one in wanted)


def _words(text: str) -> list[str]:
    """The words of a text in lower case and without accents."""
    letters = (letter for letter in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(letter))
    return "".join(letter if letter.isalnum() else " " for letter in letters).split()


def _ask_for_list(url: str, known: Mapping[str, str], report: Report) -> tuple[bytes, dict[str, str]] | None:
    """The list with its ETag and Last-Modified, or None when the one that is known is still the list."""
    import requests

    headers = {"If-None-Match": known.get("etag", ""), "If-Modified-Since": known.get("last_modified", "")}
    with ask("GET", url, lambda: report(0.0, _TEXT), {name: value for name, value in headers.items() if value}) as response:
        if response.status_code == 304 and known:
            return None
        if response.status_code != 200:
            raise refused(response)
        body = bytearray()
        chunks = response.iter_content(1 << 17)
        try:
            while (chunk := watched(lambda: next(chunks, b""), lambda: report(0.5, _TEXT))) and len(body) <= _LARGEST:
                body += chunk
        except requests.RequestException as error:
            raise unreachable(url, error) from error
        return bytes(body), {"etag": response.headers.get("ETag", ""), "last_modified": response.headers.get("Last-Modified", "")}


def _read_list(kept: Path) -> tuple[Region, ...]:
    try:
        return _regions(kept.read_bytes(), kept.name)
    except (OSError, ServerProblem):
        return ()


def _regions(body: bytes, source: str) -> tuple[Region, ...]:
    wrong = ServerProblem(
        f"'{source}' is not a list of regions.", "It should be an index in the form of Geofabrik.", "Check the address in the settings."
    )
    try:
        features = json.loads(body)["features"]
        known = {str(feature["properties"]["id"]): feature["properties"] for feature in features}
        regions = tuple(region for feature in features if (region := _region(feature, known)))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise wrong from error
    if not regions:
        raise wrong
    return regions


def _region(feature: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]]) -> Region | None:
    tells = feature["properties"]
    url = str(tells.get("urls", {}).get("pbf", ""))
    if not url.startswith(("https://", "http://")):
        return None
    steps = _steps(str(tells["id"]), known)
    codes = tells.get("iso3166-2") or [""]
    name = steps[-1]
    return Region(
        id=str(tells["id"]),
        name=name,
        parent=str(tells.get("parent") or ""),
        full_name=" / ".join(steps),
        url=url,
        iso=str(codes[0]) if len(codes) == 1 else "",
        outline=_outline(name, feature.get("geometry")),
    )


def _steps(region_id: str, known: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The names that lead to a region; a name like "us/new-york" is two, unless its first part is the parent."""
    steps: list[str] = []
    seen: set[str] = set()
    while region_id in known and region_id not in seen:
        seen.add(region_id)
        parent = str(known[region_id].get("parent") or "")
        parts = [part for part in str(known[region_id].get("name") or region_id).split("/") if part.strip()]
        if len(parts) > 1 and parts[0] == parent:
            parts = parts[1:]
        steps = [*map(_in_letters, parts), *steps]
        region_id = parent
    return steps


def _in_letters(part: str) -> str:
    """A name as people write it: an id like "new-york" or "us" becomes "New York" or "US"."""
    part = part.strip()
    if part != part.lower():
        return part
    return part.upper() if len(part) == 2 else part.replace("-", " ").title()


def _outline(name: str, geometry: Mapping[str, Any] | None) -> Area | None:
    if not geometry:
        return None
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    outlines = tuple(corners for polygon in polygons if len(corners := _corners(polygon[0])) > 2)
    return Area(name, outlines) if outlines else None


def _corners(ring: Iterable[Sequence[float]]) -> tuple[LatLon, ...]:
    """A ring without its last corner, which repeats the first; outlines drawn over the edge of the map end there."""
    corners = [LatLon(min(90.0, max(-90.0, lat)), min(180.0, max(-180.0, lon))) for lon, lat, *_ in ring]
    return tuple(corners[:-1] if corners and corners[0] == corners[-1] else corners)


def _read_note(note: Path, url: str) -> dict[str, str]:
    try:
        known = {str(name): str(value) for name, value in json.loads(note.read_text(encoding="utf-8")).items()}
        float(known["asked_at"])
    except (OSError, ValueError, KeyError, AttributeError):
        return {}
    return known if known.get("url") == url else {}


def _write(path: Path, content: bytes) -> None:
    fresh = path.with_name(f"{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
