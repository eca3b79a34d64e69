"""What a power cut may interrupt: operations on a workspace, one a line, each with one outcome; run as a program it does them in order.

Each changes the data in a way that only depends on what is there, so that a run that nobody interrupts tells what must be there after each.
"""

import hashlib
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import time_machine

from planner.model.backups import BackupReason
from planner.progress import silent
from planner.usecases import import_accounts as usecase
from planner.usecases import merge
from planner.usecases import undo as undoing
from planner.usecases.accounts import list_accounts
from planner.usecases.backups import list_backups, make_backup, restore_backup
from planner.usecases.edit_accounts import AccountEdit, edit_accounts
from planner.usecases.workspace import Workspace, open_workspace

ROWS = 300


def import_accounts(workspace: Workspace) -> None:
    first = len(list_accounts(workspace))
    lines = [f"C-{n:06d},Café {n},Customer,{n} Main St,State College,PA,16801,{n % 900 + 1}\n" for n in range(first, first + ROWS)]
    path = workspace.home.with_name("accounts.csv")
    path.write_text("Account ID,Account Name,Type,Street,City,State,Zip,Employees\n" + "".join(lines), encoding="utf-8")
    usecase.import_accounts(workspace, [path], silent)
    path.unlink()


def merge_accounts(workspace: Workspace) -> None:
    ids = sorted(account.id for account in list_accounts(workspace))
    merge.merge_accounts(workspace, ids[0], ids[-1], {"name": "second"})


def change_accounts(workspace: Workspace) -> None:
    chosen = [account.id for account in list_accounts(workspace) if account.id % 7 == 0]
    edit_accounts(workspace, chosen, AccountEdit({"notes": "Seen at the fair", "owner": "Rep A"}))


def undo(workspace: Workspace) -> None:
    undoing.undo(workspace)


def redo(workspace: Workspace) -> None:
    undoing.redo(workspace)


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
    change_accounts,
    merge_accounts,
)
OPERATIONS = CYCLE * 3


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
    time_machine.travel(datetime.fromisoformat(sys.argv[4])).start()  # the clock of the tests: some of what is kept tells its day
    run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
