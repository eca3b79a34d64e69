"""For book_window and use_window: a window on a large book, as it is started, with how long it took until it was of use."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from planner.process import look_for_rubbish
from planner.usecases.workspace import open_workspace
from ui.app import make_window
from ui.main_window import MainWindow
from ui.options import read_options
from ui.style import Theme

START_BAR_S = 1.5


@contextmanager
def usable_window(app: QApplication, home: Path, asked_s: float) -> Iterator[MainWindow]:
    """A window on the Accounts page of a home, once it shows the accounts; `asked_s` is the clock when it was asked for."""
    gc.disable()  # as ui.__main__ and ui.app.run have it
    with open_workspace(home) as workspace:
        window = make_window(workspace, Theme(app, "light"), read_options(["--page", "accounts"]))
        window.show()
        usable: list[float] = []
        window.commands._context.bus.accounts_shown.connect(lambda _accounts: QTimer.singleShot(0, lambda: usable.append(time.time())))
        while not usable:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        look_for_rubbish()
        print(f"  {'start to usable window':24} {usable[0] - asked_s:6.2f} s   bar {START_BAR_S} s", flush=True)
        yield window
        window.close()
