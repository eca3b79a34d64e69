"""Text of others stays text: imported, planned, and in everything that is written or printed."""

import csv
import json
import os
import re
import shutil
from datetime import date
from html.parser import HTMLParser

import pytest
from hostile_texts import CUSTOM, HOSTILE, hostile, plain, write_files
from icalendar import Calendar

from planner.cli.app import run
from planner.model.accounts import VisitOutcome
from planner.model.calendar import IsoWeek
from planner.model.imports import RecordKind
from planner.model.tracking import Visit
from planner.model.week import VisitKind
from planner.progress import silent
from planner.usecases.accounts import account_details, fitting_accounts, list_accounts
from planner.usecases.edit_accounts import edit_account
from planner.usecases.export_week import FORMATS, export_week
from planner.usecases.import_accounts import import_accounts
from planner.usecases.log_visit import log_visit
from planner.usecases.plan_week import PlanOptions, plan_week
from planner.usecases.problem_list import problem_text, write_problem_list
from planner.usecases.team import list_reps
from planner.usecases.week import load_week
from planner.usecases.workspace import open_workspace

WEEK = IsoWeek(2026, 49)
OF_AN_EVENT = {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY", "DTSTART", "DTEND", "LOCATION", "GEO", "DESCRIPTION", "STATUS", "TRANSP"}

pytestmark = pytest.mark.skipif(os.name == "nt", reason="no file can have such names there")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def imported(sample_home, folder):
    """The sample territory with a hostile text in every place, planned, and what its import told."""
    shutil.copytree(sample_home, folder / "home")
    with open_workspace(folder / "home") as workspace:
        files = write_files(folder / "files", sorted(list_accounts(workspace), key=lambda account: account.id))
        outcome = import_accounts(workspace, files, silent, sample=True)
        plan_week(workspace, WEEK, PlanOptions(iterations=600), silent)
    return outcome


@pytest.fixture
def workspace(imported, folder):
    with open_workspace(folder / "home") as opened:
        yield opened


@pytest.fixture
def plan(workspace):
    return load_week(workspace, WEEK)


def stops(plan):
    return [stop for day in plan.days for stop in day.stops]


def test_every_name_is_kept_as_text(workspace, imported):
    kept = sorted(list_accounts(workspace), key=lambda account: account.id)[: imported.of(RecordKind.ACCOUNTS).changed]
    names = [account.name for account in kept]
    assert names == [plain(hostile(at)) for at in range(len(kept))]
    assert [account.custom[-1][1] for account in kept] == [hostile(at + 6).replace("\x00", "").strip() for at in range(len(kept))]
    assert kept[0].custom[-1][0] == CUSTOM
    assert {rep.name for rep in list_reps(workspace)} >= {plain(hostile(at)) for at in range(len(HOSTILE))}
    with workspace.reading() as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert "accounts" in db.table_names()
    details = account_details(workspace, kept[0].id)
    assert details.opportunities[0].name == plain(hostile(0))
    assert [(contact.first_name, contact.last_name) for contact in details.contacts] == [(plain(hostile(0)), plain(hostile(1)))]
    assert [(activity.kind, activity.note) for activity in details.activities] == [(hostile(0), hostile(3))]
    assert {problem.file for problem in imported.problems} <= {path.name for path in (workspace.home.parent / "files").iterdir()}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_looked_for_as_text(workspace, text):
    wanted = plain(text)
    assert all(wanted.casefold() in account.name.casefold() for account in fitting_accounts(workspace, wanted))
    assert fitting_accounts(workspace, wanted)


def test_a_hostile_text_is_typed_in_as_text(workspace):
    last = max(list_accounts(workspace), key=lambda account: account.id)
    for text in HOSTILE:
        edit_account(workspace, last.id, {"notes": text})
        assert account_details(workspace, last.id).account.notes == text.strip()
    log_visit(workspace, Visit(0, last.id, date(2026, 11, 20), VisitOutcome.MET, "'; DROP TABLE visits; --"))
    assert account_details(workspace, last.id).visits[0].note == "'; DROP TABLE visits; --"


class Tags(HTMLParser):
    """The tags of a page with the names of their attributes, and the text in each script."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags = []
        self.scripts = {}
        self.title = ""
        self._in = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, tuple(name for name, _value in attrs)))
        self._in = dict(attrs).get("id", "") if tag == "script" else tag

    def handle_endtag(self, tag):
        self._in = None

    def handle_data(self, data):
        if self._in == "title":
            self.title += data
        elif self._in:
            self.scripts[self._in] = self.scripts.get(self._in, "") + data


def test_the_map_has_the_tags_it_always_has(workspace, plan, planned_home, copy_of, web_parts, tmp_path):
    usual = Tags(export_week(copy_of(planned_home), WEEK, "html", tmp_path / "usual.html", silent).read_text("utf-8"))
    page = Tags(export_week(workspace, WEEK, "html", tmp_path / "week.html", silent).read_text("utf-8"))
    assert page.tags == usual.tags
    assert not [name for _tag, names in page.tags for name in names if name.startswith("on")]
    shown = [entry for day in json.loads(page.scripts["week"])["days"] for entry in day["entries"] if entry["type"] == "stop"]
    assert sorted(entry["title"] for entry in shown) == sorted(stop.title for stop in stops(plan))
    assert {hostile_kind(stop.title) for stop in stops(plan)} - {None}


def hostile_kind(title):
    return next((text for text in HOSTILE if plain(text) in title), None)


def test_the_map_shows_the_names_and_runs_none(workspace, plan, browser, web_parts, tmp_path):
    browser.open(export_week(workspace, WEEK, "html", tmp_path / "week.html", silent).as_uri())
    browser.until("document.querySelector('canvas.leaflet-tile-loaded')")
    shown = browser.run("document.body.textContent")
    assert browser.run("window.hurt === undefined")
    assert browser.console == []
    assert [url for url in browser.requests if not url.startswith(("file:", "data:", "blob:"))] == []
    first = next(stop for day in plan.days for stop in day.stops if stop.kind is not VisitKind.DUTY)
    assert " ".join(first.title.split())[:40] in " ".join(shown.split())


def test_the_calendar_has_an_appointment_a_visit_and_nothing_else(workspace, plan, tmp_path):
    raw = export_week(workspace, WEEK, "ics", tmp_path / "week.ics", silent).read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", raw)
    events = Calendar.from_ical(raw).walk("VEVENT")
    visits = [stop for stop in stops(plan) if stop.kind is not VisitKind.DUTY]
    assert len(events) == raw.count(b"BEGIN:VEVENT\r\n") == len(visits)
    printable = [re.sub(r"[\x00-\x1f\x7f-\x9f]", "", stop.title) for stop in visits]
    assert [str(event["SUMMARY"]) for event in events] == printable
    assert {name for event in events for name in event} <= OF_AN_EVENT | {"X-MICROSOFT-CDO-BUSYSTATUS"}


COMMANDS = {
    "accounts list": ["accounts", "list"],
    "team": ["team", "list"],
    "plan": ["plan", "--week", str(WEEK), "--iterations", "60"],
    "why": ["why", "1", "--week", str(WEEK)],
    "versions": ["versions", "list", "--week", str(WEEK)],
    "gap": ["gap", "--at", "2026-12-01T10:00"],
}


@pytest.mark.parametrize("name", COMMANDS)
def test_a_terminal_gets_nothing_it_would_obey(workspace, folder, capfd, name):
    code = run([*COMMANDS[name], "--home", str(folder / "home")])
    out, err = capfd.readouterr()
    assert "Traceback" not in err
    assert code in {0, 2}
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", out + err)


@pytest.mark.parametrize("name", ["accounts list", "plan"])
def test_data_is_json_whatever_the_names(workspace, folder, capfd, name):
    assert run([*COMMANDS[name], "--json", "--home", str(folder / "home")]) == 0
    data = json.loads(capfd.readouterr().out)
    known = {account.name for account in list_accounts(workspace)}
    if name == "plan":
        assert {left["name"] for left in data["left_out"]} <= known
        assert len(data["days"]) == 5
    else:
        assert {each["name"] for each in data} == known


def test_the_list_of_problems_has_no_formulas(imported, tmp_path):
    out = write_problem_list(imported.problems, tmp_path / "problems.csv")
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 1 + len(imported.problems)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert list(csv.reader(problem_text(imported.problems).splitlines(keepends=True), delimiter="\t"))[1:] == rows[1:]


def test_nothing_is_written_outside_the_folder(workspace, folder, tmp_path):
    for kind in FORMATS:
        export_week(workspace, WEEK, kind, tmp_path / f"'; rm -rf ~; $(x) <b>.{kind}", silent)
    assert {path.name for path in tmp_path.iterdir()} == {f"'; rm -rf ~; $(x) <b>.{kind}" for kind in FORMATS}
    assert {path.name for path in folder.iterdir()} == {"home", "files"}
