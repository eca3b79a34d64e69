"""Squares of a grid of degrees by which places are found in the gazetteer; its builder and its reader must agree on them."""

from collections.abc import Iterator, Sequence
from math import cos, floor, radians

CELL_DEGREES = 0.003
"""About 330 m from north to south."""

_COLUMNS = 1_000_000
_SQUARES_A_DEGREE = 4
_M_A_DEGREE = 111_195.0
_NEIGHBOURS = (0, 1, _COLUMNS)  # how far apart the numbers of squares are that share an edge


def cell_of(lat: float, lon: float) -> int:
    """The number of the square that holds a point in degrees."""
    return floor((lat + 90.0) / CELL_DEGREES) * _COLUMNS + floor((lon + 180.0) / CELL_DEGREES)


def cells_around(lat: float, lon: float, reach_m: float) -> list[int]:
    """The numbers of all squares that come within `reach_m` metres of a point; at the poles some may be missing."""
    up = reach_m / _M_A_DEGREE
    aside = up / max(cos(radians(lat)), 0.05)
    first, last = cell_of(max(lat - up, -90.0), max(lon - aside, -180.0)), cell_of(min(lat + up, 90.0), min(lon + aside, 180.0))
    low, high = first % _COLUMNS, last % _COLUMNS
    return [row * _COLUMNS + column for row in range(first // _COLUMNS, last // _COLUMNS + 1) for column in range(low, high + 1)]


def cells_along(line: Sequence[tuple[float, float]]) -> set[int]:
    """The squares that a line of latitudes and longitudes runs through; one that is only cut at a corner may be missing."""
    at = [cell_of(lat, lon) for lat, lon in line]
    cells = set(at)
    for cell, following, start, end in zip(at, at[1:], line, line[1:], strict=False):
        if abs(following - cell) not in _NEIGHBOURS:
            cells.update(cell_of(*point) for point in _steps(*start, *end))
    return cells


def _steps(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> Iterator[tuple[float, float]]:
    """Points between two others, half a square apart; none between neighbours."""
    count = int(2 * max(abs(lat_b - lat_a), abs(lon_b - lon_a)) / CELL_DEGREES)
    for step in range(1, count + 1):
        share = step / (count + 1)
        yield lat_a + (lat_b - lat_a) * share, lon_a + (lon_b - lon_a) * share


def square_of(lat: float, lon: float) -> str:
    """The name of the square of a quarter of a degree that holds a point, as one word."""
    return f"sq{floor((lat + 90.0) * _SQUARES_A_DEGREE)}x{floor((lon + 180.0) * _SQUARES_A_DEGREE)}"


def squares_around(lat: float, lon: float) -> list[str]:
    """The names of the square of a point and its eight neighbours."""
    side = 1.0 / _SQUARES_A_DEGREE
    return [square_of(lat + down, lon + right) for down in (-side, 0.0, side) for right in (-side, 0.0, side)]
