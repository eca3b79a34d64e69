"""Dragging a visit over the board: at each step of the pointer what a drop there would do, and the drop itself."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from planner.usecases.edits import remove
from ui.week.board import WeekBoard
from ui.week.board_layout import Card, Piece
from ui.week.board_try import Trial, Tries
from ui.week.board_verbs import BoardVerbs

EDGE_PX, SCROLL_PX = 18, 10


class BoardDrag(QObject):
    """Listens to the mouse on the board; a drag from elsewhere is handed in by `begin`, `over`, `drop` and `cancel`.

    `carried` tells who comes along on the visit that is picked up, nobody when it is let go.
    """

    carried = Signal(str)

    def __init__(self, verbs: BoardVerbs, view: WeekBoard) -> None:
        super().__init__(view)
        self._verbs, self._view = verbs, view
        self._pressed: tuple[Card, QPointF] | None = None
        self._tries: Tries | None = None
        self._trial: Trial | None = None
        self._at = QPointF()
        self._account: int | None = None
        # The names of the days tell how each takes the visit, one day whenever there is a moment.
        self._looking = QTimer(self, interval=0)
        self._looking.timeout.connect(self._look_further)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)

    @property
    def tries(self) -> Tries | None:
        """What is being dragged, if anything."""
        return self._tries

    def begin(self, key: str, account_id: int | None) -> bool:
        """Pick a visit up, planned or not; says no where it cannot be moved now, which is told in words."""
        self.cancel()
        self._tries, self._account = self._verbs.tries(key, account_id), account_id
        if self._tries is None:
            return False
        self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._looking.start()
        self.carried.emit(self._tries.rep)
        return True

    def over(self, at: QPointF) -> None:
        """The pointer is at a point of the board's viewport, or beside it."""
        if self._tries is None:
            return
        self._at = at
        self._scroll(at)
        spot = self._view.spot_at(at)
        if spot is None:
            self._trial = self._tries.out()
        else:
            day, time_s = spot
            self._trial = self._tries.best(day) if time_s is None else self._tries.at(day, time_s)
        self._show()

    def drop(self) -> None:
        """Let go: make the change that is shown, or say the rule that it would break."""
        tries, trial, account = self._tries, self._trial, self._account
        self.cancel()
        if tries is None or trial is None:
            return
        if not trial.fits:
            if trial.text:
                self._verbs.refuse(trial.title, trial.text)
        elif trial.card is None:
            self._verbs.commit(lambda board: remove(board, tries.key), trial.title)
        elif trial.changes:
            new = None if tries.planned else account
            self._verbs.commit(lambda board: tries.put(board, trial.day, trial.position), trial.title, new)

    def cancel(self) -> None:
        """Leave everything as it is."""
        self._looking.stop()
        self._pressed = self._tries = self._trial = None
        self._view.show_trial(None)
        self._view.viewport().unsetCursor()
        self.carried.emit("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QMouseEvent) and watched is self._view.viewport():
            return self._follow_mouse(event)
        if self._tries is not None and watched is self._view:
            if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
                if event.type() is QEvent.Type.KeyPress:
                    self.cancel()
                event.accept()
                return True
            if event.type() is QEvent.Type.FocusOut:
                self.cancel()
        return False

    def _follow_mouse(self, event: QMouseEvent) -> bool:
        at = event.position()
        if event.type() is QEvent.Type.MouseButtonPress:
            card = self._view.card_at(at) if event.button() is Qt.MouseButton.LeftButton else None
            self._pressed = (card, at) if card is not None and card.piece is Piece.VISIT and card.key else None
        elif event.type() is QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
            if self._tries is None and self._pressed is not None:
                card, start = self._pressed
                if (at - start).manhattanLength() >= QApplication.startDragDistance() and not self.begin(card.key, card.account_id):
                    self._pressed = None
            self.over(at)
        elif event.type() is QEvent.Type.MouseButtonRelease and event.button() is Qt.MouseButton.LeftButton:
            self._pressed = None
            if self._tries is not None:
                self.drop()
                return True
        return self._tries is not None

    def _scroll(self, at: QPointF) -> None:
        """Near an edge the board moves along."""
        bar, room = self._view.verticalScrollBar(), self._view.viewport().rect()
        across, gutter_px, header_px = self._view.horizontalScrollBar(), self._view.gutter_px, self._view.header_px
        if room.right() - EDGE_PX < at.x() <= room.right():
            across.setValue(across.value() + SCROLL_PX)
        elif gutter_px <= at.x() < gutter_px + EDGE_PX:
            across.setValue(across.value() - SCROLL_PX)
        if room.bottom() - EDGE_PX < at.y() <= room.bottom():
            bar.setValue(bar.value() + SCROLL_PX)
        elif header_px <= at.y() < header_px + EDGE_PX:
            bar.setValue(bar.value() - SCROLL_PX)

    def _look_further(self) -> None:
        if self._tries is None or not self._tries.look_further():
            self._looking.stop()
        elif self._trial is not None:
            self._show()

    def _show(self) -> None:
        if self._tries is not None:
            self._view.show_trial(self._trial, self._at, self._tries.hints())
