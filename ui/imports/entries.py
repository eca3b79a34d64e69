"""What is to be imported, as values: the tables, calendars and refused files of the list, and what they come to."""

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from pathlib import Path

from planner.errors import UserProblem
from planner.model.imports import TableMapping
from planner.progress import Report, part
from planner.usecases.import_draft import look_at_files
from planner.usecases.workspace import Workspace
from planner.values import Struct
from ui.imports.tables import TableChoice, as_guessed, mapping_of, troubles
from ui.imports.words import KIND_NAMES, table_name
from ui.words import count


class State(Enum):
    """How an entry stands."""

    READY = auto()
    LEFT_OUT = auto()
    LACKING = auto()
    REFUSED = auto()


STATE_WORDS = {
    State.READY: "Ready",
    State.LEFT_OUT: "Left out",
    State.LACKING: "Something is missing",
    State.REFUSED: "Cannot be read",
}


class Entry(Struct, frozen=True):
    """A table of a file; or a calendar, which has no table; or a file that cannot be read, with the problem."""

    path: Path
    table: TableChoice | None = None
    problem: UserProblem | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return table_name(self.table.sample) if self.table else self.path.name

    @property
    def state(self) -> State:
        """How it stands."""
        if self.problem is not None:
            return State.REFUSED
        if self.table is None:
            return State.READY
        if self.table.kind is None:
            return State.LEFT_OUT
        return State.LACKING if troubles(self.table) else State.READY

    @property
    def about(self) -> str:
        """What it is, in one line: "Accounts · 990 rows"."""
        if self.problem is not None:
            return STATE_WORDS[State.REFUSED]
        if self.table is None:
            return "Calendar"
        unread = "Not recognized, left out" if self.table.sample.mapping is None else STATE_WORDS[State.LEFT_OUT]
        return f"{KIND_NAMES[self.table.kind] if self.table.kind else unread} · {count(self.table.sample.row_count, 'row')}"


def look_at(workspace: Workspace, files: Sequence[Path], report: Report) -> list[Entry]:
    """The entries of some files, one after another, so that one that cannot be read does not stop the others."""
    entries: list[Entry] = []
    for at, path in enumerate(files):
        share = part(report, at / len(files), (at + 1) / len(files))
        share(0.0, f"Reading {path.name}")
        try:
            samples = look_at_files(workspace, [path], share)
        except UserProblem as problem:
            entries.append(Entry(path, problem=problem))
            continue
        entries += [Entry(path, as_guessed(sample)) for sample in samples] or [Entry(path)]
    return entries


def added(entries: Sequence[Entry], new: Sequence[Entry]) -> list[Entry]:
    """The entries with those of more files; a file that was there is taken as it is now, another one of the same name is refused."""
    again = {entry.path for entry in new}
    entries = [*(entry for entry in entries if entry.path not in again), *new]
    owners: dict[str, Path] = {}
    for entry in entries:
        owners.setdefault(entry.path.name, entry.path)
    kept = [entry for entry in entries if owners[entry.path.name] == entry.path]
    refused = dict.fromkeys(entry.path for entry in entries if owners[entry.path.name] != entry.path)
    return [*kept, *map(_refused_name, refused)]


def _refused_name(path: Path) -> Entry:
    problem = UserProblem(
        f"Another file called {path.name} is in the list already.",
        "Files of one import are told apart by their names.",
        "Remove the other one, or give this one another name.",
    )
    return Entry(path, problem=problem)


def order_of(entries: Iterable[Entry]) -> tuple[list[Path], dict[str, TableMapping | None]]:
    """The files to import, and how each of their tables is read; files of which nothing is to be read are not among them."""
    wanted = [entry for entry in entries if entry.state in {State.READY, State.LACKING}]
    files = list(dict.fromkeys(entry.path for entry in wanted))
    return files, {entry.table.sample.key: mapping_of(entry.table) for entry in entries if entry.table is not None and entry.path in files}


def hindrance(entries: Sequence[Entry]) -> str:
    """Why the import cannot go on yet, in one sentence; empty when it can."""
    for entry in entries:
        if entry.state is State.LACKING and entry.table is not None:
            return f"{entry.name}: {troubles(entry.table)[0]}"
    if not entries:
        return "Add the files to import."
    if not order_of(entries)[0]:
        return "Nothing is to be read yet: say what the rows of a table are, or add another file."
    return ""
