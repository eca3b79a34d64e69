"""What she wants of single accounts."""

import calendar
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.changes import Changes
from planner.model.wishes import Wish
from planner.store.accounts import account_by_id
from planner.store.wishes import all_wishes, save_wish
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from sqlite_utils import Database

MOST_POINTS = 200


def get_wish(workspace: Workspace, account_id: int) -> Wish:
    """What she wants of an account."""
    with workspace.reading() as db:
        return all_wishes(db).get(account_id, Wish(account_id))


def set_wish(workspace: Workspace, account_id: int, **changes: Any) -> Changes:
    """Change what she wants of an account, by the fields of Wish; raises UserProblem for what cannot be."""
    with workspace.writing() as db:
        account = _account(db, account_id)
        wish = replace(all_wishes(db).get(account_id, Wish(account_id)), **changes)
        if not -MOST_POINTS <= wish.boost <= MOST_POINTS:
            raise UserProblem(f"{wish.boost:g} points cannot be given.", f"The most is {MOST_POINTS}, the least {-MOST_POINTS}.")
        if wish.cadence_days is not None and not 1 <= wish.cadence_days <= 730:
            raise UserProblem(f"A visit every {wish.cadence_days} days cannot be planned.", "It must be between 1 and 730.")
        if wish.visit_minutes is not None and not 5 <= wish.visit_minutes <= 600:
            raise UserProblem(f"A visit of {wish.visit_minutes} minutes cannot be planned.", "It must be between 5 and 600.")
        save_wish(db, wish)
    return Changes(f"Change what you want of {account.name}", accounts=True)


def clear_wish(workspace: Workspace, account_id: int) -> Changes:
    """Forget what she wants of an account; raises UserProblem when there is none with this id."""
    with workspace.writing() as db:
        account = _account(db, account_id)
        save_wish(db, Wish(account_id))
    return Changes(f"Forget what you want of {account.name}", accounts=True)


def wish_text(wish: Wish) -> str:
    """What she wants of an account in words."""
    wanted = [
        "a visit without fail" if wish.must else "",
        f"by {_day_text(wish.deadline)}" if wish.deadline else "",
        f"only {', '.join(calendar.day_abbr[day] for day in wish.weekdays)}" if wish.weekdays else "",
        f"{wish.boost:+g} points" if wish.boost else "",
        f"every {wish.cadence_days} days" if wish.cadence_days else "",
        f"{wish.visit_minutes} min a visit" if wish.visit_minutes else "",
        f"contract ends {_day_text(wish.contract_end)}" if wish.contract_end else "",
    ]
    return "; ".join(filter(None, wanted)) or "nothing beyond what its file says"


def _day_text(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def _account(db: "Database", account_id: int) -> Account:
    account = account_by_id(db, account_id)
    if account is None:
        raise UserProblem(f"There is no account {account_id}.", remedy="See roadbook accounts list.")
    return account
