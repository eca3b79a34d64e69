import pytest

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.usecases.accounts import list_accounts
from planner.usecases.add_to_week import add_to_week
from planner.usecases.board import edit_week, open_board
from planner.usecases.edits import Edited, remove
from planner.usecases.undo import undo
from planner.usecases.week import load_week

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def workspace(planned_home, copy_of):
    """The planned sample with two visits of one day taken out."""
    opened = copy_of(planned_home)
    board = open_board(opened, WEEK)
    day = max(range(len(board.plan.days)), key=lambda index: len(board.plan.days[index].stops))
    keys = [stop.key for stop in board.plan.days[day].stops if isinstance(remove(board, stop.key), Edited)][:2]
    assert len(keys) == 2
    for key in keys:
        board, _changes = edit_week(opened, board, lambda board, key=key: remove(board, key))
    return opened


def visited(workspace):
    return {stop.account_id: index for index, day in enumerate(load_week(workspace, WEEK).days) for stop in day.stops}


def out(workspace):
    return [left.account_id for left in load_week(workspace, WEEK).left_out if left.text == "You took it out"]


def test_several_accounts_are_added_in_one_step_that_is_undone_as_one(workspace):
    before, wanted = load_week(workspace, WEEK), out(workspace)
    added = add_to_week(workspace, WEEK, wanted)
    assert len(added.names) == 2
    assert added.changes.label == "Add 2 accounts to week 49"
    assert set(wanted) <= visited(workspace).keys()
    undo(workspace)
    assert load_week(workspace, WEEK) == before


def test_an_account_is_added_to_the_day_that_is_named(workspace):
    account = out(workspace)[0]
    fitting = {}
    for day in range(5):
        try:
            add_to_week(workspace, WEEK, [account], day)
        except PlanProblem:
            continue
        fitting[day] = visited(workspace)[account]
        undo(workspace)
    assert fitting
    assert all(day == found for day, found in fitting.items())


def test_what_does_not_fit_is_named_and_what_fits_is_added(workspace):
    planned = next(key for key in visited(workspace) if key is not None)
    account = out(workspace)[0]
    added = add_to_week(workspace, WEEK, [planned, account])
    assert account in visited(workspace)
    assert list(added.refused.values()) == [next(iter(added.refused)) + " is planned already."]


def test_where_nothing_fits_nothing_is_kept(workspace):
    before = load_week(workspace, WEEK)
    planned = [key for key in visited(workspace) if key is not None][:2]
    with pytest.raises(PlanProblem, match=r"None of the 2 accounts fits\. .* is planned already"):
        add_to_week(workspace, WEEK, planned)
    assert load_week(workspace, WEEK) == before


def test_a_week_without_a_plan_takes_nobody(workspace):
    with pytest.raises(PlanProblem, match="not planned yet"):
        add_to_week(workspace, IsoWeek(2026, 51), [list_accounts(workspace)[0].id])
