"""A question before something is removed: what, what it means, and a button that says what it does."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from ui.dialogs.frame import button_row, column_of
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label

_WIDTH = 480


class Confirm(QDialog):
    """Runs something when its button is pressed; Esc and the other button, which has the focus and may be named, do nothing."""

    def __init__(
        self, title: str, text: str, action: str, run: Callable[[], object], parent: QWidget | None = None, *, stay: str = "Cancel"
    ) -> None:
        super().__init__(parent)
        self.accepted.connect(run)
        self.yes = button(action, "primary", self.accept)
        self.no = button(stay, "calm", self.reject)
        column = column_of(self, title, window_title="Roadbook")
        column.addWidget(label(text, wrap=True))
        column.addSpacing(6)
        column.addLayout(button_row(self.yes, self.no))
        self.no.setAutoDefault(True)
        self.no.setFocus()
        fit_height(self, _WIDTH)
