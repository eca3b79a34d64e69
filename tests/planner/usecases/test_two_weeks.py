"""Two weeks on real roads with the reps' calendars and a night away, judged by an oracle that knows nothing of the planner's evaluator."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from kept_rules import check_day

from planner.model.accounts import Account
from planner.model.calendar import IsoWeek
from planner.model.week import VisitKind, WeekPlan
from planner.model.wishes import BlockWish, CoachingPlace, CoachingWish
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.import_accounts import import_accounts
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.settings import get_settings, set_setting
from planner.usecases.team import import_rep_calendar, set_rep_hours
from planner.usecases.week import week_routes
from planner.usecases.workspace import Workspace, open_workspace

WEEK = IsoWeek(2026, 49)
DAYS = [WEEK.day(k) for k in range(5)] + [WEEK.plus(1).day(k) for k in range(5)]
INN = "202 Electric Avenue, Lewistown, PA 17044"
TUESDAY, WEDNESDAY = DAYS[1], DAYS[2]
# What each rep has to do, in hours of a clock on the wall: (days by number, from, to).
BUSY = {
    "Rep A": [((0, 2, 4, 5, 7, 9), 8, 12)],
    "Rep B": [((0, 1, 2, 3, 5, 6, 7, 8), 13, 18), ((4,), 0, 24)],
    "Rep C": [((1, 3, 6, 8), 0, 24)],
    "Rep D": [((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 10, 11)],
    "Rep E": [((0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 0, 24)],
}
HOURS = {"Rep D": "Mo-Th 09:00-16:00", "Rep F": "Mo-Fr 08:00-12:00"}
WORKING = {"Rep D": ((0, 1, 2, 3), 9, 16), "Rep F": ((0, 1, 2, 3, 4), 8, 12)}


def calendar(events):
    """An .ics file of (title, day, from, to, place) in hours on the wall."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN"]
    for number, (title, day, begin, end, place) in enumerate(events):
        at = [datetime.combine(day, time()) + timedelta(hours=hours) for hours in (begin, end)]
        lines += ["BEGIN:VEVENT", f"UID:{title}-{number}@test", f"SUMMARY:{title}"]
        lines += [f"{name};TZID=America/New_York:{moment:%Y%m%dT%H%M%S}" for name, moment in zip(("DTSTART", "DTEND"), at, strict=True)]
        lines += [f"LOCATION:{place}".replace(",", "\\,")] if place else []
        lines += ["END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""])


@dataclass
class Planned:
    workspace: Workspace
    weeks: tuple[WeekPlan, ...]
    accounts: dict[int, Account]

    @property
    def days(self):
        return [day for plan in self.weeks for day in plan.days]


@pytest.fixture(scope="module")
def planned(state_college_home, tmp_path_factory):
    import shutil

    home = tmp_path_factory.mktemp("two-weeks") / "home"
    shutil.copytree(state_college_home, home)
    with open_workspace(home) as workspace:
        fair = [("Trade fair", TUESDAY, 16, 17.5, INN), ("Trade fair", WEDNESDAY, 8, 10, INN)]
        (home / "fair.ics").write_text(calendar(fair))
        import_accounts(workspace, [home / "fair.ics"], silent)
        for rep, spans in BUSY.items():
            events = [("Busy", DAYS[k], begin, end, "") for numbers, begin, end in spans for k in numbers]
            (home / "rep.ics").write_text(calendar(events))
            import_rep_calendar(workspace, rep, home / "rep.ics")
        for rep, hours in HOURS.items():
            set_rep_hours(workspace, rep, hours)
        set_setting(workspace, "hotels", f"Inn = {INN}")
        options = PlanOptions(
            iterations=2500,
            weeks=2,
            nights=(1,),
            blocks=(BlockWish("Rep A", 180),),
            coaching=(CoachingWish("Rep F", 45, CoachingPlace.OFFICE),),
        )
        weeks = plan_week(workspace, WEEK, options, silent).weeks
        yield Planned(workspace, weeks, {account.id: account for account in list_accounts(workspace)})


def is_free(rep, day, start_s, end_s):
    """Whether a rep works and has nothing else to do for all of a span, by the lists above."""
    weekdays, begin, end = WORKING.get(rep, (range(5), 8, 18))
    if day.weekday() not in weekdays or start_s < begin * 3600 or end_s > end * 3600:
        return False
    busy = [(a * 3600, b * 3600) for numbers, a, b in BUSY.get(rep, ()) if DAYS.index(day) in numbers]
    return all(end_s <= a or start_s >= b for a, b in busy)


def test_both_weeks_are_planned_and_kept_apart(planned):
    assert [plan.week for plan in planned.weeks] == [WEEK, WEEK.plus(1)]
    assert [day.day for day in planned.days] == DAYS
    assert all(plan.visits >= 20 for plan in planned.weeks)


def test_every_day_keeps_its_rules(planned):
    settings = get_settings(planned.workspace)
    for day in planned.days:
        # An appointment near the edge of a day opens it an hour before, or closes it an hour after.
        opens_s = 7 * 3600 if day.day == WEDNESDAY else None
        closes_s = 18.5 * 3600 if day.day == TUESDAY else None
        check_day(day, settings, opens_s, closes_s)


def test_no_account_is_visited_twice_in_two_weeks(planned):
    visited = [stop.account_id for day in planned.days for stop in day.stops if stop.account_id]
    assert len(visited) == len(set(visited))


def test_she_sleeps_at_the_inn_between_the_days_of_the_fair_and_nowhere_else(planned):
    assert [day.day for day in planned.days if day.away] == [TUESDAY]
    tuesday, wednesday = planned.days[1], planned.days[2]
    assert tuesday.end.name == wednesday.start.name == "Inn"
    assert tuesday.end.point == wednesday.start.point != tuesday.start.point
    assert wednesday.end.point == tuesday.start.point
    fair = [(day.day, stop.start_s / 3600) for day in planned.days for stop in day.stops if stop.title == "Trade fair"]
    assert fair == [(TUESDAY, 16), (WEDNESDAY, 8)]
    for day, after in zip(planned.days[:4] + planned.days[5:-1], planned.days[1:5] + planned.days[6:], strict=True):
        assert after.start.point == day.end.point


def test_visits_together_are_only_while_the_rep_is_free(planned):
    joint = [(day.day, stop) for day in planned.days for stop in day.stops if stop.rep]
    assert len({stop.rep for _day, stop in joint}) >= 4
    assert all(is_free(stop.rep, day, stop.start_s, stop.leave_s) for day, stop in joint)
    assert not any(stop.rep == "Rep E" for _day, stop in joint)
    told = [left.text for plan in planned.weeks for left in plan.left_out if "Rep E has no free time" in left.text]
    assert told


def test_the_block_is_one_stretch_with_accounts_of_its_rep(planned):
    in_block = [(day, k, stop) for day in planned.days for k, stop in enumerate(day.stops) if stop.block]
    assert len(in_block) >= 2
    (day,) = {day.day for day, _k, _stop in in_block}
    positions = [k for _day, k, _stop in in_block]
    assert positions == list(range(positions[0], positions[0] + len(positions)))
    assert {planned.accounts[stop.account_id].owner for _day, _k, stop in in_block} == {"Rep A"}
    first, last = in_block[0][2], in_block[-1][2]
    assert 0.6 * 180 * 60 <= last.leave_s - first.start_s <= 1.15 * 180 * 60
    assert is_free("Rep A", day, first.start_s, last.leave_s)


def test_the_one_on_one_is_once_at_the_office(planned):
    meetings = [(day.day, stop) for day in planned.days for stop in day.stops if stop.title == "One-on-one: Rep F"]
    assert len(meetings) == 1
    day, stop = meetings[0]
    assert stop.leave_s - stop.start_s == 45 * 60
    assert is_free("Rep F", day, stop.start_s, stop.leave_s)


def test_every_visit_is_inside_the_opening_hours_of_its_account(planned):
    from opening_hours import OpeningHours

    checked = 0
    for day in planned.days:
        for stop in day.stops:
            account = planned.accounts.get(stop.account_id or -1)
            if account is not None and account.hours:
                midnight, hours = datetime.combine(day.day, time()), OpeningHours(account.hours)
                for moment in (stop.start_s, (stop.start_s + stop.leave_s) // 2, stop.leave_s - 60):
                    assert hours.is_open(midnight + timedelta(seconds=moment)), f"{account.name} at {day.day} {moment}"
                checked += 1
    assert checked > 5


def test_the_meetings_of_the_calendar_stand(planned):
    staff = [(day.day, stop.start_s / 3600) for day in planned.days for stop in day.stops if "staff meeting" in stop.title.lower()]
    assert staff == [(DAYS[0], 8.5), (DAYS[5], 8.5)]
    assert all(stop.kind is VisitKind.DUTY for day in planned.days for stop in day.stops if "staff meeting" in stop.title.lower())


def test_drive_times_equal_the_engines_own_route(planned):
    for plan in planned.weeks:
        routes = week_routes(planned.workspace, plan, silent)
        for day in (day for day in plan.days if day.stops):
            drives = [stop.drive_s for stop in day.stops] + [day.last_drive_s]
            assert len(routes[day.day].legs) == len(drives)
            for leg, seconds in zip(routes[day.day].legs, drives, strict=True):
                assert abs(leg.seconds - seconds) <= 2


def test_a_week_after_them_plans_none_of_their_accounts_again(planned):
    later = plan_week(planned.workspace, WEEK.plus(2), PlanOptions(iterations=200), silent).plan
    visited = {stop.account_id for day in planned.days for stop in day.stops if stop.account_id}
    assert not visited.intersection(stop.account_id for day in later.days for stop in day.stops)
    assert date(2026, 12, 14) == later.days[0].day
