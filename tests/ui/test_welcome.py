"""The page of the first start: what is done has a tick, and the first step that is not is the primary one."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction

from planner.model.packs import RoadPack
from planner.model.places import Bounds
from planner.settings import Settings
from ui.welcome import Welcome

PACK = RoadPack("p", "Centre County", Path(), "", "2026-01-01", "", Bounds(0, 0, 1, 1), {}, ())


@pytest.fixture
def run():
    """The ids of the actions that were triggered."""
    return []


@pytest.fixture
def welcome(qtbot, theme, run):
    actions = {}
    for name in ("add-sample", "page-settings", "footprint", "import"):
        actions[name] = QAction(name)
        actions[name].triggered.connect(lambda _checked=False, name=name: run.append(name))
    made = Welcome(actions, theme)
    made.kept = actions
    qtbot.addWidget(made)
    made.show()
    return made


def primary(welcome):
    return [each.text() for each in welcome.buttons if each.property("role") == "primary"]


def test_the_first_open_step_is_the_primary_one(welcome):
    assert primary(welcome) == ["Set up your week…"]
    welcome.show_settings(Settings({"home": "12 Elm St, Bellefonte, PA"}))
    assert primary(welcome) == ["Get the map of your area…"]
    assert welcome.steps[0].told.text() == "Your days begin at 12 Elm St, Bellefonte, PA."
    assert welcome.steps[0].mark.accessibleName() == "Done"
    welcome.show_pack(PACK)
    assert primary(welcome) == ["Import your accounts…"]
    welcome.show_pack(None)
    assert primary(welcome) == ["Get the map of your area…"]
    assert welcome.steps[1].mark.text() == "2"


def test_each_step_does_what_it_says(welcome, run):
    for each in welcome.buttons:
        each.click()
    assert run == ["add-sample", "page-settings", "footprint", "import"]
