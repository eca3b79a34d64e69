"""Places that settings and options name: home, office, hotels, addresses."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.errors import PlanProblem
from planner.model.places import LatLon, MatchQuality, NamedPlace
from planner.settings import Settings
from planner.values import replace

if TYPE_CHECKING:
    from planner.geocoding.offline import Gazetteer

EXACT = (MatchQuality.ROOFTOP, MatchQuality.INTERPOLATED, MatchQuality.STREET)
LAST_STOP = ("last stop", "last")


def home_and_office(settings: Settings, gazetteer: "Gazetteer") -> tuple[NamedPlace, NamedPlace]:
    """Where the days begin and end, and where the office is; each stands in for the other when only one is set."""
    places = {}
    for key, name in (("home", "Home"), ("office", "Office")):
        address = settings.text(key)
        if not address:
            continue
        match = gazetteer.locate_text(address)
        if match.point is None or match.quality in (MatchQuality.ZIP, MatchQuality.CITY):
            raise PlanProblem(
                f"The address of your {key}, “{address}”, is not in the road pack.",
                f"{match.note}.",
                "Mend it in the settings, or build a pack that covers it.",
            )
        places[key] = NamedPlace(name, match.point)
    if not places:
        raise PlanProblem(
            "It is not known where your days begin and end.",
            "Neither home nor office is set.",
            "Set one: roadbook settings set office “500 E College Ave, State College, PA 16801”.",
        )
    office = places.get("office") or replace(places["home"], name="Office")
    home = places.get("home") or NamedPlace("Office", office.point)
    return home, office


def hotels_of(settings: Settings, gazetteer: "Gazetteer") -> tuple[NamedPlace, ...]:
    """Her preferred hotels; raises PlanProblem for one whose address is not in the pack."""
    hotels = []
    for entry in filter(None, (part.strip() for part in settings.text("hotels").split(";"))):
        name, _, address = entry.partition("=")
        hotels.append(located_place(address.strip() or name.strip(), name.strip(), gazetteer))
    return tuple(hotels)


def located_place(address: str, name: str, gazetteer: "Gazetteer") -> NamedPlace:
    """The place of an address; raises PlanProblem when it is not in the pack."""
    match = gazetteer.locate_text(address)
    if match.point is None or match.quality in (MatchQuality.ZIP, MatchQuality.CITY):
        raise PlanProblem(f"“{address}” is not in the road pack.", f"{match.note}.", "Mend the address, or build a pack that covers it.")
    return NamedPlace(name, match.point)


def day_end(text: str, home: NamedPlace, office: NamedPlace, hotels: Sequence[NamedPlace], gazetteer: "Gazetteer") -> NamedPlace | None:
    """Where a day begins or ends by its name: home, office, a hotel's name, an address; None for "last stop"."""
    wanted = text.strip().lower()
    if wanted in LAST_STOP:
        return None
    known = {"home": home, "office": office} | {hotel.name.lower(): hotel for hotel in hotels}
    return known.get(wanted) or located_place(text.strip(), text.strip(), gazetteer)


def is_named(text: str, hotels: Sequence[NamedPlace]) -> bool:
    """Whether a text is the name of a place where days begin and end, and not an address."""
    return text.strip().lower() in {*LAST_STOP, "home", "office", *(hotel.name.lower() for hotel in hotels)}


def appointment_place(location: str, office: NamedPlace, gazetteer: "Gazetteer") -> LatLon | None:
    """Where an appointment is; None when its location says none that can be placed."""
    name, _, address = location.partition(",")
    if name.strip().lower() == "office":
        match = gazetteer.locate_text(address) if address.strip() else None
        return match.point if match and match.point and not match.doubtful else office.point
    if not location.strip():
        return None
    match = gazetteer.locate_text(location)
    return match.point if match.quality in EXACT else None
