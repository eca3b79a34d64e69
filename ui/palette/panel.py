"""The panel of the search: one field, and beneath it what its text may mean. It lies over the window and is worked by keys alone."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from planner.usecases.find_anything import Thing
from ui.palette.delegate import FoundDelegate, heading_px, row_px
from ui.palette.finder import Finder, Section
from ui.palette.rows import FoundModel, spoken
from ui.style import Theme
from ui.widgets.parts import label, separator
from ui.widgets.with_type import keep_height

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH_PX, _TOP_PX, _SHADOW_PX, _CORNER_PX = 640, 56, 18, 10
_HIGHEST = 0.72  # of the window
_PAGE_ROWS = 6
_OWN_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape})
_KEYS = "↑ ↓ choose   ·   Tab next group   ·   Enter open   ·   Esc close"
_KEYS_WITH_NEAR = "↑ ↓ choose   ·   Tab next group   ·   Enter open   ·   Ctrl+Enter accounts near it"
_NOTHING = "Nothing found. Try fewer letters, or the street."
_LOOKING = "Looking addresses up…"


class PalettePanel(QWidget):
    """Child of the window it lies over; `chosen` tells the thing, after the panel is gone and the focus is back where it was."""

    chosen = Signal(object)

    def __init__(self, finder: Finder, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._finder = finder
        self._theme = theme
        self._window = window
        self._focus_before: QWidget | None = None
        self._places: tuple[Thing, ...] = ()
        self._waiting = False  # for places
        self._enter_pressed = False  # while there was nothing yet
        self._near = False
        self.field = QLineEdit()
        self.field.setPlaceholderText("Search or do anything")
        self.field.setAccessibleName("Search accounts, addresses, actions, weeks, reps, pages and settings")
        self.field.setProperty("role", "find")
        keep_height(self.field, 30)
        self.model = FoundModel(self)
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(FoundDelegate(theme, self.list))
        self.list.setStyleSheet("QListView { background: transparent; }")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName("Found")
        self.told = label("", "quiet")
        self.told.setContentsMargins(_SHADOW_PX, 10, _SHADOW_PX, 12)
        self.keys = label(_KEYS, "small")
        self.keys.setContentsMargins(18, 0, 18, 0)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SHADOW_PX, _SHADOW_PX + 8, _SHADOW_PX, _SHADOW_PX + 8)
        layout.setSpacing(6)
        top = QVBoxLayout()
        top.setContentsMargins(18, 0, 18, 0)
        top.addWidget(self.field)
        layout.addLayout(top)
        layout.addWidget(separator())
        layout.addWidget(self.list, 1)
        layout.addWidget(self.told)
        layout.addWidget(separator())
        layout.addWidget(self.keys)
        self.field.textChanged.connect(lambda _text: self._look())
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self.list.selectionModel().currentChanged.connect(lambda now, _before: self._describe(now))
        finder.refreshed.connect(self._refresh)
        finder.places_found.connect(self._add_places)
        window.installEventFilter(self)
        theme.changed.connect(self.update)

    def open(self, text: str = "") -> None:
        """Show the panel with what was typed so far in its field; when it is open already, all of the text is selected."""
        if self.isVisible():
            self.field.selectAll()
            return
        self._focus_before = QApplication.focusWidget()
        self._finder.prepare()
        self.field.setText(text)
        self._look()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.end(False)  # a field that gets the focus by a key selects all it has

    def shut(self) -> None:
        """Go away; the focus goes back to where it was."""
        before, self._focus_before = self._focus_before, None
        self.hide()
        if before is not None:
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look(self) -> None:
        self._near = self._enter_pressed = False
        self._places = ()
        self._show(self._finder.sections(self.field.text()))
        self._waiting = self._finder.ask_places(self.field.text())
        self._fit()

    def _refresh(self) -> None:
        """More is known now: show it, and stay at what is chosen."""
        if self.isVisible() and not self._near:
            self._show_again(self.list.currentIndex().row())
            self._fit()

    def _show_again(self, row: int) -> None:
        """Show what is known now, with the thing of a row chosen if it is still there; the first one otherwise."""
        text, chosen = self.field.text(), self.model.thing(row)
        self._show(self._finder.with_places(text, self._finder.sections(text), self._places))
        row = self.model.row_of(chosen) if chosen is not None else -1
        if row >= 0:
            self._move_to(row)

    def _show(self, sections: list[Section]) -> None:
        self.model.show(sections)
        self._move_to(self.model.choices[0] if self.model.choices else -1)
        self._describe(self.list.currentIndex())

    def _add_places(self, text: str, places: list[Thing]) -> None:
        if not self.isVisible() or self._near or text != self.field.text().strip() or not self._waiting:
            return
        self._waiting = False
        self._places = tuple(places)
        if places:
            row = self.list.currentIndex().row()
            self._show_again(-1 if row in self.model.choices[:1] else row)  # who has not moved yet means the best one
        self._fit()
        if self._enter_pressed:
            self._choose(self.list.currentIndex().row())

    def _show_near(self) -> None:
        thing = self.model.thing(self.list.currentIndex().row())
        sections = self._finder.near(thing) if thing is not None else []
        if sections:
            self._near = True
            self._show(sections)
            self._fit()

    def _choose(self, row: int) -> None:
        thing = self.model.thing(row)
        if thing is None:
            self._enter_pressed = self._waiting
            return
        self._finder.keep(thing)
        self.shut()
        self.chosen.emit(thing)

    # Moving

    def _move_to(self, row: int) -> None:
        index = self.model.index(row, 0)
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if row in self.model.firsts:
            self.list.scrollTo(self.model.index(row - 1, 0))  # its heading as well
        self.list.scrollTo(index)

    def _move_by(self, rows: int) -> None:
        choices, now = self.model.choices, self.list.currentIndex().row()
        if choices:
            at = choices.index(now) if now in choices else -1
            # One step leads around; a page ends at the end.
            to = (at + rows) % len(choices) if abs(rows) == 1 else min(max(at + rows, 0), len(choices) - 1)
            self._move_to(choices[to])

    def _move_to_group(self, step: int) -> None:
        firsts, now = self.model.firsts, self.list.currentIndex().row()
        if firsts:
            group = sum(first <= now for first in firsts) - 1
            self._move_to(firsts[(group + step) % len(firsts)])

    def _describe(self, now: QModelIndex) -> None:
        thing = self.model.thing(now.row())
        self.field.setAccessibleDescription(spoken(thing) if thing is not None else "")
        has_place = thing is not None and self._finder.point_of(thing) is not None
        self.keys.setText(_KEYS_WITH_NEAR if has_place else _KEYS)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        kind = event.type()
        if watched is self.field:
            if isinstance(event, QKeyEvent) and kind is QEvent.Type.ShortcutOverride and event.key() in _OWN_KEYS:
                event.accept()  # or a shortcut of the window would take it
                return True
            if isinstance(event, QKeyEvent) and kind is QEvent.Type.KeyPress:
                return self._press(event)
            if isinstance(event, QFocusEvent) and kind is QEvent.Type.FocusOut:
                stays = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}
                if event.reason() not in stays:
                    self._focus_before = None
                    self.hide()
        elif kind is QEvent.Type.Resize and self.isVisible():
            self._fit()
        return False

    def _press(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if held == Qt.KeyboardModifier.ControlModifier:
                self._show_near()
            elif not held:
                self._choose(self.list.currentIndex().row())
            return True
        runs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Down: lambda: self._move_by(1),
            Qt.Key.Key_Up: lambda: self._move_by(-1),
            Qt.Key.Key_PageDown: lambda: self._move_by(_PAGE_ROWS),
            Qt.Key.Key_PageUp: lambda: self._move_by(-_PAGE_ROWS),
            Qt.Key.Key_Tab: lambda: self._move_to_group(1),
            Qt.Key.Key_Backtab: lambda: self._move_to_group(-1),
            Qt.Key.Key_Escape: self._look if self._near else self.shut,
        }
        if held & ~Qt.KeyboardModifier.ShiftModifier or event.key() not in runs:
            return False
        runs[event.key()]()
        return True

    # Looks

    def _fit(self) -> None:
        """Centre the panel at the top, as high as what was found."""
        found = bool(self.model.choices)
        self.list.setVisible(found)
        self.told.setVisible(not found)
        self.told.setText(_LOOKING if self._waiting else _NOTHING)
        window = self._window
        headings = len(self.model.firsts)
        rows = headings * heading_px() + (self.model.rowCount() - headings) * row_px()
        frame = 2 * _SHADOW_PX + 2 * 8 + self.field.height() + self.keys.sizeHint().height() + 4 * 6 + 2
        height = frame + (rows + 2 if found else self.told.sizeHint().height())
        width = min(_WIDTH_PX + 2 * _SHADOW_PX, window.width() - 40)
        highest = int(window.height() * _HIGHEST)
        self.setGeometry((window.width() - width) // 2, _TOP_PX - _SHADOW_PX, width, min(height, highest))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        colours = self._theme.colours
        box = QRectF(self.rect()).adjusted(_SHADOW_PX, _SHADOW_PX, -_SHADOW_PX, -_SHADOW_PX)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(0, 0, 0, 16 if self._theme.name == "dark" else 5))
            for step in range(2, _SHADOW_PX, 2):
                painter.drawRoundedRect(
                    box.adjusted(-step, 4 - step, step, min(4 + step, _SHADOW_PX)), _CORNER_PX + step, _CORNER_PX + step
                )
            painter.setBrush(QColor(colours.raised))
            painter.setPen(QPen(QColor(colours.line), 1))
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _CORNER_PX, _CORNER_PX)
