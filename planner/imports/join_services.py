"""Lines of a billing extract joined with the accounts that pay: by number, else by name and address."""

import string
from collections.abc import Sequence
from datetime import date

from planner.imports.joining import Book, Joined, Read, add_account, other_location
from planner.imports.merge_fields import merged, takes_by_attribute
from planner.imports.same_account import AccountFinder
from planner.imports.same_address import same_address
from planner.imports.services import ATTRIBUTES
from planner.imports.values import made_up_id
from planner.model.accounts import Account, AccountKind, Service
from planner.model.imports import Action, RecordChange, RecordKind, RecordRead, Source, TableMapping
from planner.model.places import PostalAddress
from planner.values import replace

_SERVICE_ADDRESS = "Service address"


def join_services(book: Book, tables: Sequence[Read], joined: Joined, day: date, *, sample: bool) -> None:
    """Join services number by number.

    A number that is not known yet is looked for by name and address; one that no account fits becomes a client of its own. A service that a
    number had and the extract no longer lists is taken out; numbers that the extract does not mention are left alone.
    """
    if not tables:
        return
    finder = AccountFinder(list(book.accounts.values()))
    for mapping, reads in tables:
        by_number: dict[str, list[RecordRead]] = {}
        for read in reads:
            by_number.setdefault(read.number, []).append(read)
        for number, lines in by_number.items():
            account_id = _payer(book, finder, number, lines[0], joined, day, sample=sample)
            _join_number(book, number, account_id, lines, mapping, joined)


def _payer(book: Book, finder: AccountFinder, number: str, line: RecordRead, joined: Joined, day: date, *, sample: bool) -> int:
    """The account that a number belongs to; a new one where none fits."""
    known = book.billing.get(number)
    if known is not None:
        return known
    address = line.other_address or PostalAddress()
    found = finder.find(line.account_name, address.street, address.city, address.postcode, line.phone)
    if found.account is not None:
        book.billing[number] = found.account.id
        joined.ids.append((Source.BILLING, number, found.account.id))
        if found.doubtful:
            joined.tell(line, f"Number {number} ({line.account_name}) was joined to “{found.account.name}”: {found.why}.")
        return found.account.id
    joined.tell(line, f"Number {number} ({line.account_name}) fits no account: {found.why}; a client was added for it.")
    account = Account(
        id=0,
        crm_id=made_up_id("billing", number),
        name=_in_title_case(line.account_name) or f"Billing account {number}",
        kind=AccountKind.CLIENT,
        address=replace(address, street=_in_title_case(address.street), city=_in_title_case(address.city)),
        phone=line.phone,
        sample=sample,
    )
    given = frozenset({"name", "kind", "address"} | ({"phone"} if line.phone else set()))
    return add_account(book, account, replace(line, given=given), joined, Source.BILLING, day, sample=sample)


def _in_title_case(text: str) -> str:
    """Capitals as billing writes them, as a person would: "WENDY'S" is "Wendy's"."""
    return string.capwords(text) if text.isupper() else text


def _join_number(book: Book, number: str, account_id: int, lines: Sequence[RecordRead], mapping: TableMapping, joined: Joined) -> None:
    """Bring the services of one number up to date; several of the same product are taken in the order they stand in."""
    takes = takes_by_attribute(mapping, ATTRIBUTES)
    kept = list(book.services.get(number, ()))
    now: list[Service] = []
    for line in lines:
        wanted: Service = replace(line.record, account_id=account_id, location_id=_location(book, account_id, line, joined))
        before = next((service for service in kept if service.product.casefold() == wanted.product.casefold()), None)
        if before is None:
            after, changed = wanted, dict[str, object]()
        else:
            kept.remove(before)
            read = replace(line, record=wanted, given=line.given | {"account_id", "location_id"})
            after, changed = merged(before, read, takes, Source.BILLING)
        if before is None or changed:
            joined.services.append(after)
        now.append(after)
        joined.note(RecordKind.SERVICES, f"{after.product}, {number}", line, before, after, changed)
    for gone in kept:
        joined.services_gone.append(gone.id)
        joined.changes.append(RecordChange(RecordKind.SERVICES, Action.REMOVED, f"{gone.product}, {number}", lines[0].file, lines[0].row))
    book.services[number] = now


def _location(book: Book, account_id: int, line: RecordRead, joined: Joined) -> int | None:
    """The other location that a service is delivered to; None where that is the account's own address."""
    address = line.other_address
    if address is None or not address.street or same_address(address, book.accounts[account_id].address):
        return None
    return other_location(book, account_id, address, _SERVICE_ADDRESS, Source.BILLING, joined)
