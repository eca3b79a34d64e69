"""Changes of rows in words, for the history of an account."""

from collections.abc import Mapping
from typing import Any

from planner.imports.words import field_label, value_text
from planner.model.journal import FieldChange
from planner.store.journal import RowChange

_THINGS = {
    "accounts": "Account",
    "contacts": "Contact",
    "opportunities": "Deal",
    "services": "Service",
    "locations": "Location",
    "activities": "Activity",
    "visits": "Visit",
    "wishes": "Your wishes",
    "source_ids": "Record ID",
    "plan_stops": "Planned visit",
    "distinct_accounts": "Not the same as another account",
}
_NAMES = ("name", "last_name", "product", "label", "subject", "kind", "ref", "day")
_PLACE = frozenset({"lat", "lon", "match_quality", "match_source", "match_score", "match_note", "match_doubtful"})
_UNTOLD = frozenset({"id", "origins", "account_id", "account_crm_id", "sample"}) | _PLACE


def change_lines(change: RowChange, after: Mapping[str, Any]) -> list[FieldChange]:
    """A change of a row as lines: one for a row that came or went, one for each field that changed otherwise."""
    entry = change.entry
    thing = _THINGS.get(change.table, change.table.capitalize())
    if change.operation != "update":
        added = change.operation == "insert"
        name = _name(after if added else change.before)
        what = f"{thing} {'added' if added else 'removed'}"
        return [FieldChange(entry.at, entry.who, entry.label, what, "" if added else name, name if added else "")]
    before = change.before
    changed = [name for name in before if name not in _UNTOLD and before[name] != after.get(name)]
    prefix = "" if change.table == "accounts" else f"{thing} {_name(after)}: "
    lines = [
        FieldChange(
            entry.at, entry.who, entry.label, prefix + field_label(name), value_text(name, before[name]), value_text(name, after.get(name))
        )
        for name in changed
    ]
    if any(name in before and before[name] != after.get(name) for name in _PLACE):
        lines.append(FieldChange(entry.at, entry.who, entry.label, f"{prefix}Place", _place(before), _place(after)))
    return lines


def _name(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in _NAMES if row.get(name)), "")


def _place(row: Mapping[str, Any]) -> str:
    if row.get("lat") is None:
        return "none"
    return f"{row['lat']:.6f}, {row['lon']:.6f} ({row['match_quality']}{', doubtful' if row['match_doubtful'] else ''})"
