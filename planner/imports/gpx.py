"""Recorded tracks out of GPX files, as phones, navigators and cars write them."""

import re
from datetime import UTC
from itertools import pairwise
from pathlib import Path
from typing import Any

from planner.errors import BadInputFile
from planner.imports.decode import read_text
from planner.model.places import LatLon
from planner.model.tracking import TrackPoint as RecordedPoint
from planner.model.travel import Track, TrackPoint

_REMEDY = "Export the track again as GPX; nothing was imported."
MOST_POINTS = 2_000_000
"""Of a file: three weeks without a pause, a point a second."""

_WAS = {True: "was", False: "were"}


def read_gpx(path: Path) -> list[Track]:
    """Read every track of a GPX file, its segments one after the other; times without a zone are UTC, as GPX has them.

    Raises BadInputFile for a file that cannot be opened, is no GPX, is damaged or holds no recorded track.
    """
    tracks, _zoneless = _read(path)
    return tracks


def read_recording(path: Path) -> tuple[list[RecordedPoint], list[str]]:
    """Read all points of a GPX file that have a time, of all its tracks, one track after the other by when each begins.

    Returns them and what is to be known of them, in sentences: points without a time, times without a zone (taken as UTC), tracks that
    overlap in time. Raises BadInputFile as `read_gpx` does, and where no point has a time.
    """
    tracks, zoneless = _read(path)
    timed = [[RecordedPoint(point.place, point.time.astimezone(UTC)) for point in track.points if point.time] for track in tracks]
    parts = sorted(filter(None, timed), key=lambda points: points[0].at)
    if not parts:
        raise BadInputFile(f"{path.name} does not say when it was recorded.", "None of its points has a time.", _REMEDY)
    problems = []
    timeless = sum(len(track.points) for track in tracks) - sum(map(len, parts))
    if timeless:
        problems.append(f"{timeless} {'point has' if timeless == 1 else 'points have'} no time and {_WAS[timeless == 1]} left out.")
    if zoneless:
        problems.append(f"{zoneless} {'time has' if zoneless == 1 else 'times have'} no time zone and {_WAS[zoneless == 1]} taken as UTC.")
    if any(b[0].at < a[-1].at for a, b in pairwise(parts)):
        problems.append("Some of its tracks were recorded at the same time: their points are mixed.")
    return [point for points in parts for point in points], problems


def _read(path: Path) -> tuple[list[Track], int]:
    """Every track that has points, and how many of their times have no zone."""
    import gpxpy

    text, _encoding = read_text(path)
    # GPX has no document type; one that is there can only be a trap, such as entities that grow without end.
    if re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise BadInputFile(f"{path.name} is not a plain GPX file.", "It declares a document type of its own.", _REMEDY)
    if not re.search(r"<(\w+:)?gpx[\s>]", text):
        raise BadInputFile(f"{path.name} is not a GPX file.", "Nothing in it says <gpx>.", _REMEDY)
    if len(re.findall(r"<(?:\w+:)?trkpt\b", text)) > MOST_POINTS:
        raise BadInputFile(f"{path.name} is too big.", f"It has more than {MOST_POINTS:,} points.", "Export one trip at a time.")
    try:
        parsed = gpxpy.parse(text).tracks
        tracks = [_track(track) for track in parsed]
    except (gpxpy.gpx.GPXException, ValueError, TypeError, AttributeError) as error:
        raise BadInputFile(f"{path.name} is damaged.", f"It cannot be read as GPX: {str(error)[:200]}.", _REMEDY) from error
    found = [track for track in tracks if track.points]
    if not found:
        raise BadInputFile(f"{path.name} holds no recorded track.", "It may hold waypoints or a planned route only.", _REMEDY)
    return found, sum(bool(point.time and not point.time.tzinfo) for track in parsed for each in track.segments for point in each.points)


def _track(track: Any) -> Track:
    return Track(track.name or "", tuple(_point(point) for segment in track.segments for point in segment.points))


def _point(point: Any) -> TrackPoint:
    time = point.time
    return TrackPoint(LatLon(point.latitude, point.longitude), time and (time if time.tzinfo else time.replace(tzinfo=UTC)))
