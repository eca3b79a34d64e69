"""Dates, times and numbers for people go through `planner.model.writing`; what does not is listed here with its reason."""

import ast
import re
from functools import cache
from pathlib import Path

PLANNER = Path(__file__).parents[2] / "planner"
WRITES_ITSELF = re.compile(r"%[aAbBpIHMdmyYxXcj]|,|\.[12]f")
"""What a format of our own has in it: parts of a date, marks between thousands, or a decimal point; more decimals are those of a place."""

EXCEPTIONS = {
    "cli": "the terminal: days and times as they are typed there, tables for other programs to read",
    "exports/mail.py": "a limit of mail programs, told of a link",
    "model/rhythm.py": "a rule of RFC 5545, and the English words of “every second Tuesday”",
    "model/writing.py": "the one place that may",
    "geocoding/confidence.py": "kept with the account when it is placed, whoever reads it later",
    "imports": "what is wrong with a file, said of the file's own figures; the words that a file may have for months",
    "planning/recurrence.py": "a rule of RFC 5545 that is none, and a limit of it",
    "planning/duties.py": "a moment in a rule of RFC 5545",
    "planning/search.py": "the search knows numbers only; the worth of a plan so far is told while it works",
    "reports/funnel.py": "a month as a row is named by, 2026-12",
    "roads": "road packs are built apart from settings, in a process of their own; map data has ISO moments",
    "sample": "files of the fictional county, as a CRM in the United States writes them",
    "store": "limits and progress of copies, told below the settings",
}

ALWAYS_AS_USUAL = {
    "cli/visits.py": "the terminal, and its JSON",
    "usecases/mail_drafts.py": "a letter in English to somebody else",
    "usecases/mileage.py": "the log of a year for the tax office",
    "usecases/report_pages.py": "the tables of a report (.csv)",
}
"""Where nothing is asked of the settings, but for what a function is called without."""


def written_as_usual(file: Path) -> list[str]:
    """The places of a file where the usual writing is used, not only offered to whoever calls without one."""
    tree = ast.parse(file.read_text("utf-8"))
    offered: set[ast.AST | None] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.arguments):
            offered |= {*node.defaults, *node.kw_defaults}
        elif isinstance(node, ast.AnnAssign):
            offered.add(node.value)
    names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    return [f"{_name(file)}:{node.lineno}" for node in names if node.id == "USUAL_WRITING" and node not in offered]


@cache
def all_spelled_out() -> list[str]:
    """The places of all files where a date or a large number is written by a format of its own."""
    return [place for file in sorted(PLANNER.rglob("*.py")) for place in spelled_out(file)]


def spelled_out(file: Path) -> list[str]:
    """The places of a file where a date or a large number is written by a format of its own."""
    found = []
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.FormattedValue) and node.format_spec is not None:
            spec = "".join(part.value for part in node.format_spec.values if isinstance(part, ast.Constant))
            if WRITES_ITSELF.search(spec):
                found.append(f"{_name(file)}:{node.lineno} {spec}")
        elif isinstance(node, ast.Attribute) and node.attr in {"strftime", "day_abbr", "day_name", "month_abbr"}:
            found.append(f"{_name(file)}:{node.lineno} {node.attr}")
    return found


def _name(file: Path) -> str:
    return file.as_posix().rpartition("/planner/")[2]


def test_what_people_read_is_written_as_they_have_set_it():
    assert [place for place in all_spelled_out() if not place.startswith(tuple(EXCEPTIONS))] == []


def test_no_exception_is_listed_without_need():
    assert [name for name in EXCEPTIONS if not any(place.startswith(name) for place in all_spelled_out())] == []


def test_only_a_few_write_as_usual_whatever_is_set():
    found = {place.partition(":")[0] for file in sorted(PLANNER.rglob("*.py")) for place in written_as_usual(file)}
    assert found == set(ALWAYS_AS_USUAL)


def test_a_format_of_its_own_is_noticed(tmp_path):
    file = PLANNER / "usecases" / "wishes.py"
    other = tmp_path / "planner" / "usecases" / "wishes.py"
    other.parent.mkdir(parents=True)
    other.write_text(
        file.read_text("utf-8") + 'def _day(day, cents):\n    return f"{day:%b} {day.day} {cents:,.2f}", day.strftime("%A")\n', "utf-8"
    )
    assert spelled_out(file) == []
    assert [place.partition(" ")[2] for place in spelled_out(other)] == ["%b", ",.2f", "strftime"]
