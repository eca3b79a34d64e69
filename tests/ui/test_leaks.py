"""What is opened and closed again leaves nothing behind: no widget, no timer, no thread, no process."""

import gc
import multiprocessing
import threading
from collections import Counter

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from whole_window import action_dialogs, close_dialogs, inner_dialogs, live_in, opened, pages, settle

OURS = ("roadbook", "map")


def alive():
    """What is alive now, once all that can be given back was."""
    for _round in range(3):
        gc.collect()
        QTest.qWait(0)
    widgets = Counter(type(each).__name__ for each in QApplication.allWidgets())
    widgets["top levels"] = len(QApplication.topLevelWidgets())
    widgets["timers"] = len(timers())
    widgets["threads"] = sum(thread.name.startswith(OURS) for thread in threading.enumerate())
    widgets["processes"] = len(multiprocessing.active_children())
    return widgets


def timers():
    """The timers of all that Qt knows."""
    tops: list[QObject] = [QApplication.instance(), *QApplication.topLevelWidgets()]
    return [timer for top in tops for timer in top.findChildren(QTimer)]


def more(before, after):
    return {name: f"{before[name]} -> {number}" for name, number in after.items() if number > before[name]}


@pytest.fixture
def lived_in(filled, accounts, plan):
    live_in(filled, accounts, plan)
    return filled


def test_a_window_opened_again_and_again_leaves_nothing(lived_in, theme):
    found = []
    for _round in range(3):
        with opened(lived_in, theme) as window:
            for way in pages().values():
                way(window)
                settle(window)
        del window
        found.append(alive())
    assert more(found[1], found[2]) == {}
    assert not found[2]["MainWindow"]


def test_pages_and_dialogs_opened_again_and_again_leave_nothing(lived_in, theme, tmp_path):
    found = []
    with opened(lived_in, theme) as window:
        for _round in range(3):
            for way in pages().values():
                way(window)
                settle(window)
            for way in (action_dialogs() | inner_dialogs(tmp_path)).values():
                kept = way(window)
                settle(window)
                close_dialogs(window)
                del kept
            window.show_page("week")
            settle(window)
            found.append(alive())
    assert more(found[1], found[2]) == {}
