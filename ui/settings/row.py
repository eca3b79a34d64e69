"""One setting on the page: its field, what it is for, what is wrong with what was typed, and the way back to its default."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.settings import LOCALES, Kind, Setting
from ui.widgets.parts import button, label

_SUFFIXES = {Kind.MINUTES: "minutes", Kind.TIME: "hh:mm"}
_SHORT = frozenset({Kind.MINUTES, Kind.TIME, Kind.NUMBER})
_FROM_A_LIST = "active_pack"
"""Its choices are not in the table: the page fills them in."""
BACK = "Back to default"


class SettingRow(QWidget):
    """`keep` is called with the key and a value when the user has settled on one."""

    def __init__(self, setting: Setting, keep: Callable[[str, str], None]) -> None:
        super().__init__()
        self.setting = setting
        self.value = setting.default
        self._keep = keep
        self.field: QLineEdit | QComboBox = self._choices() if self._is_choice else self._line()
        self.field.setAccessibleName(setting.label)
        self.field.setAccessibleDescription(setting.help)
        self.back = button(BACK, "link", lambda: keep(setting.key, setting.default))
        self.back.setAccessibleName(f"{BACK}: {setting.label}")
        self.back.setToolTip(f"{BACK}: {choice_words(setting, setting.default)}")
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field)
        if setting.kind in _SUFFIXES:
            line.addWidget(label(_SUFFIXES[setting.kind], "small"))
        line.addWidget(self.back)
        if self._is_choice or setting.kind in _SHORT:
            line.addStretch(1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        stack.addLayout(line)
        stack.addWidget(label(setting.help, "small", wrap=True))
        stack.addWidget(self.problem)

    @property
    def _is_choice(self) -> bool:
        return self.setting.kind is Kind.CHOICE or self.setting.key == _FROM_A_LIST

    def show_value(self, value: str) -> None:
        """Show what is kept, unless something else is just being typed."""
        self.value = value
        if isinstance(self.field, QComboBox):
            self.field.setCurrentIndex(max(0, self.field.findData(value)))
        elif not self.field.hasFocus() or not self.field.isModified():
            self.field.setText(value)
        self.problem.hide()
        self.back.setVisible(value != self.setting.default)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other choices, by name and value."""
        if isinstance(self.field, QComboBox):
            self.field.clear()
            for name, value in choices:
                self.field.addItem(name, value)
            self.show_value(self.value)

    def tell(self, problem: str) -> None:
        """Say why a value was not kept."""
        self.problem.setText(problem)
        self.problem.show()

    def matches(self, words: Iterable[str]) -> bool:
        """Whether every word is found in what the setting is called, is for, or is grouped under."""
        told = " ".join((self.setting.label, self.setting.help, self.setting.page, *self.setting.choices)).casefold()
        return all(word in told for word in words)

    def _choices(self) -> QComboBox:
        field = QComboBox()
        for choice in self.setting.choices or ("",):
            field.addItem(choice_words(self.setting, choice), choice)
        field.setMinimumWidth(180)
        field.activated.connect(lambda _index: self._keep(self.setting.key, field.currentData()))
        return field

    def _line(self) -> QLineEdit:
        field = QLineEdit(self.setting.default)
        field.editingFinished.connect(lambda: self._keep(self.setting.key, field.text()))
        if self.setting.kind in _SHORT:
            field.setFixedWidth(90)
        return field


def choice_words(setting: Setting, value: str) -> str:
    """A value as the page shows it."""
    if setting.key == _FROM_A_LIST:
        return value or "The newest"
    if value == "system":
        return "As the system"
    return LOCALES.get(value) or value[:1].upper() + value[1:] or "empty"
