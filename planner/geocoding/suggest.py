"""What a text that is still being typed may become: towns, ZIPs, streets, businesses and addresses."""

import re
from collections.abc import Iterable, Iterator

from planner.geocoding.along import on_street
from planner.geocoding.areas import Areas
from planner.geocoding.index import Entry, House, Index
from planner.geocoding.match import Reading
from planner.geocoding.parse import without_unit
from planner.geocoding.vocabulary import Vocabulary
from planner.model.grid import squares_around
from planner.model.places import LatLon, Match, MatchQuality
from planner.model.street_names import DIRECTION_WORDS, DIRECTIONS, KIND_WORDS, HouseNumber, normalise_street, plain_words
from planner.values import Struct

_QUALITIES = {
    "town": MatchQuality.CITY,
    "zip": MatchQuality.ZIP,
    "street": MatchQuality.STREET,
    "business": MatchQuality.BUSINESS,
}  # what is asked for most comes first
_ORDER = {kind: at for at, kind in enumerate(_QUALITIES)}
_LONGEST = 120  # characters
_WORDS_READ = 8
_ENTRIES_READ = 400
_SAME_M = 1_500.0  # two entries of one name nearer than this are one thing to the reader
_STREETS_READ, _NUMBERS_READ = 25, 4
_SCORE, _MENDED_SCORE = 0.9, 0.6
_NUMBERED = re.compile(r"\s*(\d{1,6})(-\d{1,5}|[a-z](?![a-z]))?[\s,]+(?=\S)", re.IGNORECASE)


class Meaning(Struct, frozen=True):
    """What one word of a text may stand for: beginnings of words, and whole words as they are written in keys (blvd)."""

    beginnings: tuple[str, ...]
    whole: tuple[str, ...] = ()

    @property
    def query(self) -> str:
        """The expression of SQLite's FTS5 that finds it."""
        return " OR ".join([*(f'"{word}"*' for word in self.beginnings), *(f'"{word}"' for word in self.whole)])

    def is_in(self, names: list[str]) -> bool:
        """Whether one of some words may be meant."""
        return any(name.startswith(self.beginnings) or name in self.whole for name in names)


class Hit(Struct, frozen=True):
    """An entry found, how sure that is (0..1), and how many of the words are in its own name, not in its town's."""

    entry: Entry
    score: float
    in_name: float


class Suggestions(Struct, frozen=True):
    """Looks for unfinished texts in one gazetteer."""

    index: Index
    areas: Areas
    vocabulary: Vocabulary
    source: str

    def of(self, text: str, near: LatLon | None, limit: int) -> list[Match]:
        """The best `limit` places for a text; near ones first among equally good ones."""
        text = text[:_LONGEST]
        numbered = _NUMBERED.match(text)
        found: list[Match] = []
        if numbered:
            words = plain_words(without_unit(text[numbered.end() :]))[:_WORDS_READ]
            found = self._addresses(int(numbered[1]), (numbered[2] or "").upper(), words, near, limit)
        return found or [self._match(hit) for hit in self._hits(plain_words(text)[:_WORDS_READ], near, limit)]

    def _match(self, hit: Hit) -> Match:
        entry = hit.entry
        return Match(entry.point, _QUALITIES[entry.kind], self.source, hit.score, _label(entry.name, entry.town))

    def _hits(self, words: list[str], near: LatLon | None, limit: int, kind: str = "") -> list[Hit]:
        """The best entries for some words, each once, and how sure that is: as typed, then mended, then without directions and kinds."""
        found: list[Hit] = []
        typed_score = _SCORE if all(self.vocabulary.knows(word) for word in words) else _MENDED_SCORE
        for read, score in ((self._typed, typed_score), (self._mended, _MENDED_SCORE), (self._bare, _MENDED_SCORE)):
            meanings = read(words)
            if not meanings or len(found) >= limit or (found and read == self._bare):
                break
            ranked = sorted((_rank(entry, words, meanings, near), at, entry) for at, entry in enumerate(self._search(meanings, near, kind)))
            for rank, _, entry in ranked:
                if not any(_same(entry, other.entry) for other in found):
                    found.append(Hit(entry, score, -rank[0]))
                    if len(found) >= limit:
                        break
        return found

    def _typed(self, words: list[str]) -> list[Meaning]:
        return [self._as_typed(word) if self.vocabulary.knows(word) else self._mended_word(word) for word in words]

    def _mended(self, words: list[str]) -> list[Meaning]:
        return [Meaning((word, *self.vocabulary.meant(word)), self._as_typed(word).whole) for word in words]

    def _bare(self, words: list[str]) -> list[Meaning]:
        kept = [word for word in words if word not in DIRECTIONS and word not in DIRECTION_WORDS and word not in KIND_WORDS]
        return self._mended(kept) if kept != words else []

    def _mended_word(self, word: str) -> Meaning:
        meant = self.vocabulary.meant(word)
        return Meaning(tuple(meant)) if meant else self._as_typed(word)

    def _as_typed(self, word: str) -> Meaning:
        key = normalise_street(word)
        return Meaning((word,), (key,) if key != word else ())

    def _search(self, meanings: list[Meaning], near: LatLon | None, kind: str) -> list[Entry]:
        """All entries with these words; when there are too many, those of the neighbourhood."""
        first, *others = (meaning.query for meaning in meanings)
        query = " AND ".join([f"words : ({first})", *(f"{{words around}} : ({other})" for other in others)])
        if kind:
            query += f' AND place : ("{kind}")'
        found = self.index.search(query, _ENTRIES_READ)
        if near is None or len(found) < _ENTRIES_READ:
            return found
        squares = " OR ".join(squares_around(near.lat, near.lon))
        here = self.index.search(f"{query} AND place : ({squares})", _ENTRIES_READ)
        return here or found

    def _addresses(self, number: int, suffix: str, words: list[str], near: LatLon | None, limit: int) -> list[Match]:
        """Houses of the streets with these words: the number itself first, then those that begin like it."""
        hits = self._hits(words, near, _STREETS_READ, "street")
        most = max((hit.in_name for hit in hits), default=0.0)
        hits = [hit for hit in hits if hit.in_name == most]  # the other words say where it is
        scores = {(hit.entry.street, hit.entry.city): hit.score for hit in reversed(hits)}
        streets = list(dict.fromkeys(hit.entry.street for hit in hits))
        found: dict[str, Match] = {}
        for low, high in _numbers(number):
            for street in streets:
                houses = self._of_entries(street, scores, self.index.houses_between(street, low, high))
                if low == number:
                    houses = [house for house in houses if house.suffix.startswith(suffix)]
                for house in _nearest_first(houses, near)[: limit if low == number else _NUMBERS_READ]:
                    match = self._house(house, scores)
                    found.setdefault(match.text, match)
                if len(found) >= limit:
                    return list(found.values())[:limit]
            if not found and hits:  # no such number
                found = {match.text: match for match in self._between(HouseNumber(number, suffix), hits[0])}
        return list(found.values())

    def _between(self, house: HouseNumber, hit: Hit) -> list[Match]:
        """The place of a number that is not on the map, when its neighbours are."""
        street = hit.entry
        area = self.areas.asked(street.city, "", "")
        spot = on_street(self.index, area, house, Reading(self.index.street(street.street), 1.0))
        if spot is None or spot.quality is not MatchQuality.INTERPOLATED:
            return []
        label = _label(f"{house} {street.name}", street.town)
        return [Match(spot.point, spot.quality, self.source, hit.score, label, "; ".join(spot.notes), spot.doubtful)]

    def _of_entries(self, street: int, scores: dict[tuple[int, str], float], houses: Iterable[House]) -> list[House]:
        """The houses in the towns where the street was found, each once."""
        once: dict[tuple[int, str, str], House] = {}
        for house in houses:
            city = self.index.localities[house.locality].city_key
            if (street, city) in scores:
                once.setdefault((house.number, house.suffix, city), house)
        return list(once.values())

    def _house(self, house: House, scores: dict[tuple[int, str], float]) -> Match:
        place = self.index.localities[house.locality]
        label = _label(
            f"{HouseNumber(house.number, house.suffix)} {self.index.street(house.street).name}", f"{place.city} {place.state} {place.zip}"
        )
        quality = MatchQuality.ROOFTOP if house.exact else MatchQuality.INTERPOLATED
        return Match(house.point, quality, self.source, scores[house.street, place.city_key], label)


def _rank(entry: Entry, words: list[str], meanings: list[Meaning], near: LatLon | None) -> tuple[float, ...]:
    """What sorts entries: most words in the name, most of them whole, names that begin with the first, by kind, and nearest first."""
    names = entry.words.split()
    in_name = sum(meaning.is_in(names) for meaning in meanings)
    whole = sum(word in names for word in words)
    begins = meanings[0].is_in(names[:1]) or (names[0] in DIRECTION_WORDS and meanings[0].is_in(names[1:2]))
    return -in_name, -whole, not begins, _ORDER[entry.kind], near.metres_to(entry.point) if near else 0.0


def _same(one: Entry, other: Entry) -> bool:
    return (
        one.kind == other.kind
        and one.name == other.name
        and ((one.street > 0 and one.city == other.city) or one.point.metres_to(other.point) < _SAME_M)
    )


def _numbers(number: int) -> Iterator[tuple[int, int]]:
    """The number itself, then the ranges of longer ones that begin like it."""
    yield number, number
    for digits in (1, 2, 3):
        if 0 < number < 10 ** (6 - digits):
            yield number * 10**digits, (number + 1) * 10**digits - 1


def _nearest_first(houses: list[House], near: LatLon | None) -> list[House]:
    return sorted(houses, key=lambda house: near.metres_to(house.point)) if near else houses


def _label(name: str, town: str) -> str:
    return ", ".join(part for part in (name, " ".join(town.split())) if part)
