"""What she wants of single accounts."""

from dataclasses import replace
from typing import Any

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.wishes import Wish
from planner.store.accounts import account_by_id
from planner.store.wishes import all_wishes, save_wish
from planner.usecases.workspace import Workspace

MOST_POINTS = 200


def get_wish(workspace: Workspace, account_id: int) -> Wish:
    """What she wants of an account."""
    with workspace.reading() as db:
        return all_wishes(db).get(account_id, Wish(account_id))


def set_wish(workspace: Workspace, account_id: int, **changes: Any) -> Changes:
    """Change what she wants of an account, by the fields of Wish; raises UserProblem for what cannot be."""
    with workspace.writing() as db:
        account = account_by_id(db, account_id)
        if account is None:
            raise UserProblem(f"There is no account {account_id}.", remedy="See roadbook accounts list.")
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
    """Forget what she wants of an account."""
    with workspace.writing() as db:
        save_wish(db, Wish(account_id))
    return Changes("Forget what you want of an account", accounts=True)
