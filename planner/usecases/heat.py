"""Where the potential is: the worth of open deals and of the size of prospects, spread around their places."""

import math
from collections.abc import Iterable
from datetime import date

import numpy as np
from numpy.typing import NDArray

from planner.model.accounts import Account
from planner.planning.value import Weights, value_terms
from planner.progress import Report
from planner.usecases.account_colours import Deals
from planner.usecases.outlines import Grid, mercator
from planner.values import Struct, fields, replace

_ONLY_POTENTIAL = replace(Weights(**{each.name: 0.0 for each in fields(Weights)}), potential=1.0)
_CELLS = 200
_SHARE_OF_SPREAD = 0.045
_NARROWEST_M, _WIDEST_M = 700.0, 6_000.0
_TELL_EVERY = 2_000


class HeatMap(Struct, frozen=True):
    """A density, (rows, columns) from the north-west, 0 to 1; rows are even in web mercator. The box it covers is in degrees."""

    north: float
    west: float
    south: float
    east: float
    density: NDArray[np.float32]


def heat_of_potential(accounts: Iterable[Account], deals: Deals, today: date, report: Report) -> HeatMap | None:
    """The potential of all placed accounts as a surface (a Gaussian kernel density, weighed by points); None where there is none.

    An account counts with the points that planning gives its potential.
    """
    placed = [account for account in accounts if account.place is not None]
    points = np.zeros(len(placed))
    for index, account in enumerate(placed):
        if index % _TELL_EVERY == 0:
            report(0.8 * index / len(placed), "Looking where the potential is")
        terms = value_terms(account, deals.get(account.crm_id, ()), today, _ONLY_POTENTIAL)
        points[index] = sum(term.points for term in terms)
    if not points.any():
        return None
    xy = mercator([account.place for account in placed if account.place is not None])
    (low_x, low_y), (high_x, high_y) = np.percentile(xy, (5, 95), axis=0).tolist()
    middle = Grid.around(xy, 0.0)
    spread_m = math.hypot(high_x - low_x, high_y - low_y) / middle.cell * middle.metres_a_cell
    kernel_m = max(_NARROWEST_M, min(_WIDEST_M, _SHARE_OF_SPREAD * spread_m))
    grid = Grid.around(xy, 3 * kernel_m, _CELLS)
    cells = grid.cells(xy)
    density = np.zeros((grid.rows, grid.columns))
    np.add.at(density, (cells[:, 0], cells[:, 1]), points)
    density = _blurred(_blurred(density, kernel_m / grid.metres_a_cell).T, kernel_m / grid.metres_a_cell).T
    report(1.0, "Looking where the potential is")
    north_west, south_east = grid.place(0, 0), grid.place(grid.rows, grid.columns)
    shares = (density / density.max()).astype(np.float32)
    return HeatMap(north_west.lat, north_west.lon, south_east.lat, south_east.lon, shares)


def _blurred(values: NDArray[np.float64], deviation: float) -> NDArray[np.float64]:
    """Each row spread by a Gaussian of this deviation in cells."""
    reach = max(1, math.ceil(3 * deviation))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(deviation, 1e-6)) ** 2)
    padded = np.pad(values, ((0, 0), (reach, reach)))
    spread: NDArray[np.float64] = np.lib.stride_tricks.sliding_window_view(padded, len(kernel), axis=1) @ (kernel / kernel.sum())
    return spread
