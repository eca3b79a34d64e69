import pytest

from planner.model.imports import RecordKind, Source, TableMapping, Take
from planner.usecases.presets import fields_of
from ui.imports import tables
from ui.imports.tables import CUSTOM, LEAVE_OUT, as_guessed, by_mapping, mapping_of, take_of, troubles, with_field, with_kind, with_take


@pytest.fixture
def accounts(samples_of, accounts_file):
    (sample,) = samples_of(accounts_file)
    return as_guessed(sample)


@pytest.fixture
def odd(samples_of, file_of):
    (sample,) = samples_of(file_of("odd.csv", "Firm,Where,Town,Ring,Ring\nAcme,1 Main St,State College,814-555-0100,7\n"))
    return as_guessed(sample)


def column(choice, header):
    return choice.sample.headers.index(header)


def test_a_table_that_is_known_is_read_as_guessed_without_a_word(accounts):
    assert mapping_of(accounts) == accounts.sample.mapping
    assert accounts.fields[-1] == CUSTOM
    assert troubles(accounts) == []


def test_a_table_of_no_kind_is_left_out(odd):
    assert mapping_of(odd) is None
    assert troubles(odd) == []


def test_what_a_kind_cannot_do_without_is_told_until_it_is_there(odd):
    choice = with_kind(odd, RecordKind.ACCOUNTS)
    assert len(troubles(choice)) == 3
    for header, field in (("Firm", "name"), ("Where", "street"), ("Town", "city")):
        choice = with_field(choice, column(choice, header), field)
    assert troubles(choice) == []
    assert mapping_of(choice).columns == {"name": "Firm", "street": "Where", "city": "Town"}


def test_a_field_taken_twice_is_told_with_both_headings(accounts):
    choice = with_field(accounts, column(accounts, "Region"), "phone")
    assert troubles(choice) == ["Phone is taken by “Phone” and “Region”: keep one of them."]
    assert mapping_of(choice).columns["phone"] == "Phone"


def test_of_two_columns_with_one_heading_only_the_first_is_read(odd):
    choice = with_kind(odd, RecordKind.ACCOUNTS)
    assert choice.fields[4] == LEAVE_OUT
    assert tables.repeated(odd.sample.headers) == {4}


def test_the_parts_of_an_address_are_kept_or_replaced_together(accounts):
    choice = with_take(accounts, column(accounts, "Billing City"), Take.FILL)
    assert {take_of(choice, column(choice, f"Billing {part}")) for part in ("Street", "City", "State/Province", "Zip/Postal Code")} == {
        Take.FILL
    }
    assert take_of(choice, column(choice, "Phone")) is Take.UPDATE
    assert mapping_of(choice).takes == dict.fromkeys(("street", "city", "state", "postcode"), Take.FILL)


def test_what_an_id_does_to_the_one_that_is_there_is_no_question(accounts):
    assert take_of(accounts, column(accounts, "Account ID")) is None


def test_every_field_that_is_treated_apart_is_a_field_of_some_kind():
    known = {choice.key for kind in RecordKind for choice in fields_of(kind)}
    assert {*tables._ADDRESS, *tables._KEYS, *tables._WITH_ADDRESS} <= known


def test_a_preset_of_other_columns_is_used_as_far_as_it_goes(accounts):
    preset = TableMapping(RecordKind.ACCOUNTS, {"name": "Account Name", "phone": "Telephone"}, ("Region",), source=Source.TYPED)
    choice = by_mapping(accounts.sample, preset, "Mine")
    assert mapping_of(choice) == TableMapping(
        RecordKind.ACCOUNTS, {"name": "Account Name"}, ("Region",), source=Source.TYPED, preset="Mine"
    )


def test_a_change_by_hand_is_no_longer_the_preset(accounts):
    choice = by_mapping(accounts.sample, accounts.sample.mapping, "Mine")
    assert with_field(choice, 0, LEAVE_OUT).preset == ""
