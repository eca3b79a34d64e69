"""Columns of files that were named by hand: which field each is, over how its table would be read otherwise."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from planner.errors import UserProblem
from planner.imports.columns import plain
from planner.imports.mapping import check_mapping, choices, guess_mapping
from planner.model.imports import RecordKind, TableMapping, TableSample
from planner.progress import Report
from planner.usecases.import_draft import Chosen, look_at_files
from planner.usecases.workspace import Workspace
from planner.values import replace

CUSTOM, NOTHING = "custom", "nothing"
"""What a column can be besides a field: kept under its own heading with an account, or not read."""
KINDS: Mapping[str, RecordKind] = {kind.name.lower(): kind for kind in RecordKind if kind is not RecordKind.CALENDAR}
"""The kinds of rows by the names they are asked for."""


def map_columns(
    workspace: Workspace, files: Sequence[Path], columns: Mapping[str, str], report: Report, chosen: Chosen | None = None, kind: str = ""
) -> dict[str, TableMapping | None]:
    """How the tables of these files are read when each of these columns holds the field named, by the keys of their samples.

    A column is named by its heading, a field by its key or its label. A table is read as `chosen` says, else by its preset or as guessed,
    with its columns put over that; one that is none of the kinds, as the `kind` named, or as the one whose needs the columns meet. Tables
    without any of the columns stay as they are. Raises UserProblem for a heading that no file has, a field that there is none of (each with
    the possible ones), and a table that still lacks something; BadInputFile.
    """
    tables = look_at_files(workspace, files, report)
    wanted = {plain(column): field for column, field in columns.items()}
    _check_kind(kind)
    _check_headings(columns, tables)
    read = dict(chosen or {})
    for table in tables:
        theirs = {header: wanted[plain(header)] for header in table.headers if plain(header) in wanted}
        if theirs:
            base = read.get(table.key) or _base(table, theirs, kind)
            mapping = _with_columns(base, theirs)
            missing = check_mapping(mapping)
            if missing:
                raise UserProblem(
                    f"{table.file} cannot be read as {mapping.kind.value} yet.", " ".join(missing), "Name them with --map too."
                )
            read[table.key] = mapping
    return read


def table_to_keep(workspace: Workspace, files: Sequence[Path], read: Chosen, columns: Iterable[str], report: Report) -> TableSample:
    """The one table that these columns were named for, to keep how it is read as a preset; raises UserProblem when there are several."""
    wanted = {plain(column) for column in columns}
    tables = [
        table
        for table in look_at_files(workspace, files, report)
        if read.get(table.key) is not None and wanted & {plain(header) for header in table.headers}
    ]
    if len(tables) != 1:
        raise UserProblem(
            "A preset keeps how one table is read.", f"The columns are in {len(tables)} tables.", "Import one file at a time."
        )
    return tables[0]


def _check_kind(kind: str) -> None:
    if kind and kind not in KINDS:
        raise UserProblem(f"“{kind}” is no kind of file.", remedy=f"Choose one of: {', '.join(KINDS)}.")


def _check_headings(columns: Iterable[str], tables: Sequence[TableSample]) -> None:
    headers = list(dict.fromkeys(header for table in tables for header in table.headers if header))
    known = {plain(header) for header in headers}
    for column in columns:
        if plain(column) not in known:
            raise UserProblem(
                f"No file has a column “{column}”.", f"There is: {', '.join(headers) or 'none'}.", "Write it as its heading is."
            )


def _base(table: TableSample, theirs: Mapping[str, str], kind: str) -> TableMapping:
    """How a table would be read without being told; by the kind, or by that which the columns make whole."""
    if kind:
        return guess_mapping(table.headers, KINDS[kind]) or TableMapping(KINDS[kind])
    if table.mapping is not None:
        return table.mapping
    for each in KINDS.values():
        base = guess_mapping(table.headers, each)
        if base is not None and all(_field(each, field) for field in theirs.values()) and not check_mapping(_with_columns(base, theirs)):
            return base
    for field in theirs.values():  # a name that no kind has is the mistake, wherever the rest would lead
        if not any(_field(each, field) for each in KINDS.values()):
            raise _no_field(RecordKind.ACCOUNTS, field)
    raise UserProblem(
        f"It is not clear what the rows of {table.file} are.", remedy=f"Say it with --as: {', '.join(KINDS)}; or name more of its columns."
    )


def _with_columns(mapping: TableMapping, theirs: Mapping[str, str]) -> TableMapping:
    columns = {name: header for name, header in mapping.columns.items() if header not in theirs}
    custom = [header for header in mapping.custom if header not in theirs]
    taken: dict[str, str] = {}
    for header, text in theirs.items():
        field = _field(mapping.kind, text)
        if not field:
            raise _no_field(mapping.kind, text)
        if field in taken:
            raise UserProblem(f"Two columns would be {field}: {taken[field]} and {header}.", remedy="Name one of them.")
        if field == CUSTOM:
            custom.append(header)
        elif field != NOTHING:
            columns[field] = taken[field] = header
    return replace(mapping, columns=columns, custom=tuple(custom), preset="")


def _field(kind: RecordKind, text: str) -> str:
    """The key of a field by its key or label, `CUSTOM` or `NOTHING`; empty when there is none."""
    names = {plain(name): each.key for each in choices(kind) for name in (each.label, each.key)}
    others = (NOTHING, CUSTOM) if kind is RecordKind.ACCOUNTS else (NOTHING,)
    return names.get(plain(text)) or next((each for each in others if plain(text) == each), "")


def _no_field(kind: RecordKind, text: str) -> UserProblem:
    others = f"{CUSTOM}, {NOTHING}" if kind is RecordKind.ACCOUNTS else NOTHING
    known = ", ".join(each.key for each in choices(kind))
    return UserProblem(f"“{text}” is no field of {kind.value}.", f"A column can be: {known}; or {others}.")
