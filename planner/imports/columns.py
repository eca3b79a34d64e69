"""Which column of a file holds what: Salesforce report labels, API names, and what people call them."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from planner.imports.text_table import TextTable
from planner.imports.values import one_line
from planner.model.accounts import ImportProblem
from planner.progress import Report, silent

Names = Mapping[str, Sequence[str]]
"""For each thing wanted, the headers it may stand under, best first."""

_ROWS_A_REPORT = 500

ACCOUNT: Names = {
    "id": ("Account ID", "Account 18 Digit ID", "Id"),
    "name": ("Account Name", "Name", "Company", "Company / Account"),
    "owner": ("Account Owner", "Owner Name", "Owner.Name", "Owner"),
    "type": ("Type", "Account Type"),
    "industry": ("Industry",),
    "street": ("Billing Street", "Billing Address Line 1", "Street", "Address"),
    "city": ("Billing City", "City"),
    "state": ("Billing State/Province", "Billing State", "Billing State Code", "State/Province", "State"),
    "postcode": ("Billing Zip/Postal Code", "Billing Postal Code", "Zip/Postal Code", "Postal Code", "Zip"),
    "shipping_street": ("Shipping Street", "Shipping Address Line 1"),
    "shipping_city": ("Shipping City",),
    "shipping_state": ("Shipping State/Province", "Shipping State", "Shipping State Code"),
    "shipping_postcode": ("Shipping Zip/Postal Code", "Shipping Postal Code"),
    "phone": ("Phone", "Account Phone"),
    "employees": ("Employees", "Number Of Employees"),
    "revenue": ("Annual Revenue",),
    "last_activity": ("Last Activity", "Last Activity Date"),
    "rating": ("Rating", "Account Rating"),
    "tier": ("Tier", "Account Tier"),
    "hours": ("Hours", "Opening Hours", "Hours Of Operation"),
}

OPPORTUNITY: Names = {
    "id": ("Opportunity ID", "Opportunity 18 Digit ID", "Id"),
    "account_id": ("Account ID", "Account 18 Digit ID"),
    "name": ("Opportunity Name", "Name"),
    "stage": ("Stage", "Stage Name"),
    "amount": ("Amount",),
    "probability": ("Probability (%)", "Probability"),
    "close_date": ("Close Date",),
    "owner": ("Opportunity Owner", "Owner Name", "Owner.Name", "Owner"),
}

REP: Names = {
    "name": ("Name", "Rep Name", "Rep", "Full Name"),
    "role": ("Role", "Title"),
    "email": ("Email", "E-mail"),
    "street": ("Home Street", "Street"),
    "city": ("Home City", "City"),
    "state": ("Home State", "State", "State/Province"),
    "postcode": ("Home Zip", "Zip", "Postal Code", "Zip/Postal Code"),
    "quota": ("Monthly Quota MRR", "Monthly Quota", "Quota MRR", "Quota"),
    "skills": ("Skills", "Products"),
}

ACTIVITY: Names = {
    "account_id": ("Account ID", "What Id"),
    "day": ("Activity Date", "Date", "Due Date", "Start Date Time"),
    "type": ("Type", "Activity Type", "Task Subtype", "Subject"),
}

BILLING: Names = {
    "account_number": ("ACCT_NO", "Account No", "ACCT_NBR", "Billing Account Number"),
    "service_address": ("SVC_ADDR", "Service Address", "SVC_ADDRESS"),
    "service": ("SVC_CODE", "Service Code", "Product Code"),
    "monthly_charge": ("MRC", "Monthly Recurring Charge", "Monthly Charge"),
}


def plain(header: str) -> str:
    """A header without case, spaces and punctuation: "Billing State/Province" and "BillingStateProvince" are one."""
    return re.sub(r"[\W_]+", "", header).casefold()


def find_columns(headers: Sequence[str], names: Names) -> dict[str, int]:
    """The index of each wanted column that is there; of two columns with the same header the first counts."""
    at: dict[str, int] = {}
    for index, header in enumerate(headers):
        at.setdefault(plain(header), index)
    return {
        wanted: next(at[plain(name)] for name in known if plain(name) in at)
        for wanted, known in names.items()
        if any(plain(n) in at for n in known)
    }


class RowReader:
    """One row of a table by the names of its columns, with the problems its cells have."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str], problems: list[ImportProblem]) -> None:
        self._file = file
        self._cells = cells
        self._problems = problems
        self.line = line

    def raw(self, column: str) -> str:
        """The cell as it is; empty when the file has no such column."""
        return self._cells.get(column, "")

    def text(self, column: str) -> str:
        """The cell on one line, with single spaces."""
        return one_line(self.raw(column))

    def value[T](self, column: str, read: Callable[[str], T | None], label: str) -> T | None:
        """The cell as a value, None when it is empty; nonsense is told as a problem and taken as empty."""
        try:
            return read(self.raw(column))
        except ValueError as error:
            self.tell(f"{label}: {error}; it was left empty.")
            return None

    def tell(self, text: str) -> None:
        """Add a problem with this row."""
        self._problems.append(ImportProblem(self._file, self.line, text))


def read_rows(table: TextTable, names: Names, problems: list[ImportProblem], report: Report = silent) -> Iterator[RowReader]:
    """Each row of the table, its cells by the names in `names`; problems found in cells are added to `problems`."""
    columns = find_columns(table.headers, names)
    for number, (line, cells) in enumerate(table.rows):
        if number % _ROWS_A_REPORT == 0:
            report(number / len(table.rows), f"Reading {table.file}")
        yield RowReader(table.file, line, {wanted: cells[index] for wanted, index in columns.items()}, problems)
