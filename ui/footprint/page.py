"""The Footprint page: three ways in on the left, the outlines beside them, and the packs of this laptop below."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.model.accounts import Account
from planner.model.areas import Area
from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from ui.context import AppContext
from ui.footprint.area_way import AreaWay
from ui.footprint.backdrop import Backdrop
from ui.footprint.commands import RoadCommands
from ui.footprint.files_way import FilesWay
from ui.footprint.order import Way
from ui.footprint.packs_panel import PacksPanel
from ui.footprint.picture import OutlinePicture
from ui.footprint.region_way import RegionWay
from ui.footprint.start import StartPanel
from ui.icons import icon
from ui.settings.first_step import StepBanner
from ui.widgets.parts import EmptyState, button, label, separator
from ui.widgets.scrolled import Scrolled

_LEFT_PX, _PACKS_PX = 400, 210


class FootprintPage(QWidget):
    """Puts its panels together; `closed` when the user is through with it."""

    closed = Signal()

    def __init__(self, context: AppContext, commands: RoadCommands, next_step: QAction) -> None:
        super().__init__()
        self._context = context
        self.picture = OutlinePicture(context.theme)
        self.backdrop = Backdrop(context, self.picture)
        self.regions = RegionWay(context)
        self.areas = AreaWay(context)
        self.files = FilesWay(context)
        self.nothing = EmptyState(
            "No map on this laptop yet",
            "Choose your state or region on the left and press Start: it is downloaded once, and from then on nothing needs a network. "
            "Or take an area by its name, or files that you have.",
            button("Get the list of regions", "", self._get_regions),
        )
        self.start = StartPanel(context.workspace.home, commands.build, next_step)
        self.packs = PacksPanel(context, commands)
        self.step = StepBanner(2, "the map of your area, onto this laptop.", context.bus, self._leave_step)
        self._next_step = next_step
        self.ways: tuple[tuple[Way, str, str], ...] = (
            (self.regions, "A region", "map"),
            (self.areas, "An area", "territory"),
            (self.files, "Files here", "import"),
        )
        self.tabs = [self._tab(way, text) for way, text, _ in self.ways]
        self._assemble()
        self._connect()
        self._tint()
        self.tabs[0].setChecked(True)
        self._turn_to(self.regions)

    @property
    def way(self) -> Way:
        """The way in that is on show."""
        return next(way for tab, (way, _, _) in zip(self.tabs, self.ways, strict=True) if tab.isChecked())

    def _leave_step(self, action: str) -> None:
        if action == "import":
            self._next_step.trigger()
        else:
            self.closed.emit()

    def begin(self) -> None:
        """Put the focus where one begins."""
        if not self.start.is_working:
            next(tab for tab in self.tabs if tab.isChecked()).setFocus()

    def add_files(self, files: Sequence[Path]) -> None:
        """Turn to the files, with these among them."""
        self.tabs[2].click()
        self.files.add_files(files)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self.areas.draw.isChecked():
            self.areas.draw.setChecked(False)
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def _tab(self, way: Way, text: str) -> QToolButton:
        tab = QToolButton()
        tab.setText(text)
        tab.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        tab.setIconSize(QSize(20, 20))
        tab.setProperty("role", "rail")
        tab.setCheckable(True)
        tab.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        tab.setFixedHeight(54)
        tab.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        tab.clicked.connect(lambda _checked=False: self._turn_to(way))
        return tab

    def _assemble(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 16)
        column.setSpacing(8)
        title = QHBoxLayout()
        title.addWidget(label("Footprint", "title"), 1)
        title.addWidget(button("Close", "link", self.closed.emit))
        column.addLayout(title)
        column.addWidget(
            label(
                "Roads, addresses and map of your area, onto this laptop once. From then on nothing needs a network.",
                "quiet",
                wrap=True,
            )
        )
        tabs = QHBoxLayout()
        tabs.setSpacing(6)
        group = QButtonGroup(self)
        for tab in self.tabs:
            group.addButton(tab)
            tabs.addWidget(tab, 1)
        column.addLayout(tabs)
        for way, _, _ in self.ways:
            column.addWidget(way, 1)
        column.addWidget(separator())
        column.addWidget(self.start)
        scroll = Scrolled(inside)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        side = QFrame()
        side.setObjectName("side")
        side.setFixedWidth(_LEFT_PX)
        around = QVBoxLayout(side)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.picture, 1)
        right.addWidget(self.nothing, 1)
        self.packs.setFixedHeight(_PACKS_PX)
        right.addWidget(self.packs)
        across = QHBoxLayout()
        across.setSpacing(0)
        across.addWidget(side)
        across.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.step)
        whole.addLayout(across, 1)

    def _connect(self) -> None:
        for way, _, _ in self.ways:
            way.changed.connect(lambda way=way: self._show_order(way))
            way.ready.connect(self.start.begin)
        self.regions.found.connect(self._show_regions)
        self.regions.chosen.connect(self.picture.choose)
        self.areas.draw_wanted.connect(self._draw)
        for way in (self.areas, self.files):
            way.area_changed.connect(lambda area, way=way: self._show_area(way, area))
        self.picture.picked.connect(self.regions.choose)
        self.picture.drawn.connect(self.areas.take_drawn)
        self.picture.corners_changed.connect(self.areas.show_corners)
        self.packs.packs_shown.connect(self._show_packs)
        self._context.bus.accounts_shown.connect(self._show_accounts)
        self._context.theme.changed.connect(self._tint)
        self._show_accounts(self._context.desk.accounts)
        if self._context.desk.loaded:
            self.step.begin(self._context.desk.accounts, self._context.desk.pack)

    def _turn_to(self, way: Way) -> None:
        self.areas.draw.setChecked(False)
        for each, _, _ in self.ways:
            each.setVisible(each is way)
        self._show_ground(way)
        self._show_area(way, getattr(way, "area", None))
        self._show_order(way)

    def _get_regions(self) -> None:
        self.tabs[0].click()
        self.regions.load()

    def _show_nothing(self) -> None:
        """While there is nothing in the picture its place says what to do."""
        self.picture.setVisible(not self.picture.is_empty)
        self.nothing.setVisible(self.picture.is_empty)

    def _show_order(self, way: Way) -> None:
        if way is self.way:
            self.start.show_order(way.order(), way.lacking)

    def _show_ground(self, way: Way) -> None:
        choosing = way is self.regions
        self.picture.show_regions(self.regions.states() | (self.regions.outlines() if choosing else {}), pickable=choosing)
        self._show_nothing()

    def _show_regions(self, regions: dict[str, Area], searched: bool) -> None:
        self._show_ground(self.way)
        self.picture.look_at(tuple(regions.values()) if searched else ())

    def _show_area(self, way: Way, area: Area | None) -> None:
        if way is self.way:
            self.picture.show_area(area)
            self._show_nothing()
            if area is not None:
                self.picture.look_at((area,))

    def _draw(self, on: bool) -> None:
        self.picture.draw(on)
        self._show_nothing()
        if on:
            self.picture.setFocus()

    def _show_packs(self, packs: Sequence[RoadPack]) -> None:
        areas = [pack.origin.area or _box(pack.bounds) for pack in packs]
        self.picture.show_packs(areas)
        self._show_nothing()
        if areas and not self.picture.has_regions:
            self.picture.look_at(areas)

    def _show_accounts(self, accounts: dict[int, Account]) -> None:
        self.picture.show_dots([account.place for account in accounts.values() if account.place is not None])
        self._show_nothing()

    def _tint(self) -> None:
        colours = self._context.theme.colours
        for tab, (_, _, name) in zip(self.tabs, self.ways, strict=True):
            tab.setIcon(icon(name, colours.quiet, colours.accent))
        self.nothing.set_icon(icon("map", colours.accent))


def _box(bounds: Bounds) -> Area:
    south, west, north, east = bounds.south, bounds.west, bounds.north, bounds.east
    return Area("", ((LatLon(south, west), LatLon(south, east), LatLon(north, east), LatLon(north, west)),))
