"""Accounts changed by hand, one or many: what she types outranks every file, and stays until she changes it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from planner.errors import UserProblem
from planner.imports.accounts import postcode
from planner.imports.values import calendar_day, made_up_id, money_cents, one_line, several, whole_number, yes_no
from planner.imports.words import field_label
from planner.model.accounts import Account, AccountKind, Tier
from planner.model.changes import Changes
from planner.model.imports import Source
from planner.model.places import Match, PostalAddress
from planner.model.writing import Writing
from planner.planning.opening import open_days
from planner.progress import Report, part, silent
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.locate_accounts import located, with_match
from planner.usecases.packs import active_pack, in_sample
from planner.usecases.settings import writing_in
from planner.usecases.workspace import Workspace
from planner.values import Struct, field, replace

_ADDRESS = ("street", "city", "state", "postcode")
_EVERY = 200
"""So many accounts are changed between two reports."""


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


class AccountEdit(Struct, frozen=True):
    """What to change: values by field as a person writes them, tags to put on and to take off, and custom fields by their name.

    A custom field that is given an empty value is taken out; what is changed outranks every later import, but for custom fields.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)

    @property
    def wants_nothing(self) -> bool:
        """Whether it would change nothing at any account."""
        return not (self.typed or self.add_tags or self.remove_tags or self.custom)


def count_changed(accounts: Iterable[Account], edit: AccountEdit) -> int:
    """How many of these accounts an edit would change; raises UserProblem for a value that cannot be read."""
    values = _values(edit.typed)
    return sum(_edited(account, values, edit) != account for account in accounts)


def edit_account(workspace: Workspace, account_id: int, typed: Mapping[str, str]) -> Changes:
    """Change fields of an account, written as a person writes them; raises UserProblem for a value that cannot be read.

    A changed address is placed anew.
    """
    return edit_accounts(workspace, [account_id], AccountEdit(typed))


def edit_accounts(workspace: Workspace, account_ids: Collection[int], edit: AccountEdit, report: Report = silent) -> Changes:
    """Change accounts in one step, and place those anew whose address changed.

    Raises UserProblem for a value that cannot be read, or when no account is chosen or one is gone, and Cancelled; then all is as it was.
    """
    values = _values(edit.typed)
    if edit.wants_nothing:
        raise UserProblem("There is nothing to change.", remedy="Choose what the accounts should be given.")
    report(0.0, "Reading the accounts")
    accounts = _chosen(workspace, account_ids)
    looking, changed = part(report, 0.0, 0.8), []
    for number, before in enumerate(accounts):
        if number % _EVERY == 0:
            looking(number / len(accounts), "Changing the accounts")
        if (after := _placed(workspace, before, _edited(before, values, edit))) != before:
            changed.append((before, after))
    names = {_attribute(name) for name in (*values, "tags", "custom")}
    label, day = _label(edit, _named(accounts, writing_in(workspace))), date.today()  # noqa: DTZ011 - her own calendar day
    with workspace.writing(label, sample=accounts[0].sample) as db:
        report(0.8, "Keeping the accounts")
        now = {account.id: account for account in rows.accounts_of(db, [before.id for before, _after in changed])}
        if any(now.get(before.id) != before for before, _after in changed):
            raise UserProblem("An account was just changed by somebody else.", "Nothing was changed.", "Try again.")
        origins = {}
        for before, after in changed:
            typed = [name for name in names if getattr(before, name) != getattr(after, name)]
            origins[after.id] = {**book.origins_of(db, after.id), **dict.fromkeys(typed, (Source.TYPED, day))}
        rows.update_accounts(db, [after for _before, after in changed], origins)
        report(1.0, "Keeping the accounts")
    return Changes(label, accounts=True)


def add_account(workspace: Workspace, typed: Mapping[str, str], match: Match | None = None) -> tuple[int, Changes]:
    """Add an account that no file has, where she says it is or else by its address; returns its number. Raises UserProblem."""
    values = _values(typed)
    if not values.get("name"):
        raise UserProblem("The account has no name.", remedy="Give it one.")
    day = date.today()  # noqa: DTZ011 - her own calendar day
    crm_id = made_up_id("typed", *(str(value) for value in values.values()))
    blank = Account(0, crm_id, "", AccountKind.PROSPECT, PostalAddress(), sample=in_sample(workspace))
    account = with_match(_with(blank, values), match) if match else _placed(workspace, blank, _with(blank, values))
    changes = Changes(f"Add {account.name}", accounts=True)
    with workspace.writing(changes.label, sample=account.sample) as db:
        if crm_id in book.source_ids(db, Source.CRM):
            raise UserProblem(f"“{account.name}” is there already.", "An account was typed with exactly these words before.")
        number = rows.newest_account(db) + 1
        origins = {number: {_attribute(name): (Source.TYPED, day) for name in values}}
        rows.insert_accounts(db, [replace(account, id=number)], origins)
        book.save_source_ids(db, [(Source.CRM, crm_id, number)])
    return number, changes


def delete_accounts(workspace: Workspace, account_ids: Collection[int]) -> Changes:
    """Take accounts out with all that hangs on them; undo brings them back."""
    accounts = _chosen(workspace, account_ids)
    changes = Changes(f"Delete {_named(accounts, writing_in(workspace))}", accounts=True, plans=True)
    with workspace.writing(changes.label, sample=accounts[0].sample) as db:
        rows.delete_accounts(db, [account.id for account in accounts])
    return changes


def _chosen(workspace: Workspace, account_ids: Collection[int]) -> list[Account]:
    """The accounts with these ids, one at least; raises UserProblem when there is none or one is not there."""
    if not account_ids:
        raise UserProblem("No account is chosen.", remedy="Choose one or more.")
    with workspace.reading() as db:
        accounts = rows.accounts_of(db, account_ids)
    for gone in set(account_ids) - {account.id for account in accounts}:
        raise UserProblem(f"There is no account {gone} any more.", "Nothing was changed.", "Choose again.")
    return accounts


def _named(accounts: list[Account], writing: Writing) -> str:
    return accounts[0].name if len(accounts) == 1 else f"{writing.number(len(accounts))} accounts"


def _label(edit: AccountEdit, named: str) -> str:
    """What is done in a few words: "Change owner of 12 accounts", "Tag 12 accounts “Fair”"."""
    if edit.add_tags and not (edit.typed or edit.remove_tags or edit.custom):
        return f"Tag {named} “{'; '.join(edit.add_tags)}”"
    what = [field_label(name).lower() for name in edit.typed]
    what += ["tags"] if edit.add_tags or edit.remove_tags else []
    what += list(edit.custom)
    return f"Change {', '.join(what)} of {named}"


def _values(typed: Mapping[str, str]) -> dict[str, Any]:
    return {name: _value(name, text) for name, text in typed.items()}


def _value(name: str, text: str) -> Any:
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


def _edited(account: Account, values: Mapping[str, Any], edit: AccountEdit) -> Account:
    after = _with(account, values)
    tags, custom = after.tags, after.custom
    if edit.add_tags or edit.remove_tags:
        gone = {tag.casefold() for tag in edit.remove_tags}
        tags = tuple(tag for tag in tags if tag.casefold() not in gone)
        known = {tag.casefold() for tag in tags}
        tags = (*tags, *(tag for tag in edit.add_tags if tag.casefold() not in known))
    if edit.custom:
        kept = {**dict(custom), **{name: one_line(value) for name, value in edit.custom.items()}}
        custom = tuple((name, value) for name, value in kept.items() if value or name not in edit.custom)
    return replace(after, tags=tags, custom=custom)


def _placed(workspace: Workspace, before: Account, after: Account) -> Account:
    """The account, placed anew when its address changed."""
    if before.address == after.address:
        return after
    pack = active_pack(workspace)
    (placed,) = located(workspace, pack if pack and pack.sample == after.sample else None, [after], silent)
    return placed
