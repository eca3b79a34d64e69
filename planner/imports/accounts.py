"""Accounts from a CRM export: Salesforce reports and Data Loader files."""

from planner.imports.columns import ACCOUNT, RowReader, read_rows
from planner.imports.record_id import last_wins, record_id
from planner.imports.text_table import TextTable
from planner.imports.values import calendar_day, money_cents, whole_number
from planner.model.accounts import Account, AccountKind, ImportProblem, Tier
from planner.model.places import PostalAddress
from planner.progress import Report, silent


def read_accounts(table: TextTable, report: Report = silent) -> tuple[list[Account], list[ImportProblem]]:
    """Read every account of a table, and what is wrong with it, the table's own problems first.

    A row without a name is left out. A row without an id gets one made of its name and address, the same in every import.
    Of rows with the same id the last one counts.
    """
    problems = list(table.problems)
    accounts: dict[str, Account] = {}
    for row in read_rows(table, ACCOUNT, problems, report):
        account = _account(row)
        if account is not None:
            last_wins(accounts, account.crm_id, account, row, f"The account “{account.name}” ({account.crm_id})")
    return list(accounts.values()), problems


def _account(row: RowReader) -> Account | None:
    name = row.text("name")
    address = _address(row)
    if not name:
        row.tell(f"The account has no name; it was left out ({row.text('id') or address.one_line or 'no id'}).")
        return None
    return Account(
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
    )


def _kind(crm_type: str) -> AccountKind:
    """Salesforce's customer types ("Customer - Direct", "Customer - Channel") and plain "Client" buy from us already."""
    return AccountKind.CLIENT if crm_type.casefold().startswith(("customer", "client")) else AccountKind.PROSPECT


def _tier(text: str) -> Tier | None:
    letter = text.strip().upper().removeprefix("TIER").strip()
    return Tier(letter) if letter else None


def _address(row: RowReader) -> PostalAddress:
    """The billing address, or the shipping address where there is no billing street."""
    prefix = "shipping_" if row.text("shipping_street") and not row.text("street") else ""
    street = ", ".join(part.strip(" ,") for part in row.raw(f"{prefix}street").splitlines() if part.strip(" ,"))
    return PostalAddress(
        street=" ".join(street.split()),
        city=row.text(f"{prefix}city"),
        state=row.text(f"{prefix}state"),
        postcode=_postcode(row.text(f"{prefix}postcode")),
    )


def _postcode(text: str) -> str:
    """A ZIP that lost its leading zero in a spreadsheet gets it back."""
    return text.zfill(5) if text.isdecimal() and len(text) in {3, 4} else text
