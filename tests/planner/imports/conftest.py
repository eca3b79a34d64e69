"""Tables and calendars written for a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.imports.text_table import TextTable, read_table

WriteFile = Callable[[bytes | str], Path]
ReadText = Callable[[str], TextTable]


@pytest.fixture
def write_file(tmp_path: Path) -> WriteFile:
    """Write bytes, or text as UTF-8, to "export.csv" and return its path."""

    def write(content: bytes | str) -> Path:
        path = tmp_path / "export.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def table_of(write_file: WriteFile) -> ReadText:
    """Read a text as a table."""
    return lambda text: read_table(write_file(text))


@pytest.fixture(scope="session")
def state_college(shared_data: Path) -> Path:
    """The folder with the real State College files."""
    return shared_data / "accounts" / "state-college"
