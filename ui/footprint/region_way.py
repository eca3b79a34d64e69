"""The first way in: a region of the list, downloaded."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from planner.errors import UserProblem
from planner.model.areas import Area
from planner.model.regions import Region
from planner.usecases.footprint import build_from_region, find_regions, kept_regions, list_regions
from ui.context import AppContext
from ui.errors import show_error
from ui.footprint.lines import VALUE, Lines, OnKey
from ui.footprint.order import Order, Way
from ui.footprint.words import PACK_PER_EXTRACT, extent_words, names_in
from ui.widgets.parts import button, label

_UNASKED = "The list of regions comes from a public server of map data, once; nothing of yours is sent."


class RegionWay(Way):
    """A list that is searched as one types; `found` tells the regions it shows and whether they were searched for.

    No server is asked before a button is pressed.
    """

    found = Signal(object, bool)
    chosen = Signal(str)
    lacking = "Choose a region of the list or of the map."

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._regions: tuple[Region, ...] = ()
        self._shown: dict[str, Region] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText("Search: Pennsylvania, PA…")
        self.search.setAccessibleName("Search regions")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._choose_first)
        OnKey(self.search, Qt.Key.Key_Down, self._choose_first)
        self.list = Lines("Regions", context.theme)
        self.list.setMinimumHeight(120)
        self.list.currentItemChanged.connect(lambda *_items: self._tell_chosen())
        self.list.itemActivated.connect(lambda _item: self.ready.emit())
        self.note = label("", "quiet", wrap=True)
        self.again = button("", "", self.load)
        self.counties = QLineEdit()
        self.counties.setPlaceholderText("All of it, or: Centre, Mifflin")
        self.counties.setAccessibleName("Only these counties, separated by commas")
        self.counties.textChanged.connect(lambda _text: self.changed.emit())
        self.counties.returnPressed.connect(self.ready.emit)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.search)
        layout.addWidget(self.note)
        layout.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.list, 1)
        layout.addSpacing(4)
        layout.addWidget(label("Only these counties (optional)"))
        layout.addWidget(self.counties)
        self._say("")

    @property
    def region(self) -> Region | None:
        """The region that is chosen."""
        item = self.list.currentItem()
        return self._shown.get(item.data(VALUE)) if item is not None else None

    def order(self) -> Order | None:
        region, counties = self.region, names_in(self.counties.text())
        if region is None:
            return None
        name = f"{', '.join(counties)}, {region.name}" if counties else region.name
        extent = f" ({extent_words(region.outline, self._context.desk.units)})" if region.outline and not counties else ""
        return Order(
            name,
            f"{region.name}{extent} is downloaded; its size shows as that begins. A pack takes some {PACK_PER_EXTRACT} times as much.",
            lambda workspace, called, report: build_from_region(workspace, region, called, report, counties=counties),
        )

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if not self._regions:
            workspace = self._context.workspace
            self._context.runner.run(lambda _job: kept_regions(workspace), self._show_kept, self._fail, lane="regions", latest=True)

    def load(self) -> None:
        """Ask for the list of regions; the one kept on this laptop serves for a day, and when there is no network."""
        self._say("Reading the list of regions…")
        self._context.runner.run(
            lambda job: list_regions(self._context.workspace, job.report), self._show, self._fail, lane="regions", latest=True
        )

    def choose(self, key: str) -> None:
        """Choose a region by its id, also one that the search has left out."""
        if key not in self._shown:
            self.search.clear()
        for row in range(self.list.count()):
            if self.list.item(row).data(VALUE) == key:
                self.list.setCurrentRow(row)

    def outlines(self) -> dict[str, Area]:
        """The outlines of the regions that the list shows, by id."""
        return {key: region.outline for key, region in self._shown.items() if region.outline is not None}

    def states(self) -> dict[str, Area]:
        """The outlines of the states of the US, to find one's way by."""
        return {one.id: one.outline for one in self._regions if one.outline is not None and one.iso.startswith("US-")}

    def _show_kept(self, regions: tuple[Region, ...]) -> None:
        if regions:
            self._show(regions)
        else:
            self._say(_UNASKED, press="Get the list of regions")

    def _show(self, regions: tuple[Region, ...]) -> None:
        self._regions = regions
        self._say("")
        self._search(self.search.text())

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._say(f"{error} The other two ways in need no list.", press="Try again")
        else:
            show_error(error, self)

    def _say(self, text: str, *, press: str = "") -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))
        self.again.setText(press)
        self.again.setVisible(bool(press))

    def _search(self, text: str) -> None:
        kept = self.region
        found = find_regions(self._regions, text)
        self._shown = {region.id: region for region in found}
        self.list.blockSignals(True)
        self.list.clear()
        for region in found:
            self.list.add(region.name, region.full_name.rpartition(" / ")[0], region.id)
        self.list.blockSignals(False)
        if self._regions and not found:
            self._say(f"No region is called “{text.strip()}”. Try its state, or get an area by name.")
        elif self._regions:
            self._say("")
        if kept is not None and kept.id in self._shown:
            self.choose(kept.id)
        self.found.emit(self.outlines(), bool(text.strip()))
        self._tell_chosen()

    def _choose_first(self) -> None:
        if self.list.count():
            if self.region is None:
                self.list.setCurrentRow(0)
            self.list.setFocus()

    def _tell_chosen(self) -> None:
        self.chosen.emit(self.region.id if self.region else "")
        self.changed.emit()
