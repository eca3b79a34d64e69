"""A record of a file put over the one that is kept, field by field."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from planner.model.imports import Origins, RecordRead, Source, TableMapping, Take
from planner.values import fields, replace

_RANK = {Source.TYPED: 3, Source.CRM: 2, Source.BILLING: 1, Source.GUESSED: 0}
"""Whose word counts more: what she typed herself, then the CRM, then billing."""


def takes_by_attribute(mapping: TableMapping, attributes: Mapping[str, str]) -> dict[str, Take]:
    """What the values of each attribute do to those that are there, by the fields of the mapping."""
    return {attributes.get(name, name): take for name, take in mapping.takes.items()}


def merged[T](
    kept: T,
    read: RecordRead,
    takes: Mapping[str, Take],
    source: Source = Source.CRM,
    origins: Origins | None = None,
    *,
    alias: bool = False,
) -> tuple[T, dict[str, Any]]:
    """The kept record with what the read one changes, and the changed attributes with their new values.

    A row of an account that was merged into this one (`alias`) only fills what is empty. `origins` say where the kept values came from.
    """
    changed: dict[str, Any] = {}
    for name in read.given | (read.blank if Take.ALWAYS in takes.values() else frozenset()):
        before, now = getattr(kept, name), _value(read, name)
        take = Take.FILL if alias else takes.get(name, Take.UPDATE)
        if name == "custom" and take is not Take.NEVER:
            # of custom fields each is a field of its own
            now = tuple((dict(before) | dict(now) if take is not Take.FILL else dict(now) | dict(before)).items())
            take = Take.ALWAYS
        if name in read.blank and take is not Take.ALWAYS:
            continue
        if name == "last_activity" and before is not None and now is not None:
            # of several accounts' rows, or an older file's, the newest contact counts
            if now > before:
                changed[name] = now
            continue
        if before != now and _is_taken(take, before, source, (origins or {}).get(name)):
            changed[name] = now
    return (replace(kept, **changed), changed) if changed else (kept, {})  # type: ignore[type-var]  # every record is a dataclass


def _value(read: RecordRead, name: str) -> Any:
    if name not in read.blank:
        return getattr(read.record, name)
    (default,) = (field for field in fields(read.record) if field.name == name)
    return default.default if not callable(default.default_factory) else default.default_factory()


def _is_taken(take: Take, before: Any, source: Source, origin: tuple[Source, date] | None) -> bool:
    if take is Take.ALWAYS:
        return True
    if take is Take.NEVER:
        return False
    if before in (None, "", (), 0, False) or getattr(before, "one_line", None) == "":
        return origin is None or origin[0] is not Source.TYPED  # she may have emptied it herself
    return take is Take.UPDATE and (origin is None or _RANK[source] >= _RANK[origin[0]])
