"""The small panel that switches the map's layers."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from planner.usecases.account_colours import ColourBy
from planner.values import replace
from ui.map_layers.choice import MapChoice
from ui.widgets.parts import label, separator

COLOURS = {
    ColourBy.KIND: "Kind",
    ColourBy.OWNER: "Owner",
    ColourBy.TIER: "Tier",
    ColourBy.STAGE: "Stage of the deal",
    ColourBy.DUE: "When due",
    ColourBy.VALUE: "Value of a visit",
}
LAYERS = {
    "territories": ("Territories", "Where each owner's accounts are"),
    "zips": ("ZIP areas", "Where each ZIP is, from the addresses of the map"),
    "heat": ("Heat of potential", "Where open deals and large prospects are"),
}
ELSE = {
    "other_days": ("Other days of the plan", "The drives of the whole week, not only of one day"),
    "merged": ("Merge pins that are close", "One number for many pins where they would hide each other"),
    "legend": ("Legend", "What shapes and colors mean"),
}


class LayersPanel(QFrame):
    """Opens below its button and closes by itself; `chosen` carries the whole choice whenever something of it changes."""

    chosen = Signal(object)

    def __init__(self, choice: MapChoice, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("card")
        self.setAccessibleName("Layers of the map")
        self._choice = choice
        self.colour = QComboBox()
        self.colour.setAccessibleName("Color pins by")
        for by, name in COLOURS.items():
            self.colour.addItem(name, by)
        self.boxes = {key: _box(*told) for key, told in (LAYERS | ELSE).items()}
        self._arrange()
        self.show_choice(choice)
        self.colour.currentIndexChanged.connect(lambda _index: self._tell(colour=ColourBy(self.colour.currentData())))
        for key, box in self.boxes.items():
            box.toggled.connect(lambda on, key=key: self._tell(**{key: on}))

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        title = label("Color pins by")
        title.setBuddy(self.colour)
        row.addWidget(title)
        row.addWidget(self.colour, 1)
        column.addLayout(row)
        for group in (LAYERS, ELSE):
            column.addWidget(separator())
            for key in group:
                column.addWidget(self.boxes[key])

    @property
    def choice(self) -> MapChoice:
        """What is chosen."""
        return self._choice

    def show_choice(self, choice: MapChoice) -> None:
        """Show a choice that was made elsewhere; tells nobody."""
        self._choice = choice
        widgets = (self.colour, *self.boxes.values())
        for widget in widgets:
            widget.blockSignals(True)
        self.colour.setCurrentIndex(list(COLOURS).index(choice.colour))
        for key, box in self.boxes.items():
            box.setChecked(getattr(choice, key))
        for widget in widgets:
            widget.blockSignals(False)

    def _tell(self, **changed: Any) -> None:
        self._choice = replace(self._choice, **changed)
        self.chosen.emit(self._choice)


def _box(text: str, about: str) -> QCheckBox:
    made = QCheckBox(text)
    made.setToolTip(about)
    made.setAccessibleDescription(about)
    return made
