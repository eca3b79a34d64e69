"""Accounts that stand twice: shown side by side, merged field by field, or kept apart for good."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.errors import UserProblem
from planner.imports.merge_proposal import propose
from planner.imports.same_address import same_address
from planner.imports.words import field_label, value_text
from planner.model.accounts import Account, Location
from planner.model.changes import Changes
from planner.model.imports import Source
from planner.model.places import Match
from planner.progress import Report, silent
from planner.store import accounts as rows
from planner.store import book
from planner.store.merging import move_all
from planner.usecases.accounts import list_accounts, need_account
from planner.usecases.workspace import Workspace
from planner.values import Struct, replace

if TYPE_CHECKING:
    from sqlite_utils import Database

FIRST, SECOND, BOTH = "first", "second", "both"
_PLACE = ("place", "match_quality", "match_source", "match_score", "match_note", "match_doubtful")
_JOINED = ("tags", "notes", "custom")
"""Fields of which both can be kept."""
_FOLLOWS = frozenset({"last_activity"})
"""A field that goes on following its source after a merge: it only ever moves forward."""


class FieldPair(Struct, frozen=True):
    """A field in which two accounts differ: its name, label, both values in words, which one is proposed, and why."""

    name: str
    label: str
    first: str
    second: str
    proposed: str
    why: str


class Duplicate(Struct, frozen=True):
    """Two accounts that are probably one, why, and the fields in which they differ."""

    first: Account
    second: Account
    why: str
    fields: tuple[FieldPair, ...]


def find_again(workspace: Workspace, report: Report) -> tuple[list[Duplicate], Changes]:
    """Look for duplicates among all accounts of the territory in use, and mark them."""
    from planner.imports.duplicates import find_duplicates

    accounts = list_accounts(workspace)
    with workspace.reading() as db:
        distinct = book.distinct_pairs(db)
    pairs = find_duplicates(accounts, report, distinct)
    marks = {pair.second.id: pair.first.id for pair in pairs}
    changes = Changes("Look for duplicates", accounts=True)
    if accounts:
        with workspace.writing(changes.label, sample=accounts[0].sample) as db:
            for account in accounts:
                if account.duplicate_of != marks.get(account.id):
                    rows.mark_duplicate(db, account.id, marks.get(account.id))
    return [_duplicate(pair.first, pair.second, pair.why) for pair in pairs], changes


def list_duplicates(workspace: Workspace, report: Report = silent) -> list[Duplicate]:
    """The pairs of accounts that are marked as probably the same, with why. Raises Cancelled."""
    from planner.imports.duplicates import find_duplicates

    report(0.0, "Reading the accounts")
    accounts = {account.id: account for account in list_accounts(workspace)}
    marked = [(accounts[second.duplicate_of], second) for second in accounts.values() if second.duplicate_of in accounts]
    pairs = []
    for number, (first, second) in enumerate(marked):
        report(number / len(marked), f"Comparing {second.name} with {first.name}")
        why = next((pair.why for pair in find_duplicates([first, second])), "marked as the same")
        pairs.append(_duplicate(first, second, why))
    return pairs


def compare_accounts(workspace: Workspace, first_id: int, second_id: int) -> Duplicate:
    """Two accounts side by side; raises UserProblem when they cannot be merged."""
    return _duplicate(*_two(workspace, first_id, second_id), "chosen by you")


def _duplicate(first: Account, second: Account, why: str) -> Duplicate:
    proposal = propose(first, second)
    pairs = tuple(
        FieldPair(
            name,
            field_label(name),
            _words(first, name),
            _words(second, name),
            chosen,
            because,
        )
        for name, (chosen, because) in proposal.items()
    )
    return Duplicate(first, second, why, pairs)


def _words(account: Account, name: str) -> str:
    if name == "custom":
        return "; ".join(f"{key}: {value}" for key, value in account.custom)
    return value_text(name, getattr(account, name))


def merge_accounts(workspace: Workspace, first_id: int, second_id: int, take: Mapping[str, str] | None = None) -> Changes:
    """Make two accounts one: the first stays, with the fields that `take` says ("first", "second", "both"); what is not said is proposed.

    Its deals, visits, contacts, services, activities, locations, plans and wishes come along, and the ids of the second stand for the first
    from now on, so that no later import brings it back. Raises UserProblem.
    """
    first, second = _two(workspace, first_id, second_id)
    proposed = {name: chosen for name, (chosen, _why) in propose(first, second).items()}
    chosen = proposed | dict(take or {})
    unknown = sorted(set(chosen) - set(proposed))
    if unknown:
        raise UserProblem(
            f"“{unknown[0]}” is no field in which they differ.", f"They differ in {', '.join(sorted(proposed)) or 'nothing'}."
        )
    values = _values(first, second, chosen)
    changes = Changes(f"Merge {second.name} into {first.name}", accounts=True, plans=True)
    with workspace.writing(changes.label, sample=first.sample) as db:
        if rows.account_by_id(db, first.id) != first or rows.account_by_id(db, second.id) != second:
            raise UserProblem("One of the two was just changed.", "Nothing was merged.", "Look at them again.")
        merged = replace(first, **values, duplicate_of=None)
        _keep_addresses(db, merged, (first, second))
        move_all(db, second, merged)
        rows.save_accounts(db, [merged])
        typed = {name: (Source.TYPED, date.today()) for name in values if name not in _PLACE and name not in _FOLLOWS}  # noqa: DTZ011
        book.save_origins(db, first.id, {**book.origins_of(db, first.id), **typed})
    return changes


def keep_apart(workspace: Workspace, first_id: int, second_id: int) -> Changes:
    """Remember that two accounts are not the same: they are never proposed again. Raises UserProblem."""
    first, second = _two(workspace, first_id, second_id)
    changes = Changes(f"{second.name} is not the same as {first.name}", accounts=True)
    with workspace.writing(changes.label, sample=first.sample) as db:
        book.keep_distinct(db, first.id, second.id)
        for one, other in ((first, second), (second, first)):
            if one.duplicate_of == other.id:
                rows.mark_duplicate(db, one.id, None)
    return changes


def _two(workspace: Workspace, first_id: int, second_id: int) -> tuple[Account, Account]:
    first, second = need_account(workspace, first_id), need_account(workspace, second_id)
    if first.id == second.id:
        raise UserProblem("An account cannot be merged with itself.", remedy="Choose two accounts.")
    if first.sample != second.sample:
        raise UserProblem("One of the two belongs to the sample territory.", remedy="Choose two accounts of one territory.")
    return first, second


def _values(first: Account, second: Account, chosen: Mapping[str, str]) -> dict[str, Any]:
    """The attributes of the first account that a merge changes."""
    values: dict[str, Any] = {}
    for name, which in chosen.items():
        if which == SECOND:
            values[name] = getattr(second, name)
        elif which == BOTH and name in _JOINED:
            values[name] = _both(name, getattr(first, name), getattr(second, name))
        elif which == BOTH:
            raise UserProblem(
                f"Both values of “{name}” cannot be kept.",
                f"Only {', '.join(_JOINED)} can hold both.",
                "Say first or second; nothing was merged.",
            )
        elif which != FIRST:
            raise UserProblem(f"“{which}” is not one of the two.", remedy="Say first, second or both.")
    if "address" in values:
        values |= {name: getattr(second, name) for name in _PLACE}
    return values


def _both(name: str, one: Any, other: Any) -> Any:
    if name == "notes":
        return f"{one}\n{other}".strip() if other not in one else one
    if name == "custom":
        return tuple((dict(other) | dict(one)).items())
    return tuple(dict.fromkeys((*one, *other)))


def _keep_addresses(db: "Database", merged: Account, accounts: Iterable[Account]) -> None:
    """An address of the two that the merged account does not have becomes another location of it."""
    known = [merged.address, *(location.address for location in book.locations_of(db, merged.id))]
    for account in accounts:
        if not account.address.street or any(same_address(account.address, address) for address in known):
            continue
        known.append(account.address)
        match = Match(
            account.place,
            account.match_quality,
            account.match_source,
            account.match_score,
            note=account.match_note,
            doubtful=account.match_doubtful,
        )
        book.save_locations(db, [Location(0, merged.id, f"Address of {account.name}", account.address, "merged", account.hours, match)])
