"""On the road: the rest of a day planned anew from here and now, and who can be seen in the time that came free."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from planner.errors import Cancelled, PackProblem, UserProblem
from planner.model.calendar import IsoWeek
from planner.model.week import DayPlan, VisitKind, WeekPlan
from planner.planning.board import Board
from planner.planning.edits import Edited
from planner.progress import silent
from planner.store.plans import save_plan
from planner.usecases import edits
from planner.usecases.board import edit_week, open_board
from planner.usecases.drive_times import fill_drive_times
from planner.usecases.plan_versions import list_versions
from planner.usecases.settings import get_settings, set_setting
from planner.usecases.today import Here, gap, planned_today, replan, way_of, week_gaps
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import replace

WEEK = IsoWeek(2026, 49)
TUESDAY = WEEK.day(1)


@pytest.fixture
def workspace(planned_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(planned_home)


def planned(workspace: Workspace) -> WeekPlan:
    plan = load_week(workspace, WEEK)
    assert plan is not None
    return plan


def on(workspace: Workspace, day: date) -> DayPlan:
    return next(each for each in planned(workspace).days if each.day == day)


def keys(day: DayPlan) -> list[str]:
    return [stop.key for stop in day.stops]


def left_out(workspace: Workspace, board: Board) -> list[int]:
    """Accounts that are in no day and can be visited, the worthiest first."""
    found = [left for left in planned(workspace).left_out if left.key in board.frame.number and left.account_id]
    return [left.account_id or 0 for left in sorted(found, key=lambda left: -left.value)]


def thinned(workspace: Workspace) -> None:
    """Take two visits of Tuesday afternoon out, so that there is room."""
    afternoon = [stop for stop in on(workspace, TUESDAY).stops if stop.start_s > 13 * 3600 and stop.kind is not VisitKind.DUTY]
    for stop in afternoon[:2]:
        edit_week(workspace, open_board(workspace, WEEK), lambda board, key=stop.key: edits.remove(board, key))  # type: ignore[misc]


def test_the_rest_of_a_day_is_planned_anew_and_the_other_days_stay(workspace: Workspace):
    before = planned(workspace)
    tuesday = on(workspace, TUESDAY)
    late = tuesday.stops[2]
    result, changes = replan(workspace, Here(TUESDAY, late.leave_s + 1800, late.title, tuple(keys(tuesday)[:3])))
    after = planned(workspace)
    assert after == result.plan
    assert [day for day in after.days if day.day != TUESDAY] == [day for day in before.days if day.day != TUESDAY]
    assert on(workspace, TUESDAY).stops[:3] == tuesday.stops[:3]
    ahead = on(workspace, TUESDAY).stops[3:]
    assert ahead
    assert all(stop.arrive_s >= late.leave_s + 1800 + stop.drive_s for stop in ahead[:1])
    assert on(workspace, TUESDAY).back_s <= get_settings(workspace).seconds("day_closes")
    assert list_versions(workspace, WEEK)[0].label == changes.label
    assert changes.label.startswith("Re-plan Tuesday from ")


def test_a_visit_under_way_is_finished_first(workspace: Workspace):
    visit = on(workspace, TUESDAY).stops[1]
    replan(workspace, Here(TUESDAY, visit.start_s + 600))
    assert on(workspace, TUESDAY).stops[1] == visit
    after = on(workspace, TUESDAY).stops[2]
    assert after.arrive_s >= visit.leave_s + after.drive_s


def test_an_urgent_account_is_seen_today(workspace: Workspace):
    urgent = left_out(workspace, open_board(workspace, WEEK))[0]
    replan(workspace, Here(TUESDAY, 10 * 3600), urgent=[str(urgent)])
    assert f"account-{urgent}" in keys(on(workspace, TUESDAY))


def test_an_urgent_account_of_another_day_is_seen_today_instead(workspace: Workspace):
    friday = next(stop for stop in on(workspace, WEEK.day(4)).stops if stop.account_id)
    replan(workspace, Here(TUESDAY, 10 * 3600), urgent=[str(friday.account_id)])
    assert friday.key in keys(on(workspace, TUESDAY))
    assert friday.key not in keys(on(workspace, WEEK.day(4)))


def test_a_cancelled_visit_is_not_and_neither_is_anyone_new_when_only_planned(workspace: Workspace):
    before = keys(on(workspace, TUESDAY))
    replan(workspace, Here(TUESDAY, 10 * 3600), cancelled=[before[-1]], only_planned=True)
    after = keys(on(workspace, TUESDAY))
    assert before[-1] not in after
    assert set(after) <= set(before)


def test_a_visit_of_another_day_cannot_be_cancelled_today(workspace: Workspace):
    friday = next(stop for stop in on(workspace, WEEK.day(4)).stops if stop.account_id)
    with pytest.raises(UserProblem, match=f"{friday.title} is not planned for Tuesday"):
        replan(workspace, Here(TUESDAY, 10 * 3600), cancelled=[str(friday.account_id)])
    assert len(list_versions(workspace, WEEK)) == 1


@pytest.mark.parametrize(
    ("here", "told"),
    [
        (Here(WEEK.day(5), 36_000), "Saturday Dec 5 is not part of the plan"),
        (Here(WEEK.plus(1).day(0), 36_000), "Week 50 is not planned yet"),
        (Here(TUESDAY, 80_000, "home"), "Tuesday is over"),
        (Here(TUESDAY, 36_000, "1 Nowhere Lane"), "not in the road pack"),
        (Here(TUESDAY, 36_000, "", ("nobody",)), "No account is called"),
    ],
)
def test_what_cannot_be_replanned_is_told(workspace: Workspace, here: Here, told: str):
    with pytest.raises(UserProblem, match=told):
        replan(workspace, here)
    assert len(list_versions(workspace, WEEK)) == 1


def test_a_gap_names_those_who_can_really_be_put_there(workspace: Workspace):
    thinned(workspace)
    morning = [stop for stop in on(workspace, TUESDAY).stops if stop.start_s < 13 * 3600]
    now = morning[-1].start_s + 60
    board, fits = open_board(workspace, WEEK), gap(workspace, Here(TUESDAY, now), None)
    assert len(fits) > 1
    for day, fit in fits:
        assert day == TUESDAY
        answer = edits.insert(board, fit.key, fit.day, fit.position)
        assert isinstance(answer, Edited)
        stop = next(stop for stop in answer.board.plan.days[fit.day].stops if stop.key == fit.key)
        assert now <= fit.start_s <= stop.start_s
        assert fit.leave_s - fit.start_s == stop.leave_s - stop.start_s


def test_a_gap_of_so_many_minutes_is_kept_to(workspace: Workspace):
    thinned(workspace)
    now = max(stop.leave_s for stop in on(workspace, TUESDAY).stops if stop.start_s < 13 * 3600)
    whole, short = (gap(workspace, Here(TUESDAY, now), minutes, most=200) for minutes in (None, 75))
    assert {fit.key for _day, fit in short} < {fit.key for _day, fit in whole}
    assert all(fit.leave_s <= now + 75 * 60 for _day, fit in short)


def test_a_gap_from_somewhere_else_counts_the_drive_from_there(workspace: Workspace):
    thinned(workspace)
    board = open_board(workspace, WEEK)
    now = max(stop.leave_s for stop in on(workspace, TUESDAY).stops if stop.start_s < 13 * 3600)
    behind = sum(stop.leave_s <= now for stop in on(workspace, TUESDAY).stops)
    fits = gap(workspace, Here(TUESDAY, now, "home"), None)
    assert fits
    rows = {place: row for row, place in enumerate(board.matrix.places)}
    for day, fit in fits:
        drive = int(board.matrix.seconds[rows[board.plan.days[1].start.point], rows[board.candidate(fit.key).place]])
        assert fit.start_s >= now + drive
        assert (day, fit.day, fit.position) == (TUESDAY, 1, behind)


def test_where_she_is_may_be_a_part_of_the_name_of_a_visit_of_today(workspace: Workspace):
    thinned(workspace)
    visit = next(stop for stop in on(workspace, TUESDAY).stops if stop.account_id)
    with workspace.writing("Test") as db:
        db.execute("UPDATE accounts SET name = 'Quillfeather North' WHERE id = ?", [visit.account_id])
        others = [left for left in planned(workspace).left_out if left.account_id != visit.account_id]
        db.execute("UPDATE accounts SET name = 'Quillfeather South' WHERE id = ?", [others[0].account_id])
    here = Here(TUESDAY, 47_000, "Quillfeather")
    assert gap(workspace, here, None) == gap(workspace, replace(here, place=str(visit.account_id)), None)
    with pytest.raises(UserProblem, match="2 accounts fit “Quillfeather”"):
        gap(workspace, replace(here, day=WEEK.day(2)), None)


def test_she_may_be_at_one_of_her_hotels(workspace: Workspace):
    thinned(workspace)
    set_setting(workspace, "hotels", f"The Inn = {get_settings(workspace).text('office')}")
    inn, office = (gap(workspace, Here(TUESDAY, 47_000, place), None) for place in ("the inn", "office"))
    assert inn == office != []


def test_gaps_of_a_week_say_on_which_day_and_leave_out_who_is_planned_in_another_week(workspace: Workspace):
    thinned(workspace)
    board, found = open_board(workspace, WEEK), week_gaps(workspace, WEEK)
    assert [board.plan.days[fit.day].day for _day, fit in found] == [day for day, _fit in found]
    first = found[0][1]
    stop = replace(on(workspace, TUESDAY).stops[0], key=first.key, title=first.title, account_id=first.account_id)
    next_week = replace(board.plan, week=WEEK.plus(1), days=(replace(board.plan.days[0], day=WEEK.plus(1).day(0), stops=(stop,)),))
    with workspace.writing("Test") as db:
        save_plan(db, next_week, sample=True)
    assert [fit.key for _day, fit in week_gaps(workspace, WEEK)][: len(found) - 1] == [fit.key for _day, fit in found[1:]]
    replan(workspace, Here(TUESDAY, 47_000))
    assert first.key not in keys(on(workspace, TUESDAY))


def test_an_urgent_account_may_be_one_of_another_week(workspace: Workspace):
    board = open_board(workspace, WEEK)
    wanted = left_out(workspace, board)[0]
    stop = replace(on(workspace, TUESDAY).stops[0], key=f"account-{wanted}", account_id=wanted)
    next_week = replace(board.plan, week=WEEK.plus(1), days=(replace(board.plan.days[0], day=WEEK.plus(1).day(0), stops=(stop,)),))
    with workspace.writing("Test") as db:
        save_plan(db, next_week, sample=True)
    replan(workspace, Here(TUESDAY, 10 * 3600), urgent=[str(wanted)])
    assert f"account-{wanted}" in keys(on(workspace, TUESDAY))


def test_replanning_can_be_stopped_by_its_report(workspace: Workspace):
    def cancel(_fraction: float, text: str) -> None:
        if "week" in text:
            raise Cancelled

    with pytest.raises(Cancelled):
        replan(workspace, Here(TUESDAY, 10 * 3600), cancel)
    assert len(list_versions(workspace, WEEK)) == 1


def test_a_day_is_found_in_the_plan_of_its_own_week_with_what_comes_after_it(workspace: Workspace):
    today = planned_today(workspace, TUESDAY)
    assert today.day == on(workspace, TUESDAY)
    assert today.is_planned
    assert today.after is not None
    assert today.after.day == WEEK.day(2)
    sunday_before = planned_today(workspace, WEEK.plus(-1).day(6))
    assert (sunday_before.day, sunday_before.is_planned) == (None, False)
    assert sunday_before.after == on(workspace, WEEK.day(0))
    saturday = planned_today(workspace, WEEK.day(5))
    assert (saturday.day, saturday.is_planned, saturday.after) == (None, True, None)


def test_the_way_of_a_day_has_a_leg_to_each_stop_and_one_to_its_end(workspace: Workspace):
    tuesday = on(workspace, TUESDAY)
    way = way_of(workspace, tuesday)
    assert way is not None
    assert len(way.legs) == len(tuesday.stops) + 1
    assert way_of(workspace, replace(tuesday, stops=())) is None


def test_without_the_engine_the_kept_drive_times_are_enough_for_the_day_but_not_for_its_way(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
):
    def gone(*_args: object, **_options: object) -> None:
        raise PackProblem("The roads cannot be asked just now.", "", "")

    fill_drive_times(workspace, silent)
    monkeypatch.setattr(Workspace, "engine", gone)
    today = planned_today(workspace, TUESDAY)
    assert today.day is not None
    assert sum(stop.drive_s for stop in today.day.stops) > 0
    with pytest.raises(PackProblem, match="cannot be asked"):
        way_of(workspace, today.day)
    third = today.day.stops[2]
    gap(workspace, Here(TUESDAY, third.leave_s, "", tuple(keys(today.day)[:3])), None)
    result, _ = replan(workspace, Here(TUESDAY, third.leave_s + 1200, "", tuple(keys(today.day)[:3])), only_planned=True)
    assert next(day for day in result.plan.days if day.day == TUESDAY).stops[:3] == today.day.stops[:3]
