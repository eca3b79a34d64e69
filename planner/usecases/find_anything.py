"""Anything by a few letters of it, misspelt or not: accounts, actions, settings, reps, and weeks as people say them."""

import heapq
import math
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from itertools import chain, repeat
from string import ascii_lowercase, digits

from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, Match


class Group(StrEnum):
    """What kind of thing is found, as its heading says; among equally good ones the first stands first."""

    ACCOUNTS = "Accounts"
    PLACES = "Addresses and places"
    ACTIONS = "Actions"
    WEEKS = "Weeks"
    REPS = "Reps"
    PAGES = "Pages"
    SETTINGS = "Settings"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to be found: its `key` is for who asked, its `title` what it is looked up by, its `note` the quiet words beside it.

    `also` are further words that find it, though less surely than its title.
    """

    group: Group
    key: str | int | IsoWeek | Match
    title: str
    note: str = ""
    also: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A thing with its distance from what was asked: 0 when every word stands in its title, more the less sure it is."""

    thing: Thing
    distance: float


class Leniency(IntEnum):
    """How far what was typed may be from what is meant."""

    BEGINNINGS = 0  # of words
    ONE_LETTER_OFF = 1  # wrong, missing, too many, or changed with the next
    LETTERS_LEFT_OUT = 2  # vowels, for instance


_WHOLE, _BEGUN, _OFF, _LEFT_OUT = 0.0, 0.5, 4.0, 6.0
_ALSO = 1.0  # what is not in the title is so much further off
_MOST_WORDS, _LONGEST = 6, 24  # words and letters that are looked at
_MENDED_FROM, _LEFT_OUT_FROM = 4, 3  # letters
_WORD, _APOSTROPHE, _MARKS = re.compile(r"[a-z0-9]+"), re.compile("['’`]"), re.compile("[\u0300-\u036f]")


@dataclass(frozen=True, slots=True)
class FindIndex:
    """Things by their words: `words` in order, and for each the numbers of the things with it in their title, and beside it."""

    things: tuple[Thing, ...]
    titles: tuple[str, ...]
    words: tuple[str, ...]
    named: Mapping[str, Sequence[int]]
    beside: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, things: Iterable[Thing]) -> "FindIndex":
        """Make an index; 20,000 things take about half a second."""
        kept = tuple(things)
        named: dict[str, list[int]] = {}
        beside: dict[str, list[int]] = {}
        titles = []
        for number, thing in enumerate(kept):
            words = plain_words(thing.title)
            titles.append(" ".join(words))
            for word in {*words, "".join(words), "".join(word[0] for word in words)}:
                named.setdefault(word, []).append(number)
            for word in set(plain_words(thing.also)).difference(words):
                beside.setdefault(word, []).append(number)
        return cls(kept, tuple(titles), tuple(sorted({*named, *beside} - {""})), named, beside)

    def find(self, text: str, limit: int) -> list[Found]:
        """The best `limit` things that have every word of a text, beginnings sufficing; misspelt words only when there are none."""
        words = plain_words(text)[:_MOST_WORDS]
        if not words:
            return []
        known: dict[tuple[str, Leniency], dict[int, float]] = {}
        for leniency in Leniency:
            distances = self._with_all(words, leniency, known)
            if distances:
                return [Found(self.things[number], distances[number] / len(words)) for number in self._best(distances, words[0], limit)]
        return []

    def _best(self, distances: Mapping[int, float], first: str, limit: int) -> list[int]:
        """The nearest ones; of equally near ones those whose title begins with the first word, then the shortest titles."""
        titles, best = self.titles, list[int]()
        for nearest in sorted(set(distances.values())):
            alike = (
                (not titles[number].startswith(first), len(titles[number]), number) for number in distances if distances[number] == nearest
            )
            best += [number for *_, number in heapq.nsmallest(limit - len(best), alike)]
            if len(best) >= limit:
                break
        return best

    def _with_all(self, words: Sequence[str], leniency: Leniency, known: dict[tuple[str, Leniency], dict[int, float]]) -> dict[int, float]:
        """The things with every word, and how far the words are off in sum; what was looked up for a word is in `known`, or put there."""
        common: dict[int, float] | None = None
        # A long word leaves little for the short ones to be looked for in.
        for word in sorted(set(words), key=len, reverse=True):
            asked = (word, min(leniency, _most_lenient(word)))
            if asked not in known:
                known[asked] = self._with_word(*asked)
            of_word = known[asked]
            if common is not None:
                common = {number: distance + of_word[number] for number, distance in common.items() if number in of_word}
            else:
                common = of_word
            if not common:
                break
        return common or {}

    def _with_word(self, word: str, leniency: Leniency) -> dict[int, float]:
        distances: dict[int, float] = {}
        # From the farthest to the nearest: what comes later counts.
        if leniency >= Leniency.LETTERS_LEFT_OUT:
            self._put(distances, self._with_letters(word), _LEFT_OUT)
        if leniency >= Leniency.ONE_LETTER_OFF:
            self._put(distances, self._nearly(word), _OFF)
        begun = self._beginning_with(word)
        self._put(distances, begun, _BEGUN)
        self._put(distances, begun[:1] if begun[:1] == (word,) else (), _WHOLE)
        return distances

    def _put(self, distances: dict[int, float], words: Collection[str], distance: float) -> None:
        for entries, further in ((self.beside, _ALSO), (self.named, 0.0)):
            numbers = chain.from_iterable(map(entries.get, words, repeat(())))
            distances.update(dict.fromkeys(numbers, distance + further))

    def _beginning_with(self, word: str) -> tuple[str, ...]:
        return self.words[bisect_left(self.words, word) : bisect_left(self.words, f"{word}\uffff")]

    def _nearly(self, word: str) -> set[str]:
        # What is left of a short word must not be taken for the initials of a name.
        variants = {variant for variant in _one_letter_off(word) if len(variant) >= _MENDED_FROM}
        return {meant for variant in variants for meant in self._beginning_with(variant)}

    def _with_letters(self, word: str) -> list[str]:
        pattern = re.compile(".*".join(map(re.escape, word)))
        return [each for each in self._beginning_with(word[0]) if pattern.match(each)]


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters and digits without accents; an apostrophe is left out: "Hoag's Café" is hoags, cafe."""
    plain = text.casefold() if text.isascii() else _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return [word[:_LONGEST] for word in _WORD.findall(_APOSTROPHE.sub("", plain))]


def _most_lenient(word: str) -> Leniency:
    """How leniently a word may be read: a number is meant as it is, and a short word could be anything."""
    return Leniency.LETTERS_LEFT_OUT if len(word) >= _LEFT_OUT_FROM and not word.isdigit() else Leniency.BEGINNINGS


def _one_letter_off(word: str) -> Iterator[str]:
    letters = ascii_lowercase if word.isalpha() else ascii_lowercase + digits
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]


def account_things(accounts: Iterable[Account]) -> list[Thing]:
    """Accounts to be found by name first, and by street, town, ZIP or owner."""
    made = []
    for account in accounts:
        address = account.address
        note = " · ".join(part for part in (account.kind.value.capitalize(), address.one_line) if part)
        also = f"{address.street} {address.city} {address.postcode} {account.owner}"
        made.append(Thing(Group.ACCOUNTS, account.id, account.name, note, also))
    return made


def by_group(found: Sequence[Found]) -> list[tuple[Group, list[Thing]]]:
    """Things found under their headings, titles before what stands beside them, then as `Group` has them; misspelt only if nothing else."""
    groups: dict[Group, list[Found]] = {}
    best = min((each.distance for each in found), default=0.0)
    for each in found:
        if best >= _OFF or each.distance < _OFF:
            groups.setdefault(each.thing.group, []).append(each)
    order = list(Group)

    def rank(group: Group) -> tuple[bool, int]:
        return min(each.distance for each in groups[group]) >= _ALSO, order.index(group)

    return [(group, [each.thing for each in groups[group]]) for group in sorted(groups, key=rank)]


def nearest_accounts(accounts: Iterable[Account], point: LatLon, limit: int) -> list[tuple[Account, float]]:
    """The accounts nearest to a point with their distance in metres, the nearest first; what has no place is left out."""
    narrow = math.cos(math.radians(point.lat)) ** 2
    # On a plane first, which is quick and keeps the order as far as a day's drive goes.
    roughly = (
        ((place.lat - point.lat) ** 2 + (place.lon - point.lon) ** 2 * narrow, account.id, account, place)
        for account in accounts
        if (place := account.place) is not None
    )
    exactly = [(account, place.metres_to(point)) for _, _, account, place in heapq.nsmallest(2 * limit, roughly)]
    return sorted(exactly, key=lambda each: each[1])[:limit]


_PHRASES = {"this week": 0, "next week": 7, "last week": -7, "previous week": -7, "today": 0, "tomorrow": 1, "yesterday": -1}
_SHORTEST_PHRASE = 3


def find_weeks(text: str, today: date) -> list[IsoWeek]:
    """The weeks that a text names: "week 50", "2026-W50", "next week", "in 2 weeks", "dec 7", "12/7", "2026-12-07".

    Without a year the nearest one is meant. An unfinished "next w" will do. Anything else names none.
    """
    asked = " ".join(text.casefold().split())
    if len(asked) >= _SHORTEST_PHRASE and (begun := [days for phrase, days in _PHRASES.items() if phrase.startswith(asked)]):
        return list(dict.fromkeys(IsoWeek.of(today + timedelta(days=days)) for days in begun))
    try:
        return [_named_week(asked, today)]
    except (ValueError, OverflowError):
        return []


def _named_week(asked: str, today: date) -> IsoWeek:
    """The one week of a text; ValueError when it names none."""
    for pattern, read in _WAYS:
        if found := pattern.fullmatch(asked):
            return read(found, today)
    return IsoWeek.parse(asked)


def _month(name: str) -> int:
    full = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
    fitting = [number for number, each in enumerate(full, start=1) if each.startswith(name) or (name == "sept" and number == 9)]
    if len(fitting) != 1:
        raise ValueError(name)
    return fitting[0]


def _years(year: str | None, today: date) -> range:
    if year is None:
        return range(today.year - 1, today.year + 2)
    number = int(year) + (2000 if len(year) == 2 else 0)
    return range(number, number + 1)


def _week_of_day(month: int, day: int, year: str | None, today: date) -> IsoWeek:
    days = []
    for number in _years(year, today):
        try:
            days.append(date(number, month, day))
        except ValueError:  # February 29
            continue
    return IsoWeek.of(min(days, key=lambda each: abs((each - today).days)))


def _nearest(weeks: Iterable[IsoWeek], today: date) -> IsoWeek:
    """The week nearest to a day; ValueError when none of them is in its year."""
    real = []
    for week in weeks:
        try:
            real.append((abs((week.day(0) - today).days), week))
        except ValueError:  # not every year has a week 53
            continue
    return min(real)[1]


_WAYS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], IsoWeek]], ...] = (
    (
        re.compile(r"(?:week|wk|w)\s*(\d{1,2})(?:[\s,]+(\d{4}))?"),
        lambda found, today: _nearest([IsoWeek(year, int(found[1])) for year in _years(found[2], today)], today),
    ),
    (
        re.compile(r"(?:in\s+)?(\d{1,2})\s+weeks?(\s+ago)?"),
        lambda found, today: IsoWeek.of(today).plus(-int(found[1]) if found[2] else int(found[1])),
    ),
    (re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"), lambda found, _today: IsoWeek.of(date(int(found[1]), int(found[2]), int(found[3])))),
    (
        re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?"),
        lambda found, today: _week_of_day(int(found[1]), int(found[2]), found[3], today),
    ),
    (
        re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:[\s,]+(\d{4}))?"),
        lambda found, today: _week_of_day(_month(found[1]), int(found[2]), found[3], today),
    ),
    (
        re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3,9})(?:[\s,]+(\d{4}))?"),
        lambda found, today: _week_of_day(_month(found[2]), int(found[1]), found[3], today),
    ),
)
