"""Drafts of mail: nothing that others wrote can become an address, a header or a command."""

from email import message_from_bytes
from email.policy import default
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import UserProblem
from planner.exports.mail import LONGEST_LINK, MailDraft, is_address, mailto_link, write_eml

DRAFT = MailDraft(("pat@example.com",), "Thank you & more", "Hello Pat,\n\n100 % sure? A+B=C & D\nBest\nMe")


def test_a_link_says_the_same_as_the_draft():
    link = mailto_link(DRAFT)
    assert link.startswith("mailto:pat@example.com?subject=Thank%20you%20%26%20more&body=Hello%20Pat%2C%0D%0A%0D%0A100%20%25%20sure%3F")
    fields = parse_qs(urlsplit(link.replace("+", "%2B")).query)
    assert fields == {"subject": ["Thank you & more"], "body": [DRAFT.body.replace("\n", "\r\n")]}


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_can_add_a_field_or_an_address(subject, body):
    texts = [text.encode("utf-8", "replace").decode() for text in (subject, body)]
    parts = urlsplit(mailto_link(MailDraft(("pat@example.com",), *texts)))
    assert (parts.scheme, parts.path, parts.fragment) == ("mailto", "pat@example.com", "")
    assert parts.query.count("&") == 1
    assert set(parse_qs(parts.query, keep_blank_values=True)) == {"subject", "body"}
    assert "\r" not in parts.query
    assert "%0D%0A" not in parts.query.split("&")[0]


@pytest.mark.parametrize(
    "address",
    ["pat@example.com\r\nBcc: eve@example.com", "pat@example.com,eve@example.com", "pat@example.com?bcc=eve@example.com", "pat", "@x.com",
     "Pat <pat@example.com>", "pat@example.com ", "a@b@c.com", "pat@.com", "pat..lee@example.com", "", "pät@example.com", "a@b\n"],
)  # fmt: skip
def test_what_is_no_single_plain_address_is_refused(address, tmp_path):
    assert not is_address(address)
    draft = MailDraft((address,), "Hello", "")
    with pytest.raises(UserProblem, match="not a mail address"):
        mailto_link(draft)
    with pytest.raises(UserProblem, match="not a mail address"):
        write_eml(draft, tmp_path / "draft.eml")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("address", ["pat@example.com", "p.o'neil+x@mail.example.co.uk", "A_B-1@x.io"])
def test_plain_addresses_are_taken(address):
    assert is_address(address)
    assert is_address(
        mailto_link(MailDraft((address,), "", "")).split("?")[0].removeprefix("mailto:").replace("%27", "'").replace("%2B", "+")
    )


def test_a_draft_too_long_for_a_link_is_told():
    with pytest.raises(UserProblem, match="too long for a link") as told:
        mailto_link(MailDraft((), "Hello", "x" * LONGEST_LINK))
    assert "2,000" in told.value.why
    assert ".eml" in told.value.remedy


def test_a_file_is_an_unsent_mail_with_the_draft_in_it(tmp_path: Path):
    draft = MailDraft(("pat@example.com", "lee@example.com"), "Grüße\r\nBcc: eve@example.com", "Hello Jörg,\n\n.\nFrom here\n— Me")
    raw = write_eml(draft, tmp_path / "draft.eml").read_bytes()
    mail = message_from_bytes(raw, policy=default)
    assert (mail["X-Unsent"], mail["To"], mail["Bcc"], mail["From"]) == ("1", "pat@example.com, lee@example.com", None, None)
    assert mail["Subject"] == "Grüße Bcc: eve@example.com"
    assert mail.get_content().splitlines() == draft.body.splitlines()
    assert [path.name for path in tmp_path.iterdir()] == ["draft.eml"]


def test_a_file_without_an_address_has_no_line_for_one(tmp_path: Path):
    assert b"\nTo:" not in write_eml(MailDraft((), "Hello", "Text\ud800"), tmp_path / "draft.eml").read_bytes()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path):
    with pytest.raises(UserProblem, match="could not be written"):
        write_eml(DRAFT, tmp_path / "nowhere" / "draft.eml")
