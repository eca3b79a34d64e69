"""Places by what a user types, and what is at a place."""

from planner.model.places import LatLon, Match
from planner.store.settings import read_settings
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.packs import need_pack
from planner.usecases.workspace import Workspace


def suggest_places(workspace: Workspace, text: str, near: LatLon | None = None, limit: int = 8) -> list[Match]:
    """Addresses, streets, towns, ZIPs and businesses that an unfinished or misspelt text may mean, the likeliest and nearest first."""
    with open_gazetteer(need_pack(workspace)) as gazetteer:
        return gazetteer.suggest(text, near, limit)


def what_is_at(workspace: Workspace, point: LatLon) -> Match:
    """The nearest house, street or town; its text says how the point lies to it: "near 500 E College Ave, State College PA"."""
    with workspace.reading() as db:
        miles = read_settings(db).text("units") == "miles"
    with open_gazetteer(need_pack(workspace)) as gazetteer:
        return gazetteer.reverse(point, miles=miles)
