from dataclasses import replace

from planner.model.calendar import IsoWeek
from planner.model.week import Lock
from planner.progress import silent
from planner.usecases.board import open_board
from planner.usecases.board_with import board_with

WEEK = IsoWeek(2026, 49)


def test_a_board_with_some_accounts_is_the_board_of_all_cut_down_to_them(planned_home, copy_of):
    workspace = copy_of(planned_home)
    wide = open_board(workspace, WEEK)
    planned = {stop.account_id for day in wide.plan.days for stop in day.stops}
    others = [each.account_id for each in wide.frame.candidates if each.account_id not in planned][:3]
    narrow = board_with(workspace, wide.plan, others, silent)
    assert narrow.plan == wide.plan
    assert {each.account_id for each in narrow.frame.candidates} - {None} == (planned | set(others)) - {None}


def test_locks_of_the_plan_are_kept(planned_home, copy_of):
    workspace = copy_of(planned_home)
    plan = open_board(workspace, WEEK).plan
    stop = next(stop for day in plan.days for stop in day.stops if stop.account_id is not None and not stop.block)

    def held(each):
        return replace(each, lock=Lock.TIME) if each.key == stop.key else each

    days = tuple(replace(day, stops=tuple(held(each) for each in day.stops)) for day in plan.days)
    board = board_with(workspace, replace(plan, days=days), (), silent)
    assert board.candidate(stop.key).lock is Lock.TIME
