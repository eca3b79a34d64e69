"""The arrangement of panels around the one map: a list on the left, a board or table below, details on the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from planner.values import Struct
from ui.geometry import Geometry

LEAST_MAP_PX = 400


class Arrangement(Struct, frozen=True):
    """Which panels a page has around the map, how wide they are at first (pixels; 0 = what is left), and the share of the height below."""

    left: QWidget | None = None
    below: QWidget | None = None
    details: bool = False
    across: tuple[int, int, int] = (292, 0, 300)
    below_share: float = 0.5


class Workplace(QWidget):
    """Shows one arrangement at a time. The map stays where it is, and each page's divisions are remembered."""

    def __init__(self, map_view: QWidget, details: QWidget, pages: dict[str, Arrangement], geometry: Geometry) -> None:
        super().__init__()
        self._pages = pages
        self._geometry = geometry
        self._page = ""
        self._hidden: set[tuple[str, str]] = set()
        self._widened_px: int | None = None
        self._aside: set[tuple[str, str]] = set()
        self._left, self._below, self._details = _Pages(), _Pages(), details
        self._down = _splitter(Qt.Orientation.Vertical, map_view, self._below, grows=0)
        self._across = _splitter(Qt.Orientation.Horizontal, self._left, self._down, details, grows=1)
        for arrangement in pages.values():
            if arrangement.left is not None:
                self._left.addWidget(arrangement.left)
            if arrangement.below is not None:
                self._below.addWidget(arrangement.below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._across)

    def show_page(self, page: str) -> None:
        """Arrange the panels of a page."""
        if page == self._page:
            return
        self.keep_sizes()
        self._page = page
        arrangement = self._pages[page]
        if arrangement.left is not None:
            self._left.setCurrentWidget(arrangement.left)
        if arrangement.below is not None:
            self._below.setCurrentWidget(arrangement.below)
        self._show_panels()
        self._divide()

    def toggle(self, panel: str) -> None:
        """Hide or show "left", "below" or "details" on the page on show."""
        if (self._page, panel) in self._aside:
            self._aside.remove((self._page, panel))
            self._hidden.discard((self._page, panel))
        else:
            self._hidden ^= {(self._page, panel)}
        self._show_panels()

    def put_aside(self, page: str, panel: str, *, aside: bool) -> None:
        """Hide a panel of a page while its room is needed, whatever is chosen otherwise; `toggle` brings it back before that."""
        (self._aside.add if aside else self._aside.discard)((page, panel))
        if self._page:
            self._show_panels()

    def keep_sizes(self) -> None:
        """Remember how the page on show is divided."""
        if self._page and self.isVisible() and self._widened_px is None:
            for name, splitter in (("across", self._across), ("down", self._down)):
                if all(splitter.sizes()):
                    self._geometry.keep_sizes(f"{self._page} {name}", splitter.sizes())

    def widen_left(self, width_px: int | None) -> None:
        """Give the left panel so much of the width, and all where too little is left for the map; None divides the page as it was."""
        if width_px is not None:
            self.keep_sizes()
        self._widened_px = width_px
        self._down.show()
        self._show_panels()
        self._divide()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        if self._widened_px is not None:
            self._divide()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        # Sizes given before the window has its own are scaled; once it is shown they hold.
        if self._page:
            self._divide()

    def _divide(self) -> None:
        arrangement = self._pages[self._page]
        if self._widened_px is not None:
            self._left.show()
            self._down.setVisible(self.width() >= self._widened_px + LEAST_MAP_PX)
            self._across.setSizes([self._widened_px, max(0, self.width() - self._widened_px), 0])
            return
        self._across.setSizes(self._geometry.sizes(f"{self._page} across", _filled(arrangement.across, self.width())))
        below = round(self.height() * arrangement.below_share)
        self._down.setSizes(self._geometry.sizes(f"{self._page} down", (self.height() - below, below)))

    def _show_panels(self) -> None:
        arrangement = self._pages[self._page]
        for name, widget, wanted in (
            ("left", self._left, arrangement.left is not None),
            ("below", self._below, arrangement.below is not None),
            ("details", self._details, arrangement.details),
        ):
            widget.setVisible(wanted and (self._page, name) not in self._hidden | self._aside)


class _Pages(QStackedWidget):
    """Needs the room that the page on show needs, whatever the hidden ones would."""

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        page = self.currentWidget()
        return page.minimumSizeHint().expandedTo(page.minimumSize()) if page is not None else super().minimumSizeHint()


def _filled(sizes: tuple[int, ...], total: int) -> list[int]:
    """The panels give way in a small window; the map takes what is left."""
    fixed = [round(size * min(1.0, 0.25 + total / 1830)) for size in sizes]
    return [size or max(total - sum(fixed), 200) for size in fixed]


def _splitter(orientation: Qt.Orientation, *widgets: QWidget, grows: int) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setHandleWidth(3)
    splitter.setChildrenCollapsible(False)
    for number, widget in enumerate(widgets):
        splitter.addWidget(widget)
        splitter.setStretchFactor(number, int(number == grows))
    return splitter
