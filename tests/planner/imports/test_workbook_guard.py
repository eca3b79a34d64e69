"""Workbooks made to hurt are refused in plain words before they take memory."""

import io
import json
import struct
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from old_workbook import binary_record, compound, label, number, record, xls, xlsb
from workbook_files import ods, ods_cell, ods_row, xlsx_parts, zipped

from planner.errors import BadInputFile
from planner.imports.workbook import read_workbook
from planner.imports.workbook_guard import check_workbook
from planner.progress import silent

HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>City</t></is></c></row>'
LONG = "x" * (1 << 20)
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'


def nested(depth):
    content = zipped({"zeros": bytes(20 << 20)})
    for _ in range(depth):
        content = zipped({f"{at}.zip": content for at in range(8)})
    return content


def many_parts():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for at in range(100_000):
            archive.writestr(zipfile.ZipInfo(f"xl/worksheets/a-rather-long-name-{at}.xml"), b"")
    return out.getvalue()


def shared(repeats):
    rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c><c r="B{at}" t="s"><v>0</v></c></row>' for at in range(2, repeats + 2))
    return zipped(xlsx_parts(HEADER + rows, f"<si><t>{LONG}</t></si>"))


BOMBS = {
    "zeros.xlsx": lambda: zipped(xlsx_parts(HEADER) | {"xl/media/image1.png": bytes(320 << 20)}),
    "spaces.xlsx": lambda: zipped(xlsx_parts(HEADER + " " * (320 << 20))),
    "styles.xlsx": lambda: zipped(xlsx_parts(HEADER) | {"xl/styles.xml": "<a>" + " " * (9 << 20) + "</a>"}),
    "far cell.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR)),
    "far cell elsewhere.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR, target="other/sheet.data")),
    "far cell behind a path.xlsx": lambda: zipped(
        {
            name: content.replace('Target="worksheets', 'Target="xl/worksheets') if name.endswith(".rels") else content
            for name, content in xlsx_parts(HEADER + FAR).items()
        }
    ),
    "far cell behind another.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR) | {"worksheets/sheet1.xml": "<worksheet/>"}),
    "far cell beside an ods.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR) | {"content.xml": "<a/>"}),
    "far cell in quotes.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR.replace('"', "'"))),
    "far cell in letters.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR.replace("XFD1", "&#88;fd1"))),
    "far cell with a prefix.xlsx": lambda: zipped(xlsx_parts(HEADER + FAR.replace("<c ", "<x:c xmlns:x='a' ").replace("</c>", "</x:c>"))),
    "cells without a place.xlsx": lambda: zipped(xlsx_parts(HEADER + '<row r="1048576">' + "<c><v>1</v></c>" * 9 + "</row>")),
    "shared text.xlsx": lambda: shared(400),
    "shared nothing.xlsx": lambda: zipped(xlsx_parts(HEADER, "<si/>" * 5_000_001)),
    "repeated cells.ods": lambda: ods({"a": [["Name", "City"], ods_row([ods_cell("x", 16000)], 1_000_000)]}),
    "repeated text.ods": lambda: ods({"a": [["Name", "City"], ods_row([ods_cell(LONG, 2)], 150)]}),
    "far cell.ods": lambda: ods({"a": [["Name", "City"], ods_row([None], 1_000_000), [ods_cell(None, 16000), "x"]]}),
    "far cell.xlsb": lambda: xlsb(
        [binary_record(0, struct.pack("<L", 1 << 20) + bytes(13)), binary_record(2, struct.pack("<LLL", 16000, 0, 0))]
    ),
    "shared text.xlsb": lambda: xlsb(
        [binary_record(0, bytes(17)), *[binary_record(7, struct.pack("<LLL", 0, 0, 0))] * 30000, binary_record(0, bytes(17))], ["x" * 8000]
    ),
    "far cell.xls": lambda: xls([label(0, 0, "Name"), label(0, 1, "City"), number(65535, 65535, 1.0)]),
}


READ_ALL = """
import json, re, sys
from pathlib import Path
from planner.errors import BadInputFile
from planner.imports.workbook import read_workbook
told = {}
for path in map(Path, sys.argv[1:]):
    try:
        read_workbook(path, lambda fraction, text: None)
    except BadInputFile as error:
        told[path.name] = [error.what, error.remedy]
status = Path("/proc/self/status")
peak_kb = int(re.search(r"VmHWM:\\s*(\\d+)", status.read_text())[1]) if status.exists() else 0
print(json.dumps([told, peak_kb >> 10]))
"""


def test_bombs_are_refused_before_they_take_memory(tmp_path):
    for name, content in BOMBS.items():
        (tmp_path / name).write_bytes(content())
    command = [sys.executable, "-c", READ_ALL, *(str(tmp_path / name) for name in BOMBS)]
    told, peak_mb = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    assert list(told) == list(BOMBS)
    for name, (what, remedy) in told.items():
        assert what == f"{name} is far too big."
        assert "nothing was imported" in remedy
    assert peak_mb < 250  # where the system tells it


STRANGE = {
    "entities.xlsx": (lambda: zipped(xlsx_parts(HEADER) | {"xl/sharedStrings.xml": f"{ENTITIES}<sst>&c;</sst>"}), "entities"),
    "entities.ods": (lambda: zipped({"content.xml": f"{ENTITIES}<a>&c;</a>"}), "entities"),
    "entities in another encoding.xlsx": (
        lambda: zipped(
            xlsx_parts(HEADER) | {"xl/sharedStrings.xml": f'<?xml version="1.0" encoding="utf-16"?>{ENTITIES}<a/>'.encode("utf-16")}
        ),
        "entities",
    ),
    "many parts.xlsx": (many_parts, "far too many files"),
    "the same part twice.xlsx": (
        lambda: zipped(xlsx_parts(HEADER) | {"xl/worksheets/SHEET1.xml": "<a/>"}),
        "several parts of the same name",
    ),
    "a sheet missing.xlsx": (
        lambda: zipped({name: content for name, content in xlsx_parts(HEADER).items() if "worksheets/" not in name}),
        "its sheet “Sheet1” is missing",
    ),
    "packed otherwise.xlsx": (lambda: zipped(xlsx_parts(HEADER), zipfile.ZIP_BZIP2), "packed in a way"),
    "archives in archives.xlsx": (lambda: nested(2), "cannot be read as a workbook"),
    "an archive.xlsx": (lambda: zipped({"letter.txt": "Dear aunt"}), "cannot be read as a workbook"),
    "cut off.xlsx": (lambda: shared(3)[:-200], "cannot be unpacked"),
    "rows cut off.xlsx": (lambda: zipped(xlsx_parts(HEADER + '<row r="2"><c r="A2"')), "cut off or damaged"),
    "no styles.ods": (lambda: zipped({"content.xml": "<a"}), "cut off or damaged"),
    "circles.xls": (lambda: xls([label(0, 0, "a")]).replace(struct.pack("<L", 4), struct.pack("<L", 3)), "lead in circles"),
    "no workbook.xls": (lambda: compound("Letter", b"Dear aunt"), "holds no workbook"),
    "cut off.xls": (lambda: xls([])[:300], "cut off"),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_plain_workbook_is_refused_in_plain_words(tmp_path, name):
    content, why = STRANGE[name]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(BadInputFile, match=why) as caught:
        read_workbook(path, silent)
    assert name in caught.value.what
    assert caught.value.remedy


def encrypted_zip():
    content = bytearray(zipped(xlsx_parts(HEADER)))
    central = content.find(b"PK\x01\x02")
    content[central + 8] |= 1
    return bytes(content)


PROTECTED = {
    "new.xlsx": lambda: compound("EncryptedPackage", b"secret"),
    "parts.xlsx": encrypted_zip,
    "new.ods": lambda: zipped({"content.xml": b"\x8f\x01", "META-INF/manifest.xml": "<m><encryption-data/></m>"}),
    "old.xls": lambda: xls([label(0, 0, "Name")], more=record(0x002F, struct.pack("<HHH", 1, 1, 1) + bytes(48))),
}


@pytest.mark.parametrize("name", PROTECTED)
def test_a_workbook_behind_a_password_is_told_to_be_one(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(PROTECTED[name]())
    with pytest.raises(BadInputFile) as caught:
        read_workbook(path, silent)
    assert caught.value.what == f"{name} is protected with a password."
    assert "without the password" in caught.value.remedy


def test_an_old_workbook_is_read(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(xls([label(0, 0, "Name"), label(0, 1, "City"), label(1, 0, "Ada"), label(1, 1, "Dover"), number(2, 0, 12.5)]))
    (table,) = read_workbook(path, silent)
    assert table.rows == ((2, ("Ada", "Dover")), (3, ("12.5", "")))


def test_a_big_honest_workbook_is_let_through(tmp_path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Data")
    for at in range(3000):
        sheet.append([f"Name {at}", "A long note. " * 40, at, at / 7])
    book.save(tmp_path / "honest.xlsx")
    marks = check_workbook(tmp_path / "honest.xlsx")
    assert list(marks) == ["Data"]
    assert (marks["Data"].errors, marks["Data"].unreckoned, marks["Data"].percentages) == ([], [], [])


def test_capitals_in_names_of_parts_hide_nothing(tmp_path):
    parts = {name.replace("xl/workbook", "xl/WorkBook"): content for name, content in xlsx_parts(HEADER + FAR).items()}
    (tmp_path / "a.xlsx").write_bytes(zipped(parts))
    with pytest.raises(BadInputFile, match="far too big"):
        check_workbook(tmp_path / "a.xlsx")
