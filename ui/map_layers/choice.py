"""What of the map is switched on, kept for the next start."""

from planner.usecases.account_colours import ColourBy
from planner.values import Struct, fields
from ui.geometry import Geometry

_COLOUR = "map colour by"


class MapChoice(Struct, frozen=True):
    """What colours tell, which layers are on, whether near pins are merged, and whether the legend is open."""

    colour: ColourBy = ColourBy.KIND
    territories: bool = False
    zips: bool = False
    heat: bool = False
    other_days: bool = True
    merged: bool = True
    legend: bool = True


_FLAGS = tuple(field.name for field in fields(MapChoice) if field.name != "colour")
_USUAL = MapChoice()


def read_choice(geometry: Geometry) -> MapChoice:
    """The choice of the last time; the usual one at first."""
    colour = next((by for by in ColourBy if geometry.flag(f"{_COLOUR} {by}")), _USUAL.colour)
    # A flag that was never kept is off, so what is kept is whether it differs from what is usual.
    return MapChoice(colour, **{name: geometry.flag(_flag(name)) != getattr(_USUAL, name) for name in _FLAGS})


def keep_choice(geometry: Geometry, choice: MapChoice) -> None:
    """Remember a choice."""
    for by in ColourBy:
        geometry.keep_flag(f"{_COLOUR} {by}", on=by is choice.colour)
    for name in _FLAGS:
        geometry.keep_flag(_flag(name), on=getattr(choice, name) != getattr(_USUAL, name))


def _flag(name: str) -> str:
    return f"map {name} not as usual"
