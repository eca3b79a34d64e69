"""Opportunities from a CRM export."""

from collections.abc import Sequence

from planner.imports.columns import OPPORTUNITY, RowReader, find_columns, read_rows
from planner.imports.record_id import last_wins, record_id, referred_id
from planner.imports.text_table import TextTable
from planner.imports.values import calendar_day, money_cents, share, yes_no
from planner.model.accounts import ImportProblem, Opportunity
from planner.model.imports import RecordKind, RecordRead, TableMapping
from planner.progress import Report, silent

ATTRIBUTES = {
    "name": "name",
    "stage": "stage",
    "amount": "amount_cents",
    "probability": "probability",
    "close_date": "close_date",
    "owner": "owner",
    "kind": "kind",
    "next_step": "next_step",
    "forecast_category": "forecast_category",
    "closed": "closed",
}


def read_opportunities(
    table: TextTable, mapping: TableMapping | None = None, report: Report = silent
) -> tuple[list[RecordRead], list[ImportProblem]]:
    """Read every opportunity of a table, and what is wrong with it, the table's own problems first.

    Amounts become exact cents, an empty one 0; probabilities 0..1. Of rows with the same id the last one counts.
    """
    mapping = mapping or _by_headers(table.headers)
    problems = list(table.problems)
    deals: dict[str, RecordRead] = {}
    for row in read_rows(table, mapping.columns, problems, report):
        read = _opportunity(row)
        last_wins(deals, read.record.crm_id, read, row, f"The opportunity “{read.record.name}” ({read.record.crm_id})")
    return list(deals.values()), problems


def _by_headers(headers: Sequence[str]) -> TableMapping:
    return TableMapping(RecordKind.OPPORTUNITIES, {name: headers[at] for name, at in find_columns(headers, OPPORTUNITY).items()})


def _opportunity(row: RowReader) -> RecordRead:
    account, account_name = referred_id(row, "account_id"), row.text("account_name")
    if not account and not account_name:
        row.tell("The opportunity names no account.")
    name = row.text("name")
    deal = Opportunity(
        crm_id=record_id(row, "id", "opportunity", account or account_name, name),
        account_crm_id=account,
        name=name,
        stage=row.text("stage"),
        amount_cents=row.value("amount", money_cents, "Amount") or 0,
        probability=row.value("probability", share, "Probability") or 0.0,
        close_date=row.value("close_date", calendar_day, "Close Date"),
        owner=row.text("owner"),
        kind=row.text("kind"),
        next_step=row.text("next_step"),
        forecast_category=row.text("forecast_category"),
        closed=row.value("closed", yes_no, "Is closed") or False,
    )
    given, blank = row.given(ATTRIBUTES)
    return RecordRead(row.file, row.line, deal, given, blank, account_ref=account, account_name=account_name)
