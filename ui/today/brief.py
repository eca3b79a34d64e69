"""What to know before she goes in: whom to call, when she was there last, what was agreed, and the deal that is open."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from planner.model.accounts import Contact, Opportunity
from planner.model.tracking import Visit
from planner.usecases.accounts import AccountDetails
from ui.today.links import call_link, follow, mail_link
from ui.visits.words import next_words, outcome_words
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, label
from ui.words import full_day, money, month_day

MOST_PEOPLE = 2
MOST_NOTE = 200
LINK_PX = 44


def brief_lines(details: AccountDetails) -> Iterator[QWidget]:
    """People with their links, last visit, next step and open deal: what is not known is left out, but that there is no number is said."""
    first, *more = _people(details)
    yield _named(first)
    yield from more
    for head, text in (("Last visit", last_words(details)), ("Next", step_words(details)), ("Deal", deal_words(details))):
        if text:
            yield label(f"{head}: {text}", "brief", wrap=True, selectable=True)


def last_words(details: AccountDetails) -> str:
    """When and how the last visit was, else what the CRM knows; empty for an account that nobody has seen."""
    visits = sorted(details.visits, key=lambda visit: (visit.day, visit.start_s or 0))
    last = details.account.last_activity
    if visits and (last is None or visits[-1].day >= last):
        return _visit_words(visits[-1])
    return full_day(last) if last else ""


def step_words(details: AccountDetails) -> str:
    """What was agreed to be done next and is not done yet, in visits or in the deal."""
    steps = [visit for visit in details.visits if visit.next_step and not visit.next_done]
    if steps:
        return next_words(max(steps, key=lambda visit: visit.day))
    deal = _best_deal(details)
    return deal.next_step if deal else ""


def deal_words(details: AccountDetails) -> str:
    """The likeliest open deal in one line."""
    deal = _best_deal(details)
    if deal is None:
        return ""
    name = deal.name.removeprefix(details.account.name).strip(" -–·") or deal.name
    closes = f", closes {month_day(deal.close_date)}" if deal.close_date else ""
    return f"{name} · {money(deal.amount_cents)} · {deal.stage.lower()} {deal.probability:.0%}{closes}"


def _best_deal(details: AccountDetails) -> Opportunity | None:
    return max((deal for deal in details.opportunities if deal.is_open), key=lambda deal: deal.probability, default=None)


def _visit_words(visit: Visit) -> str:
    note = " ".join(visit.note.split())
    cut = f"{note[:MOST_NOTE].rstrip()}…" if len(note) > MOST_NOTE else note
    return f"{full_day(visit.day)} · {outcome_words(visit)}{f' · {cut}' if cut else ''}"


def _named(row: QWidget) -> QWidget:
    """The first line, after the name of the whole."""
    made = QWidget()
    across = QHBoxLayout(made)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(12)
    name = label("BRIEF", "heading")
    name.setMinimumHeight(LINK_PX)
    across.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
    across.addWidget(row, 1)
    return made


def _people(details: AccountDetails) -> Iterator[QWidget]:
    account, told = details.account, {contact.phone for contact in details.contacts} | {contact.mobile for contact in details.contacts}
    if account.phone and account.phone not in told:
        yield _row("Office", account.phone, "" if account.do_not_call else call_link(account.phone), "Office")
    people = sorted(details.contacts, key=lambda contact: not (contact.mobile or contact.phone))
    if not account.phone and not any(contact.mobile or contact.phone for contact in people):
        yield _row("No phone known", "", "", "")
    for contact in people[:MOST_PEOPLE]:
        yield _contact_row(contact, may_call=not (contact.no_call or account.do_not_call))
    if account.do_not_call:
        yield label("Not to be called", "support")


def _contact_row(contact: Contact, *, may_call: bool) -> QWidget:
    name = f"{contact.first_name} {contact.last_name}".strip()
    number = contact.mobile or contact.phone
    row = _row(f"{name} · {contact.title}" if contact.title else name, number, call_link(number) if may_call else "", name)
    mail = "" if contact.no_email else mail_link(contact.email)
    layout = row.layout()
    if mail and layout is not None:
        layout.addWidget(_link(contact.email, mail, f"Write to {name}"))
    return row


def _row(name: str, number: str, call: str, who: str) -> QWidget:
    row = QWidget()
    across = FlowLayout(row, gap=12)
    if name:
        text = label(name, "brief")
        text.setMinimumHeight(LINK_PX)
        across.addWidget(text)
    if call:
        across.addWidget(_link(number, call, f"Call {who}"))
    elif number:
        text = label(number, "briefquiet")
        text.setMinimumHeight(LINK_PX)
        across.addWidget(text)
    return row


def _link(text: str, link: str, name: str) -> QWidget:
    made = button(text.replace("&", "&&"), "biglink", lambda: follow(link))
    made.setMinimumHeight(LINK_PX)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
