"""roadbook accounts show, set, add, delete, merge and more: the book of accounts changed by hand."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from typing import Annotated, Any

import typer

from planner.cli.console import AsJson, Home, Progress, message, print_json, print_table
from planner.errors import UserProblem
from planner.imports.words import field_label, value_text
from planner.model.accounts import Account
from planner.model.journal import FieldChange
from planner.model.plain_text import one_line
from planner.usecases import edit_accounts, merge, presets
from planner.usecases.accounts import AccountDetails, account_details, find_account
from planner.usecases.undo import account_history
from planner.usecases.workspace import workspace_at
from planner.values import Struct, fields

Named = Annotated[str, typer.Argument(metavar="ACCOUNT", help="The account's number, CRM id or a part of its name.")]
First = Annotated[str, typer.Argument(metavar="FIRST", help="The account that stays: its number, CRM id or a part of its name.")]
Second = Annotated[str, typer.Argument(metavar="SECOND", help="The other account.")]
Values = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...", help=f"Fields: {', '.join(edit_accounts.EDITABLE)}.")]

_SHORT_NAMES = {"annual_revenue": "annual_revenue_cents", "revenue": "annual_revenue_cents", "zip": "postcode", "type": "kind"}
"""What some fields may be called as well."""
_NOT_SHOWN = frozenset({"id", "crm_id", "name", "sample", "custom", "place", "term_ends", "mrr_cents"})


def duplicates(
    again: Annotated[bool, typer.Option("--again", help="Look through all accounts anew first.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List the accounts that probably stand twice, why, and in what they differ."""
    report = Progress()
    with workspace_at(home) as workspace:
        pairs = merge.find_again(workspace, report)[0] if again else merge.list_duplicates(workspace, report)
    report.done()
    if as_json:
        print_json([_pair_data(number, pair) for number, pair in enumerate(pairs, start=1)])
        return
    for number, pair in enumerate(pairs, start=1):
        _print_pair(f"{number}. ", pair)
    message(f"{len(pairs):,} pair{'s' if len(pairs) != 1 else ''}." + (" Next: roadbook accounts merge, or distinct." if pairs else ""))


def merge_(
    first: First,
    second: Second,
    take: Annotated[
        list[str] | None, typer.Option("--take", metavar="FIELD=WHICH", help="Whose value to take: first, second or both. May be repeated.")
    ] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Only show the two side by side, and what is proposed.")] = False,
    home: Home = None,
) -> None:
    """Make two accounts one; what --take does not say is taken as proposed."""
    chosen = _pairs_of(take or (), "name=second")
    with workspace_at(home) as workspace:
        one, other = find_account(workspace, first), find_account(workspace, second)
        if compare:
            _print_pair("", merge.compare_accounts(workspace, one.id, other.id))
            return
        message(f"{merge.merge_accounts(workspace, one.id, other.id, chosen).label}.")


def distinct(first: First, second: Second, home: Home = None) -> None:
    """Say that two accounts are not the same: they are never proposed again."""
    with workspace_at(home) as workspace:
        one, other = find_account(workspace, first), find_account(workspace, second)
        message(f"{merge.keep_apart(workspace, one.id, other.id).label}.")


def set_(
    account: Named,
    values: Values,
    more: Annotated[list[str] | None, typer.Option("--account", help="Another account that gets the same; may be repeated.")] = None,
    home: Home = None,
) -> None:
    """Change fields of one account or several, in one step; what you type outranks every file."""
    typed = _typed(values)
    with workspace_at(home) as workspace:
        ids = dict.fromkeys(find_account(workspace, text).id for text in (account, *(more or ())))
        message(f"{edit_accounts.edit_accounts(workspace, ids, edit_accounts.AccountEdit(typed)).label}.")


def add(values: Values, home: Home = None, as_json: AsJson = False) -> None:
    """Add an account that no file has: name=... street=... city=..."""
    typed = _typed(values)
    with workspace_at(home) as workspace:
        number, changes = edit_accounts.add_account(workspace, typed)
    print_json({"id": number}) if as_json else message(f"{changes.label}: number {number}.")


def delete(
    accounts: Annotated[list[str], typer.Argument(metavar="ACCOUNT...", help="Numbers, CRM ids or parts of names.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    home: Home = None,
) -> None:
    """Take accounts out with all that hangs on them; roadbook undo brings them back."""
    with workspace_at(home) as workspace:
        found = list({account.id: account for account in (find_account(workspace, text) for text in accounts)}.values())
        if not yes:
            message("\n".join(_named(account) for account in found))
            if not _confirmed("Delete with all that hangs on them?"):
                message("Nothing was deleted.")
                return
        message(f"{edit_accounts.delete_accounts(workspace, [account.id for account in found]).label}.")


def show(account: Named, home: Home = None, as_json: AsJson = False) -> None:
    """Show everything about an account: its fields and where each came from, its people, deals, services and visits."""
    with workspace_at(home) as workspace:
        details = account_details(workspace, find_account(workspace, account).id)
    if as_json:
        print_json(_data(details))
        return
    _table(_named(details.account), ("Field", "Value", "From", "Since"), _field_rows(details))
    for title, headers, rows in _lists(details):
        if rows:
            _table(title, headers, rows)
    message(f"Worth {details.value:,.1f} points today. {details.due_text}")


def history(account: Named, home: Home = None, as_json: AsJson = False) -> None:
    """Show who changed what of an account and when, the newest first."""
    with workspace_at(home) as workspace:
        changes = account_history(workspace, find_account(workspace, account).id)
    if as_json:
        print_json([_data(change) for change in changes])
    else:
        _table("", ("When", "Who", "Step", "What", "Before", "After"), [_change_row(change) for change in changes])


def presets_(
    delete: Annotated[str, typer.Option("--delete", metavar="NAME", help="Forget this preset.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List how files are read, as kept under names; or forget one."""
    with workspace_at(home) as workspace:
        if delete:
            message(f"{presets.delete_preset(workspace, delete).label}.")
            return
        kept = presets.list_presets(workspace)
    if as_json:
        print_json([{"name": name} | _data(mapping) for name, mapping in kept.items()])
        return
    rows = [
        (name, each.kind.value, "; ".join(f"{column} → {field}" for field, column in each.columns.items())) for name, each in kept.items()
    ]
    _table("", ("Preset", "Reads", "Columns"), rows)


def _typed(values: Sequence[str]) -> dict[str, str]:
    return {_SHORT_NAMES.get(name, name): text for name, text in _pairs_of(values, "owner=Rep A").items()}


def _pairs_of(texts: Iterable[str], example: str) -> dict[str, str]:
    """Names and values, from texts such as “owner=Rep A”."""
    found = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise UserProblem(f"“{text}” does not say which field gets what.", remedy=f"Write it as {example}.")
        found[name.strip().lower().replace("-", "_").replace(" ", "_")] = value
    return found


def _confirmed(question: str) -> bool:
    try:
        return typer.confirm(question, err=True)
    except typer.Abort:
        raise UserProblem("Nothing was deleted.", "There was nobody to ask.", "Say --yes to do it without a question.") from None


def _named(account: Account) -> str:
    where = f", {account.address.one_line}" if account.address.one_line else ""
    return f"{account.name}{where} (number {account.id}, id {account.crm_id})"


def _table(title: str, headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A table whose texts hold nothing that a terminal would obey."""
    print_table(one_line(title), headers, [tuple(map(one_line, row)) for row in rows])


def _print_pair(number: str, pair: merge.Duplicate) -> None:
    title = f"{number}{pair.first.name} (number {pair.first.id}) and {pair.second.name} (number {pair.second.id}): {pair.why}"
    rows = [(each.label, each.first, each.second, f"{each.proposed}: {each.why}") for each in pair.fields]
    _table(title, ("Field", "First", "Second", "Proposed"), rows)


def _pair_data(number: int, pair: merge.Duplicate) -> dict[str, Any]:
    return {
        "number": number,
        "first": {"id": pair.first.id, "crm_id": pair.first.crm_id, "name": pair.first.name},
        "second": {"id": pair.second.id, "crm_id": pair.second.crm_id, "name": pair.second.name},
        "why": pair.why,
        "fields": [_data(each) for each in pair.fields],
    }


def _field_rows(details: AccountDetails) -> list[tuple[str, str, str, str]]:
    """The fields of an account that have a value, each with where it came from and when; then what is known of its place."""
    account, rows = details.account, []
    for each in (field for field in fields(account) if field.name not in _NOT_SHOWN and not field.name.startswith("match_")):
        text = value_text(each.name, getattr(account, each.name))
        if text and text != "no":
            rows.append((field_label(each.name), text, *_origin(details, each.name)))
    rows += [(name, value, *_origin(details, "custom")) for name, value in account.custom]
    if account.place:
        doubt = ", to be checked" if account.match_doubtful else ""
        rows.append(
            ("Place", f"{account.place.lat:.6f}, {account.place.lon:.6f} ({account.match_quality}{doubt})", account.match_source, "")
        )
    if account.mrr_cents:
        rows.append(("Monthly charges", value_text("mrr_cents", account.mrr_cents), "", ""))
    return rows


def _origin(details: AccountDetails, name: str) -> tuple[str, str]:
    source, day = details.origins.get(name, ("", ""))
    return str(source), str(day)


def _lists(details: AccountDetails) -> list[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """What hangs on an account: title, headers and rows of each kind."""
    money, day = _words("mrr_cents"), _words("day")
    return [
        ("Contacts", ("Name", "Title", "E-mail", "Phone", "Mobile"),
         [(each.name, each.title, each.email, each.phone, each.mobile) for each in details.contacts]),
        ("Deals", ("Deal", "Stage", "Amount", "Closes"),
         [(each.name, each.stage, money(each.amount_cents), day(each.close_date)) for each in details.opportunities]),
        ("Services", ("Product", "Billing number", "A month", "Term ends"),
         [(each.product, each.billing_number, money(each.mrr_cents), day(each.term_end)) for each in details.services]),
        ("Other locations", ("Location", "Address", "Placed"),
         [(each.label, each.address.one_line, each.match.quality.value) for each in details.locations]),
        ("Visits", ("Day", "Outcome", "Note"), [(day(each.day), each.outcome.value, each.note) for each in details.visits]),
        ("Activities", ("Day", "Kind", "Subject", "Owner", "Status"),
         [(day(each.day), each.kind, each.subject, each.owner, each.status) for each in details.activities]),
        ("Record ids", ("System", "Id"), [(source.value, ref) for source, ref in details.ids]),
    ]  # fmt: skip


def _words(name: str) -> Any:
    return lambda value: value_text(name, value)


def _change_row(change: FieldChange) -> tuple[str, ...]:
    return f"{change.at.astimezone():%Y-%m-%d %H:%M}", change.who, change.label, change.what, change.before, change.after


def _data(value: Any) -> Any:
    """A value as JSON has it: records as objects, custom fields by their names, days in ISO form."""
    if isinstance(value, Struct):
        found = {each.name: _data(getattr(value, each.name)) for each in fields(value)}
        return found | ({"custom": dict(value.custom)} if isinstance(value, Account) else {})
    if isinstance(value, Mapping):
        return {str(key): _data(each) for key, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return [_data(each) for each in value] if isinstance(value, tuple | list | frozenset) else value
