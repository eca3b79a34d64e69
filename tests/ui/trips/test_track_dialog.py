from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from planner.errors import UserProblem
from planner.model.accounts import VisitOutcome
from planner.model.changes import Changes
from planner.model.places import LatLon, NamedPlace
from planner.model.tracking import Visit
from planner.usecases.log_visit import list_visits
from planner.usecases.tracks import KeptTrack, TrackPiece, TrackRead
from ui.errors import ProblemDialog
from ui.trips.commands import TripCommands
from ui.trips.track_dialog import TrackDialog
from ui.visits.log_dialog import LogVisit

NOON = datetime(2020, 11, 2, 17, tzinfo=UTC)
A, B = NamedPlace("Home <b>", LatLon(40.79, -77.86)), NamedPlace("Uni-Mart HQ", LatLon(40.8, -77.86))
PIECE = TrackPiece(A, B, NOON, NOON + timedelta(minutes=9), 16_093, "laid onto the roads", 0, ())
TRACK = TrackRead("monday", "America/New_York", 100, (), (PIECE,), (), {}, ("4 points have no time.",))
DRAFT = Visit(0, 1, NOON.date(), VisitOutcome.MET, start_s=12 * 3600, minutes=25)


@pytest.fixture
def dialog(qtbot, context, is_quiet):
    """What is in a recorded track."""
    window = QWidget()
    qtbot.addWidget(window)
    made = TrackDialog(context, TripCommands(context, window), TRACK, window)
    made.show()
    made.holder = window
    return made


def texts(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def test_drives_and_problems_are_told_before_anything_is_kept(dialog):
    assert {"monday", "Home <b> → Uni-Mart HQ", "10.0 mi", "laid onto the roads", "4 points have no time."} <= set(texts(dialog))


def test_after_keeping_the_visits_that_probably_were_can_be_logged(qtbot, dialog, context, travelled, monkeypatch, is_quiet):
    monkeypatch.setattr(
        "ui.trips.track_dialog.keep_track", lambda _workspace, _track: (KeptTrack((), (DRAFT,)), Changes("Keep", plans=True))
    )
    dialog.keep.click()
    qtbot.waitUntil(lambda: "Uni-Mart HQ" in texts(dialog) and is_quiet())
    assert not dialog.keep.isVisible()
    assert list_visits(travelled) == []
    next(each for each in dialog.findChildren(QPushButton) if each.text() == "Log…").click()
    qtbot.waitUntil(is_quiet)
    form = dialog.findChild(LogVisit)
    assert (form.form.time.text(), form.form.minutes.text()) == ("12:00", "25")
    form.save.click()
    qtbot.waitUntil(is_quiet)
    assert [visit.account_id for visit in list_visits(travelled)] == [1]


def test_a_track_without_visits_closes_when_it_is_kept(qtbot, dialog, monkeypatch, is_quiet):
    monkeypatch.setattr("ui.trips.track_dialog.keep_track", lambda _workspace, _track: (KeptTrack((), ()), Changes("Keep", plans=True)))
    with qtbot.waitSignal(dialog.accepted):
        dialog.keep.click()
    qtbot.waitUntil(is_quiet)


def test_a_track_that_was_kept_before_is_refused_and_stays_open(qtbot, dialog, monkeypatch, is_quiet):
    def refuse(_workspace, _track):
        raise UserProblem("This track was kept before.")

    monkeypatch.setattr("ui.trips.track_dialog.keep_track", refuse)
    dialog.keep.click()
    qtbot.waitUntil(is_quiet)
    assert dialog.isVisible()
    assert dialog.keep.isEnabled()
    dialog.holder.findChild(ProblemDialog).accept()


def test_a_file_without_roads_is_refused_plainly(qtbot, context, tmp_path, is_quiet):
    window = QWidget()
    qtbot.addWidget(window)
    TripCommands(context, window).read(tmp_path / "none.gpx")
    qtbot.waitUntil(is_quiet)
    problem = window.findChild(ProblemDialog)
    assert problem is not None
    problem.accept()
