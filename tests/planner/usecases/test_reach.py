"""What can be reached from a point."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import PackProblem
from planner.model.places import LatLon
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.reach import called, reach_from
from planner.usecases.workspace import Workspace


def test_without_a_road_pack_it_says_what_to_do(workspace: Workspace) -> None:
    with pytest.raises(PackProblem) as told:
        reach_from(workspace, LatLon(40.8, -77.9), 30, silent)
    assert told.value.what
    assert told.value.remedy


def test_the_steps_lie_within_each_other(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> None:
    workspace = copy_of(sample_home)
    accounts = [account for account in list_accounts(workspace) if account.place is not None]
    start = next(account.place for account in accounts if account.place is not None)
    near, middle, far = reach_from(workspace, start, 60, silent).areas
    assert (near.minutes, middle.minutes, far.minutes) == (15, 30, 60)
    reached = [sum(one.contains(account.place) for account in accounts if account.place) for one in (near, middle, far)]
    assert 0 < reached[0] <= reached[1] <= reached[2]


def test_other_minutes_take_the_usual_steps_below_them(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> None:
    workspace = copy_of(sample_home)
    start = next(account.place for account in list_accounts(workspace) if account.place is not None)
    assert [one.minutes for one in reach_from(workspace, start, 20, silent).areas] == [15, 20]


def test_it_starts_from_a_place_with_a_name(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> None:
    workspace = copy_of(sample_home)
    account = next(account for account in list_accounts(workspace) if account.place is not None)
    assert account.place is not None
    assert reach_from(workspace, account.place, 15, silent, account.name).start.name == account.name
    told = reach_from(workspace, account.place, 15, silent).start
    assert told.point == account.place
    assert any(letter.isalpha() for letter in told.name)


def test_where_nothing_is_known_coordinates_are_the_name(workspace: Workspace) -> None:
    assert called(workspace, LatLon(40.8, -77.9)).name == "40.8000, -77.9000"
