"""Every command that the README shows is one that there is, with each option it names."""

import re
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from planner.cli.app import app

README = Path(__file__).parents[3] / "README.md"


def shown() -> list[str]:
    """The commands of the README; what stands behind a bar goes on from the group before it."""
    found = []
    for line in README.read_text(encoding="utf-8").splitlines():
        told = re.match(r" {4}roadbook (.*?)(?: {3,}.*)?$", line)
        if told:
            first, *others = told[1].split(" | ")
            group = first.split()[0]
            its_own = getattr(get_command(app).commands[group], "commands", {})
            found += [first, *(f"{group} {each}" if each.split()[0] in its_own else each for each in others)]
    return found


def command_of(words: list[str]) -> tuple[Any, list[str]]:
    """The command that some words lead to, and the words left over."""
    command: Any = get_command(app)
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"no command {words[0]!r} in {sorted(command.commands)}"
        command, words = command.commands[words[0]], words[1:]
    return command, words


@pytest.mark.parametrize("line", shown())
def test_the_command_is_there_with_its_options(line: str):
    command, rest = command_of(line.split())
    assert not hasattr(command, "commands"), f"{line!r} stops at a group"
    known = {name for each in command.params for name in each.opts}
    assert {word for word in rest if re.fullmatch(r"--[a-z][a-z-]+", word)} <= known


def test_the_readme_shows_commands():
    assert len(shown()) > 30
