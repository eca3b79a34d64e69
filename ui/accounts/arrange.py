"""The list of accounts filtered, sorted and grouped: 20,000 rows between two key presses. Knows no window.

Rows are known by their numbers. The values of a column, and its ranks to sort by, are worked out once, when they are first asked for.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from planner.model.account_views import ColumnType, Comparison, Condition
from planner.model.accounts import Account
from ui.accounts.columns import Column, Row, value_words
from ui.words import money, month, number

EMPTY_RANK = -1
_FEW = 2_000
"""So few rows need no getting ready."""
_TEXTS = frozenset({ColumnType.TEXT, ColumnType.WORDS})
_NOTHING = frozenset({Comparison.IS_NOT, Comparison.CONTAINS_NOT, Comparison.EMPTY})
"""Comparisons that hold where there is no value."""


class Group(NamedTuple):
    """Rows that belong together: what they have in common, and their numbers in order."""

    title: str
    numbers: list[int]


class AccountList:
    """All rows with the columns that can be shown of them."""

    def __init__(self, rows: Sequence[Row] = (), columns: Iterable[Column] = ()) -> None:
        self.rows = rows
        self.columns = {column.key: column for column in columns}
        self._values: dict[str, list[Any]] = {}
        self._ranks: dict[str, list[int]] = {}
        self._titles: dict[str, list[str]] = {}
        self._haystacks: list[str] = []

    def found(self, words: Sequence[str], conditions: Sequence[Condition], today: date) -> list[int]:
        """The rows that have every word in their name, address, owner or CRM id, and for which all conditions hold."""
        numbers: Iterable[int] = range(len(self.rows))
        if words and not self._haystacks:
            self.get_ready()
        for word in words:
            numbers = [number for number in numbers if word in self._haystacks[number]]
        for condition in conditions:
            column = self.columns.get(condition.column)
            holds = test_of(condition, column.type if column else ColumnType.TEXT, today)
            values = self.values(condition.column)
            numbers = [number for number in numbers if holds(values[number])]
        return list(numbers)

    def is_ready(self, keys: Iterable[str]) -> bool:
        """Whether it can be sorted and grouped by these columns at once."""
        return len(self.rows) < _FEW or all(key in self._ranks and key in self._titles for key in keys if key)

    def get_ready(self, keys: Iterable[str] = ()) -> None:
        """Make what the first search needs, and what these columns need to be sorted and grouped by; nobody has to wait for it then."""
        if not self._haystacks:
            self._haystacks = [_haystack(row.account) for row in self.rows]
        for key in keys:
            self._titles_of(key)
            self._ranks_of(key)

    def sorted(self, numbers: Iterable[int], key: str, *, descending: bool = False) -> list[int]:
        """The rows by the values of a column; equal ones stay as they are, those without a value come last in both directions."""
        ranks = self._ranks_of(key)
        filled: list[int] = []
        empty: list[int] = []
        for row in numbers:
            (filled if ranks[row] >= 0 else empty).append(row)
        filled.sort(key=ranks.__getitem__, reverse=descending)
        return filled + empty

    def grouped(self, numbers: Sequence[int], key: str) -> list[Group]:
        """The rows in groups by the values of a column, in the order of these; within a group they stay as they are.

        Names make a group a letter, days one a month, figures one for each number of digits.
        """
        titles = self._titles_of(key)
        together: dict[str, list[int]] = {title: [] for title in map(titles.__getitem__, self.sorted(numbers, key))}
        for row in numbers:
            together[titles[row]].append(row)
        return [Group(title, members) for title, members in together.items()]

    def sum_cents(self, numbers: Iterable[int], key: str) -> int:
        """The sum of a column of money over some rows, in cents."""
        values = self.values(key)
        return sum(values[number] or 0 for number in numbers)

    def values(self, key: str) -> list[Any]:
        """The value of each row in a column, None where there is none; all None for a column that is not there."""
        if key not in self._values:
            column = self.columns.get(key)
            if column is None:
                self._values[key] = [None] * len(self.rows)
            elif column.type in _TEXTS:
                self._values[key] = [column.value(row) or None for row in self.rows]
            else:
                self._values[key] = list(map(column.value, self.rows))
        return self._values[key]

    def choices(self, key: str, most: int = 500) -> list[str]:
        """The different values of a column as they read, in order; the first of them, when they are many."""
        column = self.columns.get(key)
        if column is None:
            return []
        values = {value for value in self.values(key) if value is not None}
        if column.type is ColumnType.WORDS:
            values = {word for words in values for word in words}
        elif column.order is not None:
            ranks = dict(zip(self.values(key), self._ranks_of(key), strict=True))
            return sorted(values, key=ranks.__getitem__)[:most]
        return [str(value) for value in sorted(values, key=_fold)[:most]]

    def _ranks_of(self, key: str) -> list[int]:
        """The place of each row's value among all values of a column."""
        if key not in self._ranks:
            column = self.columns.get(key)
            if column is not None and column.order is not None:
                keys = list(map(column.order, self.rows))
            else:
                keys = [None if value is None else _fold(value) for value in self.values(key)]
            places = {each: place for place, each in enumerate(sorted({each for each in keys if each is not None}))}
            self._ranks[key] = [EMPTY_RANK if each is None else places[each] for each in keys]
        return self._ranks[key]

    def _titles_of(self, key: str) -> list[str]:
        if key not in self._titles:
            column = self.columns.get(key)
            values = self.values(key)
            # texts that differ only in capitals are one group
            is_text = column is not None and column.type in _TEXTS and column.order is None
            alike = self._ranks_of(key) if is_text else values
            different = dict(zip(alike, values, strict=True))
            known = {each: group_title(column, value) for each, value in different.items()} if column else {}
            self._titles[key] = [known.get(each, "") for each in alike]
        return self._titles[key]


def _haystack(account: Account) -> str:
    return f"{account.name}\n{account.address.one_line}\n{account.owner}\n{account.crm_id}".casefold()


def _fold(value: Any) -> Any:
    if isinstance(value, str):
        return value.casefold()
    return tuple(each.casefold() for each in value) if isinstance(value, tuple) else value


def group_title(column: Column, value: Any) -> str:  # noqa: PLR0911 - one return a type
    """What the rows with this value are called together."""
    if value is None:
        return f"No {column.title[0].lower()}{column.title[1:]}" if column.title[1:].islower() else f"{column.title}: none"
    if column.key == "name":
        return str(value)[0].upper()
    match column.type:
        case ColumnType.YES_NO:
            return f"{column.title}: {'yes' if value else 'no'}"
        case ColumnType.DAY:
            return month(value)
        case ColumnType.MONEY:
            return f"{column.title}: {_digits(value // 100, lambda dollars: money(100 * dollars))}"
        case ColumnType.NUMBER:
            return _due_title(value) if column.key == "due" else f"{column.title}: {_digits(int(value), number)}"
    return value_words(column, value)


def _digits(amount: int, write: Callable[[int], str]) -> str:
    """The span of figures with as many digits: "$100 to $999"."""
    if amount < 0:
        return f"below {number(0)}"
    if amount < 10:
        return f"below {write(10)}"
    low = 10 ** (len(str(amount)) - 1)
    return f"{write(low)} to {write(low * 10 - 1)}"


def _due_title(days: int) -> str:
    for most, title in ((-30, "Overdue 30 days and more"), (-1, "Overdue"), (0, "Due today"), (7, "Due in 7 days"), (30, "Due in 30 days")):
        if days <= most:
            return title
    return "Due later"


def test_of(condition: Condition, kind: ColumnType, today: date) -> Callable[[Any], bool]:
    """What says whether a condition holds for a value; one that cannot be read holds for none."""
    try:
        holds = _filled_test(condition, kind, today)
    except (ValueError, OverflowError, KeyError):  # a KeyError: a comparison that such values do not have
        return lambda _value: False
    if condition.comparison in _NOTHING:
        return lambda value: value is None or holds(value)
    return lambda value: value is not None and holds(value)


def check(condition: Condition, kind: ColumnType, today: date) -> None:
    """Raise ValueError when the value of a condition cannot be read."""
    _filled_test(condition, kind, today)


def _filled_test(condition: Condition, kind: ColumnType, today: date) -> Callable[[Any], bool]:  # noqa: PLR0911 - one a comparison
    """The test for a value that is there."""
    match condition.comparison:
        case Comparison.EMPTY:
            return lambda _value: False
        case Comparison.NOT_EMPTY:
            return lambda _value: True
        case Comparison.YES:
            return bool
        case Comparison.NO:
            return lambda value: not value
    if kind in _TEXTS:
        return _text_test(condition)
    if kind is ColumnType.DAY:
        return _day_test(condition, today)
    return _amount_test(condition.comparison, amount_of(condition.value, kind))


def _text_test(condition: Condition) -> Callable[[Any], bool]:
    wanted = tuple(part.strip().casefold() for part in condition.value.split(";") if part.strip())
    if not wanted:
        raise ValueError(condition.value)
    whole = condition.comparison in {Comparison.IS, Comparison.IS_NOT}
    expected = condition.comparison in {Comparison.IS, Comparison.CONTAINS}

    def fits(text: str) -> bool:
        folded = text.casefold()
        return folded in wanted if whole else any(each in folded for each in wanted)

    return lambda value: (fits(value) if isinstance(value, str) else any(map(fits, value))) is expected


def _day_test(condition: Condition, today: date) -> Callable[[Any], bool]:
    comparison = condition.comparison
    if comparison in {Comparison.IN_NEXT, Comparison.IN_LAST, Comparison.LONGER_AGO}:
        span = timedelta(days=int(amount_of(condition.value, ColumnType.NUMBER)))
        first, last = {
            Comparison.IN_NEXT: (today, today + span),
            Comparison.IN_LAST: (today - span, today),
            Comparison.LONGER_AGO: (date.min, today - span - timedelta(days=1)),
        }[comparison]
        return lambda value: first <= value <= last
    day = date.fromisoformat(condition.value.strip())
    return {
        Comparison.BEFORE: lambda value: value < day,
        Comparison.AFTER: lambda value: value > day,
        Comparison.IS: lambda value: value == day,
        Comparison.IS_NOT: lambda value: value != day,
    }[comparison]


def _amount_test(comparison: Comparison, amount: float) -> Callable[[Any], bool]:
    return {
        Comparison.MORE: lambda value: value > amount,
        Comparison.LESS: lambda value: value < amount,
        Comparison.AT_LEAST: lambda value: value >= amount,
        Comparison.AT_MOST: lambda value: value <= amount,
        Comparison.IS: lambda value: value == amount,
        Comparison.IS_NOT: lambda value: value != amount,
    }[comparison]


def amount_of(text: str, kind: ColumnType) -> float:
    """A number as all readers know it, "$1,500" in cents; ValueError for anything else."""
    amount = float(text.strip().replace("$", "").replace(",", ""))
    if not -1e15 < amount < 1e15:
        raise ValueError(text)
    return round(amount * 100) if kind is ColumnType.MONEY else amount
