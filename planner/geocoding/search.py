"""Look for one address in the gazetteer, from the house itself down to its street."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from planner.geocoding.areas import UNSAID, Area, Fit
from planner.geocoding.index import Business, House, Index, Street, StreetIn
from planner.geocoding.interpolate import Between, beside_line, between
from planner.geocoding.match import MENDED_WORD, Reading, behind_hyphen, mended_key, number_loss, partings, read_as
from planner.model.places import LatLon, MatchQuality
from planner.model.street_names import HouseNumber, normalise_town

GOOD = 0.87
"""A find as good as this ends the search."""

_QUALITY_WORTH = {MatchQuality.ROOFTOP: 1.0, MatchQuality.INTERPOLATED: 0.87, MatchQuality.BUSINESS: 0.8, MatchQuality.STREET: 0.72}
_RIVAL = 0.06  # finds this near to the best one's score are as likely
_APART_M = 120.0  # finds further apart are different places
_SURE = 0.7  # a find worth less asks for a look
_CLOSE_M = 400.0  # a find that may be off by more asks for a look
_AROUND = 400  # numbers to look up and down the street for neighbours
_SPELLINGS = 8  # likely streets to try for a misspelt one
_MENDED_LIKENESS = 0.955  # a street less like the one asked for is a guess unless the house number is there
_LEAST_LIKE = 0.65  # of 1: one letter in three may be wrong
_SAME_NAME = 88.0  # of 100, likeness of two business names


@dataclass(frozen=True, slots=True)
class Found:
    """A place found for an address, how, and what had to be mended."""

    point: LatLon
    quality: MatchQuality
    score: float
    notes: tuple[str, ...] = ()
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    house: House
    reading: Reading
    fit: Fit
    score: float


def readings(index: Index, area: Area, key: str) -> Iterator[list[Reading]]:
    """Streets that the key may mean, in steps: as written, then with another direction or kind, then misspelt."""
    exact = index.streets_of_key(key)
    aliases = [other for street in exact for other in index.other_names(street.id)]
    step = [*_read(key, exact), *_read(key, aliases, alias=True)]
    seen = {reading.street.id for reading in step}
    yield step
    step = [one for one in _read(key, _same_core(index, key)) if one.street.id not in seen]
    seen |= {reading.street.id for reading in step}
    yield step
    here = set(area.likely)
    if any(within.locality in here for number in seen for within in index.street_in(number)):
        return  # the street exists in this town: another one of a similar name is not meant
    mended = mended_key(key)
    close = [*_read(mended, _same_core(index, mended)), *_misspelt(index, area, mended)]
    if mended != key:
        close = [replace(one, likeness=one.likeness - MENDED_WORD, edits=one.edits + 1) for one in close]
    yield [one for one in close if one.street.id not in seen]


def _read(key: str, streets: Iterable[Street], *, alias: bool = False) -> list[Reading]:
    return [reading for street in streets if (reading := read_as(key, street, alias=alias))]


def _same_core(index: Index, key: str) -> list[Street]:
    return [street for parts in partings(key) for street in index.streets_of_core(parts.core)]


def _misspelt(index: Index, area: Area, key: str) -> list[Reading]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    streets, cores, ids = index.streets_within(area.likely)
    likely = {
        ids[at]
        for parts in partings(key)
        for _, _, at in process.extract(parts.core, cores, scorer=OSA.normalized_similarity, score_cutoff=_LEAST_LIKE, limit=4 * _SPELLINGS)
    }
    found = _read(key, (streets[number] for number in sorted(likely)))
    return sorted(found, key=lambda reading: -reading.likeness)[:_SPELLINGS]


def rooftop(index: Index, area: Area, houses: Sequence[HouseNumber], streets: Sequence[Reading], name: str) -> Found | None:
    """The house itself; when several places fit, the one with the business's name, else the middle one and doubt."""
    for house in houses:
        candidates = [one for reading in streets for one in _candidates(index, area, house, reading)]
        if candidates:
            return _choose(index, candidates, house, name)
    return None


def _candidates(index: Index, area: Area, asked: HouseNumber, reading: Reading) -> Iterator[_Candidate]:
    for house in index.houses(reading.street.id, asked.number):
        fit = area.fits.get(house.locality)
        loss = number_loss(asked, house)
        if fit is not None and loss is not None:
            yield _Candidate(house, reading, fit, fit.score * reading.likeness * (1.0 - loss))


def _choose(index: Index, candidates: list[_Candidate], asked: HouseNumber, name: str) -> Found:
    best = max(candidates, key=lambda one: (one.score, one.house.exact))
    same_number = best.house.suffix == asked.suffix
    rivals = [one for one in candidates if one.score > best.score - _RIVAL and (one.house.suffix == asked.suffix) >= same_number]
    spread = max(one.house.point.metres_to(best.house.point) for one in rivals)
    same = [one for one in rivals if one.house.street == best.house.street and one.house.exact == best.house.exact]
    point = middle([one.house.point for one in same if one.house.point.metres_to(best.house.point) < _APART_M])
    tenant = _tenant(index, rivals, name) if len(rivals) > 1 else None
    notes = [*street_notes(best.reading), *place_notes(index, best.house.locality, best.fit)]
    if not same_number:
        notes.append(f"Number read as {HouseNumber(best.house.number, best.house.suffix)}")
    ambiguous = spread > _APART_M and tenant is None
    if ambiguous:
        notes.append("Several places on the map have this address")
    quality = MatchQuality.ROOFTOP if best.house.exact else MatchQuality.INTERPOLATED
    doubtful = ambiguous or best.score < _SURE or best.reading.contradicts or best.reading.edits > 2
    return Found(tenant or point, quality, best.score, tuple(notes), doubtful)


def _tenant(index: Index, rivals: Iterable[_Candidate], name: str) -> LatLon | None:
    """The place of the business of that name among several places with one address."""
    points = [one.house for one in rivals]
    known = {(house.street, house.number) for house in points}
    fitting = [
        business
        for street, number in sorted(known)
        for business in index.businesses_at(street, number)
        if same_business(name, business) and any(business.point.metres_to(house.point) < _APART_M for house in points)
    ]
    return fitting[0].point if fitting and _spread([one.point for one in fitting]) < _APART_M else None


def same_business(name: str, business: Business) -> bool:
    """Whether a business of the map carries this name, give or take a word's place or a letter."""
    from rapidfuzz import fuzz

    key = normalise_town(name)
    return bool(key) and (key == business.key or fuzz.token_sort_ratio(key, business.key, score_cutoff=_SAME_NAME) > 0)


def on_street(index: Index, area: Area, house: HouseNumber | None, reading: Reading) -> Found | None:
    """The place between neighbouring numbers, or else the middle of the street."""
    within = [(one, area.fits[one.locality]) for one in index.street_in(reading.street.id) if one.locality in area.fits]
    if not within:
        return None
    top = max(fit.score for _, fit in within)
    here = [one for one, fit in within if fit.score >= top - _RIVAL]
    fit = next(fit for _, fit in within if fit.score == top)
    notes = (*street_notes(reading), *place_notes(index, here[0].locality, fit))
    spot = _interpolated(index, house, reading, here) if house else None
    if spot:
        score = top * reading.likeness * _QUALITY_WORTH[MatchQuality.INTERPOLATED]
        where = f"between {spot.low} and {spot.high}" if spot.low != spot.high else f"next to {spot.low}"
        doubtful = spot.error_m > _CLOSE_M or _unsure(top, reading)
        return Found(spot.point, MatchQuality.INTERPOLATED, score, (*notes, f"Number {house} placed {where}"), doubtful)
    return _whole_street(index, house, reading, here, (top, notes))


def _unsure(place: float, reading: Reading) -> bool:
    """Without the house itself, a street that had to be mended or is said to be elsewhere asks for a look."""
    return place < UNSAID or reading.alias or reading.likeness < _MENDED_LIKENESS


def _interpolated(index: Index, house: HouseNumber, reading: Reading, here: list[StreetIn]) -> Between | None:
    localities = {one.locality for one in here}
    street = reading.street.id
    asked = behind_hyphen(house.suffix)
    if asked is not None:
        beside = index.houses(street, house.number)
        known = [(behind, one.point) for one in beside if one.locality in localities and (behind := behind_hyphen(one.suffix)) is not None]
    else:
        asked = house.number
        beside = index.houses_between(street, asked - _AROUND, asked + _AROUND)
        known = [(one.number, one.point) for one in beside if one.locality in localities and one.number != asked]
    spot = between(asked, known)
    if spot is None or spot.low == spot.high:
        return spot
    return Between(beside_line(spot.point, index.pieces(street, localities)), spot.low, spot.high, spot.error_m)


def _whole_street(
    index: Index, house: HouseNumber | None, reading: Reading, here: list[StreetIn], place: tuple[float, tuple[str, ...]]
) -> Found:
    top, notes = place
    pieces = index.pieces(reading.street.id, {one.locality for one in here})
    points = [point for line in pieces for point in line] or [one.middle for one in here]
    reach = max(_spread([one.middle for one in here]), *(one.reach_m for one in here))
    missing = (
        f"Number {house} is not on the map; the middle of the street is shown"
        if house
        else "No house number; the middle of the street is shown"
    )
    score = top * reading.likeness * _QUALITY_WORTH[MatchQuality.STREET]
    doubtful = house is not None or reach / 2 > _CLOSE_M or _unsure(top, reading)
    return Found(middle(points), MatchQuality.STREET, score, (*notes, missing), doubtful)


def by_name(index: Index, area: Area, name: str, near: Found | None) -> Found | None:
    """A business of exactly this name in the place asked for; beside the street asked for when that is known."""
    found = [(one, area.fits[one.locality]) for one in index.businesses_of_key(normalise_town(name)) if one.locality in area.fits]
    top = max((fit.score for _, fit in found), default=0.0)
    here = [one for one, fit in found if fit.score >= top - _RIVAL]
    if near is not None:
        here = sorted(here, key=lambda one: one.point.metres_to(near.point))[:1]
    if not here or top < _SURE:
        return None
    agreeing = near is not None and here[0].point.metres_to(near.point) < 2 * _CLOSE_M
    note = f"Found by the name '{here[0].name}'"
    doubtful = (near is not None and not agreeing) or _spread([one.point for one in here]) > _APART_M
    worth = _QUALITY_WORTH[MatchQuality.BUSINESS] * (1.1 if agreeing else 0.85)
    return Found(here[0].point, MatchQuality.BUSINESS, top * worth, (note,), doubtful)


def street_notes(reading: Reading) -> tuple[str, ...]:
    """What was mended in the street's name."""
    return (f"Street read as '{reading.street.name}'",) if reading.alias or reading.likeness < 1.0 else ()


def place_notes(index: Index, locality: int, fit: Fit) -> tuple[str, ...]:
    """Where city or ZIP on the map differ from those asked for."""
    place = index.localities[locality]
    city = (f"The map has it in {place.city}",) if fit.city_same is False and place.city else ()
    return (*city, f"ZIP is {place.zip} on the map") if fit.zip_same is False and place.zip else city


def middle(points: Sequence[LatLon]) -> LatLon:
    """The one of some points that is nearest to their mean."""
    mean = LatLon(sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points))
    return min(points, key=mean.metres_to)


def _spread(points: Sequence[LatLon]) -> float:
    return max((points[0].metres_to(point) for point in points), default=0.0)


def better(first: Found | None, second: Found | None) -> Found | None:
    """The find with the higher score; the first when they are equal."""
    return max((found for found in (first, second) if found), key=attrgetter("score"), default=None)
