"""How fast a gazetteer is built and addresses are placed: `python tests/bench/bench_geocoding.py [EXTRACT]`.

Run from the repository; the default extract is the one beside it. Prints CPU seconds, so that a busy machine counts for less.
"""

import random
import sqlite3
import sys
import tempfile
import time
from pathlib import Path

from planner.geocoding.offline import Gazetteer
from planner.model.places import PostalAddress
from planner.progress import silent
from planner.roads.gazetteer import build_gazetteer

DEFAULT = Path(__file__).resolve().parents[3] / "shared" / "data" / "osm" / "state-college.osm.pbf"
ADDRESSES = 1500
QUERY = """
SELECT number || suffix, street.name, city, state, zip FROM address
JOIN street ON street.id = address.street JOIN locality ON locality.id = address.locality WHERE exact AND NOT inferred
"""


def swapped(text: str) -> str:
    """Swap two letters in the middle of the longest word."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    return text.replace(word, word[: at - 1] + word[at : at + 1] + word[at - 1 : at] + word[at + 1 :]) if at else text


def main() -> None:
    extract = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "gazetteer.sqlite"
        wall, cpu = time.perf_counter(), time.process_time()
        count = build_gazetteer(extract, out, silent)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(f"build      {count:>7} addresses  {wall:6.2f} s wall  {cpu:6.2f} s CPU  {out.stat().st_size / 1e6:6.1f} MB")
        opened = sqlite3.connect(out)
        rows = opened.execute(QUERY).fetchall()
        opened.close()
        rows = random.Random(1).sample(rows, min(ADDRESSES, len(rows)))
        kinds = {
            "exact": [PostalAddress(f"{number} {street}", city, state, code) for number, street, city, state, code in rows],
            "upper": [PostalAddress(f"{number} {street}, STE 7".upper(), city, state, code) for number, street, city, state, code in rows],
            "misspelt": [PostalAddress(f"{number} {swapped(street)}", city, state, code) for number, street, city, state, code in rows],
            "no city": [PostalAddress(f"{number} {street}", "", state, "") for number, street, city, state, code in rows],
        }
        with Gazetteer(out) as gazetteer:
            gazetteer.locate(kinds["misspelt"][0])
            for kind, addresses in kinds.items():
                begin = time.process_time()
                gazetteer.locate_many([(address, "") for address in addresses], silent)
                print(f"{kind:<10} {len(addresses):>7} addresses  {len(addresses) / (time.process_time() - begin):6.0f} a second of CPU")


if __name__ == "__main__":
    main()
