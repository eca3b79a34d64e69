import csv
import random

import pytest

from planner.imports.duplicates import find_duplicates
from planner.imports.same_account import AccountFinder
from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.values import replace


def account(number, name, street, phone="", town="State College", postcode="16801"):
    return Account(number, f"crm {number}", name, AccountKind.CLIENT, PostalAddress(street, town, "PA", postcode), phone=phone)


BOOK = [
    account(1, "The Individual and Family CHOICES Program", "2214 North Atherton Street"),
    account(2, "Subway", "300 South Pugh Street"),
    account(3, "Subway", "829 University Drive", "814-954-7404"),
    account(4, "Edward Jones", "12 Main Street Suite 100", "814-237-2763"),
    account(5, "Edward Jones", "12 Main Street Suite 200", "814-237-0000"),
    account(6, "Ada's Bakery", "", "814-231-0231"),
    account(7, "Nittany Dental", "5 Oak Street"),
    account(8, "NITTANY DENTAL INC", "5 Oak St"),
    account(9, "Bo's Barbers", "", town="Lemont"),
]


def found(name, street, city="STATE COLLEGE", postcode="16800", phone=""):
    return AccountFinder(BOOK).find(name, street, city, postcode, phone)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        (("THE INDIVIDUAL AND FAMILY CHOI", "2214 N ATHERTON ST"), 1),
        (("SUBWAY", "300 S PUGH ST, UNIT 96", "", ""), 2),
        (("SUBWAY", "829 UNIVERSTIY DR #62"), 3),
        (("EDWARD JONES", "12 MAIN ST STE 200"), 5),
        (("ADAS BAKERY INC", "77 ALLEN ST", "STATE COLLEGE", "16801", "8142310231"), 6),
    ],
)
def test_a_line_is_joined_by_name_and_address_or_phone(line, number):
    answer = found(*line)
    assert answer.account.id == number
    assert not answer.doubtful
    assert answer.score > 0.8


@pytest.mark.parametrize(
    "line",
    [
        ("SUBWAY", "301 S PUGH ST"),
        ("QUIZNOS", "300 S PUGH ST"),
        ("SUBWAY", ""),
        ("", "300 S PUGH ST"),
        ("", ""),
        ("BO'S BARBERS", "1 HIGH ST"),
    ],
)
def test_a_line_that_fits_nobody_is_joined_to_nobody(line):
    answer = found(*line)
    assert (answer.account, answer.ambiguous) == (None, False) or answer.ambiguous
    assert answer.why


def test_two_accounts_that_fit_alike_are_both_named_and_none_is_taken():
    answer = found("EDWARD JONES", "12 MAIN ST")
    assert (answer.account, answer.ambiguous) == (None, True)
    assert "Suite 100" in answer.why
    assert "Suite 200" in answer.why


def test_of_one_business_that_stands_twice_the_earlier_is_taken_and_said():
    answer = found("NITTANY DENTAL", "5 OAK ST")
    assert answer.account.id == 7
    assert answer.doubtful
    assert not answer.ambiguous
    assert "the earlier was taken" in answer.why


def test_a_name_alone_in_its_town_is_taken_with_doubt():
    answer = found("BO'S BARBERS", "1 HIGH ST", "LEMONT")
    assert answer.account.id == 9
    assert answer.doubtful


def test_all_real_billing_lines_join_their_accounts(state_college):
    """Number 8345070000000000 + n belongs to the n-th row of the report; of an account that stands twice, to the earlier row."""
    rows = csv.DictReader((state_college / "accounts.csv").read_bytes().decode("cp1252").splitlines())
    accounts = [
        replace(
            account(number, row["Account Name"], row["Billing Street"], row["Phone"], row["Billing City"]),
            address=PostalAddress(row["Billing Street"], row["Billing City"], "PA", row["Billing Zip/Postal Code"]),
        )
        for number, row in enumerate(rows, start=1)
        if row["Account Name"]
    ]
    random.Random(1).shuffle(accounts)
    finder = AccountFinder(accounts)
    twice = {account.id for pair in find_duplicates(accounts) for account in (pair.first, pair.second)}
    joined = {}
    for line in csv.DictReader((state_college / "billing.txt").read_text("utf-8").splitlines(), delimiter="|"):
        joined[line["ACCT_NO"]] = finder.find(line["CUST_NAME"], line["SVC_ADDR"], line["SVC_CITY"], line["SVC_ZIP"])
    assert len(joined) == 379
    assert {number: answer.account and answer.account.id for number, answer in joined.items()} == {
        number: int(number) - 8345070000000000 + 1 for number in joined
    }
    assert all((answer.account.id in twice) == ("the earlier was taken" in answer.why) for answer in joined.values())
