"""Several accounts put into a planned week at once, each where it takes least driving, as one step."""

from collections.abc import Mapping, Sequence

from planner.errors import PlanProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.planning.board import Board
from planner.planning.edits import Answer, Edited, Refused, insert
from planner.progress import Report, part, silent
from planner.usecases.accounts import need_account
from planner.usecases.board import board_with, edit_week
from planner.usecases.week import load_week, not_planned
from planner.usecases.workspace import Workspace
from planner.values import Struct


class Added(Struct, frozen=True):
    """The names of the accounts that were put in, why each other one was not, by its name, and what changed."""

    names: tuple[str, ...]
    refused: Mapping[str, str]
    changes: Changes


def add_to_week(workspace: Workspace, week: IsoWeek, account_ids: Sequence[int], day: int | None = None, report: Report = silent) -> Added:
    """Put accounts into the newest plan of a week, those worth most first, on one of its days (by its index) or on any.

    Raises PlanProblem when the week is not planned yet or none of them fits, UserProblem, and Cancelled; then nothing is changed.
    """
    plan = load_week(workspace, week)
    if plan is None:
        raise not_planned(week)
    before = board = board_with(workspace, plan, account_ids, part(report, 0.0, 0.8))
    names: list[str] = []
    refused: dict[str, str] = {}
    text = ""
    for number, account_id in enumerate(sorted(dict.fromkeys(account_ids), key=lambda each: -_worth(before, each))):
        report(0.8 + 0.2 * number / len(account_ids), "Looking for room")
        answer = _added(board, f"account-{account_id}", day)
        name = _name(workspace, board, account_id)
        if isinstance(answer, Edited):
            board, text = answer.board, answer.text
            names.append(name)
        else:
            refused[name] = answer.text
    written = board.request.writing.number
    if not names:
        first = next(iter(refused.values()), "No account is chosen.")
        what = first if len(refused) < 2 else f"None of the {written(len(refused))} accounts fits. {first}"
        raise PlanProblem(what, "Nothing was changed.")
    label = text if len(names) == 1 else f"Add {written(len(names))} accounts to week {week.number}"
    _board, changes = edit_week(workspace, before, lambda _before: Edited(board, label))
    return Added(tuple(names), refused, changes)


def _added(board: Board, key: str, day: int | None) -> Answer:
    """A visit put where it takes least, on one day or any; else the rule of the first day it is open on."""
    if key not in board.frame.number:
        left = next((left for left in board.plan.left_out if left.key == key), None)
        return Refused(left.text if left and left.text else "It cannot be visited that week.")
    days = range(len(board.plan.days)) if day is None else [day]
    answers = {each: insert(board, key, each) for each in days}
    fitting = [answer for answer in answers.values() if isinstance(answer, Edited)]
    if fitting:
        return min(fitting, key=lambda answer: answer.board.plan.drive_s)
    open_on = {window.day for window in board.candidate(key).windows}
    return next((answer for each, answer in answers.items() if each in open_on), next(iter(answers.values())))


def _worth(board: Board, account_id: int) -> float:
    key = f"account-{account_id}"
    return board.candidate(key).value if key in board.frame.number else 0.0


def _name(workspace: Workspace, board: Board, account_id: int) -> str:
    key = f"account-{account_id}"
    return board.candidate(key).title if key in board.frame.number else need_account(workspace, account_id).name
