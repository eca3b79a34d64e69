"""Recorded tracks out of GPX files, and files that are none."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.errors import BadInputFile
from planner.imports.gpx import read_gpx, read_recording
from planner.model.places import LatLon
from planner.model.tracking import TrackPoint as RecordedPoint
from planner.model.travel import Track, TrackPoint

HEAD = '<?xml version="1.0" encoding="UTF-8"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">'
NINE = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def point(lat: object, lon: object, time: str = "") -> str:
    return f'<trkpt lat="{lat}" lon="{lon}"><ele>300</ele>{f"<time>{time}</time>" if time else ""}</trkpt>'


def track(name: str, *segments: str) -> str:
    return f"<trk><name>{name}</name>{''.join(f'<trkseg>{segment}</trkseg>' for segment in segments)}</trk>"


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_tracks_are_read_with_their_names_and_segments_in_order(tmp_path: Path) -> None:
    morning = track("Morning", point(40.8, -77.86, "2026-11-23T14:00:00Z"), point(40.81, -77.87))
    path = written(tmp_path / "day.gpx", HEAD + morning + track("", point(40.9, -77.9)) + "</gpx>")
    assert read_gpx(path) == [
        Track("Morning", (TrackPoint(LatLon(40.8, -77.86), NINE), TrackPoint(LatLon(40.81, -77.87)))),
        Track("", (TrackPoint(LatLon(40.9, -77.9)),)),
    ]


@pytest.mark.parametrize("time", ["2026-11-23T14:00:00Z", "2026-11-23T14:00:00", "2026-11-23T09:00:00-05:00", "2026-11-23T14:00:00.000Z"])
def test_every_way_to_write_a_time_is_the_same_moment(tmp_path: Path, time: str) -> None:
    (read,) = read_gpx(written(tmp_path / "day.gpx", HEAD + track("t", point(40, -77, time)) + "</gpx>"))
    assert read.points[0].time == NINE
    assert read.points[0].time.tzinfo is not None


def test_a_time_nobody_can_read_is_none(tmp_path: Path) -> None:
    (read,) = read_gpx(written(tmp_path / "day.gpx", HEAD + track("t", point(40, -77, "quarter past two")) + "</gpx>"))
    assert read.points == (TrackPoint(LatLon(40, -77)),)


def test_a_file_of_version_1_0_in_utf_16_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    head = HEAD.replace("1.1", "1.0").replace("1/1", "1/0").replace("UTF-8", "UTF-16")
    path = written(tmp_path / "old.gpx", (head + track("Zoë", point(40, -77)) + "</gpx>").encode("utf-16"))
    assert read_gpx(path)[0].name == "Zoë"


WHOLE = HEAD + track("t", point(40, -77, "2026-11-23T14:00:00Z"), point(40.1, -77)) + "</gpx>"
BAD = {
    "cut off": (WHOLE[:-20], "is damaged"),
    "no number": (WHOLE.replace('lat="40"', 'lat="forty"'), "is damaged"),
    "not on earth": (WHOLE.replace('lat="40"', 'lat="400"'), "is damaged"),
    "not a number at all": (WHOLE.replace('lat="40"', 'lat="nan"'), "is damaged"),
    "no latitude": (WHOLE.replace('lat="40"', ""), "is damaged"),
    "no track": (HEAD + '<wpt lat="40" lon="-77"/></gpx>', "holds no recorded track"),
    "an empty track": (HEAD + track("t", "") + "</gpx>", "holds no recorded track"),
    "another xml": ("<kml><Placemark/></kml>", "is not a GPX file"),
    "a spreadsheet": (b"PK\x03\x04 whatever", "is not a text file"),
    "nothing": ("", "is empty"),
    "entities": ('<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>' + track("&b;", point(40, -77)), "is not a plain GPX file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_a_plain_problem_that_names_it(tmp_path: Path, kind: str) -> None:
    content, message = BAD[kind]
    with pytest.raises(BadInputFile, match=f"bad.gpx {message}"):
        read_gpx(written(tmp_path / "bad.gpx", content))


def test_a_file_that_is_not_there_is_a_plain_problem(tmp_path: Path) -> None:
    with pytest.raises(BadInputFile, match=r"gone\.gpx could not be opened"):
        read_gpx(tmp_path / "gone.gpx")


def test_no_cut_of_a_file_is_read_as_whole_or_ends_in_a_bug(tmp_path: Path) -> None:
    for end in range(len(WHOLE)):
        with pytest.raises(BadInputFile):
            read_gpx(written(tmp_path / "cut.gpx", WHOLE[:end]))


def test_a_recording_is_all_its_timed_points_one_track_after_the_other(tmp_path: Path) -> None:
    later = track("Later", point(40.2, -77, "2026-11-23T15:00:00Z"), point(40.3, -77, "2026-11-23T10:30:00-05:00"))
    content = HEAD + later + track("First", point(40, -77, "2026-11-23T14:00:00"), point(40.1, -77)) + "</gpx>"
    points, problems = read_recording(written(tmp_path / "day.gpx", content))
    hours = (0.0, 1.0, 1.5)
    assert points == [RecordedPoint(LatLon(lat, -77), NINE + timedelta(hours=h)) for lat, h in zip((40, 40.2, 40.3), hours, strict=True)]
    assert problems == ["1 point has no time and was left out.", "1 time has no time zone and was taken as UTC."]


def test_tracks_of_the_same_time_are_told(tmp_path: Path) -> None:
    one = track("One", point(40, -77, "2026-11-23T14:00:00Z"), point(40, -77, "2026-11-23T16:00:00Z"))
    other = track("Other", point(40, -77, "2026-11-23T15:00:00Z"))
    _points, problems = read_recording(written(tmp_path / "day.gpx", HEAD + other + one + "</gpx>"))
    assert problems == ["Some of its tracks were recorded at the same time: their points are mixed."]


def test_a_recording_without_any_time_is_a_plain_problem(tmp_path: Path) -> None:
    with pytest.raises(BadInputFile, match=r"day\.gpx does not say when it was recorded"):
        read_recording(written(tmp_path / "day.gpx", HEAD + track("t", point(40, -77), point(40, -77.1)) + "</gpx>"))


def test_more_points_than_anybody_records_are_refused_before_they_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.imports.gpx.MOST_POINTS", 3)
    with pytest.raises(BadInputFile, match=r"day\.gpx is too big"):
        read_recording(written(tmp_path / "day.gpx", HEAD + track("t", *[point(40, -77)] * 4) + "</gpx>"))
