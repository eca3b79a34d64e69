"""What the journal knows of deals: new ones, and close dates that were put off."""

from datetime import UTC, date, datetime, timedelta

from small_book import account, deal

from planner.store.accounts import save_accounts, save_opportunities
from planner.store.deal_history import deal_history
from planner.usecases.undo import undo
from planner.usecases.workspace import Workspace
from planner.values import replace

YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def keep(workspace: Workspace, *deals):
    with workspace.writing("Import") as db:
        save_opportunities(db, deals)


def history(workspace: Workspace, since=YESTERDAY):
    with workspace.reading() as db:
        return [(each.deal, each.came_in is not None, each.close_date_before) for each in deal_history(db, since, sample=False)]


def test_deals_of_the_first_step_were_there_all_along_and_later_ones_came_in(workspace: Workspace):
    with workspace.writing("Test") as db:
        save_accounts(db, [replace(account(1), id=0)])
    assert history(workspace) == []
    first = deal(1, "Prospecting", close_date=date(2026, 12, 1))
    keep(workspace, first)
    keep(workspace, replace(first, close_date=date(2027, 1, 1)), deal(1, "Prospecting", crm_id="d2"))
    keep(workspace, replace(first, close_date=date(2027, 2, 1)))
    assert history(workspace) == [("d1", False, date(2026, 12, 1)), ("d2", True, None)]
    assert history(workspace, datetime.now(UTC) + timedelta(days=1)) == []
    with workspace.reading() as db:
        assert deal_history(db, YESTERDAY, sample=True) == []
    undo(workspace)
    undo(workspace)
    assert history(workspace) == []


def test_an_import_that_was_undone_is_not_the_first(workspace: Workspace):
    with workspace.writing("Test") as db:
        save_accounts(db, [replace(account(1), id=0)])
    keep(workspace, deal(1, "Prospecting"))
    undo(workspace)
    keep(workspace, deal(1, "Prospecting"))
    assert history(workspace) == []
