"""The groups of the settings at the left: a press brings one into sight, and the one in sight is marked."""

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QVBoxLayout

from ui.style import scaled
from ui.widgets.parts import label
from ui.widgets.with_type import fit_with_type

_WIDTH_PX, _ROW_PX = 232, 32


class GroupsList(QFrame):
    """A field that narrows the settings, and below it the names of the groups that have any left; `go_to` is called with a name."""

    def __init__(self, names: Sequence[str], go_to: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("side")
        self.setFixedWidth(_WIDTH_PX)
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a setting")
        self.search.setAccessibleName("Find a setting by a word of its name or of what it is for")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setAccessibleName("Groups of settings")
        self.list.setObjectName("groups")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.addItems(list(names))
        self.list.setCurrentRow(0)
        fit_with_type(self.list, self._fit)
        self.list.currentTextChanged.connect(lambda name: go_to(name) if name else None)
        self.list.itemClicked.connect(lambda item: go_to(item.text()))
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 16, 14, 12)
        column.setSpacing(10)
        column.addWidget(label("Settings", "title"))
        column.addWidget(self.list, 1)
        column.insertWidget(1, self.search)  # after the names for the keyboard, which begins where no letter is typed

    def _fit(self) -> None:
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, round(scaled(_ROW_PX))))

    @property
    def names(self) -> list[str]:
        """The groups that are listed now."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return [item.text() for item in items if not item.isHidden()]

    @property
    def current(self) -> str:
        """The group that is marked."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def narrow(self, names: Collection[str]) -> None:
        """List only these groups."""
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(item.text() not in names)

    def mark(self, name: str) -> None:
        """Mark the group that is in sight."""
        found = self.list.findItems(name, Qt.MatchFlag.MatchExactly)
        if found and name != self.current:
            blocked = self.list.blockSignals(True)
            self.list.setCurrentItem(found[0])
            self.list.blockSignals(blocked)
            self.list.viewport().update()
