"""The table of accounts: filters, sorts and groups in its own model, since a proxy model in Python is too slow for 20,000 rows."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from planner.model.account_views import Condition
from planner.model.accounts import Account
from ui.accounts.arrange import AccountList, Group
from ui.accounts.columns import COLUMNS, Column, Row
from ui.widgets.plain_tip import plain_tip
from ui.words import QUALITIES, count, money

Index = QModelIndex | QPersistentModelIndex
ACCOUNT = 0
"""The column of the names, which is always the first in the model and always there."""
ACCOUNT_ROLE = Qt.ItemDataRole.UserRole
GROUP_ROLE = Qt.ItemDataRole.UserRole + 1
_HEADING_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_ROW_FLAGS = _HEADING_FLAGS | Qt.ItemFlag.ItemIsSelectable
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class AccountsModel(QAbstractTableModel):
    """A line is an account, or the heading of a group, which has its text in the first column. The header hides and moves columns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.list = AccountList(columns=COLUMNS)
        self.columns: tuple[Column, ...] = COLUMNS
        self.conditions: tuple[Condition, ...] = ()
        self.sort_key, self.descending = "name", False
        self.group_key = ""
        self._words: tuple[str, ...] = ()
        self._kept: AbstractSet[int] | None = None
        self._found: list[int] = []
        self._groups: list[Group] = []
        self._sums: dict[str, str] = {}
        self._collapsed: set[str] = set()
        self._lines: list[int] = []  # the number of a row, or of a group as -1, -2, ...
        self._line_of: dict[int, int] = {}

    def show(self, accounts: AccountList) -> None:
        """Show other accounts under the same filter, order and groups."""
        self.list = accounts
        self.columns = tuple(accounts.columns.values())
        self._rearrange()

    def filter_text(self, text: str) -> None:
        """Show only accounts that have every word in their name, address, owner or CRM id."""
        self._words = tuple(text.casefold().split())
        self._rearrange()

    def filter_by(self, conditions: Iterable[Condition]) -> None:
        """Show only accounts for which all conditions hold."""
        self.conditions = tuple(conditions)
        self._rearrange()

    def keep_to(self, account_ids: AbstractSet[int] | None) -> None:
        """Show only these accounts, such as those inside a line on the map; None shows all again."""
        self._kept = account_ids
        self._rearrange()

    def group_by(self, key: str) -> None:
        """Put the accounts into groups by a column, or into none for an empty key."""
        self.group_key = key
        self._collapsed.clear()
        self._rearrange()

    def arrange(self, conditions: Iterable[Condition], sort_key: str, group_key: str, *, descending: bool) -> None:
        """Filter, sort and group in one go."""
        self.conditions, self.sort_key, self.descending = tuple(conditions), sort_key, descending
        if group_key != self.group_key:
            self._collapsed.clear()
        self.group_key = group_key
        self._rearrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns):
            return  # nothing is said of the order
        self.sort_key = self.columns[column].key
        self.descending = order is Qt.SortOrder.DescendingOrder
        self._rearrange()

    def fold(self, titles: Iterable[str], *, collapsed: bool) -> None:
        """Show only the headings of these groups, or all of their accounts again."""
        self._collapsed = self._collapsed | set(titles) if collapsed else self._collapsed - set(titles)
        self.beginResetModel()
        self._lay_out()
        self.endResetModel()

    def is_collapsed(self, group: Group) -> bool:
        """Whether only the heading of a group is shown."""
        return group.title in self._collapsed

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups from top to bottom; none when the accounts are in no groups."""
        return tuple(self._groups)

    @property
    def shown(self) -> tuple[Account, ...]:
        """The accounts left after the filter, in the order of the table; those of collapsed groups too."""
        return tuple(self.list.rows[number].account for number in self._ordered())

    @property
    def shown_rows(self) -> list[Row]:
        """The rows left after the filter, in the order of the table; those of collapsed groups too."""
        return [self.list.rows[number] for number in self._ordered()]

    @property
    def filtered(self) -> bool:
        """Whether a filter is on."""
        return bool(self._words or self.conditions) or self._kept is not None

    @property
    def total(self) -> int:
        """How many accounts there are in all."""
        return len(self.list.rows)

    @property
    def left(self) -> int:
        """How many accounts are left after the filter."""
        return len(self._found)

    def row_of(self, account_id: int | None) -> int:
        """The line of an account, or -1; one in a collapsed group has none."""
        if not self._line_of:
            rows = self.list.rows
            self._line_of = {rows[number].account.id: line for line, number in enumerate(self._lines) if number >= 0}
        return -1 if account_id is None else self._line_of.get(account_id, -1)

    def ids_between(self, first: int, last: int) -> list[int]:
        """The ids of the accounts from one line to another, both included."""
        rows = self.list.rows
        return [rows[number].account.id for number in self._lines[first : last + 1] if number >= 0]

    def lines_of(self, account_ids: AbstractSet[int]) -> list[int]:
        """The lines of these accounts from top to bottom, as far as they are shown."""
        rows = self.list.rows
        return [line for line, number in enumerate(self._lines) if number >= 0 and rows[number].account.id in account_ids]

    def row_at(self, line: int) -> Row | None:
        """The row of a line; None for the heading of a group."""
        number = self._lines[line]
        return self.list.rows[number] if number >= 0 else None

    def group_at(self, line: int) -> Group | None:
        """The group whose heading a line is."""
        number = self._lines[line]
        return self._groups[-number - 1] if number < 0 else None

    def heading_of(self, line: int) -> int:
        """The line of the heading that a line is under, or its own; -1 without groups."""
        return next((each for each in range(line, -1, -1) if self._lines[each] < 0), -1)

    def group_of(self, account_id: int) -> Group | None:
        """The group that an account left after the filter is in."""
        rows = self.list.rows
        return next((group for group in self._groups if any(rows[number].account.id == account_id for number in group.numbers)), None)

    def line_called(self, text: str, after: int) -> int:
        """The next line from `after` on whose account has a name that begins so, or -1; goes on from the top."""
        names, wanted = self.list.values("name"), text.casefold()
        lines = (*range(after, len(self._lines)), *range(min(after, len(self._lines))))
        return next((n for n in lines if self._lines[n] >= 0 and (names[self._lines[n]] or "").casefold().startswith(wanted)), -1)

    def section_of(self, key: str) -> int:
        """The section of the header that a column is, or -1."""
        return next((number for number, column in enumerate(self.columns) if column.key == key), -1)

    def _ordered(self) -> Iterable[int]:
        return (number for group in self._groups for number in group.numbers) if self._groups else self._found

    def _rearrange(self) -> None:
        self.beginResetModel()
        today = date.today()  # noqa: DTZ011 - her own calendar day
        found = self.list.found(self._words, self.conditions, today)
        if self._kept is not None:
            found = [number for number in found if self.list.rows[number].account.id in self._kept]
        self._found = self.list.sorted(found, self.sort_key, descending=self.descending)
        self._groups = self.list.grouped(self._found, self.group_key) if self.group_key in self.list.columns else []
        self._sums = {}
        self._lay_out()
        self.endResetModel()

    def _lay_out(self) -> None:
        self._line_of = {}
        if not self._groups:
            self._lines = self._found
            return
        self._lines = []
        for number, group in enumerate(self._groups, start=1):
            self._lines.append(-number)
            if group.title not in self._collapsed:
                self._lines += group.numbers

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802 - Qt's name
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        return _alignment(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _HEADING_FLAGS if self._lines[index.row()] < 0 else _ROW_FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self.columns[index.column()]
        row = self.row_at(index.row())
        if row is None:
            return self._heading_data(index, role)
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == ACCOUNT_ROLE:
            return row.account
        return _tip(column, row) if role == Qt.ItemDataRole.ToolTipRole else None

    def _heading_data(self, index: Index, role: int) -> object:
        group = self.group_at(index.row())
        assert group is not None
        if role == GROUP_ROLE:
            return group
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{group.title} · {self.sums_text(group)}" if index.column() == ACCOUNT else ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{group.title}, {self.sums_text(group)}, {'collapsed' if self.is_collapsed(group) else 'expanded'}"
        return None

    def sums_text(self, group: Group) -> str:
        """What is in a group: "12 accounts · $4,300 in open deals · $1,200 MRR"; worked out when it is painted for the first time."""
        if group.title not in self._sums:
            amounts = ((self.list.sum_cents(group.numbers, key), words) for key, words in (("deals", "in open deals"), ("mrr", "MRR")))
            told = [f"{money(cents)} {words}" for cents, words in amounts if cents]
            self._sums[group.title] = " · ".join([count(len(group.numbers), "account"), *told])
        return self._sums[group.title]


def _alignment(column: Column) -> Qt.AlignmentFlag:
    return _RIGHT if column.right_aligned else _LEFT


def _tip(column: Column, row: Row) -> str | None:
    account = row.account
    if column.key == "placed":
        return plain_tip("\n".join(part for part in (QUALITIES[account.match_quality], account.match_note) if part))
    if column.key in {"notes", "services", "contacts", "ids", "tags", "next_step", "place_note", "hours"}:
        return plain_tip(str(account.notes) if column.key == "notes" else column.text(row))
    return plain_tip(account.address.one_line) if column.key == "name" else None
