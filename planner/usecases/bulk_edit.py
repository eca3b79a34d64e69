"""Many accounts changed at once, as one step: the same value for all, tags put on and taken off, and fields that files brought."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from planner.errors import UserProblem
from planner.imports.values import one_line
from planner.imports.words import field_label
from planner.model.accounts import Account
from planner.model.changes import Changes
from planner.model.imports import Source
from planner.progress import Report, part
from planner.store import accounts as rows
from planner.store import book
from planner.usecases.edit_accounts import read_typed
from planner.usecases.workspace import Workspace

BULK_FIELDS = ("owner", "tier", "kind", "industry", "rating", "hours", "do_not_visit", "do_not_call")
"""The fields that several accounts can be given the same value of."""
_EVERY = 200
"""So many accounts are changed between two reports."""


@dataclass(frozen=True, slots=True)
class BulkEdit:
    """What to change: values by field as a person writes them, tags to put on and to take off, and custom fields by their name.

    A custom field that is given an empty value is taken out.
    """

    typed: Mapping[str, str] = field(default_factory=dict)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    custom: Mapping[str, str] = field(default_factory=dict)

    @property
    def wants_nothing(self) -> bool:
        """Whether it would change nothing at any account."""
        return not (self.typed or self.add_tags or self.remove_tags or self.custom)


def count_changed(accounts: Iterable[Account], edit: BulkEdit) -> int:
    """How many of these accounts an edit would change; raises UserProblem for a value that cannot be read."""
    values = _values(edit)
    return sum(_edited(account, values, edit) != account for account in accounts)


def bulk_edit(workspace: Workspace, account_ids: Collection[int], edit: BulkEdit, report: Report) -> Changes:
    """Change accounts in one step; what is changed outranks every later import, but for custom fields.

    Raises UserProblem for a value that cannot be read, or when no account is chosen or one is gone, and Cancelled; then all is as it was.
    """
    values = _values(edit)
    if not account_ids:
        raise UserProblem("No account is chosen.", remedy="Choose one or more.")
    if edit.wants_nothing:
        raise UserProblem("There is nothing to change.", remedy="Choose what the accounts should be given.")
    day = date.today()  # noqa: DTZ011 - her own calendar day
    with workspace.reading() as db:
        first = rows.account_by_id(db, min(account_ids))
    label = _label(edit, first.name if first and len(account_ids) == 1 else f"{len(account_ids):,} accounts")
    looking = part(report, 0.0, 0.8)
    with workspace.writing(label, sample=bool(first and first.sample)) as db:
        looking(0.0, "Reading the accounts")
        accounts = rows.accounts_of(db, account_ids)
        if len(accounts) < len(set(account_ids)):
            raise UserProblem("An account that is chosen is not there any more.", "Nothing was changed.", "Choose again.")
        changed, origins = [], {}
        for number, account in enumerate(accounts):
            if number % _EVERY == 0:
                looking(number / len(accounts), "Changing the accounts")
            after = _edited(account, values, edit)
            if after != account:
                changed.append(after)
                names = [name for name in (*values, "tags", "custom") if getattr(account, name) != getattr(after, name)]
                origins[account.id] = {**book.origins_of(db, account.id), **dict.fromkeys(names, (Source.TYPED, day))}
        report(0.8, "Keeping the accounts")
        rows.update_accounts(db, changed, origins)
        report(1.0, "Keeping the accounts")
    return Changes(label, accounts=True)


def _values(edit: BulkEdit) -> dict[str, Any]:
    for name in edit.typed:
        if name not in BULK_FIELDS:
            raise UserProblem(f"“{field_label(name)}” cannot be changed of several accounts at once.", remedy="Change it one by one.")
    return {name: read_typed(name, text) for name, text in edit.typed.items()}


def _edited(account: Account, values: Mapping[str, Any], edit: BulkEdit) -> Account:
    tags, custom = account.tags, account.custom
    if edit.add_tags or edit.remove_tags:
        gone = {tag.casefold() for tag in edit.remove_tags}
        tags = tuple(tag for tag in tags if tag.casefold() not in gone)
        known = {tag.casefold() for tag in tags}
        tags = (*tags, *(tag for tag in edit.add_tags if tag.casefold() not in known))
    if edit.custom:
        kept = {**dict(custom), **{name: one_line(value) for name, value in edit.custom.items()}}
        custom = tuple((name, value) for name, value in kept.items() if value or name not in edit.custom)
    return replace(account, **values, tags=tags, custom=custom)


def _label(edit: BulkEdit, named: str) -> str:
    """What is done in a few words: "Change owner of 12 accounts", "Tag 12 accounts “Fair”"."""
    if edit.add_tags and not (edit.typed or edit.remove_tags or edit.custom):
        return f"Tag {named} “{'; '.join(edit.add_tags)}”"
    what = [field_label(name).lower() for name in edit.typed]
    what += ["tags"] if edit.add_tags or edit.remove_tags else []
    what += list(edit.custom)
    return f"Change {', '.join(what)} of {named}"
