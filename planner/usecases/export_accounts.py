"""The accounts of a list as a file, and as text to paste."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from planner.errors import UserProblem
from planner.exports.list_files import tab_separated, write_list
from planner.model.account_views import ColumnType
from planner.progress import Report

SUFFIXES = (".xlsx", ".csv")


def export_accounts(headers: Sequence[str], types: Sequence[ColumnType], rows: Sequence[Sequence[Any]], out: Path, report: Report) -> Path:
    """Write the rows of a list as a workbook (.xlsx) or as CSV; money in integer cents. Raises UserProblem and Cancelled."""
    if out.suffix.lower() not in SUFFIXES:
        raise UserProblem(f"“{out.name}” is neither a workbook nor CSV.", remedy="Let its name end in .xlsx or .csv.")
    try:
        return write_list(headers, [kind is ColumnType.MONEY for kind in types], rows, out, report)
    except OSError as error:
        why = f"{error.strerror or error}."
        raise UserProblem(f"{out} cannot be written.", why, "Close it if it is open, or choose another place.") from error


def copied_text(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The rows of a list as text for a spreadsheet, with their headers; nothing in it is a formula."""
    return tab_separated([headers, *rows])
