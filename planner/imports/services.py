"""Services from a billing extract (ICOMS or CSG style): one line a service, under the number of the account that pays for it."""

from planner.imports.accounts import postcode
from planner.imports.billing_number import all_rounded, billing_number
from planner.imports.columns import RowReader, read_rows
from planner.imports.text_table import TextTable
from planner.imports.values import calendar_day, money_cents
from planner.model.accounts import ImportProblem, Service
from planner.model.imports import RecordRead, TableMapping
from planner.model.places import PostalAddress
from planner.progress import Report, silent
from planner.values import Struct

ATTRIBUTES = {"product": "product", "mrr": "mrr_cents", "term_end": "term_end"}

_EXPORT_AS_TEXT = "Let billing export it as text (CSV or bars), and do not save that file in a spreadsheet."


class _Line(Struct, frozen=True):
    row: RowReader
    number: str


def read_services(table: TextTable, mapping: TableMapping, report: Report = silent) -> tuple[list[RecordRead], list[ImportProblem]]:
    """Read every service of a table, and what is wrong with it, the table's own problems first.

    A line without a number, or whose number a spreadsheet has rounded, is left out: it could be anybody's.
    """
    problems = list(table.problems)
    lines = []
    for row in read_rows(table, mapping.columns, problems, report):
        try:
            number = billing_number(row.raw("account_number"))
        except ValueError as error:
            row.tell(f"The account number {error}; the row was left out. {_EXPORT_AS_TEXT}")
            continue
        if number:
            lines.append(_Line(row, number))
        else:
            row.tell("The row has no account number; it was left out.")
    if all_rounded([line.number for line in lines]):
        problems.append(ImportProblem(table.file, 0, f"All account numbers end in zero: a spreadsheet has rounded them. {_EXPORT_AS_TEXT}"))
        return [], problems
    return [_service(line.row, line.number) for line in lines], problems


def _service(row: RowReader, number: str) -> RecordRead:
    service = Service(
        id=0,
        account_id=0,
        billing_number=number,
        product=row.text("product") or "Service",
        mrr_cents=row.value("mrr", money_cents, "Monthly charge") or 0,
        term_end=row.value("term_end", calendar_day, "Term end"),
    )
    address = PostalAddress(row.text("street"), row.text("city"), row.text("state"), postcode(row.text("postcode")))
    given, blank = row.given(ATTRIBUTES)
    return RecordRead(
        row.file,
        row.line,
        service,
        given,
        blank,
        account_name=row.text("name"),
        number=number,
        other_address=address,
        phone=row.text("phone"),
    )
