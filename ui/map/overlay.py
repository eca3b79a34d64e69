"""What lies over the tiles (areas, ways, names, pins, stops) painted into one transparent picture, in a thread."""

from PySide6.QtGui import QImage, QPainter

from planner.errors import UserProblem
from planner.values import Struct
from ui.map.camera import Camera
from ui.map.content import Content
from ui.map.coverage import other_stop_boxes, pin_boxes, selected_boxes, stop_boxes
from ui.map.extent import Extent
from ui.map.ground_painter import area_labels, label_boxes, paint_ground, paint_starts
from ui.map.label_layout import lay_out
from ui.map.label_painter import Letters, paint_labels
from ui.map.label_shapes import Arrow, Box, CurvedLabel, Label, PointLabel, Shield
from ui.map.labels import TileNames
from ui.map.marks import paint_other_stops, paint_stops, paint_ways
from ui.map.outside import outside_label, paint_outside
from ui.map.palette import Palette
from ui.map.pin_painter import PinPainter
from ui.map.tile_source import DecodedTiles, named_tiles

MARGIN_PX = 160.0
"""How much more than the window is painted on each side, to have something to show while the map is dragged."""


class Scene(Struct, frozen=True):
    """Everything an overlay is painted from; values only, so that a thread may have it.

    Names keep clear of the boxes `taken`, and of the account that is `selected`, which is in no cluster.
    """

    camera: Camera
    ratio: float
    palette: Palette
    decoded: DecodedTiles | None
    content: Content
    families: tuple[str, ...]
    type_scale: float = 1.0
    margin_px: float = MARGIN_PX
    taken: tuple[Box, ...] = ()
    selected: int | None = None


class Overlay(Struct, frozen=True):
    """A painted overlay: `camera` is the one it was painted for, margin included."""

    image: QImage
    camera: Camera
    labels: tuple[Label, ...]


class OverlayPainter:
    """Paints overlays, one after the other; keeps the letters, and the labels while only pins or routes change."""

    def __init__(self) -> None:
        self._letters: tuple[tuple[object, ...], Letters] | None = None
        self._labels: tuple[tuple[object, ...], tuple[Label, ...]] | None = None

    def paint(self, scene: Scene) -> Overlay:
        """The overlay of a scene, with margin."""
        camera = scene.camera.resized(scene.camera.width + 2 * scene.margin_px, scene.camera.height + 2 * scene.margin_px)
        image = QImage(round(camera.width * scene.ratio), round(camera.height * scene.ratio), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        image.setDevicePixelRatio(scene.ratio)
        with QPainter(image) as painter:
            labels = self.draw(painter, scene, camera, scene.ratio)
        return Overlay(image, camera, labels)

    def draw(self, painter: QPainter, scene: Scene, camera: Camera, ratio: float) -> tuple[Label, ...]:
        """Paint a scene as this camera sees it, and say which labels it has; a `ratio` of 0 paints nothing but shapes."""
        type_scale, type_of = scene.type_scale, (scene.families, scene.type_scale)
        if self._letters is None or self._letters[0] != type_of:
            self._letters = (type_of, Letters(list(scene.families), type_scale))
        letters, palette, families = self._letters[1], scene.palette, list(scene.families)
        content = scene.content
        hard, soft = _obstacles(scene, camera)
        areas = area_labels(content.ground, camera, letters.width, hard, soft, type_scale, scene.margin_px)
        extent = _extent(scene.decoded)
        if extent is not None:
            around = (*hard, *soft, *label_boxes(areas))
            areas += outside_label(extent, camera, letters.width, around, type_scale, scene.margin_px)
            paint_outside(painter, extent, camera, palette)
        labels = self._labels_of(scene, camera, letters, (*hard, *label_boxes(areas)), soft)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, content.ground, camera, palette)
        # One-way arrows belong to the street: a way that is driven covers them, and has arrows of its own.
        paint_labels(painter, [label for label in labels if isinstance(label, Arrow)], letters, palette)
        paint_ways(painter, content, camera, palette)
        paint_labels(painter, [label for label in labels if isinstance(label, CurvedLabel | Shield)], letters, palette)
        paint_labels(painter, [label for label in labels if isinstance(label, PointLabel)], letters, palette)
        paint_labels(painter, areas, letters, palette)
        pins = PinPainter(painter, camera, content.colouring, palette, ratio, type_scale)
        pins.paint(content.pins, families, scene.selected)
        paint_other_stops(painter, content.routes, content.active, camera, palette)
        paint_stops(painter, content, camera, palette, families, type_scale)
        paint_starts(painter, content.ground, camera, palette)
        return (*labels, *areas)

    def _labels_of(self, scene: Scene, camera: Camera, letters: Letters, hard: tuple[Box, ...], soft: tuple[Box, ...]) -> tuple[Label, ...]:
        key = (camera, scene.decoded, scene.families, scene.type_scale, hard, soft)
        if self._labels is None or self._labels[0] != key:
            names = _names(scene.decoded, camera)
            self._labels = (key, tuple(lay_out(names, camera, letters.width, hard, soft, scene.type_scale)))
        return self._labels[1]


def _obstacles(scene: Scene, camera: Camera) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """What no name may stand on, and the pins, which only the names of towns and areas may lie under where there is no other room."""
    content, type_scale, selected = scene.content, scene.type_scale, scene.selected
    stops = stop_boxes(content.routes, content.active, camera, type_scale)
    hard = (*stops, *selected_boxes(content, selected, camera, type_scale), *_shifted(scene.taken, scene.margin_px))
    others = other_stop_boxes(content.routes, content.active, camera)
    return hard, (*pin_boxes(content.pins, camera, selected, type_scale), *others)


def _shifted(boxes: tuple[Box, ...], margin_px: float) -> tuple[Box, ...]:
    """Boxes of the window in a picture with a margin."""
    return tuple((left + margin_px, top + margin_px, right + margin_px, bottom + margin_px) for left, top, right, bottom in boxes)


def _names(decoded: DecodedTiles | None, camera: Camera) -> list[TileNames]:
    if decoded is None:
        return []
    try:
        return [decoded.names(tile) for tile in named_tiles(camera, decoded.basemap)]
    except UserProblem:  # told once already, where the tiles themselves are painted
        return []


def _extent(decoded: DecodedTiles | None) -> Extent | None:
    if decoded is None:
        return None
    try:
        return decoded.extent
    except UserProblem:  # told once already, as above
        return None
