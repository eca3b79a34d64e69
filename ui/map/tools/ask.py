"""Asks for one word: an owner, a tag."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from ui.dialogs.frame import button_row, column_of
from ui.widgets.parts import button, label

_WIDTH = 360


class AskWord(QDialog):
    """Offers the words in use and takes any other; runs something with it when its button is pressed or Enter."""

    def __init__(self, title: str, name: str, known: Sequence[str], action: str, run: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH)
        self.word = QComboBox()
        self.word.setEditable(True)
        self.word.addItems(list(known))
        self.word.setCurrentText("")
        self.word.setAccessibleName(name)
        self.yes = button(action, "primary", self.accept)
        self.yes.setDefault(True)
        self.yes.setEnabled(False)
        self.word.currentTextChanged.connect(lambda text: self.yes.setEnabled(bool(text.strip())))
        self.accepted.connect(lambda: run(self.word.currentText().strip()))
        caption = label(name, "quiet")
        caption.setBuddy(self.word)
        column = column_of(self, title, window_title="Roadbook")
        column.addWidget(caption)
        column.addWidget(self.word)
        column.addSpacing(6)
        column.addLayout(button_row(self.yes, button("Cancel", "", self.reject)))
        self.word.setFocus()
