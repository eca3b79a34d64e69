"""What lies over the tiles (ways, names, pins, stops) painted into one transparent picture, in a thread."""

from dataclasses import dataclass

from PySide6.QtGui import QImage, QPainter

from planner.errors import UserProblem
from ui.map.camera import Camera
from ui.map.content import Content
from ui.map.label_layout import lay_out
from ui.map.label_painter import Letters, paint_labels
from ui.map.label_shapes import Arrow, CurvedLabel, Label, PointLabel, Shield
from ui.map.labels import TileNames
from ui.map.marks import cluster_boxes, paint_other_stops, paint_pins, paint_stops, paint_ways, pin_boxes, stop_boxes
from ui.map.palette import Palette
from ui.map.tile_source import DecodedTiles, named_tiles

MARGIN_PX = 160.0
"""How much more than the window is painted on each side, to have something to show while the map is dragged."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything an overlay is painted from; values only, so that a thread may have it."""

    camera: Camera
    ratio: float
    palette: Palette
    decoded: DecodedTiles | None
    content: Content
    families: tuple[str, ...]
    margin_px: float = MARGIN_PX


@dataclass(frozen=True, slots=True)
class Overlay:
    """A painted overlay: `camera` is the one it was painted for, margin included."""

    image: QImage
    camera: Camera
    labels: tuple[Label, ...]


class OverlayPainter:
    """Paints overlays, one after the other; keeps the letters, and the labels while only pins or routes change."""

    def __init__(self) -> None:
        self._letters: tuple[tuple[str, ...], Letters] | None = None
        self._labels: tuple[tuple[object, ...], tuple[Label, ...]] | None = None

    def paint(self, scene: Scene) -> Overlay:
        """The overlay of a scene, with margin."""
        camera = scene.camera.resized(scene.camera.width + 2 * scene.margin_px, scene.camera.height + 2 * scene.margin_px)
        if self._letters is None or self._letters[0] != scene.families:
            self._letters = (scene.families, Letters(list(scene.families)))
        letters = self._letters[1]
        pins, routes, active = scene.content.pins, scene.content.routes, scene.content.active
        families = list(scene.families)
        labels = self._labels_of(scene, camera, letters)
        image = QImage(round(camera.width * scene.ratio), round(camera.height * scene.ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        image.setDevicePixelRatio(scene.ratio)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # One-way arrows belong to the street: a way that is driven covers them, and has arrows of its own.
        paint_labels(painter, [label for label in labels if isinstance(label, Arrow)], letters, scene.palette)
        paint_ways(painter, routes, active, camera, scene.palette)
        paint_labels(painter, [label for label in labels if isinstance(label, CurvedLabel | Shield)], letters, scene.palette)
        paint_pins(painter, pins, camera, scene.palette, scene.ratio, families)
        paint_other_stops(painter, routes, active, camera, scene.palette)
        paint_labels(painter, [label for label in labels if isinstance(label, PointLabel)], letters, scene.palette)
        paint_stops(painter, routes, active, camera, scene.palette, families)
        painter.end()
        return Overlay(image, camera, labels)

    def _labels_of(self, scene: Scene, camera: Camera, letters: Letters) -> tuple[Label, ...]:
        content = scene.content
        obstacles = tuple(stop_boxes(content.routes, content.active, camera))
        key = (camera, scene.decoded, scene.families, obstacles, content.pins)
        if self._labels is None or self._labels[0] != key:
            obstacles += tuple(cluster_boxes(content.pins, camera))
            marks = pin_boxes(content.pins, camera)
            self._labels = (key, tuple(lay_out(_names(scene.decoded, camera), camera, letters.width, obstacles, marks)))
        return self._labels[1]


def _names(decoded: DecodedTiles | None, camera: Camera) -> list[TileNames]:
    if decoded is None:
        return []
    try:
        return [decoded.names(tile) for tile in named_tiles(camera, decoded.basemap)]
    except UserProblem:  # told once already, where the tiles themselves are painted
        return []
