import pytest

from planner.errors import BadInputFile
from planner.imports.mapping import check_mapping, choices, from_document, guess_mapping, need_mapping, to_document
from planner.imports.text_table import read_table
from planner.model.imports import RecordKind, Source, TableMapping, Take


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Id", "Name", "BillingStreet", "BillingCity"], RecordKind.ACCOUNTS),
        (["Account Name", "Account ID", "Billing Street", "Billing City", "Type"], RecordKind.ACCOUNTS),
        (["Opportunity ID", "Opportunity Name", "Account ID", "Stage", "Amount", "Billing Street"], RecordKind.OPPORTUNITIES),
        (["Opportunity Name", "Account Name", "Stage", "Amount", "Close Date"], RecordKind.OPPORTUNITIES),
        (["Id", "AccountId", "Name", "StageName", "Amount"], RecordKind.OPPORTUNITIES),
        (["Name", "Role", "Monthly Quota MRR"], RecordKind.REPS),
        (["AccountId", "ActivityDate", "Type"], RecordKind.ACTIVITIES),
        (["Id", "Subject", "WhatId", "WhoId", "OwnerId", "StartDateTime", "DurationInMinutes"], RecordKind.ACTIVITIES),
        (["Subject", "WhatId", "ActivityDate", "Status", "Priority"], RecordKind.ACTIVITIES),
        (["Id", "AccountId", "FirstName", "LastName", "Email"], RecordKind.CONTACTS),
        (["ACCT_NO", "SVC_ADDR", "MRC"], RecordKind.SERVICES),
    ],
)
def test_a_table_is_known_by_its_headers(headers, kind):
    assert guess_mapping(headers).kind is kind


def test_columns_that_no_field_takes_are_kept_as_custom_fields_but_for_those_that_only_repeat():
    mapping = guess_mapping(["Account Name", "Billing Street", "Billing City", "Segment", "BillingAddress", "", "Segment"])
    assert mapping.columns == {"name": "Account Name", "street": "Billing Street", "city": "Billing City"}
    assert mapping.custom == ("Segment",)


def test_a_near_miss_names_what_is_missing():
    with pytest.raises(BadInputFile) as caught:
        need_mapping("export.csv", ["Account ID", "Account Name", "Billing City"])
    assert caught.value.what == "export.csv looks like accounts, but some columns are missing: Billing Street."


def test_a_stranger_is_told_what_it_has_and_what_is_needed():
    with pytest.raises(BadInputFile) as caught:
        need_mapping("songs.csv", ["Song", "Artist"])
    assert "Song, Artist" in caught.value.why
    assert "Account Name, Billing Street, Billing City" in caught.value.remedy


def test_a_kind_that_is_said_is_taken_and_what_it_lacks_is_told():
    mapping = guess_mapping(["Song", "Artist"], RecordKind.ACCOUNTS)
    assert mapping.custom == ("Song", "Artist")
    assert check_mapping(mapping) == ["Say which column is Name.", "Say which column is Street.", "Say which column is City."]
    assert check_mapping(TableMapping(RecordKind.ACCOUNTS, {"name": "Song", "street": "Artist", "city": "Artist"})) == []


def test_a_preset_of_the_same_columns_is_taken_whatever_their_order():
    headers = ["KUNDE", "STRASSE", "ORT"]
    mapping = TableMapping(
        RecordKind.ACCOUNTS, {"name": "KUNDE", "street": "STRASSE", "city": "ORT"}, (), {"name": Take.NEVER}, Source.BILLING
    )
    presets = {"German list": to_document(mapping, headers)}
    assert from_document(presets["German list"]) == mapping
    found = guess_mapping(["Ort", "Kunde", "Strasse"], presets=presets)
    assert (found.preset, found.take("name"), found.take("city"), found.source) == ("German list", Take.NEVER, Take.UPDATE, Source.BILLING)
    assert guess_mapping([*headers, "LAND"], presets=presets) is None


def test_every_kind_names_its_fields_for_people():
    for kind in RecordKind:
        labels = [choice.label for choice in choices(kind)]
        assert len(labels) == len(set(labels))
    assert [choice.label for choice in choices(RecordKind.ACCOUNTS) if choice.needed] == ["Name", "Street", "City"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("accounts.csv", RecordKind.ACCOUNTS),
        ("opportunities.csv", RecordKind.OPPORTUNITIES),
        ("reps.csv", RecordKind.REPS),
        ("activities.csv", RecordKind.ACTIVITIES),
        ("billing.txt", RecordKind.SERVICES),
    ],
)
def test_every_real_file_is_known(state_college, tmp_path, name, kind):
    renamed = tmp_path / "upload.tmp"
    renamed.write_bytes((state_college / name).read_bytes())
    assert guess_mapping(read_table(renamed).headers).kind is kind
