"""The tables of a file: the one of a text file, or those of the sheets of a workbook; which it is, is seen by its content."""

from pathlib import Path

from planner.imports.plain_file import first_bytes
from planner.imports.text_table import TextTable, read_table
from planner.progress import Report, silent

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx, xlsb and ods files begin, and old or protected Excel files."""


def read_tables(path: Path, report: Report = silent) -> list[TextTable]:
    """Read every table of a file; raises BadInputFile when there is none, or when it cannot be opened."""
    report(0.0, f"Reading {path.name}")
    if first_bytes(path, 4) not in _WORKBOOKS:
        return [read_table(path)]
    from planner.imports.workbook import read_workbook

    return read_workbook(path, report)
