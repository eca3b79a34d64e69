"""Changes of rows in words, for the history of an account."""

import json
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
    "trip_stops": "Stop of a trip",
    "drives": "Drive",
    "distinct_accounts": "Not the same as another account",
}
_NAMES = ("name", "last_name", "product", "label", "subject", "ref", "day")
_PLACE = frozenset({"lat", "lon", "match_quality", "match_source", "match_score", "match_note", "match_doubtful"})
_UNTOLD = frozenset({"id", "origins", "account_id", "account_crm_id", "sample", "alias"}) | _PLACE
_FLAGS = frozenset({"do_not_visit", "do_not_call", "no_email", "no_call", "closed", "must", "next_done"})
_OWNERS = ("account_id", "account_crm_id")
"""The columns that say which account a row is of."""


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
    lines = [] if not _moved(before, after) else [FieldChange(entry.at, entry.who, entry.label, f"{thing} came along", after=_name(after))]
    lines += [
        FieldChange(entry.at, entry.who, entry.label, prefix + field_label(name), _value(name, before[name]), _value(name, after.get(name)))
        for name in changed
    ]
    if any(name in before and before[name] != after.get(name) for name in _PLACE):
        lines.append(FieldChange(entry.at, entry.who, entry.label, f"{prefix}Place", _place(before), _place(after)))
    return lines


def _moved(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether a row was another account's before."""
    return any(name in before and name in after and before[name] != after[name] for name in _OWNERS)


def _value(name: str, value: Any) -> str:
    """A value of a column in words; flags are kept as 0 and 1, and custom fields as JSON."""
    if name == "custom" and value:
        return "; ".join(f"{key}: {each}" for key, each in json.loads(value).items())
    return value_text(name, bool(value) if name in _FLAGS and value is not None else value)


def _name(row: Mapping[str, Any]) -> str:
    return next((str(row[name]) for name in _NAMES if row.get(name)), "")


def _place(row: Mapping[str, Any]) -> str:
    if row.get("lat") is None:
        return "none"
    return f"{row['lat']:.6f}, {row['lon']:.6f} ({row['match_quality']}{', doubtful' if row['match_doubtful'] else ''})"
