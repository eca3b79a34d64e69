"""Drafts of mail after a visit, from templates; they are looked through and sent by hand, never from here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.errors import UserProblem
from planner.exports.mail import MailDraft, is_address, mailto_link, write_eml
from planner.model.accounts import Contact, VisitOutcome
from planner.model.plain_text import one_line
from planner.model.tracking import Visit
from planner.store import accounts as rows
from planner.store import book, journal
from planner.store import visits as visit_rows
from planner.usecases.workspace import Workspace

__all__ = ["TEMPLATES", "MailDraft", "MailTemplate", "draft_mail", "fitting_template", "mailto_link", "write_eml"]


@dataclass(frozen=True, slots=True)
class MailTemplate:
    """A subject and a text with placeholders: {contact}, {account}, {day}, {next_step}, {rep}, {me}.

    A line with an empty one is left out.
    """

    name: str
    subject: str
    body: str


TEMPLATES: Mapping[str, MailTemplate] = {
    template.name: template
    for template in (
        MailTemplate(
            "thank you",
            "Thank you for your time on {day}",
            "Hello {contact},\n\nthank you for your time on {day}. It was good to learn more about {account}.\n\n"
            "As agreed, the next step is: {next_step}.\n\n{rep} is your contact for anything you need in the meantime.\n\n"
            "Best regards\n{me}",
        ),
        MailTemplate(
            "proposal follow-up",
            "Our proposal for {account}",
            "Hello {contact},\n\non {day} we spoke about our proposal for {account}. Is there anything you would like us to explain "
            "or change?\n\nWhat we said comes next: {next_step}.\n\n{rep} and I are glad to go through it with you.\n\n"
            "Best regards\n{me}",
        ),
        MailTemplate(
            "sorry we missed you",
            "Sorry we missed you on {day}",
            "Hello {contact},\n\nwe were at {account} on {day} and are sorry that we missed you. When would another time suit you?\n\n"
            "We would like to talk about this: {next_step}.\n\n{rep} is glad to find a time with you.\n\nBest regards\n{me}",
        ),
    )
}


def fitting_template(visit: Visit) -> str:
    """The template that suits how a visit went."""
    return "sorry we missed you" if visit.outcome is VisitOutcome.NO_SHOW else "proposal follow-up" if visit.deal else "thank you"


def draft_mail(workspace: Workspace, visit_id: int, template: str = "", me: str = "") -> MailDraft:
    """A draft to the people of a visit, from the template named, or else the one that suits; `me` signs it, by default the system's user.

    Whoever opted out of e-mail is never among its addresses, and is told in the notes. Raises UserProblem when the visit or template is
    not there, or the visit was at no account.
    """
    with workspace.reading() as db:
        visit = visit_rows.visit_by_id(db, visit_id)
        account = rows.account_by_id(db, visit.account_id) if visit and visit.account_id is not None else None
        contacts = book.contacts_of(db, account.id) if account else []
    if visit is None:
        raise UserProblem(f"There is no visit {visit_id}.", remedy="See roadbook visits list.")
    if account is None:
        raise UserProblem("This visit was at no account.", "So there is nobody to write to.", "Choose a visit at an account.")
    chosen = TEMPLATES.get(template.strip().casefold() or fitting_template(visit))
    if chosen is None:
        raise UserProblem(f"There is no template “{template}”.", remedy=f"Choose one of: {', '.join(TEMPLATES)}.")
    people, notes = _recipients(visit, contacts)
    values = {
        "contact": people[0].first_name or people[0].name if people else visit.met[0] if visit.met else "all",
        "account": account.name,
        "day": _day(visit.day),
        "next_step": visit.next_step.rstrip(".") + (f", by {_day(visit.next_day)}" if visit.next_step and visit.next_day else ""),
        "rep": visit.rep or account.owner,
        "me": me or journal.who(),
    }
    plain = {name: one_line(value) for name, value in values.items()}
    to = tuple(dict.fromkeys(person.email.strip() for person in people))
    return MailDraft(to, _filled(chosen.subject, plain), _filled(chosen.body, plain), tuple(notes))


def _recipients(visit: Visit, contacts: Sequence[Contact]) -> tuple[list[Contact], list[str]]:
    """Who may be written to: those who were met, else the first of the account's people; and why others are not."""
    met = {name.strip().casefold() for name in visit.met}
    wanted = [person for person in contacts if person.name.casefold() in met]
    notes = [f"{one_line(person.name)} does not want e-mail, and is not written to." for person in wanted if person.no_email]
    notes += [
        f"{one_line(person.name)} has no e-mail address that can be used."
        for person in wanted
        if not person.no_email and not is_address(person.email.strip())
    ]
    if not wanted:
        notes += _unmet(contacts)
    refused = {person.email.strip().casefold() for person in contacts if person.no_email}
    usable = [
        person
        for person in wanted or contacts
        if not person.no_email and is_address(person.email.strip()) and person.email.strip().casefold() not in refused
    ]
    people = usable if wanted else usable[:1]
    if not people:
        notes.append("Nobody can be written to: put an address in yourself.")
    elif not wanted:
        notes.append(f"Nobody met is among the contacts, so {one_line(people[0].name)} was chosen.")
    return people, notes


def _unmet(contacts: Iterable[Contact]) -> list[str]:
    return [f"{one_line(person.name)} does not want e-mail, and is not written to." for person in contacts if person.no_email]


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled, each once; lines with an empty one are left out, and no two empty lines follow each other."""
    lines: list[str] = []
    for line in text.split("\n"):
        if any(not values[name] for name in re.findall(r"\{(\w+)\}", line)):
            continue
        if line or (lines and lines[-1]):
            lines.append(re.sub(r"\{(\w+)\}", lambda found: values[found[1]], line))
    return "\n".join(lines)


def _day(day: date) -> str:
    return f"{day:%A}, {day:%B} {day.day}"
