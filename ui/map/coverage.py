"""What marks on the map cover, for names to keep away from."""

from collections.abc import Iterable

from ui.map.camera import Camera, Spot, world_of
from ui.map.content import Content
from ui.map.label_shapes import Box
from ui.map.marks import ends_of, pin_radius, selected_radius
from ui.map.pins import PinSet, cluster_radius
from ui.map.routes import STOP_RADIUS, RouteSet

_TOO_MANY = 1_500
"""So many pins side by side leave no room for names anyway."""
_GLOW_PX = 4.0


def pin_boxes(pins: PinSet, camera: Camera, alone: int | None = None, type_scale: float = 1.0) -> list[Box]:
    """What pins and clusters cover; the pins count for nothing where there are too many of them."""
    clusters = pins.clusters(camera.zoom, alone)
    if clusters is None:
        seen, crowds = pins.visible(camera, 0), []
    else:
        seen = clusters.first[clusters.counts == 1]
        crowded = clusters.counts > 1
        spots, counts = camera.screen_array(clusters.world[crowded]).tolist(), clusters.counts[crowded].tolist()
        crowds = [
            _around(spot, cluster_radius(count, type_scale) + _GLOW_PX)
            for spot, count in zip(spots, counts, strict=True)
            if _in_sight(spot, camera)
        ]
    reach = pin_radius(camera.zoom) + 1
    single = [spot for spot in camera.screen_array(pins.world[seen]).tolist() if _in_sight(spot, camera)]
    return [*crowds, *(_around(spot, reach) for spot in single if len(single) <= _TOO_MANY)]


def stop_boxes(routes: RouteSet, active: int | None, camera: Camera, type_scale: float = 1.0) -> list[Box]:
    """What numbered stops and the marks of home, office and hotel cover."""
    day = routes.day(active)
    marks = [mark for _, mark in routes.spots(day, camera, type_scale)] if day else []
    ends = [camera.to_screen(*world_of(place.point)) for place in ends_of([day] if day else routes.days)]
    return [_around(spot, STOP_RADIUS * type_scale + 3) for spot in (*ends, *marks)]


def other_stop_boxes(routes: RouteSet, active: int | None, camera: Camera) -> list[Box]:
    """What the dots of the other days cover."""
    spots = (camera.to_screen(*world_of(stop.point)) for day in routes.days if day.index != active for stop in day.stops)
    return [_around(spot, pin_radius(camera.zoom)) for spot in spots]


def selected_boxes(content: Content, key: int | None, camera: Camera, type_scale: float = 1.0) -> list[Box]:
    """What the ring around the selected account covers."""
    spot = content.mark_of(key, camera, type_scale)
    return [_around(spot, selected_radius(content, key, camera, type_scale) + 7)] if spot else []


def _around(spot: Iterable[float], reach: float) -> Box:
    x, y = spot
    return x - reach, y - reach, x + reach, y + reach


def _in_sight(spot: Spot, camera: Camera) -> bool:
    return -20 < spot[0] < camera.width + 20 and -20 < spot[1] < camera.height + 20
