"""Close coastlines to sea polygons.

OpenStreetMap draws the coast as lines with the land on their left and the water on their right. An extract cuts them open. The lines are
closed on the extract's outline, all faces between them are built, and a face is sea when more of the coast along it has it on the right
than on the left.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.roads.basemap.features import Box, Shapes

_SIDE_STEP = 2e-8  # of the world square, about 80 cm: how far beside the coast to look for the face


def sea_polygons(coast: Shapes, outline: Box) -> list[Any]:
    """The parts of the outline (left, top, right, bottom) that are sea; none without a coast in it. All in the world square, y down."""
    import shapely

    frame = shapely.box(*outline)
    inside = shapely.clip_by_rect(coast, *outline)
    inside = inside[~shapely.is_empty(inside)]
    if not len(inside):
        return []
    lines = shapely.get_parts(shapely.line_merge(shapely.union_all(inside)))
    closings = _closings(lines, outline)
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([*lines, *closings, frame.exterior])]))
    # Directions come from the coast itself, not from the merged lines, which may have been turned round.
    votes = _votes(shapely.get_parts(inside), faces)
    return list(faces[votes > 0])


def _closings(lines: Shapes, outline: Box) -> list[Any]:
    """From each loose end inside the outline, the shortest line to the outline's edge."""
    import shapely

    ends = shapely.get_coordinates([shapely.get_point(line, at) for line in lines if not shapely.is_closed(line) for at in (0, -1)])
    if not len(ends):
        return []
    left, top, right, bottom = outline
    gaps = np.column_stack((ends[:, 0] - left, right - ends[:, 0], ends[:, 1] - top, bottom - ends[:, 1]))
    nearest = gaps.argmin(axis=1)
    goals = ends.copy()
    for edge, (axis, value) in enumerate(((0, left), (0, right), (1, top), (1, bottom))):
        goals[nearest == edge, axis] = value
    loose = gaps.min(axis=1) > 0
    return list(shapely.linestrings(np.stack((ends[loose], goals[loose]), axis=1)))


def _votes(lines: Shapes, faces: Shapes) -> NDArray[np.float64]:
    """For each face, the length of coast that has it on its right less the length that has it on its left."""
    import shapely

    xy, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    begins, steps = xy[:-1][same], np.diff(xy, axis=0)[same]
    length = np.hypot(steps[:, 0], steps[:, 1])
    begins, steps, length = begins[length > 0], steps[length > 0], length[length > 0]
    # With y down, the right of a step (dx, dy) is (-dy, dx).
    right = np.column_stack((-steps[:, 1], steps[:, 0])) / length[:, None] * np.minimum(length * 0.3, _SIDE_STEP)[:, None]
    tree = shapely.STRtree(faces)
    votes = np.zeros(len(faces))
    shapely.prepare(faces)
    for side, sign in ((right, 1.0), (-right, -1.0)):
        beside = begins + steps / 2 + side
        near, face = tree.query(shapely.points(beside))
        hit = shapely.contains_xy(faces[face], beside[near])
        np.add.at(votes, face[hit], sign * length[near[hit]])
    return votes
