"""Accounts from a CRM export: Salesforce reports and Data Loader files, and lists of any other kind."""

from collections.abc import Sequence

from planner.imports.billing_number import billing_number
from planner.imports.columns import ACCOUNT, RowReader, find_columns, read_rows, unguarded
from planner.imports.record_id import last_wins, record_id
from planner.imports.text_table import TextTable
from planner.imports.values import calendar_day, money_cents, several, whole_number, yes_no
from planner.model.accounts import Account, AccountKind, ImportProblem, Tier
from planner.model.imports import RecordKind, RecordRead, TableMapping
from planner.model.places import PostalAddress
from planner.progress import Report, silent

ATTRIBUTES = {
    "name": "name",
    "type": "kind",
    "street": "address",
    "city": "address",
    "state": "address",
    "postcode": "address",
    "shipping_street": "address",
    "owner": "owner",
    "industry": "industry",
    "phone": "phone",
    "employees": "employees",
    "revenue": "annual_revenue_cents",
    "rating": "rating",
    "tier": "tier",
    "hours": "hours",
    "last_activity": "last_activity",
    "website": "website",
    "tags": "tags",
    "notes": "notes",
    "do_not_visit": "do_not_visit",
    "do_not_call": "do_not_call",
}
"""Which attribute of an account each column is read into."""


def read_accounts(
    table: TextTable, mapping: TableMapping | None = None, report: Report = silent
) -> tuple[list[RecordRead], list[ImportProblem]]:
    """Read every account of a table, and what is wrong with it, the table's own problems first.

    A row without a name is left out. A row without an id gets one made of its name and address, the same in every import.
    Of rows with the same id the last one counts.
    """
    mapping = mapping or _by_headers(table.headers)
    custom = [(header, table.headers.index(header)) for header in mapping.custom if header in table.headers]
    problems = list(table.problems)
    accounts: dict[str, RecordRead] = {}
    for row, (_line, cells) in zip(read_rows(table, mapping.columns, problems, report), table.rows, strict=True):
        extra = tuple((header, value) for header, at in custom if (value := unguarded(cells[at]).strip()))
        read = _account(row, extra)
        if read is not None:
            account = read.record
            last_wins(accounts, account.crm_id, read, row, f"The account “{account.name}” ({account.crm_id})")
    return list(accounts.values()), problems


def _by_headers(headers: Sequence[str]) -> TableMapping:
    return TableMapping(RecordKind.ACCOUNTS, {name: headers[at] for name, at in find_columns(headers, ACCOUNT).items()})


def _account(row: RowReader, custom: tuple[tuple[str, str], ...]) -> RecordRead | None:
    name = row.text("name")
    address, other = _addresses(row)
    if not name:
        row.tell(f"The account has no name; it was left out ({row.text('id') or address.one_line or 'no id'}).")
        return None
    account = Account(
        id=0,
        crm_id=record_id(row, "id", "account", name, address.street, address.city, address.postcode),
        name=name,
        kind=_kind(row.text("type")),
        address=address,
        owner=row.text("owner"),
        industry=row.text("industry"),
        phone=row.text("phone"),
        employees=row.value("employees", whole_number, "Employees"),
        annual_revenue_cents=row.value("revenue", money_cents, "Annual Revenue"),
        rating=row.text("rating"),
        tier=row.value("tier", _tier, "Tier") or Tier.C,
        hours=row.text("hours"),
        last_activity=row.value("last_activity", calendar_day, "Last Activity"),
        website=row.text("website"),
        tags=several(row.raw("tags")),
        notes=row.raw("notes").strip(),
        custom=custom,
        do_not_visit=row.value("do_not_visit", yes_no, "Do not visit") or False,
        do_not_call=row.value("do_not_call", yes_no, "Do not call") or False,
    )
    number = row.value("number", billing_number, "Billing account number") or ""
    given, blank = row.given(ATTRIBUTES)
    return RecordRead(row.file, row.line, account, given | {"custom"} if custom else given, blank, number=number, other_address=other)


def _kind(crm_type: str) -> AccountKind:
    """Salesforce's customer types ("Customer - Direct", "Customer - Channel") and plain "Client" buy from us already."""
    return AccountKind.CLIENT if crm_type.casefold().startswith(("customer", "client")) else AccountKind.PROSPECT


def _tier(text: str) -> Tier | None:
    letter = text.strip().upper().removeprefix("TIER").strip()
    return Tier(letter) if letter else None


def _addresses(row: RowReader) -> tuple[PostalAddress, PostalAddress | None]:
    """The billing address and the shipping address where that is another one; only one of them where only one has a street."""
    billing, shipping = _address(row, ""), _address(row, "shipping_")
    if not shipping.street:
        return billing, None
    if not billing.street:
        return shipping, None
    return billing, shipping if shipping.street.casefold() != billing.street.casefold() else None


def _address(row: RowReader, prefix: str) -> PostalAddress:
    street = ", ".join(part.strip(" ,") for part in row.raw(f"{prefix}street").splitlines() if part.strip(" ,"))
    return PostalAddress(
        street=" ".join(street.split()),
        city=row.text(f"{prefix}city"),
        state=row.text(f"{prefix}state"),
        postcode=postcode(row.text(f"{prefix}postcode")),
    )


def postcode(text: str) -> str:
    """A ZIP that lost its leading zero in a spreadsheet, or a ZIP+4 its hyphen, gets it back."""
    if not text.isdecimal() or len(text) not in {3, 4, 7, 8, 9}:
        return text
    return text.zfill(5) if len(text) < 5 else f"{text.zfill(9)[:5]}-{text.zfill(9)[5:]}"
