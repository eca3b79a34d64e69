"""roadbook mileage: data alone on stdout, messages on stderr, problems in plain words."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from planner.cli.mileage import app, cents_in, dollars, metres_in, miles
from planner.errors import UserProblem
from planner.usecases.workspace import open_workspace


@pytest.fixture
def roadbook(tmp_path: Path) -> Callable[..., Result]:
    with open_workspace(tmp_path / "home"):
        pass

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(app, [*arguments, "--home", str(tmp_path / "home")])

    return call


def add(roadbook: Callable[..., Result], *more: str) -> Result:
    return roadbook("add", "Home", "[b]Giant[/b]", "--day", "2024-12-02", *more)


def test_a_drive_is_added_corrected_confirmed_and_added_up(roadbook: Callable[..., Result]):
    assert add(roadbook, "--miles", "12.5").stderr == "Add the drive to [b]Giant[/b], number 1.\n"
    assert add(roadbook, "--odometer", "100-110.4", "--kind", "commute").exit_code == 0
    assert roadbook("correct", "1", "--miles", "20", "--purpose", "Demo").stderr == "Correct the drive to [b]Giant[/b]: 20.0 miles.\n"
    assert roadbook("confirm", "1", "2").stderr == "Confirm 2 drives.\n"
    first, second = json.loads(roadbook("list", "--since", "2024-12-01", "--json").stdout)
    assert (first["purpose"], first["metres"], first["confirmed"], first["source"]) == ("Demo", 32187, True, "typed")
    assert (second["odometer"], second["kind"]) == ([1000, 1104], "commute")
    year = json.loads(roadbook("year", "2024", "--json").stdout)
    assert [month["cents"] for month in year["months"] if month["cents"]] == [1340]
    assert "December" in roadbook("year", "2024").stdout
    assert "[b]Giant[/b]" in roadbook("list").stdout
    assert roadbook("delete", "2").stderr == "Delete 1 drive.\n"
    assert len(json.loads(roadbook("list", "--json").stdout)) == 1


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_year_is_written_by_the_name_of_its_file(roadbook: Callable[..., Result], tmp_path: Path, suffix: str):
    add(roadbook, "--miles", "12.5")
    out = tmp_path / f"log.{suffix}"
    assert roadbook("export", "2024", str(out)).exit_code == 0
    assert out.stat().st_size > 100


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("confirm", "9"), "There is no drive 9"),
        (("propose", "9"), "There is no trip 9"),
        (("correct", "9"), "Nothing is to be corrected"),
        (("correct", "9", "--miles", "1", "--odometer", "1-2"), "miles follow from the odometer"),
        (("correct", "9", "--odometer", "12"), "is not what an odometer showed"),
        (("add", "Home", "Shop", "--day", "2024-12-02"), "How far it was is not said"),
        (("add", "Home", "Shop", "--day", "2024-12-02", "--miles", "1", "--odometer", "1-2"), "miles follow from the odometer"),
        (("add", "Home", "Shop", "--day", "yesterday", "--miles", "1"), "is not a day"),
        (("add", "Home", "Shop", "--day", "2024-12-02", "--miles", "far"), "is not a number of miles"),
        (("add", "Home", "Shop", "--day", "2024-12-02", "--miles", "1", "--account", "Nobody"), "No account is called"),
        (("export", "2024", "log.pdf"), "is neither a workbook nor a table"),
        (("year", "2001"), "There is no mileage rate for 2001"),
    ],
)
def test_what_cannot_be_is_a_plain_problem(roadbook: Callable[..., Result], arguments: tuple[str, ...], problem: str):
    result = roadbook(*arguments)
    assert isinstance(result.exception, UserProblem)
    assert problem in str(result.exception)


def test_miles_and_dollars_are_read_and_told_exactly():
    assert (metres_in("10"), miles(16_093), cents_in("$1,129.50"), dollars(112_950)) == (16_093, "10.0", 112_950, "1,129.50")
    for text in ("", "NaN", "-1", "1e99", "x"):
        with pytest.raises(UserProblem, match="is not a number of miles"):
            metres_in(text)
    with pytest.raises(UserProblem, match="not an amount"):
        cents_in("1.005")
