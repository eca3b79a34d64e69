"""Fields of the settings page that hold one value as text: `settled` is emitted when the user has decided on another one."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLineEdit, QPushButton, QTimeEdit, QWidget

from planner.settings import time_of_day_s, weekdays_of, weekdays_text
from ui.formats import has_twelve_hours
from ui.style import scaled
from ui.widgets.parts import button
from ui.widgets.with_type import fit_with_type

_LAST_S = 24 * 3600 - 60
_TIME_PX = 104
_INSET_PX = 7  # a style sheet gives the text of this field no room at its left


class LineField(QLineEdit):
    """A line to type in."""

    settled = Signal()

    def __init__(self, value: str) -> None:
        super().__init__(value)
        self.editingFinished.connect(self.settled)

    @property
    def value(self) -> str:
        """The value as it is kept."""
        return self.text()

    def show_value(self, value: str) -> None:
        """Show what is kept, unless something else is just being typed."""
        if not self.hasFocus() or not self.isModified():
            self.setText(value)


class TimeField(QTimeEdit):
    """A time of day, on a clock of twelve or twenty-four hours as the window has it."""

    settled = Signal()

    def __init__(self, value: str) -> None:
        super().__init__()
        self._kept = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel is the page's
        self.lineEdit().setTextMargins(_INSET_PX, 0, 0, 0)
        fit_with_type(self, lambda: self.setFixedWidth(round(scaled(_TIME_PX))))
        self.show_value(value)
        self.editingFinished.connect(self.settled)

    @property
    def value(self) -> str:
        """The value as it is kept; midnight at the end of the day stays what it is until another time is chosen."""
        return self._kept if self.time() == _time_of(self._kept) else self.time().toString("HH:mm")

    def show_value(self, value: str) -> None:
        """Show what is kept."""
        self._kept = value
        self.setDisplayFormat("h:mm AP" if has_twelve_hours() else "H:mm")
        self.setTime(_time_of(value))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        _only_with_focus(self, event, super().wheelEvent)


class ChoiceField(QComboBox):
    """One of a few values, each with its words."""

    settled = Signal()

    def __init__(self, choices: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        self._kept = ""
        self.setMinimumWidth(180)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.offer(choices)
        self.activated.connect(lambda _index: self.settled.emit())

    @property
    def value(self) -> str:
        """The value as it is kept."""
        return str(self.currentData() or "")

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other choices, by value and words."""
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.show_value(self._kept)

    def show_value(self, value: str) -> None:
        """Show what is kept."""
        self._kept = value
        self.setCurrentIndex(max(0, self.findData(value)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        _only_with_focus(self, event, super().wheelEvent)


class SearchField(ChoiceField):
    """One of very many values: what is typed finds it by any part of its words, and what is none of them changes nothing."""

    def __init__(self, name: str) -> None:
        super().__init__(())
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMinimumWidth(280)
        self.setMaxVisibleItems(14)
        found = QCompleter(self.model(), self)
        found.setFilterMode(Qt.MatchFlag.MatchContains)
        found.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(found)
        self.lineEdit().setAccessibleName(name)
        self.lineEdit().editingFinished.connect(self._take_typed)

    @property
    def value(self) -> str:
        """The value as it is kept."""
        return str(self.currentData() or self._kept)

    def show_value(self, value: str) -> None:
        """Show what is kept, also when it is none of the choices."""
        self._kept = value
        at = self.findData(value)
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText(value)

    def _take_typed(self) -> None:
        at = self.findText(self.currentText(), Qt.MatchFlag.MatchFixedString)
        if at < 0:
            self.show_value(self._kept)
        elif at != self.currentIndex():  # else Qt has told it by `activated`
            self.setCurrentIndex(at)
            self.settled.emit()


class ChipsField(QWidget):
    """Several of a few values, a chip each; `read` and `write` turn the values into what is kept and back."""

    settled = Signal()

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, str]],
        read: Callable[[str], Iterable[str]],
        write: Callable[[list[str]], str],
    ) -> None:
        super().__init__()
        self._read, self._write = read, write
        self.chips: dict[str, QPushButton] = {}
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 3, 0, 3)
        across.setSpacing(6)
        for value, words in choices:
            chip = button(words, "chip", self.settled.emit)
            chip.setCheckable(True)
            chip.setAccessibleName(f"{name}: {words}")
            self.chips[value] = chip
            across.addWidget(chip)
        across.addStretch(1)
        self.setFocusProxy(next(iter(self.chips.values())))

    @property
    def value(self) -> str:
        """The value as it is kept."""
        return self._write([value for value, chip in self.chips.items() if chip.isChecked()])

    def show_value(self, value: str) -> None:
        """Show what is kept."""
        chosen = set(self._read(value))
        for name, chip in self.chips.items():
            chip.setChecked(name in chosen)


def days_field(name: str) -> ChipsField:
    """The days of a week."""
    english = QLocale(QLocale.Language.English)
    days = [(str(day), english.dayName(day + 1, QLocale.FormatType.ShortFormat)) for day in range(7)]
    return ChipsField(name, days, lambda text: map(str, weekdays_of(text)), lambda chosen: weekdays_text([int(day) for day in chosen]))


def several_field(name: str, choices: Sequence[str]) -> ChipsField:
    """Several of the choices of a setting."""
    words = [(choice, choice[:1].upper() + choice[1:]) for choice in choices]
    return ChipsField(name, words, lambda text: [part.strip() for part in text.split(",")], ", ".join)


def _time_of(value: str) -> QTime:
    return QTime.fromMSecsSinceStartOfDay(1000 * min(time_of_day_s(value), _LAST_S)) if value else QTime(0, 0)


def _only_with_focus(field: QWidget, event: QWheelEvent, turn: Callable[[QWheelEvent], None]) -> None:
    """Over a field that is not being used the wheel moves the page."""
    if field.hasFocus():
        turn(event)
    else:
        event.ignore()
