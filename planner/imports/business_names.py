"""Names of businesses for comparing: legal forms, accents, "&", word order, abbreviations and store numbers do not matter.

Two names are alike when each word of one has its word in the other, give or take a typing error, and what is left over says nothing
new. People with one surname are kept apart: where a name holds a title such as DMD or Attorney, words must agree to the letter.
"""

import re

from planner.model.street_names import plain_words
from planner.values import Struct

STRONG = 0.85
"""From here on two names are taken for one; below, something else must agree too."""

_ABBREVIATION_LINES = """
academy acad
administration admin
associate assoc assocs association associates assn
automotive auto autos
brother bros bro
building bldg bld
center ctr centre cntr cent
college coll
community comm
construction constr
county cnty
department dept
development dev
doctor dr
elementary elem
engineering engr eng
fort ft
government govt
group grp
hospital hosp
insurance ins
international intl
jr junior
laboratory lab labs laboratories
library lib
maintenance maint
management mgmt mgt
manufacturing mfg
medical med
mountain mtn
mount mt
national natl nat
pharmacy pharm
professional prof
property properties
realty rlty
rehabilitation rehab
restaurant rest
saint st
school sch
service svc svcs serv
shop shoppe
sr senior
supply supplies
system sys
technology tech technologies
township twp
university univ
veterinary vet
"""
_WORDS = {word: line.split()[0] for line in _ABBREVIATION_LINES.strip().splitlines() for word in line.split()}
_LEGAL_FORMS = frozenset(
    (
        "inc", "incorporated", "llc", "llp", "lp", "ltd", "limited", "co", "company", "corp", "corporation", "pc", "plc", "pllc", "dba",
        "the", "and", "of", "at",
    )
)  # fmt: skip
_TITLES = frozenset(("attorney", "cpa", "dds", "dmd", "doctor", "dpm", "dvm", "esq", "esquire", "md", "phd", "vmd"))
_SAYS_LITTLE = frozenset(
    (
        "branch", "enterprise", "group", "headquarter", "holding", "hq", "international", "location", "office", "restaurant", "service",
        "shop", "store", "us", "usa",
    )
)  # fmt: skip
"""Words that one spelling of a name has and another leaves out."""
_GENERATIONS = frozenset(("i", "ii", "iii", "iv", "jr", "son", "sr"))
"""Words that tell father and son apart, and what is built second from what was built first."""
_ALIAS = re.compile(r" (?:d ?b ?a|a ?k ?a|f ?k ?a|doing business as|trading as|formerly) ")
_STORE_WORDS = frozenset(("no", "number", "num", "store", "unit"))
_STORE_DIGITS = 3
_CUT_LENGTH, _CUT_LETTERS = 28, 10
"""A name of so many characters may have been cut between words; one cut through a word is known by so many letters."""


class NameKey(Struct, frozen=True):
    """A name for comparing: its words in the order written, the same joined, its store number, whether it holds a person's title.

    `length` is that of the name as written, by which a name cut to the width of a column is known.
    """

    words: tuple[str, ...]
    joined: str
    store: str
    person: bool
    length: int


def name_keys(name: str) -> tuple[NameKey, ...]:
    """The keys of a name, one for each that it gives: "Ada LLC d/b/a The Bakery #12" is "ada", and "bakery" with the store number 12."""
    words = plain_words(name) or re.findall(r"\w+", name.casefold())
    numbered = re.search(r"#\s*(\d+)", name) if "#" in name else None
    parts = _ALIAS.split(" ".join(words))
    return tuple(_key(part.split(), numbered[1] if numbered else "", len(name)) for part in parts if part)


def without_legal_forms(name: str) -> str:
    """A name's words as written, without legal forms, articles and accents: "The Café Ctr., Inc." is "cafe ctr"."""
    return " ".join(word for word in plain_words(name) if word not in _LEGAL_FORMS)


def _key(written: list[str], numbered: str, length: int) -> NameKey:
    words = [_WORDS.get(word) or _singular(word) for word in written if word not in _LEGAL_FORMS] or written
    store = ""
    if len(words) > 1 and words[-1].isdecimal():
        before = words[-2] in _STORE_WORDS
        if before or words[-1] == numbered or len(words[-1]) >= _STORE_DIGITS:
            store = words.pop().lstrip("0")
            if before and len(words) > 1:
                words.pop()
    return NameKey(tuple(words), "".join(words), store, not _TITLES.isdisjoint(words), length)


def _singular(word: str) -> str:
    short = word[:-1]
    return _WORDS.get(short, short) if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui" else word


def heads(names: tuple[NameKey, ...]) -> frozenset[str]:
    """Beginnings and ends of words; names that share none are never alike."""
    telling = [word for name in names for word in name.words if word not in _SAYS_LITTLE]
    return frozenset((*(word[:3] for word in telling), *(word[-3:] for word in telling), *(name.joined[:3] for name in names)))


def name_likeness(ones: tuple[NameKey, ...], others: tuple[NameKey, ...], town: str = "") -> float:
    """How alike two names are, from 0 (two businesses) to 1 (the same words); of several names each, the most alike count.

    Words of the `town` that one name has and the other has not are no difference.
    """
    if len(ones) == len(others) == 1:
        return _likeness(ones[0], others[0], town)
    return max((_likeness(one, other, town) for one in ones for other in others), default=0.0)


def _likeness(one: NameKey, other: NameKey, town: str) -> float:
    if one.store != other.store and one.store and other.store:
        return 0.0
    if one.joined == other.joined or _is_same_words(one, other):
        return 1.0 if one.store == other.store else 0.95
    first, second = (one, other) if one.joined < other.joined else (other, one)  # so that it is the same both ways
    return max(_paired(first, second, town), _cut(first, second))


def _is_same_words(one: NameKey, other: NameKey) -> bool:
    return len(one.words) == len(other.words) and sorted(one.words) == sorted(other.words)


def _paired(one: NameKey, other: NameKey, town: str) -> float:
    """How alike two names are word by word."""
    mine = [word for word in one.words if word not in other.words]
    theirs = [word for word in other.words if word not in one.words]
    person = one.person or other.person
    score = 1.0
    for word in list(mine):
        best, partner = max(((_word_likeness(word, candidate, exact=person), candidate) for candidate in theirs), default=(0.0, ""))
        if best:
            mine.remove(word)
            theirs.remove(partner)
            score *= best
    shared = sum(word not in _SAYS_LITTLE and len(word) > 1 and word not in mine for word in one.words)
    left = mine + theirs
    if not shared or not _GENERATIONS.isdisjoint(left) or (mine and theirs and not _says_little(left, town)):
        return 0.0
    return score * _left_over(left, town, shared, person=person)


def _left_over(words: list[str], town: str, shared: int, *, person: bool) -> float:
    """How alike names are of which one has these words besides, and that share so many others."""
    if not words:
        return 1.0
    if person:
        return 0.95 if shared > 1 and all(word in _TITLES or len(word) == 1 for word in words) else 0.0
    if _says_little(words, town):
        return 0.9
    return 0.7 if shared > 1 else 0.0


def _says_little(words: list[str], town: str) -> bool:
    return all(word in _SAYS_LITTLE or word in town.split() for word in words)


def _word_likeness(one: str, other: str, *, exact: bool) -> float:
    """How alike two words are that are not the same: an initial, an abbreviation by its beginning, a typing error in a long word."""
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    if one in _GENERATIONS or other in _GENERATIONS:
        return 0.0
    if len(short) == 1:
        return 0.9 if long.startswith(short) and long.isalpha() and short.isalpha() and len(long) > 1 else 0.0
    if exact or not (one[:3] == other[:3] or one[-3:] == other[-3:]) or not (one.isalpha() and other.isalpha()):
        return 0.0
    if len(short) > 3 and long.startswith(short):
        return 0.92
    if len(short) < 5 or len(long) < 6:
        return 0.0
    from rapidfuzz.distance import OSA

    allowed = 1 if len(short) < 10 else 2
    return 0.95 if OSA.distance(one, other, score_cutoff=allowed) <= allowed else 0.0


def _cut(one: NameKey, other: NameKey) -> float:
    """How alike two names are of which one was cut to the width of a column, perhaps in the middle of a word that then means nothing."""
    short, long = (one, other) if len(one.joined) < len(other.joined) else (other, one)
    if short.words[-1] in _GENERATIONS or (one.person and other.person and _have_own_words(one, other)):
        return 0.0
    wide = short.length >= _CUT_LENGTH
    if long.joined.startswith(short.joined) and (wide or (len(short.joined) >= _CUT_LETTERS and not _ends_a_word(long, len(short.joined)))):
        return 0.9
    begins = short.joined.removesuffix(short.words[-1])
    return 0.88 if wide and len(short.words[-1]) < 5 and len(begins) >= _CUT_LETTERS and long.joined.startswith(begins) else 0.0


def _ends_a_word(name: NameKey, letters: int) -> bool:
    reached = 0
    for word in name.words:
        reached += len(word)
        if reached >= letters:
            return reached == letters
    return True


def _have_own_words(one: NameKey, other: NameKey) -> bool:
    """Whether both of two cut names have a whole word that the other lacks."""
    return bool(set(one.words[:-1]) - set(other.words)) and bool(set(other.words[:-1]) - set(one.words))
