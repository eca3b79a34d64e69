"""How the accounts are looked at: which columns, which of them, in what order and in which groups; kept under a name as a view."""

from enum import StrEnum

from planner.values import Struct


class ColumnType(StrEnum):
    """What the values of a column are, which decides how they are compared and written."""

    TEXT = "text"
    WORDS = "words"  # several texts, such as tags
    NUMBER = "number"
    MONEY = "money"  # integer cents
    DAY = "day"
    YES_NO = "yes or no"


class Comparison(StrEnum):
    """How a condition compares the value of a column with its own, in words that read well between the two."""

    IS = "is"
    IS_NOT = "is not"
    CONTAINS = "contains"
    CONTAINS_NOT = "does not contain"
    MORE = "is more than"
    LESS = "is less than"
    AT_LEAST = "is at least"
    AT_MOST = "is at most"
    BEFORE = "is before"
    AFTER = "is after"
    IN_NEXT = "is in the next days"
    IN_LAST = "is in the last days"
    LONGER_AGO = "is longer ago than days"
    YES = "is yes"
    NO = "is no"
    EMPTY = "is empty"
    NOT_EMPTY = "is not empty"


BARE = frozenset({Comparison.YES, Comparison.NO, Comparison.EMPTY, Comparison.NOT_EMPTY})
"""Comparisons that need no value."""
OF_DAYS = frozenset({Comparison.IN_NEXT, Comparison.IN_LAST, Comparison.LONGER_AGO})
"""Comparisons whose value is a number of days."""
_EMPTINESS = (Comparison.EMPTY, Comparison.NOT_EMPTY)
_WORDS = (Comparison.IS, Comparison.IS_NOT, Comparison.CONTAINS, Comparison.CONTAINS_NOT, *_EMPTINESS)
_AMOUNTS = (
    *(Comparison.MORE, Comparison.LESS, Comparison.AT_LEAST, Comparison.AT_MOST),
    *(Comparison.IS, Comparison.IS_NOT, *_EMPTINESS),
)
COMPARISONS: dict[ColumnType, tuple[Comparison, ...]] = {
    ColumnType.TEXT: _WORDS,
    ColumnType.WORDS: _WORDS,
    ColumnType.NUMBER: _AMOUNTS,
    ColumnType.MONEY: _AMOUNTS,
    ColumnType.DAY: (
        *(Comparison.BEFORE, Comparison.AFTER, Comparison.IN_NEXT, Comparison.IN_LAST, Comparison.LONGER_AGO),
        *(Comparison.IS, Comparison.IS_NOT, *_EMPTINESS),
    ),
    ColumnType.YES_NO: (Comparison.YES, Comparison.NO),
}
"""What the values of each type can be compared by, the usual one first."""


class Condition(Struct, frozen=True):
    """One part of a filter: a column by its key, the comparison, and the value as a person writes it.

    Texts can name several values with a semicolon between them; a day is written in ISO form, money in dollars.
    """

    column: str
    comparison: Comparison
    value: str = ""


class AccountView(Struct, frozen=True):
    """A way to look at the accounts: the conditions that all have to hold, the columns from left to right, the order, and the groups.

    Columns are named by their keys; no `columns` leaves those that are shown, no `group` makes no groups.
    """

    name: str
    conditions: tuple[Condition, ...] = ()
    columns: tuple[str, ...] = ()
    sort: str = "name"
    descending: bool = False
    group: str = ""
