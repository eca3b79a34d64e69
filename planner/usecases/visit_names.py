"""Which visit of a planned week a user means."""

from collections.abc import Sequence
from datetime import date

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.week import Stop, VisitKind
from planner.model.writing import Writing
from planner.planning.board import Board
from planner.usecases.accounts import fitting_accounts, which_account
from planner.usecases.workspace import Workspace


def key_of(board: Board, workspace: Workspace, text: str, *, day: date | None = None, new: bool = False) -> str:
    """The visit that a user names: by its key, an account's number or CRM id, or a part of its name; raises UserProblem.

    Of several that fit, the only one that is planned is meant (on this `day`, if one is given), an appointment of the calendar only where
    nothing else fits; where it is to be a `new` one, the only one that is not planned. Of the ways to visit an account it is the one that
    is planned, else its own visit.
    """
    wanted = text.strip()
    if not wanted:
        raise UserProblem("No visit is named.", remedy="Give an account's number or a part of its name.")
    if wanted in board.frame.number:
        return wanted
    fitting = fitting_accounts(workspace, wanted)
    planned = {stop.account_id for each in board.plan.days for stop in each.stops}
    fresh = [account for account in fitting if account.id not in planned] if new else []
    visits: dict[str, tuple[date, Stop]] = {}
    for each in (each for each in board.plan.days if day in (None, each.day)):
        visits |= {stop.block or stop.key: (each.day, stop) for stop in each.stops if not fresh and _means(stop, wanted, fitting)}
    own = [key for key, (_day, stop) in visits.items() if stop.kind is not VisitKind.DUTY]
    if len(own) == 1 or len(visits) == 1:
        return next(iter(own or visits))
    if visits:
        raise _which_visit(text, list(visits.values()), board.request.writing)
    if len(fresh or fitting) != 1:
        raise _no_visit(board, text, fresh or fitting, day)
    (account,) = fresh or fitting
    return _own_visit(board, account, day)


def _means(stop: Stop, wanted: str, fitting: Sequence[Account]) -> bool:
    """Whether a user means this stop: one at an account that fits, or any by its title where no account is named in full."""
    if stop.account_id is not None and any(account.id == stop.account_id for account in fitting):
        return True
    in_full = any(wanted.casefold() in (str(a.id), a.crm_id.casefold(), a.name.casefold()) for a in fitting)
    return not in_full and wanted.casefold() in stop.title.casefold()


def _own_visit(board: Board, account: Account, day: date | None) -> str:
    if day is not None:
        raise UserProblem(f"{account.name} is not planned for {board.request.writing.weekday_name(day)}.")
    key = f"account-{account.id}"
    if key not in board.frame.number:
        left = next((left.text for left in board.plan.left_out if left.account_id == account.id), "")
        why = left.rstrip(".") + "." if left else ""
        raise UserProblem(f"{account.name} cannot be visited that week.", why, "Look at its address and its hours.")
    return key


def _which_visit(text: str, visits: Sequence[tuple[date, Stop]], writing: Writing) -> UserProblem:
    some = "; ".join(
        f"{stop.title}, {_when(day, stop, writing)}" + (f" (number {stop.account_id})" if stop.account_id is not None else "")
        for day, stop in visits
    )
    return UserProblem(f"{len(visits)} visits fit “{text}”: {some}.", remedy="Give more of the name, or the number of the one you mean.")


def _when(day: date, stop: Stop, writing: Writing) -> str:
    return f"{writing.weekday(day)} {writing.clock(stop.start_s)}"


def _no_visit(board: Board, text: str, fitting: Sequence[Account], day: date | None) -> UserProblem:
    blocks = [block for each in board.plan.days if day in (None, each.day) for block in each.blocks]
    calls = [block.title for block in blocks if text.strip().casefold() in block.title.casefold()]
    if calls and not fitting:
        return UserProblem(f"{calls[0]} is time blocked in your calendar.", remedy="Change it there and import the calendar again.")
    return which_account(text, fitting)
