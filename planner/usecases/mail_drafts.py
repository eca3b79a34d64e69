"""Drafts of mail after a visit, from templates; they are looked through and sent by hand, never from here."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from planner.errors import UserProblem
from planner.exports.mail import MailDraft, is_address, mailto_link, write_eml
from planner.model.accounts import Contact, VisitOutcome
from planner.model.plain_text import one_line
from planner.model.tracking import Visit
from planner.model.writing import USUAL_WRITING
from planner.store import accounts as rows
from planner.store import book, journal
from planner.store import visits as visit_rows
from planner.store.settings import read_settings
from planner.usecases.mail_templates import TEMPLATES, MailTemplate, need_template, own_templates, save_template
from planner.usecases.workspace import Workspace

__all__ = [
    "TEMPLATES",
    "MailDraft",
    "MailTemplate",
    "draft_mail",
    "fitting_template",
    "keep_template",
    "mailto_link",
    "own_templates",
    "write_eml",
]

EVERYBODY = "all"
"""Whom a mail greets when nobody is known."""
_KEPT = ("contact", "account", "visit_day", "next_step", "rep", "signature")
"""The placeholders that are put where a template is made of a mail."""


def fitting_template(visit: Visit) -> str:
    """The template that suits how a visit went."""
    return "sorry we missed you" if visit.outcome is VisitOutcome.NO_SHOW else "proposal follow-up" if visit.deal else "thank you"


def draft_mail(workspace: Workspace, visit_id: int, template: str = "", me: str = "") -> MailDraft:
    """A draft to the people of a visit, from the template named, or else the one that suits; `me` signs it, by default the
    name in the settings, else the system's user.

    Whoever opted out of e-mail is never among its addresses, and is told in the notes. Raises UserProblem when the visit or template is
    not there, or the visit was at no account.
    """
    values, chosen_by_itself, people, notes = _filling(workspace, visit_id, me)
    chosen = need_template(workspace, template or chosen_by_itself)
    to = tuple(dict.fromkeys(person.email.strip() for person in people))
    return MailDraft(to, _filled(chosen.subject, values), _filled(chosen.body, values), tuple(notes))


def keep_template(workspace: Workspace, visit_id: int, name: str, subject: str, body: str) -> str:
    """Keep a mail after a visit as a template of her own, with placeholders for what is of this visit; returns its name.

    Raises UserProblem as `save_template` does, and when the visit is gone.
    """
    values, _template, _people, _notes = _filling(workspace, visit_id, "")
    kept = {each: values[each] for each in _KEPT if values[each] != EVERYBODY}
    return save_template(workspace, name, subject, body, kept).stem


def _filling(workspace: Workspace, visit_id: int, me: str) -> tuple[dict[str, str], str, list[Contact], list[str]]:
    """What fills the placeholders after a visit, each one plain line; the template that suits; who may be written to; why not others."""
    with workspace.reading() as db:
        visit = visit_rows.visit_by_id(db, visit_id)
        account = rows.account_by_id(db, visit.account_id) if visit and visit.account_id is not None else None
        contacts = book.contacts_of(db, account.id) if account else []
        signature = read_settings(db).text("signature")
    if visit is None:
        raise UserProblem(f"There is no visit {visit_id}.", remedy="See roadbook visits list.")
    if account is None:
        raise UserProblem("This visit was at no account.", "So there is nobody to write to.", "Choose a visit at an account.")
    people, notes = _recipients(visit, contacts)
    values = {
        "contact": people[0].first_name or people[0].name if people else visit.met[0] if visit.met else EVERYBODY,
        "account": account.name,
        "day": _day(visit.day),
        "next_step": visit.next_step.rstrip(".") + (f", by {_day(visit.next_day)}" if visit.next_step and visit.next_day else ""),
        "rep": visit.rep or account.owner,
        "me": me or signature or journal.who(),
    }
    values |= {"visit_day": values["day"], "signature": values["me"]}
    return {name: one_line(value) for name, value in values.items()}, fitting_template(visit), people, notes


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
    return f"{USUAL_WRITING.weekday_name(day)}, {USUAL_WRITING.long_month_day(day)}"
