"""The railway along the river, with its yard and station."""

from planner.sample.geometry import Line, crossings, cut, length, nearest, offset, resample, simplify, spline

RAILWAY_NAME = "Tamarack Valley Line"


def lay_railway(river: Line) -> Line:
    """The main track: it follows the river on its left bank, but cuts its small bends."""
    calm = spline(resample(river, 1250), 60)
    track = offset(calm, 265)
    for _ in range(30):
        track = [track[0], *[(a + 2 * b + c) / 4 for a, b, c in zip(track, track[1:], track[2:], strict=False)], track[-1]]
    return simplify(track, 1.0)


def yard_tracks(track: Line, beside: complex) -> list[Line]:
    """Sidings beside the main track near a point: each leaves it and joins it again."""
    s = nearest(track, beside)[1]
    tracks = []
    for k, aside in enumerate((-9.0, -18.0, -27.0, -36.0)):
        piece = resample(cut(track, s - 520 + 70 * k, s + 520 - 70 * k), 40)
        total = length(piece)
        tracks.append(offset(piece, lambda at, aside=aside, total=total: aside * min(1.0, at / 130, (total - at) / 130)))
    return tracks


def level_crossings(track: Line, road: Line) -> list[float]:
    """Where a road crosses the track, as stations of the road."""
    return crossings(road, track)
