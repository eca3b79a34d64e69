"""What all tests share: territories made once and copied for each test."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

import pytest
import time_machine

from planner.model.calendar import IsoWeek
from planner.progress import silent
from planner.usecases.workspace import Workspace, open_workspace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["LC_ALL"] = "C.UTF-8"  # dates and numbers as the system has them are the same on any system

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
TODAY = date(2026, 11, 23)
WEEK = IsoWeek(2026, 49)
NOON = datetime(2026, 11, 23, 17, tzinfo=UTC)
"""Noon of TODAY in New York. The made-up week is the next one for every test, whenever and for however long the tests run: none fails for a
weekday, after midnight or next year. The clock goes on from here; only processes of their own have the true one."""
time_machine.travel(NOON).start()
SIX_FILES = ("accounts.csv", "opportunities.csv", "reps.csv", "calendar.ics", "billing.txt", "activities.csv")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real extracts and accounts beside the project; tests that need them skip when they are absent."""
    if not SHARED.is_dir():
        pytest.skip("the real data beside the project is not there")
    return SHARED


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    with open_workspace(tmp_path / "home") as opened:
        yield opened


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample territory in it, made once; copy it to change it."""
    from planner.usecases.sample import add_sample

    home = tmp_path_factory.mktemp("sample") / "home"
    with open_workspace(home) as opened:
        add_sample(opened, silent, TODAY)
    return home


@pytest.fixture(scope="session")
def planned_home(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample territory in it and its next week planned, made once; copy it to change it."""
    from planner.usecases.plan_week import PlanOptions, plan_week

    home = tmp_path_factory.mktemp("planned") / "home"
    shutil.copytree(sample_home, home)
    with open_workspace(home) as opened:
        plan_week(opened, WEEK, PlanOptions(iterations=1500), silent)
    return home


@pytest.fixture(scope="session")
def state_college_home(tmp_path_factory: pytest.TempPathFactory, shared_data: Path) -> Path:
    """A home with the roads of State College and its accounts, made once; copy it to change it."""
    from planner.usecases.import_accounts import import_accounts
    from planner.usecases.packs import build_pack

    home = tmp_path_factory.mktemp("state-college") / "home"
    files = shared_data / "accounts" / "state-college"
    with open_workspace(home) as opened:
        build_pack(opened, shared_data / "osm" / "state-college.osm.pbf", "State College", silent)
        import_accounts(opened, [files / name for name in SIX_FILES], silent)
    return home


@pytest.fixture
def copy_of(tmp_path: Path) -> Iterator[Callable[[Path], Workspace]]:
    """A function that opens a copy of a home, closed at the end of the test."""
    opened: list[Workspace] = []

    def copy(home: Path) -> Workspace:
        target = tmp_path / f"copy-{len(opened)}"
        shutil.copytree(home, target)
        opened.append(open_workspace(target))
        return opened[-1]

    yield copy
    for one in opened:
        one.close()


@pytest.fixture(scope="session", autouse=True)
def today() -> Iterator[date]:
    """A Monday in November for everything that looks at the calendar on the wall."""

    class Today(date):
        @classmethod
        def today(cls) -> Self:
            return cls(2026, 11, 23)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planner.usecases.week_request.date", Today)
        yield Today.today()


@pytest.fixture(scope="session")
def qapp_cls():
    """The one application of all tests with windows: it needs no screen, and watches how long its thread is kept busy."""
    from gui_steps import WatchedApplication

    return WatchedApplication


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with hardly any room."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", str(disk)], capture_output=True, check=False)
    if mounted.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.fixture
def quick_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys that are derived in no time; tests/planner/store/test_cipher.py has those of SQLCipher."""
    from planner.store import cipher

    monkeypatch.setattr(cipher, "_ROUNDS", 1000)
