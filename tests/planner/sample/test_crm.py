import csv
import re
from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar

from planner.sample.appointments import write_calendar

TODAY = date(2026, 11, 23)
LONG = dict(
    zip(
        ("St", "Ave", "Dr", "Rd", "Ln", "Ct", "Blvd", "N", "S", "E", "W"),
        ("Street", "Avenue", "Drive", "Road", "Lane", "Court", "Boulevard", "North", "South", "East", "West"),
        strict=True,
    )
)
STAGES = {
    "Prospecting": 10,
    "Qualification": 10,
    "Needs Analysis": 20,
    "Value Proposition": 50,
    "Id. Decision Makers": 60,
    "Perception Analysis": 70,
    "Proposal/Price Quote": 75,
    "Negotiation/Review": 90,
}


@pytest.fixture(scope="session")
def accounts(sample):
    lines = sample.accounts.read_bytes().decode("latin-1").split("\r\n")
    end = lines.index("", 1)
    return list(csv.DictReader(lines[:end]))


def spelled_out(street):
    street = re.sub(r",? (Suite|Unit|Ste) \d+$", "", street)
    return " ".join(LONG.get(word, word) for word in street.split()).lower()


def test_the_report_ends_in_lines_that_are_no_data(sample, accounts):
    tail = sample.accounts.read_bytes().decode("latin-1").split("\r\n")[len(accounts) + 1 :]
    assert tail[0] == ""
    assert '"Grand Totals (150 records)"' in tail
    assert '"Confidential Information - Do Not Distribute"' in tail


def test_there_are_a_hundred_prospects_and_fifty_clients(accounts):
    kinds = Counter(row["Type"] for row in accounts)
    assert sum(kinds.values()) == 150
    assert abs(kinds["Prospect"] - 100) <= 2
    assert abs(kinds["Customer - Direct"] - 50) <= 2
    assert len({row["Account ID"] for row in accounts}) == 150
    assert len({row["Industry"] for row in accounts}) > 15


def test_every_address_is_on_the_map_but_for_the_deliberate_noise(accounts, osm):
    known = {(street.lower(), city.lower()): tags[0] for (street, city), tags in osm.addresses().items()}
    placed = [row for row in accounts if (spelled_out(row["Billing Street"].title()), row["Billing City"].lower()) in known]
    boxes = [row for row in accounts if row["Billing Street"].startswith("PO Box")]
    typos = [row for row in accounts if row not in placed and row not in boxes]
    assert len(boxes) == 2
    assert 3 <= len(typos) <= 4
    for row in placed:
        code = known[spelled_out(row["Billing Street"].title()), row["Billing City"].lower()]["addr:postcode"]
        assert row["Billing Zip/Postal Code"] in {code, ""}


def test_the_noise_is_there(accounts):
    assert any(row["Billing Street"].isupper() for row in accounts)
    assert any(re.search(r"(Suite|Unit|Ste) \d+$", row["Billing Street"]) for row in accounts)
    assert any(not row["Billing Zip/Postal Code"] for row in accounts)
    assert len({(row["Phone"], row["Employees"], row["Annual Revenue"]) for row in accounts}) == 148


def test_last_activities_are_spread_over_the_year_before_today(accounts):
    days = [datetime.strptime(row["Last Activity"], "%m/%d/%Y").date() for row in accounts if row["Last Activity"]]  # noqa: DTZ007 - a plain date
    assert 120 < len(days) < 150
    assert all(timedelta() < TODAY - day <= timedelta(days=366) for day in days)
    assert len({day.month for day in days}) == 12


def test_opportunities_are_open_join_their_accounts_and_close_after_today(sample, accounts):
    rows = list(csv.DictReader(sample.opportunities.read_text(encoding="utf-8-sig").splitlines()))
    assert len(rows) == 90
    owners = {row["Account ID"]: row["Account Owner"] for row in accounts}
    for row in rows:
        assert owners[row["AccountId"]] == row["Owner"]
        assert STAGES[row["StageName"]] == int(row["Probability"])
        assert date.fromisoformat(row["CloseDate"]) > TODAY


def test_reps_own_the_accounts_and_live_at_addresses_of_the_map(sample, accounts, osm):
    reps = list(csv.DictReader(sample.reps.read_text(encoding="utf-8").splitlines()))
    assert Counter(rep["Role"] for rep in reps) == {"Account Executive": 3, "Account Manager": 2}
    assert {row["Account Owner"] for row in accounts} == {rep["Name"] for rep in reps}
    assert all((rep["Home Street"], rep["Home City"]) in osm.addresses() for rep in reps)


def test_the_calendar_holds_the_standing_meetings(sample):
    text = sample.calendar.read_bytes()
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    events = Calendar.from_ical(text).walk("VEVENT")
    rules = {str(event["SUMMARY"]): event.get("RRULE") for event in events}
    staff = next(event for event in events if event["SUMMARY"] == "Weekly sales staff meeting")
    assert staff["DTSTART"].params["TZID"] == "Eastern Standard Time"
    assert staff["DTSTART"].dt.date().weekday() == 0
    assert staff["DTSTART"].dt.date() < TODAY
    assert sample.office in str(staff["LOCATION"])
    assert rules["Weekly sales staff meeting"]["FREQ"] == ["WEEKLY"]
    assert any(rule and rule.get("INTERVAL") == [2] for rule in rules.values())
    private = next(event for event in events if event.get("CLASS") == "PRIVATE")
    assert timedelta() < private["DTSTART"].dt.date() - TODAY < timedelta(days=14)


def test_the_appointments_move_with_today(tmp_path):
    write_calendar(tmp_path / "moved.ics", date(2027, 3, 3), "1 Main Street, Alder Falls, PA 16991", "A", "B")
    starts = [event["DTSTART"].dt.date() for event in Calendar.from_ical((tmp_path / "moved.ics").read_bytes()).walk("VEVENT")]
    assert [(day - date(2027, 3, 1)).days for day in starts] == [-84, -83, -80, 9]
