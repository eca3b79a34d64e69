"""Who is near a place: by the roads where there are some, and plainly by straight lines where there are none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from planner.errors import Cancelled, ServerProblem
from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, PostalAddress
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.drive_times import travel_matrix
from planner.usecases.near import FEWEST, MOST, NEAR_S, Nearby, near_accounts
from planner.usecases.packs import need_pack
from planner.usecases.workspace import Workspace

MIDDLE = LatLon(40.8, -77.86)


def account(number: int, place: LatLon | None) -> Account:
    return Account(number, f"001{number:015d}", f"Account {number}", AccountKind.PROSPECT, PostalAddress("", "", "PA", ""), place=place)


@pytest.fixture
def sample(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    return copy_of(sample_home)


def placed(workspace: Workspace) -> list[Account]:
    return [account for account in list_accounts(workspace) if account.place is not None]


def test_without_a_road_pack_it_goes_by_straight_lines_and_says_so(workspace: Workspace) -> None:
    row = [account(number, LatLon(40.8 + number / 100, -77.86)) for number in range(40)]
    told = near_accounts(workspace, MIDDLE, [*reversed(row), account(99, None)], silent)
    assert [one.account_id for one in told.found] == list(range(MOST))
    assert all(one.seconds is None for one in told.found)
    assert told.found[1].metres == pytest.approx(1112, rel=0.01)
    assert "road pack" in told.why_straight


def test_the_drive_decides_and_not_the_straight_line(sample: Workspace) -> None:
    accounts = placed(sample)
    start = accounts[0].place
    assert start is not None
    told = near_accounts(sample, start, accounts, silent)
    assert told.why_straight == ""
    drives = [one.seconds for one in told.found if one.seconds is not None]
    assert len(drives) == len(told.found)
    assert drives == sorted(drives)
    assert [one.metres for one in told.found] != sorted(one.metres for one in told.found)
    assert drives[-1] <= NEAR_S or len(drives) <= FEWEST


def test_kept_drive_times_need_no_engine(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    accounts = placed(sample)[:12]
    places = [account.place for account in accounts if account.place is not None]
    matrix = travel_matrix(sample, need_pack(sample), places, silent)

    def no_engine(*_args: object, **_more: object) -> None:
        raise AssertionError("the engine was asked")

    monkeypatch.setattr(sample, "engine", no_engine)
    told = near_accounts(sample, places[0], accounts, silent)
    row = {account.id: int(matrix.seconds[0, matrix.places.index(place)]) for account, place in zip(accounts, places, strict=True)}
    assert told.found
    assert all(one.seconds == row[one.account_id] for one in told.found)


def test_far_from_everybody_the_nearest_are_told_all_the_same(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("planner.usecases.near.NEAR_S", -1)
    accounts = placed(sample)
    assert accounts[0].place is not None
    assert len(near_accounts(sample, accounts[0].place, accounts, silent).found) == FEWEST


def test_off_the_roads_it_goes_by_straight_lines(sample: Workspace) -> None:
    told = near_accounts(sample, LatLon(10.0, 10.0), placed(sample), silent)
    assert len(told.found) == MOST
    assert told.why_straight


def test_roads_that_do_not_answer_are_told(sample: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_more: object) -> None:
        raise ServerProblem("The routing service does not answer.")

    monkeypatch.setattr(sample, "engine", fail)
    told = near_accounts(sample, MIDDLE, [account(1, LatLon(40.81, -77.86))], silent)
    assert told.why_straight == "the routing service does not answer"


def test_it_can_be_given_up(sample: Workspace) -> None:
    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    accounts = placed(sample)
    with pytest.raises(Cancelled):
        near_accounts(sample, MIDDLE, accounts, stop)


def test_nobody_is_near_nobody(workspace: Workspace) -> None:
    assert near_accounts(workspace, MIDDLE, [], silent) == Nearby(())
