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
_RECKONED = tuple("=+-@\t\r")
"""What a spreadsheet takes a cell that begins with it for a formula by."""

ACCOUNT: Names = {
    "id": ("Account ID", "Account 18 Digit ID", "Id"),
    "number": ("Billing Account Number", "Account Number", "ACCT_NO", "BAN"),
    "name": ("Account Name", "Name", "Company", "Company / Account"),
    "owner": ("Account Owner", "Owner Name", "Owner.Name", "Owner", "Owner Id"),
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
    "website": ("Website", "Web Site", "Homepage", "URL"),
    "tags": ("Tags", "Labels"),
    "notes": ("Notes", "Description", "Account Description", "Comments"),
    "do_not_visit": ("Do Not Visit", "No Visits"),
    "do_not_call": ("Do Not Call", "Account Do Not Call"),
}

CONTACT: Names = {
    "id": ("Contact ID", "Contact 18 Digit ID", "Id"),
    "account_id": ("Account ID", "Account 18 Digit ID"),
    "account_name": ("Account Name", "Account.Name", "Company"),
    "first_name": ("First Name",),
    "last_name": ("Last Name",),
    "title": ("Title", "Job Title"),
    "email": ("Email", "E-mail", "Email Address"),
    "phone": ("Phone", "Business Phone", "Work Phone"),
    "mobile": ("Mobile Phone", "Mobile", "Cell"),
    "no_email": ("Has Opted Out Of Email", "Email Opt Out"),
    "no_call": ("Do Not Call",),
}

OPPORTUNITY: Names = {
    "id": ("Opportunity ID", "Opportunity 18 Digit ID", "Id"),
    "account_id": ("Account ID", "Account 18 Digit ID"),
    "account_name": ("Account Name", "Account.Name"),
    "name": ("Opportunity Name", "Name"),
    "stage": ("Stage", "Stage Name"),
    "amount": ("Amount",),
    "probability": ("Probability (%)", "Probability"),
    "close_date": ("Close Date",),
    "owner": ("Opportunity Owner", "Owner Name", "Owner.Name", "Owner", "Owner Id"),
    "kind": ("Type", "Opportunity Type"),
    "next_step": ("Next Step",),
    "forecast_category": ("Forecast Category Name", "Forecast Category"),
    "closed": ("Is Closed", "Closed"),
}

REP: Names = {
    "id": ("User ID", "Rep ID", "Id"),
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
    "id": ("Activity ID", "Event ID", "Task ID", "Id"),
    "account_id": ("Account ID", "What Id", "Related To ID"),
    "contact_id": ("Who Id", "Contact ID"),
    "account_name": ("Company / Account", "Account Name"),
    "day": ("Activity Date", "Date", "Due Date", "Due Date Only"),
    "starts": ("Start Date Time", "Start"),
    "ends": ("End Date Time", "End"),
    "minutes": ("Duration In Minutes", "Duration"),
    "type": ("Type", "Activity Type", "Event Type", "Task Type", "Task Subtype"),
    "subject": ("Subject",),
    "owner": ("Assigned", "Assigned To", "Owner Name", "Owner", "Owner Id"),
    "status": ("Status",),
    "note": ("Description", "Full Comments", "Comments"),
}

BILLING: Names = {
    "account_number": ("ACCT_NO", "Account No", "ACCT_NBR", "Billing Account Number"),
    "name": ("CUST_NAME", "Customer Name", "Customer", "Account Name", "Name"),
    "street": ("SVC_ADDR", "Service Address", "SVC_ADDRESS", "SVC_ADDR1", "Premise Address"),
    "city": ("SVC_CITY", "Service City", "City"),
    "state": ("SVC_ST", "SVC_STATE", "Service State", "State"),
    "postcode": ("SVC_ZIP", "Service Zip", "Zip", "Postal Code"),
    "product": ("SVC_CODE", "Service Code", "Product Code", "Product", "SVC_DESC", "Service"),
    "mrr": ("MRC", "Monthly Recurring Charge", "Monthly Charge", "MRR"),
    "term_end": ("TERM_END", "Term End", "Contract End", "TERM_END_DT", "Expiration Date"),
    "phone": ("PHONE", "CUST_PHONE", "Contact Phone"),
}


def plain(header: str) -> str:
    """A header without case, spaces and punctuation: "Billing State/Province" and "BillingStateProvince" are one."""
    return re.sub(r"[\W_]+", "", header).casefold()


def unguarded(cell: str) -> str:
    """A cell without the apostrophe that keeps spreadsheets from reckoning with it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in _RECKONED else cell


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

    def __init__(self, file: str, line: int, cells: Sequence[str], columns: Mapping[str, int], problems: list[ImportProblem]) -> None:
        self._file = file
        self._cells = cells
        self._columns = columns
        self._problems = problems
        self._unread: set[str] = set()
        self.file = file
        self.line = line

    def raw(self, column: str) -> str:
        """The cell as it is, less the apostrophe that keeps spreadsheets from reckoning with it; empty where there is no such column."""
        at = self._columns.get(column)
        if at is None:
            return ""
        return unguarded(self._cells[at])

    def text(self, column: str) -> str:
        """The cell on one line, with single spaces."""
        return one_line(self.raw(column))

    def value[T](self, column: str, read: Callable[[str], T | None], label: str) -> T | None:
        """The cell as a value, None when it is empty; nonsense is told as a problem and taken as empty."""
        try:
            return read(self.raw(column))
        except ValueError as error:
            self.tell(f"{label}: {error}; it was left empty.")
            self._unread.add(column)
            return None

    def given(self, attributes: Mapping[str, str]) -> tuple[frozenset[str], frozenset[str]]:
        """Of the attributes, by the columns they are read from: those the row has a value for, and those whose cells are all empty.

        A cell that could not be read is neither.
        """
        there = [(name, self._cells[at].strip()) for column, name in attributes.items() if (at := self._columns.get(column)) is not None]
        filled = {name for name, cell in there if cell}
        unread = {attributes[column] for column in self._unread if column in attributes}
        return frozenset(filled - unread), frozenset({name for name, _ in there} - filled)

    def has(self, column: str) -> bool:
        """Whether the file has the column."""
        return column in self._columns

    def tell(self, text: str) -> None:
        """Add a problem with this row."""
        self._problems.append(ImportProblem(self._file, self.line, text))


def columns_at(table: TextTable, headers: Mapping[str, str]) -> dict[str, int]:
    """The index of the column that stands under each header; a header that the table has not is left out."""
    at = {header: index for index, header in reversed(list(enumerate(table.headers)))}
    return {name: at[header] for name, header in headers.items() if header in at}


def read_rows(table: TextTable, headers: Mapping[str, str], problems: list[ImportProblem], report: Report = silent) -> Iterator[RowReader]:
    """Each row of the table, its cells by the keys of `headers`; problems found in cells are added to `problems`."""
    columns = columns_at(table, headers)
    for number, (line, cells) in enumerate(table.rows):
        if number % _ROWS_A_REPORT == 0:
            report(number / len(table.rows), f"Reading {table.file}")
        yield RowReader(table.file, line, cells, columns, problems)
