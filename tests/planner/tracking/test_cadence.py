from datetime import date

import pytest

from planner.model.accounts import Account, AccountKind
from planner.model.places import PostalAddress
from planner.tracking.cadence import last_seen, with_last_seen

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)


def account(last: date | None) -> Account:
    return Account(1, "001", "Ada", AccountKind.CLIENT, PostalAddress(), last_activity=last)


@pytest.mark.parametrize(
    ("told", "visit", "crm", "seen"),
    [
        (None, None, None, None),
        (MAY, None, None, MAY),
        (MAY, JUNE, None, JUNE),
        (JULY, JUNE, None, JULY),
        (JUNE, None, (None, JUNE), None),
        (JUNE, None, (MAY, JUNE), MAY),
        (JULY, None, (MAY, JUNE), JULY),
        (None, JUNE, (JULY, JULY), JULY),
    ],
    ids=[
        "never",
        "by the CRM",
        "a visit later",
        "the CRM later",
        "an e-mail only",
        "a call before the e-mail",
        "newer than all known",
        "both",
    ],
)
def test_an_account_was_seen_when_somebody_was_met_or_called(told, visit, crm, seen):
    assert last_seen(account(told), visit, crm) == seen


def test_accounts_that_stay_as_they_are_are_not_made_anew():
    same, other = account(MAY), Account(2, "002", "Bo", AccountKind.CLIENT, PostalAddress())
    after = with_last_seen([same, other], {2: JUNE}, {})
    assert after[0] is same
    assert after[1].last_activity == JUNE
