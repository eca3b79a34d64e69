from datetime import date

import pytest

from planner.model.rhythm import LAST, Rhythm, Unit, read_rhythm

FIRST = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("rhythm", "rule", "words"),
    [
        (Rhythm(Unit.WEEKS, (0,)), "FREQ=WEEKLY;BYDAY=MO", "every Monday"),
        (Rhythm(Unit.WEEKS, (1,), 2), "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "every second Tuesday"),
        (Rhythm(Unit.WEEKS, (4, 0, 2)), "FREQ=WEEKLY;BYDAY=MO,WE,FR", "every Monday, Wednesday and Friday"),
        (Rhythm(Unit.WEEKS, (3,), 6), "FREQ=WEEKLY;INTERVAL=6;BYDAY=TH", "every 6 weeks on Thursday"),
        (Rhythm(Unit.MONTH_WEEKDAY, (1,), nth=1), "FREQ=MONTHLY;BYDAY=1TU", "the first Tuesday of every month"),
        (Rhythm(Unit.MONTH_WEEKDAY, (4,), nth=LAST), "FREQ=MONTHLY;BYDAY=-1FR", "the last Friday of every month"),
        (Rhythm(Unit.MONTH_DAY, month_day=12), "FREQ=MONTHLY;BYMONTHDAY=12", "the 12th of every month"),
        (Rhythm(Unit.MONTH_DAY, month_day=31), "FREQ=MONTHLY;BYMONTHDAY=31", "the 31st of every month that has one"),
    ],
)
def test_a_rhythm_is_a_rule_and_words_and_is_read_back(rhythm, rule, words):
    assert (rhythm.rule, rhythm.words) == (rule, words)
    read = read_rhythm(rule, FIRST)
    assert read is not None
    assert read.rule == rule


def test_a_rule_without_days_is_that_of_its_first_day():
    assert read_rhythm("FREQ=WEEKLY;INTERVAL=2", FIRST) == Rhythm(Unit.WEEKS, (3,), 2)
    assert read_rhythm("FREQ=MONTHLY", FIRST) == Rhythm(Unit.MONTH_DAY, month_day=31)


def test_its_end_is_kept():
    rhythm = Rhythm(Unit.WEEKS, (0,), until=date(2027, 3, 1))
    assert rhythm.rule == "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270301"
    assert read_rhythm(rhythm.rule, FIRST) == rhythm


@pytest.mark.parametrize(
    "rule",
    [
        "every day",
        "",
        "FREQ=DAILY",
        "FREQ=WEEKLY;COUNT=3",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1TU,3TU",
        "FREQ=MONTHLY;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;UNTIL=soon",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=WEEKLY;WKST=SU;INTERVAL=2",
    ],
)
def test_another_rule_is_no_rhythm(rule):
    assert read_rhythm(rule, FIRST) is None
