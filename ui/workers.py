"""Work off the GUI thread. The only file that starts threads."""

import contextlib
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from planner.errors import Cancelled

REPORT_EVERY_S = 0.05
TELL_EVERY_S = 0.3

Work = Callable[["Job"], Any]
"""A verb, given the job for its `report`, `stopping` and `tell`; runs on a thread of its own."""


class Job(QObject):
    """One piece of work: its signals arrive on the GUI thread, its other methods may be called from the thread that works.

    After `cancel()` comes `cancelled`, or `done` when the work was over before it heard of it: what was kept is always told.
    After `stop()` the work is asked to come to a good end early. One that was superseded tells nothing any more but that it ended.
    """

    progressed = Signal(float, str)
    told = Signal(object)
    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()
    _news = Signal(str, object)

    def __init__(self, work: Work, label: str, lane: str, *, background: bool) -> None:
        super().__init__()
        self.label = label
        self.lane = lane
        self.background = background
        self._work = work
        self._cancel = threading.Event()
        self._stop = threading.Event()
        self._superseded = False
        self._last_report = 0.0
        self._last_told = 0.0
        self._news.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def report(self, fraction: float, text: str) -> None:
        """Tell the progress; raises Cancelled when the user has cancelled."""
        if self._cancel.is_set():
            raise Cancelled
        now = time.monotonic()
        if now - self._last_report >= REPORT_EVERY_S:
            self._last_report = now
            self._send("progressed", (fraction, text))

    def tell(self, value: object) -> None:
        """Hand over something on the way, such as a better plan; what comes too soon after another is dropped."""
        now = time.monotonic()
        if now - self._last_told >= TELL_EVERY_S:
            self._last_told = now
            self._send("told", (value,))

    def stopping(self) -> bool:
        """Whether the work should come to a good end now."""
        return self._stop.is_set() or self._cancel.is_set()

    def stop(self) -> None:
        """Ask for what has been reached so far."""
        self._stop.set()

    def cancel(self) -> None:
        """Ask to leave everything as it was."""
        self._cancel.set()

    def supersede(self) -> None:
        """Cancel, and never mind the answer: a newer job asks the same."""
        self._superseded = True
        self.cancel()

    def run(self) -> None:
        """Do the work; called by the runner, on a thread."""
        try:
            if self._cancel.is_set():
                raise Cancelled
            result = self._work(self)
        except Cancelled:
            self._send("cancelled", ())
        except BaseException as error:  # noqa: BLE001 - whatever went wrong is shown to the user, never lost on a thread
            self._send("failed", (error,))
        else:
            self._send("done", (result,))
        self._send("ended", ())

    def _send(self, signal: str, values: tuple[Any, ...]) -> None:
        # The window may be gone by the time a slow verb answers.
        with contextlib.suppress(RuntimeError):
            self._news.emit(signal, values)

    def _deliver(self, signal: str, values: tuple[Any, ...]) -> None:
        if not self._superseded or signal == "ended":
            getattr(self, signal).emit(*values)
        if signal == "ended":
            self._let_go()

    def _let_go(self) -> None:
        """Nothing is told any more: whoever listened, and who may know this job in turn, is kept by it no longer."""
        for signal in (self.progressed, self.told, self.done, self.failed, self.cancelled, self.ended):
            signal.connect(_nobody)  # one without any listener refuses to be disconnected
            signal.disconnect()


class Runner(QObject):
    """Starts jobs and knows which are under way. Jobs of one lane run one after another; other jobs run at once."""

    started = Signal(object)
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._running: dict[Job, threading.Thread] = {}
        self._waiting: dict[str, deque[Job]] = {}
        self._held: list[Job] = []
        self._holding = self._is_over = False
        self._over: Job | None = None

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What is under way or waits for its turn."""
        return (*self._running, *(job for lane in self._waiting.values() for job in lane), *self._held)

    def hold(self) -> None:
        """Let all that runs in the background wait until `release`."""
        self._holding = True

    def release(self) -> None:
        """Start what was held, when nothing is looked up that somebody waits for."""
        self._holding = False
        self._take_held()

    def run(
        self,
        work: Work,
        done: Callable[[Any], None] | None = None,
        failed: Callable[[BaseException], None] | None = None,
        *,
        label: str = "",
        lane: str = "",
        latest: bool = False,
        background: bool = False,
    ) -> Job:
        """Run `work(job)` on a thread and give its result to `done` on the GUI thread.

        A `label` shows it in the status bar; `latest` supersedes what is in its lane already; errors without `failed` go to sys.excepthook.
        What runs in the `background` nobody waits for: it begins when nothing else is being looked up, by jobs without a label. Nothing
        begins any more once the runner was shut down.
        """
        job = Job(work, label, lane, background=background)
        if self._is_over:
            return job
        if latest:
            for other in self.jobs:
                if other.lane == lane:
                    other.supersede()
        if done is not None:
            job.done.connect(done)
        job.failed.connect(failed or _to_excepthook)
        job.ended.connect(lambda: self._end(job))
        if background:
            self._held.append(job)
            self._take_held()
        else:
            self._take(job)
        return job

    def shut_down(self, patience_s: float = 2.0) -> bool:
        """Cancel everything and wait; says whether all threads ended in time. What they would have told has no listener any more."""
        until = time.monotonic() + patience_s
        self._is_over = True
        self._waiting.clear()
        self._held.clear()
        for job in self._running:
            job.supersede()
        for thread in self._running.values():
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._running.values())

    def _take_held(self) -> None:
        if not self._holding and all(job.background or job.label for job in self._running):
            held, self._held = self._held, []
            for job in held:
                self._take(job)

    def _take(self, job: Job) -> None:
        if job.lane and any(other.lane == job.lane for other in self._running):
            self._waiting.setdefault(job.lane, deque()).append(job)
        else:
            self._start(job)

    def _start(self, job: Job) -> None:
        thread = threading.Thread(target=job.run, name=f"roadbook {job.label or job.lane}".strip(), daemon=True)
        self._running[job] = thread
        thread.start()
        self.started.emit(job)

    def _end(self, job: Job) -> None:
        thread = self._running.pop(job, None)
        if thread is not None:
            thread.join()
        self._over = job  # which is still telling it
        self.ended.emit(job)
        waiting = self._waiting.get(job.lane)
        if waiting:
            self._start(waiting.popleft())
        self._take_held()


def _nobody(*_values: object) -> None:
    pass


def _to_excepthook(error: BaseException) -> None:
    sys.excepthook(type(error), error, error.__traceback__)
