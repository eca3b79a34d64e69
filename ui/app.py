"""Wire the window together and run it."""

import argparse
import sys
from contextlib import suppress
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from planner.errors import UserProblem
from planner.model.calendar import this_week
from planner.process import look_for_rubbish
from planner.usecases.settings import get_settings
from planner.usecases.workspace import Workspace
from ui.bus import Bus
from ui.context import AppContext
from ui.desk import Desk
from ui.errors import install_excepthook
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.safety.opening import open_for_window
from ui.screenshot import save_when_quiet
from ui.style import Theme
from ui.workers import Runner

SAMPLE_OFFERED = "sample offered"
STARTED_MS = 3_000


def run(options: argparse.Namespace) -> int:
    """Run the window until it is closed; returns the exit code, 2 when the data was not opened."""
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Roadbook")
    app.setDesktopFileName("roadbook")
    install_excepthook()
    theme = Theme(app, options.theme or "system")
    workspace = open_for_window(options.home, theme)
    if workspace is None:
        return 2
    with workspace:
        window = make_window(workspace, theme, options)
        QTimer.singleShot(STARTED_MS, look_for_rubbish)
        window.show()
        if options.screenshot is None:
            window.hints.begin()
        return app.exec()


def make_window(workspace: Workspace, theme: Theme, options: argparse.Namespace) -> MainWindow:
    """Wire everything once: the only place where the parts of the window meet."""
    with suppress(UserProblem):  # what is damaged is told when the window stands
        theme.size_text(int(get_settings(workspace).text("text_size")))
    runner, bus = Runner(), Bus()
    week = options.week or this_week(date.today())  # noqa: DTZ011 - her own calendar day
    desk = Desk(workspace, runner, bus, week)
    desk.load()  # what is read meanwhile is told when the window stands: in the first round of events
    context = AppContext(workspace, runner, bus, theme, desk)
    geometry = Geometry(workspace.home)
    window = MainWindow(context, geometry, follow_theme=options.theme is None)
    if options.size:
        window.resize(*options.size)
    window.show_page(options.page)
    if options.sample and not geometry.flag(SAMPLE_OFFERED):
        bus.accounts_shown.connect(lambda accounts: _offer_sample(window, geometry, empty=not accounts))
    window.commands.begin()
    if options.screenshot:
        save_when_quiet(window, runner, options.screenshot)
    return window


def _offer_sample(window: MainWindow, geometry: Geometry, *, empty: bool) -> None:
    """The first start by `make run`: the sample is put in once, and never again without being asked for."""
    if not geometry.flag(SAMPLE_OFFERED):
        geometry.keep_flag(SAMPLE_OFFERED, on=True)
        if empty:
            window.commands.add_sample()
