"""Places to check: which accounts, why and in what order; and her word on them, which nothing overrules."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from planner.errors import UserProblem
from planner.model.accounts import Account
from planner.model.areas import Area
from planner.model.packs import RoadPack
from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.model.placing import PlaceProblem, PlaceToCheck
from planner.progress import silent
from planner.store.accounts import save_accounts
from planner.usecases import places
from planner.usecases.accounts import list_accounts
from planner.usecases.packs import need_pack
from planner.usecases.places import address_candidates, choose_place, mark_right, place_candidates, places_to_check, put_pin
from planner.usecases.undo import next_steps, undo
from planner.usecases.workspace import Workspace
from planner.values import replace

FAR = LatLon(21.3, -157.85)  # Honolulu
NOWHERE: dict[str, Any] = {"place": None, "match_quality": MatchQuality.NONE, "match_note": "ZIP code and city are unknown"}
BY_ZIP: dict[str, Any] = {"match_quality": MatchQuality.ZIP, "match_note": "The street is not on the map", "match_doubtful": True}
DOUBTFUL: dict[str, Any] = {"match_note": "Street read as 'Elm Street'", "match_doubtful": True}


@pytest.fixture
def workspace(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> Workspace:
    """The sample territory with all its accounts surely placed."""
    copy = copy_of(sample_home)
    with copy.writing(None) as db:
        sure = {"match_quality": MatchQuality.ROOFTOP, "match_doubtful": False, "match_note": ""}
        middle = need_pack(copy).bounds.centre
        save_accounts(db, [replace(account, place=account.place or middle, **sure) for account in list_accounts(copy)])
    assert places_to_check(copy) == []
    return copy


def change(workspace: Workspace, number: int, **changes: Any) -> Account:
    """Change what is known of the account that is so far down the list."""
    account = replace(list_accounts(workspace)[number], **changes)
    with workspace.writing(None) as db:
        save_accounts(db, [account])
    return account


def found(workspace: Workspace) -> dict[int, PlaceToCheck]:
    return {check.account.id: check for check in places_to_check(workspace)}


def test_the_worst_come_first_then_by_name_and_those_never_visited_last(workspace: Workspace):
    never = change(workspace, 0, do_not_visit=True, **NOWHERE)
    doubtful, by_zip = change(workspace, 1, **DOUBTFUL), change(workspace, 2, **BY_ZIP)
    outside, second = change(workspace, 3, place=FAR), change(workspace, 4, **NOWHERE)
    first_doubtful = change(workspace, 5, name="aardvark", **DOUBTFUL)
    unplaced = change(workspace, 6, name="AARON", **NOWHERE)
    assert [(check.account, check.problem) for check in places_to_check(workspace)] == [
        (unplaced, PlaceProblem.UNPLACED),
        (second, PlaceProblem.UNPLACED),
        (outside, PlaceProblem.OUTSIDE),
        (by_zip, PlaceProblem.AREA),
        (first_doubtful, PlaceProblem.DOUBTFUL),
        (doubtful, PlaceProblem.DOUBTFUL),
        (never, PlaceProblem.UNPLACED),
    ]


def test_why_is_a_plain_sentence(workspace: Workspace):
    unplaced, by_zip, doubtful = change(workspace, 0, **NOWHERE), change(workspace, 1, **BY_ZIP), change(workspace, 2, **DOUBTFUL)
    box = change(workspace, 3, address=PostalAddress("P.O. Box 12", "Boalsburg", "PA", "16827-0012"), **BY_ZIP)
    whys = {account_id: check.why for account_id, check in found(workspace).items()}
    assert whys == {
        unplaced.id: "ZIP code and city are unknown.",
        by_zip.id: "The street is not on the map.",
        doubtful.id: "Street read as 'Elm Street'.",
        box.id: "A PO box has no door: the middle of its ZIP 16827 is shown.",
    }


def test_outside_the_pack_is_told_of_the_place_or_of_its_zip(workspace: Workspace):
    address = PostalAddress("1 King St", "Honolulu", "HI", "96813")
    exact = change(workspace, 0, place=FAR)
    by_zip = change(workspace, 1, place=FAR, address=address, **BY_ZIP)
    by_town = change(workspace, 2, place=FAR, address=address, **(BY_ZIP | {"match_quality": MatchQuality.CITY}))
    read_wrong = change(workspace, 3, address=address, **DOUBTFUL)  # a King Street was found in the pack
    name = need_pack(workspace).name
    assert {account_id: (check.problem, check.why.split(" lies outside ")[0]) for account_id, check in found(workspace).items()} == {
        exact.id: (PlaceProblem.OUTSIDE, "Its place"),
        by_zip.id: (PlaceProblem.OUTSIDE, "Its ZIP 96813"),
        by_town.id: (PlaceProblem.OUTSIDE, "Its town Honolulu"),
        read_wrong.id: (PlaceProblem.OUTSIDE, "Its ZIP 96813"),
    }
    assert all(f"the road pack “{name}”" in check.why for check in places_to_check(workspace))


def test_a_zip_in_which_another_account_is_surely_placed_is_not_outside(workspace: Workspace):
    change(workspace, 0, address=PostalAddress("1 King St", "Honolulu", "HI", "96813"))
    doubtful = change(workspace, 1, address=PostalAddress("3 King St", "Honolulu", "HI", "96813-1234"), **DOUBTFUL)
    assert found(workspace)[doubtful.id].problem is PlaceProblem.DOUBTFUL


def test_a_pack_cut_to_an_area_has_its_outline_as_its_edge(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    def cut(_workspace: Workspace) -> RoadPack:
        south, west, north = pack.bounds.south, pack.bounds.west, pack.bounds.north
        middle = pack.bounds.centre.lon
        ring = (LatLon(south, west), LatLon(south, middle), LatLon(north, middle), LatLon(north, west))
        return replace(pack, origin=replace(pack.origin, area=Area("West", (ring,))))

    pack = need_pack(workspace)
    monkeypatch.setattr(places, "active_pack", cut)
    east = {account.id for account in list_accounts(workspace) if account.place and account.place.lon > pack.bounds.centre.lon}
    assert east
    assert set(found(workspace)) == east


def test_without_a_pack_nothing_is_outside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch):
    change(workspace, 0, place=FAR)
    with workspace.writing(None) as db:
        save_accounts(db, [replace(account, sample=False) for account in list_accounts(workspace)])
    monkeypatch.setattr(places, "active_pack", lambda _workspace: None)
    assert places_to_check(workspace) == []


@pytest.mark.parametrize("settle", ["pin", "choice", "mark"])
def test_what_she_settled_is_checked_no_more_unless_it_is_outside(workspace: Workspace, settle: str):
    def settled(account: Account, point: LatLon) -> None:
        match settle:
            case "pin":
                put_pin(workspace, account.id, point)
            case "choice":
                choose_place(workspace, account.id, Match(point, MatchQuality.ZIP, "gazetteer", 0.3, "Middle of ZIP 16827", doubtful=True))
            case _:
                change(workspace, index[account.id], place=point)
                mark_right(workspace, [account.id])

    index = {account.id: number for number, account in enumerate(list_accounts(workspace))}
    inside, outside = change(workspace, 0, **BY_ZIP), change(workspace, 1, **BY_ZIP)
    assert set(found(workspace)) == {inside.id, outside.id}
    settled(inside, need_pack(workspace).bounds.centre)
    settled(outside, FAR)
    assert [(account_id, check.problem) for account_id, check in found(workspace).items()] == [(outside.id, PlaceProblem.OUTSIDE)]


def test_a_choice_keeps_what_it_is_and_can_be_undone(workspace: Workspace):
    before = change(workspace, 0, **BY_ZIP)
    best = place_candidates(workspace, before.id, silent)[0]
    assert best.point is not None
    changes = choose_place(workspace, before.id, best)
    assert (changes.accounts, next_steps(workspace).undo) == (True, f"Choose a place for {before.name}")
    (now,) = (account for account in list_accounts(workspace) if account.id == before.id)
    assert (now.place, now.match_quality, now.match_source, now.match_score) == (best.point, best.quality, best.source, best.score)
    assert (now.match_note, now.match_doubtful) == (f"Chosen by you: {best.text}", False)
    undo(workspace)
    assert before in list_accounts(workspace)


def test_candidates_are_of_the_pack_and_of_the_account(workspace: Workspace):
    account = change(workspace, 0, **BY_ZIP)
    told: list[str] = []
    found_places = place_candidates(workspace, account.id, lambda _fraction, text: told.append(text))
    assert all(match.point and match.text and match.note for match in found_places)
    assert found_places[0].score >= found_places[-1].score
    assert told == [f"Looking for {account.name}"]


def test_an_address_that_is_being_typed_has_the_candidates_of_its_account(workspace: Workspace):
    account = list_accounts(workspace)[0]
    told: list[str] = []
    found_places = address_candidates(workspace, account.address, account.name, lambda _fraction, text: told.append(text))
    assert found_places == place_candidates(workspace, account.id, silent) != []
    assert account.address.street in told[0]


def test_what_cannot_be_is_refused_in_words(workspace: Workspace):
    account = change(workspace, 0, **NOWHERE)
    refused: list[Callable[[], object]] = [
        lambda: mark_right(workspace, [account.id]),
        lambda: mark_right(workspace, []),
        lambda: choose_place(workspace, account.id, Match(None, MatchQuality.NONE)),
        lambda: put_pin(workspace, 999_999, FAR),
        lambda: place_candidates(workspace, 999_999, silent),
    ]
    for refuse in refused:
        with pytest.raises(UserProblem) as told:
            refuse()
        assert told.value.remedy
    assert set(found(workspace)) == {account.id}


def test_several_are_marked_in_one_step(workspace: Workspace):
    accounts = [change(workspace, number, **DOUBTFUL) for number in range(3)]
    changes = mark_right(workspace, [account.id for account in accounts])
    assert changes.label == next_steps(workspace).undo == "Mark the place of 3 accounts as right"
    assert places_to_check(workspace) == []
    undo(workspace)
    assert len(places_to_check(workspace)) == 3
