"""Which reader a file gets is seen by its content, whatever it is called."""

import io
import os
from pathlib import Path

import openpyxl
import pytest
from old_workbook import label, xls
from workbook_files import ods

from planner.errors import BadInputFile
from planner.imports.tables import read_tables

ROWS = (("Name", "City"), ("Ada", "Dover"), ("Bo", "Erie"))


def xlsx():
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


KINDS = {
    "commas": lambda: "\n".join(map(",".join, ROWS)).encode() + b"\n",
    "bars": lambda: "\r\n".join(map("|".join, ROWS)).encode() + b"\r\n",
    "tabs": lambda: "\r".join(map("\t".join, ROWS)).encode("utf-16") + "\r".encode("utf-16-le"),
    "semicolons": lambda: "\n".join(map(";".join, ROWS)).encode("utf-8-sig") + b"\n",
    "new": xlsx,
    "open": lambda: ods({"Sheet": ROWS}),
    "old": lambda: xls([label(row, column, cell) for row, cells in enumerate(ROWS) for column, cell in enumerate(cells)]),
}


@pytest.mark.parametrize("suffix", [".csv", ".txt", ".xlsx", ".xls", ".ods", ".ics", ""])
@pytest.mark.parametrize("kind", KINDS)
def test_the_content_counts_and_not_the_name(tmp_path, kind, suffix):
    path = tmp_path / f"export{suffix}"
    path.write_bytes(KINDS[kind]())
    (table,) = read_tables(path)
    assert (table.file, table.headers) == (path.name, ROWS[0])
    assert [cells for _line, cells in table.rows] == [*ROWS[1:]]
    assert table.problems == ()


def test_progress_names_the_file(tmp_path):
    path = tmp_path / "export.csv"
    path.write_bytes(KINDS["commas"]())
    told: list[tuple[float, str]] = []
    read_tables(path, lambda fraction, text: told.append((fraction, text)))
    assert told[0] == (0.0, "Reading export.csv")


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x00", b"\r\n\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"P", b"PK", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"]
)
def test_next_to_nothing_is_refused(tmp_path, content):
    path = tmp_path / "small.csv"
    path.write_bytes(content)
    with pytest.raises(BadInputFile, match=r"small\.csv"):
        read_tables(path)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_a_device_without_an_end_is_not_read():
    with pytest.raises(BadInputFile, match="It is a device"):
        read_tables(Path("/dev/zero"))


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything can be read here")
def test_a_file_without_permission_is_refused(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_bytes(KINDS["commas"]())
    path.chmod(0)
    with pytest.raises(BadInputFile, match="Permission denied"):
        read_tables(path)
