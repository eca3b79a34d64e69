"""The team's time: when each rep is free, and how much each needs help."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import BadInputFile, UserProblem
from planner.imports.calendar import read_calendar
from planner.model.accounts import ImportProblem, Opportunity, Rep
from planner.model.changes import Changes
from planner.model.packs import RoadPack
from planner.planning.duties import duties_in
from planner.planning.opening import open_days, state_holidays
from planner.planning.team import USUAL_HOURS, FreeTime, free_time
from planner.planning.value import help_needed
from planner.settings import Settings
from planner.store import accounts as rows
from planner.store.calendar import all_events, clear_rep_events, replace_events
from planner.store.settings import read_settings
from planner.store.visits import last_help
from planner.usecases.packs import in_sample
from planner.usecases.workspace import Workspace

if TYPE_CHECKING:
    from sqlite_utils import Database

__all__ = ["USUAL_HOURS", "find_rep", "help_need", "import_rep_calendar", "list_reps", "set_rep_hours", "team_time"]


def team_time(
    workspace: Workspace,
    pack: RoadPack,
    days: Sequence[date],
    settings: Settings,
    deals: Mapping[str, Sequence[Opportunity]],
) -> tuple[dict[str, FreeTime], dict[str, float]]:
    """When each rep is free on these days, and how much each needs help (0..1), by name."""
    zone, holidays = settings.text("timezone"), state_holidays(days, settings.text("holidays"))
    with workspace.reading() as db:
        reps = rows.all_reps(db, sample=pack.sample)
        calendars = {rep.name: all_events(db, sample=pack.sample, rep=rep.name) for rep in reps}
        last = last_help(db)
    team = {rep.name: free_time(rep.hours, duties_in(calendars[rep.name], days, zone), days, holidays) for rep in reps}
    expected = _expected(deals)
    return team, {rep.name: _need(rep, expected.get(rep.name, 0.0), days[0], last) for rep in reps}


def help_need(db: "Database", name: str, on: date, *, sample: bool) -> float:
    """How much one rep needs help on a day (0..1), as planning weighs it; 0 for who is not in the team."""
    rep = next((rep for rep in rows.all_reps(db, sample=sample) if rep.name == name), None)
    if rep is None:
        return 0.0
    deals = [deal for deal in rows.opportunities_owned(db, name) if deal.is_open]
    return _need(rep, _expected({"": deals}).get(name, 0.0), on, last_help(db))


def list_reps(workspace: Workspace) -> list[Rep]:
    """The team of the territory in use, by name."""
    with workspace.reading() as db:
        return rows.all_reps(db, sample=in_sample(workspace))


def set_rep_hours(workspace: Workspace, name: str, hours: str) -> Changes:
    """Keep a rep's working hours, written as OSM opening hours; raises UserProblem when they cannot be read or nobody has the name."""
    if hours and open_days(hours, [date(2026, 11, 30)]).note:
        raise UserProblem(f"The working hours “{hours}” cannot be read.", remedy="Write them as Mo-Fr 08:00-17:00.")
    rep, sample = find_rep(workspace, name), in_sample(workspace)
    changes = Changes(f"Change the working hours of {rep.name}", accounts=True)
    with workspace.writing(changes.label, sample=sample) as db:
        rows.set_rep_hours(db, rep.name, hours, sample=sample)
    return changes


def import_rep_calendar(workspace: Workspace, name: str, file: Path) -> tuple[int, tuple[ImportProblem, ...], Changes]:
    """Read a rep's whole calendar in place of the one from before: how many appointments, and what is wrong with the file.

    Raises BadInputFile and UserProblem.
    """
    rep, sample = find_rep(workspace, name), in_sample(workspace)
    with workspace.reading() as db:
        zone = read_settings(db, sample=sample).text("timezone")
    events, problems = read_calendar(file, zone=zone)
    if not events:
        raise BadInputFile(f"{file.name} holds no appointments.", remedy=f"Export {rep.name}'s calendar as .ics and choose that file.")
    changes = Changes(f"Import the calendar of {rep.name}", accounts=True)
    with workspace.writing(changes.label, sample=sample) as db:
        clear_rep_events(db, rep.name, sample=sample)
        replace_events(db, events, sample=sample, rep=rep.name)
    return len(events), tuple(problems), changes


def find_rep(workspace: Workspace, name: str) -> Rep:
    """The rep with this name, or the only one whose name has it as a part; raises UserProblem."""
    reps = list_reps(workspace)
    wanted = name.strip().casefold()
    found = [rep for rep in reps if rep.name.casefold() == wanted] or [rep for rep in reps if wanted in rep.name.casefold()]
    if wanted and len(found) == 1:
        return found[0]
    known = ", ".join(rep.name for rep in reps) or "nobody yet"
    raise UserProblem(
        f"{'Several reps fit' if found else 'No rep is called'} “{name}”.", f"The team is: {known}.", "Give the name in full."
    )


def _need(rep: Rep, expected_cents: float, on: date, last: Mapping[str, date]) -> float:
    return help_needed(rep.quota_cents, expected_cents, (on - last[rep.name]).days if rep.name in last else None)


def _expected(deals: Mapping[str, Sequence[Opportunity]]) -> dict[str, float]:
    """Monthly revenue that the open deals of each rep should bring, in cents."""
    expected: dict[str, float] = {}
    for deal in (deal for of_account in deals.values() for deal in of_account):
        expected[deal.owner] = expected.get(deal.owner, 0.0) + deal.amount_cents * deal.probability
    return expected
