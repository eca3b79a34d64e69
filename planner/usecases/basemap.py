"""The basemap that the map draws."""

from typing import TYPE_CHECKING

from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from planner.roads.basemap.reader import Basemap


def open_basemap(workspace: Workspace) -> "Basemap | None":
    """The vector tiles of the pack in use, to be closed; None when there is no pack."""
    from planner.roads.basemap.reader import Basemap

    pack = active_pack(workspace)
    return Basemap(pack.basemap) if pack else None
