"""Whether drive times are worked out ahead, told where the work itself is shown."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.model.packs import RoadPack
from planner.settings import Settings
from ui.context import AppContext
from ui.widgets.parts import button, label


class DriveTimesLink(QWidget):
    """Seen while they are paused and there are roads: says so, with the button to go on. Keeps the action's check mark true."""

    def __init__(self, context: AppContext, action: QAction) -> None:
        super().__init__()
        self._action = action
        self._has_roads = False
        self.go_on = button("Go on", "link", action.trigger)
        self.go_on.setAccessibleName("Go on with drive times")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(label("Drive times paused"))
        layout.addWidget(self.go_on)
        context.bus.settings_shown.connect(self._show_settings)
        context.bus.pack_shown.connect(self._show_pack)
        self._show()

    def _show_settings(self, settings: Settings) -> None:
        self._action.setChecked(settings.text("fill_drive_times") == "yes")
        self._show()

    def _show_pack(self, pack: RoadPack | None) -> None:
        self._has_roads = pack is not None
        self._show()

    def _show(self) -> None:
        self.setVisible(self._has_roads and not self._action.isChecked())
