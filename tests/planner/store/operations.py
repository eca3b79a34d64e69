"""What a power cut may interrupt: operations on a workspace, one a line, each with one outcome; run as a program it does them in order.

Each changes the data in a way that only depends on what is there, so that a run that nobody interrupts tells what must be there after each.
"""

import hashlib
import sys
from collections.abc import Callable
from pathlib import Path

from planner.model.accounts import Account, AccountKind
from planner.model.backups import BackupReason
from planner.model.places import PostalAddress
from planner.store import journal
from planner.store.accounts import save_accounts
from planner.usecases.backups import list_backups, make_backup, restore_backup
from planner.usecases.workspace import Workspace, open_workspace

ROWS = 300


def import_accounts(workspace: Workspace) -> None:
    with workspace.writing("Import") as db:
        first = db.table("accounts").count
        numbers = range(first, first + ROWS)
        save_accounts(db, [Account(0, f"{n:018d}", f"Café {n}", AccountKind.CLIENT, PostalAddress(f"{n} Main St")) for n in numbers])


def merge_accounts(workspace: Workspace) -> None:
    with workspace.writing("Merge") as db:
        last = db.execute("SELECT max(id) FROM accounts").fetchone()[0]
        db.execute("UPDATE accounts SET notes = 'merged', owner = 'Rep A' WHERE id % 7 = 0")
        db.execute("DELETE FROM accounts WHERE id = ?", [last])


def undo(workspace: Workspace) -> None:
    with workspace.writing(None) as db:
        entry = journal.next_to_undo(db, sample=False)
        assert entry is not None
        journal.undo(db, entry)


def redo(workspace: Workspace) -> None:
    with workspace.writing(None) as db:
        entry = journal.next_to_redo(db, sample=False)
        assert entry is not None
        journal.redo(db, entry)


def back_up(workspace: Workspace) -> None:
    make_backup(workspace, BackupReason.HAND)


def restore(workspace: Workspace) -> None:
    backup = next(each for each in list_backups(workspace) if each.reason is BackupReason.HAND)
    restore_backup(workspace, backup.path)


CYCLE: tuple[Callable[[Workspace], None], ...] = (
    import_accounts,
    back_up,
    merge_accounts,
    undo,
    redo,
    undo,
    import_accounts,
    restore,
    merge_accounts,
)
OPERATIONS = CYCLE * 4


def digest(workspace: Workspace) -> str:
    """One word for everything the database holds, but for when and by whom it was done."""
    found = hashlib.sha256()
    with workspace.reading() as db:
        for table in sorted(db.table_names()):
            columns = [f"[{name}]" for name in db.table(table).columns_dict if name not in {"at", "who", "applied_at"}]
            rows = db.execute(f"SELECT {', '.join(columns)} FROM [{table}] ORDER BY {', '.join(columns)}").fetchall()
            found.update(repr((table, columns, rows)).encode())
    return found.hexdigest()


def run(home: Path, begun: Path, first: int) -> None:
    """Do the operations from this one on; the file tells which was begun last."""
    with open_workspace(home) as workspace, begun.open("a", encoding="utf-8") as told:
        told.write(f"{first}\n")
        told.flush()
        for number, operation in enumerate(OPERATIONS[first:], start=first):
            told.write(f"{number}\n")
            told.flush()
            operation(workspace)


if __name__ == "__main__":
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
