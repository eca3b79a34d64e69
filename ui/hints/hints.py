"""Shows hints one at a time, each once in the life of a data folder."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QDialog

from planner.settings import Settings
from planner.usecases.settings import set_setting
from ui.context import AppContext
from ui.geometry import Geometry
from ui.hints.card import HintCard
from ui.hints.table import HINTS, Hint

if TYPE_CHECKING:
    from ui.main_window import MainWindow

AFTER_MS = 2500
"""A page is looked at first."""
_KEPT = "hint "


class Hints(QObject):
    """One for a window; shows none before `begin`, in a window that only shows the data, and beside a dialog."""

    def __init__(self, context: AppContext, window: "MainWindow", geometry: Geometry) -> None:
        super().__init__(window)
        self._context, self._window, self._geometry = context, window, geometry
        self._begun = False
        self._watched: set[str] = set()
        self._page = ""
        self._had_one = False  # on this visit to the page
        self.hint: Hint | None = None
        self.card = HintCard(window.map)
        self.card.read.connect(self._put_away)
        self._soon = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._soon.timeout.connect(self._offer)

    def begin(self) -> None:
        """Show hints from now on."""
        if self._begun or self._context.workspace.read_only:
            return
        self._begun = True
        bus = self._context.bus
        bus.page_changed.connect(self._turn_to)
        bus.plan_shown.connect(lambda _plan: self._wait())
        bus.accounts_shown.connect(lambda _accounts: self._wait())
        bus.settings_shown.connect(self._follow_settings)
        self._window.installEventFilter(self)
        self._turn_to(self._window.page)

    def show_again(self) -> None:
        """Begin anew with the first one."""
        workspace, context = self._context.workspace, self._context
        self._geometry.forget_flags(_KEPT)
        self._had_one = False
        if context.desk.settings.text("hints") == "no" and not workspace.read_only:
            context.runner.run(lambda _job: set_setting(workspace, "hints", "yes"), context.bus.changed.emit, lane="write setting")
        context.bus.told.emit("Hints are shown again, on the page that each is about.")
        self._wait()

    def _turn_to(self, page: str) -> None:
        if page != self._page:
            self._put_away()
            self._page, self._had_one = page, False
            for hint in HINTS:
                if page in hint.pages and hint.id not in self._watched:
                    self._watched.add(hint.id)
                    hint.done(self._window).connect(lambda *told, hint=hint: self._learn(hint, *told))
        self._wait()

    def _wait(self) -> None:
        if self._begun and self.hint is None and not self._had_one and not self._soon.isActive():
            self._soon.start()

    def _offer(self) -> None:
        window = self._window
        if self.hint is not None or self._had_one or self._context.desk.settings.text("hints") == "no" or not window.map.isVisible():
            return
        fitting = [
            each
            for each in HINTS
            if window.page in each.pages and not self._geometry.flag(_KEPT + each.id) and each.when(self._context.desk)
        ]
        if not fitting:
            return
        if not window.isActiveWindow() or _is_busy(window):
            self._soon.start()
            return
        self.hint, self._had_one = fitting[0], True
        self._geometry.keep_flag(_KEPT + self.hint.id, on=True)
        self.card.tell(self.hint.text, self.hint.edge)

    def _learn(self, hint: Hint, *told: object) -> None:
        """It was done, so nobody need tell how; a signal that carries None says that it was taken back."""
        if told[:1] == (None,):
            return
        self._geometry.keep_flag(_KEPT + hint.id, on=True)
        if hint is self.hint:
            self._put_away()

    def _put_away(self) -> None:
        self.hint = None
        self.card.hide()

    def _follow_settings(self, settings: Settings) -> None:
        if settings.text("hints") == "no":
            self._put_away()
        else:
            self._wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Gone while a dialog has the keys, and back after it."""
        if self.hint is not None and watched is self._window:
            if event.type() is QEvent.Type.WindowDeactivate:
                self.card.hide()
            elif event.type() is QEvent.Type.WindowActivate:
                self.card.show()
        return False


def _is_busy(window: "MainWindow") -> bool:
    """Whether a dialog or menu is open, a tool says something, or a search runs: then a hint would be in the way."""
    dialogs = (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog))
    return any(each.isVisible() for each in dialogs) or QApplication.activePopupWidget() is not None or window.tools.bar.isVisible()
