"""Opportunities from a CRM export."""

from planner.imports.columns import OPPORTUNITY, RowReader, read_rows
from planner.imports.record_id import last_wins, record_id, referred_id
from planner.imports.text_table import TextTable
from planner.imports.values import calendar_day, money_cents, share
from planner.model.accounts import ImportProblem, Opportunity
from planner.progress import Report, silent


def read_opportunities(table: TextTable, report: Report = silent) -> tuple[list[Opportunity], list[ImportProblem]]:
    """Read every opportunity of a table, and what is wrong with it, the table's own problems first.

    Amounts become exact cents, an empty one 0; probabilities 0..1. Of rows with the same id the last one counts.
    """
    problems = list(table.problems)
    deals: dict[str, Opportunity] = {}
    for row in read_rows(table, OPPORTUNITY, problems, report):
        deal = _opportunity(row)
        last_wins(deals, deal.crm_id, deal, row, f"The opportunity “{deal.name}” ({deal.crm_id})")
    return list(deals.values()), problems


def _opportunity(row: RowReader) -> Opportunity:
    account = referred_id(row, "account_id")
    if not account:
        row.tell("The opportunity names no account.")
    name = row.text("name")
    return Opportunity(
        crm_id=record_id(row, "id", "opportunity", account, name),
        account_crm_id=account,
        name=name,
        stage=row.text("stage"),
        amount_cents=row.value("amount", money_cents, "Amount") or 0,
        probability=row.value("probability", share, "Probability") or 0.0,
        close_date=row.value("close_date", calendar_day, "Close Date"),
        owner=row.text("owner"),
    )
