"""roadbook report, ready, mail, duties: data alone on stdout, messages on stderr, problems in plain words."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
import typer
from small_book import account, deal, helped, rep, visit
from typer.testing import CliRunner, Result

from planner.cli import reports
from planner.errors import UserProblem
from planner.model.accounts import Contact
from planner.model.tracking import SupportKind
from planner.store.accounts import save_accounts, save_opportunities, save_reps
from planner.store.book import save_contacts
from planner.store.visits import save_visit
from planner.usecases.workspace import open_workspace
from planner.values import replace

TODAY = date.today()  # noqa: DTZ011 - as the commands see it


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_workspace(tmp_path / "home") as workspace, workspace.writing("Test") as db:
        save_accounts(db, [replace(account(1, name="[b]Uni-Mart[/b]"), id=0)])
        save_opportunities(db, [deal(1, "Closed Won", 500, close_date=TODAY)])
        save_reps(db, [rep("Ada"), rep("Ben")], sample=False)
        save_contacts(db, [Contact(0, "c1", 1, "Pat", "Lee", email="pat@example.com")])
        save_visit(db, visit(0, TODAY - timedelta(days=70), 1, minutes=60, met=("Pat Lee",)))
        save_visit(db, helped(0, TODAY - timedelta(days=3), SupportKind.RIDE_ALONG, minutes=120))
    return tmp_path / "home"


@pytest.fixture
def roadbook(home: Path) -> Callable[..., Result]:
    app = typer.Typer()
    app.add_typer(reports.app, name="report")
    app.add_typer(reports.duties, name="duties")
    app.command("ready")(reports.ready)
    app.command("mail")(reports.mail)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--home", str(home)])

    return call


def data(result: Result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_funnel_is_data_when_asked_for(roadbook):
    total = data(roadbook("report", "funnel", "--json"))["total"]
    assert total["counts"] == {"prospect": 1, "first visit": 1, "qualified": 1, "proposal": 1, "won": 1, "lost": 0}
    assert (total["won_cents"], total["effort"]) == (50_000, {"seconds": 3_600.0, "cents": 0.0})
    month = data(roadbook("report", "funnel", "--month", f"{TODAY:%Y-%m}", "--json"))
    assert month["period"]["first"] == TODAY.replace(day=1).isoformat()
    assert (month["total"]["counts"]["first visit"], month["total"]["counts"]["won"]) == (0, 1)


def test_every_report_is_data_and_a_table(roadbook):
    quiet = data(roadbook("report", "quiet", "--days", "30", "--json"))
    assert quiet == []  # its only deal is won
    support = data(roadbook("report", "support", "--json"))
    assert {line["rep"]["name"]: line["helped"] for line in support["lines"]} == {
        "Ben": [],
        "Ada": [{"kind": "ride-along", "times": 1, "minutes": 120}],
    }
    team = data(roadbook("report", "team", "--json"))
    assert [(one["rep"]["name"], one["won_month_cents"]) for one in team] == [("Ada", 50_000), ("Ben", 0)]
    assert data(roadbook("report", "one-on-one", "ada", "--json"))["wins"] == ["Won: Deal 1, $500 a month"]
    for command in (["funnel"], ["quiet"], ["support"], ["team"], ["one-on-one", "Ada"]):
        result = roadbook("report", *command)
        assert result.exit_code == 0, result.output
        assert len(result.stdout.splitlines()) > 1


def test_a_report_is_written_to_a_file_and_its_names_are_shown_as_they_are(roadbook, tmp_path):
    out = tmp_path / "sheet.html"
    result = roadbook("report", "one-on-one", "Ada", "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "One-on-one: Ada" in out.read_text("utf-8")
    assert "[b]Uni-Mart[/b] (B)" in roadbook("report", "team").stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("report", "funnel", "--month", "November"), "not a month"),
        (("report", "one-on-one", "Zoe"), "No rep is called"),
        (("report", "team", "--out", "team.docx"), "cannot be written as"),
        (("ready", "week 49"), "not a week"),
        (("mail", "99"), "no visit 99"),
        (("duties", "delete", "dinner"), "no duty"),
        (("duties", "add", "Meeting", "--first", "2026-12-07", "--at", "half past"), "not a time of day"),
        (("duties", "add", "Meeting", "--first", "soon", "--at", "08:30"), "not a day"),
    ],
)
def test_what_cannot_be_is_told(roadbook, arguments, told):
    result = roadbook(*arguments)
    assert isinstance(result.exception, UserProblem)
    assert told in str(result.exception)


def test_ready_says_how_it_stands(roadbook):
    found = data(roadbook("ready", "2026-W49", "--json"))
    assert {"state": "bad", "about": "Plan", "text": "The week is not planned yet.", "fix": "plan-week"} in found
    assert "not planned yet" in " ".join(roadbook("ready", "2026-W49").stdout.split())


def test_a_mail_is_shown_with_its_link_or_written_but_never_sent(roadbook, tmp_path):
    shown = roadbook("mail", "1", "--me", "Kim")
    assert shown.exit_code == 0
    assert shown.stdout.startswith("To: pat@example.com\nSubject: Thank you for your time on ")
    assert "mailto:pat@example.com?subject=" in shown.stderr
    assert data(roadbook("mail", "1", "--json"))["to"] == ["pat@example.com"]
    written = roadbook("mail", "1", "--template", "sorry we missed you", "--out", str(tmp_path / "draft.eml"))
    assert (written.exit_code, written.stdout) == (0, "")
    assert "Written, not sent" in written.stderr
    assert b"X-Unsent: 1" in (tmp_path / "draft.eml").read_bytes()


def test_duties_are_added_listed_skipped_and_deleted(roadbook):
    first = TODAY + timedelta(days=7)
    added = roadbook("duties", "add", "Staff meeting", "--first", first.isoformat(), "--at", "08:30", "--minutes", "90")
    assert (added.exit_code, added.stderr) == (0, "Add duty: Staff meeting.\n")
    roadbook("duties", "add", "", "--first", first.isoformat(), "--at", "14:00", "--every", "two weeks", "--rep", "ada")
    listed = data(roadbook("duties", "list", "--json"))
    assert [(one["event"]["title"], one["next_day"]) for one in listed] == [
        ("Staff meeting", first.isoformat()),
        ("One-on-one: Ada", first.isoformat()),
    ]
    assert "two weeks" in roadbook("duties", "list").stdout
    assert roadbook("duties", "skip", "staff", first.isoformat()).exit_code == 0
    assert data(roadbook("duties", "list", "--json"))[1]["next_day"] == (first + timedelta(days=7)).isoformat()
    assert roadbook("duties", "delete", "one-on-one").stderr == "Delete duty: One-on-one: Ada.\n"
    assert [one["event"]["title"] for one in data(roadbook("duties", "list", "--json"))] == ["Staff meeting"]
