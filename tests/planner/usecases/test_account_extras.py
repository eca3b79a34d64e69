from datetime import date

import pytest

from planner.errors import Cancelled
from planner.model.accounts import Account, AccountKind, Contact, Service, Tier
from planner.model.imports import Source
from planner.model.places import PostalAddress
from planner.progress import silent
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.account_extras import account_extras
from planner.usecases.accounts import account_details, list_accounts, open_opportunities
from planner.usecases.edit_accounts import edit_account
from planner.usecases.wishes import set_wish
from planner.usecases.workspace import open_workspace

TODAY = date(2026, 11, 30)


@pytest.fixture
def workspace(tmp_path):
    accounts = [
        Account(1, "001", "Weis", AccountKind.CLIENT, PostalAddress("1 Main St"), tier=Tier.A, last_activity=date(2026, 10, 1)),
        Account(2, "002", "Yards", AccountKind.PROSPECT, PostalAddress("2 Main St")),
    ]
    with open_workspace(tmp_path / "home") as opened:
        with opened.writing("Test") as db:
            rows.save_accounts(db, accounts)
            book.save_contacts(db, [Contact(0, "003", 1, "Ada", "O'Hara"), Contact(0, "004", 1, "", "Lee")])
            book.save_services(
                db, [Service(0, 1, "8773", "Fiber 500", 49_999, date(2027, 3, 31)), Service(0, 1, "8774", "Fiber 500", 1, None)]
            )
            book.save_source_ids(db, [(Source.CRM, "001", 1), (Source.BILLING, "8773", 1)])
        yield opened


def extras_of(workspace):
    accounts = list_accounts(workspace)
    return account_extras(workspace, accounts, open_opportunities(workspace), TODAY, silent)


def test_what_else_is_known_is_that_of_the_details(workspace):
    extra, details = extras_of(workspace)[1], account_details(workspace, 1, TODAY)
    assert extra.value == details.value
    assert (extra.due_days, extra.next_due, extra.cadence_days) == (-30, date(2026, 10, 31), 30)
    assert (extra.contacts, extra.services, extra.ids) == (("Ada O'Hara", "Lee"), ("Fiber 500",), ("001", "8773"))
    assert extra.contract_end == date(2027, 3, 31)


def test_nobody_seen_is_due_without_a_day_and_wishes_count(workspace):
    assert (extras_of(workspace)[2].due_days, extras_of(workspace)[2].next_due) == (0, None)
    set_wish(workspace, 1, cadence_days=90, contract_end=date(2026, 12, 31))
    extra = extras_of(workspace)[1]
    assert (extra.due_days, extra.contract_end) == (30, date(2026, 12, 31))


def test_it_says_where_fields_came_from(workspace):
    edit_account(workspace, 2, {"owner": "Rep A"})
    assert extras_of(workspace)[2].sources == ("You",)


def test_it_stops_when_it_is_not_wanted_any_more(workspace):
    def report(_fraction, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        account_extras(workspace, list_accounts(workspace), {}, TODAY, report)
