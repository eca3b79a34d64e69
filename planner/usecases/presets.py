"""How files are read, kept under a name: the same columns are read the same way next time."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from planner.errors import UserProblem
from planner.imports.mapping import check_mapping, choices, from_document, guess_mapping, to_document
from planner.model.changes import Changes
from planner.model.imports import FieldChoice, RecordKind, TableMapping, TableSample
from planner.progress import Report
from planner.store import book
from planner.usecases.import_draft import look_at_files
from planner.usecases.workspace import Workspace
from planner.values import replace

LONGEST_NAME = 60


def list_presets(workspace: Workspace) -> dict[str, TableMapping]:
    """The presets by name."""
    with workspace.reading() as db:
        return {name: from_document(document) for name, document in book.presets(db).items()}


def save_preset(workspace: Workspace, name: str, table: TableSample, mapping: TableMapping) -> Changes:
    """Keep how a table is read under a name; files with the same columns are read so from then on. Raises UserProblem."""
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise UserProblem("The preset needs a name of up to 60 characters.", remedy="Give it one, such as “Billing, monthly”.")
    changes = Changes(f"Save the preset “{plain}”")
    with workspace.writing(changes.label) as db:
        book.save_preset(db, plain, to_document(mapping, table.headers))
    return changes


def delete_preset(workspace: Workspace, name: str) -> Changes:
    """Forget a preset; raises UserProblem when there is none of this name."""
    changes = Changes(f"Forget the preset “{name}”")
    with workspace.writing(changes.label) as db:
        if name not in book.presets(db):
            raise _no_preset(name, book.presets(db))
        book.delete_preset(db, name)
    return changes


def read_by_preset(workspace: Workspace, name: str, files: Sequence[Path], report: Report) -> dict[str, TableMapping | None]:
    """How the tables of these files are read by a preset, by the keys of their samples: those that have all its columns, and no others.

    Raises UserProblem when there is no preset of this name, or a file has no table with its columns, and BadInputFile.
    """
    presets = list_presets(workspace)
    if name not in presets:
        raise _no_preset(name, presets)
    mapping = replace(presets[name], preset=name)
    wanted = set(mapping.columns.values())
    chosen: dict[str, TableMapping | None] = {}
    for file in files:
        tables = look_at_files(workspace, [file], report)
        read = {table.key: mapping if wanted <= set(table.headers) else None for table in tables}
        if tables and not any(read.values()):
            missing = "; ".join(sorted(wanted - set(tables[0].headers)))
            raise UserProblem(
                f"{file.name} cannot be read by the preset “{name}”.", f"It has no column {missing}.", "Import it without the preset."
            )
        chosen |= read
    return chosen


def _no_preset(name: str, presets: Iterable[str]) -> UserProblem:
    return UserProblem(f"There is no preset “{name}”.", f"There is: {', '.join(presets) or 'none yet'}.")


def fields_of(kind: RecordKind) -> list[FieldChoice]:
    """The fields that the columns of a table of this kind can be mapped to."""
    return choices(kind)


def read_as(table: TableSample, kind: RecordKind) -> TableMapping:
    """How a table is probably read when its rows are of this kind."""
    mapping = guess_mapping(table.headers, kind)
    return mapping if mapping is not None else TableMapping(kind)


def lacking(mapping: TableMapping) -> list[str]:
    """What a mapping lacks, in plain sentences; empty when the table can be read by it."""
    return check_mapping(mapping)
