"""Ways to look at the accounts: those that are always there, and those she saves under a name."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from planner.errors import UserProblem
from planner.model.account_views import AccountView, Comparison, Condition
from planner.model.changes import Changes
from planner.store import account_views as rows
from planner.usecases.packs import in_sample
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from sqlite_utils import Database

LONGEST_NAME = 60
CONTRACT_DAYS = 90
EVERYONE = AccountView("All accounts")


def built_in_views(today: date) -> tuple[AccountView, ...]:
    """The views that are always there; "this week" ends on Sunday."""
    days_left = 6 - today.weekday()
    return (
        AccountView("Places to check", (Condition("place_to_check", Comparison.YES),), sort="placed", descending=True),
        AccountView("Due this week", (Condition("due", Comparison.AT_MOST, str(days_left)),), sort="due"),
        AccountView(
            "Tier A overdue",
            (Condition("tier", Comparison.IS, "A"), Condition("overdue", Comparison.AT_LEAST, "1")),
            sort="overdue",
            descending=True,
        ),
        AccountView("No owner", (Condition("owner", Comparison.EMPTY),)),
        AccountView(
            f"Contract ends in {CONTRACT_DAYS} days",
            (Condition("contract_end", Comparison.IN_NEXT, str(CONTRACT_DAYS)),),
            sort="contract_end",
        ),
    )


def list_views(workspace: Workspace) -> list[AccountView]:
    """The views she has saved, by name."""
    sample = in_sample(workspace)
    with workspace.reading() as db:
        return rows.all_views(db, sample=sample)


def save_view(workspace: Workspace, view: AccountView) -> Changes:
    """Keep a view under its name, in place of the one that has it; raises UserProblem for a name that cannot be."""
    name, sample = _plain(view.name), in_sample(workspace)
    changes = Changes(f"Save the view “{name}”")
    with workspace.writing(changes.label, sample=sample) as db:
        kept = AccountView(name, view.conditions, view.columns, view.sort, view.descending, view.group)
        rows.save_view(db, kept, sample=sample)
    return changes


def rename_view(workspace: Workspace, name: str, new: str) -> Changes:
    """Give a view another name; raises UserProblem when there is none of the old name, or one of the new."""
    plain, sample = _plain(new), in_sample(workspace)
    changes = Changes(f"Rename the view “{name}” to “{plain}”")
    with workspace.writing(changes.label, sample=sample) as db:
        view = _need(db, name, sample=sample)
        if plain != name and any(each.name == plain for each in rows.all_views(db, sample=sample)):
            raise UserProblem(f"There is a view “{plain}” already.", "Nothing was changed.", "Choose another name.")
        rows.delete_view(db, name, sample=sample)
        rows.save_view(db, AccountView(plain, view.conditions, view.columns, view.sort, view.descending, view.group), sample=sample)
    return changes


def delete_view(workspace: Workspace, name: str) -> Changes:
    """Forget a view; raises UserProblem when there is none of this name."""
    sample = in_sample(workspace)
    changes = Changes(f"Delete the view “{name}”")
    with workspace.writing(changes.label, sample=sample) as db:
        _need(db, name, sample=sample)
        rows.delete_view(db, name, sample=sample)
    return changes


def _need(db: "Database", name: str, *, sample: bool) -> AccountView:
    views = rows.all_views(db, sample=sample)
    for view in views:
        if view.name == name:
            return view
    raise UserProblem(f"There is no view “{name}”.", f"There is: {_names(views)}.")


def _names(views: Iterable[AccountView]) -> str:
    return ", ".join(view.name for view in views) or "none yet"


def _plain(name: str) -> str:
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST_NAME:
        raise UserProblem(f"The view needs a name of up to {LONGEST_NAME} characters.", remedy="Give it one, such as “Downtown prospects”.")
    built_in = {view.name.casefold() for view in (EVERYONE, *built_in_views(date.today()))}  # noqa: DTZ011 - only their names count
    if plain.casefold() in built_in:
        raise UserProblem(f"“{plain}” is a view that is always there.", "Nothing was changed.", "Choose another name.")
    return plain
