"""The card beside a pin: under the cursor, or of the account that is selected when Space asks for it."""

from datetime import date

from PySide6.QtCore import QEvent, QObject, QPointF, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from planner.usecases.accounts import AccountDetails, account_details
from ui.context import AppContext
from ui.map.camera import world_of
from ui.map.tools.card_lines import card_lines
from ui.map.view import MapView
from ui.widgets.parts import label

DWELL_MS = 150
WIDEST_PX = 360
_BESIDE_PX, _EDGE_PX = 16, 6
_MOST_LINES = 5


class HoverCard(QFrame):
    """Follows what the map says is under the cursor; never takes a click and never lies under the cursor."""

    def __init__(self, context: AppContext, view: MapView) -> None:
        super().__init__(view)
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName("Account on the map")
        self._context, self._view = context, view
        self._due: tuple[int, str] = (0, "")
        self.account_id: int | None = None
        self.quiet = False
        """Whether no card is wanted, as while a tool is in use."""
        column = QVBoxLayout(self)
        column.setContentsMargins(11, 7, 11, 8)
        column.setSpacing(1)
        self.lines: list[QLabel] = [label("", "week" if number == 0 else "small") for number in range(_MOST_LINES)]
        for line in self.lines:
            column.addWidget(line)
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._look_up)
        self.hide()
        view.hovered.connect(self._follow)
        view.camera_moved.connect(self.dismiss)
        view.installEventFilter(self)
        view.leave_cards()
        context.bus.accounts_shown.connect(lambda _accounts: self.dismiss())

    def dismiss(self) -> None:
        """Take the card away."""
        self.account_id = None
        self._dwell.stop()
        self.hide()

    def show_account(self, account_id: int) -> None:
        """Show the card of an account beside its pin."""
        account = self._context.desk.accounts.get(account_id)
        if account is None or account.place is None:
            self.dismiss()
            return
        self.account_id = account_id
        self._write()
        self._dwell.start()
        self.show()
        self.raise_()

    def _follow(self, account_id: int | None) -> None:
        if account_id is None or self.quiet:
            self.dismiss()
        else:
            self.show_account(account_id)

    def _write(self) -> None:
        desk = self._context.desk
        account = desk.accounts[self.account_id or 0]
        due = self._due[1] if self._due[0] == account.id else ""
        texts = card_lines(account, desk.deals.get(account.crm_id, ()), desk.plan, due)
        for number, line in enumerate(self.lines):
            text = texts[number] if number < len(texts) else ""
            line.ensurePolished()
            line.setText(line.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, WIDEST_PX - 22))
            line.setVisible(bool(text))
        self.setAccessibleDescription(". ".join(texts))
        self.layout().activate()
        self.resize(self.sizeHint())
        assert account.place is not None
        pin = QPointF(*self._view.camera.to_screen(*world_of(account.place)))
        self.move(beside(pin, self.rect(), self._view).topLeft())

    def _look_up(self) -> None:
        """When the next visit is due is asked of the book once the cursor stays."""
        account_id, workspace = self.account_id, self._context.workspace
        if account_id is not None and self._due[0] != account_id:
            today = date.today()  # noqa: DTZ011 - her own calendar day
            work = lambda _job: account_details(workspace, account_id, today)  # noqa: E731 - said once
            self._context.runner.run(work, self._tell, lambda _error: None, lane="map card", latest=True)

    def _tell(self, details: AccountDetails) -> None:
        self._due = (details.account.id, details.due_text)
        if self.account_id == details.account.id and details.account.id in self._context.desk.accounts:
            self._write()

    def eventFilter(self, _view: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self.dismiss()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            return self._press_key(Qt.Key(event.key()))
        elif event.type() is QEvent.Type.Leave:
            self.dismiss()
        return False

    def _press_key(self, key: Qt.Key) -> bool:
        if key == Qt.Key.Key_Space and not self.quiet and self._view.selected is not None:
            was = self.account_id
            self.dismiss()
            if was != self._view.selected:
                self.show_account(self._view.selected)
            return True
        if key == Qt.Key.Key_Escape and self.isVisible():
            self.dismiss()
            return True
        return False


def beside(pin: QPointF, card: QRect, view: QWidget) -> QRect:
    """Where a card stands beside a pin: above to the right, turned over where there is no room."""
    wide, high = card.width(), card.height()
    x, y = round(pin.x()), round(pin.y())
    left = x + _BESIDE_PX if x + _BESIDE_PX + wide <= view.width() - _EDGE_PX else x - _BESIDE_PX - wide
    top = y - _BESIDE_PX - high if y - _BESIDE_PX - high >= _EDGE_PX else y + _BESIDE_PX
    left = max(_EDGE_PX, min(left, view.width() - wide - _EDGE_PX))
    return QRect(left, max(_EDGE_PX, min(top, view.height() - high - _EDGE_PX)), wide, high)
