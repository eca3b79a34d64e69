"""Putting an account where it really is, on the map in the middle of the window."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from planner.model.changes import Changes
from planner.model.places import LatLon
from planner.usecases.places import put_pin
from ui.context import AppContext
from ui.errors import show_error
from ui.map.pin_drag import PinDrag
from ui.map.tools.bar import MapBar
from ui.map.view import MapView
from ui.words import steps

if TYPE_CHECKING:
    from planner.model.accounts import Account

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Correction(QObject):
    """One pin is loose at a time: it is dragged, nudged or clicked to its place; Enter keeps it, Escape leaves it. `over` tells the end."""

    over = Signal()

    def __init__(self, context: AppContext, view: MapView, bar: MapBar, give_up_others: Callable[[], None]) -> None:
        super().__init__(view)
        self._context, self._view, self._bar = context, view, bar
        self._give_up_others = give_up_others
        self._account: Account | None = None
        self.pin = PinDrag(view)
        self.pin.pin_moved.connect(lambda _key, _place: self._tell())
        self.pin.pin_left.connect(self._tell)
        view.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether a pin is loose."""
        return self._account is not None

    def begin(self, account_id: int) -> None:
        """Make the pin of an account loose."""
        account = self._context.desk.accounts.get(account_id)
        if account is None:
            return
        self._give_up_others()
        self._account = account
        self.pin.show_pin(account.id, account.place)
        if account.place is not None:
            spot = self._view.camera
            self._view.centre_on(account.place, max(spot.zoom, 14.0))
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def save(self) -> None:
        """Keep the pin where it has been moved to."""
        account, moved = self._account, self.pin.moved_to
        if account is None or moved is None:
            return
        self.leave()
        context = self._context

        def done(changes: Changes) -> None:
            context.bus.changed.emit(changes)
            context.bus.told.emit(f"{account.name} is where you put it. Ctrl+Z takes that back.")

        context.runner.run(
            lambda _job: put_pin(context.workspace, account.id, moved),
            done,
            lambda error: show_error(error, self._view.window()),
            lane="data",
        )

    def leave(self) -> None:
        """Leave the account where it was."""
        if self._account is not None:
            self._account = None
            self.pin.show_pin(None, None)
            self._view.unsetCursor()
            self._bar.tell("")
            self.over.emit()

    def _tell(self) -> None:
        account, moved = self._account, self.pin.moved_to
        if account is None:
            return
        if moved is None:
            self._bar.tell(
                f"Drag the pin of {account.name} · or nudge it with the arrows, or click where it is · Esc leaves it",
                [("Leave it", self.leave)],
            )
        else:
            far = _far(account.place, moved, self._context.desk.units)
            self._bar.tell(f"{account.name}{far}", [("Save", self.save), ("Leave it", self.leave)])

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if self._account is None or not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        key = Qt.Key(event.key())
        if key in _ENTER:
            self.save()
            return True
        if key == Qt.Key.Key_Escape and not self.pin.is_dragging and self.pin.moved_to is None:
            self.leave()
            return True
        return False


def _far(before: LatLon | None, now: LatLon, units: str) -> str:
    """How far a pin was moved, as one sees it at this nearness."""
    if before is None:
        return " is put on the map"
    metres = before.metres_to(now)
    return f" moved by {steps(metres, units)}"
