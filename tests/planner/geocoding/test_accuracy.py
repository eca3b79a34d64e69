"""The offline geocoder against addresses whose true place is known; the noise put into each is known too."""

import csv
from collections import Counter, defaultdict
from dataclasses import dataclass

import pytest

from planner.model.places import LatLon, Match, MatchQuality, PostalAddress
from planner.progress import silent

RIGHT_M, WRONG_M = 50.0, 500.0


@dataclass(frozen=True)
class Outcome:
    noise: str
    address: PostalAddress
    match: Match
    off_m: float


def asked_and_true(folder):
    """Address, business name, true place and noise of each account."""
    with (folder / "accounts.csv").open(encoding="latin-1", newline="") as file:
        accounts = {row["Account ID"]: row for row in csv.DictReader(file) if row["Billing Street"]}
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            account = accounts[row["Account ID"]]
            fields = ("Billing Street", "Billing City", "Billing State/Province", "Billing Zip/Postal Code")
            place = LatLon(float(row["lat"]), float(row["lon"]))
            yield PostalAddress(*(account[field] for field in fields)), account["Account Name"], place, row["noise"]


@pytest.fixture(scope="module")
def known(shared_data):
    return list(asked_and_true(shared_data / "accounts" / "state-college"))


@pytest.fixture(scope="module", params=["with the business's name", "by the address alone"])
def outcomes(request, known, state_college):
    named = request.param.startswith("with")
    matches = state_college.locate_many([(address, name if named else "") for address, name, _, _ in known], silent)
    return [
        Outcome(noise, address, match, match.point.metres_to(place) if match.point else float("inf"))
        for (address, _, place, noise), match in zip(known, matches, strict=True)
    ]


def broken_down(outcomes):
    """How many of each noise are right, and the worst, for the message of a failure."""
    total, right, worst = Counter(), Counter(), defaultdict(list)
    for one in outcomes:
        total[one.noise] += 1
        right[one.noise] += one.off_m <= RIGHT_M
        if one.off_m > RIGHT_M:
            worst[one.noise].append(f"    {one.off_m:.0f} m, {one.match.quality}, {one.address.one_line!r}: {one.match.note}")
    return "\n".join(f"{noise}: {right[noise]} of {total[noise]}\n" + "\n".join(worst[noise][:5]) for noise in total)


def test_addresses_are_placed_within_50_metres(outcomes):
    streets = [one for one in outcomes if one.noise != "po_box"]
    right = sum(one.off_m <= RIGHT_M for one in streets)
    assert right / len(streets) >= 0.97, broken_down(streets)


def test_hardly_any_address_is_far_off_without_doubt(outcomes):
    silent_errors = [one for one in outcomes if one.off_m > WRONG_M and not one.match.doubtful]
    assert len(silent_errors) / len(outcomes) <= 0.005, broken_down(silent_errors)


def test_no_post_office_box_is_a_house(outcomes):
    boxes = [one for one in outcomes if one.noise == "po_box"]
    assert boxes
    assert {one.match.quality for one in boxes} <= {MatchQuality.ZIP, MatchQuality.CITY}
    assert all(one.match.doubtful and one.match.note for one in boxes)


def test_few_right_places_are_doubted(outcomes):
    right = [one for one in outcomes if one.off_m <= RIGHT_M]
    assert sum(one.match.doubtful for one in right) / len(right) <= 0.03
