"""The railway along the river, with its yard and station."""

from collections.abc import Callable

from planner.sample.geometry import Line, cut, length, nearest, offset, resample, simplify, spline

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
    for k in range(1, 5):
        piece = resample(cut(track, s - 590 + 70 * k, s + 590 - 70 * k), 40)
        tracks.append(offset(piece, _bulge(-9.0 * k, length(piece))))
    return tracks


def _bulge(aside: float, total: float) -> Callable[[float], float]:
    """How far a siding lies from the main track at each of its stations."""
    return lambda at: aside * min(1.0, at / 130, (total - at) / 130)
