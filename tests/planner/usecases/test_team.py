"""The team's time: working hours, calendars, and visits made together only while a rep is free."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from planner.errors import BadInputFile, UserProblem
from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind, WeekPlan
from planner.progress import silent
from planner.store.accounts import all_reps, save_reps
from planner.store.calendar import all_events
from planner.usecases.accounts import account_details, open_opportunities
from planner.usecases.import_accounts import import_accounts
from planner.usecases.packs import need_pack
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.settings import get_settings
from planner.usecases.team import find_rep, help_need, import_rep_calendar, list_reps, set_rep_hours, team_time
from planner.usecases.workspace import Workspace

WEEK = IsoWeek(2026, 49)
DAYS = [WEEK.day(k) for k in range(5)]
REP = "Priya Raman"


@pytest.fixture
def workspace(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(sample_home)


def calendar(folder: Path, name: str, *events: tuple[str, date, float, float]) -> Path:
    """An .ics file of (uid, day, from, to) in hours on the wall."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for uid, day, begin, end in events:
        begins, ends = (datetime.combine(day, time()) + timedelta(hours=hours) for hours in (begin, end))
        lines += ["BEGIN:VEVENT", f"UID:{uid}", "SUMMARY:Meeting"]
        lines += [
            f"DTSTART;TZID=America/New_York:{begins:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=America/New_York:{ends:%Y%m%dT%H%M%S}",
            "END:VEVENT",
        ]
    file = folder / name
    file.write_text("\r\n".join([*lines, "END:VCALENDAR", ""]), encoding="utf-8")
    return file


def free(workspace: Workspace, rep: str) -> list[tuple[tuple[float, float], ...]]:
    """When a rep is free on the days of the week, in hours."""
    team, _needs = team_time(workspace, need_pack(workspace), DAYS, get_settings(workspace), open_opportunities(workspace))
    return [tuple((begin / 3600, end / 3600) for begin, end in spans) for spans in team[rep]]


def planned(workspace: Workspace) -> WeekPlan:
    return plan_week(workspace, WEEK, PlanOptions(iterations=200), silent).plan


def test_how_much_one_rep_needs_help_is_what_planning_weighs(workspace: Workspace):
    _team, needs = team_time(workspace, need_pack(workspace), DAYS, get_settings(workspace), open_opportunities(workspace))
    assert any(needs.values())
    with workspace.reading() as db:
        for name, need in needs.items():
            assert help_need(db, name, DAYS[0], sample=True) == pytest.approx(need)
        assert help_need(db, "Nobody", DAYS[0], sample=True) == 0.0


def test_an_account_is_worth_in_its_details_what_the_list_of_its_plan_says(workspace: Workspace):
    plan = planned(workspace)
    assert plan.valued_on == max(DAYS[0], min(day.day for day in plan.days))
    joint = [left for left in plan.left_out if left.kind is VisitKind.SUPPORT and left.account_id is not None]
    assert joint
    for left in joint:
        assert left.account_id is not None
        details = account_details(workspace, left.account_id, plan.valued_on)
        assert (details.kind, details.value) == (left.kind, pytest.approx(left.value))


def test_working_hours_are_kept_and_shown(workspace: Workspace):
    assert free(workspace, REP)[0] == ((8.0, 18.0),)
    changes = set_rep_hours(workspace, "priya", "Mo-Th 09:00-16:00")
    assert REP in changes.label
    assert next(rep.hours for rep in list_reps(workspace) if rep.name == REP) == "Mo-Th 09:00-16:00"
    assert free(workspace, REP) == [((9.0, 16.0),)] * 4 + [()]
    set_rep_hours(workspace, REP, "")
    assert free(workspace, REP)[4] == ((8.0, 18.0),)


def test_working_hours_that_cannot_be_read_are_told_and_not_kept(workspace: Workspace):
    set_rep_hours(workspace, REP, "Mo-Th 09:00-16:00")
    with pytest.raises(UserProblem, match="cannot be read"):
        set_rep_hours(workspace, REP, "nine to five")
    assert free(workspace, REP)[0] == ((9.0, 16.0),)


def test_working_hours_stay_when_the_team_is_imported_again(workspace: Workspace):
    set_rep_hours(workspace, REP, "Mo-Th 09:00-16:00")
    with workspace.writing("Test") as db:
        save_reps(db, all_reps(db, sample=True), sample=True)
    assert next(rep.hours for rep in list_reps(workspace) if rep.name == REP) == "Mo-Th 09:00-16:00"


@pytest.mark.parametrize(("name", "told"), [("Nobody", "No rep is called"), ("a", "Several reps fit"), ("", "Several reps fit")])
def test_a_rep_is_found_by_a_part_of_the_name_or_it_is_told_who_there_is(workspace: Workspace, name: str, told: str):
    assert find_rep(workspace, " pRIYA ").name == REP
    with pytest.raises(UserProblem, match=told) as problem:
        find_rep(workspace, name)
    assert REP in problem.value.why


def test_a_rep_is_not_free_during_the_appointments_of_the_calendar(workspace: Workspace, tmp_path: Path):
    count, problems, changes = import_rep_calendar(workspace, "priya", calendar(tmp_path, "priya.ics", ("a", DAYS[1], 9.5, 12)))
    assert (count, problems) == (1, ())
    assert REP in changes.label
    assert free(workspace, REP)[:2] == [((8.0, 18.0),), ((8.0, 9.5), (12.0, 18.0))]
    assert free(workspace, "Tom Kessler")[1] == ((8.0, 18.0),)
    import_rep_calendar(workspace, REP, calendar(tmp_path, "priya.ics", ("a", DAYS[1], 14, 15)))
    assert free(workspace, REP)[1] == ((8.0, 14.0), (15.0, 18.0))


def test_an_appointment_that_is_no_longer_in_the_calendar_leaves_the_rep_free(workspace: Workspace, tmp_path: Path):
    import_rep_calendar(workspace, REP, calendar(tmp_path, "first.ics", ("a", DAYS[1], 9.5, 12), ("b", DAYS[2], 9, 17)))
    taken = free(workspace, REP)
    import_rep_calendar(workspace, REP, calendar(tmp_path, "second.ics", ("a", DAYS[1], 9.5, 12)))
    assert free(workspace, REP)[1] == taken[1]
    assert free(workspace, REP)[2] != taken[2]


def test_the_same_meeting_in_two_calendars_is_in_both(workspace: Workspace, tmp_path: Path):
    file = calendar(tmp_path, "shared.ics", ("shared", DAYS[2], 10, 11))
    import_accounts(workspace, [file], silent, sample=True)
    before = planned(workspace)
    for rep in ("Priya Raman", "Tom Kessler"):
        import_rep_calendar(workspace, rep, file)
        assert free(workspace, rep)[2] == ((8.0, 10.0), (11.0, 18.0))
    with workspace.reading() as db:
        assert "shared" in {event.uid for event in all_events(db, sample=True)}
        assert [len(all_events(db, sample=True, rep=rep)) for rep in ("Priya Raman", "Tom Kessler", "Elena Soto")] == [1, 1, 0]
    assert [block.title for block in before.days[2].blocks if block.start_s == 36_000] == ["Meeting"]


def test_a_file_without_appointments_is_told(workspace: Workspace, tmp_path: Path):
    with pytest.raises(BadInputFile, match="no appointments"):
        import_rep_calendar(workspace, REP, calendar(tmp_path, "empty.ics"))
    with pytest.raises(BadInputFile, match=r"none\.ics"):
        import_rep_calendar(workspace, REP, tmp_path / "none.ics")


def test_visits_together_are_planned_only_while_the_rep_is_free(workspace: Workspace, tmp_path: Path):
    assert any(stop.start_s < 13 * 3600 for day in planned(workspace).days for stop in day.stops if stop.rep)
    for rep in list_reps(workspace):
        set_rep_hours(workspace, rep.name, "Mo-Fr 13:00-16:00")
        import_rep_calendar(
            workspace, rep.name, calendar(tmp_path, "rep.ics", (rep.name, DAYS[3], 0, 24), (f"{rep.name}-2", DAYS[0], 14, 15))
        )
    joint = [(day.day, stop) for day in planned(workspace).days for stop in day.stops if stop.rep]
    assert len(joint) > 2
    assert all(stop.kind is VisitKind.SUPPORT for _day, stop in joint)
    assert all(stop.start_s >= 13 * 3600 and stop.leave_s <= 16 * 3600 and day != DAYS[3] for day, stop in joint)
    assert all(stop.leave_s <= 14 * 3600 or stop.start_s >= 15 * 3600 for day, stop in joint if day == DAYS[0])
