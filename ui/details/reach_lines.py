"""Telephone numbers and mail addresses that are pressed to call or to write."""

from collections.abc import Iterator

from PySide6.QtWidgets import QPushButton, QWidget

from planner.model.accounts import Account, Contact
from ui.today.links import call_link, follow, mail_link
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import LinkLine, button, label, set_role
from ui.widgets.plain_tip import plain_tip


def phone_lines(account: Account) -> Iterator[QWidget]:
    """The telephone of an account."""
    if account.phone:
        yield _row([(account.phone, "" if account.do_not_call else call_link(account.phone), f"Call {account.name}")])


def reach_lines(contact: Contact, *, may_call: bool) -> Iterator[QWidget]:
    """How to reach a person, and how not to."""
    name = contact.name or "this contact"
    numbers = [number for number in dict.fromkeys((contact.phone, contact.mobile)) if number]
    if numbers:
        yield _row([(number, call_link(number) if may_call and not contact.no_call else "", f"Call {name}") for number in numbers])
    mail = "" if contact.no_email else mail_link(contact.email)
    if mail:
        yield _linked(LinkLine(contact.email, lambda: follow(mail)), contact.email, f"Write to {name}")
    elif contact.email:
        yield label(contact.email, "quiet", wrap=True, selectable=True)
    asked = " · ".join(text for text, on in (("Do not call", contact.no_call), ("No e-mail", contact.no_email)) if on)
    if asked:
        yield label(f"✕ {asked}", "bad")


def _row(parts: list[tuple[str, str, str]]) -> QWidget:
    """Texts beside one another; one that has a link is pressed, and says what for."""
    row = QWidget()
    across = FlowLayout(row, gap=10)
    for text, link, deed in parts:
        if not link:
            across.addWidget(label(text, "quiet", selectable=True))
            continue
        across.addWidget(_linked(button(text.replace("&", "&&"), "", lambda link=link: follow(link)), text, deed))
    return row


def _linked(made: QPushButton, text: str, deed: str) -> QPushButton:
    set_role(made, "textlink")
    made.setAccessibleName(f"{deed}: {text}")
    made.setToolTip(plain_tip(f"{deed}\n{text}"))
    return made
