"""What runs in a process of its own: osmnx asks for names and areas, and keeps every answer in a folder.

osmnx changes its process (how names are resolved, its own settings) and waits where nobody can stop it; so this is only run as a child.
"""

import json
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from planner.errors import ServerProblem
from planner.model.areas import Area
from planner.model.places import LatLon
from planner.progress import Report, part
from planner.roads.download.area_queries import QUERIES, Query, pieces_of, quarters
from planner.roads.download.overpass_pbf import write_pbf
from planner.roads.download.web import BUSY, USER_AGENT, ask, refused, retry_after_s, unreachable
from planner.values import Struct

_TIMEOUT_S = 180
_LONGEST_WAIT_S = 120.0
_QUARTERED = 4  # times a piece is cut when its answer is too much for the server: to 1/256 of its size
_TOO_MUCH = ("timed out", "out of memory")  # remarks of https://dev.overpass-api.de/overpass-doc/en/preface/commons.html


class NameOrder(Struct, frozen=True):
    """Which areas are called `text`? Answers are kept in `folder`."""

    text: str
    url: str
    folder: Path
    pauses_s: Sequence[float]


class AreaOrder(Struct, frozen=True):
    """Write the extract `target` of an area, asked for in pieces of at most `piece_km2`. Answers are kept in `folder`."""

    area: Area
    url: str
    folder: Path
    target: Path
    piece_km2: float
    pauses_s: Sequence[float]


class _Busy(Exception):
    """The server cannot answer now; `problem` is what to tell if it never can."""

    def __init__(self, problem: ServerProblem, wait_s: float = 0.0) -> None:
        super().__init__(str(problem))
        self.problem, self.wait_s = problem, wait_s


class _TooMuch(Exception):
    """The server gave up on the question."""


def fetch_names(order: NameOrder, report: Report) -> tuple[Area, ...] | None:
    """The areas the Nominatim server knows by a name, boundaries before others; None when what it knows are only points."""
    import osmnx

    report(0.0, f"Looking for {order.text}")
    _set_up(order.folder)
    osmnx.settings.nominatim_url = order.url
    try:
        _patiently(lambda: osmnx.geocode_to_gdf(order.text), order.url, order.pauses_s, report)
    except TypeError:
        return None
    except (KeyError, ValueError):  # no result, or none as a Nominatim server writes them
        return ()
    found = [place for answer in order.folder.glob("*.json") for place in json.loads(answer.read_text(encoding="utf-8"))]
    areas = [place for place in found if place.get("geojson", {}).get("type") in {"Polygon", "MultiPolygon"}]
    boundaries = [place for place in areas if place.get("class") in {"boundary", "place"}] or areas
    named: dict[str, Area] = {}
    for place in sorted(boundaries, key=lambda place: -float(place.get("importance", 0))):
        named.setdefault(place["display_name"], _area(place))
    return tuple(named.values())


def fetch_area(order: AreaOrder, report: Report) -> None:
    """Ask for everything in an area that is not kept yet, and write it as an extract."""
    import osmnx

    _set_up(order.folder)
    osmnx.settings.overpass_url = order.url
    osmnx.settings.overpass_rate_limit = _has_slots(order.url, report)
    todo = [(piece, query) for piece in pieces_of(order.area, order.piece_km2) for query in QUERIES]
    for number, (piece, query) in enumerate(todo):
        fraction = 0.9 * number / len(todo)
        text = f"Asking for {query.what} ({number + 1} of {len(todo)})"
        report(fraction, text)
        _fetch(query, piece, _QUARTERED, order.url, order.pauses_s, partial(_say, report, fraction))
    answers = sorted(order.folder.glob("*.json"))
    write_pbf(answers, order.area.bounds, order.target, order.folder, part(report, 0.9, 1.0))


def _say(report: Report, fraction: float, _fraction: float, text: str) -> None:
    report(fraction, text)


def _fetch(query: Query, piece: Any, cuts_left: int, url: str, pauses_s: Sequence[float], report: Report) -> None:
    try:
        _patiently(lambda: _send(query, piece), url, pauses_s, report)
    except _TooMuch as too_much:
        if not cuts_left:
            raise ServerProblem(
                "The Overpass server cannot give all of the area.", f"It says: {too_much}.", "Try again later, or choose another server."
            ) from too_much
        report(0.0, f"Asking for {query.what} in smaller pieces")
        for quarter in quarters(piece):
            _fetch(query, quarter, cuts_left - 1, url, pauses_s, report)


def _send(query: Query, piece: Any) -> None:
    """Have osmnx ask, and keep the answer: that is all it does in its cache-only mode, and then it raises."""
    import osmnx

    try:
        if query.ways:
            osmnx.graph_from_polygon(piece, custom_filter=query.ways)
        else:
            osmnx.features_from_polygon(piece.buffer(query.beyond_deg) if query.beyond_deg else piece, dict(query.tags))
    except InterruptedError:
        return


def _patiently(work: Callable[[], object], url: str, pauses_s: Sequence[float], report: Report) -> None:
    """Do the work, and again after each pause when the server is busy or cannot be reached."""
    import requests

    for pause_s in (*pauses_s, None):
        try:
            work()
        except _Busy as error:
            busy = error
        except requests.RequestException as error:
            busy = _Busy(unreachable(url, error))
        else:
            return
        if pause_s is None or busy.wait_s > _LONGEST_WAIT_S:
            raise busy.problem
        wait_s = max(pause_s, busy.wait_s)
        report(0.0, f"{busy.problem.what} Trying again in {wait_s:.0f} s")
        time.sleep(wait_s)


def _set_up(folder: Path) -> None:
    """Set osmnx to keep what servers answer in a folder, where what a killed program has half-written is removed."""
    import osmnx

    folder.mkdir(parents=True, exist_ok=True)
    for kept in folder.glob("*.json"):
        try:
            json.loads(kept.read_text(encoding="utf-8"))
        except ValueError:
            kept.unlink()
    settings = osmnx.settings
    settings.use_cache, settings.cache_folder, settings.cache_only_mode = True, str(folder), True
    settings.doh_url_template = None  # names are resolved as everywhere else, or not at all
    settings.http_user_agent = settings.http_referer = USER_AGENT
    settings.max_query_area_size = float("inf")  # pieces are cut by their true shape, where osmnx would take the hull around them
    settings.requests_timeout = _TIMEOUT_S
    settings.requests_kwargs = {"hooks": {"response": _look_at}}


def _has_slots(url: str, report: Report) -> bool:
    """Whether the server counts how much it is asked at a time. Raises Unreachable when there is no server, which osmnx would wait for."""
    with ask("GET", f"{url.rstrip('/')}/status", lambda: report(0.0, f"Asking {urlsplit(url).netloc}")) as response:
        text = next(response.iter_content(4000), b"").decode(errors="replace")
        return response.status_code == 200 and "slot" in text.casefold()


def _look_at(response: Any, *_arguments: object, **_named: object) -> None:
    """See each answer before osmnx does: it would wait for ever at a busy server, and take an answer for whole that is not."""
    if urlsplit(response.url).path.endswith("/status"):
        return
    try:
        _check(response)
    except BaseException:
        response.close()
        raise


def _check(response: Any) -> None:
    if response.status_code in BUSY:
        raise _Busy(refused(response), retry_after_s(response))
    if response.status_code != 200:
        raise refused(response)
    if b'"remark"' in response.content[-4000:]:  # it comes last
        remark = str(_json(response).get("remark", ""))
        if any(words in remark for words in _TOO_MUCH):
            raise _TooMuch(remark.rstrip("."))
        if remark:
            host = urlsplit(response.url).netloc
            raise _Busy(ServerProblem(f"The server '{host}' did not finish its answer.", f"It says: {remark}", "Try again later."))
    elif not response.content.lstrip().startswith((b"{", b"[")):
        _json(response)


def _json(response: Any) -> Any:
    try:
        return response.json()
    except ValueError as error:
        host = urlsplit(response.url).netloc
        raise ServerProblem(
            f"The server '{host}' answers with something else than map data.",
            "It may be another kind of server, or a page to sign in to the network.",
            "Check its address in the settings, and the connection.",
        ) from error


def _area(place: dict[str, Any]) -> Area:
    """A result of Nominatim as an area: the outer rings of its boundary."""
    shape = place["geojson"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    outlines = (tuple(LatLon(lat, lon) for lon, lat, *_ in polygon[0][:-1]) for polygon in polygons)
    return Area(str(place["display_name"]), tuple(outline for outline in outlines if len(outline) > 2))
