"""Versions of a week's plan as she uses them: list, name, compare, go back, and go back on that."""

import re

import pytest

from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.packs import RoadPack
from planner.model.places import Bounds, LatLon, NamedPlace
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.roads.pack.packs import write_manifest
from planner.store.plans import save_plan
from planner.usecases.plan_versions import LONGEST_NAME, compare_versions, go_back, list_versions, name_version
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace
from planner.values import replace

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
WEEK = IsoWeek(2026, 49)


def plan(hour: int, week: IsoWeek = WEEK) -> WeekPlan:
    """A plan with one visit on Monday at this hour, worth as many points."""
    start_s = hour * 3600
    stop = Stop("a1", "Uni-Mart", VisitKind.CARE, LatLon(40.8, -77.8), start_s, start_s, start_s + 1800, 600, 5_000, float(hour), 1)
    return WeekPlan(week, "America/New_York", (DayPlan(week.day(0), HOME, HOME, start_s - 600, start_s + 2400, (stop,), 600, 5_000),))


def keep(workspace: Workspace, kept: WeekPlan, label: str = "Plan week 49", *, sample: bool = False) -> int:
    with workspace.writing("Test") as db:
        return save_plan(db, kept, sample=sample, label=label)


def use_sample(workspace: Workspace) -> None:
    folder = workspace.packs_folder / "sample"
    folder.mkdir(parents=True)
    bounds = Bounds(south=40, west=-78, north=41, east=-77)
    write_manifest(RoadPack("sample", "Sample", folder, "made", "", "2026-11-23T08:00:00", bounds, {}, (), sample=True))


def test_a_week_that_is_not_planned_has_no_versions(workspace: Workspace):
    assert list_versions(workspace, WEEK) == []
    with pytest.raises(UserProblem, match="Week 49 is not planned yet"):
        compare_versions(workspace, WEEK)


def test_versions_are_listed_newest_first(workspace: Workspace):
    first, second = keep(workspace, plan(9)), keep(workspace, plan(10), "Move Uni-Mart to Mon 10:00")
    keep(workspace, plan(9, IsoWeek(2026, 50)))
    assert [(one.id, one.label, one.value) for one in list_versions(workspace, WEEK)] == [
        (second, "Move Uni-Mart to Mon 10:00", 10.0),
        (first, "Plan week 49", 9.0),
    ]


def test_a_version_is_named_and_unnamed(workspace: Workspace):
    kept = keep(workspace, plan(9))
    changes = name_version(workspace, kept, "  Before \n the   fair ")
    assert changes.plans
    assert changes.label == "Name a version “Before the fair”"
    assert list_versions(workspace, WEEK)[0].name == "Before the fair"
    assert name_version(workspace, kept, "").label == "Take the name off “Before the fair”"
    assert list_versions(workspace, WEEK)[0].name == ""


def test_a_name_has_room_for_so_many_characters(workspace: Workspace):
    kept = keep(workspace, plan(9))
    name_version(workspace, kept, "ü" * LONGEST_NAME)
    with pytest.raises(UserProblem, match="81 characters"):
        name_version(workspace, kept, "x" * (LONGEST_NAME + 1))
    assert list_versions(workspace, WEEK)[0].name == "ü" * LONGEST_NAME


def test_what_is_compared_when_nothing_is_said(workspace: Workspace):
    first, second, third = (keep(workspace, plan(hour)) for hour in (8, 10, 13))
    assert compare_versions(workspace, WEEK).lines == ("Uni-Mart: Mon 10:00 -> 13:00",)
    assert compare_versions(workspace, WEEK, after_id=second).lines == ("Uni-Mart: Mon 8:00 -> 10:00",)
    assert compare_versions(workspace, WEEK, before_id=first).summary == "+5 value"
    assert compare_versions(workspace, WEEK, third, first).summary == "-5 value"
    assert compare_versions(workspace, WEEK, third, third).summary == "Nothing changed"


def test_the_first_version_has_nothing_to_be_compared_with(workspace: Workspace):
    first = keep(workspace, plan(9))
    keep(workspace, plan(9, IsoWeek(2026, 50)))
    with pytest.raises(UserProblem, match="nothing to compare with"):
        compare_versions(workspace, WEEK)
    keep(workspace, plan(10))
    with pytest.raises(UserProblem, match=f"Version {first} is the first of week 49"):
        compare_versions(workspace, WEEK, after_id=first)


def test_going_back_loses_nothing_and_can_be_gone_back_on(workspace: Workspace):
    first, second = keep(workspace, plan(9)), keep(workspace, plan(10))
    back, changes = go_back(workspace, WEEK, first)
    assert back == plan(9) == load_week(workspace, WEEK)
    assert changes.plans
    assert re.fullmatch(r"Go back to Plan week 49 \([A-Z][a-z]{2} \d{1,2}, \d{1,2}:\d\d\)", changes.label)
    newest, *older = list_versions(workspace, WEEK)
    assert newest.label == changes.label
    assert [one.id for one in older] == [second, first]
    go_back(workspace, WEEK, second)
    assert load_week(workspace, WEEK) == plan(10)
    assert len(list_versions(workspace, WEEK)) == 4
    assert go_back(workspace, WEEK, newest.id)[1].label == changes.label


def test_going_back_calls_a_version_by_its_name(workspace: Workspace):
    first = keep(workspace, plan(9))
    name_version(workspace, first, "Before the fair")
    assert go_back(workspace, WEEK, first)[1].label == "Go back to “Before the fair”"
    assert list_versions(workspace, WEEK)[0].name == ""


def test_going_back_helps_when_the_newest_version_is_damaged(workspace: Workspace):
    first, second = keep(workspace, plan(9)), keep(workspace, plan(10))
    with workspace.writing("Test") as db:
        db.table("plans").update(second, {"document": "{"})
    with pytest.raises(UserProblem, match=f"Version {second}"):
        load_week(workspace, WEEK)
    with pytest.raises(UserProblem, match=f"Version {second}"):
        compare_versions(workspace, WEEK)
    with pytest.raises(UserProblem, match=f"Version {second}"):
        go_back(workspace, WEEK, second)
    go_back(workspace, WEEK, first)
    assert load_week(workspace, WEEK) == plan(9)


def test_a_version_that_is_not_there_is_told_plainly(workspace: Workspace):
    keep(workspace, plan(9))
    before = list_versions(workspace, WEEK)
    for act in (
        lambda: name_version(workspace, 99, "x"),
        lambda: compare_versions(workspace, WEEK, 99),
        lambda: compare_versions(workspace, WEEK, None, 99),
        lambda: go_back(workspace, WEEK, 99),
    ):
        with pytest.raises(UserProblem, match="There is no version 99"):
            act()
    assert list_versions(workspace, WEEK) == before


def test_a_version_of_another_week_is_not_taken_for_one_of_this(workspace: Workspace):
    keep(workspace, plan(9))
    other = keep(workspace, plan(9, IsoWeek(2026, 50)))
    for act in (
        lambda: compare_versions(workspace, WEEK, other),
        lambda: compare_versions(workspace, WEEK, None, other),
        lambda: go_back(workspace, WEEK, other),
    ):
        with pytest.raises(UserProblem, match=f"Version {other} is not a plan of week 49. It is one of week 50"):
            act()
    assert len(list_versions(workspace, WEEK)) == 1


@pytest.mark.parametrize("in_sample", [False, True])
def test_plans_of_the_sample_and_her_own_never_mix(workspace: Workspace, in_sample: bool):
    if in_sample:
        use_sample(workspace)
    strange = keep(workspace, plan(9), sample=not in_sample)
    assert list_versions(workspace, WEEK) == []
    kept = keep(workspace, plan(10), sample=in_sample)
    for act in (
        lambda: name_version(workspace, strange, "Mine"),
        lambda: compare_versions(workspace, WEEK, strange, kept),
        lambda: go_back(workspace, WEEK, strange),
    ):
        with pytest.raises(UserProblem, match=f"There is no version {strange}"):
            act()
    with pytest.raises(UserProblem, match="nothing to compare with"):
        compare_versions(workspace, WEEK)
    go_back(workspace, WEEK, kept)
    with workspace.reading() as db:
        sides = {row["id"]: row["sample"] for row in db.table("plans").rows}
    assert list(sides.values()) == [int(not in_sample), int(in_sample), int(in_sample)]


def test_going_back_to_a_plan_whose_account_is_gone_is_possible(workspace: Workspace):
    first = keep(workspace, replace(plan(9), timezone="UTC"))
    keep(workspace, plan(10))
    assert go_back(workspace, WEEK, first)[0].timezone == "UTC"
