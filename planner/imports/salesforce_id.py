"""Salesforce record ids: 15 characters that tell upper from lower case, or the same with 3 more that say which are upper."""

import re

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-5]{3})?")


def normalise_id(text: str) -> str:
    """Return the 18-character form of a Salesforce id; raises ValueError for anything else.

    Each of the last three characters holds, as a number of five bits in the alphabet A-Z0-5, which characters of one group of five are
    capitals. An 18-character id that lost its case on the way (a spreadsheet, a mail) gets it back from them.
    Source: Salesforce, "What are the differences between 15 and 18 character record IDs" (article 000385585).
    """
    wanted = text.strip()
    if not _ID.fullmatch(wanted):
        raise ValueError(f"{text!r} is not a Salesforce id")
    short = wanted[:15] if len(wanted) == 15 else _with_capitals(wanted[:15], wanted[15:].upper())
    return short + "".join(_ALPHABET[_capitals(short[at : at + 5])] for at in (0, 5, 10))


def _capitals(group: str) -> int:
    return sum(1 << position for position, character in enumerate(group) if "A" <= character <= "Z")


def _with_capitals(short: str, check: str) -> str:
    bits = [_ALPHABET.index(character) >> position & 1 for character in check for position in range(5)]
    if any(bit and character.isdigit() for bit, character in zip(bits, short, strict=True)):
        raise ValueError(f"the last three characters of {short + check!r} do not fit the others")
    return "".join(character.upper() if bit else character.lower() for bit, character in zip(bits, short, strict=True))
