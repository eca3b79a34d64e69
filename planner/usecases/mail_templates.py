"""Templates of mail: those that Roadbook brings, and her own as text files in the templates folder."""

import re
from collections.abc import Mapping
from pathlib import Path

from planner.errors import UserProblem
from planner.model.plain_text import one_line
from planner.store.private_files import private_file, private_folder, replace_durably
from planner.usecases.workspace import Workspace
from planner.values import Struct

FOLDER = "templates"
PLACEHOLDERS = ("contact", "account", "visit_day", "next_step", "rep", "signature", "day", "me")
"""What stands in braces in a template; `day` and `me` are short for `visit_day` and `signature`."""
LONGEST_NAME = 60
MOST_BYTES = 64 << 10
_BRACES = re.compile(r"\{([^{}\n]*)\}")
_SUBJECT = re.compile(r"\s*subject:(.*)", re.IGNORECASE)
_SHORTEST_VALUE = 3
"""A shorter name would be found in the middle of words."""


class MailTemplate(Struct, frozen=True):
    """A subject and a text with placeholders: {contact}, {account}, {visit_day}, {next_step}, {rep}, {signature}.

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


def own_templates(workspace: Workspace) -> list[str]:
    """The names of her own templates: the text files of the templates folder, without their ending."""
    folder = workspace.home / FOLDER
    return sorted((path.stem for path in folder.glob("*.txt") if path.is_file()), key=str.casefold) if folder.is_dir() else []


def need_template(workspace: Workspace, name: str) -> MailTemplate:
    """The template of this name, whatever its case: hers before one that Roadbook brings.

    Raises UserProblem when there is none, or it cannot be read or has a placeholder that there is none of, with its line.
    """
    wanted = name.strip().casefold()
    own = own_templates(workspace)
    found = next((each for each in own if each.casefold() == wanted), "")
    if found:
        return _read(workspace.home / FOLDER / f"{found}.txt")
    if wanted in TEMPLATES:
        return TEMPLATES[wanted]
    raise UserProblem(f"There is no template “{name}”.", remedy=f"Choose one of: {', '.join((*TEMPLATES, *own))}.")


def save_template(workspace: Workspace, name: str, subject: str, body: str, values: Mapping[str, str]) -> Path:
    """Keep a mail as a template: where it has one of the values, its placeholder is put. Returns its file.

    Raises UserProblem for a name that cannot be or is taken, a placeholder that there is none of, and when it cannot be written.
    """
    workspace.refuse_read_only()
    plain = one_line(name).strip()
    if not plain or len(plain) > LONGEST_NAME or re.search(r'[<>:"/\\|?*]', plain) or plain.startswith("."):
        raise UserProblem(
            "The template needs a name.", f'Up to {LONGEST_NAME} characters, without <>:"/\\|?*.', "Give it one, such as “Quarterly”."
        )
    if plain.casefold() in {each.casefold() for each in (*TEMPLATES, *own_templates(workspace))}:
        raise UserProblem(f"There is a template “{plain}” already.", remedy="Give it another name.")
    text = f"Subject: {_with_placeholders(one_line(subject), values)}\n\n{_with_placeholders(body, values).strip()}\n"
    _check(text, plain)
    folder = workspace.home / FOLDER
    target, beside = folder / f"{plain}.txt", folder / f".{plain}.part"
    try:
        private_folder(folder, ours=True)
        private_file(beside)
        beside.write_text(text, encoding="utf-8")
        replace_durably(beside, target)
    except OSError as error:
        raise UserProblem("The template could not be written.", f"{error.strerror or error}.", "Make room on the disk.") from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _read(path: Path) -> MailTemplate:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UserProblem(f"The template “{path.stem}” is too long.", f"It has more than {MOST_BYTES >> 10} kB.", "Shorten it.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UserProblem(f"The template “{path.stem}” cannot be read.", f"{error.strerror or error}.", f"See {path}.") from error
    except UnicodeDecodeError as error:
        raise UserProblem(f"The template “{path.stem}” is no plain text.", remedy=f"Save {path.name} as text in UTF-8.") from error
    _check(text, path.stem)
    first, _, rest = text.lstrip("\n").partition("\n")
    found = _SUBJECT.fullmatch(first)
    return MailTemplate(path.stem, found[1].strip(), rest.strip()) if found else MailTemplate(path.stem, path.stem, text.strip())


def _check(text: str, name: str) -> None:
    for number, line in enumerate(text.splitlines(), start=1):
        wrong = next((each for each in _BRACES.findall(line) if each not in PLACEHOLDERS), None)
        if wrong is not None:
            known = ", ".join(f"{{{each}}}" for each in PLACEHOLDERS[:6])
            raise UserProblem(f"The template “{name}” has {{{wrong}}} in line {number}.", f"There is: {known}.", "Mend that line.")


def _with_placeholders(text: str, values: Mapping[str, str]) -> str:
    """A text with the values in it replaced by their placeholders, the longest first, each place once."""
    known = sorted(((value, name) for name, value in values.items() if len(value) >= _SHORTEST_VALUE), key=lambda each: -len(each[0]))
    if not known:
        return text
    names = dict(reversed(known))
    return re.sub("|".join(rf"(?<!\w){re.escape(value)}(?!\w)" for value, _name in known), lambda found: f"{{{names[found[0]]}}}", text)
