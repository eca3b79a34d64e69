"""Asks for one word: an owner, a tag."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.parts import button, label

_WIDTH = 360


class AskWord(QDialog):
    """Offers the words in use and takes any other; runs something with it when its button is pressed or Enter."""

    def __init__(self, title: str, name: str, known: Sequence[str], action: str, run: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Roadbook")
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
        no = button("Cancel", "", self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        layout.addWidget(label(title, "title", wrap=True))
        caption = label(name, "quiet")
        caption.setBuddy(self.word)
        layout.addWidget(caption)
        layout.addWidget(self.word)
        layout.addSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.yes)
        row.addWidget(no)
        layout.addLayout(row)
        self.word.setFocus()
