"""An application that watches its own thread: how much processor time each event takes it, from the outermost handler to its end."""

import gc
import time
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

BAR_MS = 50.0
"""No step of the window's thread should take longer: three frames, and a person notices."""
_USUAL_MS = 40.0
_LOOPS = 500_000


@dataclass(frozen=True, slots=True)
class Step:
    """One event that took long: the kind of event, the class of what handled it, and milliseconds of a processor."""

    event: str
    receiver: str
    took_ms: float

    def __str__(self) -> str:
        return f"{self.event} at {self.receiver}: {self.took_ms:.0f} ms"


class WatchedApplication(QApplication):
    """Keeps the steps that took longer than BAR_MS. Processor time of the thread counts, as a busy machine may stop it at any moment.

    What a handler runs in a loop of its own, such as a test's waiting or a modal dialog, is steps of its own and no part of the handler's;
    nor is Python's search for cycles, which has all the rubbish of the tests to go through. What is closed may take its time to go.
    """

    def __init__(self, arguments: list[str]) -> None:
        super().__init__(arguments)
        self._steps: list[Step] = []
        self._aside_ms = 0.0
        self._collecting = 0.0
        gc.callbacks.append(self._collected)

    def notify(self, receiver: QObject, event: QEvent) -> bool:
        kind, who = event.type(), type(receiver).__name__
        outer, self._aside_ms = self._aside_ms, 0.0
        begin = time.thread_time()
        handled = super().notify(receiver, event)
        took_ms = (time.thread_time() - begin) * 1000
        if took_ms - self._aside_ms > BAR_MS and kind is not QEvent.Type.DeferredDelete:
            self._steps.append(Step(kind.name, who, took_ms - self._aside_ms))
        # What is told by itself already, and what does not count, is no part of the step around it either.
        self._aside_ms = outer + (took_ms if took_ms > BAR_MS else self._aside_ms)
        return handled

    def _collected(self, phase: str, _info: dict[str, Any]) -> None:
        if phase == "start":
            self._collecting = time.thread_time()
        else:
            self._aside_ms += (time.thread_time() - self._collecting) * 1000

    def take_steps(self) -> list[Step]:
        """The long steps since this was last asked, the longest first."""
        taken, self._steps = sorted(self._steps, key=lambda step: -step.took_ms), []
        return taken


def slowness() -> float:
    """How many times longer this machine takes for a piece of Python than the one the bar was set on; never less than 1."""
    spans = []
    for _turn in range(3):
        begin, total = time.thread_time(), 0
        for number in range(_LOOPS):
            total += number % 7
        spans.append((time.thread_time() - begin) * 1000)
    return max(1.0, min(spans) / _USUAL_MS)
