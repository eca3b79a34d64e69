"""A book of 20,000 accounts with thirty columns: previewed, imported, imported again, undone, listed, opened.

python tests/bench/bench_book.py [accounts]
"""

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from as_started import in_window
from whole_store import contents

from planner.model.imports import KindCounts, RecordKind
from planner.process import settle
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import commit_import
from planner.usecases.import_draft import draft_import
from planner.usecases.undo import redo, undo
from planner.usecases.workspace import open_workspace

ACCOUNTS, CHANGED = 20_000, 200
BARS = {"preview": 3.0, "commit": 6.0, "again, 200 changed": 4.0, "undo": 5.0}
PEAK_MB = 400
KNOWN = (
    *("Account ID", "Account Name", "Account Owner", "Type", "Industry", "Billing Street", "Billing City", "Billing State/Province"),
    *("Billing Zip/Postal Code", "Phone", "Employees", "Annual Revenue", "Last Activity", "Rating", "Website", "Description", "Tags"),
)
CUSTOM = tuple(f"Field {number}" for number in range(1, 31 - len(KNOWN)))
NAMES = """Adler Baker Castillo Dvorak Eckert Fournier Gruber Haas Ibarra Jansen Keller Moreno Novak Okafor Petrov Quinn Rossi Varga"""
WORK = """Bakery Plumbing Roofing Insurance Dental Accounting Realty Motors Electric Catering Fitness Logistics Pharmacy Optical"""
WORDS, TRADES = NAMES.split(), WORK.split()
TOWNS = [("State College", "16801"), ("Bellefonte", "16823"), ("Boalsburg", "16827"), ("Lewistown", "17044"), ("Altoona", "16601")]


def lines(count: int, seed: int = 7) -> list[dict[str, str]]:
    """The rows of a made-up book."""
    chance = random.Random(seed)
    made = []
    for number in range(count):
        town, postcode = chance.choice(TOWNS)
        name = f"{chance.choice(WORDS)} {chance.choice(WORDS)} {chance.choice(TRADES)} {number}"
        known = (
            *(
                f"001Dn00000{number:05d}",
                name,
                f"Rep {chance.choice('ABCDEF')}",
                chance.choice(("Prospect", "Customer - Direct")),
                "Retail",
            ),
            *(f"{chance.randrange(1, 4000)} {chance.choice(WORDS)} {chance.choice(('St', 'Ave', 'Rd'))}", town, "PA", postcode),
            *(f"814-{chance.randrange(200, 999)}-{chance.randrange(10_000):04d}", str(chance.randrange(1, 900))),
            *(f"${chance.randrange(10_000, 9_000_000):,}", f"{chance.randrange(1, 12)}/{chance.randrange(1, 28)}/2026", "Warm"),
            *(f"https://www.firm{number}.example/", f"What is known of {name}: " + "word " * 12, "fiber; voice"),
        )
        made.append(dict(zip(KNOWN, known, strict=True)) | {name: f"value {chance.randrange(1000)} of {name}" for name in CUSTOM})
    return made


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    """The rows as Salesforce exports them."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, [*KNOWN, *CUSTOM])
        writer.writeheader()
        writer.writerows(rows)
    return path


def peak_mb() -> float:
    """The most memory this process had until now."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


@contextmanager
def timed(taken: dict[str, tuple[float, float]], name: str) -> Iterator[None]:
    """Note how long a block takes, by the clock and of a processor."""
    begin = time.perf_counter(), time.process_time()
    yield
    taken[name] = time.perf_counter() - begin[0], time.process_time() - begin[1]


def measure(folder: Path, count: int) -> tuple[dict[str, tuple[float, float]], float]:
    """Seconds of each step (by the clock, of a processor) and the peak of memory up to the commit; the home is left with the book in it."""
    rows, taken = lines(count), dict[str, tuple[float, float]]()
    path = write(folder / "accounts.csv", rows)
    newer = [dict(row) for row in rows]
    for row in newer[:: count // CHANGED][:CHANGED]:
        row["Phone"], row["Description"] = "814-555-0199", "Something new is known."
    newer_path = write(folder / "newer.csv", newer)
    with open_workspace(folder / "home") as workspace:
        before = contents(workspace.database)
        with timed(taken, "preview"):
            draft = draft_import(workspace, [path], silent)
        with timed(taken, "commit"):
            outcome = commit_import(workspace, draft, silent)
        peak = peak_mb()
        if outcome.of(RecordKind.ACCOUNTS) != KindCounts(added=count):
            raise SystemExit(f"Expected {count} accounts added, found {outcome.of(RecordKind.ACCOUNTS)}")
        full = contents(workspace.database)
        with timed(taken, "again, nothing changed"):
            commit_import(workspace, draft_import(workspace, [path], silent), silent)
        if contents(workspace.database) != full:
            raise SystemExit("The same file changed something.")
        with timed(taken, "again, 200 changed"):
            again = commit_import(workspace, draft_import(workspace, [newer_path], silent), silent)
        if again.of(RecordKind.ACCOUNTS) != KindCounts(changed=CHANGED, unchanged=count - CHANGED):
            raise SystemExit(f"Expected {CHANGED} changed, found {again.of(RecordKind.ACCOUNTS)}")
        with timed(taken, "undo of 200"):
            undo(workspace)
        with timed(taken, "undo"):
            undo(workspace)
        if contents(workspace.database) != before:
            raise SystemExit("After undo the database is not as it was before.")
        with timed(taken, "redo"):
            redo(workspace)
        if contents(workspace.database) != full:
            raise SystemExit("After redo the database is not as it was.")
        with timed(taken, "list of accounts"):
            list_accounts(workspace)
    return taken, peak


def window(home: Path) -> str:
    """How the list filters, sorts and searches, and how long the window takes to be of use, in a process of its own."""
    (done,) = in_window("book_window", [(str(home),)])
    return done.stdout or done.stderr


def main() -> None:
    """Measure and print the table."""
    settle()
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ACCOUNTS
    with tempfile.TemporaryDirectory() as folder:
        taken, peak = measure(Path(folder), count)
        print(f"{count:,} accounts, {len(KNOWN) + len(CUSTOM)} columns")
        for name, (seconds, processor_s) in taken.items():
            bar = BARS.get(name)
            told = f"   bar {bar:.0f} s, {seconds / bar:.2f} of it" if bar else ""
            print(f"  {name:24} {seconds:6.2f} s by the clock, {processor_s:5.2f} s of a processor{told}")
        print(f"  {'peak memory':24} {peak:6.0f} MB  bar {PEAK_MB} MB, {peak / PEAK_MB:.2f} of it")
        print(window(Path(folder) / "home"), end="")


if __name__ == "__main__":
    main()
