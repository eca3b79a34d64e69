"""roadbook versions: data alone on stdout, messages on stderr, problems in plain words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.versions import app
from planner.errors import UserProblem
from planner.model.calendar import IsoWeek
from planner.model.places import LatLon, NamedPlace
from planner.model.week import DayPlan, Stop, VisitKind, WeekPlan
from planner.store.plans import save_plan
from planner.usecases.workspace import open_workspace

HOME = NamedPlace("Home", LatLon(40.79, -77.86))
WEEK = IsoWeek(2026, 49)


def plan(*visits: tuple[str, int]) -> WeekPlan:
    """A Monday with these visits, each worth ten points."""
    stops = tuple(
        Stop(name.lower(), name, VisitKind.CARE, LatLon(40.8, -77.8), s := hour * 3600, s, s + 1800, 600, 5_000, 10.0)
        for name, hour in visits
    )
    return WeekPlan(WEEK, "America/New_York", (DayPlan(WEEK.day(0), HOME, HOME, 28_800, 61_200, stops, 600, 5_000),))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with open_workspace(tmp_path / "home") as workspace, workspace.writing("Test") as db:
        save_plan(db, plan(("Giant", 9), ("Weis", 10)), sample=False, label="Plan week 49")
        save_plan(db, plan(("Giant", 11), ("[b]Sheetz[/b]", 12), ("Ada", 13)), sample=False, label="Move Giant to Mon 11:00")
    return tmp_path / "home"


@pytest.fixture
def roadbook(home: Path) -> Callable[..., Result]:
    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--home", str(home)])

    return call


def test_the_list_is_data_when_asked_for(roadbook: Callable[..., Result]):
    result = roadbook("list", "--week", "2026-W49", "--json")
    assert result.exit_code == 0
    newest, oldest = json.loads(result.stdout)
    assert (newest["id"], newest["label"], newest["value"], newest["name"]) == (2, "Move Giant to Mon 11:00", 30.0, "")
    assert (oldest["id"], oldest["week"], oldest["made_at"][-6:]) == (1, "2026-W49", "+00:00")


def test_the_list_is_a_table_to_be_read(roadbook: Callable[..., Result]):
    result = roadbook("list", "--week", "2026-W49")
    assert result.exit_code == 0
    assert result.stdout.index("Move Giant to") < result.stdout.index("Plan week 49")


def test_a_week_without_a_plan_is_told_on_stderr(roadbook: Callable[..., Result]):
    result = roadbook("list", "--week", "2026-W50")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2026-W50 is not planned yet" in result.stderr
    assert json.loads(roadbook("list", "--week", "2026-W50", "--json").stdout) == []


def test_a_version_is_named(roadbook: Callable[..., Result]):
    result = roadbook("name", "1", "Before the fair")
    assert result.exit_code == 0
    assert "Before the fair" in result.stderr
    assert json.loads(roadbook("list", "--week", "2026-W49", "--json").stdout)[1]["name"] == "Before the fair"


def test_two_versions_are_compared_as_data(roadbook: Callable[..., Result]):
    result = roadbook("compare", "--week", "2026-W49", "--json")
    assert result.exit_code == 0
    diff = json.loads(result.stdout)
    assert diff["summary"] == "+1 visit, +10 value, 10 min more driving"
    assert [one["name"] for one in diff["added"]] == ["[b]Sheetz[/b]", "Ada"]
    assert diff["removed"] == [
        {"key": "weis", "name": "Weis", "kind": "care", "day": "2026-11-30", "start": "10:00", "start_s": 36_000, "why": ""}
    ]
    (moved,) = diff["other_time"]
    assert (moved["before"]["start"], moved["after"]["start"]) == ("09:00", "11:00")
    assert diff["drive"] == {"seconds": 600, "metres": 5_000}
    assert diff["lines"][0] == "Giant: Mon 9:00 -> 11:00"


def test_two_versions_are_compared_to_be_read(roadbook: Callable[..., Result]):
    result = roadbook("compare", "2", "1", "--week", "2026-W49")
    assert result.exit_code == 0
    lines = [line.strip() for line in result.stdout.splitlines()]
    assert lines[0] == "-1 visit, -10 value, 10 min less driving"
    assert "New: Weis, Mon 10:00" in lines
    assert "Out: [b]Sheetz[/b], Mon 12:00" in lines


def test_going_back_makes_a_copy_the_newest(roadbook: Callable[..., Result]):
    result = roadbook("back", "1", "--week", "2026-W49")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Go back to Plan week 49" in result.stderr
    assert "2 visits" in result.stderr
    assert [one["id"] for one in json.loads(roadbook("list", "--week", "2026-W49", "--json").stdout)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("arguments", "what"),
    [
        (("back", "7", "--week", "2026-W49"), "no version 7"),
        (("back", "1", "--week", "2026-W50"), "not a plan of week 50"),
        (("compare", "--week", "2026-W50"), "not planned yet"),
        (("compare", "1", "7", "--week", "2026-W49"), "no version 7"),
        (("name", "1", "x" * 81), "too long"),
        (("list", "--week", "next"), "not a week"),
    ],
)
def test_problems_are_the_users_to_mend(roadbook: Callable[..., Result], arguments: tuple[str, ...], what: str):
    result = roadbook(*arguments)
    assert result.stdout == ""
    assert isinstance(result.exception, UserProblem)
    assert what in str(result.exception)


@pytest.mark.parametrize("number", ["0", "-1", "x", "1" + "0" * 30])
def test_what_is_no_number_of_a_version_is_refused(roadbook: Callable[..., Result], number: str):
    assert roadbook("back", number, "--week", "2026-W49").exit_code == 2
