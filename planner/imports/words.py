"""Values of records in words, for previews and histories."""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from planner.model.places import PostalAddress

_LABELS = {
    "annual_revenue_cents": "Annual revenue",
    "amount_cents": "Amount",
    "mrr_cents": "Monthly charge",
    "quota_cents": "Monthly quota",
    "account_crm_id": "Account",
    "account_id": "Account",
    "crm_id": "Record ID",
    "hours": "Opening hours",
    "term_end": "Term ends",
    "no_email": "No e-mail",
    "no_call": "Do not call",
}


def field_label(name: str) -> str:
    """What a field of a record is called for people."""
    return _LABELS.get(name) or name.replace("_", " ").capitalize()


def value_text(name: str, value: Any) -> str:  # noqa: PLR0911 - one return a type
    """A value of a field in words; money in dollars, dates in ISO form, empty for nothing."""
    if value is None:
        return ""
    if name.endswith("_cents"):
        return f"${value / 100:,.2f}"
    if name == "probability":
        return f"{value:.0%}"
    if isinstance(value, PostalAddress):
        return value.one_line
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return str(value)


def field_changes(before: Any, after: Any, changed: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """Each changed field with its label, and its value before and after in words; custom fields one by one."""
    lines = []
    for name in sorted(changed):
        if name == "custom":
            old, new = dict(before.custom), dict(after.custom)
            lines += [(key, old.get(key, ""), new[key]) for key in new if new[key] != old.get(key)]
        else:
            lines.append((field_label(name), value_text(name, getattr(before, name)), value_text(name, getattr(after, name))))
    return tuple(lines)
