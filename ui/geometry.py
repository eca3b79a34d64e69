"""Where the window was and how its panels were divided, kept in the user's data folder."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow


class Geometry:
    """Remembers the window, the splitters of each page, a few yes-or-no answers and lists of words."""

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

    def forget_flags(self, begin: str) -> None:
        """Forget every answer whose name begins so."""
        self._kept.beginGroup("flags")
        for name in [each for each in self._kept.childKeys() if each.startswith(begin)]:
            self._kept.remove(name)
        self._kept.endGroup()

    def texts(self, name: str) -> list[str]:
        """A list of texts that was kept; empty when there is none."""
        kept = self._kept.value(f"texts/{name}")
        return [str(each) for each in kept] if isinstance(kept, list) else [str(kept)] if kept else []

    def keep_texts(self, name: str, texts: Iterable[str]) -> None:
        """Remember a list of texts."""
        self._kept.setValue(f"texts/{name}", list(texts))

    def write(self) -> None:
        """Write the file now."""
        self._kept.sync()
