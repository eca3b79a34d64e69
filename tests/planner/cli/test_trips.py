"""roadbook trips: data alone on stdout, messages on stderr, problems in plain words."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from driven_track import Habits, driven_track, write_gpx
from typer.testing import CliRunner, Result

from planner.cli.trips import app
from planner.errors import UserProblem
from planner.usecases.accounts import list_accounts
from planner.usecases.packs import need_pack
from planner.usecases.workspace import open_workspace


@pytest.fixture
def home(planned_home: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(planned_home, tmp_path / "home"))


@pytest.fixture
def roadbook(home: Path) -> Callable[..., Result]:
    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--home", str(home)])

    return call


def test_a_planned_week_is_made_into_trips_shown_begun_and_cancelled(roadbook: Callable[..., Result]):
    made = json.loads(roadbook("make", "2026-W49", "--json").stdout)
    assert made
    assert {trip["state"] for trip in made} == {"planned"}
    first = str(made[0]["id"])
    listed = roadbook("list", "--since", "2026-11-30", "--until", "2026-12-06")
    assert made[0]["name"].split(" and ")[0] in listed.stdout
    assert roadbook("begin", first).stderr == f"Begin trip: {made[0]['name']}.\n"
    shown = json.loads(roadbook("show", first, "--json").stdout)
    assert shown["planned_m"] == sum(stop["metres"] for stop in shown["stops"])
    assert (shown["driven_m"], shown["mileage_cents"]) == (None, None)
    assert isinstance(roadbook("finish", first).exception, UserProblem)
    assert roadbook("cancel", first).exit_code == 0
    assert roadbook("delete", first).exit_code == 0
    assert isinstance(roadbook("show", first).exception, UserProblem)


def test_a_trip_by_hand_has_costs(roadbook: Callable[..., Result], home: Path, tmp_path: Path):
    with open_workspace(home) as workspace:
        name = list_accounts(workspace)[0].name
    added = roadbook("add", "Errand", "--day", "2024-12-02", "--stop", f"{name}=12.5", "--back", "11")
    assert added.stderr == "Add trip: Errand, number 1.\n"
    receipt = tmp_path / "bill.pdf"
    receipt.write_bytes(b"bill")
    assert roadbook("cost", "add", "1", "hotel", "129.50", "--receipt", str(receipt)).stderr == "Add hotel of Dec 2: $129.50, number 1.\n"
    assert roadbook("cost", "change", "1", "1", "--amount", "99").stderr == "Change hotel of Dec 2: $99.00.\n"
    shown = json.loads(roadbook("show", "1", "--json").stdout)
    assert (shown["cost_cents"], shown["costs"][0]["receipt"]) == (9_900, "1-1.pdf")
    assert "23.5 miles planned, worth $15.75; $99.00 spent." in roadbook("show", "1").stderr
    assert roadbook("cost", "delete", "1").exit_code == 0
    assert isinstance(roadbook("cost", "change", "1", "1", "--amount", "3").exception, UserProblem)


def test_a_recorded_track_is_read_and_kept(roadbook: Callable[..., Result], home: Path, tmp_path: Path):
    with open_workspace(home) as workspace:
        accounts = [account for account in list_accounts(workspace) if account.place][:30:10]
        route = workspace.engine(need_pack(workspace)).route([account.place for account in accounts if account.place])
    track = driven_track(route, 1, Habits(tunnel_m=0, gaps_driving=0, gaps_staying=0), datetime(2024, 12, 3, 14, tzinfo=UTC))
    path = write_gpx(tmp_path / "day.gpx", track.points)
    told = json.loads(roadbook("track", str(path), "--json").stdout)
    assert told["metres"] == pytest.approx(track.metres, rel=0.05)
    assert [stay["account_id"] for stay in told["stays"]] == [accounts[1].id]
    assert json.loads(roadbook("list", "--json").stdout) == []
    kept = roadbook("track", str(path), "--keep")
    assert "Keep the track day. 1 visit is to be confirmed" in kept.stderr
    assert accounts[1].name in kept.stdout
    assert [trip["source"] for trip in json.loads(roadbook("list", "--json").stdout)] == ["gpx"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("make", "soon"), "is not a week"),
        (("make", "2025-W01"), "is not planned yet"),
        (("show", "99"), "There is no trip 99"),
        (("add", "Errand", "--day", "2024-12-02", "--stop", "Nobody at all"), "No account is called"),
        (("cost", "add", "99", "hotel", "1", "--day", "2024-12-02"), "There is no trip 99"),
        (("track", "gone.gpx"), "could not be opened"),
    ],
)
def test_what_cannot_be_is_a_plain_problem(roadbook: Callable[..., Result], arguments: tuple[str, ...], problem: str):
    result = roadbook(*arguments)
    assert isinstance(result.exception, UserProblem)
    assert problem in str(result.exception)
