"""Asks under which name a way of reading files is kept."""

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from ui.dialogs.frame import button_row, column_of
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label

_WIDTH = 440
_LONGEST = 60


class PresetName(QDialog):
    """Runs something with the name; Save waits for one."""

    def __init__(self, name: str, save: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        self.name = QLineEdit(name[:_LONGEST])
        self.name.setAccessibleName("Name")
        self.name.setMaxLength(_LONGEST)
        self.name.selectAll()
        self.save = button("Save", "primary", self.accept)
        self.save.setDefault(True)
        self.accepted.connect(lambda: save(self.name.text().strip()))
        column = column_of(self, "Save how these columns are read")
        column.addWidget(label("Files with the same columns are read like this from then on.", "quiet", wrap=True))
        column.addWidget(self.name)
        column.addLayout(button_row(self.save, button("Cancel", "", self.reject)))
        self.name.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.save.setEnabled(bool(name.strip()))
        self.name.setFocus()
        fit_height(self, _WIDTH)
