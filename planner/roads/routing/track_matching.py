"""A recorded track laid onto the roads, by Valhalla's map matching: cut where it has gaps, and into calls that overlap where it is long."""

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import cos, radians
from typing import Any

from planner.model.places import LatLon
from planner.model.travel import MatchedPiece, MatchedTrack, TrackPoint
from planner.progress import Report, part
from planner.roads.routing.answers import NoRouteError, points
from planner.values import Struct

Ask = Callable[[Sequence[LatLon], Report], Any]
"""Asks Valhalla for one match; raises NoRouteError when none of the points is on a road."""

_GAP_M = 2000  # farther between two points than this, and nobody knows the way between them
_GAP_S = 300  # a rest: the drives before and after it are two
_POINTS_A_CALL = 1000
_METRES_A_CALL = 100_000  # servers take twice as much as they come
_OVERLAP = 10  # points that two calls share, so that both know what is around the point they are joined at
_FASTEST_MS, _REACH_M = 45.0, 60.0  # nobody drives faster than this over more of a detour than noise explains
_STRAY = 3  # so many points in a row that are off the roads are the receiver's error; the way goes on under them


class _Edge(Struct, frozen=True):
    """A road of an answer: from which to which point of its shape it goes, and its names."""

    begin: int
    end: int
    names: tuple[str, ...]


class _Laid(Struct, frozen=True):
    """An answer: the shape and its roads; by a recorded point's position, the number of the road it is on and where."""

    shape: tuple[LatLon, ...]
    edges: tuple[_Edge, ...]
    on: dict[int, tuple[int, LatLon]]


def match_track(track: Sequence[TrackPoint], ask: Ask, report: Report) -> MatchedTrack:
    """Lay a track onto the roads; a point farther from every road than Valhalla was told to look is off-road."""
    pieces: list[MatchedPiece] = []
    on_road: set[int] = set()
    for begin, end in _runs(track):
        here = part(report, begin / len(track), end / len(track))
        for laid, first, last in _calls(track[begin:end], ask, here):
            on_road.update(begin + at for at in laid.on if first <= at <= last)
            for piece in _pieces(laid, track[begin:end], first, last):
                _append(pieces, piece, begin)
    return MatchedTrack(tuple(pieces), tuple(at for at in range(len(track)) if at not in on_road))


def _runs(track: Sequence[TrackPoint]) -> Iterator[tuple[int, int]]:
    """The stretches between gaps, as positions (first, one after the last)."""
    cuts = [at + 1 for at, (a, b) in enumerate(pairwise(track)) if a.place.metres_to(b.place) > _GAP_M or a.seconds_to(b) > _GAP_S]
    return pairwise([0, *cuts, len(track)]) if track else iter(())


def _calls(track: Sequence[TrackPoint], ask: Ask, report: Report) -> Iterator[tuple[_Laid, int, int]]:
    """One answer after the other, each with the positions of the first and last point it is good for; the last is the next one's first."""
    begin = first = 0
    while True:
        end = _end(track, begin)
        laid = _lay(track, begin, end, ask, part(report, begin / len(track), end / len(track)))
        if end == len(track):
            yield laid, first, end - 1
            return
        last = max((at for at in laid.on if first < at <= end - _OVERLAP), default=end - _OVERLAP)
        yield laid, first, last
        begin, first = max(begin + 1, last - _OVERLAP), last


def _end(track: Sequence[TrackPoint], begin: int) -> int:
    """Where a call that begins here ends: after so many points, or so many metres."""
    metres = 0.0
    for at in range(begin + 1, min(begin + _POINTS_A_CALL, len(track))):
        metres += track[at - 1].place.metres_to(track[at].place)
        if metres > _METRES_A_CALL:
            return at
    return min(begin + _POINTS_A_CALL, len(track))


def _lay(track: Sequence[TrackPoint], begin: int, end: int, ask: Ask, report: Report) -> _Laid:
    """Ask for the points from `begin` to before `end`, and again without those that strayed."""
    asked = list(range(begin, end))
    laid = _answer(track, asked, ask, report)
    strays = {begin + at for at in _strays([at in laid.on for at in asked])} | _rushed(laid, track)
    return _answer(track, [at for at in asked if at not in strays], ask, report) if strays and laid.on else laid


def _strays(on_road: Sequence[bool]) -> set[int]:
    """The positions in short rows of points off the roads, between points on them."""
    on = [at for at, here in enumerate(on_road) if here]
    return {at for a, b in pairwise(on) if 1 < b - a <= _STRAY + 1 for at in range(a + 1, b)}


def _rushed(laid: _Laid, track: Sequence[TrackPoint]) -> set[int]:
    """The points that lie on a side road only by noise: nobody could have driven there and on in the time. The ends of the way stay."""
    along = [0.0, *accumulate(a.metres_to(b) for a, b in pairwise(laid.shape))]
    gaps_before = list(accumulate((a.end != b.begin for a, b in pairwise(laid.edges)), initial=0))
    on = sorted(laid.on)
    rushed: set[int] = set()
    reached = {at: _metres_at(along, _along(laid, at)) for at in on}
    for a, b in pairwise(on):
        seconds, metres = track[a].seconds_to(track[b]), reached[b] - reached[a]
        there = gaps_before[laid.on[a][0]] == gaps_before[laid.on[b][0]]
        if there and seconds and metres > _FASTEST_MS * seconds and metres > 1.5 * track[a].place.metres_to(track[b].place) + _REACH_M:
            rushed |= {a, b}
    return rushed - {*on[:1], *on[-1:]}


def _metres_at(along: Sequence[float], position: float) -> float:
    corner = min(int(position), len(along) - 2)
    return along[corner] + (position - corner) * (along[corner + 1] - along[corner])


def _answer(track: Sequence[TrackPoint], asked: Sequence[int], ask: Ask, report: Report) -> _Laid:
    several = asked if len(asked) > 1 else [*asked, *asked]  # Valhalla takes no single point
    try:
        answer = ask([track[at].place for at in several], report)
    except NoRouteError:
        return _Laid((), (), {})
    edges = tuple(_Edge(edge["begin_shape_index"], edge["end_shape_index"], tuple(edge.get("names", ()))) for edge in answer["edges"])
    on = {
        at: (point["edge_index"], LatLon(point["lat"], point["lon"]))
        for at, point in zip(several, answer["matched_points"], strict=True)
        if 0 <= point.get("edge_index", -1) < len(edges)  # a point off the roads has none, or the largest number there is
    }
    return _Laid(points(answer["shape"]), edges, on)


def _pieces(laid: _Laid, track: Sequence[TrackPoint], first: int, last: int) -> Iterator[MatchedPiece]:
    """The pieces between two recorded points: Valhalla leaves a gap in its shape where it found no way on."""
    gaps_before = list(accumulate((a.end != b.begin for a, b in pairwise(laid.edges)), initial=0))
    parts: dict[int, list[int]] = {}
    for at in sorted(laid.on):
        if first <= at <= last:
            parts.setdefault(gaps_before[laid.on[at][0]], []).append(at)
    for inside in parts.values():
        begin, end = inside[0], inside[-1]
        if begin < end:
            shape = _cut(laid, begin, end)
            streets = [name for edge in laid.edges[laid.on[begin][0] : laid.on[end][0] + 1] for name in edge.names[:1]]
            metres = round(sum(a.metres_to(b) for a, b in pairwise(shape)))
            yield MatchedPiece(shape, metres, _passed_s(track[begin], track[end]), tuple(dict.fromkeys(streets)), begin, end)


def _passed_s(a: TrackPoint, b: TrackPoint) -> int | None:
    return round((b.time - a.time).total_seconds()) if a.time and b.time else None


def _cut(laid: _Laid, begin: int, end: int) -> tuple[LatLon, ...]:
    """The shape from one recorded point's place on the roads to another's."""
    start, goal = _along(laid, begin), _along(laid, end)
    between = [laid.shape[at] for at in range(int(start) + 1, len(laid.shape)) if start < at < goal]
    return (laid.on[begin][1], *between, laid.on[end][1])


def _along(laid: _Laid, at: int) -> float:
    """Where on the shape a recorded point is: the position of the corner before it, and the share of the way to the next."""
    number, place = laid.on[at]
    edge = laid.edges[number]
    spots = [(*_nearest(laid.shape[corner], laid.shape[corner + 1], place), corner) for corner in range(edge.begin, edge.end)]
    _, share, corner = min(spots, default=(0.0, 0.0, edge.begin))
    return corner + share


def _nearest(a: LatLon, b: LatLon, place: LatLon) -> tuple[float, float]:
    """How far (squared degrees) a place is from a line, and at which share of the line it is nearest."""
    narrow = cos(radians(a.lat))
    x, y = (b.lon - a.lon) * narrow, b.lat - a.lat
    u, v = (place.lon - a.lon) * narrow, place.lat - a.lat
    share = min(1.0, max(0.0, (u * x + v * y) / (x * x + y * y))) if x or y else 0.0
    return (u - share * x) ** 2 + (v - share * y) ** 2, share


def _append(pieces: list[MatchedPiece], piece: MatchedPiece, begin: int) -> None:
    """Add a piece of the run that begins at `begin`, joined to the one before where that ends at the same recorded point."""
    before = pieces[-1] if pieces and pieces[-1].last == begin + piece.first else None
    first = before.first if before else begin + piece.first
    shape = (*before.shape, *piece.shape[1:]) if before else piece.shape
    metres = piece.metres + (before.metres if before else 0)
    streets = tuple(dict.fromkeys((*(before.streets if before else ()), *piece.streets)))
    seconds = piece.seconds
    if before:
        pieces.pop()
        seconds = None if before.seconds is None or seconds is None else before.seconds + seconds
    pieces.append(MatchedPiece(shape, metres, seconds, streets, first, begin + piece.last))
