"""What can be done to several accounts at once, below the list while several are chosen."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from ui.safety.read_only import WHY
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, label
from ui.words import count

_DEEDS = (
    ("edit", "Edit…", "Give all of them the same values"),
    ("tag", "Tag…", "Put tags on them, or take tags off"),
    ("owner", "Assign owner…", "Give them to another rep"),
    ("week", "Add to week", "Put them into the week on show, each where it takes least driving"),
    ("export", "Export…", "Write them as a workbook or CSV"),
    ("copy", "Copy", "Copy them for a spreadsheet (Ctrl+C)"),
)
_WRITING = frozenset({"edit", "tag", "owner", "week"})


class SelectionBar(QFrame):
    """`asked` carries the name of the deed; `cleared` says that one account is enough again."""

    asked = Signal(str)
    cleared = Signal()

    def __init__(self, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("under")
        self.told = label("", "week")
        self.told.setMinimumHeight(30)
        flow = FlowLayout(self, gap=8)
        self.setContentsMargins(12, 8, 12, 8)
        flow.addWidget(self.told)
        self.buttons: dict[str, QPushButton] = {}
        for name, text, tip in _DEEDS:
            made = button(text, "", partial(self.asked.emit, name))
            made.setToolTip(tip)
            if read_only and name in _WRITING:
                made.setEnabled(False)
                made.setToolTip(WHY)
            self.buttons[name] = made
            flow.addWidget(made)
        self.clear = button("Clear", "link", self.cleared.emit)
        self.clear.setMinimumHeight(30)
        self.clear.setToolTip("Choose only one again (Esc)")
        flow.addWidget(self.clear)
        self.hide()

    def show_chosen(self, account_ids: Sequence[int]) -> None:
        """Show how many are chosen; with fewer than two there is nothing to show."""
        self.told.setText(f"{count(len(account_ids), 'account')} selected")
        self.setVisible(len(account_ids) > 1)
