"""What hangs on an account, line by line: flags, people, services, other locations, fields with where they came from, ids."""

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from planner.model.accounts import Account, Service
from planner.usecases.accounts import AccountDetails
from ui.details.facts import SOURCES, Fact, account_facts, day_words
from ui.details.reach_lines import reach_lines
from ui.widgets.parts import gap, label, pair, separator
from ui.widgets.plain_tip import plain_tip
from ui.words import money, number

MOST_SHOWN = 8
_LONG = 22
_SHOWN_ABOVE = frozenset({"kind", "phone"})
_AT_LENGTH = frozenset({"tags", "notes"})


def flag_lines(account: Account) -> Iterator[QWidget]:
    """What must not be done, so that it cannot be overlooked."""
    if account.do_not_visit:
        yield label("✕ Do not visit", "bad")
    if account.do_not_call:
        yield label("✕ Do not call", "bad")


def contact_lines(details: AccountDetails) -> Iterator[QWidget]:
    """The people of an account: name and title, then how to reach them."""
    if details.contacts:
        yield gap()
        yield label("CONTACTS", "heading")
    for place, contact in enumerate(details.contacts[:MOST_SHOWN]):
        if place:
            yield separator()
        yield label(contact.name or contact.email or "No name", wrap=True, selectable=True)
        if contact.title:
            yield label(contact.title, "small", wrap=True)
        yield from reach_lines(contact, may_call=not details.account.do_not_call)
    yield from _more(len(details.contacts))


def service_lines(details: AccountDetails) -> Iterator[QWidget]:
    """What an account pays for every month, and until when."""
    services = details.services
    if services:
        yield gap()
        yield label(f"SERVICES · {money(sum(each.mrr_cents for each in services))} a month", "heading")
    for place, service in enumerate(services[:MOST_SHOWN]):
        if place:
            yield separator()
        yield _service_line(service)
        until = f"until {day_words(service.term_end)}" if service.term_end else "no term"
        yield label(f"{until} · billed under {service.billing_number}", "small", wrap=True, selectable=True)
    yield from _more(len(services))


def _service_line(service: Service) -> QWidget:
    return pair(service.product or "Service", money(service.mrr_cents))


def location_lines(details: AccountDetails) -> Iterator[QWidget]:
    """Where else an account is."""
    if details.locations:
        yield gap()
        yield label("OTHER LOCATIONS", "heading")
    for place, location in enumerate(details.locations[:MOST_SHOWN]):
        if place:
            yield separator()
        yield label(location.address.one_line or location.label, wrap=True, selectable=True)
        placed = "" if location.match.point else "not placed on the map"
        aside = " · ".join(part for part in (location.label, placed) if part and part != location.address.one_line)
        if aside:
            yield label(aside, "small", wrap=True)
    yield from _more(len(details.locations))


def field_lines(details: AccountDetails) -> Iterator[QWidget]:
    """Every field that has a value, with the word of where it came from; tags and notes at full length."""
    facts = [fact for fact in account_facts(details.account, details.origins) if fact.name not in _SHOWN_ABOVE]
    for fact in (fact for fact in facts if fact.name in _AT_LENGTH):
        yield gap()
        yield label(" · ".join(part for part in (fact.label.upper(), fact.origin) if part), "heading")
        yield _tipped(label(fact.text, wrap=True, selectable=True), fact)
    short = [fact for fact in facts if fact.name not in _AT_LENGTH]
    if short:
        yield gap()
        yield label("FIELDS · where from" if any(fact.origin for fact in short) else "FIELDS", "heading")
    for place, fact in enumerate(short):
        if place:
            yield separator()
        yield from _fact_lines(fact)


def _fact_lines(fact: Fact) -> Iterator[QWidget]:
    first, *others = fact.text.split("\n")
    if others or len(fact.text) > _LONG:
        yield _tipped(pair(fact.label, fact.origin, right_role="small"), fact)
        yield _tipped(label(fact.text, wrap=True, selectable=True), fact)
    else:
        yield _tipped(pair(fact.label, f"{first} · {fact.origin}" if fact.origin else first), fact)


def _tipped(widget: QWidget, fact: Fact) -> QWidget:
    widget.setToolTip(plain_tip(fact.origin_full))
    return widget


def id_lines(details: AccountDetails) -> Iterator[QWidget]:
    """The ids that an account is known by."""
    if details.ids:
        yield gap()
        yield label("IDS IN CRM AND BILLING", "heading")
    for place, (source, ref) in enumerate(details.ids[:MOST_SHOWN]):
        if place:
            yield separator()
        yield pair(label(ref, selectable=True), SOURCES[source], right_role="small")
    yield from _more(len(details.ids))


def _more(total: int) -> Iterator[QWidget]:
    if total > MOST_SHOWN:
        yield label(f"and {number(total - MOST_SHOWN)} more", "small")
