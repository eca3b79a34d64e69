"""Weeks of any size made up from a seed, like the shared ones: towns, one-way detours, opening hours, appointments, a night away."""

import math
import random
from typing import Any

import numpy as np
from instances import Week
from numpy.typing import NDArray

HOME, OFFICE, HOTEL = 0, 1, 2
FIRST = 3
TOWNS, REGION_KM, TOWN_KM = 8, 34.0, 5.0
SECONDS_A_KM, BEND = 64, 1.3
"""Driving at 56 km/h over roads a third longer than the straight line."""
LUNCH = {"earliest": 41_400, "latest": 48_600, "seconds": 2_700}
HALF_DAYS = (36_000, 52_200)
TAKEN = {(0, 0), (1, 1), (4, 1)}
"""The half days of the duties, as (day, half)."""


def synthetic_week(candidates: int, seed: int) -> Week:
    """A week with this many visits to choose from, the three duties apart. The same numbers give the same week."""
    chance = random.Random(f"{candidates} {seed}")
    points = _points(candidates, chance)
    visits = [_visit(number, chance) for number in range(candidates)]
    for number in range(max(1, candidates // 25)):
        for visit in chance.sample([v for v in visits if v["group"] is None], chance.choice((2, 3))):
            visit["group"] = f"g{number}"
    free = [(day, half) for day in range(5) for half in range(2) if (day, half) not in TAKEN]
    alone = [v for v in visits if v["group"] is None]
    for visit, (day, half) in zip(chance.sample(alone, 4), chance.sample(free, 4), strict=True):
        visit.update(mandatory=True, windows=[[day, HALF_DAYS[half], HALF_DAYS[half]]])
    return {
        "format": "roadbook-week-1",
        "name": f"synthetic-{candidates}-{seed}",
        "seconds": _drives(points, seed).tolist(),
        "days": [_day(HOME, HOME), _day(HOME, HOME), _day(HOME, HOTEL), _day(HOTEL, HOME), _day(HOME, HOME)],
        "visits": [*visits, *_duties()],
    }


def _points(candidates: int, chance: random.Random) -> NDArray[np.float64]:
    """Kilometres east and north: home, office and hotel, then the places of the visits around their towns, a few in the country."""
    towns = [(chance.uniform(-REGION_KM, REGION_KM), chance.uniform(-REGION_KM, REGION_KM)) for _ in range(TOWNS)]
    weights = [1 / (rank + 1) for rank in range(TOWNS)]
    points = [(0.0, 0.0), (4.0, -3.0), towns[1]]
    for _ in range(candidates):
        if chance.random() < 0.15:
            points.append((chance.uniform(-REGION_KM, REGION_KM), chance.uniform(-REGION_KM, REGION_KM)))
        else:
            east, north = chance.choices(towns, weights)[0]
            points.append((chance.gauss(east, TOWN_KM), chance.gauss(north, TOWN_KM)))
    return np.array(points)


def _drives(points: NDArray[np.float64], seed: int) -> NDArray[np.int64]:
    """Drive seconds between all places: straight lines made longer, each way by its own chance, then cut to the shortest paths."""
    apart = np.hypot(*(points[:, None] - points[None]).transpose(2, 0, 1))
    noise = np.random.default_rng(seed).uniform(0.9, 1.25, apart.shape)
    seconds = np.ceil(apart * BEND * SECONDS_A_KM * noise + 60).astype(np.int64)
    np.fill_diagonal(seconds, 0)
    for over in range(len(seconds)):
        np.minimum(seconds, seconds[:, over, None] + seconds[None, over], out=seconds)
    return seconds


def _visit(number: int, chance: random.Random) -> dict[str, Any]:
    """A visit with the opening hours of its account: some mornings, some afternoons, some both."""
    opens = chance.choice((30_600, 32_400, 34_200))
    spans = [(opens, chance.choice((38_700, 40_500, 42_300))), (chance.choice((46_800, 50_400)), chance.choice((56_700, 58_500, 60_300)))]
    halves = chance.choice(((0,), (1,), (0, 1), (0, 1)))
    days = sorted(chance.sample(range(5), chance.randint(1, 5)))
    return {
        "id": f"v{number}",
        "place": FIRST + number,
        "service": chance.choice((1_800, 2_700, 3_600, 5_400)),
        "value": min(100, 5 + math.floor(chance.expovariate(1 / 22))),
        "windows": [[day, *spans[half]] for day in days for half in halves],
        "mandatory": False,
        "group": None,
    }


def _duties() -> list[dict[str, Any]]:
    """What the week of a manager holds anyway, at the office."""
    fixed = (("staff-meeting", 5_400, 0, 30_600), ("one-on-one-a", 2_700, 1, 50_400), ("one-on-one-b", 2_700, 4, 55_800))
    return [
        {"id": name, "place": OFFICE, "service": seconds, "value": 0, "windows": [[day, at, at]], "mandatory": True, "group": None}
        for name, seconds, day, at in fixed
    ]


def _day(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "opens": 27_000, "closes": 66_600, "max_drive": 16_200, "lunch": LUNCH}
