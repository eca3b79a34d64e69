"""The offline route map of a week: one HTML file with everything in it."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from planner.exports.map_tiles import TileBytes, choose_tiles
from planner.exports.offline_html import Page
from planner.exports.route_data import day_places, week_data
from planner.model.places import LatLon
from planner.model.travel import Route
from planner.model.week import WeekPlan
from planner.model.writing import USUAL_WRITING, Writing
from planner.progress import Report, part

MAX_BYTES = 2_500_000
"""The file stays small enough for a mail."""

_NO_ADDRESSES: Mapping[str, str] = {}


def write_route_map(
    plan: WeekPlan,
    routes: Mapping[date, Route],
    basemap_tiles: TileBytes,
    out: Path,
    report: Report,
    *,
    notice: str = "",
    units: str = "miles",
    writing: Writing = USUAL_WRITING,
    addresses: Mapping[str, str] = _NO_ADDRESSES,
    made: date | None = None,
    max_bytes: int = MAX_BYTES,
) -> Path:
    """Write the map of a week and return `out`; a file that is there already is replaced when the new one is whole.

    `routes` has the drives of each day along the roads; a day without one gets straight dashed lines. `basemap_tiles` gives the gzip
    bytes of the vector tile at (zoom, x, y), or None. `addresses` are by the key of a stop. `notice` is shown as a banner. `made` is
    the day of writing.
    Tiles are left out, the closest and farthest from the drives first, to keep the file within `max_bytes`.
    Raises UserProblem when the web parts of the page are not installed.
    """
    report(0.0, "Writing the route map")
    page = Page()
    data = week_data(plan, routes, addresses, units, made or datetime.now(ZoneInfo(plan.timezone)).date(), notice, writing)
    title = data["name"]
    report(0.2, "Writing the route map")
    room = max_bytes - len(page.filled(title, data, {}).encode())
    stops = [point for day in plan.days for point in day_places(day)]
    tiles = choose_tiles(_drives(routes), stops, basemap_tiles, room, part(report, 0.2, 0.9))
    report(0.9, "Writing the route map")
    beside = out.with_name(f"{out.name}.part")
    try:
        beside.write_text(page.filled(title, data, tiles), "utf-8", newline="\n")
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    report(1.0, "The route map is ready")
    return out


def _drives(routes: Mapping[date, Route]) -> list[LatLon]:
    return [point for route in routes.values() for leg in route.legs for point in leg.shape]
