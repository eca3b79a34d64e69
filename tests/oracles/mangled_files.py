"""Files of every kind mangled by chance from good ones, a seed each; `mangled_judge` says what must hold of them."""

import csv
import random
import re
from dataclasses import dataclass

from good_files import as_calendar, as_ods, as_text, as_xlsx, calendar_blocks, tables
from workbook_files import ods, ods_cell, ods_row, xlsx_parts, zipped

SAME, SAME_TOLD, DAMAGED, SHEET_DAMAGED, REFUSED, CALENDAR = "same", "same, and told", "damaged", "sheet damaged", "refused", "calendar"
_DELIMITERS = (",", "|", "\t", ";")
_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252")
_DATES = ("2026-02-30", "31.12.2026", "2/29/2027", "12/31/1899", "20261130", "Nov 30, 2026", "2026-11-30T09:00:00Z", "0000-00-00")
_DATES += ("9999-12-31", "1/1/70", "46356", "2026/11/30", "99/99/9999", "-1/-1/-1", "11/30/2026 25:61")
_NUMBERS = ("9" * 400, "1e308", "-1e-308", "NaN", "inf", "-0", "0x7f", "1,2,3", "१२३", "²", "$-$5", "(((5)))", "1" * 16, "8.34507E+15", "٣")
_FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'=1+1", '=HYPERLINK("http://x")', "\t=1", "\r=1")
_ODD = (
    "\ufeff",
    "\u202e",
    "\u200b",
    "\x1b[31m",
    "\x07",
    "\ud7ff",
    "👩‍👩‍👧",
    "\u0000",
    "\x85",
    "\u2028",
    "%s%n",
    "<script>",
    "'; DROP TABLE accounts; --",
)


@dataclass(frozen=True)
class Case:
    """A mangled file: its name, content (None: something that is no file, by its name), what must hold, and what it was made from."""

    mangling: str
    kind: str
    name: str
    content: bytes | None
    rule: str
    good: bytes = b""
    encoding: str = "utf-8"
    delimiter: str = ","
    blocks: tuple[str, ...] = ()


def case(seed):
    """The mangled file of a seed."""
    dice = random.Random(seed)
    manglings = [*_KNOWN, *_DAMAGE * 2, *_CELLS, *_WORKBOOKS, *_CALENDARS * 2, *_SPECIAL]
    return dice.choice(manglings)(dice)


def good_of(dice):
    return dice.choice(tables(dice))


def _case(mangling, good, content, rule, suffix=".csv", **more):
    plain = as_text([good.headers, *good.rows]).encode()
    return Case(mangling, good.kind, f"{good.kind}{suffix}", content, rule, plain, **more)


# manglings whose right result is known


def _columns_shuffled(dice):
    good = good_of(dice)
    order = dice.sample(range(len(good.headers)), len(good.headers))
    rows = [[row[at] for at in order] for row in (good.headers, *good.rows)]
    return _case("columns shuffled", good, as_text(rows).encode(), SAME)


def _column_doubled(dice):
    good = good_of(dice)
    at = dice.randrange(len(good.headers))
    rows = [[*row, row[at]] for row in (good.headers, *good.rows)]
    return _case("column doubled", good, as_text(rows).encode(), SAME)


def _rows_shuffled(dice):
    good = good_of(dice)
    return _case("rows shuffled", good, as_text([good.headers, *dice.sample(good.rows, len(good.rows))]).encode(), SAME)


def _rows_twice(dice):
    good = good_of(dice)
    twice = [*good.rows, dice.choice(good.rows)]
    return _case("a row twice", good, as_text([good.headers, *twice]).encode(), SAME if good.kind == "billing" else SAME_TOLD)


def _written_otherwise(dice):
    good = good_of(dice)
    delimiter, encoding = dice.choice(_DELIMITERS), dice.choice(_ENCODINGS)
    newline, quoting = dice.choice(("\n", "\r\n", "\r")), dice.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    text = as_text([good.headers, *good.rows], delimiter, newline, quoting)
    suffix = dice.choice((".csv", ".txt", ".xls", ".xlsx", ".ics", ""))
    return _case(f"{delimiter!r} {encoding} {newline!r}", good, text.encode(encoding), SAME, suffix)


def _newlines_mixed(dice):
    good = good_of(dice)
    lines = [
        as_text([row]).removesuffix("\n") + dice.choice(("\n", "\r\n", "\r", "\n\n", "\r\n\r\n")) for row in (good.headers, *good.rows)
    ]
    return _case("newlines mixed", good, "".join(lines).encode(), SAME)


def _titles_and_totals(dice):
    good = good_of(dice)
    above = f'Report of {good.kind}\n\n"As of 2026-11-23"\n'
    below = f'\n"Grand Totals ({len(good.rows)} records)"\n\n"Copyright (c) 2000-2026. All rights reserved."\n"Confidential Information"\n'
    return _case("titles and totals", good, (above + as_text([good.headers, *good.rows]) + below).encode(), SAME)


def _workbook(dice):
    good = good_of(dice)
    rows = dice.choice((good.rows, good.typed))
    write, suffix = dice.choice(((as_xlsx, ".xlsx"), (as_ods, ".ods")))
    typed = "typed" if rows is good.typed else "texts"
    return _case(f"workbook of {typed}", good, write([good.headers, *rows]), SAME, dice.choice((suffix, ".xls", ".csv", ".xlsm")))


_KNOWN = (
    _columns_shuffled,
    _column_doubled,
    _rows_shuffled,
    _rows_twice,
    _written_otherwise,
    _newlines_mixed,
    _titles_and_totals,
    _workbook,
)


# damage to the bytes of a text file


def _written(dice):
    good = good_of(dice)
    delimiter, encoding = dice.choice(_DELIMITERS), dice.choice(_ENCODINGS)
    text = as_text([good.headers, *good.rows], delimiter, dice.choice(("\n", "\r\n")))
    return good, bytearray(text.encode(encoding)), {"encoding": encoding, "delimiter": delimiter}


def _damaged(mangling, damage):
    def make(dice):
        good, content, how = _written(dice)
        damage(dice, content)
        return _case(mangling, good, bytes(content), DAMAGED, **how)

    return make


def _flip(dice, content):
    for _ in range(dice.choice((1, 2, 5, 20))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)


def _cut(dice, content):
    del content[dice.randrange(len(content)) :]


def _take_out(dice, content):
    begin = dice.randrange(len(content))
    del content[begin : begin + dice.choice((1, 2, 10, 200))]


def _put_in(dice, content):
    at = dice.randrange(len(content))
    added = (
        b'"',
        b"\n",
        b"\r",
        b",",
        b"\x00",
        b"\x00" * 50,
        b"\xef\xbb\xbf",
        b'""',
        b"\xff",
        b"\xe9",
        b"\x1a",
        b"'",
        b"|;\t,",
        bytes(range(256)),
    )
    content[at:at] = dice.choice(added)


def _repeat(dice, content):
    begin = dice.randrange(len(content))
    content[begin:begin] = content[begin : begin + dice.randrange(400)]


def _field_more(dice, content):
    lines = bytes(content).split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = dice.choice((b"x,", b",", b"x|", b"\t")) + lines[at]
    content[:] = b"\n".join(lines)


def _field_less(dice, content):
    lines = bytes(content).split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = re.sub(rb"^[^,|;\t]*[,|;\t]", b"", lines[at]) if dice.random() < 0.5 else re.sub(rb"[,|;\t][^,|;\t]*$", b"", lines[at])
    content[:] = b"\n".join(lines)


def _other_encoding_within(dice, content):
    lines = bytes(content).split(b"\n")
    at = dice.randrange(len(lines))
    lines[at] = lines[at].decode("utf-8", "replace").encode(dice.choice(("cp1252", "utf-16-le", "cp437")), "replace")
    content[:] = b"\n".join(lines)


_DAMAGE = tuple(
    _damaged(name, damage)
    for name, damage in {
        "bits flipped": _flip, "cut off": _cut, "bytes taken out": _take_out, "bytes put in": _put_in, "a piece twice": _repeat,
        "a field more": _field_more, "a field less": _field_less, "two encodings": _other_encoding_within,
    }.items()
)  # fmt: skip


# odd cells in a file that is written well


def _odd_cells(mangling, odd):
    def make(dice):
        good = good_of(dice)
        rows = [list(row) for row in (good.headers, *good.rows)]
        for _ in range(dice.choice((1, 1, 3, 10))):
            row, column = dice.randrange(len(rows)), dice.randrange(len(good.headers))
            rows[row][column] = odd(dice, rows[row][column])
        return _case(mangling, good, as_text(rows).encode("utf-8", "replace"), DAMAGED)

    return make


def _nested(dice, cell):
    for _ in range(10):
        cell = '"' + cell.replace('"', '""') + '"'
    return cell[:60_000]


_CELLS = tuple(
    _odd_cells(name, odd)
    for name, odd in {
        "a cell of 1 MB": lambda dice, cell: dice.choice(("x", "9", '"', "é", ",", "\n", " ")) * (1 << 20),
        "quotes in quotes": _nested,
        "formulas": lambda dice, cell: dice.choice(_FORMULAS),
        "huge numbers": lambda dice, cell: dice.choice(_NUMBERS),
        "dates of every form": lambda dice, cell: dice.choice(_DATES),
        "odd characters": lambda dice, cell: cell[:2] + dice.choice(_ODD) + cell[2:],
        "nothing": lambda dice, cell: dice.choice(("", " ", "\u00a0", "#N/A", "NULL")),
    }.items()
)


# workbooks


def _workbook_damaged(dice):
    good = good_of(dice)
    write, suffix = dice.choice(((as_xlsx, ".xlsx"), (as_ods, ".ods")))
    content = bytearray(write([good.headers, *good.rows]))
    mangling, damage = dice.choice(
        (("flipped", _flip), ("cut off", _cut), ("taken out", _take_out), ("put in", _put_in), ("repeated", _repeat))
    )
    damage(dice, content)
    return _case(f"workbook, {mangling}", good, bytes(content), SHEET_DAMAGED, suffix)


def _bomb(dice):
    far = f'<row r="1048576"><c r="{dice.choice(("A", "XFD", "ZZZ"))}1048576"><v>1</v></c></row>'
    makers = (
        lambda: zipped(xlsx_parts("") | {"xl/media/image1.png": bytes(301 << 20)}),
        lambda: zipped(xlsx_parts(far.replace('r="1048576"', 'r="1"', 1) + far)),
        lambda: zipped(xlsx_parts('<row r="1"><c t="s"><v>0</v></c></row>' * 400, f"<si><t>{'x' * (1 << 20)}</t></si>")),
        lambda: zipped(xlsx_parts("") | {"xl/sharedStrings.xml": '<!DOCTYPE a [<!ENTITY b "b">]><sst>&b;</sst>'}),
        lambda: ods({"a": [ods_row([ods_cell("x", 16000)], 1_000_000)]}),
        lambda: zipped({"a.zip": zipped({"b.zip": zipped({"c": bytes(1 << 20)})})}),
    )
    return Case("bomb", "workbook", dice.choice(("bomb.xlsx", "bomb.ods", "bomb.csv")), dice.choice(makers)(), REFUSED)


_WORKBOOKS = (_workbook_damaged, _workbook_damaged, _bomb)


# calendars


def _calendar(mangling, damage, encodings=("utf-8", "utf-8-sig", "utf-16")):
    def make(dice):
        blocks = [block for block, _truth in calendar_blocks(dice, dice.randint(1, 8))]
        encoding = dice.choice(encodings)
        content = bytearray(as_calendar(blocks).encode(encoding))
        damage(dice, content)
        good = as_calendar(blocks).encode()
        return Case(f"calendar, {mangling}", "calendar", "calendar.ics", bytes(content), CALENDAR, good, encoding, blocks=tuple(blocks))

    return make


def _not_at_all(dice, content):
    del dice, content


_CALENDARS = tuple(
    _calendar(name, damage)
    for name, damage in {"whole": _not_at_all, "flipped": _flip, "cut off": _cut, "taken out": _take_out, "put in": _put_in}.items()
)


# what is no file, or an empty one


def _no_file(dice):
    what = dice.choice(("folder", "nowhere", "pipe", "endless device", "loop of links", "name too long"))
    return Case(what, "no file", f"{what}.csv", None, REFUSED)


def _next_to_nothing(dice):
    content = dice.choice(
        (b"", b"\n", b"\x00" * 100, b"\xef\xbb\xbf", b"\xff\xfe", b",", b'"', b"PK\x03\x04", b"BEGIN:VCALENDAR", dice.randbytes(500))
    )
    return Case("next to nothing", "no file", "small.csv", content, REFUSED)


_SPECIAL = (_no_file, _next_to_nothing)
