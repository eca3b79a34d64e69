import pytest

from planner.errors import BadInputFile
from planner.imports.recognise import FileKind, kind_of_headers, recognise


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (["Id", "Name", "BillingStreet", "BillingCity"], FileKind.ACCOUNTS),
        (["Account Name", "Account ID", "Billing Street", "Billing City", "Type"], FileKind.ACCOUNTS),
        (["Opportunity ID", "Opportunity Name", "Account ID", "Stage", "Amount", "Billing Street", "Billing City"], FileKind.OPPORTUNITIES),
        (["Id", "AccountId", "Name", "StageName", "Amount"], FileKind.OPPORTUNITIES),
        (["Name", "Role", "Monthly Quota MRR"], FileKind.REPS),
        (["AccountId", "ActivityDate", "Type"], FileKind.ACTIVITIES),
        (["ACCT_NO", "SVC_ADDR", "MRC"], FileKind.BILLING),
    ],
)
def test_a_table_is_known_by_its_headers(headers, kind):
    assert kind_of_headers("any.txt", headers) is kind


def test_a_calendar_is_known_by_how_it_begins(write_file):
    assert recognise(write_file(b"\xef\xbb\xbf\r\nbegin:vcalendar\r\n")) is FileKind.CALENDAR


def test_a_near_miss_names_what_is_missing(write_file):
    with pytest.raises(BadInputFile) as caught:
        recognise(write_file("Account ID,Account Name,Billing City\n1,Ada,Bellefonte\n"))
    assert caught.value.what == "export.csv looks like accounts, but some columns are missing: Billing Street."


def test_a_stranger_is_told_what_it_has_and_what_is_needed(write_file):
    with pytest.raises(BadInputFile) as caught:
        recognise(write_file("Song,Artist\nBlue,Joni\n"))
    assert "Song, Artist" in caught.value.why
    assert "Account Name, Billing Street, Billing City" in caught.value.remedy


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("accounts.csv", FileKind.ACCOUNTS),
        ("opportunities.csv", FileKind.OPPORTUNITIES),
        ("reps.csv", FileKind.REPS),
        ("calendar.ics", FileKind.CALENDAR),
        ("activities.csv", FileKind.ACTIVITIES),
        ("billing.txt", FileKind.BILLING),
    ],
)
def test_every_real_file_is_known(state_college, tmp_path, name, kind):
    renamed = tmp_path / "upload.tmp"
    renamed.write_bytes((state_college / name).read_bytes())
    assert recognise(renamed) is kind
