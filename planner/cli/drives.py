"""roadbook roads route, reach, search, near, match: single questions to the roads of a pack."""

import json
from errno import EISDIR
from pathlib import Path
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, clock, message, print_json, print_table, seconds_text
from planner.errors import UserProblem
from planner.model.places import LatLon, Match
from planner.model.travel import Isochrone, Leg, MatchedTrack, Track
from planner.settings import time_of_day_s
from planner.usecases import drives, find_places
from planner.usecases.settings import get_settings
from planner.usecases.workspace import workspace_at

Address = Annotated[str, typer.Argument(help="An address, home or office.")]


def route(
    places: Annotated[list[str], typer.Argument(help="Two or more addresses in their order; home and office are known.")],
    leave: Annotated[str, typer.Option("--leave", help="When the drive begins, as 07:30; rush hours count from it.")] = "09:00",
    alternates: Annotated[int, typer.Option("--alternates", min=1, max=5, help="Show so many ways, between two addresses.")] = 1,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Show the way through addresses, turn by turn, and when each is reached."""
    if len(places) < 2:
        raise UserProblem("A way needs two places.", "", "Give two addresses or more.")
    if alternates > 1 and len(places) > 2:
        raise UserProblem("Other ways are found between two places only.", "", "Give two addresses, or leave out --alternates.")
    report, leave_s = Progress(), _time_of_day(leave)
    with workspace_at(home) as workspace:
        metric = get_settings(workspace).text("units") == "kilometres"
        if alternates > 1:
            found = drives.find_alternates(workspace, places[0], places[1], alternates, leave_s, report)
        else:
            found = [drives.find_drive(workspace, places, leave_s, report)]
    report.done()
    if as_json:
        print_json([_drive_data(drive) for drive in found])
        return
    for drive in found:
        for index, leg in enumerate(drive.route.legs):
            ends = [f"{drive.places[at].name} {_clock(drive.reached_s[at])}" for at in (index, index + 1)]
            rows = [(maneuver.text, _far(maneuver.metres, metric=metric), _long(maneuver.seconds)) for maneuver in leg.maneuvers]
            print_table(f"{' → '.join(ends)}, {_far(leg.metres, metric=metric)}", ("Way", "", ""), rows)


def reach(
    place: Address,
    minutes: Annotated[
        list[int] | None, typer.Option("--minutes", min=1, max=600, help="Within so many minutes; may be given several times.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the areas as GeoJSON to this file.")] = None,
    home: Home = None,
) -> None:
    """Find what can be reached from an address within some minutes of driving."""
    report = Progress()
    with workspace_at(home) as workspace:
        found = drives.find_reach(workspace, place, minutes or [10, 20, 30], report)
    report.done()
    text = json.dumps({"type": "FeatureCollection", "features": [_ring_data(one) for one in found]}, indent=1)
    if out is None:
        typer.echo(text)
        return
    _write(out, text)
    message(f"Saved {out}.")


def search(
    text: Annotated[str, typer.Argument(help="The beginning of an address, street, town, ZIP or business; typos are mended.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Find places by the beginning of their name."""
    with workspace_at(home) as workspace:
        found = find_places.suggest_places(workspace, text)
    if as_json:
        print_json([_match_data(match) for match in found])
    else:
        print_table("", ("Place", "Kind"), [(match.text, match.quality) for match in found])


def near(
    lat: Annotated[float, typer.Argument(min=-90, max=90, help="Latitude in degrees.")],
    lon: Annotated[float, typer.Argument(min=-180, max=180, help="Longitude in degrees; after -- when it is negative.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Say what is at a point: the nearest house, street or town."""
    with workspace_at(home) as workspace:
        match = find_places.what_is_at(workspace, LatLon(lat, lon))
    if as_json:
        print_json(_match_data(match))
    else:
        typer.echo(match.text)


def match(
    file: Annotated[Path, typer.Argument(help="A GPX file with recorded tracks.")],
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Lay the recorded tracks of a GPX file onto the roads, and say how far they went."""
    report = Progress()
    with workspace_at(home) as workspace:
        metric = get_settings(workspace).text("units") == "kilometres"
        found = drives.match_tracks(workspace, file, report)
    report.done()
    if as_json:
        print_json([_track_data(track, matched) for track, matched in found])
        return
    rows = [
        (
            track.name or "Track",
            _far(matched.metres, metric=metric),
            seconds_text(matched.seconds) if matched.seconds is not None else "",
            f"{len(matched.off_road)} of {len(track.points)} points off any road",
            ", ".join(matched.streets[:8]),
        )
        for track, matched in found
    ]
    print_table("", ("Track", "Length", "Time", "", "Streets"), rows)


def _time_of_day(text: str) -> int:
    try:
        return time_of_day_s(text)
    except ValueError:
        raise UserProblem(f"“{text}” is not a time of day.", "", "Write it as 07:30.") from None


def _write(out: Path, text: str) -> None:
    """Write a file whole or not at all; raises UserProblem when it cannot be."""
    try:
        if out.is_dir():
            raise IsADirectoryError(EISDIR, "It is a folder")
        beside = out.with_name(out.name + ".part")
        try:
            beside.write_text(text, encoding="utf-8")
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        why = f"The system says: {error.strerror or error}."
        raise UserProblem(f"“{out}” cannot be written.", why, "Name a file in a folder that is there.") from error


def _clock(seconds: int) -> str:
    """Seconds after midnight as "08:30", "00:26 (next day)", "00:26 (2 days later)"."""
    days = seconds // 86_400
    later = ("", " (next day)")[days] if days < 2 else f" ({days} days later)"
    return clock(seconds % 86_400) + later


def _far(metres: int, *, metric: bool) -> str:
    return f"{metres / 1000:.1f} km" if metric else f"{metres / 1609.344:.1f} mi"


def _long(seconds: int) -> str:
    return seconds_text(seconds) if seconds >= 60 else f"{seconds} s"


def _track_data(track: Track, matched: MatchedTrack) -> dict[str, Any]:
    return {
        "name": track.name,
        "metres": matched.metres,
        "seconds": matched.seconds,
        "points": len(track.points),
        "off_road": matched.off_road,
        "streets": matched.streets,
        "shape": [[(point.lat, point.lon) for point in piece.shape] for piece in matched.pieces],
    }


def _drive_data(drive: drives.Drive) -> dict[str, Any]:
    return {
        "places": [{"name": place.name, "lat": place.point.lat, "lon": place.point.lon} for place in drive.places],
        "seconds": drive.route.seconds,
        "metres": drive.route.metres,
        "reached": [clock(time) for time in drive.reached_s],
        "legs": [_leg_data(leg) for leg in drive.route.legs],
    }


def _leg_data(leg: Leg) -> dict[str, Any]:
    turns = [{"text": one.text, "metres": one.metres, "seconds": one.seconds, "at": one.begin} for one in leg.maneuvers]
    return {"seconds": leg.seconds, "metres": leg.metres, "turns": turns, "shape": [(point.lat, point.lon) for point in leg.shape]}


def _ring_data(one: Isochrone) -> dict[str, Any]:
    polygons = [[[[point.lon, point.lat] for point in (*ring, ring[0])] for ring in rings] for rings in one.polygons]
    return {"type": "Feature", "properties": {"minutes": one.minutes}, "geometry": {"type": "MultiPolygon", "coordinates": polygons}}


def _match_data(match: Match) -> dict[str, Any]:
    place = match.point
    return {
        "text": match.text,
        "quality": match.quality,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "doubtful": match.doubtful,
    }
