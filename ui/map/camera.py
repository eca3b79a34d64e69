"""Where the map looks: web mercator arithmetic on a world one unit wide, x to the east and y to the south."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon
from planner.values import Struct, replace

TILE_PX = 512
"""Edge of a tile in logical pixels at its own zoom; so the world is 512 px wide at zoom 0."""
MIN_ZOOM = 3.0
MAX_ZOOM = 19.0
MAX_LAT = 85.051128
"""Latitude where the mercator square ends."""
EQUATOR_M = 40_075_016.686

Spot = tuple[float, float]
Tile = tuple[int, int, int]


def world_of(point: LatLon) -> Spot:
    """Web mercator position of a point, 0..1 both ways (EPSG:3857 scaled to one)."""
    lat = math.radians(max(-MAX_LAT, min(MAX_LAT, point.lat)))
    return (point.lon + 180) / 360, 0.5 - math.asinh(math.tan(lat)) / (2 * math.pi)


def latlon_of(x: float, y: float) -> LatLon:
    """The point at a world position; positions off the world come back at its edge."""
    lat = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * min(1.0, max(0.0, y))))))
    return LatLon(lat, min(1.0, max(0.0, x)) * 360 - 180)


def world_array(points: Sequence[LatLon]) -> NDArray[np.float64]:
    """World positions of many points, shape (n, 2)."""
    degrees = np.array([(point.lon, point.lat) for point in points], dtype=np.float64).reshape(-1, 2)
    lat = np.radians(np.clip(degrees[:, 1], -MAX_LAT, MAX_LAT))
    return np.column_stack(((degrees[:, 0] + 180) / 360, 0.5 - np.arcsinh(np.tan(lat)) / (2 * math.pi)))


def clamp_zoom(zoom: float) -> float:
    """The nearest zoom the map can show."""
    return max(MIN_ZOOM, min(MAX_ZOOM, zoom))


class Camera(Struct, frozen=True):
    """World position of the middle, zoom (512 px tiles), and the size of the picture in logical pixels."""

    x: float
    y: float
    zoom: float
    width: float
    height: float

    @property
    def scale(self) -> float:
        """Logical pixels the whole world is wide."""
        return TILE_PX * math.exp2(self.zoom)

    @property
    def centre(self) -> LatLon:
        """The point in the middle."""
        return latlon_of(self.x, self.y)

    @property
    def metres_per_px(self) -> float:
        """Ground length of one logical pixel at the middle."""
        return EQUATOR_M * math.cos(math.radians(self.centre.lat)) / self.scale

    def to_screen(self, x: float, y: float) -> Spot:
        """Pixel of a world position, from the top left corner."""
        return (x - self.x) * self.scale + self.width / 2, (y - self.y) * self.scale + self.height / 2

    def to_world(self, sx: float, sy: float) -> Spot:
        """World position under a pixel."""
        return self.x + (sx - self.width / 2) / self.scale, self.y + (sy - self.height / 2) / self.scale

    def screen_array(self, world: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pixels of many world positions, shape (n, 2)."""
        return (world - (self.x, self.y)) * self.scale + (self.width / 2, self.height / 2)

    def moved_to(self, x: float, y: float) -> "Camera":
        """Looking at another place, kept on the world."""
        return replace(self, x=min(1.0, max(0.0, x)), y=min(1.0, max(0.0, y)))

    def panned(self, dx: float, dy: float) -> "Camera":
        """With the map pushed by this many pixels."""
        return self.moved_to(self.x - dx / self.scale, self.y - dy / self.scale)

    def zoomed(self, zoom: float, at: Spot) -> "Camera":
        """At another zoom, with what is under the pixel `at` staying there."""
        x, y = self.to_world(*at)
        nearer = replace(self, zoom=clamp_zoom(zoom))
        nx, ny = nearer.to_world(*at)
        return nearer.moved_to(nearer.x + x - nx, nearer.y + y - ny)

    def resized(self, width: float, height: float) -> "Camera":
        """The same middle in another size."""
        return replace(self, width=max(1.0, width), height=max(1.0, height))

    def fitted(self, world: NDArray[np.float64], padding_px: float, max_zoom: float) -> "Camera":
        """Showing all these positions with room around them; zoom down to the quarter, so that painted tiles are used again."""
        if not len(world):
            return self
        low, high = world.min(axis=0), world.max(axis=0)
        room = max(32.0, self.width - 2 * padding_px), max(32.0, self.height - 2 * padding_px)
        spans = [room[axis] / max(1e-12, float(high[axis] - low[axis])) for axis in (0, 1)]
        zoom = math.floor(4 * math.log2(min(spans) / TILE_PX)) / 4
        middle = (low + high) / 2
        return replace(self, zoom=clamp_zoom(min(zoom, max_zoom))).moved_to(float(middle[0]), float(middle[1]))

    def tiles(self, z: int) -> list[Tile]:
        """Tiles of zoom `z` that touch the picture, nearest to the middle first."""
        count = 1 << z
        left, top = self.to_world(0, 0)
        right, bottom = self.to_world(self.width, self.height)
        columns = range(max(0, math.floor(left * count)), min(count - 1, math.floor(right * count)) + 1)
        rows = range(max(0, math.floor(top * count)), min(count - 1, math.floor(bottom * count)) + 1)
        mid_x, mid_y = self.x * count - 0.5, self.y * count - 0.5
        found = [(z, x, y) for x in columns for y in rows]
        return sorted(found, key=lambda tile: (tile[1] - mid_x) ** 2 + (tile[2] - mid_y) ** 2)
