"""Old and binary Excel files written by hand, record by record: BIFF8 in a compound file (MS-XLS, MS-CFB), and BIFF12 (MS-XLSB)."""

import struct

from workbook_files import xlsx_parts, zipped

_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(kind, content=b""):
    """A BIFF8 record."""
    return struct.pack("<HH", kind, len(content)) + content


def label(row, column, text):
    """A cell with a text of its own."""
    return record(0x0204, struct.pack("<HHHHB", row, column, 0, len(text), 0) + text.encode("latin-1"))


def number(row, column, value, style=0):
    """A cell with a number."""
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def error(row, column, code):
    """A cell with an error of the spreadsheet."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row, column, result, style=0):
    """A cell with a formula that came to a number, or to an error where `result` is the code of one."""
    came_to = struct.pack("<BBBBBBH", 2, 0, result, 0, 0, 0, 0xFFFF) if isinstance(result, int) else struct.pack("<d", result)
    return record(0x0006, struct.pack("<HHH", row, column, style) + came_to + struct.pack("<HLH", 0, 0, 0))


def number_format(at, code):
    """A number format of a file."""
    return record(0x041E, struct.pack("<HHB", at, len(code), 0) + code.encode("latin-1"))


def cell_style(number_format):
    """A style of cells, by the number of its format; styles are counted as they come."""
    return record(0x00E0, struct.pack("<HH", 0, number_format) + bytes(16))


def strings(texts, cut=8000):
    """The shared strings of a file, cut into a record and those that continue it, where a text goes on behind a byte of flags."""
    parts, room = [struct.pack("<LL", len(texts), len(texts))], cut
    for text in texts:
        parts[-1] += struct.pack("<HB", len(text), 0)
        left = text.encode("latin-1")
        while left:
            room = cut - len(parts[-1])
            parts[-1] += left[:room]
            left = left[max(room, 0) :]
            if left:
                parts.append(b"\0")
        if cut - len(parts[-1]) < 8:
            parts.append(b"")
    return record(0x00FC, parts[0]) + b"".join(record(0x003C, part) for part in parts[1:])


def shared(row, column, string):
    """A cell with a shared string."""
    return record(0x00FD, struct.pack("<HHHL", row, column, 0, string))


def xls(cells, more=b""):
    """An old Excel file with one sheet of cells that are records already; `more` are records at the beginning of the file."""
    begin = record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0005, 0, 0, 0, 0))
    sheet_at = len(begin) + len(more) + 4 + 14 + 4
    sheet = struct.pack("<LBBBB", sheet_at, 0, 0, 6, 0) + b"Sheet1"
    book = begin + more + record(0x0085, sheet) + record(0x000A)
    book += record(0x0809, struct.pack("<HHHHLL", 0x0600, 0x0010, 0, 0, 0, 0)) + b"".join(cells) + record(0x000A)
    return compound("Workbook", book)


def compound(name, stream):
    """A compound file with one stream, made long enough to stand in sectors of its own."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    table_sectors = -(-(sectors + 2) // 127)
    chain = [_TABLE] * table_sectors + [_END] + [table_sectors + 2 + at for at in range(sectors - 1)] + [_END]
    table = struct.pack(f"<{table_sectors * 128}L", *chain, *[_FREE] * (table_sectors * 128 - len(chain)))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<LLLLLLLLL", 0, table_sectors, table_sectors, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109L", *range(table_sectors), *[_FREE] * (109 - table_sectors))
    entries = _entry("Root Entry", 5, child=1, begin=_END, size=0) + _entry(name, 2, child=_FREE, begin=table_sectors + 1, size=len(stream))
    return header + table + entries.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")


def _entry(name, kind, child, begin, size):
    named = (name + "\0").encode("utf-16-le")
    return struct.pack("<64sHBBLLL", named, len(named), kind, 1, _FREE, _FREE, child) + bytes(36) + struct.pack("<LLL", begin, size, 0)


def binary_record(kind, content=b""):
    """A BIFF12 record."""
    length = bytes([len(content) & 0x7F | 0x80, len(content) >> 7 & 0x7F]) if len(content) > 127 else bytes([len(content)])
    return (bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])) + length + content


def wide(text):
    """A text of a binary workbook."""
    return struct.pack("<L", len(text)) + text.encode("utf-16-le")


def xlsb_book(name, records, styles=b""):
    """A whole binary workbook with one sheet of records, and records of styles."""
    office = "http://schemas.openxmlformats.org"
    kind = f"{office}/officeDocument/2006/relationships"
    relations = f"<Relationships xmlns='{office}/package/2006/relationships'>%s</Relationships>"
    sheet = f"<Relationship Id='rId1' Type='{kind}/worksheet' Target='worksheets/sheet1.bin'/>"
    listed = binary_record(156, struct.pack("<LL", 0, 1) + wide("rId1") + wide(name))
    book = binary_record(131) + binary_record(143) + listed + binary_record(144) + binary_record(132)
    extent = binary_record(129) + binary_record(148, struct.pack("<LLLL", 0, 99, 0, 99))
    return zipped(
        {
            "_rels/.rels": relations % f"<Relationship Id='rId1' Type='{kind}/officeDocument' Target='xl/workbook.bin'/>",
            "xl/_rels/workbook.bin.rels": relations % sheet,
            "xl/workbook.bin": book,
            "xl/styles.bin": styles,
            "xl/worksheets/sheet1.bin": extent + binary_record(145) + b"".join(records) + binary_record(146) + binary_record(130),
        }
    )


def xlsb(records, strings=()):
    """The parts of a binary workbook that are looked through: a sheet of records, and shared strings."""
    parts = {name: content for name, content in xlsx_parts("").items() if name.startswith(("[", "_rels"))}
    texts = b"".join(binary_record(19, b"\0" + struct.pack("<L", len(text)) + text.encode("utf-16-le")) for text in strings)
    return zipped(parts | {"xl/workbook.bin": b"", "xl/worksheets/sheet1.bin": b"".join(records), "xl/sharedStrings.bin": texts})
