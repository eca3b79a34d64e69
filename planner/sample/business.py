"""Businesses in the buildings: names, kinds, opening hours, size."""

from collections import defaultdict
from random import Random
from typing import Any

from planner.sample.addresses import Premises
from planner.sample.chance import dice
from planner.sample.names import word_lists
from planner.values import Struct


class Business(Struct, frozen=True):
    """A business at an address; `hours` are OSM opening hours or empty, `revenue` is dollars a year."""

    name: str
    industry: str
    premises: Premises
    hours: str
    phone: str
    employees: int
    revenue: int
    tags: tuple[tuple[str, str], ...]

    def osm_tags(self) -> dict[str, str]:
        """Its tags without its address."""
        found = {"name": self.name, **dict(self.tags), "phone": self.phone}
        return {**found, "opening_hours": self.hours} if self.hours else found


def open_businesses(premises: list[Premises], count: int) -> list[Business]:
    """Open `count` businesses, each in a building that suits its kind, no name used twice."""
    words = word_lists("businesses")
    chance = dice("businesses")
    rooms: defaultdict[str, list[Premises]] = defaultdict(list)
    for place in premises:
        rooms[place.kind].append(place)
    for places in rooms.values():
        chance.shuffle(places)
    kinds = words["industries"]
    weights = [kind["weight"] for kind in kinds]
    found: list[Business] = []
    names: set[str] = set()
    while len(found) < count:
        kind = chance.choices(kinds, weights)[0]
        where = next((spot for spot in kind["where"] if rooms[spot] and chance.random() < 0.75), None)
        name = _name(kind, words, chance)
        if where and name not in names:
            names.add(name)
            found.append(_business(kind, name, rooms[where].pop(), len(found), chance))
    return found


def _name(kind: dict[str, Any], words: dict[str, Any], chance: Random) -> str:
    pattern = str(chance.choice(kind["names"]))
    while "{person}" in pattern:
        pattern = pattern.replace("{person}", chance.choice(words["people"]), 1)
    return pattern.replace("{first}", chance.choice(words["first"]))


def _business(kind: dict[str, Any], name: str, place: Premises, number: int, chance: Random) -> Business:
    low, high = kind["employees"]
    employees = round(low * (high / low) ** (chance.random() ** 1.6))
    revenue = int(employees * chance.uniform(*kind["revenue"])) * 1000
    hours = chance.choice(kind["hours"])
    phone = f"+1-814-555-{100 + number % 100:04d}"
    return Business(name, kind["industry"], place, hours, phone, employees, revenue, tuple(kind["tags"].items()))
