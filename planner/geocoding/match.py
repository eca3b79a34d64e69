"""How well a street and a house number on the map agree with the ones that were asked for."""

import re
from collections.abc import Mapping

from planner.geocoding.index import House, Street
from planner.model.street_names import DIRECTION_WORDS, DIRECTIONS, KIND_WORDS, KINDS, HouseNumber, StreetName, split_street
from planner.values import Struct

LEAST_LIKENESS = 0.6
"""Below this a street is another street."""

_SIDE_UNSAID, _SIDE_TURNED, _SIDE_WRONG = 0.06, 0.02, 0.35
_KIND_UNSAID, _KIND_WRONG = 0.05, 0.15
MENDED_WORD = 0.08
"""What it costs that a direction or kind was misspelt."""
_EDITS = (0.0, 0.08, 0.2, 0.35)
_LETTERS_AN_EDIT = 3  # a name must be this long for each letter that may be wrong
_ALIAS = 0.04
_SHORTEST_MENDED = 4  # letters; shorter words are too like each other
_HYPHENATED = re.compile(r"-\d{3,}[A-Z]?")


class Reading(Struct, frozen=True):
    """A street of the map read for the one asked for; `contradicts` when direction or kind is another one than asked."""

    street: Street
    likeness: float
    edits: int = 0
    contradicts: bool = False
    alias: bool = False


def read_as(asked_key: str, street: Street, *, alias: bool = False) -> Reading | None:
    """Compare a street with the key asked for; None when it is another street."""
    if street.key == asked_key or alias:
        return Reading(street, 1.0 - _ALIAS * alias, alias=alias)
    compared = [
        one for asked in partings(asked_key) for found in partings(street.key) if (one := _compare(asked, found, street)) is not None
    ]
    return max(compared, key=lambda reading: reading.likeness, default=None)


def partings(key: str) -> list[StreetName]:
    """The ways to part a key: in "fox hill" the hill is a kind of street, or the road's kind was left out."""
    usual = split_street(key)
    if not usual.kind:
        return [usual]
    words = key.split()
    after = words.pop() if usual.after else ""
    before = words.pop(0) if words[0] in DIRECTIONS and len(words) > 1 else ""
    return [usual, StreetName(before, " ".join(words), "", after)]


def _compare(asked: StreetName, found: StreetName, street: Street) -> Reading | None:
    edits = _core_edits(asked.core, found.core)
    if edits is None:
        return None
    side, side_wrong = _side_loss(asked, found)
    kind_wrong = bool(asked.kind and found.kind and asked.kind != found.kind)
    kind = _KIND_WRONG if kind_wrong else _KIND_UNSAID if asked.kind != found.kind else 0.0
    likeness = 1.0 - side - kind - _EDITS[edits]
    return Reading(street, likeness, edits, side_wrong or kind_wrong) if likeness >= LEAST_LIKENESS else None


def _side_loss(asked: StreetName, found: StreetName) -> tuple[float, bool]:
    """What differing directions cost, and whether they contradict."""
    if (asked.before, asked.after) == (found.before, found.after):
        return 0.0, False
    ours, theirs = {asked.before, asked.after} - {""}, {found.before, found.after} - {""}
    if ours == theirs:
        return _SIDE_TURNED, False
    if ours <= theirs or theirs <= ours:
        return _SIDE_UNSAID, False
    return _SIDE_WRONG, True


def _core_edits(asked: str, found: str) -> int | None:
    """Letters to mend, a swap of neighbours counting as one (optimal string alignment); None when too many, or when a numeral differs."""
    from rapidfuzz.distance import OSA

    if asked == found:
        return 0
    if re.findall(r"\d+", asked) != re.findall(r"\d+", found):
        return None
    allowed = min(most_edits(asked), most_edits(found))
    edits = int(OSA.distance(asked, found, score_cutoff=allowed))
    return edits if edits <= allowed else None


def most_edits(core: str) -> int:
    """How many letters of a name may be wrong."""
    return min(len(_EDITS) - 1, len(core) // _LETTERS_AN_EDIT)


def number_loss(asked: HouseNumber, found: House) -> float | None:
    """What a differing letter or unit behind the number costs; None when it is another house.

    Hyphenated numbers of three and more digits (94-866 in Hawaii) are whole numbers, not units.
    """
    if asked.suffix == found.suffix:
        return 0.0
    if _HYPHENATED.fullmatch(asked.suffix) and _HYPHENATED.fullmatch(found.suffix):
        return None
    if not found.suffix:
        return 0.05
    return 0.08 if not asked.suffix and not _HYPHENATED.fullmatch(found.suffix) else 0.2


def mended_key(key: str) -> str:
    """The key with a misspelt kind or direction put right: "logan boulveard" -> "logan blvd", "suoth pugh st" -> "s pugh st"."""
    words = key.split()
    at = -2 if len(words) > 2 and words[-1] in DIRECTIONS else -1
    if len(words) > 1 and words[at] not in KINDS:
        words[at] = _nearest_word(words[at], KIND_WORDS)
    if len(words) > 2 and words[0] not in DIRECTIONS:
        words[0] = _nearest_word(words[0], DIRECTION_WORDS)
    return " ".join(words)


def _nearest_word(word: str, known: Mapping[str, str]) -> str:
    """The key of the one known word a letter away, two in long words; the word itself when none or several are."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if len(word) < _SHORTEST_MENDED or word.isdigit():
        return word
    close = process.extract(word, list(known), scorer=OSA.distance, score_cutoff=1 if len(word) < 2 * _SHORTEST_MENDED else 2, limit=8)
    keys = {known[found] for found, edits, _ in close if edits == close[0][1]}
    return keys.pop() if len(keys) == 1 else word


def behind_hyphen(suffix: str) -> int | None:
    """The part behind the hyphen where it counts along the street, as 866 in Hawaii's 94-866; None for other numbers."""
    return int(re.sub(r"\D", "", suffix)) if _HYPHENATED.fullmatch(suffix) else None
