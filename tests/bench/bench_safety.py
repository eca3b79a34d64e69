"""What safety costs on 20,000 accounts, plain and encrypted, as ratios to reading every account from the plain database.

python tests/bench/bench_safety.py
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.store.accounts import all_accounts, save_accounts
from planner.usecases.backups import check_database, list_backups, make_backup, restore_backup, start_backup
from planner.usecases.encryption import encrypt
from planner.usecases.workspace import Workspace, open_workspace

ACCOUNTS = 20_000
PASSPHRASE = "a passphrase for measuring"
CUSTOM = tuple((f"Column {number} of the billing system", f"what it says there about {number}" * 2) for number in range(22))


def fill(workspace: Workspace) -> None:
    """Accounts with some thirty columns each."""
    numbers = range(ACCOUNTS)
    with workspace.writing("Import") as db:
        address = PostalAddress("100 Beaver Ave", "State College", "PA", "16801")
        save_accounts(
            db, [Account(0, f"{n:018d}", f"Account {n}", AccountKind.CLIENT, address, notes="x" * 300, custom=CUSTOM) for n in numbers]
        )


def change(workspace: Workspace) -> None:
    """One small change, as a drag in the window makes it."""
    with workspace.writing("Change") as db:
        db.execute("UPDATE accounts SET notes = notes || '.' WHERE id = 7")


def read(workspace: Workspace) -> None:
    """Every account."""
    with workspace.reading() as db:
        all_accounts(db)


def restore(workspace: Workspace) -> None:
    """The newest backup put back."""
    restore_backup(workspace, list_backups(workspace)[0].path)


VERBS: dict[str, Callable[[Workspace], object]] = {
    "read every account": read,
    "one small change": change,
    "check the database": check_database,
    "make a backup": make_backup,
    "start backup, nothing new": start_backup,
    "list the backups": list_backups,
    "restore a backup": restore,
}


def seconds(verb: Callable[[Workspace], object], workspace: Workspace) -> float:
    """How long a verb takes, the best of three."""
    taken = []
    for _turn in range(3):
        begin = time.perf_counter()
        verb(workspace)
        taken.append(time.perf_counter() - begin)
    return min(taken)


def main() -> None:
    """Measure and print the table."""
    with tempfile.TemporaryDirectory() as folder, open_workspace(Path(folder) / "home") as workspace:
        fill(workspace)
        print(f"{ACCOUNTS:,} accounts, {workspace.database.stat().st_size / 1e6:.0f} MB")
        plain = {name: seconds(verb, workspace) for name, verb in VERBS.items()}
        begin = time.perf_counter()
        encrypt(workspace, PASSPHRASE)
        encrypting_s = time.perf_counter() - begin
        backups = len(list_backups(workspace))
        encrypted = {name: seconds(verb, workspace) for name, verb in VERBS.items()}
        workspace.close()
        begin = time.perf_counter()
        with open_workspace(workspace.home, passphrase=PASSPHRASE):
            opening_s = time.perf_counter() - begin
    unit = plain["read every account"]
    print(f"{'':28}{'plain':>8}{'encrypted':>11}   (reading every account, plain = 1; here {unit:.2f} s)")
    for name in VERBS:
        print(f"{name:28}{plain[name] / unit:8.3f}{encrypted[name] / unit:11.3f}")
    print(f"{'open with a passphrase':28}{'':8}{opening_s / unit:11.3f}")
    print(f"{f'encrypt it and {backups} backups':28}{'':8}{encrypting_s / unit:11.3f}")


if __name__ == "__main__":
    main()
