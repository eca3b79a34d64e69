"""Areas drawn around places: whose nearest place decides, smooth, and not farther than they may reach."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, PostalAddress
from planner.model.travel import Isochrone
from planner.progress import silent
from planner.usecases.accounts import list_accounts
from planner.usecases.map_areas import MapArea, ZipMap, territories, zip_map
from planner.usecases.outlines import Outline, outlines, realms
from planner.usecases.workspace import Workspace
from planner.values import replace

WEST, EAST = LatLon(40.8, -78.0), LatLon(40.8, -77.9)


def account(number: int, place: LatLon | None, owner: str, postcode: str = "16801") -> Account:
    made = Account(number, f"001{number:015d}", f"Account {number}", AccountKind.PROSPECT, PostalAddress("", "", "PA", postcode))
    return replace(made, place=place, owner=owner)


def inside(area: Outline | MapArea, point: LatLon) -> bool:
    return Isochrone(0, area.rings).contains(point)


def cloud(middle: LatLon, count: int, seed: int) -> Sequence[LatLon]:
    chance = np.random.default_rng(seed)
    return [LatLon(middle.lat + a, middle.lon + o) for a, o in chance.normal(0, 0.012, (count, 2)).tolist()]


def test_a_spot_belongs_to_the_mark_of_the_nearest_place() -> None:
    west, east = outlines([WEST, EAST], [0, 1], 8_000.0)
    assert (west.mark, east.mark) == (0, 1)
    assert inside(west, WEST)
    assert inside(east, EAST)
    assert inside(west, LatLon(40.8, -77.96))
    assert inside(east, LatLon(40.8, -77.94))
    assert not inside(west, LatLon(40.8, -77.94))


def test_an_area_ends_where_it_may_not_reach_farther() -> None:
    (alone,) = outlines([WEST], [0], 3_000.0)
    away = [point.metres_to(WEST) for ring in alone.rings for point in ring]
    assert min(away) == pytest.approx(3_000, rel=0.08)
    assert max(away) == pytest.approx(3_000, rel=0.08)


def test_a_place_amid_others_makes_a_hole_in_their_area() -> None:
    around = [LatLon(40.8 + 0.03 * np.sin(a), -78.0 + 0.04 * np.cos(a)) for a in np.linspace(0, 2 * np.pi, 40, endpoint=False)]
    outer, inner = outlines([*around, WEST], [0] * 40 + [1], 2_500.0)
    assert len(outer.rings) == 2
    assert not inside(outer, WEST)
    assert inside(inner, WEST)


def test_the_name_stands_inside_the_part_with_the_most_places() -> None:
    (area,) = outlines([*cloud(WEST, 60, 1), LatLon(40.8, -77.5)], [0] * 61, 2_000.0)
    assert inside(area, area.middle)
    assert area.middle.metres_to(WEST) < 5_000


def test_a_lone_place_amid_others_of_another_mark_is_no_islet_of_its_own() -> None:
    ours, theirs = cloud(WEST, 80, 4), cloud(EAST, 80, 5)
    west, east = realms([*ours, *theirs, WEST], [0] * 80 + [1] * 81, 4_000.0)
    assert inside(west, WEST)
    assert not inside(east, WEST)
    assert len(west.rings) <= 2


def test_a_mark_that_is_nowhere_in_the_majority_has_its_foothold() -> None:
    many, few = cloud(WEST, 400, 6), cloud(WEST, 3, 7)
    main, other = realms([*many, *few], [0] * 400 + [1] * 3, 4_000.0)
    assert (main.mark, other.mark) == (0, 1)
    assert inside(other, other.middle)


def test_realms_of_mixed_places_are_few_and_each_has_its_name_in_the_part_with_the_most_places() -> None:
    chance = np.random.default_rng(8)
    places = [LatLon(40.8 + a, -78.0 + o) for a, o in chance.normal(0, 0.05, (600, 2)).tolist()]
    marks = chance.integers(0, 5, 600).tolist()
    found = realms(places, marks, 2_500.0)
    assert [each.mark for each in found] == [0, 1, 2, 3, 4]
    assert sum(len(each.rings) for each in found) < sum(len(each.rings) for each in outlines(places, marks, 2_500.0)) / 3
    for each in found:
        assert Isochrone(0, each.rings[:1]).contains(each.middle)


def test_a_far_outpost_of_one_place_is_not_drawn_and_one_of_many_is() -> None:
    home, far = cloud(WEST, 90, 9), LatLon(40.8, -77.3)
    (alone,) = realms([*home, far], [0] * 91, 3_000.0)
    assert not inside(alone, far)
    (both,) = realms([*home, *cloud(far, 20, 10)], [0] * 110, 3_000.0)
    assert inside(both, far)


def test_nobody_has_no_area() -> None:
    assert realms([], [], 1_000.0) == []
    assert outlines([], [], 1_000.0) == []
    assert territories([account(1, None, "Rep A")], silent) == []


def test_many_places_at_one_spot_are_one_area() -> None:
    (area,) = outlines([WEST] * 50, [0] * 50, 1_000.0)
    assert inside(area, WEST)


def test_territories_are_those_of_the_owners_with_their_number_of_accounts() -> None:
    accounts = [account(n, point, "Rep A") for n, point in enumerate(cloud(WEST, 30, 2))]
    accounts += [account(100 + n, point, "Rep B") for n, point in enumerate(cloud(EAST, 20, 3))]
    accounts.append(account(200, None, "Rep C"))
    found = {area.name: area for area in territories(accounts, silent)}
    assert {name: area.accounts for name, area in found.items()} == {"Rep A": 30, "Rep B": 20}
    assert inside(found["Rep A"], WEST)
    assert inside(found["Rep B"], EAST)
    assert {area.group for area in found.values()} == {0, 1}


def test_accounts_without_an_owner_are_an_area_of_the_rest() -> None:
    (area,) = territories([account(1, WEST, "")], silent)
    assert (area.name, area.group) == ("No owner", -1)


def test_without_a_pack_zip_areas_are_those_of_the_accounts_by_the_first_five_digits(workspace: Workspace) -> None:
    accounts = [account(1, WEST, "", "16801-1234"), account(2, WEST, "", "16801"), account(3, EAST, "", "16823"), account(4, EAST, "", "")]
    told = zip_map(workspace, accounts, ZipMap(), silent)
    assert {area.name: area.accounts for area in told.areas} == {"16801": 2, "16823": 1}
    assert not told.from_addresses


def test_zip_areas_are_drawn_from_the_addresses_of_the_pack_and_only_once(
    sample_home: Path, copy_of: Callable[[Path], Workspace], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = copy_of(sample_home)
    accounts = list_accounts(workspace)
    told = zip_map(workspace, accounts, ZipMap(), silent)
    assert told.from_addresses
    assert {account.address.postcode for account in accounts if account.place} - {""} <= {area.name for area in told.areas}
    right = [
        area.name == account.address.postcode
        for area in told.areas
        for account in accounts
        if account.place and inside(area, account.place)
    ]
    assert sum(right) > 0.9 * len(right)
    monkeypatch.delattr("planner.roads.gazetteer.zip_cells.zip_cells")
    assert zip_map(workspace, accounts[:5], told, silent).drawn == told.drawn


def test_a_pack_that_knows_other_zips_leaves_it_to_the_accounts(sample_home: Path, copy_of: Callable[[Path], Workspace]) -> None:
    workspace = copy_of(sample_home)
    told = zip_map(workspace, [account(1, WEST, "", "16801")], ZipMap(), silent)
    assert [area.name for area in told.areas] == ["16801"]
    assert not told.from_addresses
