"""Single drives: the way between places, what is near in time, and where a recorded track went."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import PlanProblem
from planner.model.places import NamedPlace
from planner.model.travel import Isochrone, MatchedTrack, Route, RushHours, Track
from planner.progress import Report, part
from planner.store.settings import read_settings
from planner.usecases.locate_accounts import open_gazetteer
from planner.usecases.named_places import home_and_office
from planner.usecases.packs import need_pack
from planner.usecases.week_request import rush_hours
from planner.usecases.workspace import Workspace
from planner.values import Struct

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer


class Drive(Struct, frozen=True):
    """A way through places, and when each is reached (local seconds after midnight) by who leaves at a time, rush hours counted."""

    places: tuple[NamedPlace, ...]
    route: Route
    reached_s: tuple[int, ...]


def find_drive(workspace: Workspace, texts: Sequence[str], leave_s: int, report: Report) -> Drive:
    """The drive through addresses (or home, office) in their order; raises PlanProblem, PackProblem that name what cannot be reached."""
    places = named_places(workspace, texts)
    engine = workspace.engine(need_pack(workspace))
    return _timed(places, engine.route([place.point for place in places], report=report), _rush(workspace), leave_s)


def find_alternates(workspace: Workspace, start: str, end: str, count: int, leave_s: int, report: Report) -> list[Drive]:
    """Up to `count` ways from one address to another, the best first."""
    places = named_places(workspace, (start, end))
    routes = workspace.engine(need_pack(workspace)).alternates(places[0].point, places[1].point, count, report)
    return [_timed(places, route, _rush(workspace), leave_s) for route in routes]


def find_reach(workspace: Workspace, text: str, minutes: Sequence[int], report: Report) -> tuple[Isochrone, ...]:
    """What can be reached from an address within each number of minutes, rush hours not counted."""
    (place,) = named_places(workspace, (text,))
    return workspace.engine(need_pack(workspace)).isochrones(place.point, minutes, report)


def match_tracks(workspace: Workspace, file: Path, report: Report) -> list[tuple[Track, MatchedTrack]]:
    """The tracks of a GPX file, laid onto the roads that were driven; raises BadInputFile, PackProblem."""
    from planner.imports.gpx import read_gpx

    tracks, engine = read_gpx(file), workspace.engine(need_pack(workspace))
    steps = [part(report, index / len(tracks), (index + 1) / len(tracks)) for index in range(len(tracks))]
    return [(track, engine.match_track(track.points, step)) for track, step in zip(tracks, steps, strict=True)]


def named_places(workspace: Workspace, texts: Sequence[str]) -> tuple[NamedPlace, ...]:
    """Where addresses are, or home and office; raises PlanProblem for one that is not in the pack."""
    pack = need_pack(workspace)
    with workspace.reading() as db:
        settings = read_settings(db, sample=pack.sample)
    with open_gazetteer(pack) as gazetteer:
        places = []
        for text in texts:
            wanted = text.strip().casefold()
            if wanted in {"home", "office"}:
                places.append(home_and_office(settings, gazetteer)[wanted == "office"])
            else:
                places.append(_place(text.strip(), gazetteer))
    return tuple(places)


def _place(text: str, gazetteer: "Gazetteer") -> NamedPlace:
    """The place of an address; for a town or a ZIP its middle will do."""
    match = gazetteer.locate_text(text)
    if match.point is None:
        raise PlanProblem(f"“{text}” is not in the road pack.", f"{match.note}.", "Mend the address, or use a pack that covers it.")
    return NamedPlace(text, match.point)


def _timed(places: tuple[NamedPlace, ...], route: Route, rush: RushHours, leave_s: int) -> Drive:
    reached = [leave_s]
    for leg in route.legs:
        reached.append(rush.arrive_s(reached[-1], leg.seconds))
    return Drive(places, route, tuple(reached))


def _rush(workspace: Workspace) -> RushHours:
    with workspace.reading() as db:
        return rush_hours(read_settings(db))
