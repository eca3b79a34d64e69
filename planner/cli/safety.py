"""roadbook backup, restore, check, encrypt, decrypt, passphrase: what keeps the data safe.

A passphrase comes from the environment (ROADBOOK_PASSPHRASE), from a file (--passphrase-file) or from a prompt; never from an argument,
which every user of the computer could read in the list of processes.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json, print_table
from planner.errors import UserProblem
from planner.model.backups import Backup, BackupReason, MadeBy
from planner.usecases import backups, encryption
from planner.usecases.workspace import Workspace, ask_passphrase, closed_workspace, given_passphrase, passphrase_for, workspace_at

EXIT_DAMAGED = 2

NewFile = Annotated[Path | None, typer.Option("--new-passphrase-file", help="A text file whose first line is the new passphrase.")]


def take_passphrase_file(
    file: Annotated[
        Path | None,
        typer.Option("--passphrase-file", help="A text file whose first line is the passphrase of an encrypted database."),
    ] = None,
) -> None:
    """Roadbook: plan a week of visits over real roads, without a network."""
    if file is not None:
        os.environ["ROADBOOK_PASSPHRASE_FILE"] = str(file)  # its name only: the passphrase itself stays in the file


def backup(
    listed: Annotated[bool, typer.Option("--list", help="List the backups instead of making one.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Keep a checked copy of the database, or list the copies."""
    if listed:
        with _unopened(home) as workspace:
            _print_backups(backups.list_backups(workspace), as_json=as_json)
        return
    with workspace_at(home) as workspace:
        made = backups.make_backup(workspace, BackupReason.HAND, Progress())
    print_json({"path": str(made)}) if as_json else message(f"Kept as {made}.")


def restore(
    which: Annotated[str, typer.Argument(metavar="BACKUP", help="“newest”, a number of roadbook backup --list, a name or a file.")],
    home: Home = None,
) -> None:
    """Put a backup in the place of the database; what is there now is kept."""
    with _unopened(home) as workspace:
        found = backups.find_backup(workspace, which)
        backups.restore_backup(workspace, found, Progress())
    message(f"Went back to {found.name}. What was there before is kept: see roadbook backup --list.")


def check(home: Home = None, as_json: AsJson = False) -> None:
    """Check the database from end to end; exit code 2 when it is damaged."""
    with workspace_at(home) as workspace:
        damages = backups.check_database(workspace, Progress())
    if as_json:
        print_json({"damages": damages})
    elif damages:
        message("\n".join([*damages, "Go back to a good backup: roadbook restore newest."]))
    else:
        message("The database is sound.")
    if damages:
        raise typer.Exit(EXIT_DAMAGED)


def encrypt(new_file: NewFile = None, home: Home = None) -> None:
    """Encrypt the database and its backups with a passphrase. Without it nobody can open them again, Roadbook included."""
    with workspace_at(home) as workspace:
        _tell(encryption.encrypt(workspace, _new_passphrase(new_file, given_passphrase()), Progress()))
    message("The database and its backups are encrypted.")


def decrypt(home: Home = None) -> None:
    """Take the passphrase off the database and its backups."""
    with workspace_at(home) as workspace:
        _tell(encryption.decrypt(workspace, Progress()))
    message("The database and its backups are no longer encrypted.")


def passphrase(new_file: NewFile = None, home: Home = None) -> None:
    """Change the passphrase of the database and its backups; the new one comes from a file or a prompt."""
    with workspace_at(home) as workspace:
        _tell(encryption.change_passphrase(workspace, _new_passphrase(new_file, None), Progress()))
    message("The passphrase is changed.")


def _unopened(home: Path | None) -> Workspace:
    return closed_workspace(home, passphrase=passphrase_for(home))


def _new_passphrase(file: Path | None, given: str | None) -> str:
    """The passphrase to be used from now on: the file's first line, the one given, or one typed twice."""
    if file is not None:
        return given_passphrase(file) or ""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UserProblem(
            "There is no new passphrase.", remedy="Write it as the first line of a file and name that: --new-passphrase-file."
        )
    typed = ask_passphrase("New passphrase: ")
    if typed != ask_passphrase("The same again: "):
        raise UserProblem("The two passphrases differ.", remedy="Try again; nothing was changed.")
    return typed


def _tell(kept: Sequence[str]) -> None:
    if kept:
        message("\n".join(kept))


def _print_backups(found: Sequence[Backup], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "path": str(each.path),
                    "made_at": each.made_at.isoformat(),
                    "reason": each.reason.value,
                    "bytes": each.size_bytes,
                    "encrypted": each.encrypted,
                    "accounts": each.accounts,
                    "made_by": each.made_by.value,
                }
                for each in found
            ]
        )
        return
    rows = [
        (
            str(number),
            f"{each.made_at.astimezone():%Y-%m-%d %H:%M}",
            each.reason.value,
            f"{each.size_bytes / 1e6:.1f} MB",
            _held(each),
            each.path.name,
        )
        for number, each in enumerate(found, start=1)
    ]
    print_table("", ("No.", "Made", "Reason", "Size", "Accounts", "File"), rows)


def _held(backup: Backup) -> str:
    """How many accounts a backup holds, or why it cannot be put back."""
    if backup.accounts is None:
        return "made by a newer Roadbook" if backup.made_by is MadeBy.NEWER else "does not open"
    return f"{backup.accounts:,}" + (", made by an older Roadbook" if backup.made_by is MadeBy.OLDER else "")
