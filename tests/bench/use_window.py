"""For bench_window: one window on a large book, started or used, in a process of its own.

python tests/bench/use_window.py start|use HOME WHEN   (WHEN: the clock when this process was asked for, in seconds)
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1] / "oracles"))

import planner.usecases.weeks_board  # noqa: F401, I001 - before Qt, as ui.__main__ has it
from gui_steps import BAR_MS, WatchedApplication
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from usable_window import usable_window

from planner.process import settle
from ui.main_window import MainWindow
from ui.options import PAGES

SELECT_BAR_MS, MEMORY_BAR_MB = 50, 350
TURNS = 40


class Use:
    """Uses a window by script, and prints what was measured."""

    def __init__(self, app: WatchedApplication, window: MainWindow) -> None:
        self.app, self.window = app, window
        self.context = window.commands._context
        self.missed = False

    def settle(self) -> None:
        """Let everything under way end."""
        calm, until = 0, time.monotonic() + 60
        while calm < 5 and time.monotonic() < until:
            self.app.processEvents()
            busy = [job for job in self.context.runner.jobs if not job.label.startswith("Working out")]
            calm = 0 if busy or not self.window.map.is_settled else calm + 1
            time.sleep(0.01)

    @contextmanager
    def watched(self, what: str) -> Iterator[None]:
        """Print the steps over the bar that were taken meanwhile, until all is calm."""
        self.app.take_steps()
        yield
        self.settle()
        steps = self.app.take_steps()
        self.missed |= bool(steps)
        print(f"  {what:34} {'; '.join(map(str, steps[:4])) or 'no step over ' + f'{BAR_MS:.0f} ms'}", flush=True)

    def selections(self, what: str, select: Callable[[int], object]) -> None:
        """How long it takes until every view has followed a selection, and until all that is known of it is told beside; one by one."""
        seen, told = [], []
        for turn in range(TURNS):
            self.settle()
            begin = time.perf_counter()
            select(turn)
            self.app.processEvents()
            seen.append((time.perf_counter() - begin) * 1000)
            while any(job.lane == "details" for job in self.context.runner.jobs):
                self.app.processEvents()
            self.app.processEvents()
            told.append((time.perf_counter() - begin) * 1000)
        for which, spans in ((what, seen), ("and all about it", told)):
            late = sorted(spans)[int(TURNS * 0.95)]
            print(f"  {which:34} {statistics.median(spans):5.1f} ms, 95 % {late:5.1f} ms   bar {SELECT_BAR_MS} ms", flush=True)

    def run(self) -> None:
        """The whole script."""
        window, desk, bus = self.window, self.context.desk, self.context.bus
        with self.watched("start"):
            self.settle()
        for turn in ("first", "second"):
            for page in PAGES:
                with self.watched(f"page {page}, {turn} time"):
                    window.actions_by_id[f"page-{page}"].trigger()
        ids = list(desk.accounts)
        window.show_page("accounts")
        self.settle()
        with self.watched("selections in the table"):
            self.selections("select in the table", lambda turn: desk.select(ids[turn * 97]))
        with self.watched("filter typed"):
            for text in ("b", "ba", "bak", "bake", "ba", "", "rep a", ""):
                window.accounts.search.setText(text)
                self.app.processEvents()
        window.show_page("week")
        self.settle()
        planned = [stop.account_id for day in desk.plan.days for stop in day.stops if stop.account_id] if desk.plan else ids
        with self.watched("selections on the board and map"):
            self.selections("select a planned account", lambda turn: desk.select(planned[turn % len(planned)]))
        with self.watched("map panned and zoomed"):
            for turn in range(60):
                window.map.centre_on(window.map.camera.centre, 11 + turn % 20 / 5)
                self.app.processEvents()
        for theme in ("dark", "light"):
            with self.watched(f"{theme} theme"):
                self.context.theme.choose(theme)
        with self.watched("next week and back"):
            window.actions_by_id["next-week"].trigger()
            self.settle()
            window.actions_by_id["previous-week"].trigger()
        with self.watched("accounts read again"):
            desk._load_accounts()
        with self.watched("search or do anything"):
            window.actions_by_id["find"].trigger()
            self.settle()
            QTest.keyClicks(window.command_palette.panel.field, "baker")
            self.settle()
            QTest.keyClick(window.command_palette.panel.field, Qt.Key.Key_Escape)
        with self.watched("plan week"):
            desk.settings.values["plan_seconds"] = "3"
            window.actions_by_id["plan-week"].trigger()
        bus.told.emit("")
        self._memory()

    def _memory(self) -> None:
        """The memory of this process and of the engine's and other children."""
        parts = {"window": _resident_mb("self")} | {f"child {child}": _resident_mb(child) for child in _children()}
        total = sum(parts.values())
        self.missed |= total > MEMORY_BAR_MB
        print(f"  memory {total:.0f} MB (" + ", ".join(f"{name} {mb:.0f}" for name, mb in parts.items()) + f")   bar {MEMORY_BAR_MB} MB")


def _resident_mb(process: str) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def _children() -> list[str]:
    return Path("/proc/self/task").joinpath(str(os.getpid()), "children").read_text().split()


def main() -> int:
    """Start a window, and use it when asked to."""
    settle()
    app = WatchedApplication(sys.argv[:1])
    with usable_window(app, Path(sys.argv[2]), float(sys.argv[3])) as window:
        use = Use(app, window)
        if sys.argv[1] == "use":
            use.run()
    return int(use.missed)


if __name__ == "__main__":
    sys.exit(main())
