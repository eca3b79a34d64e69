"""Contacts from a CRM export."""

from planner.imports.columns import RowReader, read_rows
from planner.imports.record_id import last_wins, record_id, referred_id
from planner.imports.text_table import TextTable
from planner.imports.values import yes_no
from planner.model.accounts import Contact, ImportProblem
from planner.model.imports import RecordRead, TableMapping
from planner.progress import Report, silent

ATTRIBUTES = {
    name: name for name in ("first_name", "last_name", "title", "email", "phone", "mobile", "no_email", "no_call")
}  # fmt: skip


def read_contacts(table: TextTable, mapping: TableMapping, report: Report = silent) -> tuple[list[RecordRead], list[ImportProblem]]:
    """Read every contact of a table, and what is wrong with it, the table's own problems first; one without any name is left out."""
    problems = list(table.problems)
    contacts: dict[str, RecordRead] = {}
    for row in read_rows(table, mapping.columns, problems, report):
        read = _contact(row)
        if read is not None:
            last_wins(contacts, read.record.crm_id, read, row, f"The contact “{read.record.name}” ({read.record.crm_id})")
    return list(contacts.values()), problems


def _contact(row: RowReader) -> RecordRead | None:
    first, last = row.text("first_name"), row.text("last_name")
    if not first and not last:
        row.tell("The contact has no name; it was left out.")
        return None
    account, name = referred_id(row, "account_id"), row.text("account_name")
    contact = Contact(
        id=0,
        crm_id=record_id(row, "id", "contact", account or name, first, last, row.text("email")),
        account_id=0,
        first_name=first,
        last_name=last,
        title=row.text("title"),
        email=row.text("email"),
        phone=row.text("phone"),
        mobile=row.text("mobile"),
        no_email=row.value("no_email", yes_no, "Opted out of e-mail") or False,
        no_call=row.value("no_call", yes_no, "Do not call") or False,
    )
    given, blank = row.given(ATTRIBUTES)
    return RecordRead(row.file, row.line, contact, given, blank, account_ref=account, account_name=name)
