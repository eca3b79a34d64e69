"""Settings that belong together, under their title."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from ui.settings.row import SettingRow
from ui.widgets.parts import label


class SettingGroup(QWidget):
    """Its title, a sentence about all of it, its rows, and one button more."""

    def __init__(self, name: str, rows: Sequence[SettingRow], about: str = "", more: QPushButton | None = None) -> None:
        super().__init__()
        self.name = name
        self._about = about
        self.rows = rows
        self.more = more
        self._form = QFormLayout()
        self._form.setHorizontalSpacing(24)
        self._form.setVerticalSpacing(10)
        for row in rows:
            title = label(row.setting.label)
            title.setBuddy(row.field)
            self._form.addRow(title, row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(name, "title"))
        if about:
            column.addWidget(label(about, "quiet", wrap=True))
        column.addLayout(self._form)
        if more is not None:
            column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeading)

    def find(self, words: Collection[str]) -> bool:
        """Show only the rows with all these words; hide all of the group, and say so, when nothing of it has them."""
        for number, row in enumerate(self.rows):
            self._form.setRowVisible(number, row.matches(words))
        told = f"{self.name} {self._about} {self.more.text() if self.more else ''}".casefold()
        shown = any(row.matches(words) for row in self.rows) or all(word in told for word in words)
        self.setVisible(shown)
        return shown
