"""The fields of the form of a visit that Qt has none of: a note that Enter ends, a day that may be missing, people as chips."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QDateEdit, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from planner.model.accounts import Contact
from planner.model.tracking import Sentiment
from ui.formats import patterns
from ui.style import Theme
from ui.visits.choice_button import ChoiceButton
from ui.visits.words import FACES, names_in
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, clear


def line_edit(name: str, hint: str = "", text: str = "") -> QLineEdit:
    """A line to type in; `name` is how a screen reader calls it."""
    made = QLineEdit(text)
    made.setAccessibleName(name)
    made.setPlaceholderText(hint)
    return made


class NoteEdit(QPlainTextEdit):
    """A note of a few lines: Enter says that it is done, Shift and Enter begin another line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(58)
        self.setPlaceholderText("Note: Enter logs, Shift+Enter begins a line")
        self.setAccessibleName("Note")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class DayField(QDateEdit):
    """A day from the calendar; with `none` it may be missing: that is the day before the earliest."""

    def __init__(self, name: str, none: str = "") -> None:
        super().__init__()
        self.setCalendarPopup(True)
        self.setDisplayFormat(patterns().full_day)
        self.setAccessibleName(name)
        self.setFixedWidth(138)
        self._none = none
        if none:
            self.setSpecialValueText(none)

    @property
    def day(self) -> date | None:
        """The day chosen, or None."""
        if self._none and self.date() == self.minimumDate():
            return None
        chosen = self.date()
        return date(chosen.year(), chosen.month(), chosen.day())

    def show_day(self, day: date | None) -> None:
        """Show a day, or that there is none."""
        self.setDate(_qdate(day) if day else self.minimumDate())

    def begin_at(self, day: date) -> None:
        """Allow this day as the earliest; what is chosen stays when it still can."""
        missing = self.day is None
        self.setMinimumDate(_qdate(day).addDays(-1))
        if missing:
            self.setDate(self.minimumDate())

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: N802 - Qt's name
        # Qt goes from part to part of a day, and would for ever where there are none.
        return QWidget.focusNextPrevChild(self, forward) if self.day is None else super().focusNextPrevChild(forward)


class NextDay(QWidget):
    """By when the next step is to be done: nothing, a week or two or a month after the visit, or any day."""

    def __init__(self) -> None:
        super().__init__()
        self._from = date.today()  # noqa: DTZ011 - her own calendar day
        self.field = DayField("By when", none="No date")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.field)
        self.quick = [button(text, "chip") for text in ("+1 week", "+2 weeks", "+1 month")]
        for each, days, months in zip(self.quick, (7, 14, 0), (0, 0, 1), strict=True):
            each.clicked.connect(lambda _checked=False, days=days, months=months: self._choose(days, months))
            layout.addWidget(each)
        layout.addStretch(1)

    def begin_at(self, day: date) -> None:
        """Count from the day of the visit."""
        self._from = day
        self.field.begin_at(day)

    def _choose(self, days: int, months: int) -> None:
        self.field.setDate(_qdate(self._from).addDays(days).addMonths(months))


class PeopleField(QWidget):
    """Who was met: a chip for each person known at the account, and a line for others."""

    def __init__(self) -> None:
        super().__init__()
        self.others = QLineEdit()
        self.others.setPlaceholderText("Others who were there, with commas between")
        self.others.setAccessibleName("Others who were there")
        self._holder = QWidget()
        self._flow = FlowLayout(self._holder)
        self.chips: list[tuple[str, QWidget]] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._holder)
        layout.addWidget(self.others)

    @property
    def names(self) -> tuple[str, ...]:
        """Everybody met, those with a chip first."""
        chosen = [name for name, chip in self.chips if chip.property("checked")]
        return tuple(dict.fromkeys((*chosen, *names_in(self.others.text()))))

    def fill(self, contacts: Sequence[Contact], met: Sequence[str]) -> None:
        """Show the people of an account, and who of them and of others was met."""
        clear(self._flow)
        self.chips = []
        known = list(dict.fromkeys(contact.name or contact.email for contact in contacts if contact.name or contact.email))
        for name in known[:12]:
            chip = button(name.replace("&", "&&"), "chip")
            chip.setCheckable(True)
            chip.setChecked(name in met)
            chip.setAccessibleName(f"Met {name}")
            self._flow.addWidget(chip)
            self.chips.append((name, chip))
        self._holder.setVisible(bool(self.chips))
        self.others.setText(", ".join(name for name in met if name not in known[:12]))


class FacesField(QWidget):
    """How the visit went: one of three faces, or none."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._group = QButtonGroup(self, exclusive=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.buttons = {value: ChoiceButton(theme, text, icon_name=picture, low=True) for value, text, picture in FACES}
        for each in self.buttons.values():
            self._group.addButton(each)
            layout.addWidget(each)
        layout.addStretch(1)
        self._group.buttonClicked.connect(self._only)

    @property
    def chosen(self) -> Sentiment | None:
        """The face chosen, or None."""
        return next((value for value, each in self.buttons.items() if each.isChecked()), None)

    def show_face(self, chosen: Sentiment | None) -> None:
        """Choose a face, or none."""
        for value, each in self.buttons.items():
            each.setChecked(value is chosen)

    def _only(self, pressed: QWidget) -> None:
        for each in self.buttons.values():
            if each is not pressed:
                each.setChecked(False)


class Choice(QComboBox):
    """One of a few values, each with its words."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(10)

    @property
    def value(self) -> str:
        """The value chosen."""
        return str(self.currentData() or "")

    def offer(self, choices: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer (value, words), with one of the values chosen; the first when it is not among them."""
        self.blockSignals(True)
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)
        self.currentIndexChanged.emit(self.currentIndex())


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)
