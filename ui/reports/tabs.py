"""Tabs as a row of buttons above what they show, or a row of buttons to choose one of a few."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from ui.style import Theme
from ui.visits.choice_button import ChoiceButton
from ui.widgets.parts import button


class ChoiceRow(QWidget):
    """One of a few, by its number."""

    chosen = Signal(int)

    def __init__(self, buttons: Sequence[QAbstractButton]) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons = list(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for number, each in enumerate(self.buttons):
            each.setCheckable(True)
            each.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            self._group.addButton(each, number)
            layout.addWidget(each)
        layout.addStretch(1)
        self.buttons[0].setChecked(True)
        self._group.idClicked.connect(self.chosen)

    @classmethod
    def of_chips(cls, names: Sequence[str]) -> "ChoiceRow":
        """A row of small buttons."""
        return cls([button(name, "chip") for name in names])

    @property
    def number(self) -> int:
        """The number of the one that is chosen."""
        return self._group.checkedId()

    def choose(self, number: int) -> None:
        """Choose one as the user does."""
        self.buttons[number].click()


class Tabs(QWidget):
    """Named pages, one on show; a page is made when it is first asked for, the first one as soon as all around it is there."""

    def __init__(self, theme: Theme, pages: Sequence[tuple[str, Callable[[], QWidget]]]) -> None:
        super().__init__()
        self.row = ChoiceRow([ChoiceButton(theme, name, low=True) for name, _ in pages])
        self.stack = QStackedWidget()
        self._makers = dict(enumerate(make for _, make in pages))
        for _ in pages:
            self.stack.addWidget(QWidget())
        self.row.chosen.connect(self._turn_to)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(lambda: self._turn_to(self.row.number))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 8)
        layout.setSpacing(10)
        layout.addWidget(self.row)
        layout.addWidget(self.stack, 1)

    def page(self, number: int) -> QWidget:
        """A page itself."""
        make = self._makers.pop(number, None)
        if make is not None:
            empty, made = self.stack.widget(number), make()
            self.stack.insertWidget(number, made)
            if self.stack.currentWidget() is empty:
                self.stack.setCurrentWidget(made)
            self.stack.removeWidget(empty)
            empty.deleteLater()
        return self.stack.widget(number)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        self._soon.start()

    def _turn_to(self, number: int) -> None:
        self.stack.setCurrentWidget(self.page(number))

    def show_tab(self, number: int) -> None:
        """Turn to a page."""
        self.row.choose(number)
