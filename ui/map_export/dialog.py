"""How the view of the map is to be written: as a picture of a size, or on a page."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from ui.map_export.files import Page, Paper
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label
from ui.words import number

PAPERS = {Paper.LETTER: "Letter", Paper.TABLOID: "Tabloid", Paper.A4: "A4", Paper.A3: "A3"}
SCALES = {1: "As on screen", 2: "Twice as fine", 3: "Three times as fine"}
_WIDTH = 460
_ABOUT = {
    "png": "The map as it is on screen, with legend, scale and map credits.",
    "pdf": "Lines and names stay sharp at any size. Legend, scale and map credits are on the page.",
}


class MapExportDialog(QDialog):
    """Asks for what a form ("png" or "pdf") needs; where to is asked afterwards."""

    def __init__(self, form: str, view_size: QSize, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Map as picture" if form == "png" else "Map as PDF")
        self._form = form
        self.scale = QComboBox()
        for factor, name in SCALES.items():
            self.scale.addItem(f"{name}: {number(view_size.width() * factor)} × {number(view_size.height() * factor)} pixels", factor)
        self.scale.setCurrentIndex(1)
        self.scale.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.scale.setMinimumContentsLength(20)
        self.paper = QComboBox()
        for paper, name in PAPERS.items():
            self.paper.addItem(name, paper)
        self.orientation = QComboBox()
        self.orientation.addItem("Landscape", userData=True)
        self.orientation.addItem("Portrait", userData=False)
        if view_size.height() > view_size.width():
            self.orientation.setCurrentIndex(1)
        self.title = QLineEdit(title)
        self.title.setMaxLength(120)
        self.save = button("Save as…", "primary", self.accept)
        self.save.setDefault(True)
        self._arrange()
        fit_height(self, _WIDTH)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(label("Export the map as a picture" if self._form == "png" else "Export the map as a PDF", "title", wrap=True))
        column.addWidget(label(_ABOUT[self._form], wrap=True))
        fields = QFormLayout()
        fields.setVerticalSpacing(8)
        rows = {"Size": self.scale} if self._form == "png" else {"Title": self.title, "Paper": self.paper, "Orientation": self.orientation}
        for name, field in rows.items():
            field.setAccessibleName(name)
            fields.addRow(label(name), field)
        column.addLayout(fields)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.save)
        row.addWidget(button("Cancel", "", self.reject))
        column.addLayout(row)

    @property
    def ratio(self) -> float:
        """Pixels of the picture for each of the window's."""
        return float(self.scale.currentData())

    @property
    def page(self) -> Page:
        """The page."""
        return Page(self.paper.currentData(), self.orientation.currentData(), self.title.text().strip())
