"""Keeps the overlay up with the map: one painted at a time, the newest scene next."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ui.map.camera import Camera
from ui.map.crew import Crew
from ui.map.overlay import MARGIN_PX, Overlay, OverlayPainter, Scene


class OverlayKeeper(QObject):
    """Has overlays painted in its thread. `scene` says what the map shows at the moment; None while it is out of sight."""

    arrived = Signal()

    def __init__(self, scene: Callable[[], Scene | None]) -> None:
        super().__init__()
        self._scene = scene
        self._crew = Crew(1, "map-overlay")
        self._painter = OverlayPainter()
        self._asked: Scene | None = None
        self._outdated = False
        self.overlay: Overlay | None = None
        self.busy = False

    def refresh(self) -> None:
        """Have the overlay painted anew, if what it shows has changed; at once, or when the one under way is done."""
        if self.busy:
            self._outdated = True
            return
        scene = self._scene()
        if scene is None or (scene == self._asked and self.overlay is not None):
            return
        self._outdated = False
        self._asked = scene
        self.busy = True
        painter = self._painter
        self._crew.run(lambda: painter.paint(scene), self._take)

    def is_leaving(self, camera: Camera) -> bool:
        """Whether the map is about to be dragged off what is painted."""
        if self._asked is None:
            return True
        asked = self._asked.camera
        x, y = camera.to_screen(asked.x, asked.y)
        return camera.zoom == asked.zoom and max(abs(x - camera.width / 2), abs(y - camera.height / 2)) > MARGIN_PX / 2

    def drop(self) -> None:
        """Show none until the next is painted."""
        self.overlay = None

    def stop(self) -> None:
        """End the thread."""
        self._crew.stop()
        self.busy = False

    def _take(self, overlay: Overlay | Exception) -> None:
        self.busy = False
        if isinstance(overlay, Exception):
            raise overlay
        scene = self._scene()
        if scene is None or self._asked is None or scene.palette is self._asked.palette:
            self.overlay = overlay
        self.arrived.emit()
        if self._outdated:
            self.refresh()
