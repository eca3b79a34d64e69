"""Place addresses from the road pack's gazetteer, with no network."""

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from planner.geocoding.along import on_street
from planner.geocoding.areas import Area, Areas
from planner.geocoding.found import Found, better
from planner.geocoding.index import Index
from planner.geocoding.match import Reading
from planner.geocoding.parse import StreetLine, parse_one_line, parse_street_line, whole_address
from planner.geocoding.reverse import describe
from planner.geocoding.search import GOOD, by_name, readings, rooftop
from planner.geocoding.suggest import Suggestions
from planner.geocoding.vocabulary import Vocabulary
from planner.geocoding.zips import UsZips
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.street_names import normalise_town
from planner.progress import Report
from planner.values import replace

SOURCE = "gazetteer"

_LEAST = 0.4  # a find worth less is no find
_REPORT_EVERY_S = 0.1
_STREETS_TRIED = 3  # for a place along the street
_ZIP_SCORE, _CITY_SCORE = 0.3, 0.2


class Gazetteer:
    """The addresses of one road pack. Use it as a context manager, in one thread.

    Opening raises `PackProblem` when the file is missing, damaged or built by another version; so does reading damaged parts of it.
    """

    def __init__(self, path: Path) -> None:
        self._index = Index(path)
        self._areas = Areas(self._index.localities, self._index.towns, self._index.zip_areas)
        self._zips = UsZips()
        self._suggestions: Suggestions | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._index.close()

    def locate(self, address: PostalAddress, name: str = "") -> Match:
        """Find the place of an address; `name` is the business there and decides between several places. Never fails on any text.

        A post office box is never taken for a house: it gets the middle of its ZIP or town, and is doubtful.
        """
        asked = whole_address(address)
        line = parse_street_line(asked.street)
        with self._index.reading():
            area = self._areas.asked(asked.city, asked.state, asked.postcode)
            found = self._on_map(line, area, name) if area.fits else None
            if found is None:
                found = self._area_only(line, area, asked)
        if found is None:
            known = "This road pack has no address in that state" if not area.fits else "Street, ZIP and city are not in this road pack"
            return self._zips.locate(asked, known) or Match(None, MatchQuality.NONE, SOURCE, 0.0, address.one_line, known, doubtful=True)
        return Match(found.point, found.quality, SOURCE, round(found.score, 3), address.one_line, "; ".join(found.notes), found.doubtful)

    def locate_many(self, addresses: Sequence[tuple[PostalAddress, str]], report: Report) -> list[Match]:
        """Find the places of many addresses, each with the name of its business (or empty text), in the same order."""
        matches = []
        told = time.monotonic()
        for done, (address, name) in enumerate(addresses):
            if time.monotonic() - told > _REPORT_EVERY_S:
                told = time.monotonic()
                report(done / len(addresses), f"Placing addresses: {done} of {len(addresses)}")
            matches.append(self.locate(address, name))
        return matches

    def locate_text(self, text: str) -> Match:
        """Find the place of an address in one line: "500 E College Ave, State College, PA 16801". The name of a town is that town."""
        asked = parse_one_line(text)
        if not asked.city and not asked.postcode and normalise_town(asked.street) in {town.key for town in self._index.towns}:
            asked = replace(asked, street="", city=asked.street)
        return replace(self.locate(asked), text=text)

    def suggest(self, text: str, near: LatLon | None = None, limit: int = 8) -> list[Match]:
        """What a text that is being typed may become, for a search box: addresses, towns, ZIPs, streets and businesses.

        Words may be unfinished and misspelt; places near `near` come first among equally good ones. `quality` says the kind.
        """
        with self._index.reading():
            if self._suggestions is None:
                self._suggestions = Suggestions(self._index, self._areas, Vocabulary(self._index.words()), SOURCE)
            return self._suggestions.of(text, near, limit)

    def reverse(self, point: LatLon, *, miles: bool = False) -> Match:
        """What is at a point: `text` says "near 500 East College Avenue, State College PA", "on Hill Road" or "3 km north of Bellefonte".

        The match's own point is that of the house, street or town; distances to towns are in miles when asked for.
        """
        with self._index.reading():
            return describe(self._index, point, SOURCE, miles=miles)

    def _on_map(self, line: StreetLine, area: Area, name: str) -> Found | None:
        """The best of house, neighbours, business and street; None when nothing is worth showing."""
        if line.po_box and not line.houses:
            return None
        best: Found | None = None
        streets: list[Reading] = []
        for step in readings(self._index, area, line.key) if line.key else ():
            best = better(best, rooftop(self._index, area, line.houses, step, name) if line.houses else None)
            streets += step
            if best and best.score >= GOOD * area.top:
                return best
        best = better(best, self._second_reading(line, area, name))
        along = self._along(line, area, streets)
        best = better(better(best, along), by_name(self._index, area, name, along) if name else None)
        return best if best and best.score >= _LEAST else None

    def _second_reading(self, line: StreetLine, area: Area, name: str) -> Found | None:
        if line.other_house is None or not line.other_key:
            return None
        step = next(readings(self._index, area, line.other_key))
        return rooftop(self._index, area, (line.other_house,), step, name)

    def _along(self, line: StreetLine, area: Area, streets: list[Reading]) -> Found | None:
        best: Found | None = None
        house = line.houses[-1] if line.houses else None
        for reading in sorted(streets, key=lambda one: -one.likeness)[:_STREETS_TRIED]:
            best = better(best, on_street(self._index, area, house, reading))
        return best

    def _area_only(self, line: StreetLine, area: Area, asked: PostalAddress) -> Found | None:
        """The middle of the ZIP or the town; a text that is no address may be a town's name."""
        why = _why_no_street(line)
        if area.zip_centre:
            return Found(area.zip_centre, MatchQuality.ZIP, _ZIP_SCORE, (f"{why}; the middle of ZIP {area.zip} is shown",), doubtful=True)
        if not area.town_centre and not asked.city and not line.houses and area.fits:
            area, why = self._areas.asked(asked.street, asked.state, ""), "Read as a town"
        if area.town_centre:
            return Found(area.town_centre, MatchQuality.CITY, _CITY_SCORE, (f"{why}; the middle of {area.city} is shown",), doubtful=True)
        return None


def _why_no_street(line: StreetLine) -> str:
    if line.po_box:
        return "A post office box has no place on the map"
    return "The street is not on the map" if line.key else "No street is given"
