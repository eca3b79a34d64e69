"""A picture of the window once everything is drawn."""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from ui.main_window import MainWindow
from ui.workers import Runner

LOOK_EVERY_MS = 200
QUIET_LOOKS = 8


def save_when_quiet(window: MainWindow, runner: Runner, file: Path) -> QObject:
    """Save a picture when no work but the background's has been under way for a while, then quit."""
    quiet = 0

    def look() -> None:
        nonlocal quiet
        busy = any(not (job.background and job.label) for job in runner.jobs) or not window.map.is_settled
        quiet = 0 if busy else quiet + 1
        if quiet >= QUIET_LOOKS:
            timer.stop()
            file.parent.mkdir(parents=True, exist_ok=True)
            window.grab().save(str(file))
            window.close()
            QApplication.quit()

    timer = QTimer(window, interval=LOOK_EVERY_MS)
    timer.timeout.connect(look)
    timer.start()
    return timer
