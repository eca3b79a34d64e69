"""Sizes, ages and areas in plain words."""

import math
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from planner.model.areas import Area
from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon
from ui.words import full_day, number

EXTRACTS = (".osm.pbf", ".pbf", ".osm", ".osm.gz", ".osm.bz2")
"""How the names of files end that a pack can be built from."""
KM_PER_MILE = 1.609344
PACK_PER_EXTRACT = 5  # bytes of pack for each byte of extract, as two counties of Pennsylvania and all of Oahu have it

_KM_PER_DEGREE = 6371.0088 * math.pi / 180  # mean earth radius


def size_words(count: float) -> str:
    """Bytes as people say them: "0.4 MB", "14 MB", "1.3 GB"."""
    if count >= 1e9:
        return f"{number(count / 1e9, 1)} GB"
    return f"{number(count / 1e6, 1 if count < 9.95e6 else 0)} MB"


def age_words(day: str, today: date) -> str:
    """How old map data of an ISO date is: "Mar 2, 2024 · 2 years old"; "Unknown" for an empty text."""
    if not day:
        return "Unknown"
    made = date.fromisoformat(day[:10])
    days = max(0, (today - made).days)
    if days < 60:
        age = "of today" if days == 0 else f"{days} day{'' if days == 1 else 's'} old"
    else:
        age = f"{days // 30} months old" if days < 730 else f"{days // 365} years old"
    return f"{full_day(made)} · {age}"


def square_km(area: Area) -> float:
    """The extent of an area in square kilometres, as if it lay flat: good to a percent or two for a state."""
    return sum(_ring_km2(outline) for outline in area.outlines)


def extent_words(area: Area, units: str) -> str:
    """The extent of an area in the user's units: "1,112 sq mi" or "2,880 km²"."""
    km2 = square_km(area)
    return f"{number(km2)} km²" if units == "kilometres" else f"{number(km2 / KM_PER_MILE**2)} sq mi"


def box_words(bounds: Bounds, units: str) -> str:
    """How wide and high a box is: "31 × 28 mi"."""
    per_unit, unit = (1000.0, "km") if units == "kilometres" else (1000.0 * KM_PER_MILE, "mi")
    middle = bounds.centre.lat
    wide = LatLon(middle, bounds.west).metres_to(LatLon(middle, bounds.east)) / per_unit
    high = LatLon(bounds.south, bounds.west).metres_to(LatLon(bounds.north, bounds.west)) / per_unit
    return f"{number(wide)} × {number(high)} {unit}"


def area_words(pack: RoadPack, units: str) -> str:
    """What a pack covers: the name of what was cut out, if it was, and its box."""
    box = box_words(pack.bounds, units)
    return f"{short_name(pack.origin.area.name)}, {box}" if pack.origin.area else box


def short_name(full: str) -> str:
    """A name without the country and the continent: "Centre County, Pennsylvania"."""
    return ", ".join(part.strip() for part in full.split(",")[:2])


def title_of(file: Path) -> str:
    """What to call a pack made from a file: "state-college.osm.pbf" becomes "State College"."""
    return file.name.split(".")[0].replace("-", " ").replace("_", " ").title() or "Roads"


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text that has them separated by commas or semicolons."""
    return tuple(name for part in text.replace(";", ",").split(",") if (name := part.strip()))


def is_extract(file: Path) -> bool:
    """Whether a file is one that a pack can be built from, by its name."""
    return file.name.lower().endswith(EXTRACTS)


def files_take(files: Sequence[Path]) -> str:
    """What a pack of these extracts will take of the disk."""
    size = sum(file.stat().st_size for file in files if file.is_file())
    return f"{size_words(size)} of extracts; the pack takes some {size_words(size * PACK_PER_EXTRACT)}."


def _ring_km2(ring: Sequence[LatLon]) -> float:
    squeeze = math.cos(math.radians(sum(corner.lat for corner in ring) / len(ring)))
    spots = [(corner.lon * squeeze * _KM_PER_DEGREE, corner.lat * _KM_PER_DEGREE) for corner in (*ring, ring[0])]
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(spots))) / 2
