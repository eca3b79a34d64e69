"""The tables of a file: the one of a text file, or those of the sheets of a workbook; which it is, is seen by its content."""

from pathlib import Path

from planner.errors import BadInputFile
from planner.imports.text_table import TextTable, read_table
from planner.progress import Report, silent

_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How xlsx, xlsb and ods files begin, and old or protected Excel files."""


def read_tables(path: Path, report: Report = silent) -> list[TextTable]:
    """Read every table of a file; raises BadInputFile when there is none, or when it cannot be opened."""
    report(0.0, f"Reading {path.name}")
    try:
        with path.open("rb") as file:
            begin = file.read(4)
    except OSError as error:
        raise BadInputFile(
            f"{path.name} could not be opened.", f"{error.strerror}.", "Check that the file is there and not open elsewhere."
        ) from error
    if begin not in _WORKBOOKS:
        return [read_table(path)]
    from planner.imports.workbook import read_workbook

    return read_workbook(path, report)
