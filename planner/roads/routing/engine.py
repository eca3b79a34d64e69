"""The routing engine of a pack: drive times and routes over its roads, computed in a process of its own."""

import json
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any, override

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.model.travel import DriveOptions
from planner.progress import Report
from planner.roads.pack.packs import need_sound
from planner.roads.routing.answers import NO_ROUTE, NoRouteError
from planner.roads.routing.engine_process import serve
from planner.roads.routing.questions import Request
from planner.roads.routing.router import Limits, ValhallaRouter

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

_WORKERS = min(4, os.cpu_count() or 1)  # each holds roads in memory, some 100 MB on a county
_STANDS_BACK = 19
_LIMITS = Limits(sources=60, targets=1_000_000, drives=30_000, points=100, stops=10_000, contours=24, searches=60 * _WORKERS)


class Engine(ValhallaRouter):
    """Answers questions about drives on one pack's roads; safe to use from several threads, which take turns.

    The process starts at the first question, after the tiles have been checked against their checksums, because Valhalla crashes on a
    damaged tile, or answers wrongly. If the process dies it is started again once. Every method raises PackProblem when the tiles are
    damaged or no process stays alive.
    """

    def __init__(self, pack: RoadPack, options: DriveOptions = DriveOptions(), *, background: bool = False) -> None:  # noqa: B008 - frozen
        """Answer for a pack; in the `background` the process stands back behind everything else on the laptop."""
        super().__init__(f"the road pack “{pack.name}”", pack.bounds, options, _LIMITS)
        self.pack = pack
        self._nice = _STANDS_BACK if background else 0
        self._lock = Lock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None

    @override
    def close(self) -> None:
        """End the process; a later question starts a new one."""
        with self._lock:
            self._stop()

    @override
    def _ask(self, action: str, request: Request, report: Report, text: str) -> Any:
        (answer,) = self._ask_all(action, [request], report, text)
        if isinstance(answer, NoRouteError):
            raise answer
        return answer

    @override
    def _ask_all(self, action: str, requests: Sequence[Request], report: Report, text: str) -> list[Any]:
        report(0.0, text)
        told = self._told([(action, json.dumps(request)) for request in requests], report, text)
        return [self._read(action, kind, value) for kind, value in told]

    def _read(self, action: str, kind: str, value: Any) -> Any:
        if kind == "answer":
            return json.loads(value)
        if kind == "refused" and value[0] in NO_ROUTE:
            return NoRouteError(value[1])
        raise RuntimeError(f"the routing engine failed at {action}\n{value}")

    @override
    def _garbled(self, action: str) -> Exception:
        return RuntimeError(f"the routing engine's answer to {action} cannot be read")

    def _told(self, questions: list[tuple[str, str]], report: Report, text: str) -> list[tuple[str, Any]]:
        """What the process says; when it dies over the questions, what a new one says."""
        with self._turn(report, text):
            for _attempt in (1, 2):
                try:
                    return self._exchange(questions, report, text)
                except (EOFError, OSError):  # the process died
                    self._stop()
                except BaseException:  # stopped in mid-answer, which would be taken for the next one's
                    self._stop()
                    raise
        raise PackProblem(
            f"The routing engine stops on the road pack “{self.pack.name}”.", "It was started twice and died.", "Build the road pack again."
        )

    @contextmanager
    def _turn(self, report: Report, text: str) -> Iterator[None]:
        """Wait for the turn of this thread; whoever waits can stop."""
        while not self._lock.acquire(timeout=0.2):
            report(0.0, text)
        try:
            yield
        finally:
            self._lock.release()

    def _exchange(self, questions: list[tuple[str, str]], report: Report, text: str) -> list[tuple[str, Any]]:
        connection = self._connection or self._start(report)
        connection.send(questions)
        while not connection.poll(0.1):
            report(0.0, text)
        answers: list[tuple[str, Any]] = connection.recv()
        return answers

    def _start(self, report: Report) -> Connection:
        need_sound(self.pack, "tiles", lambda _fraction, _text: report(0.0, "Checking the road pack"))
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(self.pack.tiles, theirs, _WORKERS, self._nice), name="roadbook-engine", daemon=True)
        try:
            process.start()
        except BaseException:  # there is no process then, and so nothing to end
            ours.close()
            raise
        finally:
            theirs.close()  # so that the end of the process is seen here
        self._process, self._connection = process, ours
        return ours

    def _stop(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
            self._process.close()
        self._connection = self._process = None
