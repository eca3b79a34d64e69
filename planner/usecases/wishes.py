"""What she wants of single accounts."""

from typing import Any

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.changes import Changes
from planner.model.wishes import Wish
from planner.model.writing import USUAL_WRITING, Writing
from planner.store.wishes import all_wishes, save_wish
from planner.usecases.accounts import need_account
from planner.usecases.workspace import Workspace
from planner.values import replace

MOST_POINTS = 200
_SOME_WEEK = IsoWeek(2026, 1)


def get_wish(workspace: Workspace, account_id: int) -> Wish:
    """What she wants of an account."""
    with workspace.reading() as db:
        return all_wishes(db).get(account_id, Wish(account_id))


def set_wish(workspace: Workspace, account_id: int, **changes: Any) -> Changes:
    """Change what she wants of an account, by the fields of Wish; raises UserProblem for what cannot be."""
    account = need_account(workspace, account_id)
    label = f"Change what you want of {account.name}"
    with workspace.writing(label, sample=account.sample) as db:
        wish = replace(all_wishes(db).get(account_id, Wish(account_id)), **changes)
        if not -MOST_POINTS <= wish.boost <= MOST_POINTS:
            raise UserProblem(f"{wish.boost:g} points cannot be given.", f"The most is {MOST_POINTS}, the least {-MOST_POINTS}.")
        if wish.cadence_days is not None and not 1 <= wish.cadence_days <= 730:
            raise UserProblem(f"A visit every {wish.cadence_days} days cannot be planned.", "It must be between 1 and 730.")
        if wish.visit_minutes is not None and not 5 <= wish.visit_minutes <= 600:
            raise UserProblem(f"A visit of {wish.visit_minutes} minutes cannot be planned.", "It must be between 5 and 600.")
        save_wish(db, wish)
    return Changes(label, accounts=True)


def clear_wish(workspace: Workspace, account_id: int) -> Changes:
    """Forget what she wants of an account; raises UserProblem when there is none with this id."""
    account = need_account(workspace, account_id)
    changes = Changes(f"Forget what you want of {account.name}", accounts=True)
    with workspace.writing(changes.label, sample=account.sample) as db:
        save_wish(db, Wish(account_id))
    return changes


def wish_text(wish: Wish, writing: Writing = USUAL_WRITING) -> str:
    """What she wants of an account in words."""
    wanted = [
        "a visit without fail" if wish.must else "",
        f"by {writing.full_day(wish.deadline)}" if wish.deadline else "",
        f"only {', '.join(writing.weekday(_SOME_WEEK.day(day)) for day in wish.weekdays)}" if wish.weekdays else "",
        f"{wish.boost:+g} points" if wish.boost else "",
        f"every {wish.cadence_days} days" if wish.cadence_days else "",
        f"{wish.visit_minutes} min a visit" if wish.visit_minutes else "",
        f"contract ends {writing.full_day(wish.contract_end)}" if wish.contract_end else "",
    ]
    return "; ".join(filter(None, wanted)) or "nothing beyond what its file says"
