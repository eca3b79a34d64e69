"""The words of a gazetteer, and what a misspelt beginning of a word may have meant."""

from bisect import bisect_left
from collections.abc import Sequence

_SHORTEST = 4  # letters; a shorter beginning is too like others to be mended
_LONG = 8  # letters from which two may be wrong
_MEANINGS = 6
_KEPT = 2048


class Vocabulary:
    """Words in order with their counts. Beginnings of one length and first letter are sorted out when first asked for, and kept."""

    def __init__(self, words: Sequence[tuple[str, int]]) -> None:
        self._words = [word for word, _ in words]
        self._counts = [count for _, count in words]
        self._beginnings: dict[tuple[str, int], dict[str, int]] = {}
        self._meant: dict[str, list[str]] = {}

    def knows(self, beginning: str) -> bool:
        """Whether a word begins like this."""
        at = bisect_left(self._words, beginning)
        return at < len(self._words) and self._words[at].startswith(beginning)

    def meant(self, beginning: str) -> list[str]:
        """Other beginnings of words that are a letter away, two in long words; the nearest and commonest first.

        A swap of neighbouring letters counts as one (optimal string alignment). The first letter must be right, or swapped.
        """
        if len(beginning) < _SHORTEST or beginning.isdigit():
            return []
        if beginning not in self._meant:
            if len(self._meant) >= _KEPT:
                self._meant.clear()
            self._meant[beginning] = self._nearest(beginning)
        return self._meant[beginning]

    def _nearest(self, beginning: str) -> list[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        allowed = 1 if len(beginning) < _LONG else 2
        ranked = []
        for letter in {beginning[0], beginning[1]}:
            for length in range(len(beginning) - 1, len(beginning) + 2):
                known = self._of(letter, length)
                close = process.extract(beginning, known.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=None)
                ranked += [(edits, letter != beginning[0], -known[word], word) for word, edits, _ in close if edits > 0]
        ranked.sort()
        return [word for edits, _, _, word in ranked if edits == ranked[0][0]][:_MEANINGS]

    def _of(self, letter: str, length: int) -> dict[str, int]:
        """The beginnings of this length of all words with this first letter, and how common each is."""
        if (letter, length) not in self._beginnings:
            counted: dict[str, int] = {}
            for at in range(bisect_left(self._words, letter), bisect_left(self._words, letter + "\uffff")):
                if len(self._words[at]) >= length:
                    start = self._words[at][:length]
                    counted[start] = counted.get(start, 0) + self._counts[at]
            self._beginnings[letter, length] = counted
        return self._beginnings[letter, length]
