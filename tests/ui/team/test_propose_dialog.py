"""Times with a rep: shown with what they mean, put into the week only when one is chosen."""

from datetime import date, datetime

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from planner.model.calendar import IsoWeek
from planner.usecases.propose_help import HelpSlot, Together
from planner.usecases.team import list_reps
from planner.usecases.undo import undo
from planner.usecases.week import load_week
from ui.team.propose_dialog import ProposeDialog
from ui.team.words import slot_lines

WEEK = IsoWeek(2026, 49)


@pytest.fixture
def planned(planned_home, copy_of):
    return copy_of(planned_home)


@pytest.fixture
def open_dialog(qtbot, context_of, is_quiet, monkeypatch):
    """Opens the dialog on a workspace, as if it were the first day of the week."""
    monkeypatch.setattr("ui.team.propose_dialog.wall_clock", lambda _settings: datetime(2026, 11, 30, 7, 0))  # noqa: DTZ001 - a wall clock

    def open_it(workspace, rep):
        window = QWidget()
        qtbot.addWidget(window)
        dialog = ProposeDialog(context_of(workspace), rep, window)
        dialog.show()
        qtbot.waitUntil(is_quiet)
        dialog.holder = window
        return dialog

    return open_it


def test_the_time_chosen_is_put_into_the_week(qtbot, open_dialog, planned, is_quiet):
    rep = list_reps(planned)[0].name
    before = load_week(planned, WEEK)
    dialog = open_dialog(planned, rep)
    dialog.what.setCurrentIndex(1)
    qtbot.waitUntil(lambda: dialog.add.isEnabled() and is_quiet())
    shown = [each.text() for each in dialog.times.buttons()]
    assert 1 <= len(shown) <= 3
    assert dialog.chosen == dialog.proposal.slots[0]
    dialog.times.button(len(shown) - 1).setChecked(True)
    chosen = dialog.chosen
    assert slot_lines(chosen)[0] == shown[-1]
    told = []
    dialog._context.bus.told.connect(told.append)
    with qtbot.waitSignal(dialog.accepted):
        dialog.add.click()
    qtbot.waitUntil(is_quiet)
    assert told == [f"Added: {shown[-1]} with {rep}. Ctrl+Z takes it back."]
    assert any(stop.rep == rep for day in load_week(planned, WEEK).days if day.day == chosen.day for stop in day.stops)
    undo(planned)
    assert load_week(planned, WEEK) == before


def test_where_nothing_fits_it_says_why(open_dialog, planned, monkeypatch):
    monkeypatch.setattr("ui.team.propose_dialog.wall_clock", lambda _settings: datetime(2027, 6, 1, 7, 0))  # noqa: DTZ001 - a wall clock
    dialog = open_dialog(planned, list_reps(planned)[0].name)
    assert dialog.told.text().startswith("No time fits. Neither this week nor the next")
    assert not dialog.add.isEnabled()


def test_without_roads_it_says_so_in_place(open_dialog, teamed):
    dialog = open_dialog(teamed, "Rep A")
    assert dialog.told.property("role") == "bad"
    assert dialog.told in dialog.findChildren(QLabel)
    assert not dialog.add.isEnabled()


def test_a_time_in_words(qapp):
    slot = HelpSlot("Ada", Together.TWO_HOURS, date(2026, 12, 1), 36_000, 43_200, ("A", "B"), ("C",), 720, -3.2, None, None)
    assert slot_lines(slot) == [
        "Tuesday, December 1, 10:00–12:00",
        "At A, B",
        "Instead of C",
        "12 min more driving, value of the week −3 points",
    ]
    office = HelpSlot("Ada", Together.ONE_ON_ONE, date(2026, 12, 1), 36_000, 43_200, (), (), -60, 0.0, None, None)
    assert slot_lines(office)[1:] == ["At the office", "1 min less driving, the week stays worth as much"]
