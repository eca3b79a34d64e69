"""Read files of any known kind; what each is, is seen by its content."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from planner.imports.accounts import read_accounts
from planner.imports.calendar import read_calendar
from planner.imports.opportunities import read_opportunities
from planner.imports.recognise import FileKind, recognise
from planner.imports.reps import read_reps
from planner.imports.text_table import read_table
from planner.model.accounts import Account, ImportProblem, Opportunity, Rep
from planner.model.calendar import CalendarEvent
from planner.progress import Report, part


@dataclass(frozen=True, slots=True)
class FilesRead:
    """Everything that was in the files, and what a person should know of them."""

    accounts: tuple[Account, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    reps: tuple[Rep, ...] = ()
    events: tuple[CalendarEvent, ...] = ()
    problems: tuple[ImportProblem, ...] = ()
    notes: tuple[str, ...] = field(default=())
    opportunities_file: str = ""


def read_files(files: Sequence[Path], timezone: str, report: Report) -> FilesRead:
    """Read every file; appointments that name no zone are in `timezone`. Raises BadInputFile for the first that cannot be read."""
    accounts: dict[str, Account] = {}
    opportunities: list[Opportunity] = []
    reps: list[Rep] = []
    events: list[CalendarEvent] = []
    problems: list[ImportProblem] = []
    notes: list[str] = []
    opportunities_file = ""
    for position, path in enumerate(files):
        here = part(report, position / len(files), (position + 1) / len(files))
        here(0.0, f"Reading {path.name}")
        kind = recognise(path)
        found: list[ImportProblem] = []
        if kind is FileKind.CALENDAR:
            more_events, found = read_calendar(path, zone=timezone)
            events += more_events
        elif kind is FileKind.ACCOUNTS:
            more_accounts, found = read_accounts(read_table(path), here)
            accounts |= {account.crm_id: account for account in more_accounts}
        elif kind is FileKind.OPPORTUNITIES:
            more_deals, found = read_opportunities(read_table(path), here)
            opportunities += more_deals
            opportunities_file = path.name
        elif kind is FileKind.REPS:
            more_reps, found = read_reps(read_table(path))
            reps += more_reps
        else:
            notes.append(f"{path.name} holds {kind.value}, which this version does not import yet; it was left alone.")
        problems += found
    return FilesRead(
        tuple(accounts.values()), tuple(opportunities), tuple(reps), tuple(events), tuple(problems), tuple(notes), opportunities_file
    )
