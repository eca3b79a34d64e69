from datetime import date

from planner.model.calendar import IsoWeek
from planner.model.tracking import Drive, DriveKind, Source
from planner.tracking.week_miles import LEAST_WEEKS, week_miles


def drive(day, metres, kind=DriveKind.BUSINESS, *, confirmed=True):
    return Drive(0, day, "A", "B", metres, Source.PLAN, kind, "Visit", confirmed=confirmed)


def test_nothing_driven_is_no_week():
    assert week_miles([]) == ()


def test_a_week_adds_up_what_is_claimed_what_is_not_and_what_waits():
    """Sunday, November 29 belongs to week 48 and the Monday after it to week 49."""
    weeks = week_miles(
        [
            drive(date(2026, 11, 29), 1_000),
            drive(date(2026, 11, 30), 2_000),
            drive(date(2026, 12, 4), 3_000),
            drive(date(2026, 12, 4), 400, DriveKind.COMMUTE),
            drive(date(2026, 12, 4), 50, DriveKind.PERSONAL),
            drive(date(2026, 12, 4), 6, confirmed=False),
        ]
    )
    assert len(weeks) == LEAST_WEEKS
    assert [(week.business_m, week.other_m, week.unconfirmed_m) for week in weeks[-2:]] == [(1_000, 0, 0), (5_000, 450, 6)]
    assert weeks[-1].week == IsoWeek(2026, 49)
    assert weeks[-1].metres == 5_456
    assert not any(week.metres for week in weeks[:-2])


def test_all_weeks_between_the_first_and_the_last_are_there_over_the_turn_of_the_year():
    weeks = week_miles([drive(date(2026, 1, 1), 10), drive(date(2026, 12, 31), 20)])
    assert [weeks[0].week, weeks[-1].week] == [IsoWeek(2026, 1), IsoWeek(2026, 53)]
    assert len(weeks) == 53
