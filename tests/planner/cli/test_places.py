"""roadbook places: data alone on stdout, messages on stderr, and every way to settle a place."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from map_servers import Fault, MapServer
from nominatim_answers import place
from typer.testing import CliRunner, Result

from planner.cli.app import run
from planner.cli.places import app
from planner.errors import ServerProblem, UserProblem
from planner.geocoding.nominatim import Nominatim
from planner.model.accounts import Account, AccountKind
from planner.model.places import LatLon, MatchQuality, PostalAddress
from planner.progress import silent
from planner.store.accounts import save_accounts
from planner.usecases import ask_online
from planner.usecases.accounts import list_accounts
from planner.usecases.locate_accounts import located
from planner.usecases.settings import set_setting
from planner.usecases.workspace import open_workspace

Call = Callable[..., Result]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Two accounts that are placed by their ZIP, and one that is not placed at all."""
    addresses = [PostalAddress(f"{n} Elm Street", "State College", "PA", "16801") for n in (1, 2)]
    names = zip(("Ada's Diner", "[b]Weis[/b]", "Nowhere Inn"), (*addresses, PostalAddress("3 Elm Street")), strict=True)
    accounts = [Account(0, name, name, AccountKind.CLIENT, address) for name, address in names]
    with open_workspace(tmp_path / "home") as workspace, workspace.writing("Test") as db:
        save_accounts(db, located(workspace, None, accounts, silent))
    return tmp_path / "home"


@pytest.fixture
def places(home: Path) -> Call:
    def call(*arguments: str, **options: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--home", str(home)], **options)

    return call


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MapServer]:
    """A server that knows Elm Street, allowed to be asked, without a pause."""
    with MapServer() as running:
        running.names = lambda asked: (
            [place(40.79, -77.86, house_number=asked["street"].split()[0], road="Elm Street")] if "street" in asked else []
        )
        quick = Nominatim(running.url, ask_online.USER_AGENT, 0.0, timeout_s=0.5, retry_wait_s=0.0)
        monkeypatch.setattr(ask_online, "_server", lambda _address: quick)
        with open_workspace(home) as workspace:
            set_setting(workspace, "nominatim", "https://names.example.org/")
            set_setting(workspace, "ask_online", "yes")
        yield running


def account(home: Path, name: str) -> Account:
    with open_workspace(home) as workspace:
        return next(each for each in list_accounts(workspace) if each.name == name)


def test_what_to_check_is_data_when_asked_for(places: Call, home: Path):
    result = places("check", "--json")
    assert result.exit_code == 0
    worst, *rest = json.loads(result.stdout)
    assert worst == {
        "id": account(home, "Nowhere Inn").id,
        "name": "Nowhere Inn",
        "address": "3 Elm Street",
        "problem": "unplaced",
        "why": "No road pack yet; No ZIP code or city is given.",
        "lat": None,
        "lon": None,
    }
    assert [each["problem"] for each in rest] == ["area", "area"]


def test_what_to_check_is_a_table_to_be_read(places: Call):
    result = places("check")
    assert (result.exit_code, result.stderr.strip()) == (0, "3 places to check.")
    assert "[b]Weis[/b]" in result.stdout
    assert result.stdout.index("Nowhere Inn") < result.stdout.index("Ada's Diner")


def test_candidates_are_listed_and_one_is_chosen_by_its_number(places: Call, home: Path):
    listed = json.loads(places("candidates", "Ada", "--json").stdout)
    assert [each["number"] for each in listed] == list(range(1, len(listed) + 1))
    assert listed[0]["text"] in places("candidates", "Ada").stdout
    result = places("choose", "Ada", "1")
    assert result.stderr == f"Ada's Diner is at {listed[0]['text']}.\n"
    chosen = account(home, "Ada's Diner")
    assert chosen.place == LatLon(listed[0]["lat"], listed[0]["lon"])
    assert chosen.match_note == f"Chosen by you: {listed[0]['text']}"


def test_an_account_without_candidates_is_told_of_the_pin(places: Call):
    result = places("candidates", "Nowhere")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "roadbook places pin" in result.stderr


def test_a_pin_goes_west_of_greenwich(places: Call, home: Path):
    result = places("pin", "Nowhere Inn", "40.79", "-77.86")
    assert result.exit_code == 0, result.output
    assert (account(home, "Nowhere Inn").place, account(home, "Nowhere Inn").match_quality) == (LatLon(40.79, -77.86), MatchQuality.MANUAL)


def test_several_are_marked_as_right_at_once(places: Call):
    assert places("right", "Ada", "Weis").stderr == "Mark the place of 2 accounts as right.\n"
    assert [each["name"] for each in json.loads(places("check", "--json").stdout)] == ["Nowhere Inn"]


def test_when_all_is_good_nothing_is_on_stdout(places: Call):
    places("right", "Ada", "Weis")
    places("pin", "Nowhere", "40.79", "-77.86")
    result = places("check")
    assert (result.stdout, result.stderr) == ("", "All places are good.\n")
    assert json.loads(places("check", "--json").stdout) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("choose", "Ada", "0"),
        ("choose", "Ada", "99"),
        ("pin", "Ada", "97", "-77"),
        ("pin", "Ada", "nan", "-77"),
        ("right", "Nowhere"),
        ("right", "Nobody"),
        ("candidates", ""),
        ("online",),
    ],
)
def test_what_cannot_be_is_told_plainly_and_changes_nothing(places: Call, arguments: tuple[str, ...]):
    before = places("check", "--json").stdout
    result = places(*arguments)
    assert isinstance(result.exception, UserProblem)
    assert result.exception.remedy
    assert (result.stdout, places("check", "--json").stdout) == ("", before)


def test_online_says_what_goes_where_and_asks_first(places: Call, server: MapServer):
    result = places("online", input="n\n")
    assert result.exit_code == 0
    assert "2 addresses would be sent to names.example.org, one a second: at least 2 seconds." in result.stderr
    assert "Nothing was sent." in result.stderr
    assert server.requests == []
    agreed = places("online", input="y\n")
    assert "2 addresses asked for, 2 found, 0 left." in agreed.stderr
    assert "Place 2 accounts by Nominatim." in agreed.stderr


def test_online_does_not_ask_when_told_so_and_asks_for_so_many_at_most(places: Call, server: MapServer):
    result = places("online", "--yes", "--most", "1", "--json")
    assert json.loads(result.stdout) == {"asked": 1, "found": 1, "left": 1, "problem": ""}
    assert "1 address would be sent" in result.stderr
    assert len(server.searches) == 1


def test_a_server_that_fails_is_a_problem_after_what_was_found_is_told(places: Call, server: MapServer):
    server.fail("/search", *[Fault(403)] * 9)
    result = places("online", "--yes", "--json")
    assert isinstance(result.exception, ServerProblem)
    assert json.loads(result.stdout)["left"] == 2


def test_the_commands_are_part_of_roadbook(home: Path, capsys: pytest.CaptureFixture[str]):
    assert run(["places", "check", "--home", str(home)]) == 0
    assert "Nowhere Inn" in capsys.readouterr().out
    assert run(["places", "online", "--home", str(home)]) == 2
    assert "roadbook settings set ask_online yes" in capsys.readouterr().err
