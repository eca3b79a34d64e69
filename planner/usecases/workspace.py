"""Where a user's data is, and what stays open while it is used: the routing engine."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Self

from planner.model.packs import RoadPack
from planner.paths import home_dir
from planner.store.database import connection, prepare, transaction

if TYPE_CHECKING:
    from sqlite_utils import Database

    from planner.roads.engine import Engine


class Workspace:
    """A user's data folder. Safe to use from several threads: each verb has its own connection, the engine has its own lock."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._database = home / "roadbook.sqlite"
        self._engine: Engine | None = None
        self._engine_pack: tuple[str, str] = ("", "")
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

    def engine(self, pack: RoadPack) -> "Engine":
        """The routing engine of a pack, started when first asked for; one at a time is kept."""
        from planner.roads.engine import Engine

        with self._lock:
            wanted = (pack.id, pack.built_at)
            if self._engine is None or self._engine_pack != wanted:
                if self._engine is not None:
                    self._engine.close()
                self._engine, self._engine_pack = Engine(pack), wanted
            return self._engine

    def release_engine(self) -> None:
        """Stop the routing engine, so that its pack can be replaced or deleted."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()
            self._engine, self._engine_pack = None, ("", "")

    def close(self) -> None:
        """Stop what runs."""
        self.release_engine()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def open_workspace(home: Path | None = None) -> Workspace:
    """Open the user's data folder, made and brought up to date when needed; raises UserProblem when the database cannot be used."""
    folder = home_dir(home)
    folder.mkdir(parents=True, exist_ok=True)
    workspace = Workspace(folder)
    prepare(folder / "roadbook.sqlite")
    return workspace


@contextmanager
def workspace_at(home: Path | None) -> Iterator[Workspace]:
    """A workspace that is closed at the end of the block."""
    with open_workspace(home) as workspace:
        yield workspace
