"""Drafts after a visit: to whom, with which words, and never to those who do not want it."""

from datetime import date

import pytest
from small_book import account, helped, visit

from planner.errors import UserProblem
from planner.model.accounts import Contact, VisitOutcome
from planner.model.tracking import SupportKind
from planner.store.accounts import save_accounts
from planner.store.book import save_contacts
from planner.store.visits import save_visit
from planner.usecases.mail_drafts import TEMPLATES, draft_mail, mailto_link
from planner.usecases.workspace import Workspace
from planner.values import replace

DAY = date(2026, 11, 30)
PAT = Contact(0, "c1", 1, "Pat", "Lee", email="pat@example.com")
LOU = Contact(0, "c2", 1, "Lou", "Ash", email="lou@example.com")


def kept(workspace: Workspace, contacts=(PAT, LOU), name="Uni-Mart", **more) -> int:
    with workspace.writing("Test") as db:
        save_accounts(db, [replace(account(1, name=name), id=0)])
        save_contacts(db, contacts)
        return save_visit(db, visit(0, DAY, 1, **more))


def test_a_thank_you_goes_to_who_was_met_with_the_next_step(workspace: Workspace):
    number = kept(workspace, met=("lou ash",), next_step="Send the offer.", next_day=date(2026, 12, 4))
    draft = draft_mail(workspace, number, me="Kim")
    assert draft.to == ("lou@example.com",)
    assert draft.subject == "Thank you for your time on Monday, November 30"
    assert draft.body.splitlines() == [
        "Hello Lou,",
        "",
        "thank you for your time on Monday, November 30. It was good to learn more about Uni-Mart.",
        "",
        "As agreed, the next step is: Send the offer, by Friday, December 4.",
        "",
        "Ada is your contact for anything you need in the meantime.",
        "",
        "Best regards",
        "Kim",
    ]
    assert draft.notes == ()


def test_a_line_with_nothing_to_say_is_left_out(workspace: Workspace):
    draft = draft_mail(workspace, kept(workspace, met=("Pat Lee",)), me="Kim")
    assert "next step" not in draft.body
    assert "\n\n\n" not in draft.body


@pytest.mark.parametrize(
    ("visited", "template", "subject"),
    [
        ({"outcome": VisitOutcome.NO_SHOW}, "", "Sorry we missed you on Monday, November 30"),
        ({"deal": "d1"}, "", "Our proposal for Uni-Mart"),
        ({}, " Proposal Follow-Up ", "Our proposal for Uni-Mart"),
    ],
)
def test_the_template_suits_the_visit_or_is_the_one_named(workspace: Workspace, visited, template, subject):
    assert draft_mail(workspace, kept(workspace, **visited), template).subject == subject


@pytest.mark.parametrize("met", [("Pat Lee",), ("Pat Lee", "Lou Ash"), ()])
@pytest.mark.parametrize("template", list(TEMPLATES))
def test_whoever_wants_no_mail_is_never_written_to_and_it_is_told(workspace: Workspace, met, template):
    draft = draft_mail(workspace, kept(workspace, (replace(PAT, no_email=True), LOU), met=met), template)
    assert "pat@example.com" not in str(draft.to)
    assert "Pat Lee does not want e-mail, and is not written to." in draft.notes
    assert draft.to == (() if met == ("Pat Lee",) else ("lou@example.com",))


def test_an_address_that_somebody_does_not_want_used_is_not_used_for_another_either(workspace: Workspace):
    shared = replace(LOU, email="PAT@example.com ")
    assert draft_mail(workspace, kept(workspace, (replace(PAT, no_email=True), shared), met=("Lou Ash",))).to == ()


def test_without_anybody_met_the_first_contact_is_chosen_and_that_is_told(workspace: Workspace):
    draft = draft_mail(workspace, kept(workspace))
    assert len(draft.to) == 1
    assert draft.notes[-1].startswith("Nobody met is among the contacts, so ")


def test_without_an_address_the_draft_has_none_and_greets_all(workspace: Workspace):
    draft = draft_mail(workspace, kept(workspace, (replace(PAT, email="pat at example"),), met=("Pat Lee",)))
    assert draft.to == ()
    assert "Pat Lee has no e-mail address that can be used." in draft.notes
    assert draft_mail(workspace, 1).body.startswith("Hello Pat Lee,")


def test_texts_of_others_stay_one_line_and_are_filled_in_once(workspace: Workspace):
    number = kept(workspace, name="Evil\r\nBcc: eve@example.com {me}\x1b[2J", met=("Pat Lee",), next_step="{contact} & {nothing}")
    draft = draft_mail(workspace, number, "proposal follow-up", me="Kim")
    assert draft.subject == "Our proposal for Evil Bcc: eve@example.com {me}[2J"
    assert "What we said comes next: {contact} & {nothing}." in draft.body
    assert mailto_link(draft).startswith(
        "mailto:pat@example.com?subject=Our%20proposal%20for%20Evil%20Bcc%3A%20eve%40example.com%20%7Bme%7D"
    )


def test_what_cannot_be_drafted_is_told(workspace: Workspace):
    number = kept(workspace)
    with workspace.writing("Test") as db:
        alone = save_visit(db, helped(0, DAY, SupportKind.COACHING))
    for visit_id, template, told in ((99, "", "no visit 99"), (alone, "", "at no account"), (number, "poem", "no template")):
        with pytest.raises(UserProblem, match=told):
            draft_mail(workspace, visit_id, template)
