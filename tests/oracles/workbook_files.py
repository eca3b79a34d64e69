"""Workbooks written by hand for tests: what no library writes on purpose, and ods files, part by part."""

import io
import zipfile
from xml.sax.saxutils import escape, quoteattr

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(parts, method=zipfile.ZIP_DEFLATED):
    """An archive of parts, each bytes or text by its name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods_cell(value, repeat=1, formula=""):
    """A cell: text, a number, None for an empty one, or (type, value, shown) as the standard names types."""
    more = f' table:number-columns-repeated="{repeat}"' if repeat > 1 else ""
    more += f" table:formula={quoteattr(formula)}" if formula else ""
    if value is None:
        return f"<table:table-cell{more}/>"
    if isinstance(value, tuple):
        kind, kept, shown = value
        name = {"date": "date-value", "time": "time-value", "boolean": "boolean-value"}.get(kind, "value")
        kept = f'office:value-type="{kind}" office:{name}={quoteattr(kept)}'
        return f"<table:table-cell{more} {kept}><text:p>{escape(shown)}</text:p></table:table-cell>"
    if isinstance(value, int | float):
        return f'<table:table-cell{more} office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell{more} office:value-type="string">{lines}</table:table-cell>'


def ods_row(cells, repeat=1):
    """A row of values, or of cells written already (they begin with "<table:")."""
    more = f' table:number-rows-repeated="{repeat}"' if repeat > 1 else ""
    written = "".join(cell if isinstance(cell, str) and cell.startswith("<table:") else ods_cell(cell) for cell in cells)
    return f"<table:table-row{more}>{written}</table:table-row>"


def ods(sheets):
    """An ods file of sheets: for each name its rows, lists of values or rows written already."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(row if isinstance(row, str) else ods_row(row) for row in rows)
        + "</table:table>"
        for name, rows in sheets.items()
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_SPACES} office:version="1.2"><office:body>'
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return zipped({"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": manifest})


def xlsx_parts(sheet_data, strings="", target="worksheets/sheet1.xml"):
    """The parts of an xlsx file with one sheet, whose rows and shared strings are XML as it stands in the file."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="a" Type="{_REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="b"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="b" Type="{_REL}/worksheet" '
        f'Target="{target}"/><Relationship Id="c" Type="{_REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        f"xl/{target}": f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet_data}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{strings}</sst>',
    }  # fmt: skip
