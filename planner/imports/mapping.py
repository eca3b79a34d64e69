"""How a table is read: what its rows are and which column holds which field: guessed by headers, changed by hand, kept as a preset."""

from collections.abc import Mapping, Sequence
from typing import Any

from planner.errors import BadInputFile
from planner.imports.columns import ACCOUNT, ACTIVITY, BILLING, CONTACT, OPPORTUNITY, REP, Names, find_columns, plain
from planner.model.imports import FieldChoice, RecordKind, Source, TableMapping, Take
from planner.values import replace

_NAMES: Mapping[RecordKind, Names] = {
    RecordKind.ACCOUNTS: ACCOUNT,
    RecordKind.CONTACTS: CONTACT,
    RecordKind.OPPORTUNITIES: OPPORTUNITY,
    RecordKind.SERVICES: BILLING,
    RecordKind.ACTIVITIES: ACTIVITY,
    RecordKind.REPS: REP,
}

# What a kind cannot do without: of each group one column. The order matters: an opportunity report may show its account's address as well.
_NEEDED: tuple[tuple[RecordKind, tuple[tuple[str, ...], ...]], ...] = (
    (RecordKind.SERVICES, (("account_number",), ("street",), ("mrr",))),
    (RecordKind.OPPORTUNITIES, (("account_id", "account_name"), ("name",), ("stage",), ("amount",))),
    (RecordKind.ACTIVITIES, (("account_id", "contact_id", "account_name"), ("day", "starts"), ("type", "subject"))),
    (RecordKind.CONTACTS, (("account_id", "account_name"), ("last_name",), ("email", "phone", "mobile", "title"))),
    (RecordKind.REPS, (("name",), ("role",), ("quota",))),
    (RecordKind.ACCOUNTS, (("name",), ("street",), ("city",))),
)

_NEVER_KEPT = frozenset({"billingaddress", "shippingaddress"})
"""Columns that only repeat others: Salesforce's compound addresses."""

_LABELS = {
    "id": "Record ID", "number": "Billing account number", "name": "Name", "owner": "Owner", "type": "Type", "street": "Street",
    "postcode": "ZIP", "shipping_street": "Shipping street", "shipping_city": "Shipping city", "shipping_state": "Shipping state",
    "shipping_postcode": "Shipping ZIP", "revenue": "Annual revenue", "last_activity": "Last activity", "hours": "Opening hours",
    "account_id": "Account ID", "account_name": "Account name", "contact_id": "Contact ID", "account_number": "Billing account number",
    "mrr": "Monthly charge", "term_end": "Term ends", "no_email": "No e-mail", "no_call": "Do not call", "day": "Date", "starts": "Starts",
    "ends": "Ends", "quota": "Monthly quota", "closed": "Is closed", "mobile": "Mobile phone", "email": "E-mail",
}  # fmt: skip


def choices(kind: RecordKind) -> list[FieldChoice]:
    """The fields that columns of this kind of table can be mapped to."""
    needed = {name for group in dict(_NEEDED).get(kind, ()) if len(group) == 1 for name in group}
    return [FieldChoice(name, label_of(name), name in needed) for name in _NAMES.get(kind, {})]


def label_of(field: str) -> str:
    """What a field is called for people."""
    return _LABELS.get(field) or field.replace("_", " ").capitalize()


def guess_mapping(
    headers: Sequence[str], kind: RecordKind | None = None, presets: Mapping[str, Mapping[str, Any]] | None = None
) -> TableMapping | None:
    """How a table with these headers is probably read; None when it is none of the kinds.

    A preset made for the same headers is taken before anything is guessed. A kind that is given is taken even when columns are missing.
    """
    for name, document in (presets or {}).items():
        if {plain(header) for header in document["headers"]} == {plain(header) for header in headers}:
            mapping = replace(from_document(document), preset=name)
            if kind in (None, mapping.kind):
                return mapping
    kind = kind or next((each for each, _ in _NEEDED if not _missing(headers, each)), None)
    if kind is None:
        return None
    columns = {name: headers[index] for name, index in find_columns(headers, _NAMES[kind]).items()}
    source = Source.BILLING if kind is RecordKind.SERVICES else Source.CRM
    return TableMapping(kind, columns, _custom(headers, columns) if kind is RecordKind.ACCOUNTS else (), source=source)


def _custom(headers: Sequence[str], columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns that no field takes: nothing of a book of accounts is lost, so they are kept as custom fields."""
    taken = {plain(header) for header in columns.values()} | _NEVER_KEPT | {""}
    return tuple(dict.fromkeys(header for header in headers if plain(header) not in taken))


def _missing(headers: Sequence[str], kind: RecordKind) -> list[tuple[str, ...]]:
    """The groups of needed columns of which the table has none."""
    found = find_columns(headers, _NAMES[kind])
    return [group for group in dict(_NEEDED)[kind] if not any(name in found for name in group)]


def need_mapping(file: str, headers: Sequence[str], presets: Mapping[str, Mapping[str, Any]] | None = None) -> TableMapping:
    """How a table is read; raises BadInputFile when it is none of the kinds, and names the columns that are missing."""
    mapping = guess_mapping(headers, presets=presets)
    if mapping is not None:
        return mapping
    missing = {kind: _missing(headers, kind) for kind, _ in _NEEDED}
    count = {kind: len(groups) for kind, groups in _NEEDED}
    closest = min(missing, key=lambda kind: (len(missing[kind]) / count[kind], kind is not RecordKind.ACCOUNTS))
    if len(missing[closest]) == count[closest]:
        shown = ", ".join(header for header in headers[:8] if header)
        wanted = ", ".join(_header_of(RecordKind.ACCOUNTS, group) for group in missing[RecordKind.ACCOUNTS])
        raise BadInputFile(
            f"{file} is none of the files that can be imported.",
            f"Its columns are {shown}.",
            f"A file of accounts needs at least the columns {wanted}.",
        )
    raise BadInputFile(
        f"{file} looks like {closest.value}, but some columns are missing: "
        + ", ".join(_header_of(closest, group) for group in missing[closest])
        + ".",
        remedy="Add them to the report and export it again, or say by hand which columns they are.",
    )


def _header_of(kind: RecordKind, group: Sequence[str]) -> str:
    return " or ".join(_NAMES[kind][name][0] for name in group)


def check_mapping(mapping: TableMapping) -> list[str]:
    """What a mapping lacks, in plain sentences; empty when the table can be read by it."""
    return [
        f"Say which column is {' or '.join(label_of(name) for name in group)}."
        for group in dict(_NEEDED).get(mapping.kind, ())
        if not any(mapping.columns.get(name) for name in group)
    ]


def to_document(mapping: TableMapping, headers: Sequence[str]) -> dict[str, Any]:
    """A mapping as it is kept, with the headers it is for."""
    return {
        "kind": mapping.kind.value,
        "columns": dict(mapping.columns),
        "custom": list(mapping.custom),
        "takes": {name: take.value for name, take in mapping.takes.items()},
        "source": mapping.source.value,
        "headers": list(headers),
    }


def from_document(document: Mapping[str, Any]) -> TableMapping:
    """A mapping as it was kept; raises ValueError or KeyError when it is damaged."""
    return TableMapping(
        RecordKind(document["kind"]),
        dict(document["columns"]),
        tuple(document["custom"]),
        {name: Take(take) for name, take in document["takes"].items()},
        Source(document["source"]),
    )
