"""Above the stops of the day: how far it has come, and what can be done with the rest of it."""

from collections.abc import Iterable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui.today.coming import LEAST_PX, Deed, keyed_button
from ui.widgets.parts import label

_HELD = "\N{NO-BREAK SPACE}"


class DayRow(QWidget):
    """Sums, and a button for each deed that concerns the day rather than its next stop."""

    def __init__(self, deeds: Iterable[Deed], *, read_only: bool) -> None:
        super().__init__()
        self.sums = label("", "quiet", wrap=True)
        self.sums.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.buttons: dict[str, QPushButton] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(self.sums, 1)
        for deed in deeds:
            made = self.buttons[deed.key] = keyed_button(deed, "", LEAST_PX, read_only=read_only)
            across.addWidget(made)

    def tell(self, sums: str) -> None:
        """Say how far the day has come; a line ends only between two of its figures."""
        self.sums.setText(sums.replace(" ", _HELD).replace(f"{_HELD}·{_HELD}", f"{_HELD}· "))
