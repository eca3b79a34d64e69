from datetime import UTC, date, datetime, timedelta

from planner.model.calendar import CalendarEvent
from planner.model.rhythm import Rhythm, Unit
from planner.usecases.duties import RecurringDuty
from planner.usecases.duty_drafts import Clash, DutyPreview, Upon
from ui.duties.words import clash_lines, duty_row, next_words, rhythm_words

DAY = date(2026, 12, 1)


def test_how_often_in_plain_words(qapp):
    assert rhythm_words(Rhythm(Unit.WEEKS, (1,), 2), 9 * 3600) == "Every second Tuesday at 9:00"
    assert rhythm_words(Rhythm(Unit.WEEKS, (0,), until=date(2027, 3, 1)), 30_600) == "Every Monday at 8:30, until Mar 1, 2027"
    assert rhythm_words("FREQ=DAILY", 30_600) == "By its own rule (FREQ=DAILY) at 8:30"


def test_the_row_of_a_duty(qapp):
    begin = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    event = CalendarEvent("roadbook-1", "Staff", begin, begin + timedelta(minutes=90), rrule="FREQ=WEEKLY")
    assert duty_row(RecurringDuty(1, event, DAY)) == ("Staff", "Every Tuesday at 9:00", "90 min", "By phone", "Tue, Dec 1")
    assert duty_row(RecurringDuty(1, event, None))[4] == "None ahead"


def test_what_a_duty_falls_upon(qapp):
    lines = clash_lines(
        [
            Clash(DAY, Upon.VISIT, "Uni-Mart <b>", 33_000, 36_600),
            Clash(DAY, Upon.APPOINTMENT, "Dentist", 33_000, 36_600),
            Clash(DAY, Upon.REP, "Ada"),
        ],
        most=2,
    )
    assert lines == [
        "Falls upon the planned visit to Uni-Mart <b>, 9:10–10:10: Dec 1",
        "Falls upon Dentist, 9:10–10:10: Dec 1",
        "… and 1 more",
    ]
    assert clash_lines([Clash(DAY, Upon.REP, "Ada"), Clash(date(2026, 12, 8), Upon.REP, "Ada")]) == ["Ada is not free: Dec 1, Dec 8"]


def test_the_next_days_in_one_line(qapp):
    assert next_words(DutyPreview((DAY, date(2026, 12, 15)))) == "Next: Tue, Dec 1 · Tue, Dec 15"
    assert next_words(DutyPreview(())) == "It has no day ahead."
