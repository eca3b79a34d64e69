"""Templates of mail: hers as text files, made of a mail, a wrong placeholder told with its line."""

from pathlib import Path

import pytest

from planner.errors import UserProblem
from planner.usecases.mail_templates import TEMPLATES, MailTemplate, need_template, own_templates, save_template
from planner.usecases.workspace import Workspace

VALUES = {"contact": "Ann", "account": "Ann's Diner", "visit_day": "Monday, November 30", "next_step": "", "rep": "Al", "signature": "Sam"}


def write(workspace: Workspace, name: str, content: bytes) -> Path:
    folder = workspace.home / "templates"
    folder.mkdir(exist_ok=True)
    path = folder / f"{name}.txt"
    path.write_bytes(content)
    return path


def test_her_own_are_listed_and_read_whatever_their_case(workspace: Workspace):
    assert own_templates(workspace) == []
    write(workspace, "Quarterly", b"\xef\xbb\xbfSubject: News for {account}\r\n\r\nHello {contact},\r\n\r\n{signature}\r\n")
    write(workspace, "bare", b"Only {me}")
    assert own_templates(workspace) == ["bare", "Quarterly"]
    assert need_template(workspace, " quarterly ") == MailTemplate("Quarterly", "News for {account}", "Hello {contact},\n\n{signature}")
    assert need_template(workspace, "bare") == MailTemplate("bare", "bare", "Only {me}")
    assert need_template(workspace, "Thank you") is TEMPLATES["thank you"]


def test_one_that_is_called_as_one_of_ours_takes_its_place(workspace: Workspace):
    write(workspace, "thank you", b"Subject: Thanks\n\nThanks!")
    assert need_template(workspace, "thank you").body == "Thanks!"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"Subject: Hi\n\nHello {contact}\n{acount} and {me}",
            "The template “Mine” has {acount} in line 4. There is: {contact}, {account},",
        ),
        (b"Subject: {}\n\nHello", "has {} in line 1"),
        (b"Subject: {next step}", "has {next step} in line 1"),
        (b"Gr\xfc\xdfe", "is no plain text"),
        (b"x" * 70_000, "is too long"),
    ],
)
def test_what_is_wrong_with_one_is_told(workspace: Workspace, content: bytes, told: str):
    write(workspace, "Mine", content)
    with pytest.raises(UserProblem) as problem:
        need_template(workspace, "Mine")
    assert told in str(problem.value)


def test_an_unknown_one_is_told_with_those_there_are(workspace: Workspace):
    write(workspace, "Mine", b"Hello")
    with pytest.raises(UserProblem, match="thank you, proposal follow-up, sorry we missed you, Mine"):
        need_template(workspace, "yours")


def test_a_mail_becomes_a_template_with_placeholders(workspace: Workspace):
    body = "Dear Ann,\n\non Monday, November 30 we met at Ann's Diner. Annual reports follow; Al calls.\n\nSam"
    path = save_template(workspace, " After a visit ", "Ann's Diner\nand we", body, VALUES)
    assert path.read_text(encoding="utf-8") == (
        "Subject: {account} and we\n\n"
        "Dear {contact},\n\non {visit_day} we met at {account}. Annual reports follow; Al calls.\n\n{signature}\n"
    )
    assert need_template(workspace, "after a visit").subject == "{account} and we"
    assert [each.name for each in path.parent.iterdir()] == ["After a visit.txt"]


@pytest.mark.parametrize("name", ["", "  ", "a/b", "..", "x" * 61, 'say "hi"', "thank You", "Mine"])
def test_a_name_that_cannot_be_is_told(workspace: Workspace, name: str):
    write(workspace, "mine", b"Hello")
    with pytest.raises(UserProblem, match="name"):
        save_template(workspace, name, "s", "b", VALUES)
    assert own_templates(workspace) == ["mine"]


def test_a_mail_with_an_unknown_placeholder_is_not_kept(workspace: Workspace):
    with pytest.raises(UserProblem, match=r"has \{name\} in line 3"):
        save_template(workspace, "Mine", "s", "Dear {name}", VALUES)
    assert own_templates(workspace) == []
