"""One window on show, and the pictures taken of it once it has come to rest."""

import time
from collections.abc import Iterator
from pathlib import Path

from homes import WEEK
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from scene import Scene

from ui.map.view import MapView
from ui.map_layers.choice import MapChoice
from ui.map_layers.layers import TERRITORY

PATIENCE_S = 20.0
QUIET_LOOKS = 8
"""A fifth of a second: what fades in has come by then, and what waits for typing to end has begun."""
LOOK_S = 0.025


class Stage:
    """The window, a MainWindow, with all that a scene may do to it; `seen` are the kinds of dialogs that a picture was taken of."""

    def __init__(self, window, theme) -> None:
        self.app = QApplication.instance()
        self.window, self.theme = window, theme
        self.context = window._context
        self.seen: set[str] = set()
        # A page looks as it does at first, whatever was looked at before.
        window._geometry.keep_sizes = window._geometry.keep_flag = lambda *_sizes, **_answer: None

    @property
    def desk(self):
        """What lies on the desk of the window."""
        return self.context.desk

    def turn_to(self, page: str) -> None:
        """Show a page, its panels divided as at first, the board at its first hour and the day in sight on its map."""
        self.window.workplace._page = ""
        if page == "footprint":
            self.act("footprint")
        else:
            self.window.show_page(page)
        if page == "settings":
            assert self.window.settings.rows  # which makes all groups
        self.app.processEvents()
        self.window.week.board.verticalScrollBar().setValue(0)  # else it is where the last marked card had come into sight
        self.window.feed.show_day(self.desk.day)

    def act(self, action: str) -> None:
        """Do what the action with this id does."""
        self.window.actions_by_id[action].trigger()

    def settle(self) -> None:
        """Wait until no work is under way and the map is drawn; raises TimeoutError when that takes too long."""
        until, quiet = time.monotonic() + PATIENCE_S, 0
        while quiet < QUIET_LOOKS:
            self.app.processEvents()
            time.sleep(LOOK_S)
            jobs = [job.label or job.lane for job in self.context.runner.jobs]
            quiet = 0 if jobs or not self._maps_are_drawn() else quiet + 1
            if time.monotonic() > until:
                raise TimeoutError(f"not at rest after {PATIENCE_S:.0f} s: {jobs or 'the map'}")

    def _maps_are_drawn(self) -> bool:
        maps = (each for top in self.app.topLevelWidgets() if top.isVisible() for each in top.findChildren(MapView))
        return all(each.is_settled for each in maps if each.isVisible())

    @property
    def dialog(self) -> QDialog:
        """The dialog that lies uppermost; LookupError when there is none."""
        dialogs = [each for each in self._others() if isinstance(each, QDialog)]
        if not dialogs:
            raise LookupError("no dialog is open")
        return next((each for each in dialogs if not any(other.parentWidget() is each for other in dialogs)), dialogs[-1])

    def clear(self, size: tuple[int, int]) -> None:
        """Take away what the last scene left, and be of a size."""
        for each in self._others():
            each.close()
        window = self.window
        window.full_screen.leave()
        if window.command_palette.panel is not None:
            window.command_palette.panel.shut()
        window.accounts.search.clear()
        window.header.show_planning(planning=False)
        window.banner.tell("")
        window.welcome.follow(None)
        window.workplace._hidden.clear()
        self.act("tool-move")
        window.tools.box.clear()
        window.layers.reach.clear_reach()
        self._put_back()
        if window.week.verbs.two_weeks:
            window.week.show_two_weeks(two=False)
        window.resize(*size)
        self.app.processEvents()
        if self.desk.week != WEEK:
            self.act("this-week")
            self.settle()

    def _put_back(self) -> None:
        """Text, layers, list and board as they are at first."""
        window, week = self.window, self.window.week
        window.hints.card.hide()
        window.tools.card.dismiss()
        self.theme.size_text(100)
        window._use_formats(self.desk.settings)
        if window.page != TERRITORY and window.layers.choice != MapChoice():  # which shows the map in its own way
            window.layers.choose(MapChoice())
        window.accounts.group_by("")
        window.accounts.table.clearSelection()
        week.drag.cancel()
        week.free_time.choose("")
        week.board.set_hour_px(None)
        week.board.tell("", "")
        week._show_plan(self.desk.plan)

    def picture(self) -> QPixmap:
        """The uppermost dialog alone; else the window with its menus and panels."""
        others = list(self._others())
        if any(isinstance(each, QDialog) for each in others):
            self.seen.add(type(self.dialog).__name__)
            return self.dialog.grab()
        shown = self.window.grab()
        painter = QPainter(shown)
        for each in others:
            painter.drawPixmap(each.mapToGlobal(QPoint()) - self.window.mapToGlobal(QPoint()), each.grab())
        painter.end()
        return shown

    def _others(self) -> Iterator[QWidget]:
        return (each for each in self.app.topLevelWidgets() if each is not self.window and each.isVisible())


def play(stage: Stage, scene: Scene, size: tuple[int, int], file: Path) -> None:
    """Arrange a scene and save its picture."""
    stage.clear(size)
    scene.arrange(stage)
    stage.settle()
    stage.picture().save(str(file))


def popup(stage: Stage, menu: QMenu, at: QWidget) -> None:
    """Open a menu below a button."""
    menu.popup(at.mapToGlobal(QPoint(0, at.height())))
