"""Paints pins and clusters. Used in worker threads."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from planner.model.week import VisitKind
from ui.map.camera import Camera
from ui.map.colouring import Colouring
from ui.map.marks import number_font, pin_radius
from ui.map.palette import Palette
from ui.map.pins import KINDS, Clusters, PinSet, cluster_radius
from ui.map.shapes import draw_shape
from ui.words import number

_DIMMED, _DIMMED_CROWD = 0.38, 0.6
_SAME_SPOT_PX = 1.5
"""Of several pins alike that are nearer than this, one is painted."""
_MANY = 4_000
_TURN = 16 * 360


class PinPainter:
    """Paints the pins of one picture: `ratio` is device pixels a logical one; 0 paints shapes instead of pictures of them."""

    def __init__(
        self, painter: QPainter, camera: Camera, colouring: Colouring, palette: Palette, ratio: float, type_scale: float = 1.0
    ) -> None:
        self._painter = painter
        self._camera = camera
        self._colours = [] if colouring.by_kind else colouring.colours(palette)
        self._palette = palette
        self._ratio = ratio
        self._type_scale = type_scale

    def paint(self, pins: PinSet, families: list[str], alone: int | None = None) -> None:
        """All pins in the picture, in clusters where they would hide each other; the account `alone` is in none of them."""
        clusters = pins.clusters(self._camera.zoom, alone)
        if clusters is None:
            self._paint_alone(pins, pins.visible(self._camera, 10))
            return
        single = clusters.first[clusters.counts == 1]
        seen = single[_inside(self._camera.screen_array(pins.world[single]), self._camera, 10)]
        self._paint_alone(pins, seen[np.argsort(~pins.dimmed[seen], kind="stable")])
        self._paint_clusters(pins, clusters, families)

    def _paint_alone(self, pins: PinSet, chosen: NDArray[np.int64]) -> None:
        groups = len(self._colours) or 1
        which = (pins.kind[chosen] * 2 + pins.dimmed[chosen]) * groups + pins.group[chosen] % groups
        spots = self._camera.screen_array(pins.world[chosen])
        if len(chosen) > _MANY:
            kept = _apart(spots, which)
            spots, which = spots[kept], which[kept]
        if self._ratio:
            self._stamp(spots, which)
            return
        for (x, y), look in zip(spots.tolist(), which.tolist(), strict=True):
            self._draw(self._painter, look, QPointF(x, y))

    def _stamp(self, spots: NDArray[np.float64], which: NDArray[np.int64]) -> None:
        """Each look is drawn once, and its picture put everywhere."""
        stamps = {look: self._stamp_of(look) for look in np.unique(which).tolist()}
        if not stamps:
            return
        half = next(iter(stamps.values())).width() / self._ratio / 2
        corners = np.round((spots - half) * self._ratio) / self._ratio
        draw = self._painter.drawImage
        for (x, y), look in zip(corners.tolist(), which.tolist(), strict=True):
            draw(QPointF(x, y), stamps[look])

    def _stamp_of(self, look: int) -> QImage:
        radius, ring = self._size()
        edge = math.ceil((radius * 1.24 + ring + 1) * self._ratio) * 2
        image = QImage(edge, edge, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        image.setDevicePixelRatio(self._ratio)
        with QPainter(image) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(painter, look, QPointF(edge / self._ratio / 2, edge / self._ratio / 2))
        return image

    def _draw(self, painter: QPainter, look: int, at: QPointF) -> None:
        kind, dimmed, colour = self._look(look)
        radius, ring = self._size()
        painter.setOpacity(_DIMMED if dimmed else 1.0)
        draw_shape(painter, kind, at, radius, self._palette, ring, colour)
        painter.setOpacity(1.0)

    def _look(self, look: int) -> tuple[VisitKind, int, str]:
        """Kind, whether dimmed, and the colour of a group, of the number of a look."""
        looks, group = divmod(look, len(self._colours) or 1)
        return KINDS[looks // 2], looks % 2, self._colours[group] if self._colours else ""

    def _size(self) -> tuple[float, float]:
        radius = pin_radius(self._camera.zoom)
        return radius, 1.4 if radius > 4 else 1.0

    def _paint_clusters(self, pins: PinSet, clusters: Clusters, families: list[str]) -> None:
        painter, palette = self._painter, self._palette
        spots = self._camera.screen_array(clusters.world)
        chosen = np.flatnonzero(_inside(spots, self._camera, 30 * self._type_scale) & (clusters.counts > 1))
        shares = self._shares(pins, clusters)
        dimmed = np.bincount(clusters.member, pins.dimmed) == clusters.counts
        half, scale = 10 * self._type_scale, self._type_scale
        painter.setFont(number_font(families, 11 * scale))
        fill = QColor(palette.cluster)
        glow = QColor(fill)
        glow.setAlphaF(0.28)
        for index in chosen[np.argsort(clusters.counts[chosen])].tolist():
            count = int(clusters.counts[index])
            at, radius = QPointF(*spots[index].tolist()), cluster_radius(count, scale)
            painter.setOpacity(_DIMMED_CROWD if dimmed[index] else 1.0)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(glow)
            painter.drawEllipse(at, radius + 4, radius + 4)
            if shares is not None:
                self._paint_shares(at, radius + 2.5, shares[index].tolist())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawEllipse(at, radius, radius)
            painter.setPen(QColor(palette.cluster_text))
            text = number(count) if count < 10_000 else f"{count // 1000}k"
            painter.drawText(QRectF(at.x() - 40, at.y() - half, 80, 2 * half), Qt.AlignmentFlag.AlignCenter, text)
        painter.setOpacity(1.0)

    def _shares(self, pins: PinSet, clusters: Clusters) -> NDArray[np.float64] | None:
        """How much of each cluster each group has, (clusters, groups); None where pins have the colours of their kinds."""
        groups = len(self._colours)
        if not groups:
            return None
        cells = clusters.member * groups + pins.group % groups
        counts = np.bincount(cells, minlength=len(clusters.counts) * groups).reshape(-1, groups)
        return counts / clusters.counts[:, None]

    def _paint_shares(self, at: QPointF, radius: float, shares: Sequence[float]) -> None:
        """A ring around a cluster, each group with its share of it, clockwise from the top."""
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        ring = QRectF(at.x() - radius, at.y() - radius, 2 * radius, 2 * radius)
        for colour, start, span in _arcs(self._colours, shares):
            self._painter.setPen(QPen(QColor(colour), 5.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            self._painter.drawArc(ring, start, span)


def _arcs(colours: Sequence[str], shares: Sequence[float]) -> Iterator[tuple[str, int, int]]:
    """Colour, start and span of each arc in sixteenths of a degree."""
    begun = 0.0
    for colour, share in zip(colours, shares, strict=True):
        if share:
            yield colour, round(_TURN / 4 - begun * _TURN), -max(1, round(share * _TURN))
        begun += share


def _inside(spots: NDArray[np.float64], camera: Camera, margin_px: float) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = ((spots > -margin_px) & (spots < (camera.width + margin_px, camera.height + margin_px))).all(axis=1)
    return inside


def _apart(spots: NDArray[np.float64], which: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indexes of the pins without those that another one alike hides, in their order; the last one painted stays."""
    cell = np.floor(spots / _SAME_SPOT_PX).astype(np.int64)
    key = (cell[:, 0] * 100_003 + cell[:, 1]) * 1_009 + which
    last = np.unique(key[::-1], return_index=True)[1]
    return np.sort(len(which) - 1 - last)
