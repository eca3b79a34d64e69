"""The second way in: an area by its name, drawn on the picture, or read from a file."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidgetItem, QVBoxLayout

from planner.errors import UserProblem
from planner.model.areas import Area
from planner.usecases.footprint import build_from_area, find_areas, read_area
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, open_file
from ui.footprint.lines import LINE_PX, VALUE, Lines
from ui.footprint.order import Order, Way
from ui.footprint.words import extent_words, short_name
from ui.widgets.parts import button, label, set_role
from ui.words import count

AREA_FILES = "Outlines (*.geojson *.json *.poly);;All files (*)"
_HOW_TO_DRAW = "Click the corners on the map; double-click closes. Backspace takes one back, Esc all. Keys: arrows, Space, Enter."


class AreaWay(Way):
    """`area_changed` carries the Area that is chosen or None, `draw_wanted` whether the user wants to draw on the picture."""

    area_changed = Signal(object)
    draw_wanted = Signal(bool)
    lacking = "Find an area by its name, draw it, or read it from a file."

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.area: Area | None = None
        self.name = QLineEdit()
        self.name.setPlaceholderText("Centre County, Pennsylvania")
        self.name.setAccessibleName("Name of the area")
        self.name.returnPressed.connect(self.look_for)
        self.find_button = button("Find", "", self.look_for)
        self.list = Lines("Areas found", context.theme)
        self.list.currentItemChanged.connect(self._choose)
        self.list.itemActivated.connect(lambda _item: self.ready.emit())
        self.draw = button("Draw on the map")
        self.draw.setCheckable(True)
        self.draw.toggled.connect(self._draw)
        self.from_file = button("From a file…", "", self._ask_for_file)
        self.note = label("", "quiet", wrap=True)
        self.shown = label("", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for pair in ((self.name, self.find_button), (self.draw, self.from_file)):
            row = QHBoxLayout()
            row.setSpacing(8)
            for index, widget in enumerate(pair):
                row.addWidget(widget, 0 if index else 1)
            layout.addLayout(row)
            if self.find_button in pair:
                layout.addWidget(self.list)
                layout.addWidget(label("or", "quiet"), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.note)
        layout.addSpacing(4)
        layout.addWidget(self.shown)
        layout.addStretch(1)
        self.list.hide()
        self._say("")

    def order(self) -> Order | None:
        area = self.area
        if area is None:
            return None
        return Order(
            short_name(area.name),
            f"{extent_words(area, self._context.desk.units)}, asked for piece by piece from a public server: minutes for a county.",
            lambda workspace, called, report: build_from_area(workspace, area, called, report),
        )

    def look_for(self) -> None:
        """Ask for the areas of the name that is written."""
        text = self.name.text().strip()
        if not text:
            self._say("Write a name first, such as Centre County, Pennsylvania.", bad=True)
            return
        self.draw.setChecked(False)
        self.find_button.setEnabled(False)
        self._say("Looking for it…")
        workspace = self._context.workspace
        job = self._context.runner.run(
            lambda job: find_areas(workspace, text, job.report), self._show, self._fail, label=f"Looking for {text}", lane="areas"
        )
        job.cancelled.connect(lambda: self._say(""))
        job.ended.connect(lambda: self.find_button.setEnabled(True))

    def take(self, area: Area | None) -> None:
        """Choose an area that was found, drawn or read."""
        self.area = area
        self.draw.setChecked(False)
        self.shown.setText(f"{area.name} · {extent_words(area, self._context.desk.units)}" if area else "")
        self.area_changed.emit(area)
        self.changed.emit()

    def take_drawn(self, area: Area) -> None:
        """Choose the area that was drawn."""
        self.list.hide()
        self._say("")
        self.take(area)

    def read_file(self, file: Path) -> None:
        """Choose the area of a GeoJSON or .poly file."""
        self.list.hide()
        self._say("")
        self._context.runner.run(lambda _job: read_area(file), self.take, self._fail, lane="areas")

    def show_corners(self, number: int) -> None:
        """Say how many corners are drawn."""
        more = "" if number > 2 else " An area needs three."
        self._say(f"{count(number, 'corner')}.{more} {_HOW_TO_DRAW}" if number else _HOW_TO_DRAW)

    def _show(self, areas: tuple[Area, ...]) -> None:
        self.list.clear()
        for area in areas:
            self.list.add(area.name, "", area)
        self.list.setFixedHeight(LINE_PX * min(5, len(areas)) + 4)
        self.list.setVisible(len(areas) > 1)
        self._say(f"{len(areas)} areas are called so; choose one." if len(areas) > 1 else "")
        self.list.setCurrentRow(0)
        if len(areas) > 1:
            self.list.setFocus()

    def _choose(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None:
            self.take(item.data(VALUE))

    def _draw(self, on: bool) -> None:
        if on:
            self.list.hide()
            self.take_nothing()
        self._say(_HOW_TO_DRAW if on else "")
        self.draw_wanted.emit(on)

    def take_nothing(self) -> None:
        """Forget the area that was chosen."""
        self.area = None
        self.shown.clear()
        self.area_changed.emit(None)
        self.changed.emit()

    def _ask_for_file(self) -> None:
        file = open_file(self, self._context.workspace.home, Purpose.OUTLINES, "An outline from a file", AREA_FILES)
        if file:
            self.read_file(file)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._say(str(error), bad=True)
        else:
            self._say("")
            show_error(error, self)

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.note.setText(text)
        set_role(self.note, "bad" if bad else "quiet")
        self.note.setVisible(bool(text))
