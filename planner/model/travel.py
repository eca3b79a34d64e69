"""Drive times and routes. The one noun file that uses numpy: a matrix of thousands of places is a matrix."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon

UNREACHABLE = -1
"""Stands in a matrix where no road leads from one place to the other."""


@dataclass(frozen=True, slots=True)
class TravelMatrix:
    """Drive times between places: `seconds[a, b]` and `metres[a, b]` (int32, n x n) from a to b; UNREACHABLE where no road leads."""

    places: tuple[LatLon, ...]
    seconds: NDArray[np.int32]
    metres: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Leg:
    """One drive of a route: seconds, metres and the shape along the roads, first and last point included."""

    seconds: int
    metres: int
    shape: tuple[LatLon, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """A drive through several stops: one leg between each two."""

    legs: tuple[Leg, ...]

    @property
    def seconds(self) -> int:
        """Drive time of all legs."""
        return sum(leg.seconds for leg in self.legs)

    @property
    def metres(self) -> int:
        """Length of all legs."""
        return sum(leg.metres for leg in self.legs)


@dataclass(frozen=True, slots=True)
class Snap:
    """Where a point meets the road network: the road point and how many metres away it is; None where no road is within the cutoff."""

    point: LatLon | None
    metres: float
