"""The problems of an import as a list to take along: a file for a spreadsheet, or text for the clipboard."""

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from planner.errors import UserProblem
from planner.model.accounts import ImportProblem

HEADINGS = ("File", "Row", "Problem")
_RECKONED = ("=", "+", "-", "@", "\t", "\r")


def write_problem_list(problems: Iterable[ImportProblem], out: Path) -> Path:
    """Write problems as CSV that a spreadsheet opens as it is (UTF-8 with a mark); raises UserProblem when the file cannot be written."""
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(_rows(problems))
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserProblem(f"{out.name} could not be written.", f"{error.strerror or error}.", "Choose another folder.") from error
    return out


def problem_text(problems: Iterable[ImportProblem]) -> str:
    """Problems as lines with tabs between file, row and problem, to paste anywhere."""
    text = io.StringIO()
    csv.writer(text, delimiter="\t", lineterminator="\n").writerows(_rows(problems))
    return text.getvalue()


def text_cell(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula: with an apostrophe before it where it begins like one."""
    return f"'{text}" if text.startswith(_RECKONED) else text


def _rows(problems: Iterable[ImportProblem]) -> Iterator[tuple[str, ...]]:
    yield HEADINGS
    for problem in problems:
        yield text_cell(problem.file), str(problem.row or ""), text_cell(problem.text)
