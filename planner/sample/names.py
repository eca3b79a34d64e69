"""Names for streets, each used once in a town."""

import json
from functools import cache
from random import Random
from typing import Any

from planner.paths import data_dir
from planner.sample.chance import dice
from planner.sample.geometry import Line, length


@cache
def word_lists(name: str) -> Any:
    """The lists of words of one file in `data/sample`."""
    return json.loads((data_dir() / "sample" / f"{name}.json").read_text(encoding="utf-8"))


class NameBook:
    """Hands out the street names of one town; never the same one twice."""

    def __init__(self, town: str) -> None:
        self._words = word_lists("street_names")
        self._used: set[str] = set()
        chance = dice(f"names/{town}")
        plain = [*self._words["trees"], *self._words["people"], *self._words["views"]]
        chance.shuffle(plain)
        self._plain = plain
        self._pods = list(self._words["pods"]["first"])
        chance.shuffle(self._pods)
        self._rural = list(self._words["rural"]["first"])
        chance.shuffle(self._rural)
        self._collectors = list(self._words["collectors"])

    def claim(self, name: str) -> str:
        """Take a name out of the book; a name taken before gets a word before it: "Old Mill Road"."""
        free = (f"{word}{name}" for word in ("", "Old ", "Upper ", "Lower ", "Little ", "New ", "Far ", "Great "))
        taken = next(each for each in free if each not in self._used)
        self._used.add(taken)
        return taken

    def ordinal(self, position: int) -> str:
        """The numbered street at a position counted from 0: "1st Street"."""
        number = position + 1
        ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return self.claim(f"{number}{ending} Street")

    def collector(self, line: Line) -> str:
        """A name for a larger street."""
        if self._collectors:
            return self.claim(self._collectors.pop(0))
        return self.claim(f"{self._next(self._plain)} {'Boulevard' if length(line) > 1500 else 'Road'}")

    def street(self, chance: Random, *, avenue: bool = False) -> str:
        """A name for a small street in an old part of town."""
        ending = "Avenue" if avenue else chance.choice(self._words["suffixes"])
        return self.claim(f"{self._next(self._plain)} {ending}")

    def pod(self, chance: Random, kind: str) -> str:
        """A name for a street of a new housing estate; `kind` is "spine", "loop" or "end"."""
        words = self._words["pods"]
        first = self._next(self._pods)
        middle = f" {chance.choice(words['second'])}" if chance.random() < 0.45 else ""
        return self.claim(f"{first}{middle} {chance.choice(words[kind])}")

    def rural(self, chance: Random) -> str:
        """A name for a road in the country."""
        return self.claim(f"{self._next(self._rural)} {chance.choice(self._words['rural']['second'])}")

    @staticmethod
    def _next(words: list[str]) -> str:
        word = words.pop(0)
        words.append(word)
        return word
