"""How well the towns and ZIPs of the map agree with the city, state and ZIP that were asked for."""

from collections.abc import Iterable

from planner.geocoding.index import Locality, Town
from planner.model.places import LatLon
from planner.model.street_names import normalise_town, state_code, zip5
from planner.values import Struct, field

# An address's place starts at UNSAID and gains or loses by what city and ZIP say. Same city and ZIP is 1.0.
UNSAID = 0.8
_CITY_SAME, _CITY_NEAR, _CITY_FAR = 0.1, -0.15, -0.5
_ZIP_SAME, _ZIP_NEAR, _ZIP_FAR = 0.1, -0.05, -0.35
_NEAR_M = 8_000.0  # beyond the edges of both: postal cities and municipalities overlap that far
_LIKELY = 0.75
_TOWN_LIKENESS = 0.8  # of 1, one letter in five: "State Colege" is State College, "Elm" is not "Ely"
_KEPT_FITS = 4096


class Fit(Struct, frozen=True):
    """How well one locality agrees: `score` 0..1; `city_same` and `zip_same` are None where nothing was asked or known."""

    score: float
    city_same: bool | None
    zip_same: bool | None


class Area(Struct, frozen=True):
    """What was asked for, read against the map.

    `fits` holds every locality that is possible at all: none in a state the map does not reach. `city` is the town's name as the map
    has it. `town_centre` and `zip_centre` are None where the map does not know them. `top` is the best agreement
    there is, and `likely` are the localities that agree well enough to look for streets in.
    """

    fits: dict[int, Fit]
    city: str
    town_centre: LatLon | None
    zip_centre: LatLon | None
    zip: str
    top: float
    likely: tuple[int, ...]


class Areas(Struct):
    """The towns and ZIPs of one gazetteer; answers are kept, because a file names few different ones."""

    localities: dict[int, Locality]
    towns: list[Town]
    zip_areas: dict[str, tuple[LatLon, float]]
    _kept: dict[tuple[str, str, str], Area] = field(default_factory=dict)

    def asked(self, city: str, state: str, postcode: str) -> Area:
        """Read a city, state and ZIP, each perhaps empty, wrong or misspelt, against the map."""
        asked = (normalise_town(city), state_code(state), zip5(postcode))
        if asked not in self._kept:
            if len(self._kept) >= _KEPT_FITS:
                self._kept.clear()
            self._kept[asked] = self._read(*asked)
        return self._kept[asked]

    def _read(self, city_key: str, state: str, postcode: str) -> Area:
        states = {one.state for one in self.localities.values()} - {""}
        if state and states and state not in states:
            return Area({}, "", None, None, postcode, 0.0, ())
        written = [one for one in self.localities.values() if one.zip == postcode and not one.inferred] if postcode else []
        of_zip = written or ([one for one in self.localities.values() if one.zip == postcode] if postcode else [])
        zip_centre, zip_radius = self.zip_areas.get(postcode) or _middle(of_zip)
        key = city_key if not city_key or self._knows(city_key) else self._likely_town(city_key)
        of_city = [one for one in self.localities.values() if key and one.city_key == key]
        centres = [(town.centre, 0.0) for town in self.towns if key and town.key == key] or [(one.centre, one.radius_m) for one in of_city]
        fits: dict[int, Fit] = {}
        for number, one in self.localities.items():
            if state and one.state and state != one.state:
                continue
            city_same, city_part = _city_part(one, key, bool(city_key), centres)
            zip_same, zip_part = _zip_part(one, postcode, zip_centre, zip_radius)
            fits[number] = Fit(min(1.0, UNSAID + city_part + zip_part), city_same, zip_same)
        town_centre = _nearest([centre for centre, _ in centres], zip_centre, _middle(of_city)[0])
        name = next((one.name for one in self.towns if key and one.key == key), next((one.city for one in of_city), ""))
        top = max((fit.score for fit in fits.values()), default=0.0)
        likely = tuple(number for number, fit in fits.items() if fit.score >= min(top, _LIKELY))
        return Area(fits, name, town_centre, zip_centre, postcode, top, likely)

    def _knows(self, key: str) -> bool:
        return any(town.key == key for town in self.towns) or any(one.city_key == key for one in self.localities.values())

    def _likely_town(self, key: str) -> str:
        """The town whose name is a letter or two away; nothing when none is."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        names = dict.fromkeys([town.key for town in self.towns] + [one.city_key for one in self.localities.values() if one.city_key])
        found = process.extractOne(key, list(names), scorer=OSA.normalized_similarity, score_cutoff=_TOWN_LIKENESS)
        return str(found[0]) if found else ""


def _city_part(one: Locality, key: str, asked: bool, centres: list[tuple[LatLon, float]]) -> tuple[bool | None, float]:
    if not asked:
        return None, 0.0
    if key and one.city_key == key:
        return True, _CITY_SAME
    if not key:
        return False, _CITY_NEAR  # a town the map does not know may be a quarter or a township of a known one
    near = any(one.centre.metres_to(centre) < _NEAR_M + radius + one.radius_m for centre, radius in centres)
    if one.inferred and near:
        return None, 0.0
    return False, _CITY_NEAR if near else _CITY_FAR


def _zip_part(one: Locality, postcode: str, centre: LatLon | None, radius_m: float) -> tuple[bool | None, float]:
    if not postcode:
        return None, 0.0
    if one.zip == postcode:
        return True, _ZIP_SAME
    if centre is None:  # no such ZIP on the map: the first three digits still name the region
        return False, _ZIP_NEAR if one.zip[:3] == postcode[:3] or not one.zip else _ZIP_FAR
    near = one.centre.metres_to(centre) < _NEAR_M + radius_m + one.radius_m
    if (one.inferred or not one.zip) and near:
        return None, 0.0
    return False, _ZIP_NEAR if near else _ZIP_FAR


def _middle(localities: Iterable[Locality]) -> tuple[LatLon | None, float]:
    """The centre of localities weighted by their addresses, and the largest radius."""
    known = [(one, max(one.addresses, 1)) for one in localities]
    if not known:
        return None, 0.0
    total = sum(weight for _, weight in known)
    lat = sum(one.centre.lat * weight for one, weight in known) / total
    lon = sum(one.centre.lon * weight for one, weight in known) / total
    return LatLon(lat, lon), max(one.radius_m for one, _ in known)


def _nearest(centres: list[LatLon], to: LatLon | None, otherwise: LatLon | None) -> LatLon | None:
    """Of towns with one name, the one nearest to the ZIP; without a ZIP the most important one."""
    if not centres:
        return otherwise
    return min(centres, key=to.metres_to) if to else centres[0]
