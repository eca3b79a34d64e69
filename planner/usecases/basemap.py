"""The basemap that the map draws."""

from typing import TYPE_CHECKING

from planner.roads.pack.packs import need_sound
from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from planner.roads.basemap.reader import Basemap


def open_basemap(workspace: Workspace) -> "Basemap | None":
    """The vector tiles of the pack in use, to be closed; None when there is no pack. Raises PackProblem when they are damaged."""
    from planner.roads.basemap.reader import Basemap

    pack = active_pack(workspace)
    if pack is None:
        return None
    need_sound(pack, pack.basemap.name)
    return Basemap(pack.basemap)
