"""The places an address may be, for a person to choose from when none is sure."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from planner.geocoding.asked import Asked, read_asked, street_text
from planner.geocoding.confidence import EXACT, trust
from planner.geocoding.index import Street
from planner.geocoding.match import read_as
from planner.geocoding.offline import Gazetteer
from planner.geocoding.parse import parse_street_line
from planner.geocoding.zips import UsZips
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.street_names import normalise_town, split_street
from planner.values import replace

_MOST = 8
_SAME_M = 50.0  # nearer ones are one place to the eye
_LESS_ASKED = 0.8  # what a find is worth that disregards the city or ZIP
_HOUSE, _BUSINESS, _STREET = 0.6, 0.5, 0.4  # what places are worth that are only like the one asked for
_EACH_NEXT = 0.005
_FAR_M = 60_000.0  # from the ZIP or town as written: beyond that nothing is meant by mistake
_SAME_NAME = 85.0  # of 100, likeness of two business names


def candidates(
    address: PostalAddress, name: str = "", gazetteer: Gazetteer | None = None, answers: Sequence[Match] = (), limit: int = _MOST
) -> list[Match]:
    """The places an address may be, best first, none within 50 m of a better one.

    `answers` are what a server said or what was kept. Each match has a point; `text` says what is there, `note` why it may be meant.
    """
    asked = read_asked(address, name)
    found = [*_of_server(answers), *(_of_pack(asked, gazetteer) if gazetteer else _of_zips(asked))]
    return _distinct(sorted(found, key=lambda match: -trust(match)))[:limit]


def _of_server(answers: Iterable[Match]) -> Iterator[Match]:
    for match in answers:
        if match.point is not None:
            yield replace(match, note=match.note or "Found by the server")


def _of_zips(asked: Asked) -> Iterator[Match]:
    zips = UsZips()
    for area, text in _areas(asked):
        match = zips.locate(area)
        if match is not None:
            yield replace(match, text=text)


def _of_pack(asked: Asked, gazetteer: Gazetteer) -> Iterator[Match]:
    placed = gazetteer.locate(asked.address, asked.name)
    yield from _located(gazetteer, placed, "The address as it is written")
    for less, why in _less_asked(asked.address):
        match = gazetteer.locate(less, asked.name)
        yield from _located(gazetteer, replace(match, score=_LESS_ASKED * match.score, doubtful=True), why)
    areas = [replace(match, text=text) for area, text in _areas(asked) if (match := gazetteer.locate(area)).point is not None]
    yield from (replace(match, note="As long as nothing better is known") for match in areas)
    near = areas[0].point if areas else placed.point
    for match in (*_like_address(asked, gazetteer, near), *_like_name(asked, gazetteer, near)):
        if match.point is not None and (near is None or near.metres_to(match.point) < _FAR_M):
            yield match


def _like_address(asked: Asked, gazetteer: Gazetteer, near: LatLon | None) -> Iterator[Match]:
    """Houses of the number in streets of a like name, and the streets themselves."""
    if not asked.line.key:
        return
    core = split_street(asked.line.key).core
    if asked.line.houses:
        number = str(asked.line.houses[0])
        found = [match for text in (street_text(asked), f"{number} {core}") for match in gazetteer.suggest(text, near, _MOST)]
        same = [match for match in found if match.quality in EXACT and match.text.startswith(f"{number} ")]
        yield from _ranked(same, _HOUSE, lambda text: _street_likeness(asked, text), "A house of that number in a street of a like name")
    streets = [match for match in gazetteer.suggest(core, near, _MOST) if match.quality is MatchQuality.STREET]
    yield from _ranked(streets, _STREET, lambda text: _street_likeness(asked, text), "The middle of a street of a like name")


def _like_name(asked: Asked, gazetteer: Gazetteer, near: LatLon | None) -> Iterator[Match]:
    """Businesses of a like name."""
    name = normalise_town(asked.name)
    found = [match for match in gazetteer.suggest(asked.name, near, _MOST) if match.quality is MatchQuality.BUSINESS] if name else []
    yield from _ranked(found, _BUSINESS, lambda text: _name_likeness(name, text), "A business of a like name")


def _street_likeness(asked: Asked, text: str) -> float:
    key = parse_street_line(text).key
    reading = read_as(asked.line.key, Street(0, key, text))
    return reading.likeness if reading else 0.0


def _name_likeness(name: str, text: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.token_set_ratio(name, normalise_town(text), score_cutoff=_SAME_NAME)) / 100


def _ranked(matches: Iterable[Match], worth: float, likeness: Callable[[str], float], why: str) -> Iterator[Match]:
    """What the search box would show, scored by how like its name is; the gazetteer's order decides between equals."""
    for place, match in enumerate(matches):
        alike = likeness(match.text.split(", ")[0])
        if alike:
            note = "; ".join(part for part in (why, match.note) if part)
            yield replace(match, score=round(worth * alike - _EACH_NEXT * place, 3), note=note, doubtful=True)


def _areas(asked: Asked) -> Iterator[tuple[PostalAddress, str]]:
    """The ZIP and the town alone, and what their places are called."""
    address = asked.address
    if asked.zip:
        yield PostalAddress("", "", address.state, asked.zip), f"Middle of ZIP {asked.zip}"
    if asked.city:
        yield PostalAddress("", address.city, address.state, ""), f"Middle of {address.city}"


def _less_asked(address: PostalAddress) -> Iterator[tuple[PostalAddress, str]]:
    """The address without what may be wrong in it, and how to say that."""
    if address.city and address.postcode:
        yield replace(address, postcode=""), "If the ZIP is wrong"
        yield replace(address, city=""), "If the city is wrong"
    if address.city or address.postcode:
        yield replace(address, city="", postcode=""), "If city and ZIP are wrong"


def _located(gazetteer: Gazetteer, match: Match, why: str) -> Iterator[Match]:
    """A find of the pack with what is there and why it is shown; nothing when it is only an area."""
    if match.point is None or match.quality in {MatchQuality.ZIP, MatchQuality.CITY}:
        return
    there = gazetteer.reverse(match.point).text
    text = there.removeprefix("near ") if match.quality is MatchQuality.ROOFTOP else there
    yield replace(match, text=text, note="; ".join(part for part in (why, match.note) if part))


def _distinct(ranked: Iterable[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in ranked:
        point = match.point
        if point is not None and not any(other.point is not None and other.point.metres_to(point) < _SAME_M for other in kept):
            kept.append(match)
    return kept
