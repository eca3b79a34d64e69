"""What was read joined with what is kept: which record is which, what changes, and what belongs to no account."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from planner.imports import accounts as account_files
from planner.imports import activities as activity_files
from planner.imports import contacts as contact_files
from planner.imports import opportunities as deal_files
from planner.imports import reps as rep_files
from planner.imports.merge_fields import merged, takes_by_attribute
from planner.imports.salesforce_id import normalise_id
from planner.imports.same_address import same_address
from planner.imports.words import field_changes
from planner.model.accounts import Account, Activity, Contact, ImportProblem, Location, Opportunity, Rep, Service, Tier
from planner.model.imports import Action, Origins, RecordChange, RecordKind, RecordRead, Source, TableMapping, Take
from planner.model.places import MatchQuality, PostalAddress
from planner.model.placing import is_settled
from planner.values import Struct, field, fields, replace

Read = tuple[TableMapping, list[RecordRead]]
"""The records of one table, and how it was read."""

NEW = 1 << 40
"""No account or location that is kept has a number as high as this."""

_NOT_PLACED: Mapping[str, Any] = {
    "place": None,
    "match_quality": MatchQuality.NONE,
    "match_source": "",
    "match_score": 0.0,
    "match_note": "",
    "match_doubtful": False,
}

_COMPUTED = frozenset({"duplicate_of", *_NOT_PLACED})
"""What an account's file does not tell, but is found out about it."""


class Book(Struct):
    """The book of accounts while an import is joined with it: what is kept, and then what will be.

    Accounts and locations that are new have numbers from NEW on until they are kept.
    """

    accounts: dict[int, Account] = field(default_factory=dict)
    crm: dict[str, int] = field(default_factory=dict)
    billing: dict[str, int] = field(default_factory=dict)
    merged_refs: frozenset[str] = frozenset()
    origins: dict[int, Origins] = field(default_factory=dict)
    deals: dict[str, Opportunity] = field(default_factory=dict)
    contacts: dict[str, Contact] = field(default_factory=dict)
    activities: dict[str, Activity] = field(default_factory=dict)
    services: dict[str, list[Service]] = field(default_factory=dict)
    locations: dict[int, list[Location]] = field(default_factory=dict)
    reps: dict[str, Rep] = field(default_factory=dict)
    newest: int = NEW - 1
    newest_location: int = NEW - 1


class Joined(Struct):
    """What an import is to write, and what it comes to."""

    accounts: dict[int, Account] = field(default_factory=dict)
    origins: dict[int, Origins] = field(default_factory=dict)
    ids: list[tuple[Source, str, int]] = field(default_factory=list)
    deals: list[Opportunity] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    services_gone: list[int] = field(default_factory=list)
    locations: dict[int, Location] = field(default_factory=dict)
    reps: list[Rep] = field(default_factory=list)
    seen: dict[int, tuple[RecordRead, Account | None]] = field(default_factory=dict)
    changes: list[RecordChange] = field(default_factory=list)
    unchanged: dict[RecordKind, int] = field(default_factory=dict)
    problems: list[ImportProblem] = field(default_factory=list)

    def tell(self, read: RecordRead, text: str) -> None:
        """Add a problem with a row."""
        self.problems.append(ImportProblem(read.file, read.row, text))

    def note(
        self, kind: RecordKind, name: str, read: RecordRead, before: object | None, after: object, changed: Mapping[str, object]
    ) -> None:
        """Count a record, with what changes of it."""
        if before is not None and not changed:
            self.unchanged[kind] = self.unchanged.get(kind, 0) + 1
            return
        action = Action.ADDED if before is None else Action.CHANGED
        fields = field_changes(before, after, changed) if before is not None else ()
        self.changes.append(RecordChange(kind, action, name, read.file, read.row, fields))


def join_accounts(book: Book, tables: Sequence[Read], joined: Joined, day: date, *, sample: bool) -> None:
    """Join accounts by the ids of their sources: new ones added, others brought up to date; an address that stays keeps its place."""
    for mapping, reads in tables:
        takes = takes_by_attribute(mapping, account_files.ATTRIBUTES)
        for read in reads:
            account: Account = read.record
            known = book.crm.get(account.crm_id) or (book.billing.get(read.number) if read.number else None)
            if known is None:
                known = add_account(book, account, read, joined, mapping.source, day, sample=sample)
                _join_other_address(book, known, read, joined, mapping.source)
                continue
            before, origins = book.accounts[known], book.origins.get(known, {})
            after, changed = merged(before, read, takes, mapping.source, origins, alias=account.crm_id in book.merged_refs)
            if "address" in changed and not (is_settled(before) and same_address(before.address, after.address)):
                after = replace(after, **_NOT_PLACED)
            if changed:
                book.origins[known] = {**origins, **dict.fromkeys(changed, (mapping.source, day))}
                joined.origins[known] = book.origins[known]
                book.accounts[known] = joined.accounts[known] = after
            _know(book, joined, account.crm_id, read.number, known)
            _join_other_address(book, known, read, joined, mapping.source)
            joined.seen.setdefault(known, (read, before))


def add_account(book: Book, account: Account, read: RecordRead, joined: Joined, source: Source, day: date, *, sample: bool) -> int:
    """Put a new account into the book; returns its number until it is kept."""
    book.newest += 1
    now = replace(account, id=book.newest, sample=sample)
    book.accounts[now.id] = joined.accounts[now.id] = now
    book.origins[now.id] = joined.origins[now.id] = dict.fromkeys(read.given, (source, day))
    _know(book, joined, account.crm_id, read.number, now.id)
    joined.seen[now.id] = (read, None)
    return now.id


def set_tier(book: Book, joined: Joined, account_id: int, tier: Tier) -> None:
    """Give an account the tier guessed for it, unless one was written in a file or by hand."""
    account = book.accounts[account_id]
    if "tier" not in book.origins.get(account_id, {}) and account.tier is not tier:
        joined.seen.setdefault(account_id, (RecordRead("", 0, account), account))
        book.accounts[account_id] = joined.accounts[account_id] = replace(account, tier=tier)


def note_accounts(book: Book, joined: Joined) -> None:
    """Count the accounts that were read, and note what changes of them."""
    names = [each.name for each in fields(Account) if each.name not in _COMPUTED]
    for account_id, (read, before) in joined.seen.items():
        after = book.accounts[account_id]
        changed = {} if before is None or before is after else {n: None for n in names if getattr(before, n) != getattr(after, n)}
        joined.note(RecordKind.ACCOUNTS, after.name, read, before, after, changed)


def _know(book: Book, joined: Joined, crm_id: str, billing: str, account_id: int) -> None:
    for source, known, ref in ((Source.CRM, book.crm, crm_id), (Source.BILLING, book.billing, billing)):
        if ref and ref not in known:
            known[ref] = account_id
            joined.ids.append((source, ref, account_id))


def _join_other_address(book: Book, account_id: int, read: RecordRead, joined: Joined, source: Source) -> None:
    if read.other_address is not None and not same_address(read.other_address, book.accounts[account_id].address):
        other_location(book, account_id, read.other_address, "Shipping address", source, joined)


def other_location(book: Book, account_id: int, address: PostalAddress, label: str, source: Source, joined: Joined) -> int:
    """The location of an account with this address, added where it has none yet; returns its number."""
    locations = book.locations.setdefault(account_id, [])
    known = next((location for location in locations if same_address(location.address, address)), None)
    if known is not None:
        return known.id
    book.newest_location += 1
    added = Location(book.newest_location, account_id, label, address, source.value)
    locations.append(added)
    joined.locations[added.id] = added
    return added.id


def join_reps(book: Book, tables: Sequence[Read], joined: Joined) -> None:
    """Join reps by their names."""
    for mapping, reads in tables:
        takes = takes_by_attribute(mapping, rep_files.ATTRIBUTES)
        for read in reads:
            key = read.record.name.casefold()
            before = book.reps.get(key)
            after, changed = merged(before, read, takes, mapping.source) if before else (read.record, {})
            book.reps[key] = after
            if before is None or changed:
                joined.reps.append(after)
            joined.note(RecordKind.REPS, after.name, read, before, after, changed)


def name_owners(book: Book, tables: Sequence[Read]) -> None:
    """Put the names of reps in place of their user ids, which is all that Data Loader files have of owners."""
    names = {rep.crm_id: rep.name for rep in book.reps.values() if rep.crm_id}
    for _mapping, reads in tables:
        for at, read in enumerate(reads):
            owner = getattr(read.record, "owner", "")
            if names and owner[:3] == "005" and (name := names.get(_full_id(owner))):
                reads[at] = replace(read, record=replace(read.record, owner=name))


def _full_id(text: str) -> str:
    try:
        return normalise_id(text)
    except ValueError:
        return text


def join_opportunities(book: Book, tables: Sequence[Read], joined: Joined) -> None:
    """Join deals by their ids, and with their accounts; one without an account is left out and told."""
    names = _unique_names(book)
    for mapping, reads in tables:
        takes = takes_by_attribute(mapping, deal_files.ATTRIBUTES)
        for read in reads:
            account_id = _account_of(book, names, read)
            if account_id is None:
                joined.tell(read, f"Opportunity “{read.record.name}” was left out: {_nobody(read)}.")
                continue
            record = replace(read.record, account_crm_id=book.accounts[account_id].crm_id)
            after, before, changed = _joined(book.deals, record, read, takes, mapping, "account_crm_id")
            if before is None or changed:
                joined.deals.append(after)
            joined.note(RecordKind.OPPORTUNITIES, after.name, read, before, after, changed)


def join_contacts(book: Book, tables: Sequence[Read], joined: Joined) -> None:
    """Join people by their ids, and with their accounts; one without an account is left out and told."""
    names = _unique_names(book)
    for mapping, reads in tables:
        takes = takes_by_attribute(mapping, contact_files.ATTRIBUTES)
        for read in reads:
            account_id = _account_of(book, names, read)
            if account_id is None:
                joined.tell(read, f"Contact “{read.record.name}” was left out: {_nobody(read)}.")
                continue
            after, before, changed = _joined(book.contacts, replace(read.record, account_id=account_id), read, takes, mapping, "account_id")
            if before is None or changed:
                joined.contacts.append(after)
            joined.note(RecordKind.CONTACTS, after.name, read, before, after, changed)


def join_activities(book: Book, tables: Sequence[Read], joined: Joined) -> None:
    """Join activities by their ids, and with the account they were done at, be it through a deal or a contact."""
    names = _unique_names(book)
    for mapping, reads in tables:
        takes = takes_by_attribute(mapping, activity_files.ATTRIBUTES)
        for read in reads:
            account_id = _account_of(book, names, read)
            what = f"{read.record.kind or 'Activity'} of {read.record.day:%Y-%m-%d}"
            if account_id is None:
                joined.tell(read, f"{what} was left out: {_nobody(read)}.")
                continue
            record = replace(read.record, account_id=account_id)
            after, before, changed = _joined(book.activities, record, read, takes, mapping, "account_id")
            if before is None or changed:
                joined.activities.append(after)
            joined.note(RecordKind.ACTIVITIES, f"{what}, {book.accounts[account_id].name}", read, before, after, changed)


def _joined[T: (Opportunity, Contact, Activity)](
    known: dict[str, T], record: T, read: RecordRead, takes: Mapping[str, Take], mapping: TableMapping, owner: str
) -> tuple[T, T | None, dict[str, object]]:
    """A record put over the one of the same id, which it moves to its account; and the one before, and what changed."""
    before = known.get(record.crm_id)
    if before is None:
        known[record.crm_id] = record
        return record, None, {}
    after, changed = merged(before, replace(read, record=record, given=read.given | {owner}), takes, mapping.source)
    known[record.crm_id] = after
    return after, before, changed


def _unique_names(book: Book) -> dict[str, int]:
    """The accounts whose name no other one has, by name."""
    found: dict[str, int] = {}
    count = Counter(account.name.casefold() for account in book.accounts.values())
    for account in book.accounts.values():
        if count[account.name.casefold()] == 1:
            found[account.name.casefold()] = account.id
    return found


def _account_of(book: Book, names: Mapping[str, int], read: RecordRead) -> int | None:
    """The account a record belongs to: by the id of it, of a deal or a contact; by its name where the file has no id."""
    ref = read.account_ref
    if not ref:
        return names.get(read.account_name.casefold()) if read.account_name else None
    if ref in book.crm:
        return book.crm[ref]
    deal, contact = book.deals.get(ref), book.contacts.get(ref)
    if deal is not None:
        return book.crm.get(deal.account_crm_id)
    return contact.account_id if contact else None


def _nobody(read: RecordRead) -> str:
    if read.account_ref:
        return f"no account has the id {read.account_ref}"
    return f"no account, or more than one, is called “{read.account_name}”" if read.account_name else "it names no account"
