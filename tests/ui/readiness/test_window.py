from pathlib import Path

import pytest

from planner.model.calendar import IsoWeek
from ui import commands
from ui.geometry import Geometry
from ui.main_window import MainWindow
from ui.readiness.dialog import ReadinessDialog

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def window(qtbot, context_of, filled, is_quiet):
    """The window with the week of the plan on show."""
    context = context_of(filled)
    made = MainWindow(context, Geometry(filled.home))
    qtbot.addWidget(made)
    made.show()
    context.desk.load()
    qtbot.waitUntil(is_quiet)
    return made


@pytest.mark.qt_log_ignore("does not support raise", extend=True)
def test_the_action_opens_one_dialog_that_looks_at_the_week(qtbot, window, is_quiet):
    for _again in range(2):
        window.actions_by_id["before-leaving"].trigger()
    qtbot.waitUntil(is_quiet)
    dialogs = window.findChildren(ReadinessDialog)
    assert len(dialogs) == 1
    assert dialogs[0].about.text().startswith("Week 49")
    dialogs[0].reject()


@pytest.mark.parametrize(("action", "name"), [("export-map", f"{WEEK}.html"), ("export-calendar", f"{WEEK}.ics")])
def test_an_export_is_offered_where_it_is_looked_for(window, filled, monkeypatch, action, name):
    offered = []
    monkeypatch.setattr(commands.QFileDialog, "getSaveFileName", lambda _parent, _title, path, _kinds: (offered.append(path), ("", ""))[1])
    window.actions_by_id[action].trigger()
    assert [Path(path) for path in offered] == [filled.exports_folder / name]
    assert filled.exports_folder.is_dir()
