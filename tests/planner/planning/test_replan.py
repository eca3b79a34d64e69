"""The rest of today, planned anew: nothing else changes, and what is planned can be driven from here and now."""

import numpy as np
import pytest
from rest_of_day import check_rest
from small_weeks import (
    HOME,
    HOUR,
    INN,
    WEEK,
    any_week,
    appointment,
    asked,
    at,
    block,
    by_chance,
    call,
    day,
    keys_of,
    matrix_of,
    planned,
    visit,
)

from planner.errors import PlanProblem
from planner.model.places import NamedPlace
from planner.model.request import NightRequest, Window
from planner.model.week import Lock, VisitKind, WhyNot
from planner.planning.board import board_of
from planner.planning.edits import Edited, keep_order, lock, reorder
from planner.planning.replan import Now, replan_today
from planner.values import replace


def replanned(request, plan, time, done=(), here=HOME, on=0, matrix=None, **more):
    """The week planned anew from an hour of a day on."""
    now = Now(WEEK.day(on), int(time * HOUR), here, frozenset(done))
    return replan_today(request, matrix or matrix_of(request, here.point), plan, now, iterations=60, **more)


def at_stop(stop):
    return NamedPlace(stop.title, stop.place)


@pytest.fixture(scope="module")
def week():
    """A Monday with four visits around a meeting at 14:00, and a Tuesday; what is left over fits neither."""
    first = [visit(k, 4 * k, 2, minutes=45, value=40.0 - k, on=(0,)) for k in (1, 2, 3, 4)]
    second = [visit(10 + k, -5 * k, minutes=60, on=(1,)) for k in (1, 2)]
    request = asked([appointment("Review", 0, 14, 15, 6, 0), *first, *second], days=2)
    plan = planned(request, iterations=200)
    assert len(plan.days[0].stops) == 5
    return request, plan


@by_chance
def test_the_rest_of_any_day_can_be_driven_from_here_and_now(seed):
    draw, request = np.random.default_rng(seed), any_week(seed)
    matrix = matrix_of(request)
    board = board_of(request, matrix, planned(request, matrix, iterations=20))
    index = int(draw.integers(0, len(board.plan.days)))
    for stop in board.plan.days[index].stops:
        how = [Lock.NONE, Lock.NONE, Lock.DAY, Lock.TIME][int(draw.integers(0, 4))]
        answer = lock(board, stop.block or stop.key, how)
        board = answer.board if isinstance(answer, Edited) else board
    plan = keep_order(board, index, keep=bool(draw.random() < 0.3)).board.plan
    today = plan.days[index]
    count = int(draw.integers(0, len(today.stops) + 1))
    gone = today.stops[:count]
    if gone and gone[-1].block and any(stop.block == gone[-1].block for stop in today.stops[count:]):
        return
    earliest = gone[-1].leave_s if gone else request.days[index].opens_s
    late = int(draw.choice([0, 0, 600, 3000, 7200]))
    here = at_stop(gone[-1]) if gone else today.start
    now = Now(today.day, min(earliest + late, request.days[index].closes_s - 60), here, frozenset(stop.key for stop in gone))
    only_planned = bool(draw.random() < 0.5)
    urgent = frozenset(c.key for c in request.candidates if draw.random() < 0.05 and c.kind is not VisitKind.DUTY and not c.parts)
    urgent -= {stop.key for each in plan.days for stop in each.stops if each.day != today.day}
    result = replan_today(request, matrix, plan, now, urgent=urgent, only_planned=only_planned, iterations=30)
    home = int(matrix.seconds[matrix.places.index(here.point), matrix.places.index(today.end.point)])
    hardly = max(request.days[index].closes_s, now.time_s + home + 2 * HOUR)
    is_late = now.time_s + home + 3 * HOUR > request.days[index].closes_s
    rest = check_rest(request, matrix, plan, now, result, closes_s=hardly if is_late else None)
    told = {title for title, _reason in result.missed}
    known, made = {c.key: c for c in request.candidates}, {stop.block or stop.key for stop in rest}
    fast = {s.block or s.key for s in today.stops[count:] if s.mandatory or s.lock is not Lock.NONE or today.keep_order}
    assert told == {known[key].title for key in (urgent - now.done | fast) - made}
    for stop in rest:
        before = next((s for s in today.stops if (s.key, s.block) == (stop.key, stop.block)), stop)
        assert before.lock is not Lock.TIME or stop.start_s == before.start_s
    if today.keep_order:
        order = [stop.key for stop in today.stops if (stop.block or stop.key) in made]
        assert [stop.key for stop in rest if stop.key in order] == [key for key in order if key not in now.done]
    assert all(reason for _title, reason in result.missed)
    if only_planned:
        assert {stop.key for stop in rest} <= {stop.key for stop in today.stops[count:]} | urgent


def test_on_time_the_rest_of_the_day_is_as_it_was(week):
    request, plan = week
    gone = plan.days[0].stops[:2]
    result = replanned(request, plan, gone[-1].leave_s / HOUR, keys_of(plan.days[0])[:2], at_stop(gone[-1]))
    assert keys_of(result.plan.days[0]) == keys_of(plan.days[0])
    assert [s.start_s for s in result.plan.days[0].stops] == [s.start_s for s in plan.days[0].stops]
    assert result.missed == ()
    assert result.plan.days[1] == plan.days[1]
    assert (result.plan.days[0].start, result.plan.days[0].leave_s) == (plan.days[0].start, plan.days[0].leave_s)


def test_who_is_late_drops_what_no_longer_fits_and_keeps_the_appointment(week):
    request, plan = week
    matrix, now = matrix_of(request), Now(WEEK.day(0), int(12.5 * HOUR), HOME)
    result = replan_today(request, matrix, plan, now, iterations=60)
    rest = check_rest(request, matrix, plan, now, result)
    assert "duty-Review" in [stop.key for stop in rest]
    assert len(rest) < 5
    left = {each.account_id: each for each in result.plan.left_out}
    assert {1, 2, 3, 4} == {stop.account_id for stop in rest if stop.account_id} | set(left)
    assert all(each.text for each in left.values())


def test_what_is_left_out_once_is_told_once_when_it_comes_in_again(week):
    request, plan = week
    late = replanned(request, plan, 12.5)
    again = replanned(request, late.plan, 8.0)
    assert {stop.account_id for stop in again.plan.days[0].stops} == {None, 1, 2, 3, 4}
    assert again.plan.left_out == ()


def test_a_cancelled_visit_makes_room_for_another(week):
    request, plan = week
    extra = visit(9, 7, 1, minutes=60, value=5.0, on=(0,))
    more = replace(request, candidates=(*request.candidates, extra))
    off = [stop for stop in plan.days[0].stops if stop.key != "account-4"]
    without = replace(plan, days=(replace(plan.days[0], stops=tuple(off)), plan.days[1]))
    asked_for = replace(more, candidates=tuple(c for c in more.candidates if c.key != "account-4"))
    result = replanned(asked_for, without, 8)
    assert "account-9" in keys_of(result.plan.days[0])
    assert "account-4" not in keys_of(result.plan.days[0])
    only = replanned(asked_for, without, 8, only_planned=True)
    assert set(keys_of(only.plan.days[0])) == set(keys_of(plan.days[0])) - {"account-4"}


def test_an_urgent_visit_is_made_whatever_it_is_worth(week):
    request, plan = week
    extra = visit(9, 20, 5, minutes=120, value=0.5, on=(0,))
    more = replace(request, candidates=(*request.candidates, extra), drive_points=0.1)
    assert "account-9" not in keys_of(replanned(more, plan, 8).plan.days[0])
    result = replanned(more, plan, 8, urgent=frozenset({"account-9"}))
    assert "account-9" in keys_of(result.plan.days[0])
    assert result.missed == ()
    later = replanned(more, result.plan, 8.1)
    assert "account-9" in keys_of(later.plan.days[0])


def test_an_urgent_visit_that_is_shut_is_told(week):
    request, plan = week
    extra = visit(9, 3, on=(1,), closed_text="Closed Mon")
    more = replace(request, candidates=(*request.candidates, extra))
    assert replanned(more, plan, 8, urgent=frozenset({"account-9"})).missed == (("Account 9", "closed that day"),)


def test_an_urgent_visit_that_another_day_has_is_moved_to_today():
    request = asked([visit(1, 4, on=(0,)), visit(2, 6, on=(0, 1)), visit(3, -6, on=(1,))], days=2)
    tuesday = replace(request.candidates[1], windows=request.candidates[1].windows[1:])
    plan = planned(replace(request, candidates=(request.candidates[0], tuesday, request.candidates[2])))
    assert set(keys_of(plan.days[1])) == {"account-2", "account-3"}
    result = replanned(request, plan, 8, urgent=frozenset({"account-2"}))
    assert [set(keys_of(each)) for each in result.plan.days] == [{"account-1", "account-2"}, {"account-3"}]
    assert result.plan.days[1].drive_s < plan.days[1].drive_s
    assert 2 not in {left.account_id for left in result.plan.left_out}


def test_an_urgent_visit_that_is_part_of_a_block_on_another_day_is_told():
    visits = [replace(visit(k, 4 * k, on=(0, 1)), groups=(f"account-{k}",)) for k in (1, 2)]
    request = asked(visits, days=2)
    joint = block("Rep A", visits, matrix_of(request), [Window(1, 9 * HOUR, 12 * HOUR)], value=190.0)
    request = replace(request, candidates=(*request.candidates, joint))
    with pytest.raises(PlanProblem, match="What is urgent today is part of Block Rep A on Tuesday"):
        replanned(request, planned(request), 8, urgent=frozenset({"account-2"}))


def test_an_urgent_visit_that_cannot_be_made_today_stays_where_it_is():
    request = asked([visit(1, 4, on=(1,)), visit(3, -6, on=(0, 1))], days=2)
    plan = planned(request)
    result = replanned(request, plan, 8, urgent=frozenset({"account-1"}))
    assert [title for title, _text in result.missed] == ["Account 1"]
    assert result.plan.days[1] == plan.days[1]


def test_an_appointment_that_can_no_longer_be_kept_is_told_with_its_reason(week):
    request, plan = week
    far = NamedPlace("Far", at(60))
    result = replanned(request, plan, 13.5, here=far)
    ((title, reason),) = result.missed
    drive = matrix_of(request, far.point).seconds[-1, 0] / 60
    assert title == "Review"
    assert reason == f"past its last start, {round(drive - 30)} min late"
    assert "duty-Review" not in keys_of(result.plan.days[0])


def test_an_appointment_that_has_begun_without_her_is_told(week):
    request, plan = week
    result = replanned(request, plan, 14.5)
    assert [title for title, _reason in result.missed] == ["Review"]


def test_a_new_appointment_of_today_is_kept(week):
    request, plan = week
    more = replace(request, candidates=(*request.candidates, appointment("Board", 0, 16, 17)))
    result = replanned(more, plan, 8, only_planned=True)
    board = next(stop for stop in result.plan.days[0].stops if stop.key == "duty-Board")
    assert (board.start_s, result.missed) == (16 * HOUR, ())


def test_a_must_that_is_late_is_not_forgotten():
    request = asked([visit(1, 4, value=1.0, mandatory=True), visit(2, 6, minutes=90, value=50.0), visit(3, 8, value=50.0)], days=1)
    plan = planned(request)
    late = max(stop.start_s for stop in plan.days[0].stops) / HOUR + 2
    assert "account-1" in keys_of(replanned(request, plan, late).plan.days[0])
    too_late = replanned(request, plan, 17)
    assert [title for title, _reason in too_late.missed] == ["Account 1"]


def test_locked_visits_that_no_longer_fit_all_together_are_let_go_one_by_one():
    request = asked([visit(k, 3 * k, minutes=90, on=(0,), shuts=18) for k in (1, 2, 3, 4)], days=1)
    board = board_of(request, matrix_of(request), planned(request))
    for key in keys_of(board.plan.days[0]):
        board = lock(board, key, Lock.DAY).board
    assert len(board.plan.days[0].stops) == 4
    last = board.plan.days[0].stops[-1]
    result = replanned(request, board.plan, 13)
    assert len(result.missed) == 1
    assert result.missed == ((last.title, "no time left for it"),)
    assert [(s.key, s.lock) for s in result.plan.days[0].stops] == [(s.key, Lock.DAY) for s in board.plan.days[0].stops[:-1]]
    assert [(left.key, left.reason) for left in result.plan.left_out] == [(last.key, WhyNot.NO_ROOM)]


def test_a_visit_locked_to_its_minute_keeps_it_or_is_told():
    request = asked([visit(k, 3 * k, on=(0,)) for k in (1, 2)], days=1)
    board = board_of(request, matrix_of(request), planned(request))
    first, second = board.plan.days[0].stops
    held = lock(board, second.key, Lock.TIME).board.plan
    result = replanned(request, held, (second.start_s - second.drive_s - 1900) / HOUR)
    assert {s.key: s.start_s for s in result.plan.days[0].stops}[second.key] == second.start_s
    late = replanned(request, held, 12)
    assert [title for title, _text in late.missed] == [second.title]
    assert first.key in keys_of(late.plan.days[0])


def test_a_visit_locked_to_a_day_on_which_it_is_shut_is_still_made():
    request = asked([visit(1, 4, on=(0, 1)), visit(2, 6, on=(0,))], days=2)
    plan = planned(request)
    stops = tuple(replace(stop, lock=Lock.TIME) for stop in plan.days[0].stops)
    shut = replace(request, candidates=tuple(replace(c, windows=()) if c.key == stops[-1].key else c for c in request.candidates))
    result = replanned(shut, replace(plan, days=(replace(plan.days[0], stops=stops), plan.days[1])), 8)
    assert [(s.key, s.start_s) for s in result.plan.days[0].stops] == [(s.key, s.start_s) for s in stops]


def test_a_day_that_keeps_its_order_keeps_it():
    request = asked([visit(k, 3 * k, on=(0,), value=20.0) for k in (1, 2, 3, 4)], days=1)
    board = board_of(request, matrix_of(request), planned(request))
    order = [f"account-{k}" for k in (2, 4, 1, 3)]
    answer = reorder(board, 0, order)
    assert isinstance(answer, Edited)
    plan = keep_order(answer.board, 0).board.plan
    result = replanned(request, plan, 10, order[:1], at_stop(plan.days[0].stops[0]))
    assert keys_of(result.plan.days[0]) == order
    assert result.plan.days[0].keep_order
    late = replanned(request, plan, 15.75, order[:1], at_stop(plan.days[0].stops[0]))
    assert [key for key in order if key in keys_of(late.plan.days[0])] == keys_of(late.plan.days[0])
    assert {title for title, _reason in late.missed} == {s.title for s in plan.days[0].stops if s.key not in keys_of(late.plan.days[0])}
    assert late.missed


def test_lunch_that_she_has_had_is_not_eaten_twice():
    request = asked([visit(k, 3 * k, minutes=60, on=(0,)) for k in range(1, 6)], days=1)
    plan = planned(request, iterations=100)
    today = plan.days[0]
    gone = [stop for stop in today.stops if stop.leave_s <= today.lunch[0]]
    result = replanned(request, plan, today.lunch[1] / HOUR, keys_of(today)[: len(gone)], at_stop(gone[-1]))
    assert result.plan.days[0].lunch == today.lunch
    assert [s.start_s for s in result.plan.days[0].stops] == [s.start_s for s in today.stops]
    during = replanned(request, plan, (today.lunch[0] + 600) / HOUR, keys_of(today)[: len(gone)], at_stop(gone[-1]))
    assert during.plan.days[0] == result.plan.days[0]


def test_lunch_that_is_still_to_come_is_eaten_once():
    request = asked([visit(k, 3 * k, minutes=60, on=(0,)) for k in range(1, 6)], days=1)
    plan = planned(request, iterations=100)
    result = replanned(request, plan, 11)
    begin, end = result.plan.days[0].lunch
    assert 11.5 * HOUR <= begin <= 13.5 * HOUR
    assert end - begin == 2700


def test_the_driving_of_the_morning_counts_for_the_day():
    request = asked([visit(1, 50, on=(0,)), visit(2, 50, 25, on=(0,), value=50.0)], [day(0, max_drive_s=2 * HOUR)])
    matrix = matrix_of(request)
    plan = planned(replace(request, candidates=(request.candidates[0],)), matrix)
    gone = plan.days[0].stops[0]
    assert plan.days[0].drive_s > 1.5 * HOUR
    result = replan_today(request, matrix, plan, Now(WEEK.day(0), gone.leave_s, at_stop(gone), frozenset({gone.key})), iterations=30)
    assert result.plan.days[0].drive_s <= 2 * HOUR
    assert keys_of(result.plan.days[0]) == ["account-1"]


def test_a_call_of_the_morning_is_still_told_in_the_afternoon():
    request = asked([visit(1, 5, on=(0,))], [day(0, blocks=(call("Standup", 0, 8, 8.5), call("Call", 0, 15, 16)))])
    result = replanned(request, planned(request), 9)
    assert [block.title for block in result.plan.days[0].blocks] == ["Standup", "Call"]


def test_who_is_late_for_home_is_told_the_way_home():
    request = asked([visit(1, 30, on=(0,))], days=1)
    plan, here = planned(request), NamedPlace("Road", at(30))
    result = replanned(request, plan, 17.75, ["account-1"], here)
    home = matrix_of(request, here.point).seconds[0, 1]
    assert (result.plan.days[0].back_s, result.missed) == (17.75 * HOUR + home, ())
    assert keys_of(result.plan.days[0]) == ["account-1"]


def test_a_day_that_is_over_or_not_planned_is_refused(week):
    request, plan = week
    with pytest.raises(PlanProblem, match=r"Monday is over at 18:00"):
        replanned(request, plan, 18)
    with pytest.raises(PlanProblem, match="Thursday is not part of this plan"):
        replanned(request, plan, 8, on=3)


def test_the_night_at_a_hotel_stays_where_it_was():
    nights = (NightRequest(0, (INN,), 5.0),)
    request = asked([visit(1, 95, on=(0,), value=60.0), visit(2, 98, on=(1,), value=60.0)], days=2, nights=nights, night_points=5.0)
    request = replace(request, drive_points=0.5)
    plan = planned(request, iterations=200)
    assert plan.days[0].away
    result = replanned(request, plan, 9)
    assert (result.plan.days[0].away, result.plan.days[0].end) == (True, INN)
    assert result.plan.days[1] == plan.days[1]
    assert [cost.label for cost in result.plan.costs] == [cost.label for cost in plan.costs]


def test_a_day_that_the_next_one_goes_on_from_ends_where_that_begins():
    request = asked([visit(1, 10, on=(0,)), visit(2, 20, on=(0,)), visit(3, 25, on=(1,))], [day(0, end=None), day(1, start=None)])
    board = board_of(request, matrix_of(request), planned(request))
    plan = reorder(board, 0, ["account-1", "account-2"]).board.plan
    assert plan.days[1].start.point == at(20)
    result = replanned(request, plan, 16.25)
    assert len(result.plan.days[0].stops) == 1
    assert result.plan.days[0].end.point == at(20)
    assert result.plan.days[1] == plan.days[1]


def test_what_another_day_has_in_some_other_way_is_not_added_today():
    visits = [replace(visit(k, 4 * k, on=(0, 1)), groups=(f"account-{k}",)) for k in (1, 2, 3)]
    request = asked([*visits, visit(4, 5, on=(0,))], days=2)
    matrix = matrix_of(request)
    joint = block("Rep A", visits[:2], matrix, [Window(1, 9 * HOUR, 12 * HOUR)], value=190.0)
    other = block("Rep A", visits[1:], matrix, [Window(0, 9 * HOUR, 12 * HOUR)], value=180.0)
    request = replace(request, candidates=(*request.candidates, joint, other))
    plan = planned(request, matrix, iterations=200)
    assert [stop.block for stop in plan.days[1].stops if stop.block] == [joint.key] * 2
    result = replanned(request, plan, 9)
    assert set(keys_of(result.plan.days[0])) <= {"account-3", "account-4"}
    assert {stop.block for stop in result.plan.days[0].stops} == {""}


def test_a_block_that_is_begun_is_finished_visit_by_visit():
    visits = [replace(visit(k, 4 * k, on=(0,)), groups=(f"account-{k}",)) for k in (1, 2, 3)]
    request = asked(visits, days=1)
    joint = block("Rep A", visits, matrix_of(request), [Window(0, 9 * HOUR, 12 * HOUR)], value=90.0)
    request = replace(request, candidates=(*request.candidates, joint))
    plan = planned(request)
    first = plan.days[0].stops[0]
    assert first.block
    result = replanned(request, plan, first.leave_s / HOUR, [first.key], at_stop(first), only_planned=True)
    assert result.plan.days[0].stops[0] == first
    assert keys_of(result.plan.days[0]) == keys_of(plan.days[0])
    assert {stop.block for stop in result.plan.days[0].stops[1:]} == {""}
