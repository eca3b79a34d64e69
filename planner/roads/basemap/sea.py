"""Close coastlines to sea polygons.

OpenStreetMap draws the coast as lines with the land on their left and the water on their right. An extract cuts them open. The lines are
closed within the extract's outline, all faces between them are built, and a face is sea when there is more coast that has it on the right
than coast that has it on the left and roads in it together. Roads that are in the sea for all that have some land around them.
"""

from typing import Any

import numpy as np

from planner.roads.basemap.features import Box, Shapes
from planner.roads.basemap.shores import NO_LAND, Land, closed_shores, directed_votes

_SIDE_STEP = 2e-8  # of the world square, about 80 cm: how far beside the coast to look for the face
_BESIDE_ROAD = 2e-6  # of the world square, 60 to 80 m: the land that a road in the sea must lie on


def sea_polygons(coast: Shapes, outline: Box, land: Land = NO_LAND) -> list[Any]:
    """The parts of the outline (left, top, right, bottom) that are sea; none without a coast in it. All in the world square, y down."""
    import shapely

    shores = closed_shores(coast, outline, land)
    if shores is None:
        return []
    # Directions come from the coast itself, not from the closed lines, which may have been turned round.
    inside = shapely.clip_by_rect(coast, *outline)
    votes = directed_votes(shapely.get_parts(inside), shores, _SIDE_STEP) - shores.land(land)
    return _without_roads(shores.faces[votes > 0], land.roads)


def _without_roads(sea: Shapes, roads: Shapes) -> list[Any]:
    """The sea without the land around roads that lie in it: an island whose own coast is missing, a causeway."""
    import shapely

    middles = shapely.line_interpolate_point(roads, 0.5, normalized=True)
    face, road = shapely.STRtree(middles).query(sea, predicate="contains")
    for at in np.unique(face).tolist():
        ground = shapely.union_all(shapely.buffer(roads[road[face == at]], 2 * _BESIDE_ROAD, quad_segs=3))
        sea[at] = shapely.difference(sea[at], shapely.buffer(ground, -_BESIDE_ROAD))  # wide and back: a block between roads is land too
    return [part for part in shapely.get_parts(sea).tolist() if not part.is_empty]
