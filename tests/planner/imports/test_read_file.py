"""A file is read as what it is: its tables with how each is read, or its calendar."""

from zoneinfo import ZoneInfo

import pytest
from workbook_files import ods

from planner.errors import BadInputFile
from planner.imports.mapping import guess_mapping, to_document
from planner.imports.read_file import SAMPLE_ROWS, mapping_of, read_file, records, samples
from planner.model.accounts import Account, Activity, Contact, Opportunity, Rep, Service
from planner.model.imports import RecordKind, TableMapping
from planner.progress import silent

ZONE = "America/New_York"
TABLES = {
    RecordKind.ACCOUNTS: ("Account Name,Billing Street,Billing City\nAda,1 Main St,Dover\n", Account),
    RecordKind.CONTACTS: ("Account Name,Last Name,Email\nAda,Lovelace,ada@example.com\n", Contact),
    RecordKind.OPPORTUNITIES: ("Account Name,Opportunity Name,Stage,Amount\nAda,TV,Proposal,100\n", Opportunity),
    RecordKind.SERVICES: ("ACCT_NO|SVC_ADDR|MRC\n8345071234567891|1 Main St|10\n", Service),
    RecordKind.ACTIVITIES: ("Account Name,Date,Type\nAda,11/30/2026,Visit\n", Activity),
    RecordKind.REPS: ("Name,Role,Monthly Quota\nRep A,Account Executive,5000\n", Rep),
}
CALENDAR = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nSUMMARY:Call\nDTSTART:20261130T090000\nEND:VEVENT\nEND:VCALENDAR\n"


@pytest.fixture
def read(tmp_path):
    def reading(content, name="export.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_file(path, ZONE, silent)

    return reading


@pytest.mark.parametrize("kind", TABLES)
def test_each_kind_is_seen_by_its_columns_and_read_as_such(read, kind):
    text, record = TABLES[kind]
    file = read(text)
    (table,) = file.tables
    mapping = mapping_of(file, table, {}, {})
    assert mapping.kind is kind
    found, problems = records(table, mapping, ZoneInfo(ZONE), silent)
    assert [(type(each.record), each.file, each.row) for each in found] == [(record, "export.txt", 2)]
    assert [problem for problem in problems if "has no id" not in problem.text] == []


def test_a_calendar_is_read_as_appointments_in_the_zone_asked_for(read):
    file = read(CALENDAR, "export.csv")
    assert file.tables == ()
    assert [(event.title, event.start.isoformat()) for event in file.events] == [("Call", "2026-11-30T09:00:00-05:00")]


def test_samples_show_the_first_rows_and_how_the_table_was_read(read):
    text = "Report\n" + TABLES[RecordKind.ACCOUNTS][0] + "Bo,2 Main St,Erie\n" * 20
    (sample,) = samples(read(text.replace(",", ";")), {})
    assert (sample.row_count, len(sample.rows), sample.mapping.kind) == (21, SAMPLE_ROWS, RecordKind.ACCOUNTS)
    assert sample.note == "UTF-8, semicolons, 1 lines that are no rows"
    (unknown,) = samples(read("a,b\n1,2\n"), {})
    assert (unknown.mapping, unknown.note) == (None, "UTF-8, commas")


def test_sheets_of_no_known_kind_are_left_out_when_others_are_known(read):
    accounts = [line.split(",") for line in TABLES[RecordKind.ACCOUNTS][0].splitlines()]
    file = read(ods({"Accounts": accounts, "Colours": [["Colour", "Code"], ["Red", "r"]]}), "book.ods")
    first, second = file.tables
    assert mapping_of(file, first, {}, {}).kind is RecordKind.ACCOUNTS
    assert mapping_of(file, second, {}, {}) is None
    alone = read(ods({"Colours": [["Colour", "Code"], ["Red", "r"]]}), "book.ods")
    with pytest.raises(BadInputFile, match="none of the files that can be imported"):
        mapping_of(alone, alone.tables[0], {}, {})


def test_what_was_chosen_goes_before_what_is_guessed(read):
    file = read(TABLES[RecordKind.ACCOUNTS][0])
    (table,) = file.tables
    chosen = TableMapping(RecordKind.REPS, {"name": "Account Name"})
    assert mapping_of(file, table, {"export.txt|": chosen}, {}) is chosen
    assert mapping_of(file, table, {"export.txt|": None}, {}) is None
    preset = to_document(TableMapping(RecordKind.CONTACTS, {"last_name": "Account Name"}), table.headers)
    assert guess_mapping(table.headers, presets={"Mine": preset}).kind is RecordKind.CONTACTS
    assert mapping_of(file, table, {}, {"Mine": preset}).preset == "Mine"
