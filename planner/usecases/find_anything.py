"""Anything by a few letters of it, misspelt or not: accounts, actions, settings, reps, and weeks as people say them."""

import heapq
import math
import re
import unicodedata
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from enum import IntEnum, StrEnum
from itertools import accumulate, chain
from string import ascii_lowercase, digits

from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, Match
from planner.values import Struct


class Group(StrEnum):
    """What kind of thing is found, as its heading says; among equally good ones the first stands first."""

    ACCOUNTS = "Accounts"
    PLACES = "Addresses and places"
    ACTIONS = "Actions"
    WEEKS = "Weeks"
    REPS = "Reps"
    PAGES = "Pages"
    SETTINGS = "Settings"


class Thing(Struct, frozen=True):
    """Something to be found: its `key` is for who asked, its `title` what it is looked up by, its `note` the quiet words beside it.

    `also` are further words that find it, though less surely than its title.
    """

    group: Group
    key: str | int | IsoWeek | Match
    title: str
    note: str = ""
    also: str = ""


class Found(Struct, frozen=True):
    """A thing with its distance from what was asked: 0 when every word stands in its title, more the less sure it is."""

    thing: Thing
    distance: float


class Leniency(IntEnum):
    """How far what was typed may be from what is meant."""

    BEGINNINGS = 0  # of words
    WITHIN = 1  # a word of the title, or two that are written apart
    ONE_LETTER_OFF = 2  # wrong, missing, too many, or changed with the next
    LETTERS_LEFT_OUT = 3  # vowels, for instance


_WHOLE, _BEGUN, _WITHIN, _OFF, _LEFT_OUT = 0.0, 0.5, 2.0, 4.0, 6.0
_ALSO = 1.0  # what is not in the title is so much further off
_MOST_WORDS, _LONGEST = 6, 24  # words and letters that are looked at
_MENDED_FROM, _LEFT_OUT_FROM = 4, 3  # letters
_WORD, _APOSTROPHE, _MARKS = re.compile(r"[a-z0-9]+"), re.compile("['’`]"), re.compile("[\u0300-\u036f]")

type _Range = tuple[int, int]
"""The first of some words that stand beside each other in their order, and the first after them."""


class _Words(Struct, frozen=True):
    """Words in their order, and which things have them: those of word `i` are `numbers[starts[i] : starts[i + 1]]`."""

    words: tuple[str, ...]
    starts: array[int]
    numbers: array[int]

    @classmethod
    def of(cls, having: Mapping[str, Sequence[int]]) -> "_Words":
        words = tuple(sorted(having))
        counts = accumulate((len(having[word]) for word in words), initial=0)
        return cls(words, array("I", counts), array("I", chain.from_iterable(having[word] for word in words)))

    def beginning_with(self, word: str) -> _Range:
        return bisect_left(self.words, word), bisect_left(self.words, f"{word}\uffff")

    def whole(self, word: str) -> _Range:
        first = bisect_left(self.words, word)
        return first, first + (self.words[first : first + 1] == (word,))

    def nearly(self, word: str) -> set[_Range]:
        # What is left of a short word must not be taken for the initials of a name.
        return {self.beginning_with(variant) for variant in _one_letter_off(word) if len(variant) >= _MENDED_FROM}

    def with_letters(self, word: str) -> list[_Range]:
        pattern = re.compile(".*".join(map(re.escape, word)))
        return [(at, at + 1) for at in range(*self.beginning_with(word[0])) if pattern.match(self.words[at])]

    def things_of(self, *ranges: _Range) -> Iterator[int]:
        return chain.from_iterable(self.numbers[self.starts[first] : self.starts[after]] for first, after in ranges if first < after)


class FindIndex(Struct, frozen=True):
    """Things by the words of their titles (`named`) and by those beside them; a thing itself is made when it is found.

    `titles` has the title of each thing in plain words, one a line, and `lines` where they begin.
    """

    thing_of: Callable[[int], Thing]
    titles: str
    lines: array[int]
    named: _Words
    beside: _Words
    mends_beside: bool

    @classmethod
    def of(cls, things: Iterable[Thing], thing_of: Callable[[int], Thing] | None = None, *, mends_beside: bool = True) -> "FindIndex":
        """Make an index; 20,000 things take about half a second, and are not kept when `thing_of` can make them again by their number.

        Words beside the titles of which many are only said by the way are better not looked for misspelt: `mends_beside`.
        """
        kept = tuple(things) if thing_of is None else ()
        named: dict[str, list[int]] = {}
        beside: dict[str, list[int]] = {}
        titles = []
        for number, thing in enumerate(kept if thing_of is None else things):
            words = plain_words(thing.title)
            titles.append(" ".join(words))
            for word in {*words, "".join(word[0] for word in words)} - {""}:
                named.setdefault(word, []).append(number)
            for word in set(plain_words(thing.also)).difference(words):
                beside.setdefault(word, []).append(number)
        lines = array("I", accumulate((len(title) + 1 for title in titles), initial=0))
        return cls(thing_of or kept.__getitem__, "\n".join(titles), lines, _Words.of(named), _Words.of(beside), mends_beside)

    def find(self, text: str, limit: int) -> list[Found]:
        """The best `limit` things that have every word of a text, beginnings sufficing; misspelt words only when there are none."""
        words = plain_words(text)[:_MOST_WORDS]
        if not words:
            return []
        known: dict[tuple[str, Leniency], dict[int, float]] = {}
        for leniency in Leniency:
            distances = self._with_all(words, leniency, known)
            if distances:
                return [Found(self.thing_of(number), distances[number] / len(words)) for number in self._best(distances, words[0], limit)]
        return []

    def _best(self, distances: Mapping[int, float], first: str, limit: int) -> list[int]:
        """The nearest ones; of equally near ones those whose title begins with the first word, then the shortest titles."""
        titles, lines, best = self.titles, self.lines, list[int]()
        for nearest in sorted(set(distances.values())):
            alike = (
                (not titles.startswith(first, lines[number]), lines[number + 1] - lines[number], number)
                for number in distances
                if distances[number] == nearest
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
        named, beside = self.named, self.beside
        distances: dict[int, float] = {}

        def put(numbers: Iterable[int], distance: float) -> None:
            distances.update(dict.fromkeys(numbers, distance))

        # From the farthest to the nearest: what comes later counts.
        mended = ((beside, _ALSO), (named, 0.0)) if self.mends_beside else ((named, 0.0),)
        for words, further in mended if leniency >= Leniency.LETTERS_LEFT_OUT else ():
            put(words.things_of(*words.with_letters(word)), _LEFT_OUT + further)
        for words, further in mended if leniency >= Leniency.ONE_LETTER_OFF else ():
            put(words.things_of(*words.nearly(word)), _OFF + further)
        if leniency >= Leniency.WITHIN:
            put(self._within(word), _WITHIN)
        put(beside.things_of(beside.beginning_with(word)), _BEGUN + _ALSO)
        put(beside.things_of(beside.whole(word)), _WHOLE + _ALSO)
        put(named.things_of(named.beginning_with(word)), _BEGUN)
        put(named.things_of(named.whole(word)), _WHOLE)
        return distances

    def _within(self, word: str) -> Iterator[int]:
        for found in re.finditer(" ?".join(word), self.titles):
            yield bisect_right(self.lines, found.start()) - 1


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


def index_of_accounts(accounts: Sequence[Account]) -> FindIndex:
    """Accounts to be found by name first, and by street, town, ZIP or owner."""
    return FindIndex.of(map(account_thing, accounts), lambda number: account_thing(accounts[number]))


def account_thing(account: Account) -> Thing:
    """An account as it is found."""
    address = account.address
    note = " · ".join(part for part in (account.kind.value.capitalize(), address.one_line) if part)
    also = f"{address.street} {address.city} {address.postcode} {account.owner}"
    return Thing(Group.ACCOUNTS, account.id, account.name, note, also)


def is_begun(text: str, title: str) -> bool:
    """Whether each word of a text begins a word of a title."""
    words = plain_words(title)
    return all(any(word.startswith(begun) for word in words) for begun in plain_words(text))


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
