"""Recorded tracks out of GPX files, as phones, navigators and cars write them."""

import re
from datetime import UTC
from pathlib import Path
from typing import Any

from planner.errors import BadInputFile
from planner.imports.decode import read_text
from planner.model.places import LatLon
from planner.model.travel import Track, TrackPoint

_REMEDY = "Export the track again as GPX; nothing was imported."


def read_gpx(path: Path) -> list[Track]:
    """Read every track of a GPX file, its segments one after the other; times without a zone are UTC, as GPX has them.

    Raises BadInputFile for a file that cannot be opened, is no GPX, is damaged or holds no recorded track.
    """
    import gpxpy

    text, _encoding = read_text(path)
    # GPX has no document type; one that is there can only be a trap, such as entities that grow without end.
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise BadInputFile(f"{path.name} is not a plain GPX file.", "It declares a document type of its own.", _REMEDY)
    if not re.search(r"<(\w+:)?gpx[\s>]", text):
        raise BadInputFile(f"{path.name} is not a GPX file.", "Nothing in it says <gpx>.", _REMEDY)
    try:
        tracks = [_track(track) for track in gpxpy.parse(text).tracks]
    except (gpxpy.gpx.GPXException, ValueError, TypeError, AttributeError) as error:
        raise BadInputFile(f"{path.name} is damaged.", f"It cannot be read as GPX: {str(error)[:200]}.", _REMEDY) from error
    found = [track for track in tracks if track.points]
    if not found:
        raise BadInputFile(f"{path.name} holds no recorded track.", "It may hold waypoints or a planned route only.", _REMEDY)
    return found


def _track(track: Any) -> Track:
    return Track(track.name or "", tuple(_point(point) for segment in track.segments for point in segment.points))


def _point(point: Any) -> TrackPoint:
    time = point.time
    return TrackPoint(LatLon(point.latitude, point.longitude), time and (time if time.tzinfo else time.replace(tzinfo=UTC)))
