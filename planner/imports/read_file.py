"""One file read: its tables with how each is read, or its calendar."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.errors import BadInputFile
from planner.imports.accounts import read_accounts
from planner.imports.activities import read_activities
from planner.imports.calendar import read_calendar
from planner.imports.contacts import read_contacts
from planner.imports.mapping import guess_mapping, need_mapping
from planner.imports.opportunities import read_opportunities
from planner.imports.recognise import is_calendar
from planner.imports.reps import read_reps
from planner.imports.services import read_services
from planner.imports.tables import read_tables
from planner.imports.text_table import TextTable
from planner.model.accounts import ImportProblem
from planner.model.calendar import CalendarEvent
from planner.model.imports import RecordKind, RecordRead, TableMapping, TableSample
from planner.progress import Report
from planner.values import Struct

SAMPLE_ROWS = 8


class FileRead(Struct, frozen=True):
    """What a file holds: its tables, or its appointments with their problems."""

    name: str
    tables: tuple[TextTable, ...] = ()
    events: tuple[CalendarEvent, ...] = ()
    problems: tuple[ImportProblem, ...] = ()


def read_file(path: Path, timezone: str, report: Report) -> FileRead:
    """Read a file of any kind; appointments without a zone are in `timezone`. Raises BadInputFile."""
    if is_calendar(path):
        events, problems = read_calendar(path, zone=timezone)
        return FileRead(path.name, (), tuple(events), tuple(problems))
    return FileRead(path.name, tuple(read_tables(path, report)))


def samples(file: FileRead, presets: Mapping[str, Mapping[str, Any]]) -> list[TableSample]:
    """The tables of a file as the wizard shows them."""
    return [
        TableSample(
            file=file.name,
            sheet=table.sheet,
            headers=table.headers,
            rows=tuple(cells for _line, cells in table.rows[:SAMPLE_ROWS]),
            row_count=len(table.rows),
            mapping=guess_mapping(table.headers, presets=presets),
            note=_note(table),
        )
        for table in file.tables
    ]


_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}


def _note(table: TextTable) -> str:
    """How the table was read, in words."""
    parts = [table.encoding.upper(), _DELIMITERS.get(table.delimiter, "")] if table.delimiter else ["Sheet"]
    if table.skipped:
        parts.append(f"{len(table.skipped)} lines that are no rows")
    return ", ".join(part for part in parts if part)


def records(table: TextTable, mapping: TableMapping, zone: ZoneInfo, report: Report) -> tuple[list[RecordRead], list[ImportProblem]]:
    """The records of a table, and what is wrong with it."""
    if mapping.kind is RecordKind.ACTIVITIES:
        return read_activities(table, mapping, zone, report)
    if mapping.kind is RecordKind.REPS:
        return read_reps(table, mapping)
    readers: Mapping[RecordKind, Callable[[TextTable, TableMapping, Report], tuple[list[RecordRead], list[ImportProblem]]]] = {
        RecordKind.ACCOUNTS: read_accounts,
        RecordKind.CONTACTS: read_contacts,
        RecordKind.OPPORTUNITIES: read_opportunities,
        RecordKind.SERVICES: read_services,
    }
    return readers[mapping.kind](table, mapping, report)


def mapping_of(
    file: FileRead, table: TextTable, chosen: Mapping[str, TableMapping | None], presets: Mapping[str, Any]
) -> TableMapping | None:
    """How a table is read: as chosen, None to leave it out; else as guessed. A sheet of no known kind is left out when others are known.

    Raises BadInputFile when nothing of the file can be imported.
    """
    key = f"{file.name}|{table.sheet}"
    if key in chosen:
        return chosen[key]
    try:
        return need_mapping(f"{file.name}, sheet “{table.sheet}”" if table.sheet else file.name, table.headers, presets)
    except BadInputFile:
        if len(file.tables) > 1 and any(_is_known(other, presets) for other in file.tables):
            return None
        raise


def _is_known(table: TextTable, presets: Mapping[str, Any]) -> bool:
    return guess_mapping(table.headers, presets=presets) is not None
