"""How the user wants a table of a file to be read, as values: what each column is, and what is still missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache

from planner.model.imports import FieldChoice, RecordKind, Source, TableMapping, TableSample, Take
from planner.usecases.presets import fields_of, lacking, read_as
from planner.values import Struct, field, replace

LEAVE_OUT, CUSTOM = "", "custom"
"""What a column can be beside the key of a field."""

_ADDRESS = ("street", "city", "state", "postcode")
_KEYS = frozenset({"id", "number", "account_number", "account_id", "account_name", "contact_id"})
_WITH_ADDRESS = frozenset({"shipping_street", "shipping_city", "shipping_state", "shipping_postcode"})


class TableChoice(Struct, frozen=True):
    """A table, what its rows are (None to leave it out), and of each column the field, CUSTOM or LEAVE_OUT.

    `takes` say what the values of a field do to those that are there, as in `TableMapping`.
    """

    sample: TableSample
    kind: RecordKind | None
    fields: tuple[str, ...]
    takes: Mapping[str, Take] = field(default_factory=dict)
    source: Source = Source.CRM
    preset: str = ""


def as_guessed(sample: TableSample) -> TableChoice:
    """A table as it would be read without a word from the user; left out when it is none of the kinds."""
    return by_mapping(sample, sample.mapping)


def by_mapping(sample: TableSample, mapping: TableMapping | None, preset: str = "") -> TableChoice:
    """A table read by a mapping, maybe one that is kept as a preset; columns of it that the table has not are passed over."""
    if mapping is None:
        return TableChoice(sample, None, (LEAVE_OUT,) * len(sample.headers))
    at = {header: name for name, header in mapping.columns.items()} | dict.fromkeys(mapping.custom, CUSTOM)
    again = repeated(sample.headers)
    fields = tuple(LEAVE_OUT if column in again else at.get(header, LEAVE_OUT) for column, header in enumerate(sample.headers))
    return TableChoice(sample, mapping.kind, fields, dict(mapping.takes), mapping.source, preset or mapping.preset)


def with_kind(choice: TableChoice, kind: RecordKind | None) -> TableChoice:
    """The same table with rows of another kind, its columns guessed anew."""
    if kind is choice.kind:
        return choice
    return by_mapping(choice.sample, None if kind is None else read_as(choice.sample, kind))


def with_field(choice: TableChoice, column: int, name: str) -> TableChoice:
    """The same table with another field in a column."""
    return replace(choice, fields=(*choice.fields[:column], name, *choice.fields[column + 1 :]), preset="")


def with_take(choice: TableChoice, column: int, take: Take) -> TableChoice:
    """The same table whose column does something else to what is there; the parts of an address do the same, and so do custom fields."""
    name = choice.fields[column]
    names = _ADDRESS if name in _ADDRESS else (name,)
    return replace(choice, takes={**choice.takes, **dict.fromkeys(names, take)}, preset="")


def with_source(choice: TableChoice, source: Source) -> TableChoice:
    """The same table as the word of another source."""
    return replace(choice, source=source, preset="")


def take_of(choice: TableChoice, column: int) -> Take | None:
    """What the values of a column do to those that are there; None where that is no question: ids, and columns left out."""
    name = choice.fields[column]
    if name in {LEAVE_OUT, *_WITH_ADDRESS} or name in _KEYS:
        return None
    return choice.takes.get(name, Take.UPDATE)


def mapping_of(choice: TableChoice) -> TableMapping | None:
    """How the table is to be read; of two columns with the same field the first counts."""
    if choice.kind is None:
        return None
    pairs = list(zip(choice.sample.headers, choice.fields, strict=True))
    columns = {name: header for header, name in reversed(pairs) if name not in {LEAVE_OUT, CUSTOM}}
    custom = tuple(header for header, name in pairs if name == CUSTOM)
    takes = {
        name: take for name, take in choice.takes.items() if (name in columns or (name == CUSTOM and custom)) and take is not Take.UPDATE
    }
    return TableMapping(choice.kind, columns, custom, takes, choice.source, choice.preset)


def troubles(choice: TableChoice) -> list[str]:
    """What keeps the table from being read, in plain sentences; none for a table that is left out."""
    mapping = mapping_of(choice)
    if mapping is None:
        return []
    return [*_taken_twice(choice), *lacking(mapping)]


def twice(choice: TableChoice) -> frozenset[str]:
    """The fields that more than one column has."""
    return frozenset(name for name, times in Counter(choice.fields).items() if times > 1) - {LEAVE_OUT, CUSTOM}


def _taken_twice(choice: TableChoice) -> list[str]:
    labels = field_labels(choice.kind)
    lines = []
    for name in sorted(twice(choice)):
        headers = [f"“{header}”" for header, each in zip(choice.sample.headers, choice.fields, strict=True) if each == name]
        lines.append(f"{labels[name]} is taken by {' and '.join(headers)}: keep one of them.")
    return lines


def repeated(headers: Sequence[str]) -> frozenset[int]:
    """The columns whose heading an earlier one has already; only the first of these is read."""
    first = {header: column for column, header in reversed(list(enumerate(headers)))}
    return frozenset(column for column, header in enumerate(headers) if first[header] != column)


@cache
def field_choices(kind: RecordKind | None) -> tuple[FieldChoice, ...]:
    """What a column of a table of this kind can be, in the order of the list: nothing, a custom field, its fields."""
    nothing = FieldChoice(LEAVE_OUT, "Leave out")
    if kind is None:
        return (nothing,)
    custom = [FieldChoice(CUSTOM, "Custom field")] if kind is RecordKind.ACCOUNTS else []
    return (nothing, *custom, *fields_of(kind))


@cache
def field_labels(kind: RecordKind | None) -> Mapping[str, str]:
    """What the fields of a kind are called, by their keys."""
    return {choice.key: choice.label for choice in field_choices(kind)}
