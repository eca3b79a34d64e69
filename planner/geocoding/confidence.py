"""How far the answer of a Nominatim server can be trusted: what it found, compared part by part with what was asked for."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from planner.geocoding.asked import Asked
from planner.geocoding.found import QUALITY_WORTH
from planner.geocoding.index import Business, Street
from planner.geocoding.match import read_as
from planner.geocoding.search import same_business
from planner.model.places import LatLon, Match, MatchQuality
from planner.model.placing import AREA_ONLY
from planner.model.street_names import house_numbers, normalise_street, normalise_town, state_code, zip5
from planner.values import Struct, replace

SOURCE = "nominatim"
EXACT = frozenset({MatchQuality.ROOFTOP, MatchQuality.INTERPOLATED})

_WORTH = MappingProxyType({**QUALITY_WORTH, MatchQuality.ZIP: 0.3, MatchQuality.CITY: 0.2})
_TOWNS = ("city", "town", "village", "hamlet", "borough", "municipality", "township", "suburb")  # what Nominatim calls settlements
_ZIP_TYPES = frozenset({"postcode", "postal_code"})
# An answer's place starts at the first and gains or loses by what city and ZIP say, as those of the pack do.
_UNSAID, _SAME, _CITY_OTHER, _ZIP_NEAR, _ZIP_FAR = 0.8, 0.1, -0.15, -0.05, -0.35
_SURE = 0.7  # a place that agrees less asks for a look
_OTHER_STREET = 0.5
_DOUBT = 0.75  # what a doubtful find is worth beside a sure one
_CONTRADICT_M = 500.0
_LONGEST = 120  # characters of a server's text that are shown


class _Answer(Struct, frozen=True):
    """One place as a server tells it. `counted`: its number was counted along the street."""

    point: LatLon
    house: str
    road: str
    city: str
    state: str
    zip: str
    name: str
    is_road: bool
    is_zip: bool
    counted: bool

    @property
    def label(self) -> str:
        """The address as people write it."""
        street = " ".join(part for part in (self.house, self.road) if part)
        named = self.name if self.name not in {self.road, self.house, self.city, self.zip} else ""
        return ", ".join(part for part in (named, street, " ".join(f"{self.city} {self.state} {self.zip}".split())) if part)


def read_answers(asked: Asked, places: Iterable[Any]) -> list[Match]:
    """The places of a Nominatim answer (format json with address details) that may be the one asked for, best first.

    A place in another state, in another street without the house, or without coordinates is none.
    """
    answers = [answer for place in places if (answer := _read(place)) is not None]
    matches = [match for answer in answers if (match := _judged(asked, answer)) is not None]
    return sorted(matches, key=lambda match: -trust(match))


def trust(match: Match) -> float:
    """What a find is worth beside others: its score, less when it is doubtful; what the user placed by hand is worth most."""
    if match.quality is MatchQuality.MANUAL:
        return 2.0
    return match.score * (_DOUBT if match.doubtful else 1.0) if match.point else 0.0


def best_of(offline: Match, online: Match | None) -> Match:
    """The better of what the pack and a server found; two exact houses far apart ask for a look."""
    if online is None or online.point is None:
        return offline
    best = online if trust(online) > trust(offline) else offline
    if offline.point is None or not {offline.quality, online.quality} <= EXACT:
        return best
    apart_m = offline.point.metres_to(online.point)
    if apart_m <= _CONTRADICT_M:
        return best
    note = f"Road pack and server place it {apart_m / 1000:.1f} km apart"
    return replace(best, note="; ".join(part for part in (best.note, note) if part), doubtful=True)


def _read(place: Any) -> _Answer | None:
    if not isinstance(place, Mapping) or not isinstance(parts := place.get("address"), Mapping):
        return None
    try:
        point = LatLon(float(place["lat"]), float(place["lon"]))
    except (KeyError, TypeError, ValueError):
        return None
    kind, sort = _text(place, "class"), _text(place, "type")
    state = _text(parts, "ISO3166-2-lvl4").removeprefix("US-") or state_code(_text(parts, "state"))
    return _Answer(
        point=point,
        house=_text(parts, "house_number"),
        road=_text(parts, "road"),
        city=next((town for key in _TOWNS if (town := _text(parts, key))), ""),
        state=state,
        zip=_text(parts, "postcode"),
        name=_text(place, "name"),
        is_road=kind == "highway",
        is_zip=sort in _ZIP_TYPES,
        counted=kind == "place" and _text(place, "osm_type") == "way",  # of an interpolation line or of TIGER, says the way along
    )


def _text(parts: Mapping[Any, Any], key: str) -> str:
    value = parts.get(key)
    return " ".join(value.split())[:_LONGEST] if isinstance(value, str) else ""


def _judged(asked: Asked, answer: _Answer) -> Match | None:
    """One answer as a match; None when it cannot be what was asked for."""
    if asked.state and answer.state != asked.state:
        return None
    quality, house_notes = _quality(asked, answer)
    fit, fit_notes = _fit(asked, answer)
    likeness, street_notes = _likeness(asked, answer)
    if quality is MatchQuality.NONE or (quality is MatchQuality.STREET and likeness <= _OTHER_STREET):
        return None
    if quality in AREA_ONLY:
        likeness, street_notes = 1.0, ("The server does not know the street",) if asked.line.key else ()
    notes = (*house_notes, *street_notes, *fit_notes)
    lacks_house = quality is MatchQuality.STREET and bool(asked.line.houses)
    doubtful = quality in AREA_ONLY or lacks_house or bool(house_notes) or fit < _SURE or likeness < _SURE
    return Match(answer.point, quality, SOURCE, round(_WORTH[quality] * fit * likeness, 3), answer.label, "; ".join(notes), doubtful)


def _quality(asked: Asked, answer: _Answer) -> tuple[MatchQuality, tuple[str, ...]]:
    """What kind of place came back, and what is wrong with its house number."""
    if set(asked.line.houses) & set(house_numbers(answer.house)):
        return MatchQuality.INTERPOLATED if answer.counted else MatchQuality.ROOFTOP, ()
    if asked.name and not answer.is_road and same_business(asked.name, Business(answer.name, normalise_town(answer.name), 0, answer.point)):
        other = f"Number is {answer.house} on the server's map" if answer.house and asked.line.houses else ""
        return MatchQuality.BUSINESS, (other,) if other else ()
    if answer.road:
        number = asked.line.houses[0] if asked.line.houses else ""
        missing = f"Number {number} is not on the server's map" if number else ""
        shown = f"number {answer.house} is shown" if answer.house else ""
        said = "; ".join(part for part in (missing, shown) if part)
        return MatchQuality.STREET, (said,) if said else ()
    if answer.is_zip and answer.zip:
        return MatchQuality.ZIP, ()
    return (MatchQuality.CITY if answer.city else MatchQuality.NONE), ()


def _likeness(asked: Asked, answer: _Answer) -> tuple[float, tuple[str, ...]]:
    """How like the answer's street is to the one asked for, 0..1, and what is to be said of it."""
    keys = [key for key in (asked.line.key, asked.line.other_key) if key]
    if not keys:
        return 1.0, ()
    if not answer.road:
        return _OTHER_STREET, ("The server names no street there",)
    street = Street(0, normalise_street(answer.road), answer.road)
    readings = [reading for key in keys if (reading := read_as(key, street)) is not None]
    best = max(readings, key=lambda reading: reading.likeness, default=None)
    if best is None or best.contradicts:
        return _OTHER_STREET, (f"The server has it in '{answer.road}'",)
    return best.likeness, (f"Street read as '{answer.road}'",) if best.edits else ()


def _fit(asked: Asked, answer: _Answer) -> tuple[float, tuple[str, ...]]:
    """How well city and ZIP agree, 0..1, and where they differ."""
    fit, notes = _UNSAID, []
    if asked.city and answer.city:
        same = normalise_town(answer.city) == asked.city
        fit += _SAME if same else _CITY_OTHER
        notes += [] if same else [f"The server has it in {answer.city}"]
    if asked.zip and (found := zip5(answer.zip)):
        fit += _SAME if found == asked.zip else _ZIP_NEAR if found[:3] == asked.zip[:3] else _ZIP_FAR
        notes += [] if found == asked.zip else [f"ZIP is {found} on the server's map"]
    return min(1.0, fit), tuple(notes)
