"""Pictures of every page and the main dialogs, to be looked at: `python tests/screens/render.py` writes them to build/screens/.

Over the sample territory with its week planned, and over an empty home; light and dark, in two sizes; no screen is needed.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

SIZES = ((1440, 900), (1100, 700))
THEMES = ("light", "dark")
PATIENCE_S = 20.0
QUIET_LOOKS = 6
LOOK_S = 0.05
DIALOGS = (
    "log-visit",
    "edit-account",
    "history",
    "duplicates",
    "check-places",
    "before-leaving",
    "backups",
    "export-everything",
    "shortcuts",
    "about",
)
ROUNDS = 2000
"""So many rounds the week is planned for."""
ACCOUNTS = """Account ID,Account Name,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Phone
001Dn00000aaaaAAAA,Larkspur Bakery,Prospect,12 East Main Street,Alder Falls,PA,16991,814-555-0171
001Dn00000bbbbBBBB,Tamarack Canoe Works,Customer,40 North Ferry Avenue,Alder Falls,PA,16992,814-555-0172
"""


def main() -> int:
    """Make what is shown, take the pictures, and say where they are."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/screens"), help="where the pictures are written")
    parser.add_argument("--home", type=Path, help="a home with a planned week to show instead of a new sample; it may be changed")
    parser.add_argument("--only", default="", help="take only pictures with this in their name")
    options = parser.parse_args()
    began = time.monotonic()
    shutil.rmtree(options.out, ignore_errors=True)
    options.out.mkdir(parents=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = options.home or _planned_sample(Path(folder) / "sample")
        taken = _take_all(home, Path(folder) / "empty", options.out, options.only)
    sys.stdout.write(f"{taken} pictures in {options.out}, {time.monotonic() - began:.0f} s\n")
    return 0


def _planned_sample(home: Path) -> Path:
    from planner.model.calendar import this_week
    from planner.progress import silent
    from planner.usecases.plan_week import PlanOptions, plan_week
    from planner.usecases.sample import add_sample
    from planner.usecases.workspace import open_workspace

    today = date.today()  # noqa: DTZ011 - a calendar day
    with open_workspace(home) as workspace:
        add_sample(workspace, silent, today)
        plan_week(workspace, this_week(today), PlanOptions(iterations=ROUNDS), silent)
    return home


def _take_all(home: Path, empty: Path, out: Path, only: str) -> int:
    from PySide6.QtWidgets import QApplication

    from planner.usecases.workspace import open_workspace
    from ui.app import make_window
    from ui.style import Theme

    app = QApplication([])
    theme = Theme(app, "light")
    taken = 0
    for kind, folder in (("sample", home), ("empty", empty)):
        with open_workspace(folder) as workspace:
            options = argparse.Namespace(week=None, theme="light", size=SIZES[0], page="week", sample=False, screenshot=None)
            window = make_window(workspace, theme, options)
            window.show()
            shots = _Shots(app, window, theme, out, only)
            shots.settle()
            if kind == "sample":
                _stand_in_the_morning(window)
                shots.of_pages("")
                shots.of_reports()
                shots.of_today()
                shots.of_dialogs()
            else:
                shots.of_pages("empty ")
            taken += shots.taken
            window.close()
    return taken


def _stand_in_the_morning(window) -> None:
    """Let it be twenty past ten on the first planned day."""
    plan = window._context.desk.plan
    day = next(day.day for day in plan.days if day.stops) if plan else date.today()  # noqa: DTZ011 - a calendar day
    window.today_page.page._now = lambda: datetime(day.year, day.month, day.day, 10, 20)  # noqa: DTZ001 - a wall clock
    stop = next((stop for each in plan.days for stop in each.stops if stop.account_id is not None), None) if plan else None
    window._context.desk.select(stop.account_id if stop else None)


class _Shots:
    """Takes pictures of a window once it has come to rest."""

    def __init__(self, app, window, theme, out: Path, only: str) -> None:
        self._app, self._window, self._theme, self._out, self._only = app, window, theme, out, only
        self.taken = 0

    def settle(self) -> None:
        """Wait until no work but the background's is under way and the map is drawn."""
        until, quiet = time.monotonic() + PATIENCE_S, 0
        while quiet < QUIET_LOOKS and time.monotonic() < until:
            self._app.processEvents()
            time.sleep(LOOK_S)
            busy = any(not job.background for job in self._window._context.runner.jobs) or not self._window.map.is_settled
            quiet = 0 if busy else quiet + 1

    def of_pages(self, prefix: str) -> None:
        """Every page in both themes and sizes."""
        from ui.options import FOOTPRINT, PAGES

        for page in (*PAGES, FOOTPRINT):
            self._all(f"{prefix}{page}", lambda page=page: self._window.show_page(page), SIZES)

    def of_reports(self) -> None:
        """The tabs of the reports behind the first one."""
        tabs = self._window.reports.page.tabs
        self._window.show_page("reports")
        for number, name in ((1, "mileage"), (2, "funnel")):
            self._all(f"reports {name}", lambda number=number: tabs.show_tab(number), SIZES)
        tabs.show_tab(0)

    def of_today(self) -> None:
        """The Today page with all that folds out, and who is near."""
        today = self._window.today_page.page
        self._window.show_page("today")
        self.settle()

        def unfold() -> None:
            self._window.show_page("today")
            if today.coming is not None and not today._unfolded:
                today.coming.buttons["R"].click()
            if today.coming is not None and today._near is None:
                today.coming.buttons["W"].click()

        self._all("today unfolded", unfold, SIZES)

    def of_dialogs(self) -> None:
        """The main dialogs, each opened by its action."""
        self._window.show_page("week")
        for name in DIALOGS:
            self._all(f"dialog {name}", self._window.actions_by_id[name].trigger, SIZES[:1], dialog=True)
        file = self._out / "accounts.csv"
        file.write_text(ACCOUNTS, encoding="utf-8")
        self._all("dialog import", lambda: self._window.commands.import_files([file]), SIZES[:1], dialog=True)
        file.unlink()

    def _all(self, name: str, arrange: Callable[[], None], sizes, *, dialog: bool = False) -> None:
        for theme in THEMES:
            for size in sizes:
                file = f"{name} {theme} {size[0]}".replace(" ", "-")
                if self._only not in file:
                    continue
                self._theme.choose(theme)
                self._window.resize(*size)
                arrange()
                self.settle()
                shown = next(self._dialogs(), self._window) if dialog else self._window
                shown.grab().save(str(self._out / f"{file}.png"))
                self.taken += 1
                for each in self._dialogs():
                    each.close()
                self._app.processEvents()

    def _dialogs(self) -> Iterator:
        from PySide6.QtWidgets import QDialog

        return (each for each in self._app.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())


if __name__ == "__main__":
    from planner.process import settle

    settle()
    raise SystemExit(main())
