"""How far a recorded drive was, along the roads: laid onto them where that can be, bridged where the recording has holes."""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from statistics import median

from planner.errors import PackProblem
from planner.model.places import LatLon
from planner.model.travel import MatchedPiece, TrackPoint
from planner.progress import Report, silent
from planner.roads.routing.router import ValhallaRouter
from planner.values import Struct

_APART_M = 30.0  # points nearer to each other say more about the receiver's noise than about the way
_PAUSE_S = 20.0  # but no such stretch of time is left without a point
_HOLE_M, _USUAL = 200.0, 4  # farther between two points, and so many times as far as usual
_SEVERAL = 5  # of which something can be usual
_DETOUR, _SPARE_M = 2.0, 300.0  # a way of the engine is believed when it is at most so much longer than the straight line
_SHORT_M = 100.0  # over which points are as good as any way
_HASTE, _SPARE_S = 2.0, 120.0  # and when nobody would have had to drive it so many times as fast


class Measured(StrEnum):
    """Where the metres of a drive come from."""

    MATCHED = "laid onto the roads"
    ROUTE = "the way of the routing engine"
    POINTS = "along the recorded points"


class Driven(Struct, frozen=True):
    """How far a drive was: its metres, its shape, where most of the metres come from, and how many were not laid onto the roads."""

    metres: int
    shape: tuple[LatLon, ...]
    how: Measured
    bridged_m: int = 0


def driven_metres(router: ValhallaRouter, points: Sequence[TrackPoint], report: Report = silent) -> Driven:
    """How far a cleaned drive without stays was; where it cannot be laid onto the roads, by the engine's way, else along its points.

    The engine's way between the ends of a hole counts only where it is plausible: not much longer than the straight line, and not so long
    that the recorded time was too short for it. Raises what the router raises, PackProblem for places off the roads left aside.
    """
    thin = _thinned(points)
    if len(thin) < 2:
        return Driven(0, tuple(point.place for point in thin), Measured.POINTS)
    parts = list(_parts(router, thin, report))
    sums = {how: sum(_length(shape) for each, shape in parts if each is how) for how in Measured}
    metres = round(sum(sums.values()))
    shape = tuple(place for _how, piece in parts for place in piece)
    return Driven(metres, shape, max(Measured, key=lambda how: sums[how]), metres - round(sums[Measured.MATCHED]))


def _parts(router: ValhallaRouter, points: Sequence[TrackPoint], report: Report) -> Iterator[tuple[Measured, Sequence[LatLon]]]:
    """The drive in pieces that follow each other: those on the roads, and what lies before, between and after them.

    Each stretch without a hole is laid onto the roads by itself: over a hole map matching takes the shortest way, and drivers the quickest.
    """
    waiting: list[TrackPoint] = []  # since the last place on the roads
    for run in _runs(points):
        done = 0
        for piece in router.match_track(run, report).pieces:
            if _believable(piece, run):
                yield from _bridge(router, [*waiting, *run[done : piece.first], TrackPoint(piece.shape[0], run[piece.first].time)], report)
                yield Measured.MATCHED, piece.shape
                waiting, done = [TrackPoint(piece.shape[-1], run[piece.last].time)], piece.last + 1
        waiting += run[done:]
    yield from _bridge(router, waiting, report)


def _runs(points: Sequence[TrackPoint]) -> Iterator[Sequence[TrackPoint]]:
    """The stretches between holes."""
    steps = [a.place.metres_to(b.place) for a, b in pairwise(points)]
    hole_m = max(_HOLE_M, _USUAL * median(steps)) if len(steps) >= _SEVERAL else _HOLE_M
    cuts = [0, *(at for at, metres in enumerate(steps, start=1) if metres > hole_m), len(points)]
    return (points[begin:end] for begin, end in pairwise(cuts))


def _believable(piece: MatchedPiece, points: Sequence[TrackPoint]) -> bool:
    """Whether a match is about as long as what was recorded; between points far apart Valhalla may have gone astray."""
    recorded = _length([point.place for point in points[piece.first : piece.last + 1]])
    return 0.6 * recorded - _SPARE_M <= piece.metres <= 1.6 * recorded + _SPARE_M


def _bridge(router: ValhallaRouter, points: Sequence[TrackPoint], report: Report) -> Iterator[tuple[Measured, Sequence[LatLon]]]:
    """What was not laid onto the roads: the engine's way between its ends where that is plausible, else the points themselves."""
    places = [point.place for point in points]
    recorded = _length(places)
    if recorded >= _SHORT_M:
        try:
            route = router.route((places[0], places[-1]), report=report)
        except PackProblem:  # off the roads, or no road leads there
            route = None
        begin, end = points[0].time, points[-1].time
        seconds = (end - begin).total_seconds() if begin and end else None
        if route and route.metres <= _DETOUR * recorded + _SPARE_M and (seconds is None or route.seconds <= _HASTE * seconds + _SPARE_S):
            yield Measured.ROUTE, [place for leg in route.legs for place in leg.shape]
            return
    yield Measured.POINTS, places


def _thinned(points: Sequence[TrackPoint]) -> list[TrackPoint]:
    """The points without those that are all but at the place of the one before; the first and the last stay."""
    kept: list[TrackPoint] = []
    for point in points:
        if not kept or point.place.metres_to(kept[-1].place) >= _APART_M or kept[-1].seconds_to(point) >= _PAUSE_S:
            kept.append(point)
    if kept and kept[-1] != points[-1]:
        kept.append(points[-1])
    return kept


def _length(places: Sequence[LatLon]) -> float:
    return sum(a.metres_to(b) for a, b in pairwise(places))
