"""How long it takes to read and compare many accounts: `python tests/bench/bench_imports.py [rows]`."""

import random
import sys
import tempfile
import time
from pathlib import Path

from planner.imports.accounts import read_accounts
from planner.imports.duplicates import find_duplicates
from planner.imports.text_table import read_table

HEADER = (
    "Account ID,Account Name,Type,Billing Street,Billing City,Billing State/Province,Billing Zip/Postal Code,Phone,Employees,"
    "Annual Revenue,Last Activity\n"
)
WORDS = ("Ada", "Bakery", "Bo", "Barbers", "Centre", "Dental", "Group", "Nittany", "Pizza", "Salon", "Sheetz", "Subway", "Valley", "Works")
STREETS = ("N Atherton St", "College Ave", "Main Street", "Beaver Ave", "Park Road", "Calder Way", "Allen St", "Market Street")


def write_rows(path: Path, rows: int) -> None:
    """Write an account report; one row in forty repeats an earlier one."""
    rng = random.Random(1)
    lines: list[str] = []
    for number in range(rows):
        if number % 40 == 39:
            lines.append(f"001Dn{number:010d},{lines[-20].split(',', 1)[1]}")
            continue
        name, street = " ".join(rng.sample(WORDS, 3)), f"{rng.randrange(1, 3000)} {rng.choice(STREETS)}"
        lines.append(f'001Dn{number:010d},{name},Prospect,{street},State College,PA,16801,,40,"$2,280,000",7/26/2026')
    path.write_text(HEADER + "\n".join(lines) + "\n")


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "accounts.csv"
        write_rows(path, rows)
        began = time.perf_counter()
        table = read_table(path)
        print(f"{'read table':<18}{rows:>8} rows {time.perf_counter() - began:8.2f} s")
        began = time.perf_counter()
        accounts, _problems = read_accounts(table)
        print(f"{'read accounts':<18}{len(accounts):>8} rows {time.perf_counter() - began:8.2f} s")
        began = time.perf_counter()
        pairs = find_duplicates(accounts)
        print(f"{'find duplicates':<18}{len(pairs):>8} pairs{time.perf_counter() - began:8.2f} s")


if __name__ == "__main__":
    main()
