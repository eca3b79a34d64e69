"""Two accounts side by side: a row a field in which they differ, a button a side; what they share, quietly below."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.model.accounts import Account
from planner.usecases.merge import BOTH, FIRST, SECOND, Duplicate, FieldPair
from ui.duplicates.words import common_facts, side_texts, sides_of, turned, turned_side
from ui.widgets.parts import clear, label, separator
from ui.widgets.plain_tip import plain_tip
from ui.widgets.scrolled import ScrolledLines

JOINED = frozenset({"tags", "notes", "custom"})
"""Fields of which both values can be kept."""
_SIDE_WORDS = {FIRST: "of the one that stays", SECOND: "of the other one", BOTH: "of both"}
_FIELD_COLUMN_PX = 132


class PairForm(ScrolledLines):
    """Shows one pair, and knows what is chosen of it."""

    def __init__(self) -> None:
        super().__init__("The two accounts side by side", (0, 0, 10, 0), 8)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.duplicate: Duplicate | None = None
        self.choices: dict[str, dict[str, QRadioButton]] = {}

    def show_pair(self, duplicate: Duplicate | None, chosen: Mapping[str, str] | None = None) -> None:
        """Show a pair with what is proposed, or what was chosen already."""
        self.duplicate = duplicate
        self.choices = {}
        clear(self.lines)
        if duplicate is None:
            return
        grid_of = QWidget()
        grid = QGridLayout(grid_of)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnMinimumWidth(0, _FIELD_COLUMN_PX)
        for column in (1, 2):
            grid.setColumnStretch(column, 1)
        grid.addWidget(_head(duplicate.first, "STAYS"), 0, 1)
        grid.addWidget(_head(duplicate.second, "GOES INTO IT"), 0, 2)
        for number, field in enumerate(duplicate.fields):
            self._add_row(grid, 2 * number + 1, field, (chosen or {}).get(field.name, field.proposed))
        self.lines.addWidget(grid_of)
        if not duplicate.fields:
            self.lines.addWidget(label("They differ in nothing but their numbers.", "quiet"))
        for line in _common_lines(duplicate):
            self.lines.addWidget(line)
        self.lines.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def take(self) -> dict[str, str]:
        """The side that is chosen for each field in which they differ."""
        return {name: side for name, buttons in self.choices.items() for side, each in buttons.items() if each.isChecked()}

    def swap(self) -> None:
        """Let the other one stay; the values chosen are kept."""
        if self.duplicate is not None:
            chosen = {name: turned_side(side) for name, side in self.take().items()}
            self.show_pair(turned(self.duplicate), chosen)

    def _add_row(self, grid: QGridLayout, row: int, field: FieldPair, chosen: str) -> None:
        grid.addWidget(separator(), row, 0, 1, 3)
        about = QVBoxLayout()
        about.setSpacing(1)
        about.addWidget(label(field.label, "week", wrap=True))
        if field.why:
            about.addWidget(label(field.why, "small", wrap=True))
        about.addStretch(1)
        grid.addLayout(about, row + 1, 0)
        group = QButtonGroup(grid.parentWidget())
        buttons = self.choices[field.name] = {}
        sides = sides_of(field, field.name in JOINED)
        texts = side_texts(self.duplicate, field) if self.duplicate else ("", "")
        for column, (side, text) in enumerate(zip(sides, texts, strict=False), start=1):
            choice = Choice(text, f"{field.label} {_SIDE_WORDS[side]}: {text or 'empty'}")
            choice.radio.setToolTip(plain_tip(field.why) if side == field.proposed else "")
            cell = QVBoxLayout()
            cell.setSpacing(4)
            cell.addWidget(choice)
            buttons[side] = choice.radio
            if BOTH in sides and side == SECOND:
                both = Choice("Keep both", f"{field.label} {_SIDE_WORDS[BOTH]}")
                cell.addWidget(both)
                buttons[BOTH] = both.radio
            cell.addStretch(1)
            grid.addLayout(cell, row + 1, column)
        for each in buttons.values():
            group.addButton(each)
        buttons.get(chosen, buttons[FIRST]).setChecked(True)


class Choice(QWidget):
    """A radio button with a text that wraps; a press on the text chooses it too."""

    def __init__(self, text: str, name: str) -> None:
        super().__init__()
        self.radio = QRadioButton()
        self.radio.setAccessibleName(name)
        self.text: QLabel = label(text or "empty", "" if text else "quiet", wrap=True)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.radio, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.text, 1, Qt.AlignmentFlag.AlignTop)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.radio.setChecked(True)
        self.radio.setFocus()
        event.accept()


def _head(account: Account, what: str) -> QWidget:
    card = QFrame()
    card.setObjectName("card")
    lines = QVBoxLayout(card)
    lines.setContentsMargins(12, 8, 12, 8)
    lines.setSpacing(2)
    lines.addWidget(label(what, "heading"))
    lines.addWidget(label(account.name, "title", wrap=True, selectable=True))
    lines.addWidget(label(account.address.one_line or "No address", "quiet", wrap=True, selectable=True))
    lines.addWidget(label(account.crm_id, "small", selectable=True))
    lines.addStretch(1)
    return card


def _common_lines(duplicate: Duplicate) -> list[QWidget]:
    facts = common_facts(duplicate)
    if not facts:
        return []
    lines: list[QWidget] = [separator(), label("THE SAME IN BOTH", "heading")]
    return lines + [label(f"{name}: {text}", "small", wrap=True) for name, text in facts]
