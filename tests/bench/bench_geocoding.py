"""The gazetteer: how fast it is built, places addresses, answers while a text is typed, and how well it guesses hidden houses.

`python tests/bench/bench_geocoding.py [EXTRACT]`, from the repository; the default extract is the one beside it.
"""

import random
import resource
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from planner.geocoding.offline import Gazetteer
from planner.model.places import LatLon, PostalAddress
from planner.progress import silent
from planner.roads.gazetteer.build import build_gazetteer
from planner.roads.gazetteer.schema import STREET_SUMS

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data" / "osm" / "state-college.osm.pbf"
ADDRESSES, TYPED, POINTS = 1500, 80, 1000
LEAST_A_SECOND, LONGEST_MS, LEAST_GUESSED, GUESS_M = 1500, 15.0, 0.9, 120.0
MOST_MEMORY_MB = 60
ADDRESS_ROWS = """
SELECT number || suffix, street.name, city, state, zip, address.lat, address.lon, street, number, locality FROM address
JOIN street ON street.id = address.street JOIN locality ON locality.id = address.locality WHERE exact AND NOT inferred
ORDER BY street.key, number, suffix, zip, address.lat, address.lon
"""
NAMES = "SELECT name, kind, lat, lon FROM search ORDER BY kind, name, lat, lon"


def swapped(text: str) -> str:
    """Swap two letters in the middle of the longest word."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    return text.replace(word, word[: at - 1] + word[at : at + 1] + word[at - 1 : at] + word[at + 1 :]) if at else text


def mistyped(text: str, chance: random.Random) -> str:
    """Leave out, double, swap or replace a letter inside the longest word."""
    word = max(text.split(), key=len)
    if len(word) < 5 or not word.isalpha():
        return text
    at = chance.randrange(1, len(word) - 1)
    kinds = (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    wrong = chance.choice([*kinds, word[:at] + chance.choice("aeionrst") + word[at + 1 :]])
    return text.replace(word, wrong, 1)


def typed_texts(opened: sqlite3.Connection, chance: random.Random) -> Iterator[tuple[str, str, LatLon]]:
    """Texts people type for names and addresses of the pack, with and without a mistake, what they look for, and where it is."""
    names = opened.execute(NAMES).fetchall()
    by_kind = {kind: [row for row in names if row[1] == kind] for kind in ("town", "zip", "street", "business")}
    for rows in by_kind.values():
        for name, _, lat, lon in chance.sample(rows, min(TYPED // 4, len(rows))):
            yield name.lower(), name, LatLon(lat, lon)
            yield mistyped(name.lower(), chance), name, LatLon(lat, lon)
    houses = opened.execute(ADDRESS_ROWS).fetchall()
    for number, street, city, state, code, lat, lon, *_ in chance.sample(houses, min(TYPED // 2, len(houses))):
        short = street.lower().replace("north ", "n ").replace("south ", "s ").replace("street", "st").replace("avenue", "ave")
        for text in (f"{number} {short}", f"{number} {mistyped(short, chance)}", f"{number} {street}, {city}, {state} {code}"):
            yield text, f"{street}, ", LatLon(lat, lon)


def build(extract: Path, out: Path) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    count = build_gazetteer(extract, out, silent)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    print(f"build      {count:>7} addresses  {wall:6.2f} s wall  {cpu:6.2f} s CPU  {out.stat().st_size / 1e6:6.1f} MB")


def batch(gazetteer: Gazetteer, opened: sqlite3.Connection) -> bool:
    """Place many addresses; whether each kind is quick enough."""
    rows = opened.execute(ADDRESS_ROWS).fetchall()
    rows = [row[:5] for row in random.Random(1).sample(rows, min(ADDRESSES, len(rows)))]
    kinds = {
        "exact": [PostalAddress(f"{number} {street}", city, state, code) for number, street, city, state, code in rows],
        "upper": [PostalAddress(f"{number} {street}, STE 7".upper(), city, state, code) for number, street, city, state, code in rows],
        "misspelt": [PostalAddress(f"{number} {swapped(street)}", city, state, code) for number, street, city, state, code in rows],
        "no city": [PostalAddress(f"{number} {street}", "", state, "") for number, street, city, state, code in rows],
    }
    gazetteer.locate(kinds["misspelt"][0])
    good = True
    for kind, addresses in kinds.items():
        begin = time.process_time()
        gazetteer.locate_many([(address, "") for address in addresses], silent)
        speed = len(addresses) / (time.process_time() - begin)
        good &= speed >= LEAST_A_SECOND
        print(f"{kind:<10} {len(addresses):>7} addresses  {speed:6.0f} a second of CPU  ({speed / LEAST_A_SECOND:.2f} x the bar)")
    return good


def typing(gazetteer: Gazetteer, opened: sqlite3.Connection) -> bool:
    """Type texts letter by letter; whether 95 of 100 answers come in time."""
    chance = random.Random(2)
    middle = opened.execute("SELECT avg(lat), avg(lon) FROM address").fetchone()
    near = LatLon(*middle)
    gazetteer.suggest("warm", near)
    took, hits, texts = [], 0, list(typed_texts(opened, chance))
    for text, wanted, place in texts:
        for end in range(3, len(text) + 1):
            begin = time.perf_counter()
            found = gazetteer.suggest(text[:end], near)
            took.append(1000 * (time.perf_counter() - begin))
        hits += any(wanted in f"{one.text}, " or (one.point and one.point.metres_to(place) < 50) for one in found)
    at_95 = times("typing", "answers", took)
    print(f"           {len(texts):>7} texts      {hits / len(texts):.1%} of them find what was meant among the first 8")
    return at_95 <= LONGEST_MS


def times(what: str, unit: str, took: list[float]) -> float:
    """Print how long answers took in milliseconds; returns what 95 of 100 stay below."""
    at_95 = statistics.quantiles(took, n=20)[-1]
    spread = f"{statistics.median(took):5.2f} ms median  {at_95:5.2f} ms at 95 %  {max(took):5.2f} ms longest"
    print(f"{what:<10} {len(took):>7} {unit:<9}  {spread}")
    return at_95


def backwards(gazetteer: Gazetteer, opened: sqlite3.Connection) -> bool:
    """Say what is at points in and around the towns; whether 95 of 100 answers come in 5 ms."""
    south, west, north, east = opened.execute("SELECT min(lat), min(lon), max(lat), max(lon) FROM address").fetchone()
    chance = random.Random(3)
    houses = opened.execute("SELECT lat, lon FROM address ORDER BY lat, lon").fetchall()
    points = [LatLon(lat + chance.gauss(0, 0.001), lon) for lat, lon in chance.sample(houses, min(POINTS // 2, len(houses)))]
    points += [LatLon(chance.uniform(south, north), chance.uniform(west, east)) for _ in range(POINTS // 2)]
    took = []
    for point in points:
        begin = time.perf_counter()
        gazetteer.reverse(point)
        took.append(1000 * (time.perf_counter() - begin))
    return times("reverse", "points", took) <= 5.0


def guessing(whole: Path, out: Path) -> bool:
    """Hide every third address of the map and look for it; whether enough of them are guessed within 120 m."""
    out.write_bytes(whole.read_bytes())
    opened = sqlite3.connect(out)
    addresses: dict[tuple[int, int, int], list[tuple[str, str, str, str, str, float, float]]] = {}
    for *row, street, number, locality in opened.execute(ADDRESS_ROWS):
        addresses.setdefault((street, number, locality), []).append(tuple(row))
    hidden = list(addresses.items())[1::3]
    opened.executemany("DELETE FROM address WHERE street = ? AND number = ? AND locality = ?", [key for key, _ in hidden])
    opened.executescript(STREET_SUMS)
    opened.close()
    right = sure = 0
    with Gazetteer(out) as gazetteer:
        for _, rows in hidden:
            number, street, city, state, code = rows[0][:5]
            match = gazetteer.locate(PostalAddress(f"{number} {street}", city, state, code))
            off = min((match.point.metres_to(LatLon(lat, lon)) for *_, lat, lon in rows), default=0.0) if match.point else float("inf")
            right += off <= GUESS_M
            sure += off > 500 and not match.doubtful
    print(f"hidden     {len(hidden):>7} addresses  {right / len(hidden):.1%} within {GUESS_M:.0f} m, {sure} wrong by 500 m without doubt")
    return right / len(hidden) >= LEAST_GUESSED


def main() -> int:
    extract = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "gazetteer.sqlite"
        build(extract, out)
        opened = sqlite3.connect(out)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with Gazetteer(out) as gazetteer:
            good = [batch(gazetteer, opened), typing(gazetteer, opened), backwards(gazetteer, opened)]
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        print(f"memory     grew by {grown:.0f} MB beyond the peak of the build")
        opened.close()
        good.append(guessing(out, Path(folder) / "hidden.sqlite"))
    return 0 if all(good) and grown <= MOST_MEMORY_MB else 1


if __name__ == "__main__":
    sys.exit(main())
