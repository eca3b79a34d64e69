"""roadbook accounts import --map: columns named by hand, kept as a preset, wrong names told."""

from pathlib import Path

import pytest

from planner.cli.app import run
from planner.usecases.accounts import list_accounts
from planner.usecases.presets import list_presets
from planner.usecases.workspace import open_workspace

MAPPED = ["--map", "Firm = name", "--map", "Where=Street", "--map", "Place=city"]


@pytest.fixture
def firms(tmp_path: Path) -> str:
    path = tmp_path / "firms.csv"
    path.write_text("Firm,Where,Place,A=B\nWeis,2 Elm St,State College,North\n")
    return str(path)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_file_is_read_by_the_columns_named_and_so_again(firms: str, home: Path, capfd: pytest.CaptureFixture[str]):
    named = [*MAPPED, "--map", "A=B=tags", "--save-preset", "Firms"]
    assert run(["accounts", "import", firms, *named, "--home", str(home)]) == 0
    err = capfd.readouterr().err
    assert "Accounts added 1," in err
    assert "Save the preset “Firms”." in err
    assert run(["accounts", "import", firms, "--home", str(home)]) == 0
    assert "Accounts added 0, changed 0, unchanged 1." in capfd.readouterr().err
    with open_workspace(home) as workspace:
        assert [(each.name, each.tags) for each in list_accounts(workspace)] == [("Weis", ("North",))]


def test_nothing_is_kept_by_a_dry_run(firms: str, home: Path, capfd: pytest.CaptureFixture[str]):
    assert run(["accounts", "import", firms, *MAPPED, "--save-preset", "Firms", "--dry-run", "--home", str(home)]) == 0
    assert "Accounts would be added 1," in capfd.readouterr().err
    with open_workspace(home) as workspace:
        assert (list_accounts(workspace), list_presets(workspace)) == ([], {})


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--map", "Firm"], "“Firm” does not say what a column holds."),
        (["--map", "=name"], "Write it as Firm=name."),
        (["--as", "accounts"], "--as goes with --map."),
        (["--save-preset", "Firms"], "--save-preset goes with --map."),
        (["--map", "Frim=name"], "There is: Firm, Where, Place, A=B."),
        (["--map", "Firm=nmae"], "A column can be: id, number, name,"),
        (["--map", "Firm=name", "--as", "accounts"], "Say which column is Street."),
    ],
)
def test_wrong_names_are_told(firms: str, home: Path, options: list[str], told: str, capfd: pytest.CaptureFixture[str]):
    assert run(["accounts", "import", firms, *options, "--home", str(home)]) == 2
    assert told in capfd.readouterr().err
    with open_workspace(home) as workspace:
        assert list_accounts(workspace) == []
