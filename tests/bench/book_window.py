"""For bench_book: a window on a large book, how long until it is of use and how long its list takes to answer.

python tests/bench/book_window.py HOME WHEN   (WHEN: the clock when this process was asked for, in seconds)
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication
from usable_window import usable_window

from planner.model.account_views import Comparison, Condition
from planner.process import settle
from planner.usecases.account_views import EVERYONE
from ui.accounts.arrange import AccountList
from ui.accounts.columns import columns_of, rows_of
from ui.accounts.panel import AccountsPanel
from ui.desk import Desk


def median_ms(work: Callable[[], object]) -> float:
    """The median of eleven turns, in milliseconds."""
    spans = []
    for _turn in range(11):
        begin = time.perf_counter()
        work()
        spans.append((time.perf_counter() - begin) * 1000)
    return statistics.median(spans)


THREE = (
    Condition("owner", Comparison.IS, "Rep A; Rep B"),
    Condition("name", Comparison.CONTAINS, "bakery"),
    Condition("last_visit", Comparison.AFTER, "2026-03-01"),
)


def steps(app: QApplication, panel: AccountsPanel, desk: Desk) -> None:
    """What the window itself does at once, with all that is painted and told after it."""
    accounts = list(desk.accounts)
    picked = iter(accounts[:: len(accounts) // 40])

    def shown(work: Callable[[], object]) -> Callable[[], None]:
        def step() -> None:
            work()
            app.processEvents()

        return step

    made = AccountList(rows_of(desk.accounts.values(), desk.deals, desk.plan), columns_of(desk.accounts.values()))
    made.get_ready()
    for name, work in {
        "select on the map": lambda: desk.select(next(picked)),
        "select all": panel.table.selectAll,
        "sort, all chosen": lambda: panel.sort_by("owner", descending=not panel.model.descending),
        "collapse or expand all": lambda: panel.table.fold_all(collapsed=not panel.model.is_collapsed(panel.model.groups[0])),
        "filter, with the map": lambda: panel.filter_by(() if panel.model.conditions else THREE),
        "everything again": lambda: panel.show_view(EVERYONE),
        "all columns on show": lambda: panel.layout_.show(column.key for column in panel.model.columns),
        "a page down": lambda: panel.table.verticalScrollBar().setValue(panel.table.verticalScrollBar().value() + 400),
        "other accounts": lambda: panel._show(made),
    }.items():
        print(f"  {name:24} {median_ms(shown(work)):6.1f} ms  bar 50 ms")


def main() -> None:
    """Print what was measured."""
    settle()
    app = QApplication(sys.argv[:1])
    with usable_window(app, Path(sys.argv[1]), float(sys.argv[2])) as window:
        panel, desk = window.accounts, window._context.desk
        model = panel.model
        while not model.total or any(not job.background for job in window._context.runner.jobs):
            app.processEvents()
        words = iter(["b", "ba", "bak", "bake", "bakery", "bakery 1", "", "state", "rep a", "nothing such", "adler"])
        for name, work in {
            "search": lambda: model.filter_text(next(words)),
            "sort by owner": lambda: model.sort(model.section_of("owner")),
            "sort by deals": lambda: model.sort(model.section_of("deals")),
            "sort by a file's column": lambda: model.sort(len(model.columns) - 1),
            "filter by 3 conditions": lambda: model.filter_by(THREE),
            "filter by none": lambda: model.filter_by(()),
            "group by owner": lambda: model.group_by("owner"),
            "group by town": lambda: model.group_by("town"),
            "group by last visit": lambda: model.group_by("last_visit"),
        }.items():
            print(f"  {name:24} {median_ms(work):6.1f} ms  bar 30 ms")
        steps(app, panel, desk)


if __name__ == "__main__":
    main()
