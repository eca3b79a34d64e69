"""The map's own threads: jobs go out, results come back to the window's thread."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal


class Crew(QObject):
    """A few threads that end with `stop`. After it, nothing is called back; the next job starts them again."""

    _arrived = Signal(int, object, object)

    def __init__(self, threads: int, name: str) -> None:
        super().__init__()
        self._threads = threads
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._shift = 0
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        """Run the job in a thread and call `then` with its result, or with the exception it ended with, in the window's thread."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix=self._name)
        self._pool.submit(self._work, self._shift, job, then)

    def stop(self) -> None:
        """Forget what is waiting, wait for what is running, end the threads."""
        self._shift += 1
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _work(self, shift: int, job: Callable[[], Any], then: Callable[[Any], None]) -> None:
        try:
            result = job()
        except Exception as problem:  # noqa: BLE001 - whatever went wrong in the thread is told where it can be shown
            result = problem
        with suppress(RuntimeError):  # the window may be gone: then there is nobody to tell
            self._arrived.emit(shift, result, then)

    def _deliver(self, shift: int, result: Any, then: Callable[[Any], None]) -> None:
        if shift == self._shift:
            then(result)
