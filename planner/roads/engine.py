"""The routing engine of a pack: drive times and routes over its roads, computed in a process of its own."""

import multiprocessing
from collections.abc import Sequence
from itertools import pairwise
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.model.places import LatLon
from planner.model.travel import UNREACHABLE, Leg, Route, Snap
from planner.progress import Report, part, silent
from planner.roads.engine_process import Point, serve
from planner.roads.packs import verify_tiles
from planner.roads.valhalla_config import SNAP_CUTOFF_M

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_SOURCES_A_CALL = 60
_DRIVES_A_CALL = 30_000  # about a second's work: how long another thread waits for its turn
_POINTS_A_CALL = 500
_TOLERANCE_S = 1  # a matrix cuts off fractions of a second, and sums them in another order


class Engine:
    """Answers questions about drives on one pack's roads; safe to use from several threads, which take turns.

    The process starts at the first question, after the tiles have been checked against their checksums, because Valhalla crashes on a
    damaged tile, or answers wrongly. If the process dies it is started again once. Every method raises PackProblem when the tiles are
    damaged or no process stays alive. All answers are for a car at no particular time; rows and routes begin and end at the same places on
    the roads.
    """

    def __init__(self, pack: RoadPack) -> None:
        self.pack = pack
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._snaps: dict[tuple[LatLon, float], Snap] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process; a later question starts a new one."""
        with self._lock:
            self._stop()

    def snap(self, points: Sequence[LatLon], cutoff_m: float = SNAP_CUTOFF_M, report: Report = silent) -> list[Snap]:
        """Where each point meets the road network."""
        new = [point for point in dict.fromkeys(points) if (point, cutoff_m) not in self._snaps]
        for begin in range(0, len(new), _POINTS_A_CALL):
            some = new[begin : begin + _POINTS_A_CALL]
            found = self._ask(part(report, begin / len(new), 1.0), "Finding the roads", "snap", [(p.lat, p.lon) for p in some], cutoff_m)
            for point, at in zip(some, found, strict=True):
                self._snaps[point, cutoff_m] = Snap(LatLon(at[0], at[1]), at[2]) if at else Snap(None, float("inf"))
        return [self._snaps[point, cutoff_m] for point in points]

    def rows(
        self, sources: Sequence[LatLon], targets: Sequence[LatLon], report: Report = silent
    ) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Seconds and metres from each source to each target (len(sources) x len(targets)); UNREACHABLE where no road leads, 0 to itself.

        A place farther than SNAP_CUTOFF_M from every road is UNREACHABLE. Each source is a search of its own (some 20 ms for a thousand
        targets, 15 ms for one), so few sources to many targets are cheaper than the reverse.
        """
        seconds = np.full((len(sources), len(targets)), UNREACHABLE, np.int32)
        metres = seconds.copy()
        rows, starts = self._on_roads(sources, part(report, 0.0, 0.02))
        columns, ends = self._on_roads(targets, part(report, 0.02, 0.05))
        step = max(1, min(_SOURCES_A_CALL, len(ends), _DRIVES_A_CALL // max(1, len(ends))))
        for begin in range(0, len(starts) if ends else 0, step):
            some = part(report, 0.05 + 0.95 * begin / len(starts), 1.0)
            found_s, found_m = self._ask(some, "Working out drive times", "matrix", starts[begin : begin + step], ends)
            block = np.ix_(rows[begin : begin + step], columns)
            seconds[block], metres[block] = found_s, found_m
        number = {place: index for index, place in enumerate(dict.fromkeys((*sources, *targets)))}
        same = np.array([number[p] for p in sources], int)[:, None] == np.array([number[p] for p in targets], int)
        seconds[same] = metres[same] = 0
        return seconds, metres

    def route(self, points: Sequence[LatLon], seconds: Sequence[int] | None = None, report: Report = silent) -> Route:
        """One drive through all points in their order, a leg between each two.

        `seconds` are the legs' drive times where they are known already, from `rows`; else they are worked out here. Valhalla's usual route
        is not always the quickest its matrix found: one leg in a thousand in a town, one in ten between gated and private roads, where it
        can take hours instead of minutes. Such a leg is asked for again with the other search, so that routes and drive times agree.
        Raises PackProblem when a point is off the roads or no road leads on.
        """
        snaps = self.snap(points, report=report)
        for point, snap in zip(points, snaps, strict=True):
            if snap.point is None:
                raise PackProblem(
                    f"No road is near {point.lat:.5f}, {point.lon:.5f}.",
                    f"The road pack “{self.pack.name}” has none within {SNAP_CUTOFF_M:,} m.",
                    "Move the pin, or use a road pack that covers the place.",
                )
        stops = [(snap.point.lat, snap.point.lon) for snap in snaps if snap.point]
        legs = [_leg(answer) for answer in self._ask(report, "Drawing the way", "route", stops, 0)] if len(stops) > 1 else []
        if seconds is None:
            seconds = [int(self.rows([start], [end], report)[0][0, 0]) for start, end in pairwise(points)]
        for index, known_s in enumerate(seconds):
            if known_s != UNREACHABLE and abs(legs[index].seconds - known_s) > _TOLERANCE_S:
                other = _leg(self._ask(report, "Drawing the way", "route", stops[index : index + 2], 1)[0])
                legs[index] = min(legs[index], other, key=lambda leg: abs(leg.seconds - known_s))
        return Route(tuple(legs))

    def _on_roads(self, places: Sequence[LatLon], report: Report) -> tuple[list[int], list[Point]]:
        """The positions of the places that are near a road, and where on the road they are."""
        snaps = [(index, snap.point) for index, snap in enumerate(self.snap(places, report=report)) if snap.point]
        return [index for index, _ in snaps], [(point.lat, point.lon) for _, point in snaps]

    def _ask(self, report: Report, text: str, method: str, *arguments: object) -> Any:
        with self._lock:
            for _attempt in (1, 2):
                try:
                    kind, value = self._exchange((method, arguments), report, text)
                except (EOFError, OSError):  # the process died
                    self._stop()
                    continue
                except BaseException:  # stopped in mid-answer, which would be taken for the next one's
                    self._stop()
                    raise
                if kind == "problem":
                    raise value
                if kind == "bug":
                    raise RuntimeError(f"the routing engine failed\n{value}")
                return value
        raise PackProblem(
            f"The routing engine stops on the road pack “{self.pack.name}”.", "It was started twice and died.", "Build the road pack again."
        )

    def _exchange(self, question: tuple[str, tuple[object, ...]], report: Report, text: str) -> Any:
        connection = self._connection or self._start(report)
        connection.send(question)
        while not connection.poll(0.1):
            report(0.0, text)
        report(0.0, text)
        return connection.recv()

    def _start(self, report: Report) -> Connection:
        problems = verify_tiles(self.pack, lambda _fraction, _text: report(0.0, "Checking the road pack"))
        if problems:
            raise PackProblem(
                f"The road pack “{self.pack.name}” is damaged.",
                f"{'; '.join(problems[:3])}{f'; and {len(problems) - 3} more' if len(problems) > 3 else ''}.",
                "Build it again from its extract.",
            )
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(self.pack.tiles, theirs), name="roadbook-engine", daemon=True)
        self._process.start()
        theirs.close()  # so that the end of the process is seen here
        self._connection = ours
        return ours

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._connection = self._process = None


def _leg(answer: tuple[float, int, list[Point]]) -> Leg:
    seconds, metres, shape = answer
    # Whole seconds as a matrix counts them: cut off, with room for sums in another order.
    return Leg(int(seconds + 0.005), metres, tuple(LatLon(lat, lon) for lat, lon in shape))
