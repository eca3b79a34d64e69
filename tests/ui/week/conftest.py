"""A planned week of the sample territory in its two panels, ready to be changed by hand."""

import shutil
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from planner.model.calendar import IsoWeek
from planner.usecases.board import edit_week, open_board
from planner.usecases.edits import Edited, remove
from planner.usecases.week import load_week
from planner.usecases.workspace import open_workspace
from ui.week.board import WeekBoard
from ui.week.left_out_panel import LeftOutPanel
from ui.week.page import WeekPanel

WEEK = IsoWeek(2026, 49)


@pytest.fixture(scope="session")
def roomy_home(planned_home, tmp_path_factory):
    """The planned sample without the visits of Wednesday but two, so that there is a day with room; copy it to change it."""
    home = tmp_path_factory.mktemp("roomy") / "home"
    shutil.copytree(planned_home, home)
    with open_workspace(home) as workspace:
        make_room(workspace)
    return home


def make_room(workspace):
    """Take all visits of Wednesday but two out."""
    board = open_board(workspace, WEEK)
    keys = [stop.key for stop in board.plan.days[2].stops if isinstance(remove(board, stop.key), Edited)]
    for key in keys[2:]:
        board, _changes = edit_week(workspace, board, lambda board, key=key: remove(board, key))


@pytest.fixture(autouse=True)
def zooms_at_once(monkeypatch):
    """A zoom of the board does not take its time, but where that is what is looked at."""
    monkeypatch.setattr("ui.week.board_room.ZOOM_MS", 0)


@pytest.fixture
def board(qtbot, theme, plan):
    """The board alone, with the made-up plan."""
    made = WeekBoard(theme)
    qtbot.addWidget(made)
    made.resize(760, 460)
    made.show_plan(plan)
    made.show()
    return made


@pytest.fixture
def hand(qtbot, context_of, copy_of, roomy_home, is_quiet):
    """The list and the board side by side, and what a hand does with them."""
    workspace = copy_of(roomy_home)
    context = context_of(workspace)
    window = QWidget()
    qtbot.addWidget(window)
    left, panel = LeftOutPanel(context), WeekPanel(context)
    left.setFixedWidth(300)
    row = QHBoxLayout(window)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addWidget(left)
    row.addWidget(panel, 1)
    window.resize(1200, 820)
    window.show()
    told = []
    context.bus.told.connect(told.append)
    context.bus.basemap_shown.connect(lambda basemap: basemap and basemap.close())  # there is no map here to do it
    context.desk.load()
    qtbot.waitUntil(lambda: is_quiet() and panel.verbs.board is not None)

    def mouse(widget, kind, at, button=Qt.MouseButton.LeftButton, buttons=Qt.MouseButton.LeftButton):
        there = widget.mapToGlobal(QPointF(at))
        QApplication.sendEvent(widget, QMouseEvent(kind, QPointF(at), there, button, buttons, Qt.KeyboardModifier.NoModifier))

    def press(widget, at):
        mouse(widget, QEvent.Type.MouseButtonPress, at)

    def drag(widget, at):
        mouse(widget, QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton)

    def let_go(widget, at):
        mouse(widget, QEvent.Type.MouseButtonRelease, at, buttons=Qt.MouseButton.NoButton)
        settle()

    def settle():
        qtbot.waitUntil(is_quiet)
        qtbot.waitUntil(lambda: is_quiet() and panel.verbs.board is not None)

    def kept():
        return load_week(workspace, context.desk.week)

    return SimpleNamespace(
        window=window,
        left=left,
        panel=panel,
        board=panel.board,
        port=panel.board.viewport(),
        context=context,
        told=told,
        press=press,
        drag=drag,
        let_go=let_go,
        settle=settle,
        kept=kept,
    )
