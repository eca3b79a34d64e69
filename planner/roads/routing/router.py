"""What Roadbook asks of roads, and how Valhalla is asked for it: the same for the engine on this laptop and for a server."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any, Self

import numpy as np

from planner.errors import PackProblem, UserProblem
from planner.model.places import Bounds, LatLon
from planner.model.travel import UNREACHABLE, DriveOptions, Isochrone, Leg, MatchedTrack, Route, Snap, TrackPoint
from planner.progress import Report, part, silent
from planner.roads.routing import answers, questions, track_matching
from planner.roads.routing.answers import NoRouteError, Whole
from planner.roads.routing.config import SNAP_CUTOFF_M
from planner.roads.routing.questions import Request, Search
from planner.values import Struct

_Block = tuple[Sequence[LatLon], Sequence[LatLon]]
"""The sources and targets of one matrix, all of them on roads."""
_MATRIX_TEXT = "Working out drive times"
_TOLERANCE_S = 1  # a matrix cuts off fractions of a second, and sums them in another order
_ACCURACY_M, _REACH_M = 8.0, 50.0  # of a receiver in a car; farther from any road, a recorded point is off the roads


class Limits(Struct, frozen=True):
    """How much one call may ask for."""

    sources: int  # of a matrix
    targets: int
    drives: int  # about a second's work: how long another thread waits for its turn
    points: int  # to be snapped
    stops: int  # of a route
    contours: int  # of an isochrone
    searches: int  # sources of all the matrices that are asked for together


class ValhallaRouter(ABC):
    """Answers questions about drives by car at no particular time; every drive begins and ends where `snap` puts its places.

    `name` says in problems whose roads these are ("the road pack “Town”"), `bounds` where they end, if that is known.
    """

    def __init__(self, name: str, bounds: Bounds | None, options: DriveOptions, limits: Limits) -> None:
        self.name = name
        self.options = options
        self._bounds = bounds
        self._limits = limits
        self._snaps: dict[tuple[LatLon, float], Snap] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    @abstractmethod
    def close(self) -> None:
        """Let go of what answers; a later question takes it up again."""

    @abstractmethod
    def _ask(self, action: str, request: Request, report: Report, text: str) -> Any:
        """Valhalla's answer to a request, read from JSON; raises NoRouteError when no road leads there."""

    def _ask_all(self, action: str, requests: Sequence[Request], report: Report, text: str) -> list[Any]:
        """The answers to several requests in their order, a NoRouteError in the place of one that no road leads to."""
        told: list[Any] = []
        for index, request in enumerate(requests):
            try:
                told.append(self._ask(action, request, part(report, index / len(requests), 1.0), text))
            except NoRouteError as error:
                told.append(error)
        return told

    @abstractmethod
    def _garbled(self, action: str) -> Exception:
        """What to raise for an answer that is none."""

    def snap(self, points: Sequence[LatLon], cutoff_m: float = SNAP_CUTOFF_M, report: Report = silent) -> list[Snap]:
        """Where each point meets the road network; what was asked before is remembered."""
        new = [point for point in dict.fromkeys(points) if (point, cutoff_m) not in self._snaps]
        for begin in range(0, len(new), self._limits.points):
            some, here = new[begin : begin + self._limits.points], part(report, begin / len(new), 1.0)
            request = questions.snapping(some, cutoff_m)
            read = partial(answers.snaps, count=len(some), cutoff_m=cutoff_m)
            found = self._question("locate", request, read, here, "Finding the roads")
            self._snaps.update({(point, cutoff_m): snap for point, snap in zip(some, found, strict=True)})
        return [self._snaps[point, cutoff_m] for point in points]

    def rows(self, sources: Sequence[LatLon], targets: Sequence[LatLon], report: Report = silent) -> tuple[Whole, Whole]:
        """Seconds and metres from each source to each target (len(sources) x len(targets)); UNREACHABLE where no road leads, 0 to itself.

        A place farther than SNAP_CUTOFF_M from every road is UNREACHABLE. Each source is a search of its own (some 20 ms for a thousand
        targets, 15 ms for one), so few sources to many targets are cheaper than the reverse.
        """
        seconds = np.full((len(sources), len(targets)), UNREACHABLE, np.int32)
        metres = seconds.copy()
        rows, starts = self._on_roads(sources, part(report, 0.0, 0.02))
        columns, ends = self._on_roads(targets, part(report, 0.02, 0.05))
        blocks = self._blocks(len(starts), len(ends))
        together = max(1, self._limits.searches // max(1, len(starts[blocks[0][0]]))) if blocks else 1
        for begin in range(0, len(blocks), together):
            some = blocks[begin : begin + together]
            found = self._matrices(
                [(starts[here], ends[there]) for here, there in some], part(report, 0.05 + 0.95 * begin / len(blocks), 1.0)
            )
            for (here, there), (block_s, block_m) in zip(some, found, strict=True):
                block = np.ix_(rows[here], columns[there])
                seconds[block], metres[block] = block_s, block_m
        position = {place: index for index, place in enumerate(dict.fromkeys((*sources, *targets)))}
        same = np.array([position[p] for p in sources], int)[:, None] == np.array([position[p] for p in targets], int)
        seconds[same] = metres[same] = 0
        return seconds, metres

    def route(self, points: Sequence[LatLon], seconds: Sequence[int] | None = None, report: Report = silent) -> Route:
        """One drive through all points in their order, a leg between each two with what to do on the way.

        `seconds` are the legs' drive times where they are known already, from `rows`. A leg that takes another time is asked for again with
        the other search, and the nearer one is taken: between gated and private roads one search may take hours where the other takes
        minutes. Raises PackProblem that names the stop when one is off the roads or no road leads on.
        """
        stops = self._stops(points, report)
        legs: list[Leg] = []
        for begin in range(0, len(stops) - 1, self._limits.stops - 1):
            legs += self._legs(stops[begin : begin + self._limits.stops], begin, part(report, begin / len(stops), 1.0))
        for index, known_s in enumerate(seconds or ()):
            if known_s != UNREACHABLE and abs(legs[index].seconds - known_s) > _TOLERANCE_S:
                others = [other.legs[0] for other in self._others(stops[index : index + 2], 1, report)]
                legs[index] = min((legs[index], *others), key=lambda leg: abs(leg.seconds - known_s))
        return Route(tuple(legs))

    def alternates(self, start: LatLon, end: LatLon, count: int, report: Report = silent) -> tuple[Route, ...]:
        """Up to `count` (1 or more) different ways from one place to another, the best first, which is that of `route`."""
        best = self.route((start, end), report=report)
        if count < 2 or not best.metres:
            return (best,)
        found = {route.legs[0].shape: route for route in self._others(self._stops((start, end), report), count, report)}
        others = [route for shape, route in found.items() if shape != best.legs[0].shape]
        return (best, *sorted(others, key=lambda route: route.seconds))[:count]

    def isochrones(self, centre: LatLon, minutes: Sequence[int], report: Report = silent) -> tuple[Isochrone, ...]:
        """What can be reached from a place within each number of minutes (1 or more), in the order asked for; PackProblem off the roads."""
        (start,) = self._stops((centre,), report)
        asked = sorted(set(minutes))
        found: dict[int, Isochrone] = {}
        for begin in range(0, len(asked), self._limits.contours):
            some = asked[begin : begin + self._limits.contours]
            request = questions.isochrone(start, some, questions.costing(self.options))
            here = part(report, begin / len(asked), 1.0)
            rings = self._question("isochrone", request, answers.isochrones, here, "Finding what is near in time")
            found |= {isochrone.minutes: isochrone for isochrone in rings}
        return tuple(found.get(time, Isochrone(time, ())) for time in minutes)

    def match_track(self, points: Sequence[TrackPoint], report: Report = silent) -> MatchedTrack:
        """Lay a recorded track onto the roads that were driven on, avoided ones too; points over 50 m from every road are listed as off."""

        def ask(places: Sequence[LatLon], here: Report) -> Any:
            return self._ask("trace_attributes", questions.matching(places, _ACCURACY_M, _REACH_M), here, "Following the track")

        try:
            return track_matching.match_track(points, ask, report)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise self._garbled("trace_attributes") from error

    def _question[Value](self, action: str, request: Request, read: Callable[[Any], Value], report: Report, text: str) -> Value:
        return self._read_as(action, read, self._ask(action, request, report, text))

    def _read_as[Value](self, action: str, read: Callable[[Any], Value], answer: Any) -> Value:
        try:
            return read(answer)
        except (AttributeError, KeyError, IndexError, TypeError, ValueError) as error:
            raise self._garbled(action) from error

    def _on_roads(self, places: Sequence[LatLon], report: Report) -> tuple[list[int], list[LatLon]]:
        """The positions of the places that are near a road, and where on the road they are."""
        snaps = [(index, snap.point) for index, snap in enumerate(self.snap(places, report=report)) if snap.point]
        return [index for index, _ in snaps], [point for _, point in snaps]

    def _blocks(self, sources: int, targets: int) -> list[tuple[slice, slice]]:
        """Cut a matrix into calls, each with its sources and targets.

        None has more sources than targets: Valhalla would search it backwards, which gives other times than its routes, minutes apart at
        worst.
        """
        if not sources or not targets:
            return []
        columns = -(-targets // self._limits.targets)
        cuts = [targets * column // columns for column in range(columns + 1)]  # of equal width, so that no narrow column is left
        tall = max(1, min(self._limits.sources, targets // columns, self._limits.drives * columns // targets))
        return [(slice(row, row + tall), slice(*wide)) for row in range(0, sources, tall) for wide in pairwise(cuts)]

    def _matrices(self, blocks: Sequence[_Block], report: Report) -> list[tuple[Whole, Whole]]:
        """Seconds and metres between places on roads, block by block; where roads to avoid are the only ones, along them."""
        weighed = questions.costing(self.options)
        asked = [questions.matrix(starts, ends, weighed) for starts, ends in blocks]
        told = self._ask_all("sources_to_targets", asked, report, _MATRIX_TEXT)
        found = []
        for (starts, ends), answer in zip(blocks, told, strict=True):
            seconds, metres = self._matrix_of(answer, starts, ends, weighed, report)
            lost = seconds == UNREACHABLE
            if self.options.avoid_unpaved and lost.any():
                other_s, other_m = self._matrix(starts, ends, questions.costing(self.options, strict=False), report)
                seconds, metres = np.where(lost, other_s, seconds), np.where(lost, other_m, metres)
            found.append((seconds, metres))
        return found

    def _matrix(self, starts: Sequence[LatLon], ends: Sequence[LatLon], weighed: Request, report: Report) -> tuple[Whole, Whole]:
        request = questions.matrix(starts, ends, weighed)
        (answer,) = self._ask_all("sources_to_targets", [request], report, _MATRIX_TEXT)
        return self._matrix_of(answer, starts, ends, weighed, report)

    def _matrix_of(
        self, answer: Any, starts: Sequence[LatLon], ends: Sequence[LatLon], weighed: Request, report: Report
    ) -> tuple[Whole, Whole]:
        if isinstance(answer, NoRouteError):
            return self._parted(starts, ends, weighed, report)
        return self._read_as("sources_to_targets", partial(answers.matrix, shape=(len(starts), len(ends))), answer)

    def _parted(self, starts: Sequence[LatLon], ends: Sequence[LatLon], weighed: Request, report: Report) -> tuple[Whole, Whole]:
        """A matrix that was refused as a whole, because one of its places lies apart from the others: asked for in halves."""
        if len(starts) == len(ends) == 1:
            nothing = np.full((1, 1), UNREACHABLE, np.int32)
            return nothing, nothing
        axis = 0 if len(starts) > 1 else 1  # rows first, so that there are never more sources than targets
        half = (len(starts), len(ends))[axis] // 2
        cuts = (slice(half), slice(half, None))
        parts = [(starts[cut], ends) if axis == 0 else (starts, ends[cut]) for cut in cuts]
        (first_s, first_m), (second_s, second_m) = (self._matrix(*some, weighed, report) for some in parts)
        return np.concatenate((first_s, second_s), axis), np.concatenate((first_m, second_m), axis)

    def _stops(self, points: Sequence[LatLon], report: Report) -> list[LatLon]:
        """Where the points are on the roads; raises PackProblem for the first one that is not."""
        stops = []
        for index, (point, snap) in enumerate(zip(points, self.snap(points, report=report), strict=True)):
            if snap.point is None:
                raise self._off_roads(point, f"stop {index + 1} of {len(points)}, " if len(points) > 1 else "")
            stops.append(snap.point)
        return stops

    def _off_roads(self, point: LatLon, which: str) -> UserProblem:
        what = f"No road is near {which}{point.lat:.5f}, {point.lon:.5f}."
        if self._bounds and not self._bounds.contains(point):
            return PackProblem(what, f"It lies outside {self.name}.", "Use a road pack that covers the place.")
        return PackProblem(what, f"{_capital(self.name)} has none within {SNAP_CUTOFF_M:,} m.", "Move the pin to where one can drive.")

    def _legs(self, stops: Sequence[LatLon], before: int, report: Report) -> list[Leg]:
        """A leg between each two stops, the first of which is the day's stop number `before` + 1; all in one call where that can be."""
        try:
            route = self._routes(stops, Search.FORWARD, report)[0]
        except NoRouteError:
            return [self._leg(pair, before + index, report) for index, pair in enumerate(pairwise(stops))]
        return [_staying(start) if start == end else leg for leg, (start, end) in zip(route.legs, pairwise(stops), strict=True)]

    def _leg(self, pair: Sequence[LatLon], before: int, report: Report) -> Leg:
        """One leg; where roads to avoid are the only ones, along them. Raises PackProblem when no road leads at all."""
        if pair[0] == pair[1]:
            return _staying(pair[0])
        for strict in (True, False) if self.options.avoid_unpaved else (True,):
            try:
                return self._routes(pair, Search.FORWARD, report, strict=strict)[0].legs[0]
            except NoRouteError:
                continue
        raise PackProblem(
            f"No road leads from stop {before + 1} ({_words(pair[0])}) to stop {before + 2} ({_words(pair[1])}).",
            f"In {self.name} one of them lies in a part of the road network with no way to the other.",
            "Move the pin of that stop, or leave it out.",
        )

    def _routes(self, stops: Sequence[LatLon], search: Search, report: Report, count: int = 1, *, strict: bool = True) -> list[Route]:
        weighed = questions.costing(self.options, strict=strict)
        request = questions.route(stops, weighed, search, count - 1)
        return self._question("route", request, partial(answers.routes, legs=len(stops) - 1), report, "Drawing the way")

    def _others(self, stops: Sequence[LatLon], count: int, report: Report) -> list[Route]:
        """What the search from both ends finds: up to `count` ways, or none."""
        try:
            return self._routes(stops, Search.BOTH_ENDS, report, count)
        except NoRouteError:
            return []


def _staying(place: LatLon) -> Leg:
    return Leg(0, 0, (place, place))


def _words(point: LatLon) -> str:
    return f"{point.lat:.5f}, {point.lon:.5f}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
