"""Accounts changed by hand: what she types outranks every file, and stays until she changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from planner.errors import UserProblem
from planner.imports.accounts import postcode
from planner.imports.values import calendar_day, made_up_id, money_cents, one_line, several, whole_number, yes_no
from planner.imports.words import field_label
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.changes import Changes
from planner.model.imports import Source
from planner.model.places import PostalAddress
from planner.planning.opening import open_days
from planner.progress import silent
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.accounts import need_account
from planner.usecases.locate_accounts import located
from planner.usecases.packs import active_pack
from planner.usecases.workspace import Workspace

_ADDRESS = ("street", "city", "state", "postcode")


def _tier(text: str) -> Tier:
    return _one_of(Tier, text.strip().upper())


def _kind(text: str) -> AccountKind:
    return _one_of(AccountKind, text.strip().lower())


def _one_of[T: (Tier, AccountKind)](kind: type[T], text: str) -> T:
    try:
        return kind(text)
    except ValueError:
        raise ValueError(f"It is one of {', '.join(kind)}") from None


_READERS: Mapping[str, Any] = {
    "name": one_line,
    "kind": _kind,
    "owner": one_line,
    "industry": one_line,
    "phone": one_line,
    "website": one_line,
    "rating": one_line,
    "hours": one_line,
    "tier": _tier,
    "employees": whole_number,
    "annual_revenue_cents": money_cents,
    "last_activity": calendar_day,
    "tags": several,
    "notes": str.strip,
    "do_not_visit": yes_no,
    "do_not_call": yes_no,
    "street": one_line,
    "city": one_line,
    "state": one_line,
    "postcode": postcode,
}
EDITABLE = tuple(_READERS)
"""The fields that can be typed."""


def edit_account(workspace: Workspace, account_id: int, typed: Mapping[str, str]) -> Changes:
    """Change fields of an account, written as a person writes them; raises UserProblem for a value that cannot be read.

    A changed address is placed anew.
    """
    return edit_accounts(workspace, [account_id], typed)


def edit_accounts(workspace: Workspace, account_ids: Iterable[int], typed: Mapping[str, str]) -> Changes:
    """Give several accounts the same values in one step; raises UserProblem for a value that cannot be read."""
    values = {name: read_typed(name, text) for name, text in typed.items()}
    accounts = [need_account(workspace, account_id) for account_id in account_ids]
    if not accounts:
        raise UserProblem("No account is chosen.", remedy="Choose one or more.")
    changed = [(before, after) for before in accounts if (after := _placed(workspace, before, _with(before, values))) != before]
    named = accounts[0].name if len(accounts) == 1 else f"{len(accounts):,} accounts"
    changes = Changes(f"Change {', '.join(field_label(name).lower() for name in values)} of {named}", accounts=True)
    day = date.today()  # noqa: DTZ011 - her own calendar day
    with workspace.writing(changes.label, sample=accounts[0].sample) as db:
        if any(rows.account_by_id(db, before.id) != before for before, _after in changed):
            raise UserProblem("An account was just changed by somebody else.", "Nothing was changed.", "Try again.")
        rows.save_accounts(db, [after for _before, after in changed])
        for before, after in changed:
            names = {_attribute(name) for name in values if getattr(before, _attribute(name)) != getattr(after, _attribute(name))}
            book.save_origins(db, after.id, {**book.origins_of(db, after.id), **dict.fromkeys(names, (Source.TYPED, day))})
    return changes


def add_account(workspace: Workspace, typed: Mapping[str, str]) -> tuple[int, Changes]:
    """Add an account that no file has; returns its number. Raises UserProblem."""
    values = {name: read_typed(name, text) for name, text in typed.items()}
    if not values.get("name"):
        raise UserProblem("The account has no name.", remedy="Give it one.")
    pack, day = active_pack(workspace), date.today()  # noqa: DTZ011 - her own calendar day
    crm_id = made_up_id("typed", *(str(value) for value in values.values()))
    blank = Account(0, crm_id, "", AccountKind.PROSPECT, PostalAddress(), sample=bool(pack and pack.sample))
    account = _placed(workspace, blank, _with(blank, values))
    changes = Changes(f"Add {account.name}", accounts=True)
    with workspace.writing(changes.label, sample=account.sample) as db:
        if crm_id in book.source_ids(db, Source.CRM):
            raise UserProblem(f"“{account.name}” is there already.", "An account was typed with exactly these words before.")
        number = rows.newest_account(db) + 1
        origins = {number: {_attribute(name): (Source.TYPED, day) for name in values}}
        rows.insert_accounts(db, [replace(account, id=number)], origins)
        book.save_source_ids(db, [(Source.CRM, crm_id, number)])
    return number, changes


def delete_accounts(workspace: Workspace, account_ids: Iterable[int]) -> Changes:
    """Take accounts out with all that hangs on them; undo brings them back."""
    accounts = [need_account(workspace, account_id) for account_id in account_ids]
    if not accounts:
        raise UserProblem("No account is chosen.", remedy="Choose one or more.")
    named = accounts[0].name if len(accounts) == 1 else f"{len(accounts):,} accounts"
    changes = Changes(f"Delete {named}", accounts=True, plans=True)
    with workspace.writing(changes.label, sample=accounts[0].sample) as db:
        rows.delete_accounts(db, [account.id for account in accounts])
    return changes


def read_typed(name: str, text: str) -> Any:
    if name not in _READERS:
        raise UserProblem(f"“{name}” cannot be changed.", remedy=f"Choose one of: {', '.join(EDITABLE)}.")
    try:
        value = _READERS[name](text)
    except ValueError as error:
        raise UserProblem(f"{field_label(name)} cannot be “{text.strip()}”.", f"{error}.", "Nothing was changed.") from error
    if name == "name" and not value:
        raise UserProblem("An account needs a name.", remedy="Nothing was changed.")
    if name == "hours" and value and open_days(value, [date(2026, 11, 30)]).note:
        raise UserProblem(f"The opening hours “{value}” cannot be read.", remedy="Write them as Mo-Fr 08:00-17:00.")
    return value


def _attribute(name: str) -> str:
    return "address" if name in _ADDRESS else name


def _with(account: Account, values: Mapping[str, Any]) -> Account:
    address = {name: value for name, value in values.items() if name in _ADDRESS}
    others = {name: value for name, value in values.items() if name not in _ADDRESS}
    return replace(account, **others, address=replace(account.address, **address))


def _placed(workspace: Workspace, before: Account, after: Account) -> Account:
    """The account, placed anew when its address changed."""
    if before.address == after.address:
        return after
    pack = active_pack(workspace)
    (placed,) = located(workspace, pack if pack and pack.sample == after.sample else None, [after], silent)
    return placed
