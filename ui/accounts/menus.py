"""The menus of the list of accounts: of a header, of the cell the cursor is in, and of how the list is sorted and grouped."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from planner.model.account_views import ColumnType, Comparison, Condition
from ui.accounts.columns import Column, Row, value_words
from ui.accounts.filter_words import shortened
from ui.safety.read_only import WHY
from ui.words import count

if TYPE_CHECKING:
    from ui.accounts.panel import AccountsPanel

MOST_WORDS = 5
"""So many of several words of a cell can be filtered by from its menu."""
_WAYS = {
    ColumnType.TEXT: ("A to Z", "Z to A"),
    ColumnType.WORDS: ("A to Z", "Z to A"),
    ColumnType.DAY: ("Earliest first", "Latest first"),
    ColumnType.YES_NO: ("No first", "Yes first"),
}


def fill_header_menu(panel: "AccountsPanel", menu: QMenu, column: Column) -> None:
    """What can be done to a column."""
    up, down = _WAYS.get(column.type, ("Smallest first", "Largest first"))
    menu.addAction(f"Sort {_lower(up)}", lambda: panel.sort_by(column.key, descending=False))
    menu.addAction(f"Sort {_lower(down)}", lambda: panel.sort_by(column.key, descending=True))
    menu.addSeparator()
    menu.addAction(f"Group by {_lower(column.title)}", lambda: panel.group_by(column.key))
    menu.addAction(f"Filter by {_lower(column.title)}…", lambda: panel.ask_filter(column.key))
    menu.addSeparator()
    hide = menu.addAction(f"Hide {_lower(column.title)}", lambda: panel.hide_column(column.key))
    hide.setEnabled(column.key != "name")
    menu.addAction("Columns…", panel.ask_columns)
    menu.addAction("Usual widths", panel.layout_.forget_widths)


def fill_arrange_menu(panel: "AccountsPanel", menu: QMenu) -> None:
    """How the list is sorted and grouped, by any column."""
    menu.clear()
    model = panel.model
    sort = menu.addMenu("Sort by")
    _offer(
        sort, _by_section(model.columns, panel.layout_.keys), model.sort_key, lambda key: panel.sort_by(key, descending=model.descending)
    )
    turned = menu.addAction("Turn the order around", lambda: panel.sort_by(model.sort_key, descending=not model.descending))
    turned.setCheckable(True)
    turned.setChecked(model.descending)
    group = menu.addMenu("Group by")
    none = group.addAction("No groups", lambda: panel.group_by(""))
    none.setCheckable(True)
    none.setChecked(not model.groups)
    _offer(group, _by_section(model.columns, panel.layout_.keys), model.group_key, panel.group_by)
    menu.addSeparator()
    cell = menu.addMenu("By this cell")
    fill_cell_menu(panel, cell)
    cell.setEnabled(not cell.isEmpty())
    menu.addSeparator()
    menu.addAction("Columns…", panel.ask_columns)
    menu.addSeparator()
    for text, collapsed in (("Expand all groups", False), ("Collapse all groups", True)):
        menu.addAction(text, partial(panel.table.fold_all, collapsed=collapsed)).setEnabled(bool(model.groups))


def fill_cell_menu(panel: "AccountsPanel", menu: QMenu) -> None:
    """Filters by the value of the cell the cursor is in, and what can be done to the accounts that are chosen."""
    index = panel.table.currentIndex()
    row = panel.model.row_at(index.row()) if index.isValid() else None
    if row is None:
        return
    column = panel.model.columns[index.column()]
    if not menu.isEmpty():
        menu.addSeparator()
    for text, condition in quick_filters(column, row):
        menu.addAction(text, partial(panel.add_condition, condition))
    menu.addAction(f"Group by {_lower(column.title)}", lambda: panel.group_by(column.key))
    menu.addSeparator()
    chosen = panel.table.chosen
    if len(chosen) > 1:
        of_all = menu.addMenu(count(len(chosen), "account"))
        for deed, text in (("edit", "Edit…"), ("tag", "Tag…"), ("owner", "Assign owner…"), ("week", "Add to week"), ("export", "Export…")):
            action = of_all.addAction(text, partial(panel.do, deed))
            if panel.read_only and deed != "export":
                action.setEnabled(False)
                action.setToolTip(WHY)
    menu.addAction("Copy for a spreadsheet\tCtrl+C", partial(panel.do, "copy"))


def quick_filters(column: Column, row: Row) -> list[tuple[str, Condition]]:
    """The filters that the value of a cell suggests, with their words."""
    value = column.value(row)
    title = _lower(column.title)
    if value is None or value in {"", ()}:
        return [
            (f"Only without {title}", Condition(column.key, Comparison.EMPTY)),
            (f"Only with {title}", Condition(column.key, Comparison.NOT_EMPTY)),
        ]
    if column.type is ColumnType.YES_NO:
        now, other = (Comparison.YES, Comparison.NO) if value else (Comparison.NO, Comparison.YES)
        return [
            (f"Only {title}: {'yes' if value else 'no'}", Condition(column.key, now)),
            (f"Only {title}: {'no' if value else 'yes'}", Condition(column.key, other)),
        ]
    if column.type in {ColumnType.NUMBER, ColumnType.MONEY, ColumnType.DAY}:
        return _of_amount(column, value)
    words = value[:MOST_WORDS] if isinstance(value, tuple) else (value,)
    found = []
    for word in words:
        if ";" not in word:  # which would name several
            shown = shortened(word, 40).replace("&", "&&")
            found.append((f"Only {title}: {shown}", Condition(column.key, Comparison.IS, word)))
            found.append((f"All but {title}: {shown}", Condition(column.key, Comparison.IS_NOT, word)))
    return found


def _of_amount(column: Column, value: Any) -> list[tuple[str, Condition]]:
    shown, title = value_words(column, value), _lower(column.title)
    if column.type is ColumnType.DAY:
        written, more, less = value.isoformat(), (Comparison.AFTER, "after"), (Comparison.BEFORE, "before")
    else:
        written = f"{value / 100:.2f}" if column.type is ColumnType.MONEY else str(value)
        more, less = (Comparison.AT_LEAST, "at least"), (Comparison.AT_MOST, "at most")
    ways = ((Comparison.IS, "is"), more, less)
    return [(f"Only {title} {words} {shown}", Condition(column.key, comparison, written)) for comparison, words in ways]


def _offer(menu: QMenu, sections: dict[str, list[Column]], chosen: str, run: Any) -> None:
    """The columns on show, and the others in a menu a section."""
    for section, columns in sections.items():
        into = menu.addMenu(section) if section else menu
        for column in columns:
            action = into.addAction(column.title.replace("&", "&&"), partial(run, column.key))
            action.setCheckable(True)
            action.setChecked(column.key == chosen)
        if not section:
            menu.addSeparator()


def _by_section(columns: Iterable[Column], shown: Iterable[str]) -> dict[str, list[Column]]:
    first = set(shown)
    found: dict[str, list[Column]] = {"": []}
    for column in columns:
        found.setdefault("" if column.key in first else column.section, []).append(column)
    return found


def _lower(title: str) -> str:
    """A title within a sentence: "ZIP" stays so; what is no menu shortcut is none."""
    plain = title.replace("&", "&&")
    return plain if plain[:2].isupper() else plain[:1].lower() + plain[1:]
