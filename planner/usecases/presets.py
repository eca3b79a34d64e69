"""How files are read, kept under a name: the same columns are read the same way next time."""

from planner.errors import UserProblem
from planner.imports.mapping import check_mapping, choices, from_document, guess_mapping, to_document
from planner.model.changes import Changes
from planner.model.imports import FieldChoice, RecordKind, TableMapping, TableSample
from planner.store import book
from planner.usecases.workspace import Workspace

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
            raise UserProblem(f"There is no preset “{name}”.", f"There is: {', '.join(book.presets(db)) or 'none yet'}.")
        book.delete_preset(db, name)
    return changes


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
