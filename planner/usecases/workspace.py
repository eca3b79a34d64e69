"""Where a user's data is, and what stays open while it is used: the routing engine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from planner.model.packs import RoadPack
from planner.paths import home_dir
from planner.store.database import connection, prepare, transaction
from planner.store.settings import read_settings

if TYPE_CHECKING:
    from sqlite_utils import Database

    from planner.model.travel import DriveOptions
    from planner.roads.routing.router import ValhallaRouter


class Workspace:
    """A user's data folder. Safe to use from several threads: each verb has its own connection, the engine has its own lock."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._database = home / "roadbook.sqlite"
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

    def reading(self) -> "AbstractContextManager[Database]":
        """A connection to look things up with."""
        return connection(self._database)

    def writing(self) -> "AbstractContextManager[Database]":
        """A connection whose changes are all kept, or none."""
        return transaction(self._database)

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


def open_workspace(home: Path | None = None) -> Workspace:
    """Open the user's data folder, made and brought up to date when needed; raises UserProblem when the database cannot be used."""
    folder = home_dir(home)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder)
    prepare(folder / "roadbook.sqlite")
    restore_packs(workspace.packs_folder)
    return workspace


@contextmanager
def workspace_at(home: Path | None) -> Iterator[Workspace]:
    """A workspace that is closed at the end of the block."""
    with open_workspace(home) as workspace:
        yield workspace
