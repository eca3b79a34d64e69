"""What is ready without a network."""

from planner.usecases.accounts import account_places
from planner.usecases.drive_times import MOST_AHEAD, missing_drive_times
from planner.usecases.packs import active_pack
from planner.usecases.settings import writing_in
from planner.usecases.workspace import Workspace
from planner.values import Struct


class OfflineStatus(Struct, frozen=True):
    """Whether everything needed is on this laptop, in two words, and line by line."""

    ready: bool
    title: str
    lines: tuple[str, ...]


def offline_status(workspace: Workspace) -> OfflineStatus:
    """What works without a network, what does not yet, and how old it is."""
    pack = active_pack(workspace)
    if pack is None:
        return OfflineStatus(False, "No roads yet", ("No road pack is on this laptop: build one from an OSM extract, or add the sample.",))
    places = account_places(workspace)
    missing = missing_drive_times(workspace)
    number = writing_in(workspace).number
    kept = "between accounts" if len(places) <= MOST_AHEAD else f"between the {number(MOST_AHEAD)} accounts nearest to home"
    lines = [
        f"Roads, addresses and map of {pack.name} are here; map data of {pack.data_date or 'unknown date'}.",
        f"{number(len(places) - places.count(None))} of {number(len(places))} accounts have a place.",
        f"All drive times {kept} are kept." if not missing else f"Drive times of {number(missing)} accounts are still to be computed.",
        "Nothing on this list needs a network.",
    ]
    return OfflineStatus(True, "Ready offline", tuple(lines))
