"""When one rep works and has nothing else to do, on some days: from working hours, holidays and the calendar imported for them."""

from collections.abc import Sequence
from datetime import date

from planner.planning.duties import duties_in
from planner.planning.opening import state_holidays
from planner.planning.team import FreeTime, free_time
from planner.store.calendar import all_events
from planner.store.settings import read_settings
from planner.usecases.packs import in_sample
from planner.usecases.team import find_rep
from planner.usecases.workspace import Workspace

__all__ = ["FreeTime", "rep_time"]


def rep_time(workspace: Workspace, name: str, days: Sequence[date]) -> FreeTime:
    """The free time of a rep, day by day, as spans in seconds after midnight; raises UserProblem when nobody has the name."""
    sample = in_sample(workspace)
    rep = find_rep(workspace, name)
    with workspace.reading() as db:
        settings = read_settings(db, sample=sample)
        events = all_events(db, sample=sample, rep=rep.name)
    busy = duties_in(events, days, settings.text("timezone"))
    return free_time(rep.hours, busy, days, state_holidays(days, settings.text("holidays")))
