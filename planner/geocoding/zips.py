"""The middle of a ZIP or a town from the list of all ZIP codes of the US: the last resort, and without a road pack the only one."""

from typing import Any

from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.street_names import normalise_town, state_code, zip5
from planner.values import Struct, field

SOURCE = "zipcodes"

_ZIP_SCORE, _CITY_SCORE = 0.25, 0.15
_KEPT = 4096


class UsZips(Struct):
    """The list of US ZIP codes, read (some 0.3 s and 60 MB) when first asked; answers are kept, because a file names few towns."""

    _kept: dict[tuple[str, str, str], Match | None] = field(default_factory=dict)
    _cities: dict[str, dict[str, list[Any]]] = field(default_factory=dict)

    def locate(self, address: PostalAddress, why: str = "") -> Match | None:
        """The middle of the address's ZIP, else of its city; None when the list has neither. Always doubtful.

        `why` says in the note what is wrong with the rest of the address.
        """
        asked = (normalise_town(address.city), state_code(address.state), zip5(address.postcode))
        if asked not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[asked] = self._zip(asked[2], asked[1]) or self._city(asked[0], asked[1])
        match = self._kept[asked]
        if match is None:
            return None
        note = "; ".join(part for part in (why, match.note) if part)
        return Match(match.point, match.quality, SOURCE, match.score, address.one_line, note, doubtful=True)

    def _zip(self, postcode: str, state: str) -> Match | None:
        found = [row for row in _library().matching(postcode) if _placed(row)] if postcode else []
        if not found:
            return None
        elsewhere = f"; it is in {found[0]['state']}" if state and found[0]["state"] != state else ""
        note = f"The middle of ZIP {postcode} (from the US list of ZIP codes){elsewhere}"
        return Match(_point(found[0]), MatchQuality.ZIP, SOURCE, _ZIP_SCORE, note=note)

    def _city(self, city: str, state: str) -> Match | None:
        rows = self._cities_of(state).get(city, []) if city and state else []
        if not rows:
            return None
        points = [_point(row) for row in rows]
        middle = LatLon(sum(point.lat for point in points) / len(points), sum(point.lon for point in points) / len(points))
        note = f"The middle of {rows[0]['city']}, {state} (from the US list of ZIP codes)"
        return Match(min(points, key=middle.metres_to), MatchQuality.CITY, SOURCE, _CITY_SCORE, note=note)

    def _cities_of(self, state: str) -> dict[str, list[Any]]:
        """The rows of each town of a state by its key; towns are also found by the other names that the post accepts."""
        if state not in self._cities:
            own: dict[str, list[Any]] = {}
            other: dict[str, list[Any]] = {}
            for row in (row for row in _library().filter_by(state=state) if _placed(row)):
                own.setdefault(normalise_town(row["city"]), []).append(row)
                for name in row["acceptable_cities"]:
                    other.setdefault(normalise_town(name), []).append(row | {"city": name})
            self._cities[state] = other | own
        return self._cities[state]


def locate_by_zip(address: PostalAddress, zips: UsZips | None = None) -> Match:
    """Place an address by its ZIP or city alone, when there is no road pack; quality NONE when the US list of ZIP codes has neither.

    For many addresses pass the same `zips` each time.
    """
    found = (zips or UsZips()).locate(address)
    if found is not None:
        return found
    why = "No ZIP code or city is given" if not (zip5(address.postcode) or address.city.strip()) else "ZIP code and city are unknown"
    return Match(None, MatchQuality.NONE, SOURCE, 0.0, address.one_line, why, doubtful=True)


def _library() -> Any:
    import zipcodes

    return zipcodes


def _placed(row: Any) -> bool:
    """Whether a row has a place: those of the army's post offices have none."""
    return float(row["lat"] or 0) != 0.0


def _point(row: Any) -> LatLon:
    return LatLon(float(row["lat"]), float(row["long"]))
