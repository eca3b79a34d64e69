import csv
from dataclasses import replace

import pytest

from planner.errors import Cancelled
from planner.imports.accounts import read_accounts
from planner.imports.duplicates import find_duplicates, name_key
from planner.imports.salesforce_id import normalise_id
from planner.imports.text_table import read_table
from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress


def account(crm_id, name, street, phone="", postcode="16801"):
    return Account(0, crm_id, name, AccountKind.PROSPECT, PostalAddress(street, "State College", "PA", postcode), phone=phone)


def paired(one, other):
    """Whether two (name, street, phone, postcode) are taken for one business."""
    return bool(find_duplicates([account("1", *one), account("2", *other)]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Ada's Bakery", "12 West Main Street"), ("ADAS BAKERY INC", "12 W. Main St")),
        (("Wine & Spirits", "12 Main St"), ("Wine and Spirits, LLC", "12 Main St Suite 400")),
        (("The Naked Egg Café", "12 Main St"), ("Naked Egg Cafe", "12 Main St #4")),
        (("Ada's Bakery", "270 West Hamilton Avenue"), ("Ada's Bakery", "270 West Hamitlon Ave")),
        (("Ada's Bakery", "PO Box 12"), ("Ada's Bakery Inc", "P.O. Box 12")),
        (("Lifestyle Financial", "12 Main St"), ("Lifestlye Financial", "12 Main St")),
        (("Ada's Bakery", "12 Main St", "+1-814-237-2763"), ("Ada's Bakery", "", "(814) 237-2763")),
        (("Ada's Bakery", "12 Main St", "", "16801"), ("Ada's Bakery", "12 Main St", "", "16801-4017")),
    ],
)
def test_one_business_written_twice_is_found(one, other):
    assert paired(one, other)
    assert paired(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Subway", "12 Main St"), ("Subway", "300 Main St")),
        (("Sheetz", "12 North Atherton Street", "814-237-2763"), ("Sheetz", "12 South Atherton Street", "814-237-2763")),
        (("Subway", "12 4th Street"), ("Subway", "12 5th Street")),
        (("Subway", "12 Main St", "", "16801"), ("Subway", "12 Main St", "", "19104")),
        (("Ada's Bakery", "12 Main St"), ("Bo's Barbers", "12 Main St")),
        (("Penn State Health - Windmere", "12 Main St"), ("Penn State Health - Colonnade", "12 Main St")),
        (("Store 12", "12 Main St"), ("Store 14", "12 Main St")),
        (("Ada", "PO Box 12"), ("Ada", "PO Box 14")),
        (("Ada", ""), ("Ada", "")),
        (("Ada", "Main Street"), ("Ada", "Main Street")),
    ],
)
def test_different_businesses_are_not_paired(one, other):
    assert not paired(one, other)


def test_of_three_the_first_is_the_original_of_both():
    accounts = [account("1", "Ada", "12 Main St"), account("2", "ADA", "12 Main St"), account("3", "Ada Inc", "12 Main Street")]
    assert [(pair.first.crm_id, pair.second.crm_id) for pair in find_duplicates(accounts)] == [("1", "2"), ("1", "3")]


def test_what_was_stored_first_is_the_original_whatever_the_order():
    new, second, first = (
        account("3", "Ada", "12 Main St"),
        replace(account("2", "ADA", "12 Main St"), id=9),
        replace(account("1", "Ada", "12 Main St"), id=4),
    )
    assert [(pair.first.crm_id, pair.second.crm_id) for pair in find_duplicates([new, second, first])] == [("1", "2"), ("1", "3")]


def test_the_work_can_be_stopped():
    def stop(_fraction, _text):
        raise Cancelled

    with pytest.raises(Cancelled):
        find_duplicates([account("1", "Ada", "12 Main St")], stop)


def test_the_reason_says_what_agrees():
    (pair,) = find_duplicates([account("1", "Ada", "12 Main St", "814-237-2763"), account("2", "ADA", "12 Main St", "8142372763")])
    assert pair.why == "the same name, address and phone number"


def test_a_name_of_nothing_but_legal_forms_still_has_a_key():
    assert name_key("The Company") == "company the"
    assert name_key("Café & Co., Inc.") == "and cafe"


def test_the_repeated_real_accounts_are_found_and_next_to_no_others(state_college):
    """A row that truth.csv does not know repeats another; two known rows are one only with the same name, house number and street."""
    accounts, _problems = read_accounts(read_table(state_college / "accounts.csv"))
    with (state_college / "truth.csv").open(encoding="utf-8", newline="") as file:
        truth = {normalise_id(row["Account ID"]): (row["number"], row["street"]) for row in csv.DictReader(file)}
    repeated = {account.crm_id for account in accounts if account.crm_id not in truth}
    pairs = find_duplicates(accounts)
    found = {pair.second.crm_id for pair in pairs if pair.second.crm_id in repeated and pair.first.crm_id in truth}
    false = [
        pair
        for pair in pairs
        if pair.second.crm_id in truth
        and (truth[pair.first.crm_id] != truth[pair.second.crm_id] or pair.first.name.casefold() != pair.second.name.casefold())
    ]
    assert len(repeated) == 24
    assert len(found) >= 23
    assert len(false) <= 3
