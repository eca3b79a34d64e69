"""What lies over the tiles (areas, ways, names, pins, stops) painted into one transparent picture, in a thread."""

from dataclasses import dataclass

from PySide6.QtGui import QImage, QPainter

from planner.errors import UserProblem
from ui.map.camera import Camera
from ui.map.content import Content
from ui.map.ground_painter import area_labels, label_boxes, paint_ground
from ui.map.label_layout import lay_out
from ui.map.label_painter import Letters, paint_labels
from ui.map.label_shapes import Arrow, Box, CurvedLabel, Label, PointLabel, Shield
from ui.map.labels import TileNames
from ui.map.marks import cluster_boxes, paint_other_stops, paint_stops, paint_ways, pin_boxes, stop_boxes
from ui.map.palette import Palette
from ui.map.pin_painter import PinPainter
from ui.map.tile_source import DecodedTiles, named_tiles

MARGIN_PX = 160.0
"""How much more than the window is painted on each side, to have something to show while the map is dragged."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything an overlay is painted from; values only, so that a thread may have it. Names keep clear of the boxes `taken`."""

    camera: Camera
    ratio: float
    palette: Palette
    decoded: DecodedTiles | None
    content: Content
    families: tuple[str, ...]
    margin_px: float = MARGIN_PX
    taken: tuple[Box, ...] = ()


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
        image = QImage(round(camera.width * scene.ratio), round(camera.height * scene.ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        image.setDevicePixelRatio(scene.ratio)
        painter = QPainter(image)
        labels = self.draw(painter, scene, camera, scene.ratio)
        painter.end()
        return Overlay(image, camera, labels)

    def draw(self, painter: QPainter, scene: Scene, camera: Camera, ratio: float) -> tuple[Label, ...]:
        """Paint a scene as this camera sees it, and say which labels it has; a `ratio` of 0 paints nothing but shapes."""
        if self._letters is None or self._letters[0] != scene.families:
            self._letters = (scene.families, Letters(list(scene.families)))
        letters, palette, families = self._letters[1], scene.palette, list(scene.families)
        content, routes, active = scene.content, scene.content.routes, scene.content.active
        areas = area_labels(content.ground, camera, letters.width, stop_boxes(routes, active, camera))
        labels = self._labels_of(scene, camera, letters, label_boxes(areas))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, content.ground, camera, palette)
        # One-way arrows belong to the street: a way that is driven covers them, and has arrows of its own.
        paint_labels(painter, [label for label in labels if isinstance(label, Arrow)], letters, palette)
        paint_ways(painter, routes, active, camera, palette)
        paint_labels(painter, [label for label in labels if isinstance(label, CurvedLabel | Shield)], letters, palette)
        PinPainter(painter, camera, content.colouring, palette, ratio).paint(content.pins, families)
        paint_other_stops(painter, routes, active, camera, palette)
        paint_labels(painter, [label for label in labels if isinstance(label, PointLabel)], letters, palette)
        paint_labels(painter, areas, letters, palette)
        paint_stops(painter, routes, active, camera, palette, families)
        return labels

    def _labels_of(self, scene: Scene, camera: Camera, letters: Letters, areas: tuple[Box, ...]) -> tuple[Label, ...]:
        content, margin = scene.content, scene.margin_px
        taken = tuple((left + margin, top + margin, right + margin, bottom + margin) for left, top, right, bottom in scene.taken)
        obstacles = (*stop_boxes(content.routes, content.active, camera), *taken, *areas)
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
