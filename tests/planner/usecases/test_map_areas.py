"""Areas drawn around places: whose nearest place decides, smooth, and not farther than they may reach."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, PostalAddress
from planner.model.travel import Isochrone
from planner.progress import silent
from planner.usecases.map_areas import MapArea, territories, zip_areas
from planner.usecases.outlines import Outline, outlines

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


def test_nobody_has_no_area() -> None:
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


def test_zip_areas_take_the_first_five_digits_and_leave_out_what_has_none() -> None:
    accounts = [account(1, WEST, "", "16801-1234"), account(2, WEST, "", "16801"), account(3, EAST, "", "16823"), account(4, EAST, "", "")]
    assert {area.name: area.accounts for area in zip_areas(accounts, silent)} == {"16801": 2, "16823": 1}
