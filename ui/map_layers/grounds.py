"""Layers on the ground, made ready to be painted by the threads that worked them out."""

from collections.abc import Sequence

from planner.model.places import Bounds
from planner.usecases.heat import HeatMap
from planner.usecases.map_areas import MapArea, ZipMap
from planner.values import Struct
from ui.map.ground import NO_GROUP, Area, GroundKey, Heat

ZIPS_DRAWN, ZIPS_GUESSED = "from addresses of the map", "about, from the accounts in it"
_TERRITORY_OPACITY, _TERRITORY_EDGE_PX, _TERRITORY_EDGE = 0.11, 1.4, 0.75
_ZIP_TINT, _ZIP_OPACITY, _ZIP_EDGE_PX = "area_edge", 0.05, 1.2


class GroundLayer(Struct, frozen=True):
    """Areas or a surface of heat, and what the legend says of them; None for nothing."""

    areas: tuple[Area, ...] = ()
    heat: Heat | None = None
    key: GroundKey | None = None


def territory_layer(found: Sequence[MapArea]) -> GroundLayer:
    """Where each owner's accounts are, with one name for each."""
    areas = tuple(
        Area.of(
            f"{one.name} · {one.accounts}",
            one.rings,
            one.group,
            one.middle,
            opacity=_TERRITORY_OPACITY,
            edge_px=_TERRITORY_EDGE_PX,
            edge_opacity=_TERRITORY_EDGE,
            roams=True,
            stays=True,
        )
        for one in found
    )
    entries = tuple((one.name, one.group) for one in sorted(found, key=lambda one: (one.group < 0, one.group)))
    return GroundLayer(areas, key=GroundKey("Territories", entries, "by the accounts around") if found else None)


def zip_layer(found: ZipMap) -> GroundLayer:
    """Where each ZIP is."""
    known = found.from_addresses
    areas = tuple(
        Area.of(one.name, one.rings, _ZIP_TINT, one.middle, opacity=_ZIP_OPACITY, dashed=not known, edge_px=_ZIP_EDGE_PX, roams=True)
        for one in found.areas
    )
    told = ((ZIPS_DRAWN if known else ZIPS_GUESSED, _ZIP_TINT),)
    return GroundLayer(areas, key=GroundKey("ZIP areas", told, edges=True, dashed=not known) if areas else None)


def heat_layer(found: HeatMap | None) -> GroundLayer:
    """Where potential is."""
    if found is None:
        return GroundLayer()
    heat = Heat.of(found.density, Bounds(found.south, found.west, found.north, found.east))
    return GroundLayer(heat=heat, key=GroundKey("Potential", (("less to more: open deals, large prospects", NO_GROUP),), heat=True))
