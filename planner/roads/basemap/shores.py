"""Shores that an extract cuts open: close them, and take the plane apart along them.

All shapes are in the world square, y down; an outline is (left, top, right, bottom).
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from planner.roads.basemap.features import Box, Shapes
from planner.values import Struct

_NEIGHBOURS = 8  # how many other loose ends a loose end may be joined to


class Land(Struct, frozen=True):
    """What is known to be land: roads on the ground, or a sample of them, each standing for `weight` roads."""

    roads: Shapes
    weight: float = 1.0


NO_LAND = Land(np.empty(0, object))


class Shores(Struct, frozen=True):
    """Shore lines closed within an outline, and the faces they divide it into."""

    lines: Shapes
    faces: Shapes

    def inside(self, points: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each face, the weights of the points (N, 2) in it together."""
        import shapely

        total = np.zeros(len(self.faces))
        tree = shapely.STRtree(self.faces)
        shapely.prepare(self.faces)
        near, face = tree.query(shapely.points(points))
        hit = shapely.contains_xy(self.faces[face], points[near])
        np.add.at(total, face[hit], weights[near[hit]])
        return total

    def land(self, land: Land) -> NDArray[np.float64]:
        """For each face, the length of roads in it; a road is where its middle is."""
        import shapely

        if not len(land.roads):
            return np.zeros(len(self.faces))
        middles = shapely.get_coordinates(shapely.line_interpolate_point(land.roads, 0.5, normalized=True))
        return self.inside(middles, shapely.length(land.roads) * land.weight)


def closed_shores(lines: Shapes, outline: Box, land: Land) -> Shores | None:
    """Clip shore lines to an outline and close them; None when none of them is in it."""
    import shapely

    inside = shapely.clip_by_rect(lines, *outline)
    inside = inside[~shapely.is_empty(inside)]
    if not len(inside):
        return None
    merged = shapely.get_parts(shapely.line_merge(shapely.union_all(inside)))
    closed = np.concatenate((merged, _closings(merged, outline, land.roads)))
    faces = shapely.get_parts(shapely.polygonize([shapely.union_all([*closed, shapely.box(*outline).exterior])]))
    return Shores(closed, faces)


def _closings(lines: Shapes, outline: Box, roads: Shapes) -> Shapes:
    """From each loose end inside the outline, a line to another loose end or to the outline's edge.

    Each road or shore that a line runs over makes it longer by its own length: an extract is cut open where its roads end, and land is
    not to be cut off with the water. Two ends are joined where that is shorter than leading both to the edge, and first where it saves
    most (as savings join tours: Clarke and Wright 1964).
    """
    import shapely

    ends = _loose_ends(lines, outline)
    if not len(ends):
        return np.empty(0, object)

    def detour(begins: NDArray[np.float64], goals: NDArray[np.float64]) -> NDArray[np.float64]:
        straight = shapely.linestrings(np.stack((begins, goals), axis=1))
        crossed = np.zeros(len(straight))
        for obstacles in (roads, lines):
            crossed += np.bincount(shapely.STRtree(obstacles).query(straight, predicate="crosses")[0], minlength=len(straight))
        length: NDArray[np.float64] = shapely.length(straight)
        return length * (1 + crossed)

    goals = _goals(ends, outline)
    to_edge = np.stack([detour(ends, goal) for goal in goals])
    edge = to_edge.min(axis=0)
    one, other = _neighbours(ends)
    saved = edge[one] + edge[other] - detour(ends[one], ends[other])
    partner = np.full(len(ends), -1)
    for pair in np.argsort(-saved, kind="stable").tolist():
        a, b = int(one[pair]), int(other[pair])
        if saved[pair] > 0 and partner[a] == partner[b] == -1:
            partner[a], partner[b] = b, a
    nearest = goals[to_edge.argmin(axis=0), np.arange(len(ends))]
    leads_to = np.where((partner >= 0)[:, None], ends[partner], nearest)
    drawn = partner < np.arange(len(ends))  # each pair once
    closings: Shapes = shapely.linestrings(np.stack((ends, leads_to), axis=1)[drawn])
    return closings


def _loose_ends(lines: Shapes, outline: Box) -> NDArray[np.float64]:
    import shapely

    tips = [shapely.get_point(line, at) for line in lines if not shapely.is_closed(line) for at in (0, -1)]
    points: NDArray[np.float64] = shapely.get_coordinates(tips)
    if not len(points):
        return points
    ends, count = np.unique(points, axis=0, return_counts=True)
    left, top, right, bottom = outline
    within = (ends[:, 0] > left) & (ends[:, 0] < right) & (ends[:, 1] > top) & (ends[:, 1] < bottom)
    loose: NDArray[np.float64] = ends[(count == 1) & within]
    return loose


def _goals(ends: NDArray[np.float64], outline: Box) -> NDArray[np.float64]:
    """The points straight across from each end on the four edges of the outline (4, N, 2)."""
    left, top, right, bottom = outline
    goals = np.repeat(ends[None], 4, axis=0)
    for goal, axis, value in zip(goals, (0, 0, 1, 1), (left, right, top, bottom), strict=True):
        goal[:, axis] = value
    return goals


def _neighbours(ends: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Pairs of ends that are near each other, each pair once."""
    pairs = set()
    for end in range(len(ends)):
        nearest = np.argsort(np.hypot(*(ends - ends[end]).T), kind="stable")[1 : 1 + _NEIGHBOURS].tolist()
        pairs |= {(min(end, other), max(end, other)) for other in nearest}
    table = np.array(sorted(pairs), np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def directed_votes(lines: Any, shores: Shores, step: float) -> NDArray[np.float64]:
    """For each face, the length of lines that have it on their right less the length that has it on their left, looking `step` aside."""
    import shapely

    xy, line = shapely.get_coordinates(lines, return_index=True)
    same = line[1:] == line[:-1]
    begins, steps = xy[:-1][same], np.diff(xy, axis=0)[same]
    length = np.hypot(steps[:, 0], steps[:, 1])
    begins, steps, length = begins[length > 0], steps[length > 0], length[length > 0]
    # With y down, the right of a step (dx, dy) is (-dy, dx).
    right = np.column_stack((-steps[:, 1], steps[:, 0])) / length[:, None] * np.minimum(length * 0.3, step)[:, None]
    middles = begins + steps / 2
    return shores.inside(middles + right, length) - shores.inside(middles - right, length)
