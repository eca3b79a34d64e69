"""Where a house that is not on the map must be along its street."""

from planner.geocoding.areas import UNSAID, Area
from planner.geocoding.found import CLOSE_M, QUALITY_WORTH, RIVAL, Found, middle, place_notes, spread, street_notes
from planner.geocoding.index import Index, StreetIn
from planner.geocoding.interpolate import Between, beside_line, between, beyond
from planner.geocoding.match import Reading, behind_hyphen
from planner.model.places import LatLon, MatchQuality
from planner.model.street_names import HouseNumber
from planner.values import replace

_AROUND = 400  # numbers to look up and down the street for neighbours
_MENDED_LIKENESS = 0.955  # a street less like the one asked for is a guess unless the house number is there


def on_street(index: Index, area: Area, house: HouseNumber | None, reading: Reading) -> Found | None:
    """The place between neighbouring numbers, or else the middle of the street."""
    within = [(one, area.fits[one.locality]) for one in index.street_in(reading.street.id) if one.locality in area.fits]
    if not within:
        return None
    top = max(fit.score for _, fit in within)
    here = [one for one, fit in within if fit.score >= top - RIVAL]
    fit = next(fit for _, fit in within if fit.score == top)
    notes = (*street_notes(reading), *place_notes(index, here[0].locality, fit))
    if house is None:
        return _whole_street(index, house, reading, here, (top, notes))
    around = [one for one, fit in within if fit.score < top - RIVAL]  # where neighbours may be, when there are none in the town itself
    for streets, place in ((here, top), (around, max((area.fits[one.locality].score for one in around), default=0.0))):
        spot = _interpolated(index, house, reading, {one.locality for one in streets})
        if spot:
            score = place * reading.likeness * QUALITY_WORTH[MatchQuality.INTERPOLATED]
            doubtful = spot.error_m > CLOSE_M or _unsure(place, reading)
            return Found(spot.point, MatchQuality.INTERPOLATED, score, (*notes, f"Number {house} placed {spot.where}"), doubtful)
    return _whole_street(index, house, reading, here, (top, notes))


def _unsure(place: float, reading: Reading) -> bool:
    """Without the house itself, a street that had to be mended or is said to be elsewhere asks for a look."""
    return place < UNSAID or reading.alias or reading.likeness < _MENDED_LIKENESS


def _interpolated(index: Index, house: HouseNumber, reading: Reading, localities: set[int]) -> Between | None:
    """The place of a number among those of its street in some localities."""
    street, asked = reading.street.id, behind_hyphen(house.suffix)
    if asked is not None:
        beside = index.houses(street, house.number)
        known = [(behind, one.point) for one in beside if one.locality in localities and (behind := behind_hyphen(one.suffix)) is not None]
    else:
        asked = house.number
        beside = index.houses_between(street, asked - _AROUND, asked + _AROUND)
        known = [(one.number, one.point) for one in beside if one.locality in localities and one.number != asked]
    spot = between(asked, known) or beyond(asked, known)
    if spot is None or spot.beside:
        return spot
    return replace(spot, point=beside_line(spot.point, index.pieces(street, localities)))


def _whole_street(
    index: Index, house: HouseNumber | None, reading: Reading, here: list[StreetIn], place: tuple[float, tuple[str, ...]]
) -> Found:
    top, notes = place
    pieces = index.pieces(reading.street.id, {one.locality for one in here})
    points = [LatLon(lat, lon) for line in pieces for lat, lon in line] or [one.middle for one in here]
    reach = max(spread([one.middle for one in here]), *(one.reach_m for one in here))
    missing = (
        f"Number {house} is not on the map; the middle of the street is shown"
        if house
        else "No house number; the middle of the street is shown"
    )
    score = top * reading.likeness * QUALITY_WORTH[MatchQuality.STREET]
    doubtful = house is not None or reach / 2 > CLOSE_M or _unsure(top, reading)
    return Found(middle(points), MatchQuality.STREET, score, (*notes, missing), doubtful)
