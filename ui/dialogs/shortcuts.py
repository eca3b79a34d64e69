"""The shortcut sheet, read from the table of actions: groups by subject, in two columns."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.actions import ROWS
from ui.dialogs.frame import close_button, column_of
from ui.widgets.parts import label
from ui.widgets.scrolled import Scrolled

type Keys = tuple[str, str]
"""What is done, and by which keys."""

_SUBJECTS = {
    "Pages": ("go",),
    "The week": ("plan",),
    "Accounts and changes": ("edit",),
    "Files": ("file", "export"),
    "Window and map": ("view", "help"),
}
"""The menus whose actions stand under a heading."""
_MENU_OF = {"stop-planning": "plan", "search": "view"}
"""Of those in no menu, the one they would be in."""
BY_HAND: tuple[tuple[str, tuple[Keys, ...]], ...] = (
    (
        "On the board",
        (
            ("The visit before or after, the day before or after", "Arrows"),
            ("Open the visit's details", "Enter"),
            ("Earlier, later, to another day", "Alt+arrows"),
            ("Lock the day, lock the time", "L, Shift+L"),
            ("Take out of the plan", "Del"),
            ("Swap two visits", "S, S"),
            ("Menu of the day", "M"),
            ("Higher, lower hours, as fits", "Ctrl++, Ctrl+−, Ctrl+0"),
        ),
    ),
    (
        "In lists and in the search",
        (
            ("In the list of the week: add where it takes least", "Enter"),
            ("In the search: next group, accounts near it", "Tab, Ctrl+Enter"),
            ("Menu of what is selected", "Shift+F10"),
        ),
    ),
    ("Today", (("Arrived, done, skip, late, who is near, directions", "A D S L W R"),)),
    (
        "On the map",
        (
            ("Move, closer, farther", "Arrows, +, -"),
            ("Show everything", "Home"),
            ("Choose accounts by a line around them", "Shift+drag"),
            ("From the map onto the board", "Ctrl+drag a pin"),
            ("Card of the selected account, or a corner or point in the middle", "Space"),
        ),
    ),
)
_WIDTH_PX, _ROOM_PX, _AROUND_PX, _BESIDE_PX = 980, 80, 130, 60


class Shortcuts(QDialog):
    """Every key there is, as high as it takes, and scrolling where the screen is lower."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 14, 0)
        columns.setSpacing(40)
        for part in _halves([*_of_the_table(), *BY_HAND]):
            columns.addLayout(_column(part), 1)
        column = column_of(self, "Keyboard shortcuts")
        column.addWidget(Scrolled(inside, "Keyboard shortcuts", across=True), 1)
        column.addWidget(close_button(self))
        column.activate()
        wanted_px = columns.totalHeightForWidth(_WIDTH_PX - _BESIDE_PX) + _AROUND_PX
        self.resize(_WIDTH_PX, min(wanted_px, self.screen().availableSize().height() - _ROOM_PX))


def _of_the_table() -> Iterable[tuple[str, tuple[Keys, ...]]]:
    for subject, menus in _SUBJECTS.items():
        yield subject, tuple((row.text, row.shortcut) for row in ROWS if row.shortcut and _MENU_OF.get(row.id, row.where) in menus)


def _halves(groups: Sequence[tuple[str, tuple[Keys, ...]]]) -> tuple[Sequence[tuple[str, tuple[Keys, ...]]], ...]:
    """The groups in their order, parted where both parts are nearest to being as long."""
    long = [len(keys) + 2 for _, keys in groups]
    at = min(range(1, len(groups)), key=lambda cut: abs(sum(long[:cut]) - sum(long[cut:])))
    return groups[:at], groups[at:]


def _column(groups: Iterable[tuple[str, tuple[Keys, ...]]]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(4)
    for subject, lines in groups:
        column.addWidget(label(subject.upper(), "heading"))
        table = QGridLayout()
        table.setContentsMargins(0, 0, 0, 8)
        table.setVerticalSpacing(2)
        table.setHorizontalSpacing(16)
        table.setColumnStretch(0, 1)
        for row, (text, keys) in enumerate(lines):
            table.addWidget(label(text, wrap=True), row, 0)
            table.addWidget(label(keys, "quiet"), row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        column.addLayout(table)
    column.addStretch(1)
    return column
