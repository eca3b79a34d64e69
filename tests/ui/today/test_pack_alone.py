"""Today on the road without a network and without an engine: what was kept is enough, and what is missing is said."""

import shutil
import socket
from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QLabel

from planner.errors import PackProblem
from planner.model.calendar import IsoWeek
from planner.progress import silent
from planner.usecases.drive_times import fill_drive_times
from planner.usecases.week import load_week
from planner.usecases.workspace import Workspace, open_workspace
from ui.bus import Bus
from ui.context import AppContext
from ui.desk import Desk
from ui.today.panel import TodayPanel
from ui.words import distance, span

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def no_network(monkeypatch):
    """Whoever reaches for another machine fails the test."""

    def refuse(_socket, address):
        raise AssertionError(f"asked {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def workspace(planned_home, tmp_path):
    """The planned sample territory."""
    shutil.copytree(planned_home, tmp_path / "planned")
    with open_workspace(tmp_path / "planned") as opened:
        yield opened


@pytest.fixture
def panel_of(qtbot, workspace, theme, runner, is_quiet, no_network):
    """Makes the page over it, on its Tuesday at 10:00."""

    def make():
        bus = Bus()
        bus.basemap_shown.connect(lambda basemap: basemap.close())
        context = AppContext(workspace, runner, bus, theme, Desk(workspace, runner, bus, WEEK))
        made = TodayPanel(context, now=lambda: datetime.combine(WEEK.day(1), time(10, 0)))
        qtbot.addWidget(made)
        made.resize(424, 700)
        made.show()
        context.desk.load()
        qtbot.waitUntil(lambda: made.coming is not None and is_quiet())
        return made

    yield make
    qtbot.waitUntil(is_quiet)


def told(panel):
    return [each.text() for each in panel.findChildren(QLabel)]


def coming_of(panel):
    return next(line._stop for line in panel.lines if line._is_next)


def test_from_the_pack_alone_the_next_stop_has_its_drive_and_its_turns(qtbot, panel_of, is_quiet):
    panel = panel_of()
    stop = coming_of(panel)
    assert {stop.title, f"{span(stop.drive_s)} · {distance(stop.drive_m)}"} <= set(told(panel))
    panel.buttons["R"].click()
    qtbot.waitUntil(lambda: any("You have arrived" in text for text in told(panel)) and is_quiet())
    assert not any(text.startswith("No streets") for text in told(panel))


def test_without_the_engine_the_kept_drive_times_are_there_and_the_rest_says_what_is_missing(
    qtbot, workspace, panel_of, is_quiet, monkeypatch
):
    def gone(*_args, **_options):
        raise PackProblem("The roads cannot be asked just now.", "", "")

    fill_drive_times(workspace, silent)
    monkeypatch.setattr(Workspace, "engine", gone)
    panel = panel_of()
    stop = coming_of(panel)
    qtbot.waitUntil(lambda: "No streets: The roads cannot be asked just now." in told(panel) and is_quiet())
    assert {stop.title, f"{span(stop.drive_s)} · {distance(stop.drive_m)}"} <= set(told(panel))
    panel.buttons["R"].click()
    qtbot.waitUntil(lambda: any(text.endswith("The roads cannot be asked just now.") and "turns" in text for text in told(panel)))
    panel.buttons["W"].click()
    qtbot.waitUntil(lambda: panel.near is not None and is_quiet())
    before = load_week(workspace, WEEK)
    panel.buttons["L"].click()
    qtbot.waitUntil(lambda: panel.doing.text.text().startswith("Planned anew from 10:00.") and is_quiet())
    assert load_week(workspace, WEEK).days[0] == before.days[0]
