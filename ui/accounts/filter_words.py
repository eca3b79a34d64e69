"""Conditions of a filter in words."""

from datetime import date

from planner.model.account_views import BARE, ColumnType, Comparison, Condition
from ui.accounts.arrange import amount_of
from ui.accounts.columns import Column
from ui.words import full_day, money, number

CHOICES: dict[Comparison, str] = {
    **{each: each.value for each in Comparison},
    Comparison.IN_NEXT: "is in the next … days",
    Comparison.IN_LAST: "is in the last … days",
    Comparison.LONGER_AGO: "is more than … days ago",
}
"""How the comparisons are called where one is chosen."""


def condition_words(column: Column | None, condition: Condition) -> str:  # noqa: PLR0911 - one return a comparison
    """A condition as a short sentence: "Owner is Rep A", "Contract end in the next 90 days"."""
    title, value = column.title if column else condition.column, condition.value
    match condition.comparison:
        case Comparison.YES:
            return title
        case Comparison.NO:
            return f"{title}: no"
        case Comparison.IN_NEXT:
            return f"{title} in the next {value} days"
        case Comparison.IN_LAST:
            return f"{title} in the last {value} days"
        case Comparison.LONGER_AGO:
            return f"{title} more than {value} days ago"
        case comparison if comparison in BARE:
            return f"{title} {comparison.value}"
    return f"{title} {condition.comparison.value} {_value(column, value)}"


def _value(column: Column | None, value: str) -> str:
    if column is not None and column.type is ColumnType.DAY:
        try:
            return full_day(date.fromisoformat(value))
        except ValueError:
            return value
    if column is not None and column.type in {ColumnType.MONEY, ColumnType.NUMBER}:
        return amount_words(value, column.type)
    return " or ".join(part.strip() for part in value.split(";"))


def amount_words(value: str, kind: ColumnType) -> str:
    """The amount that something is compared with: "$1,500", "30"; as it is when it is none."""
    try:
        amount = amount_of(value, kind)
    except ValueError:
        return value
    if kind is ColumnType.MONEY:
        return money(round(amount), 2 if amount % 100 else 0)
    return number(amount, len(value.strip().partition(".")[2]))


def shortened(text: str, most: int = 48) -> str:
    """A text cut to what a chip can show."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
