"""The views of the accounts that she has saved, as rows."""

import json
from typing import Any

from sqlite_utils import Database

from planner.model.account_views import AccountView, Comparison, Condition


def all_views(db: Database, *, sample: bool) -> list[AccountView]:
    """Every view of this territory, by name; one that a newer Roadbook wrote in other words is left out."""
    rows = db.table("account_views").rows_where("sample = ?", [int(sample)], order_by="name COLLATE NOCASE")
    return [view for row in rows if (view := _view(row["name"], row["document"])) is not None]


def save_view(db: Database, view: AccountView, *, sample: bool) -> None:
    """Keep a view under its name, in place of the one that has it."""
    row = {"name": view.name, "document": json.dumps(_document(view), ensure_ascii=False), "sample": int(sample)}
    db.table("account_views").upsert(row, pk=("name", "sample"))


def delete_view(db: Database, name: str, *, sample: bool) -> None:
    """Forget a view."""
    db.table("account_views").delete_where("name = ? AND sample = ?", [name, int(sample)])


def _document(view: AccountView) -> dict[str, Any]:
    return {
        "conditions": [[each.column, each.comparison.value, each.value] for each in view.conditions],
        "columns": list(view.columns),
        "sort": view.sort,
        "descending": view.descending,
        "group": view.group,
    }


def _view(name: str, text: str) -> AccountView | None:
    try:
        kept = json.loads(text)
        conditions = tuple(Condition(column, Comparison(comparison), value) for column, comparison, value in kept["conditions"])
        return AccountView(name, conditions, tuple(kept["columns"]), kept["sort"], kept["descending"], kept["group"])
    except (ValueError, KeyError, TypeError):
        return None
