"""Where a user's data is, and what stays open while it is used: the routing engine, and the place of the one window."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from planner.errors import UserProblem
from planner.model.packs import RoadPack
from planner.paths import home_dir
from planner.store.cipher import Keyring, looks_encrypted
from planner.store.database import prepare, reading, refuse_other_schema, transaction
from planner.store.file_lock import USE_LOCK, WindowLock, alone
from planner.store.private_files import private_folder
from planner.store.receipts import RECEIPTS, clear_shown
from planner.store.settings import read_settings
from planner.store.swap import clear_leftover, finish_swap, opened

if TYPE_CHECKING:
    from sqlite_utils import Database

    from planner.model.travel import DriveOptions
    from planner.roads.routing.router import ValhallaRouter

DATABASE = "roadbook.sqlite"


class Workspace:
    """A user's data folder. Safe to use from several threads: each verb has its own connection, the engine has its own lock.

    `window` takes the place of the one window that may change the data; when another one has it, this workspace is `read_only`. The keys of
    a passphrase stay in memory only.
    """

    def __init__(self, home: Path, *, window: bool = False, passphrase: str | None = None) -> None:
        self.home = home
        self.database = home / DATABASE
        self.keys = Keyring(passphrase) if passphrase is not None else None
        self._window = WindowLock(home) if window else None
        self.read_only = self._window is not None and not self._window.held
        self._engines: dict[bool, tuple[tuple[object, ...], ValhallaRouter]] = {}
        self._lock = Lock()

    @property
    def packs_folder(self) -> Path:
        """Where road packs are."""
        return self.home / "packs"

    @property
    def exports_folder(self) -> Path:
        """Where exports go when no other place is chosen."""
        return self.home / "exports"

    @contextmanager
    def reading(self) -> "Iterator[Database]":
        """A connection to look things up with."""
        with opened(self.database), reading(self.database, self.keys) as db:
            yield db

    @contextmanager
    def writing(self, label: str | None, *, sample: bool = False) -> "Iterator[Database]":
        """A connection whose changes are all kept as one step to undo, called by its label, or none; a label of None is no step.

        What is done to the sample territory has its own steps. Raises UserProblem when another window may change the data.
        """
        self.refuse_read_only()
        with opened(self.database), transaction(self.database, label, sample=sample, keys=self.keys) as db:
            yield db

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody has the database open while the block puts another file in its place; raises UserProblem when others hold it."""
        self.refuse_read_only()
        place = self._window or WindowLock(self.home)
        try:
            if not place.held:
                raise UserProblem(
                    "A Roadbook window has this data open.", "It would go on with what is replaced.", "Close it, then try again."
                )
            with alone(self.home / USE_LOCK):
                finish_swap(self.database)
                yield
        finally:
            if place is not self._window:
                place.release()

    def refuse_read_only(self) -> None:
        """Raise UserProblem when another window may change the data."""
        if self.read_only:
            raise UserProblem(
                "Another Roadbook window has this data open.",
                "So that neither undoes the work of the other, this one only shows it.",
                "Make the change in the other window, or close both and open one.",
            )

    def prepare(self) -> None:
        """Make the database, or bring it up to date; raises UserProblem when it cannot be used."""
        if not self.read_only:
            clear_leftover(self.database)
        if self._window is not None and not self.read_only:
            clear_shown(self.home / RECEIPTS)
        with opened(self.database):
            if self.read_only:
                refuse_other_schema(self.database, self.keys)
            else:
                prepare(self.database, self.keys)

    def engine(self, pack: RoadPack, *, background: bool = False) -> "ValhallaRouter":
        """The routing engine of a pack, or the routing service of the settings, for drives as the settings want them.

        It is started when first asked for and kept. The one for work in the `background` is another one, which stands back.
        """
        options, service = self.drive_options()
        wanted, old = (pack.id, pack.built_at, options, service), None
        with self._lock:
            known = self._engines.get(background)
            if known is None or known[0] != wanted:
                old = known
                known = self._engines[background] = (wanted, _router(pack, options, service, background=background))
        if old is not None:
            old[1].close()  # which waits for its answer under way, so not while others wait for the lock
        return known[1]

    def drive_options(self) -> "tuple[DriveOptions, str]":
        """What drives avoid, and the address of the routing service (empty: this laptop)."""
        from planner.model.travel import DriveOptions

        with self.reading() as db:
            settings = read_settings(db)
        avoided = (settings.text(f"avoid_{what}") == "yes" for what in ("tolls", "ferries", "unpaved"))
        return DriveOptions(*avoided), settings.text("routing_service").strip()

    def release_engine(self) -> None:
        """Stop the routing engines, so that their pack can be replaced or deleted."""
        with self._lock:
            engines, self._engines = self._engines, {}
        for _wanted, engine in engines.values():
            engine.close()

    def close(self) -> None:
        """Stop what runs."""
        self.release_engine()
        if self._window is not None:
            if not self.read_only:
                clear_shown(self.home / RECEIPTS)
            self._window.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _router(pack: RoadPack, options: "DriveOptions", service: str, *, background: bool) -> "ValhallaRouter":
    if service:
        from planner.roads.routing.service import RoutingService

        return RoutingService(service, options)
    from planner.roads.routing.engine import Engine

    return Engine(pack, options, background=background)


def restore_packs(packs_folder: Path) -> None:
    """Bring back a pack that was just being replaced when the program was killed."""
    if any(packs_folder.glob(".replaced-*")):
        from planner.roads.pack.build import restore_replaced

        restore_replaced(packs_folder)


def closed_workspace(home: Path | None = None, *, window: bool = False, passphrase: str | None = None) -> Workspace:
    """The user's data folder with its database left alone: to list backups and put one back when it is damaged. Raises UserProblem."""
    folder = home_dir(home)
    try:
        private_folder(folder, ours=home is None and not os.environ.get("ROADBOOK_HOME"))
    except OSError as error:
        why = f"The system says: {error.strerror or error}."
        raise UserProblem(f"The data folder “{folder}” cannot be made.", why, "Choose another one (--home).") from error
    return Workspace(folder, window=window, passphrase=passphrase)


def open_workspace(home: Path | None = None, *, window: bool = False, passphrase: str | None = None) -> Workspace:
    """Open the user's data folder, made and brought up to date when needed.

    A window says so: the second one on a folder is `read_only`. A `passphrase` opens an encrypted database, and encrypts one that is not
    there yet. Raises UserProblem when the database cannot be used, PassphraseNeeded, and DamagedDatabase.
    """
    workspace = closed_workspace(home, window=window, passphrase=passphrase)
    try:
        workspace.prepare()
        if not workspace.read_only:
            restore_packs(workspace.packs_folder)
    except BaseException:
        workspace.close()
        raise
    return workspace


def given_passphrase(file: Path | None = None) -> str | None:
    """The first line of this file, or of ROADBOOK_PASSPHRASE_FILE, or else what ROADBOOK_PASSPHRASE holds. Raises UserProblem."""
    named = file or os.environ.get("ROADBOOK_PASSPHRASE_FILE")
    if not named:
        return os.environ.get("ROADBOOK_PASSPHRASE") or None
    try:
        return Path(named).expanduser().read_text(encoding="utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except (OSError, ValueError) as error:  # a ValueError would show what is in the file
        why = error.strerror if isinstance(error, OSError) else "It is not UTF-8 text"
        raise UserProblem(f"The passphrase cannot be read from “{named}”.", f"{why}.", "Name a text file whose first line it is.") from None


@contextmanager
def workspace_at(home: Path | None) -> Iterator[Workspace]:
    """A workspace for one command, closed at the end of the block; a passphrase is the environment's, or asked for on a terminal."""
    with open_workspace(home, passphrase=passphrase_for(home)) as workspace:
        yield workspace


def passphrase_for(home: Path | None) -> str | None:
    """The passphrase that the environment gives, else one asked for on a terminal when the database needs it, else None."""
    given = given_passphrase()
    database = home_dir(home) / DATABASE
    if given is None and sys.stdin.isatty() and database.is_file() and looks_encrypted(database):
        return ask_passphrase("Passphrase: ")
    return given


def ask_passphrase(prompt: str) -> str:
    """Ask for a passphrase on the terminal, without showing it."""
    from getpass import getpass

    return getpass(prompt)
