"""What kind of file this is, seen by what is in it and not by its name."""

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from planner.errors import BadInputFile
from planner.imports.columns import ACCOUNT, ACTIVITY, BILLING, OPPORTUNITY, REP, Names, find_columns
from planner.imports.decode import read_text
from planner.imports.text_table import read_table


class FileKind(StrEnum):
    """What a file holds, in words that fit after "holds"."""

    ACCOUNTS = "accounts"
    OPPORTUNITIES = "opportunities"
    REPS = "reps"
    CALENDAR = "a calendar"
    ACTIVITIES = "activities"
    BILLING = "a billing extract"


# The columns a kind cannot do without. The order matters: an opportunity report may show its account's address as well.
_NEEDED: tuple[tuple[FileKind, Names, tuple[str, ...]], ...] = (
    (FileKind.BILLING, BILLING, ("account_number", "service_address", "monthly_charge")),
    (FileKind.OPPORTUNITIES, OPPORTUNITY, ("account_id", "name", "stage", "amount")),
    (FileKind.ACTIVITIES, ACTIVITY, ("account_id", "day", "type")),
    (FileKind.REPS, REP, ("name", "role", "quota")),
    (FileKind.ACCOUNTS, ACCOUNT, ("name", "street", "city")),
)


def recognise(path: Path) -> FileKind:
    """Say what a file holds; raises BadInputFile when it cannot be read or is none of the kinds, and names the columns that are missing."""
    text, _encoding = read_text(path)
    if text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR":
        return FileKind.CALENDAR
    return kind_of_headers(path.name, read_table(path).headers)


def kind_of_headers(file: str, headers: Sequence[str]) -> FileKind:
    """Say what a table with these headers holds; raises BadInputFile when it is none of the kinds."""
    missing: dict[FileKind, list[str]] = {}
    for kind, names, needed in _NEEDED:
        found = find_columns(headers, names)
        missing[kind] = [names[column][0] for column in needed if column not in found]
        if not missing[kind]:
            return kind
    needed_columns = {kind: len(needed) for kind, _names, needed in _NEEDED}
    closest = min(missing, key=lambda kind: (len(missing[kind]) / needed_columns[kind], kind is not FileKind.ACCOUNTS))
    if len(missing[closest]) == needed_columns[closest]:
        raise BadInputFile(
            f"{file} is none of the files that can be imported.",
            f"Its columns are {', '.join(header for header in headers[:8] if header)}.",
            f"A file of accounts needs at least the columns {', '.join(missing[FileKind.ACCOUNTS])}.",
        )
    raise BadInputFile(
        f"{file} looks like {closest.value}, but some columns are missing: {', '.join(missing[closest])}.",
        remedy="Add them to the report and export it again.",
    )
