"""The surface of potential."""

from datetime import date

import numpy as np
import pytest

from planner.errors import Cancelled
from planner.model.accounts import Account, AccountKind, Opportunity
from planner.model.places import LatLon, PostalAddress
from planner.progress import silent
from planner.usecases.heat import HeatMap, heat_of_potential
from planner.values import replace

TODAY = date(2026, 11, 30)


def account(number: int, place: LatLon | None, employees: int | None = None) -> Account:
    made = Account(number, f"001{number:015d}", f"Account {number}", AccountKind.PROSPECT, PostalAddress())
    return replace(made, place=place, employees=employees)


def deals(number: int, cents: int) -> dict[str, list[Opportunity]]:
    crm_id = f"001{number:015d}"
    return {crm_id: [Opportunity("006", crm_id, "Fiber", "Proposal", cents, 0.8, None)]}


def hottest(found: HeatMap) -> LatLon:
    row, column = np.unravel_index(found.density.argmax(), found.density.shape)
    rows, columns = found.density.shape
    lat = found.north + (found.south - found.north) * (row + 0.5) / rows
    return LatLon(float(lat), float(found.west + (found.east - found.west) * (column + 0.5) / columns))


def test_it_is_hottest_where_the_large_deal_is() -> None:
    large, small = LatLon(40.9, -77.7), LatLon(40.7, -78.1)
    found = heat_of_potential([account(1, large), account(2, small, 9)], deals(1, 900_000), TODAY, silent)
    assert found is not None
    assert found.density.max() == pytest.approx(1)
    assert hottest(found).metres_to(large) < 1_000


def test_many_small_ones_together_are_hotter_than_one_a_little_larger() -> None:
    crowd = [account(n, LatLon(40.7, -78.1 + n / 5_000), 25) for n in range(12)]
    found = heat_of_potential([*crowd, account(99, LatLon(40.9, -77.7), 100)], {}, TODAY, silent)
    assert found is not None
    assert hottest(found).metres_to(LatLon(40.7, -78.1)) < 2_000


def test_the_surface_covers_all_accounts_and_fades_at_its_edges() -> None:
    places = [LatLon(40.7, -78.1), LatLon(40.9, -77.7), LatLon(41.0, -77.9)]
    found = heat_of_potential([account(n, place, 50) for n, place in enumerate(places)], {}, TODAY, silent)
    assert found is not None
    assert all(found.south < place.lat < found.north and found.west < place.lon < found.east for place in places)
    assert max(found.density[0].max(), found.density[-1].max(), found.density[:, 0].max(), found.density[:, -1].max()) < 0.05


def test_without_potential_there_is_no_surface() -> None:
    assert heat_of_potential([], {}, TODAY, silent) is None
    assert heat_of_potential([account(1, None, 100), account(2, LatLon(40.7, -78.1))], {}, TODAY, silent) is None


def test_it_can_be_cancelled() -> None:
    def stop(_fraction: float, _text: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        heat_of_potential([account(1, LatLon(40.7, -78.1), 50)], {}, TODAY, stop)
