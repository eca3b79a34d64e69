"""Drive times and routes. The one noun file that uses numpy: a matrix of thousands of places is a matrix."""

import re
from datetime import datetime
from enum import StrEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from planner.model.places import LatLon, is_inside
from planner.values import Struct

UNREACHABLE = -1
"""Stands in a matrix where no road leads from one place to the other."""


class TravelMatrix(Struct, frozen=True):
    """Drive times between places: `seconds[a, b]` and `metres[a, b]` (int32, n x n) from a to b; UNREACHABLE where no road leads."""

    places: tuple[LatLon, ...]
    seconds: NDArray[np.int32]
    metres: NDArray[np.int32]


class DriveOptions(Struct, frozen=True):
    """Roads to stay off where another way leads there; where none does, they are driven on all the same."""

    avoid_tolls: bool = False
    avoid_ferries: bool = False
    avoid_unpaved: bool = False

    @property
    def stamp(self) -> str:
        """A short text that is the same for the same options, empty for the defaults: drive times depend on it."""
        chosen = {"tolls": self.avoid_tolls, "ferries": self.avoid_ferries, "unpaved": self.avoid_unpaved}
        return " ".join(f"no-{name}" for name, avoided in chosen.items() if avoided)


class Turn(StrEnum):
    """What a driver does at a maneuver; decides the sign beside its text."""

    DEPART = "depart"
    CONTINUE = "continue"
    SLIGHT_LEFT = "slight left"
    LEFT = "left"
    SHARP_LEFT = "sharp left"
    SLIGHT_RIGHT = "slight right"
    RIGHT = "right"
    SHARP_RIGHT = "sharp right"
    U_TURN = "u-turn"
    KEEP_LEFT = "keep left"
    KEEP_RIGHT = "keep right"
    RAMP = "ramp"
    RAMP_LEFT = "ramp left"
    RAMP_RIGHT = "ramp right"
    EXIT_LEFT = "exit left"
    EXIT_RIGHT = "exit right"
    MERGE = "merge"
    ROUNDABOUT = "roundabout"
    LEAVE_ROUNDABOUT = "leave roundabout"
    FERRY = "ferry"
    LEAVE_FERRY = "leave ferry"
    ARRIVE = "arrive"


class Maneuver(Struct, frozen=True):
    """One line of a turn-by-turn list: what to do at the point `begin` of the leg's shape, and how far and long the way goes on from there.

    `text` is a sentence in English ("Turn left onto Mill Road."), `streets` are the names of the way after it.
    """

    turn: Turn
    text: str
    streets: tuple[str, ...]
    metres: int
    seconds: int
    begin: int


class Leg(Struct, frozen=True):
    """One drive of a route: seconds, metres, the shape along the roads, first and last point included, and what to do on the way."""

    seconds: int
    metres: int
    shape: tuple[LatLon, ...]
    maneuvers: tuple[Maneuver, ...] = ()


class Route(Struct, frozen=True):
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


class Snap(Struct, frozen=True):
    """Where a point meets the road network: the road point and how many metres away it is; None where no road is within the cutoff."""

    point: LatLon | None
    metres: float


class Isochrone(Struct, frozen=True):
    """What can be reached within so many minutes: the outlines of it and of the holes in it, each a ring whose last point is not repeated.

    A point is reached when it lies inside an odd number of the rings, so a ring inside another one is a hole.
    """

    minutes: int
    rings: tuple[tuple[LatLon, ...], ...]

    def contains(self, point: LatLon) -> bool:
        """Whether the point lies in what can be reached."""
        return sum(is_inside(ring, point) for ring in self.rings) % 2 == 1

    @property
    def polygons(self) -> tuple[tuple[tuple[LatLon, ...], ...], ...]:
        """The rings as polygons: each an outline, and then the holes in it."""
        around = {ring: [other for other in self.rings if other is not ring and is_inside(other, ring[0])] for ring in self.rings}
        outer = [ring for ring in self.rings if len(around[ring]) % 2 == 0]
        holes = [ring for ring in self.rings if len(around[ring]) % 2 == 1]
        # A hole belongs to the outline that has the most others around it: the innermost of those it lies in.
        of_hole = {hole: max((ring for ring in around[hole] if ring in outer), key=lambda ring: len(around[ring])) for hole in holes}
        return tuple((ring, *(hole for hole in holes if of_hole[hole] is ring)) for ring in outer)


class TrackPoint(Struct, frozen=True):
    """A place on a recorded track and the time it was passed (aware), when that was recorded."""

    place: LatLon
    time: datetime | None = None

    def seconds_to(self, other: "TrackPoint") -> float:
        """The time from this point to another; 0 where one of them has none."""
        return (other.time - self.time).total_seconds() if self.time and other.time else 0.0


class Track(Struct, frozen=True):
    """A recorded drive: the name its file gives it, which may be empty, and its points in order."""

    name: str
    points: tuple[TrackPoint, ...]


class MatchedPiece(Struct, frozen=True):
    """A stretch of a recorded track without a gap, laid onto the roads.

    `seconds` passed from its first recorded point to its last one, None where the track has no times; `streets` in the order they were
    driven. `first` and `last` are positions of recorded points.
    """

    shape: tuple[LatLon, ...]
    metres: int
    seconds: int | None
    streets: tuple[str, ...]
    first: int
    last: int


class MatchedTrack(Struct, frozen=True):
    """A recorded track on the roads: its pieces, and the positions of the recorded points that are on no road."""

    pieces: tuple[MatchedPiece, ...]
    off_road: tuple[int, ...]

    @property
    def metres(self) -> int:
        """Length of all pieces."""
        return sum(piece.metres for piece in self.pieces)

    @property
    def seconds(self) -> int | None:
        """Time of all pieces, the gaps between them not counted; None where a piece has no times."""
        times = [piece.seconds for piece in self.pieces]
        return None if None in times else sum(filter(None, times))

    @property
    def streets(self) -> tuple[str, ...]:
        """Every street driven on, once, in the order they were first driven on."""
        return tuple(dict.fromkeys(street for piece in self.pieces for street in piece.streets))


UNITS = 1_000_000
"""What a second of driving is counted in, so that sums of parts of seconds are whole."""

_RUSH = re.compile(r"(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?\s*=\s*(\d+(?:\.\d{1,2})?)")


class RushHours(Struct, frozen=True):
    """How much longer drives take in each hour of the clock: `percent[h]` from h:00 to h+1:00, 100 (as usual) to 300, every day.

    A drive uses up its usual seconds at the rate 100/percent of the hour it is in, counted in millionths of a second. So who departs later
    never arrives earlier, and only the answers are rounded, to the whole second that keeps a promise: arrivals up, departures down.
    """

    percent: tuple[int, ...] = (100,) * 24

    def __post_init__(self) -> None:
        if len(self.percent) != 24 or not all(100 <= percent <= 300 for percent in self.percent):
            raise ValueError("rush hours are 24 percentages from 100 to 300")

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "7-9 = 1.25; 16-18 = 1.3"; raises ValueError that says in plain words what is wrong."""
        percent = [100] * 24
        for piece in filter(None, map(str.strip, text.split(";"))):
            found = _RUSH.fullmatch(piece)
            if not found:
                raise ValueError(f"“{piece}” is not written like 7-9 = 1.25")
            begin, end, factor = int(found[1]), int(found[2]), round(float(found[3]) * 100)
            if not 0 <= begin < end <= 24:
                raise ValueError(f"“{piece}” must go from an earlier hour of the day to a later one, 0 to 24")
            if not 100 <= factor <= 300:
                raise ValueError(f"“{piece}” must have a factor from 1 to 3")
            if any(value != 100 for value in percent[begin:end]):
                raise ValueError(f"“{piece}” overlaps another rush hour")
            percent[begin:end] = [factor] * (end - begin)
        return cls(tuple(percent))

    def arrive_s(self, depart_s: int, drive_s: int) -> int:
        """When a drive of usually `drive_s` seconds that begins at `depart_s` ends; both in local seconds after midnight, any day's."""
        time, work, pace = depart_s, drive_s * UNITS, self.pace
        while True:
            speed, left = pace[time // 3600 % 24], 3600 - time % 3600
            if work <= left * speed:
                return time - (-work // speed)
            time, work = time + left, work - left * speed

    def depart_s(self, arrive_s: int, drive_s: int) -> int:
        """The last second after midnight at which the drive may begin to end by `arrive_s`; before midnight it is negative."""
        time, work, pace = arrive_s, drive_s * UNITS, self.pace
        while True:
            speed, left = pace[(time - 1) // 3600 % 24], (time - 1) % 3600 + 1
            if work <= left * speed:
                return time + (-work // speed)
            time, work = time - left, work - left * speed

    @property
    def pace(self) -> tuple[int, ...]:
        """How much of a drive a second of each hour does: `UNITS` of it in a usual hour (rounded up, so that 3600 s at 1.5 are 5400 s)."""
        return tuple(-(-100 * UNITS // percent) for percent in self.percent)


AS_USUAL = RushHours()
"""No rush hours: every drive takes what the matrix says."""
