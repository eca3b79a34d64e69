"""A report as a page or as tables: whole, escaped, and asking nobody for anything."""

import csv
import re
from pathlib import Path

import pytest

from planner.exports.sheet import Section, Sheet, write_sheet, write_sheet_tables

HOSTILE = '</title><script>alert("1")</script> & <b>'
SHEET = Sheet(
    f"One-on-one {HOSTILE}",
    HOSTILE,
    [
        Section(HOSTILE, lines=[HOSTILE, "=1+1"], note=HOSTILE),
        Section("Figures", headers=("Rep", "Won"), rows=[("=cmd()", "$1,250"), (HOSTILE, "–")]),
        Section("Nothing here", empty="Nobody is overdue."),
    ],
    columns=True,
)


def test_every_text_is_escaped(tmp_path: Path):
    page = write_sheet(SHEET, tmp_path / "sheet.html").read_text("utf-8")
    assert "<script" not in page
    assert "<b>" not in page
    assert page.count("&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;") == 7


def test_the_page_is_whole_and_loads_nothing(tmp_path: Path):
    page = write_sheet(SHEET, tmp_path / "sheet.html").read_text("utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|src=|href=|url\(", page)
    assert '<td class="number">$1,250</td>' in page
    assert '<p class="none">Nobody is overdue.</p>' in page


def test_half_letters_do_not_stop_it(tmp_path: Path):
    sheet = Sheet("A\ud800", "", [Section("B\udfff", rows=[("\ud800",)], headers=("x",))])
    assert "A?" in write_sheet(sheet, tmp_path / "sheet.html").read_text("utf-8")
    assert "B?" in write_sheet_tables(sheet, tmp_path / "sheet.csv").read_text("utf-8-sig")


def test_tables_stand_below_one_another_and_hold_no_formula(tmp_path: Path):
    out = write_sheet_tables(SHEET, tmp_path / "sheet.csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        [HOSTILE],
        [HOSTILE],
        ["'=1+1"],
        [],
        ["Figures"],
        ["Rep", "Won"],
        ["'=cmd()", "$1,250"],
        [HOSTILE, "–"],
        [],
        ["Nothing here"],
        [],
    ]


@pytest.mark.parametrize("write", [write_sheet, write_sheet_tables])
def test_what_cannot_be_written_leaves_nothing_behind(tmp_path: Path, write):
    (tmp_path / "taken").mkdir()
    with pytest.raises(OSError, match=r"."):
        write(SHEET, tmp_path / "taken")
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]
