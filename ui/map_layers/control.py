"""What stands in the corner of the map: the button of the layers, and what takes the reach away again."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.icons import icon
from ui.map_layers.choice import MapChoice
from ui.map_layers.panel import LayersPanel
from ui.style import Theme
from ui.widgets.parts import button


class MapControl(QWidget):
    """`chosen` carries a MapChoice, `reach_cleared` comes when the reach is not wanted any more."""

    chosen = Signal(object)
    reach_cleared = Signal()

    def __init__(self, choice: MapChoice, theme: Theme) -> None:
        super().__init__()
        self.reach = button("", "", self.reach_cleared.emit)
        self.reach.hide()
        self.layers = button("Layers", "", self.open_panel)
        self.layers.setAccessibleName("Layers of the map")
        self.layers.setToolTip("Colors and layers of the map (Ctrl+M)")
        self.panel = LayersPanel(choice, self)
        self.panel.chosen.connect(self.chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.reach)
        row.addWidget(self.layers)
        self.setCursor(Qt.CursorShape.ArrowCursor)

        def tint() -> None:
            self.layers.setIcon(icon("layers", theme.colours.quiet))
            self.reach.setIcon(icon("close", theme.colours.quiet))

        theme.changed.connect(tint)
        tint()

    def open_panel(self) -> None:
        """Open the panel below the button, its ends aligned with it."""
        self.panel.adjustSize()
        corner = self.layers.mapToGlobal(QPoint(self.layers.width() - self.panel.width(), self.layers.height() + 4))
        room = self.screen().availableGeometry()
        self.panel.move(
            max(room.left(), min(corner.x(), room.right() - self.panel.width())),
            max(room.top(), min(corner.y(), room.bottom() - self.panel.height())),
        )
        self.panel.show()
        self.panel.colour.setFocus(Qt.FocusReason.TabFocusReason)

    def show_reach(self, text: str) -> None:
        """Say which reach is shown, with a button that takes it away; an empty text for none."""
        self.reach.setText(text)
        self.reach.setAccessibleName(f"Take away: {text}")
        self.reach.setToolTip("Take the reach away (Esc)")
        self.reach.setVisible(bool(text))
