"""Where the window was and how its panels were divided, kept in the user's data folder."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow


class Geometry:
    """Remembers the window, the splitters of each page, and a few yes-or-no answers."""

    def __init__(self, home: Path) -> None:
        self._kept = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)

    def restore_window(self, window: QMainWindow) -> bool:
        """Put the window where it was; says whether that was known."""
        kept = self._kept.value("window")
        return isinstance(kept, QByteArray) and window.restoreGeometry(kept)

    def keep_window(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        self._kept.setValue("window", window.saveGeometry())

    def sizes(self, name: str, default: Iterable[int]) -> list[int]:
        """The sizes of a splitter."""
        kept = self._kept.value(f"sizes/{name}")
        try:
            return [int(each) for each in kept] if isinstance(kept, list) else list(default)
        except ValueError:
            return list(default)

    def keep_sizes(self, name: str, sizes: Iterable[int]) -> None:
        """Remember the sizes of a splitter."""
        self._kept.setValue(f"sizes/{name}", [str(size) for size in sizes])

    def flag(self, name: str) -> bool:
        """An answer that was kept; False when there is none."""
        return str(self._kept.value(f"flags/{name}", "false")).lower() == "true"

    def keep_flag(self, name: str, *, on: bool) -> None:
        """Remember an answer."""
        self._kept.setValue(f"flags/{name}", on)

    def write(self) -> None:
        """Write the file now."""
        self._kept.sync()
