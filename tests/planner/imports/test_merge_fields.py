from datetime import date

import pytest

from planner.imports.merge_fields import merged
from planner.model.accounts import Account, AccountKind
from planner.model.imports import RecordRead, Source, Take
from planner.model.places import PostalAddress
from planner.values import replace

DAY = date(2026, 11, 2)
KEPT = Account(
    1, "001", "Ada", AccountKind.CLIENT, PostalAddress("1 Main St", "Bellefonte"), phone="814-555-0100", custom=(("Segment", "SMB"),)
)


def read(given, blank=(), **values):
    return RecordRead("a.csv", 2, replace(KEPT, id=0, **values), frozenset(given), frozenset(blank))


def test_a_value_of_the_file_takes_the_place_of_the_one_kept_and_an_empty_cell_changes_nothing():
    after, changed = merged(KEPT, read({"name"}, {"phone"}, name="Ada Inc", phone=""), {})
    assert (after.name, after.phone, changed) == ("Ada Inc", "814-555-0100", {"name": "Ada Inc"})


def test_the_same_values_change_nothing():
    assert merged(KEPT, read({"name", "phone", "custom", "address"}), {}) == (KEPT, {})


@pytest.mark.parametrize(
    ("kept_by", "told_by", "taken"),
    [
        (Source.CRM, Source.CRM, True),
        (Source.CRM, Source.BILLING, False),
        (Source.BILLING, Source.CRM, True),
        (Source.TYPED, Source.CRM, False),
        (Source.GUESSED, Source.BILLING, True),
    ],
)
def test_a_better_source_is_not_overruled(kept_by, told_by, taken):
    after, _changed = merged(KEPT, read({"name"}, name="Other"), {}, told_by, {"name": (kept_by, DAY)})
    assert (after.name == "Other") is taken


def test_any_source_fills_what_is_empty_unless_she_emptied_it():
    bare = replace(KEPT, phone="")
    assert merged(bare, read({"phone"}), {}, Source.BILLING, {"phone": (Source.CRM, DAY)})[0].phone == "814-555-0100"
    assert merged(bare, read({"phone"}), {}, Source.CRM, {"phone": (Source.TYPED, DAY)})[0].phone == ""


@pytest.mark.parametrize(
    ("take", "phone", "name"),
    [(Take.UPDATE, "", "Ada Inc"), (Take.FILL, "1", "Ada"), (Take.ALWAYS, "", "Ada Inc"), (Take.NEVER, "", "Ada")],
)
def test_what_a_value_does_can_be_chosen(take, phone, name):
    kept = replace(KEPT, phone="" if take is Take.FILL else KEPT.phone)
    row = read({"name", "phone"} if take is Take.FILL else {"name"}, {"phone"}, name="Ada Inc", phone="1" if take is Take.FILL else "")
    if take is Take.FILL:
        row = replace(row, blank=frozenset())
    after, _changed = merged(kept, row, {"name": take, "phone": take})
    assert after.name == name
    assert after.phone == (phone if take in {Take.FILL, Take.ALWAYS} else KEPT.phone)


def test_a_row_of_an_account_that_was_merged_away_only_fills():
    after, changed = merged(replace(KEPT, website=""), read({"name", "website"}, name="Old name", website="ada.com"), {}, alias=True)
    assert (after.name, after.website, set(changed)) == ("Ada", "ada.com", {"website"})


def test_custom_fields_are_fields_of_their_own():
    after, _changed = merged(KEPT, read({"custom"}, custom=(("Region", "East"),)), {})
    assert dict(after.custom) == {"Segment": "SMB", "Region": "East"}
    after, _changed = merged(KEPT, read({"custom"}, custom=(("Segment", "Large"), ("Region", "East"))), {"custom": Take.FILL})
    assert dict(after.custom) == {"Segment": "SMB", "Region": "East"}


def test_the_last_contact_never_goes_back():
    kept = replace(KEPT, last_activity=date(2026, 11, 1))
    assert merged(kept, read({"last_activity"}, last_activity=date(2026, 10, 1)), {})[1] == {}
    assert merged(kept, read({"last_activity"}, last_activity=date(2026, 11, 9)), {}, alias=True)[0].last_activity == date(2026, 11, 9)
