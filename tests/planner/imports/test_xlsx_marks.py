"""The quick look at a sheet lets only plain ones through, and the closer look sees what each cell is."""

import io

import pytest

from planner.imports.sheet_marks import TooBigError
from planner.imports.xlsx_marks import XlsxScan, is_plain_sheet, percent_styles, sheet_marks, sheet_targets, string_lengths

CELL = '<c r="B2" s="1" t="n"><v>1</v></c>'


def sheet(cells):
    return io.BytesIO(f'<worksheet><sheetData><row r="2">{cells}</row></sheetData></worksheet>'.encode())


@pytest.mark.parametrize(
    "cell", [CELL, '<c r="B2"/>', '<c r="B2" t="s"><v>0</v></c>', '<c r="XFD2" t="inlineStr"><is><t>a &lt;c</t></is></c>', ""]
)
def test_plain_cells_need_no_closer_look(cell):
    assert is_plain_sheet(sheet(cell * 20), XlsxScan(strings=[9]))


@pytest.mark.parametrize(
    "cell",
    [
        "<c><v>1</v></c>",
        "<c\n\tr='B2'><v>1</v></c>",
        CELL.replace("<c ", "<x-y:c ").replace("</c>", "</x-y:c>"),
        CELL.replace('"B2"', '"&#66;2"'),
        CELL.replace('"B2"', '"b2"'),
        CELL.replace('t="n"', 't="e"'),
        CELL.replace("<v>", "<f>1+1</f><v>"),
        CELL.replace('s="1"', 's="7"'),
        CELL.replace("B2", "ZZ1048576"),
        CELL.replace("1</v>", "\0</v>"),
        '<c r="B2" t="s"><v>0</v></c>' * 30,
    ],
)
def test_cells_of_any_other_kind_need_one(cell):
    scan = XlsxScan(strings=[8 << 20], percent_styles={"7"})
    assert not is_plain_sheet(sheet(CELL + cell + CELL), scan)


def test_cells_are_found_where_they_say_they_are_or_where_they_stand():
    cells = '<c r="C2" t="e"><v>#N/A</v></c><c><f>1+1</f><v/></c><c s="7"><v>0.5</v></c>'
    cells += '<c s="7" t="s"><v>0</v></c><c t="str"><f>""</f><v></v></c>'
    scan = XlsxScan(strings=[5], percent_styles={"7"})
    marks = sheet_marks(sheet(cells), scan)
    assert (marks.errors, marks.unreckoned, marks.percentages) == ([(1, 2, "#N/A")], [(1, 3, 1, 1)], [(1, 4, 1, 1)])
    assert scan.characters == 5


def test_a_sheet_that_goes_too_far_is_refused():
    with pytest.raises(TooBigError, match="1,048,576 rows and 16,384 columns"):
        sheet_marks(sheet('<c r="XFD1048576"/>'), XlsxScan())
    with pytest.raises(TooBigError, match="MB of text"):
        sheet_marks(sheet('<c r="A2" t="s"><v>0</v></c>' * 30 + '</row><row r="3">'), XlsxScan(strings=[8 << 20]))


def test_shared_strings_have_the_length_of_all_their_runs():
    part = io.BytesIO("<sst><si><t>Café</t></si><si/><si><r><t>ab</t></r><r><t>c</t></r></si></sst>".encode())
    assert list(string_lengths(part)) == [4, 0, 3]


def test_styles_that_show_percent_are_known_by_their_format():
    formats = '<numFmts><numFmt numFmtId="170" formatCode="0.0%"/><numFmt numFmtId="171" formatCode="0&quot;%&quot;"/></numFmts>'
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in (0, 9, 170, 171, 10, 14))
    assert percent_styles(f"<styleSheet>{formats}<cellXfs>{styles}</cellXfs></styleSheet>".encode()) == {"1", "2", "4"}


def test_sheets_have_the_parts_their_relations_lead_to():
    workbook = b'<workbook xmlns:r="x"><sheets><sheet name="A" r:id="b"/><sheet name="B" r:id="c"/></sheets></workbook>'
    relations = b'<a><b Id="c" Target="/xl/two.xml"/><b Id="b" Target="one.xml"/></a>'
    assert sheet_targets(workbook, relations) == [("A", "one.xml"), ("B", "/xl/two.xml")]
