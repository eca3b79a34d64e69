"""The third way in: extracts that are on this laptop, whole, or cut to counties or to an outline."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QVBoxLayout

from planner.errors import UserProblem
from planner.model.areas import Area
from planner.usecases.footprint import build_from_files, county_names, read_area
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, open_file, open_files
from ui.footprint.area_way import AREA_FILES
from ui.footprint.lines import Lines, OnKey
from ui.footprint.order import Order, Way
from ui.footprint.words import extent_words, files_take, is_extract, size_words, title_of
from ui.widgets.parts import button, label, set_role
from ui.words import count

_CUT_OFF = "cut off by the edge of the extract"


class FilesWay(Way):
    """Several extracts are merged; `area_changed` carries the outline they are cut to, or None."""

    area_changed = Signal(object)
    lacking = "Choose one or several extracts."

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self.area: Area | None = None
        self.choose = button("Choose extracts…", "", self._ask)
        self.remove = button("Remove", "", self.remove_chosen)
        self.list = Lines("Extracts", context.theme)
        self.list.setMinimumHeight(58)
        self.list.setMaximumHeight(96)
        self.list.itemActivated.connect(lambda _item: self.ready.emit())
        OnKey(self.list, Qt.Key.Key_Delete, self.remove_chosen)
        self.note = label("", "quiet", wrap=True)
        self.heading = label("ONLY THESE COUNTIES (OPTIONAL)", "heading")
        self.counties = Lines("Counties of the extracts", context.theme)
        self.counties.setMinimumHeight(110)
        self.counties.itemChanged.connect(self._checked)
        self.clip = button("Cut to an outline…", "", self._ask_for_clip)
        self.no_clip = button("All of it", "link", lambda: self._clip(None))
        self.clipped = label("", "quiet", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        for left, right in ((self.choose, self.remove), (self.clip, self.no_clip)):
            row = QHBoxLayout()
            row.setSpacing(8)
            row.addWidget(left)
            row.addWidget(right)
            row.addStretch(1)
            layout.addLayout(row)
            if left is self.choose:
                layout.addWidget(self.list)
                layout.addWidget(self.note)
                layout.addWidget(self.heading)
                layout.addWidget(self.counties, 1)
        layout.addWidget(self.clipped)
        layout.addStretch(0)
        self._show_files()

    @property
    def files(self) -> tuple[Path, ...]:
        """The extracts that are chosen."""
        return tuple(Path(str(file)) for file in self.list.values)

    @property
    def checked(self) -> tuple[str, ...]:
        """The counties that are checked."""
        items = (self.counties.item(row) for row in range(self.counties.count()))
        return tuple(item.text() for item in items if item.checkState() is Qt.CheckState.Checked)

    def order(self) -> Order | None:
        files, counties, area = self.files, self.checked, self.area
        if not files:
            return None
        name = ", ".join(counties) if counties else area.name if area else title_of(files[0])
        return Order(
            name,
            files_take(files),
            lambda workspace, called, report: build_from_files(workspace, files, called, report, area, counties),
        )

    def add_files(self, files: Sequence[Path]) -> None:
        """Add extracts to those chosen; what is no extract by its name is told and left out."""
        wrong = [file.name for file in files if not is_extract(file)]
        for file in files:
            if is_extract(file) and file not in self.files:
                self.list.add(file.name, size_words(file.stat().st_size) if file.is_file() else "", str(file))
        self._show_files()
        if wrong:
            self._say(f"{', '.join(wrong)} is no extract: its name should end in .osm.pbf, .osm, .osm.gz or .osm.bz2.", bad=True)

    def remove_chosen(self) -> None:
        """Take the selected extract out of the list; the last one when none is selected."""
        row = self.list.currentRow()
        self.list.takeItem(row if row >= 0 else self.list.count() - 1)
        self._show_files()

    def read_clip(self, file: Path) -> None:
        """Cut to the outline of a GeoJSON or .poly file."""
        self._context.runner.run(lambda _job: read_area(file), self._clip, self._fail, lane="areas")

    def _ask(self) -> None:
        kinds = "Extracts (*.osm.pbf *.pbf *.osm *.osm.gz *.osm.bz2);;All files (*)"
        self.add_files(open_files(self, self._context.workspace.home, Purpose.ROADS, "Extracts of OpenStreetMap", kinds))

    def _ask_for_clip(self) -> None:
        file = open_file(self, self._context.workspace.home, Purpose.OUTLINES, "Cut to an outline", AREA_FILES)
        if file:
            self.read_clip(file)

    def _show_files(self) -> None:
        files = self.files
        for widget in (self.list, self.remove, self.clip):
            widget.setVisible(bool(files))
        self._show_counties((set(), set()))
        self._clip(None if not files else self.area)
        if not files:
            self._say(
                "Files that end in .osm.pbf, .osm, .osm.gz or .osm.bz2, such as those of download.geofabrik.de. Several become one pack."
            )
            return
        self._say("Looking for counties…")

        def look(_job: object) -> tuple[set[str], set[str]]:
            found = [county_names(file) for file in files]
            whole = {name for names, _ in found for name in names}
            return whole, {name for _, names in found for name in names} - whole

        self._context.runner.run(look, self._show_counties, self._fail, lane="counties", latest=True)

    def _show_counties(self, found: tuple[set[str], set[str]]) -> None:
        whole, cut_off = found
        self.counties.blockSignals(True)
        self.counties.clear()
        for name in sorted(whole):
            item = self.counties.add(name, "", name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        for name in sorted(cut_off):
            self.counties.add(name, _CUT_OFF, name).setFlags(Qt.ItemFlag.NoItemFlags)
        self.counties.blockSignals(False)
        self.heading.setText("ONLY THESE COUNTIES (OPTIONAL)" if whole else "ITS COUNTIES, NONE OF THEM WHOLE")
        for widget in (self.heading, self.counties):
            widget.setVisible(bool(whole or cut_off))
        total = len(self.files)
        self._say("" if total < 2 else f"{count(total, 'extract')} become one pack.")
        self.changed.emit()

    def _checked(self, _item: QListWidgetItem) -> None:
        if self.checked and self.area is not None:
            self._clip(None)
        self.changed.emit()

    def _clip(self, area: Area | None) -> None:
        self.area = area
        self.clipped.setText(f"Cut to {area.name} · {extent_words(area, self._context.desk.units)}" if area else "")
        for widget in (self.clipped, self.no_clip):
            widget.setVisible(area is not None)
        if area is not None:
            for row in range(self.counties.count()):
                if self.counties.item(row).checkState() is Qt.CheckState.Checked:
                    self.counties.item(row).setCheckState(Qt.CheckState.Unchecked)
        self.area_changed.emit(area)
        self.changed.emit()

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._say(str(error), bad=True)
        else:
            show_error(error, self)

    def _say(self, text: str, *, bad: bool = False) -> None:
        self.note.setText(text)
        set_role(self.note, "bad" if bad else "quiet")
        self.note.setVisible(bool(text))
