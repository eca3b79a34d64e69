"""Printing: data alone on stdout; progress, messages and problems on stderr."""

import json
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from planner.errors import UserProblem
from planner.model.plain_text import one_line

Home = Annotated[Path | None, typer.Option("--home", help="The data folder, instead of the user's own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the data as JSON on stdout, and nothing else there.")]


def message(text: str) -> None:
    """Tell something on stderr, without what a terminal would obey."""
    Console(stderr=True, highlight=False).print("\n".join(map(one_line, text.split("\n"))), markup=False, soft_wrap=True)


def tell_problem(problem: UserProblem) -> None:
    """Say what happened, why, and what to do."""
    message(f"roadbook: {problem}")


def print_json(data: Any) -> None:
    """Print data on stdout."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def print_table(title: str, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table on stdout."""
    table = Table(header_style="bold", box=None, pad_edge=False)
    for header in headers:
        table.add_column(header, overflow="fold")
    for row in rows:
        table.add_row(*(_plain(cell) for cell in row))
    console = Console(highlight=False)
    if title:  # on lines of its own: a table would fold it to the width of its columns
        console.print(title, markup=False, style="italic")
    console.print(table)


def _plain(cell: str) -> str:
    from rich.markup import escape

    return escape(one_line(cell))


def day_in(text: str) -> date:
    """The day a user named; raises UserProblem for what is not one."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise UserProblem(f"“{text}” is not a day.", remedy="Write it as 2026-12-01.") from None


class Progress:
    """A report that writes one line a step on stderr, at most five a second on a terminal and one per text elsewhere."""

    def __init__(self) -> None:
        self._last_text = ""
        self._last_time = 0.0
        self._terminal = sys.stderr.isatty()

    def __call__(self, fraction: float, text: str) -> None:
        """Show how far the work is."""
        now = time.monotonic()
        if self._terminal and now - self._last_time > 0.2:
            sys.stderr.write(f"\r\x1b[K{fraction:4.0%} {text}")
            sys.stderr.flush()
            self._last_time = now
        elif not self._terminal and text != self._last_text and now - self._last_time > 1.0:
            sys.stderr.write(f"{fraction:4.0%} {text}\n")
            self._last_time = now
        self._last_text = text

    def done(self) -> None:
        """Clear the line."""
        if self._terminal:
            sys.stderr.write("\r\x1b[K")


def seconds_text(seconds: int) -> str:
    """A duration as "3 h 02" or "41 min"."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d}" if hours else f"{minutes} min"


def clock(seconds: int) -> str:
    """Seconds after midnight as "08:30"."""
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"
