"""Close lakes and rivers that an extract has cut open: those whose ring lacks some of its ways, so that it makes no area.

Whoever crosses a shore comes from water to land or from land to water. So the faces between the shores, closed within the extract's
outline, take turns; and which of the two is water is told by the roads, which are nearly all on land.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.roads.basemap.features import Box, Shapes
from planner.roads.basemap.shores import Land, Shores, closed_shores

_MOST_ROADS_IN_WATER = 0.05  # of the roads on the other side; with more of them it is not known where the water is


def lake_polygons(shore: Shapes, outline: Box, land: Land) -> list[Any]:
    """The water within the shore lines of one lake or river; none when the roads do not tell on which side of them it is.

    All in the world square, y down; the outline is (left, top, right, bottom).
    """
    shores = closed_shores(shore, outline, land)
    if shores is None or len(shores.faces) < 2:
        return []
    side = _sides(shores)
    roads = np.bincount(side, shores.land(land), minlength=2)
    water = int(roads.argmin())
    if roads[1 - water] == 0 or roads[water] > _MOST_ROADS_IN_WATER * roads[1 - water]:
        return []
    return list(shores.faces[side == water])


def _sides(shores: Shores) -> NDArray[np.int64]:
    """0 or 1 for each face: whether the way there from the first face crosses the shores an even or an odd number of times."""
    import shapely

    points = shapely.get_coordinates(shapely.point_on_surface(shores.faces))
    ways = shapely.linestrings(np.stack((np.broadcast_to(points[0], points.shape), points), axis=1)[1:])
    crossings = shapely.get_num_geometries(shapely.intersection(ways, shapely.union_all(shores.lines)))
    crossings[~shapely.intersects(ways, shapely.union_all(shores.lines))] = 0
    sides: NDArray[np.int64] = np.append(0, crossings % 2)
    return sides
