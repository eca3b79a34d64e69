"""Look for one address in the gazetteer, from the house itself down to its street."""

from collections.abc import Iterable, Iterator, Sequence

from planner.geocoding.areas import Area, Fit
from planner.geocoding.found import APART_M, CLOSE_M, QUALITY_WORTH, RIVAL, Found, middle, place_notes, spread, street_notes
from planner.geocoding.index import Business, House, Index, Street
from planner.geocoding.match import MENDED_WORD, Reading, mended_key, most_edits, number_loss, partings, read_as
from planner.model.places import LatLon, MatchQuality
from planner.model.street_names import HouseNumber, normalise_town
from planner.values import Struct, replace

GOOD = 0.87
"""A find as good as this ends the search."""

_SURE = 0.7  # a find worth less asks for a look
_SPELLINGS = 8  # likely streets to try for a misspelt one
_SAME_NAME = 88.0  # of 100, likeness of two business names


class _Candidate(Struct, frozen=True):
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
    found: list[Reading] = []
    for core in dict.fromkeys(parts.core for parts in partings(key)):
        edits = most_edits(core)
        close = process.extract(core, cores, scorer=OSA.distance, score_cutoff=edits, limit=4 * _SPELLINGS) if edits else []
        found += _read(key, (streets[number] for number in sorted({ids[at] for _, _, at in close})))
        if any(not reading.contradicts for reading in found):
            break  # the other parting, with the kind as a part of the name, is not needed
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
    rivals = [one for one in candidates if one.score > best.score - RIVAL and (one.house.suffix == asked.suffix) >= same_number]
    apart = max(one.house.point.metres_to(best.house.point) for one in rivals)
    same = [one for one in rivals if one.house.street == best.house.street and one.house.exact == best.house.exact]
    point = middle([one.house.point for one in same if one.house.point.metres_to(best.house.point) < APART_M])
    tenant = _tenant(index, rivals, name) if len(rivals) > 1 else None
    notes = [*street_notes(best.reading), *place_notes(index, best.house.locality, best.fit)]
    if not same_number:
        notes.append(f"Number read as {HouseNumber(best.house.number, best.house.suffix)}")
    ambiguous = apart > APART_M and tenant is None
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
        if same_business(name, business) and any(business.point.metres_to(house.point) < APART_M for house in points)
    ]
    return fitting[0].point if fitting and spread([one.point for one in fitting]) < APART_M else None


def same_business(name: str, business: Business) -> bool:
    """Whether a business of the map carries this name, give or take a word's place or a letter."""
    from rapidfuzz import fuzz

    key = normalise_town(name)
    return bool(key) and (key == business.key or fuzz.token_sort_ratio(key, business.key, score_cutoff=_SAME_NAME) > 0)


def by_name(index: Index, area: Area, name: str, near: Found | None) -> Found | None:
    """A business of exactly this name in the place asked for; beside the street asked for when that is known."""
    found = [(one, area.fits[one.locality]) for one in index.businesses_of_key(normalise_town(name)) if one.locality in area.fits]
    top = max((fit.score for _, fit in found), default=0.0)
    here = [one for one, fit in found if fit.score >= top - RIVAL]
    if near is not None:
        here = sorted(here, key=lambda one: one.point.metres_to(near.point))[:1]
    if not here or top < _SURE:
        return None
    agreeing = near is not None and here[0].point.metres_to(near.point) < 2 * CLOSE_M
    note = f"Found by the name '{here[0].name}'"
    doubtful = (near is not None and not agreeing) or spread([one.point for one in here]) > APART_M
    worth = QUALITY_WORTH[MatchQuality.BUSINESS] * (1.1 if agreeing else 0.85)
    return Found(here[0].point, MatchQuality.BUSINESS, top * worth, (note,), doubtful)
