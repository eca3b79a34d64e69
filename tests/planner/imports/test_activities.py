from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from planner.imports.activities import read_activities
from planner.imports.mapping import guess_mapping

ZONE = ZoneInfo("America/New_York")


def activities_of(table):
    return read_activities(table, guess_mapping(table.headers), ZONE)


def test_an_event_of_the_data_loader_has_its_time_in_utc_and_its_day_where_she_is(table_of):
    table = table_of(
        "Id,Subject,WhatId,WhoId,OwnerId,StartDateTime,EndDateTime,Description,Type\n"
        "00UD000000IqhSL,Review,001D000000IqhSL,003D000000IqhSL,005D000000IqhSL,2026-11-24T01:30:00.000Z,"
        "2026-11-24T02:15:00.000Z,All well,Visit\n"
    )
    (read,), problems = activities_of(table)
    assert problems == []
    activity = read.record
    assert (activity.day, activity.starts, activity.minutes) == (date(2026, 11, 23), datetime(2026, 11, 24, 1, 30, tzinfo=UTC), 45)
    assert (activity.kind, activity.subject, activity.note, read.account_ref) == ("Visit", "Review", "All well", "001D000000IqhSLIAZ")


def test_a_task_has_a_day_and_one_without_is_left_out(table_of):
    table = table_of("Subject,WhatId,ActivityDate,Status\nCall back,001D000000IqhSL,2026-11-20,Completed\nWhen,001D000000IqhSL,,Open\n")
    (read,), problems = activities_of(table)
    assert (read.record.kind, read.record.day, read.record.status) == ("Call back", date(2026, 11, 20), "Completed")
    assert [(problem.row, "no date" in problem.text) for problem in problems] == [(3, True)]


def test_activities_without_ids_are_told_apart_and_known_again(table_of):
    text = "AccountId,ActivityDate,Type,Owner,Status\n" + "001D000000IqhSL,2026-11-20,Call,Rep A,Completed\n" * 2
    first, _problems = activities_of(table_of(text))
    again, _problems = activities_of(table_of(text))
    assert len({read.record.crm_id for read in first}) == 2
    assert [read.record.crm_id for read in first] == [read.record.crm_id for read in again]
