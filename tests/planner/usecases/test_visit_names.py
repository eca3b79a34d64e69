"""Which visit of a planned week a user means by a number, an id or a part of a name."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.week import Stop, VisitKind
from planner.planning.board import Board
from planner.usecases.accounts import find_account, list_accounts
from planner.usecases.board import open_board
from planner.usecases.visit_names import key_of
from planner.usecases.workspace import Workspace, open_workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)


@pytest.fixture(scope="module")
def opened(planned_home: Path, tmp_path_factory: pytest.TempPathFactory):
    """The planned week with accounts renamed: of three, the first two are planned, on two days; of the pair, only the first."""
    home = tmp_path_factory.mktemp("names") / "home"
    shutil.copytree(planned_home, home)
    with open_workspace(home) as workspace:
        board = open_board(workspace, WEEK)
        days = [[stop for stop in day.stops if stop.kind is VisitKind.CARE] for day in board.plan.days]
        first, second, third = days[0][0], days[1][0], days[2][0]
        free = [left for left in board.plan.left_out if left.key in board.frame.number]
        names = {
            first.account_id: "Quillfeather North",
            second.account_id: "Quillfeather South",
            free[0].account_id: "Quillfeather East",
            third.account_id: "Zorbing Ltd",
            free[1].account_id: "Zorbing Ltd Annex",
        }
        with workspace.writing("Test") as db:
            for account_id, name in names.items():
                db.execute("UPDATE accounts SET name = ? WHERE id = ?", [name, account_id])
        yield workspace, _renamed(board, names), {name: f"account-{account_id}" for account_id, name in names.items()}


def _renamed(board: Board, names: dict[int | None, str]) -> Board:
    def stop_of(stop: Stop) -> Stop:
        return replace(stop, title=names.get(stop.account_id, stop.title))

    days = tuple(replace(day, stops=tuple(stop_of(stop) for stop in day.stops)) for day in board.plan.days)
    return replace(board, plan=replace(board.plan, days=days))


def account_of(workspace: Workspace, key: str) -> Account:
    return next(account for account in list_accounts(workspace) if f"account-{account.id}" == key)


def test_a_key_a_number_a_crm_id_and_a_name_all_mean_the_same(opened):
    workspace, board, keys = opened
    key = keys["Quillfeather East"]
    account = account_of(workspace, key)
    for text in (key, str(account.id), account.crm_id, "Quillfeather East", " quillfeather EAST ", "er East"):
        assert key_of(board, workspace, text) == key


def test_of_several_that_fit_the_only_one_planned_is_meant(opened):
    workspace, board, keys = opened
    assert key_of(board, workspace, "orbing") == keys["Zorbing Ltd"]


def test_of_several_that_fit_the_only_one_not_planned_is_meant_by_a_new_visit(opened):
    workspace, board, keys = opened
    assert key_of(board, workspace, "orbing", new=True) == keys["Zorbing Ltd Annex"]
    assert key_of(board, workspace, "Quillfeather", new=True) == keys["Quillfeather East"]
    assert key_of(board, workspace, "Quillfeather South", new=True) == keys["Quillfeather South"]


def test_a_name_in_full_outweighs_one_that_goes_on(opened):
    workspace, board, keys = opened
    assert key_of(board, workspace, "Zorbing Ltd") == keys["Zorbing Ltd"]
    assert find_account(workspace, "Zorbing Ltd").name == "Zorbing Ltd"


def test_several_planned_ones_are_told_apart_by_their_time_and_number(opened):
    workspace, board, keys = opened
    with pytest.raises(UserProblem, match="2 visits fit “Quillfeather”") as told:
        key_of(board, workspace, "Quillfeather")
    for name in ("Quillfeather North", "Quillfeather South"):
        assert name in told.value.what
        assert keys[name].removeprefix("account-") in told.value.what
    assert "Quillfeather East" not in told.value.what


def test_on_a_day_only_its_own_visits_are_meant(opened):
    workspace, board, keys = opened
    monday, tuesday, wednesday = (WEEK.day(k) for k in range(3))
    assert key_of(board, workspace, "Quillfeather", day=monday) == keys["Quillfeather North"]
    assert key_of(board, workspace, "Quillfeather", day=tuesday) == keys["Quillfeather South"]
    with pytest.raises(UserProblem, match="Zorbing Ltd is not planned for Monday"):
        key_of(board, workspace, "Zorbing Ltd", day=monday)
    with pytest.raises(UserProblem, match="3 accounts fit"):
        key_of(board, workspace, "Quillfeather", day=wednesday)


def test_an_appointment_is_named_by_its_title(opened):
    workspace, board, _keys = opened
    staff = next(stop for stop in board.plan.days[0].stops if stop.kind is VisitKind.DUTY)
    assert key_of(board, workspace, staff.title[2:-2]) == staff.key


def test_a_number_is_not_looked_for_in_titles(opened):
    workspace, board, keys = opened
    number = keys["Quillfeather North"].removeprefix("account-")
    days = list(board.plan.days)
    days[0] = replace(days[0], stops=tuple(replace(s, title=f"Room {number}") if s.kind is VisitKind.DUTY else s for s in days[0].stops))
    changed = replace(board, plan=replace(board.plan, days=tuple(days)))
    assert key_of(changed, workspace, number) == keys["Quillfeather North"]


@pytest.mark.parametrize(("text", "told"), [("", "No visit is named"), ("  ", "No visit is named"), ("Xanadu", "No account is called")])
def test_what_names_nothing_is_told(opened, text: str, told: str):
    workspace, board, _keys = opened
    with pytest.raises(UserProblem, match=told):
        key_of(board, workspace, text)


def test_a_call_is_told_to_be_one(opened):
    workspace, board, _keys = opened
    call = next(block.title for day in board.plan.days for block in day.blocks)
    with pytest.raises(UserProblem, match="time blocked in your calendar"):
        key_of(board, workspace, call)


def test_a_duplicate_cannot_be_visited_and_says_of_what_it_is_one(planned_home: Path, copy_of: Callable[[Path], Workspace]):
    workspace = copy_of(planned_home)
    double = next(account for account in list_accounts(workspace) if account.duplicate_of is not None)
    with pytest.raises(UserProblem, match=r"cannot be visited that week\. Probably the same as"):
        key_of(open_board(workspace, WEEK), workspace, str(double.id))
