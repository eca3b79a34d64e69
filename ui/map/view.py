"""The map widget: what the rest of the window knows of the map, and what hands do to it."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from ui.map.camera import MAX_ZOOM, Camera, latlon_of
from ui.map.canvas import MapCanvas
from ui.map.content import Content, Found
from ui.map.interaction import Hands
from ui.map.legend import LegendBox
from ui.map.pins import Crowd
from ui.style import type_scale

_CROWD_PADDING_PX, _CLOSEST_CROWD = 90.0, 18.0
_BY_KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}


class MapView(MapCanvas):
    """A map of accounts and routes over a basemap. It moves by hand and by its methods, and tells what is picked."""

    picked = Signal(int)
    """A pin or stop was clicked: the account's id."""
    activated = Signal(int)
    """A pin or stop was double-clicked, or Enter pressed on the selected one."""
    hovered = Signal(object)
    """The account's id under the cursor, or None."""
    context_requested = Signal(object, object, QPoint)
    """A menu is wanted: account's id or None, the LatLon there, and where on the screen."""
    legend_folded = Signal(bool)
    """The legend was folded away or out by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hover: Found = None
        self._hover_at = QPointF()
        self._cards_of_accounts = True
        self._ring = False
        self._hands = Hands(self._mover, lambda: self._camera, self._put_camera)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fold_legend(self, *, folded: bool | None) -> None:
        """Fold the legend away to its name, or out again; None folds it where there is no room for it."""
        self._furnish(folded=folded, skipped=0)

    def leave_cards(self) -> None:
        """Show no cards of accounts: something else does, and knows more of them."""
        self._cards_of_accounts = False

    def _paint_hand(self, painter: QPainter) -> None:
        told = self._hover is not None and (self._cards_of_accounts or self._content.key_of(self._hover) is None)
        if told and not (self._hands.dragging or self._mover.is_moving):
            lines, area = self._content.card(self._hover), QRectF(self.rect())
            self._furniture().card(painter, area, self._hover_at, lines, self._palette)
        if self._ring:
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _put_camera(self, camera: Camera) -> None:
        self._hover = None
        super()._put_camera(camera)

    def _show_content(self, content: Content) -> None:
        self._hover = None
        super()._show_content(content)

    def _found(self, at: QPointF) -> Found:
        return None if self._legend_at(at) else self._content.find(self._camera, at.x(), at.y(), type_scale(), self._selected)

    def _legend_at(self, at: QPointF) -> LegendBox | None:
        """The legend, when it is what lies there."""
        laid = self._furniture().legend(QRectF(self.rect()), self._furnished(self._camera))
        return laid if laid is not None and laid.box.contains(at) else None

    # Hands

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        laid = self._legend_at(event.position())
        if laid is not None and (laid.above or laid.below):
            further = 1 if event.angleDelta().y() < 0 else -1
            self._furnish(skipped=max(0, laid.above + further) if laid.below or further < 0 else laid.above)
            event.accept()
            return
        self._hands.wheel(event)
        self._follow()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        laid = self._legend_at(event.position())
        if laid is not None and event.button() is Qt.MouseButton.LeftButton:
            self.fold_legend(folded=not laid.folded)
            self.legend_folded.emit(not laid.folded)
            return
        self._hands.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._hands.move(event):
            if self._hands.dragging:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        self._point_at(self._found(event.position()), event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        clicked = self._hands.release(event)
        self.unsetCursor()
        found = self._found(event.position()) if clicked else None
        key = self._open_crowd(found) if isinstance(found, Crowd) else self._content.key_of(found)
        if key is not None:
            self.select(key)
            self.picked.emit(key)

    def _open_crowd(self, crowd: Crowd) -> int | None:
        """Zoom in until its pins part; of pins that never do, the one after that which is selected."""
        if crowd.parts_at > MAX_ZOOM:
            return next((key for key in crowd.keys if key > (self._selected or 0)), crowd.keys[0])
        middle = crowd.world.mean(axis=0).tolist()
        nearer = min(self._camera.fitted(crowd.world, _CROWD_PADDING_PX, _CLOSEST_CROWD).zoom, max(crowd.parts_at, self._camera.zoom + 3))
        self._mover.slide_to(self._camera.zoomed(max(nearer, self._camera.zoom + 1), (0, 0)).moved_to(*middle))
        return None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self._legend_at(event.position()):
            self.mousePressEvent(event)
            return
        key = self._content.key_of(self._found(event.position()))
        if key is not None:
            self.activated.emit(key)
        else:
            self._mover.zoom_to(self._mover.target.zoom + 1, (event.position().x(), event.position().y()))

    def leaveEvent(self, _event: QEvent) -> None:  # noqa: N802 - Qt's name
        self._point_at(None, QPointF())

    def _point_at(self, found: Found, at: QPointF) -> None:
        before = self._content.key_of(self._hover)
        if found is None and self._hover is None:
            return
        self._hover, self._hover_at = found, at
        self.setCursor(Qt.CursorShape.PointingHandCursor) if found is not None else self.unsetCursor()
        if self._content.key_of(found) != before:
            self.hovered.emit(self._content.key_of(found))
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        at = QPointF(event.pos())
        key = self._content.key_of(self._found(at)) if by_mouse else self._selected
        place = None if by_mouse else self._content.place_of(key)
        point = latlon_of(*(place[0] if place else self._camera.to_world(at.x(), at.y())))
        self.context_requested.emit(key, point, event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Home:
            self.show_all()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._selected is not None:
            self.activated.emit(self._selected)
        elif self._hands.key(event):
            self._follow()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._ring = event.reason() in _BY_KEYBOARD
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        self._ring = False
        self.update()
