"""Drafts of mail: as a link that opens the mail program (RFC 6068), or as a file that Outlook opens unsent. Nothing is ever sent."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from urllib.parse import quote

from planner.errors import UserProblem
from planner.model.plain_text import one_line
from planner.values import Struct

LONGEST_LINK = 2_000
"""Characters of a link that all systems pass on; Windows cuts longer ones off."""
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


class MailDraft(Struct, frozen=True):
    """A mail to be looked through and sent by hand: addresses, subject, text, and in plain sentences what to know of it."""

    to: tuple[str, ...]
    subject: str
    body: str
    notes: tuple[str, ...] = ()


def is_address(text: str) -> bool:
    """Whether a text is one plain mail address: no name, no list, nothing that could begin another header."""
    return _ADDRESS.fullmatch(text) is not None and ".." not in text


def mailto_link(draft: MailDraft) -> str:
    """The draft as a mailto link; raises UserProblem when it is too long for one, or an address is none."""
    to = ",".join(quote(address, safe="@") for address in _checked(draft))
    body = "\r\n".join(draft.body.splitlines())
    link = f"mailto:{to}?subject={quote(one_line(draft.subject), safe='', errors='replace')}&body={quote(body, safe='', errors='replace')}"
    if len(link) > LONGEST_LINK:
        raise UserProblem(
            "The draft is too long for a link.",
            f"It would have {len(link):,} characters, and mail programs take {LONGEST_LINK:,}.",
            "Shorten it, or write it to a file (.eml).",
        )
    return link


def write_eml(draft: MailDraft, out: Path) -> Path:
    """Write the draft as a file that mail programs open as an unsent mail; replaced when whole. Raises UserProblem."""
    message = EmailMessage(policy=SMTP)
    if draft.to:
        message["To"] = ", ".join(_checked(draft))
    message["Subject"] = one_line(draft.subject)
    message["X-Unsent"] = "1"
    message.set_content("\n".join([*draft.body.splitlines(), ""]).encode("utf-8", "replace").decode())
    beside = out.with_name(f".{out.name}.part")
    try:
        beside.write_bytes(message.as_bytes())
        beside.replace(out)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise UserProblem(f"{out.name} could not be written.", f"{error.strerror or error}.", "Choose another place.") from error
    return out


def _checked(draft: MailDraft) -> tuple[str, ...]:
    wrong = next((address for address in draft.to if not is_address(address)), None)
    if wrong is not None:
        raise UserProblem(f"“{one_line(wrong)}” is not a mail address.", remedy="Correct it at the contact.")
    return draft.to
