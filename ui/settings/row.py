"""One setting on the page: its field, what it is for, what is wrong with what was typed, and the way back to its default."""

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from planner.model.street_names import us_states
from planner.settings import LOCALES, Kind, Setting
from ui.settings.fields import ChipsField, ChoiceField, LineField, SearchField, TimeField, days_field, several_field
from ui.settings.rows_field import RowsField
from ui.settings.rows_text import HOTELS, RATES, RUSH_HOURS
from ui.widgets.parts import button, label

Field = LineField | ChoiceField | TimeField | SearchField | ChipsField | RowsField

_SHORT = frozenset({Kind.MINUTES, Kind.NUMBER})
_FROM_A_LIST = "active_pack"
"""Its choices are not in the table: the page fills them in."""
BACK = "Back to default"


class SettingRow(QWidget):
    """`keep` is called with the key and a value when the user has settled on one."""

    def __init__(self, setting: Setting, keep: Callable[[str, str], None]) -> None:
        super().__init__()
        self.setting = setting
        self.value = setting.default
        self.field = _field_of(setting)
        self.field.setAccessibleName(setting.label)
        self.field.setAccessibleDescription(setting.help)
        self.field.settled.connect(lambda: keep(setting.key, self.field.value))
        self.back = button(BACK, "link", lambda: keep(setting.key, setting.default))
        self.back.setAccessibleName(f"{BACK}: {setting.label}")
        self.back.setToolTip(f"{BACK}: {choice_words(setting, setting.default)}")
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.field, int(isinstance(self.field, ChipsField | RowsField)))
        if setting.kind is Kind.MINUTES:
            line.addWidget(label("minutes", "small"))
        if not isinstance(self.field, RowsField):
            line.addWidget(self.back)
        if setting.kind in _SHORT or isinstance(self.field, ChoiceField | TimeField | SearchField):
            line.addStretch(1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        stack.addLayout(line)
        stack.addWidget(label(setting.help, "small", wrap=True))
        if isinstance(self.field, RowsField):
            stack.addWidget(self.back, 0, Qt.AlignmentFlag.AlignLeading)
        stack.addWidget(self.problem)

    def show_value(self, value: str) -> None:
        """Show what is kept, unless something else is just being typed."""
        self.value = value
        self.field.show_value(value)
        self.problem.hide()
        self.back.setVisible(value != self.setting.default)

    def offer(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer other choices, by value and words."""
        if isinstance(self.field, ChoiceField | SearchField):
            self.field.offer(choices)

    def tell(self, problem: str) -> None:
        """Say why a value was not kept."""
        self.problem.setText(problem)
        self.problem.show()

    def matches(self, words: Iterable[str]) -> bool:
        """Whether every word is found in what the setting is called, is for, or is grouped under."""
        told = " ".join((self.setting.label, self.setting.help, self.setting.page, *self.setting.choices)).casefold()
        return all(word in told for word in words)


def _field_of(setting: Setting) -> Field:
    if setting.key == _FROM_A_LIST:
        return _choices(setting)
    make = _MAKERS.get(setting.kind)
    if make is not None:
        return make(setting)
    line = LineField(setting.default)
    if setting.kind in _SHORT:
        line.setFixedWidth(90)
    return line


def _choices(setting: Setting) -> ChoiceField:
    return ChoiceField([(choice, choice_words(setting, choice)) for choice in setting.choices or ("",)])


def _states(setting: Setting) -> SearchField:
    states = SearchField(setting.label)
    states.offer([("", "The whole country"), *us_states().items()])
    return states


_MAKERS: Mapping[Kind, Callable[[Setting], Field]] = {
    Kind.TIME: lambda setting: TimeField(setting.default),
    Kind.WEEKDAYS: lambda setting: days_field(setting.label),
    Kind.SEVERAL: lambda setting: several_field(setting.label, setting.choices),
    Kind.CHOICE: _choices,
    Kind.ZONE: lambda setting: SearchField(setting.label),
    Kind.STATE: _states,
    Kind.HOTELS: lambda setting: RowsField(setting.label, HOTELS),
    Kind.RUSH_HOURS: lambda setting: RowsField(setting.label, RUSH_HOURS),
    Kind.RATES: lambda setting: RowsField(setting.label, RATES),
}
"""What a setting of a kind is edited in; a line where nothing is said."""


def choice_words(setting: Setting, value: str) -> str:
    """A value as the page shows it."""
    if setting.key == _FROM_A_LIST:
        return value or "The newest"
    if value == "system":
        return "As the system"
    if setting.kind is Kind.STATE:
        return us_states().get(value, value)
    return LOCALES.get(value) or value[:1].upper() + value[1:] or "empty"
