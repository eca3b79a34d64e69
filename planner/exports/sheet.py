"""A report as one page to print or hand over: HTML that asks no network for anything, or its tables as CSV."""

import csv
import html
from collections.abc import Iterator, Sequence
from pathlib import Path

from planner.exports.tables import guarded
from planner.values import Struct

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """\
@page { size: letter; margin: 11mm }
* { box-sizing: border-box }
body { font: 9.5pt/1.35 "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #1c2430; background: #fff; margin: 1.4rem auto;
  max-width: 60rem; padding: 0 1rem }
header { border-bottom: 2px solid #1f5fa8; margin-bottom: .7rem; padding-bottom: .35rem }
h1 { font-size: 1.5rem; margin: 0 }
header p { color: #566173; margin: .1rem 0 0 }
main.columns { columns: 2; column-gap: 1.6rem }
section { break-inside: avoid; margin: 0 0 .8rem }
h2 { font-size: 1rem; margin: 0 0 .2rem; color: #1f5fa8 }
p, ul { margin: .15rem 0 }
ul { padding-left: 1.1rem }
.none, .note { color: #566173 }
.note { font-size: .92em }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .12rem .5rem .12rem 0; border-bottom: 1px solid #e3e7ec; overflow-wrap: anywhere }
th { color: #566173; font-weight: 600; white-space: nowrap }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
@media print { body { margin: 0; padding: 0; max-width: none; font-size: 8.5pt } }
@media (max-width: 45rem) { main.columns { columns: 1 } }
"""


class Section(Struct, frozen=True):
    """A part of a sheet: its heading, lines, a table, and a note below; one with nothing in it says `empty`. Figures stand to the right."""

    heading: str
    lines: Sequence[str] = ()
    headers: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""
    empty: str = "Nothing."


class Sheet(Struct, frozen=True):
    """A report to be read: its title, what it is about, and its sections, in two columns or one."""

    title: str
    subtitle: str
    sections: Sequence[Section]
    columns: bool = False


def write_sheet(sheet: Sheet, out: Path) -> Path:
    """Write a sheet as a page, replaced when whole; all texts are escaped, and the page may load nothing. Raises OSError."""
    return _write(out, "".join(_page(sheet)))


def write_sheet_tables(sheet: Sheet, out: Path) -> Path:
    """Write the sections of a sheet one below the other as CSV (UTF-8 with a mark), replaced when whole. Raises OSError."""
    beside = out.with_name(f".{out.name}.part")
    try:
        with beside.open("w", encoding="utf-8-sig", newline="", errors="replace") as file:
            rows = csv.writer(file)
            for section in sheet.sections:
                rows.writerow([guarded(section.heading)])
                rows.writerows([[guarded(line)] for line in section.lines])
                rows.writerows([[guarded(cell) for cell in row] for row in (section.headers, *section.rows) if row])
                rows.writerow([])
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return out


def _write(out: Path, text: str) -> Path:
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_text(text, encoding="utf-8", errors="replace", newline="\n")
        beside.replace(out)
    finally:
        beside.unlink(missing_ok=True)
    return out


def _page(sheet: Sheet) -> Iterator[str]:
    title = html.escape(sheet.title)
    yield f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield f'<meta name="viewport" content="width=device-width"><title>{title}</title><style>{_STYLE}</style></head>\n'
    yield f"<body><header><h1>{title}</h1><p>{html.escape(sheet.subtitle)}</p></header>\n"
    yield f'<main class="{"columns" if sheet.columns else "plain"}">\n'
    for section in sheet.sections:
        yield from _section(section)
    yield "</main></body></html>\n"


def _section(section: Section) -> Iterator[str]:
    yield f"<section><h2>{html.escape(section.heading)}</h2>"
    if section.lines:
        yield f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in section.lines)}</ul>"
    if section.rows:
        figures = [at > 0 and all(_is_figure(row[at]) for row in section.rows) for at in range(len(section.headers))]
        head = "".join(_cell("th", name, figure=figure) for name, figure in zip(section.headers, figures, strict=True))
        body = "".join(
            f"<tr>{''.join(_cell('td', cell, figure=figure) for cell, figure in zip(row, figures, strict=True))}</tr>"
            for row in section.rows
        )
        yield f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    if not section.lines and not section.rows:
        yield f'<p class="none">{html.escape(section.empty)}</p>'
    if section.note:
        yield f'<p class="note">{html.escape(section.note)}</p>'
    yield "</section>\n"


def _cell(tag: str, text: str, *, figure: bool) -> str:
    return f"<{tag}{' class="number"' if figure else ''}>{html.escape(text)}</{tag}>"


def _is_figure(text: str) -> bool:
    """Whether a cell is a number, an amount, a share, or nothing."""
    return text.strip("$%()–-+.,'’0123456789 \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}") == ""
