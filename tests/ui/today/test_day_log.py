from planner.model.accounts import VisitOutcome
from planner.model.tracking import Visit
from planner.values import replace
from ui.today.day_log import DayLog, behind, here_of, late_for, next_stop, over_s
from ui.today.verbs import log_when

HOUR = 3600


def logged(stop, day):
    return Visit(1, stop.account_id, day.day, VisitOutcome.MET, stop_key=stop.key)


def test_what_is_logged_is_no_longer_next(plan):
    day = plan.days[0]
    log = DayLog([logged(day.stops[0], day)])
    assert next_stop(day, 8 * HOUR, DayLog()) is day.stops[0]
    assert next_stop(day, 8 * HOUR, log) is day.stops[1]
    assert next_stop(day, 20 * HOUR, DayLog()) is None


def test_a_stop_she_came_to_late_is_over_late(plan):
    day = plan.days[0]
    log = DayLog(came={day.stops[0].key: 9 * HOUR + 1800})
    assert over_s(day.stops[0], DayLog()) == 10 * HOUR
    assert over_s(day.stops[0], log) == 10 * HOUR + 1800
    assert next_stop(day, 10 * HOUR + 900, log) is day.stops[0]
    assert next_stop(day, 10 * HOUR + 900, DayLog()) is day.stops[1]


def test_arriving_at_a_later_stop_leaves_those_before_behind(plan):
    day = plan.days[0]
    assert next_stop(day, 8 * HOUR, DayLog(came={day.stops[1].key: 8 * HOUR})) is day.stops[1]


def test_a_stop_she_has_not_come_to_is_ahead_of_her_however_late_she_is(plan):
    day = plan.days[0]
    here = here_of(day, 9 * HOUR + 1800, DayLog())
    assert (here.day, here.time_s, here.place, here.done) == (day.day, 9 * HOUR + 1800, "", ())


def test_while_she_is_at_a_stop_she_is_free_once_it_is_over(plan):
    day = plan.days[0]
    here = here_of(day, 9 * HOUR + 1800, DayLog(came={day.stops[0].key: 9 * HOUR + 600}))
    assert (here.time_s, here.done) == (10 * HOUR + 600, (day.stops[0].key,))
    assert here_of(day, 20 * HOUR, DayLog()).done == tuple(stop.key for stop in day.stops)


def test_in_the_midst_of_a_block_the_plan_says_what_is_behind_her(plan):
    day = plan.days[0]
    block = replace(day, stops=tuple(replace(stop, block="together") for stop in day.stops))
    assert here_of(block, 11 * HOUR, DayLog()).done is None
    assert here_of(block, 20 * HOUR, DayLog()).done == ("together",)


def test_a_visit_is_logged_from_when_she_came(plan, at):
    day = plan.days[0]
    first, second = day.stops
    log = DayLog(came={first.key: 9 * HOUR + 600})
    assert log_when(day, second, log, at(11, 0)) is None
    assert log_when(day, first, log, at(9, 50)) == (9 * HOUR + 600, 9 * HOUR + 3000)
    later = DayLog(came={first.key: 9 * HOUR + 600, second.key: 13 * HOUR})
    assert log_when(day, first, later, at(13, 10)) == (9 * HOUR + 600, 10 * HOUR + 600)
    assert log_when(day, first, log, at(19, 0)) == (9 * HOUR + 600, 10 * HOUR + 600)


def test_what_is_over_or_logged_is_behind_her(plan):
    day = plan.days[0]
    first, second = day.stops
    assert behind(day, 8 * HOUR, DayLog()) == frozenset()
    assert behind(day, 10 * HOUR, DayLog()) == {first.key}
    assert behind(day, 8 * HOUR, DayLog([logged(second, day)])) == {second.key}
    assert behind(day, 20 * HOUR, DayLog()) == {first.key, second.key}


def test_a_visit_put_in_would_come_before_the_stop_she_is_late_for(plan):
    day = plan.days[0]
    first, second = day.stops
    assert late_for(day, 9 * HOUR, DayLog()) is None
    assert late_for(day, 9 * HOUR + 600, DayLog()) == (first, 600)
    assert late_for(day, 20 * HOUR, DayLog()) is None
    at_first = DayLog(came={first.key: 9 * HOUR + 600})
    assert late_for(day, 9 * HOUR + 900, at_first) is None
    stayed = DayLog(came={first.key: 12 * HOUR})
    assert late_for(day, 12 * HOUR + 600, stayed) == (second, 13 * HOUR + 1800 - 13 * HOUR)
    assert late_for(day, 16 * HOUR, DayLog(came={second.key: 15 * HOUR + 600})) is None
