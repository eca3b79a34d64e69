"""For bench_book: a window on a large book, how long until it is of use and how long its list takes to answer.

python tests/bench/book_window.py HOME WHEN   (WHEN: the clock when this process was asked for, in seconds)
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from planner.process import settle
from planner.usecases.workspace import open_workspace
from ui.accounts.model import DEALS, OWNER, AccountsModel
from ui.app import make_window
from ui.options import read_options
from ui.style import Theme


def median_ms(work: Callable[[], object]) -> float:
    """The median of eleven turns, in milliseconds."""
    spans = []
    for _turn in range(11):
        begin = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spans)


def main() -> None:
    """Print what was measured."""
    settle()
    app = QApplication(sys.argv[:1])
    with open_workspace(Path(sys.argv[1])) as workspace:
        window = make_window(workspace, Theme(app, "light"), read_options(["--page", "accounts"]))
        window.show()
        usable: list[float] = []
        window.commands._context.bus.accounts_shown.connect(lambda _accounts: QTimer.singleShot(0, lambda: usable.append(time.time())))
        while not usable:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        print(f"  {'start to usable window':24} {usable[0] - float(sys.argv[2]):6.2f} s   bar 1.5 s")
        model = next(each for each in window.findChildren(AccountsModel))
        while not model.total:
            app.processEvents()
        words = iter(["b", "ba", "bak", "bake", "bakery", "bakery 1", "", "state", "rep a", "nothing such", "adler"])
        for name, work in {
            "search": lambda: model.filter_text(next(words)),
            "sort by owner": lambda: model.sort(OWNER),
            "sort by deals": lambda: model.sort(DEALS),
        }.items():
            print(f"  {name:24} {median_ms(work):6.1f} ms  bar 30 ms")
        window.close()


if __name__ == "__main__":
    main()
