"""The context menu of an account, the same on the board, on the map and in the lists, and the one of a place where no account is."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu

from planner.model.accounts import Account
from planner.model.places import LatLon
from planner.usecases.navigation import stop_links
from planner.values import Struct
from ui.context import AppContext
from ui.details.account_lines import find_in
from ui.map.view import MapView
from ui.safety.read_only import WHY
from ui.today.links import follow
from ui.visits.commands import VisitCommands
from ui.visits.deeds import AccountDeeds
from ui.week.board import WeekBoard
from ui.week.board_layout import Card
from ui.words import short_day, weekday

REACHES_MIN = (15, 30, 60)
NOT_PLANNED = "This week is not planned yet."
NOT_PLACED = "This account is not on the map yet. Settle it under “Places to check”."


class MenuHooks(Struct, frozen=True):
    """What the menus call beyond the deeds of an account; what is None is not offered.

    `details` shows an account, `card` adds what can be done to its card on the board, `reach` is given a place, minutes
    and the name of the place (or none), `near` a place and the account that is there (or None), `correct` an account whose pin is to be
    moved, `measure` a place to measure from, `add` a place where a new account is, `show_all` shows everything on the map.
    """

    details: Callable[[int], None] | None = None
    card: Callable[[QMenu, Card], None] | None = None
    reach: Callable[[LatLon, int, str], None] | None = None
    near: Callable[[LatLon, int | None], None] | None = None
    correct: Callable[[int], None] | None = None
    measure: Callable[[LatLon], None] | None = None
    add: Callable[[LatLon], None] | None = None
    show_all: Callable[[], None] | None = None


class AccountMenus(QObject):
    """Listens to the right button and the menu key on the board and on the map; `watch` has it listen to a list as well."""

    def __init__(
        self, context: AppContext, commands: VisitCommands, deeds: AccountDeeds, board: WeekBoard, view: MapView, hooks: MenuHooks
    ) -> None:
        super().__init__(commands)
        self._context, self._commands, self._board, self._view = context, commands, board, view
        self._hooks, self.deeds = hooks, deeds
        self._lists: dict[QObject, tuple[QAbstractItemView, Callable[[QModelIndex], int | None]]] = {}
        board.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        board.customContextMenuRequested.connect(self._on_board)
        view.context_requested.connect(self._on_map)
        for widget in (board, view):
            widget.installEventFilter(self)

    def watch(self, view: QAbstractItemView, account_of: Callable[[QModelIndex], int | None]) -> None:
        """Open the menu on the rows of a list; `account_of` says whose row an index is."""
        for each in (view, view.viewport()):
            self._lists[each] = (view, account_of)
            each.installEventFilter(self)

    def open(self, account_id: int, at: QPoint, more: Callable[[QMenu], None] | None = None) -> None:
        """Open the menu of an account at a point of the screen; `more` adds what only the place has that it was asked for at."""
        account = self._context.desk.accounts.get(account_id)
        self._context.desk.select(account_id)
        if account is not None:
            self._popup(partial(self._fill_row, account, more), at)

    def _fill_row(self, account: Account, more: Callable[[QMenu], None] | None, menu: QMenu) -> None:
        self._fill_account(account, menu)
        if more is not None:
            more(menu)

    # Where it is asked for

    def _on_board(self, at: QPoint) -> None:
        card = self._board.card_at(QPointF(at))
        if card is not None and card.account_id is not None:
            self.open(card.account_id, self._board.viewport().mapToGlobal(at))

    def _on_map(self, account_id: int | None, place: LatLon | None, at: QPoint) -> None:
        if account_id is not None:
            self.open(account_id, at)
        elif place is not None:
            self._popup(partial(self._fill_place, place), at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if isinstance(event, QContextMenuEvent) and watched in self._lists:
            by_key = event.reason() is not QContextMenuEvent.Reason.Mouse
            return self._on_list(watched, None if by_key else event.globalPos())
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and _asks_for_menu(event):
            return self._by_key(watched)
        if isinstance(event, QContextMenuEvent) and watched is self._board and event.reason() is not QContextMenuEvent.Reason.Mouse:
            return self._by_key(watched)
        return False

    def _by_key(self, watched: QObject) -> bool:
        if watched in self._lists:
            return self._on_list(watched, None)
        if watched is self._board:
            card = self._board.current
            if card is not None and card.account_id is not None:
                self.open(card.account_id, self._board.viewport().mapToGlobal(self._board.point_of(card).toPoint()))
            return True
        at = self._view.rect().center()
        asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, self._view.mapToGlobal(at))
        self._view.contextMenuEvent(asked)
        return True

    def _on_list(self, watched: QObject, there: QPoint | None) -> bool:
        view, account_of = self._lists[watched]
        index = view.currentIndex() if there is None else view.indexAt(view.viewport().mapFromGlobal(there))
        account_id = account_of(index) if index.isValid() else None
        if account_id is not None:
            row: QRect = view.visualRect(index)
            self.open(account_id, there or view.viewport().mapToGlobal(row.bottomLeft() + QPoint(24, 0)))
        return True

    # What is in it

    def _popup(self, fill: Callable[[QMenu], None], at: QPoint) -> None:
        menu = QMenu(self._board.window())
        menu.setToolTipsVisible(True)
        fill(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(at)

    def _fill_account(self, account: Account, menu: QMenu) -> None:
        desk, hooks = self._context.desk, self._hooks
        if hooks.details is not None:
            menu.addAction("Open details", partial(hooks.details, account.id))
        self._writes(menu.addAction("Log visit…", lambda: self._commands.log_at(account.id)))
        planned, _left_out = find_in(desk.plan, account.id)
        if planned is None:
            self._fill_days(account, menu.addMenu("Add to week"))
        elif hooks.card is not None:
            card = next((each for each in self._board.cards if each.account_id == account.id and each.key), None)
            if card is not None:
                hooks.card(menu, card)
        if account.place is None:
            _off(menu.addAction("Who is near?"), NOT_PLACED)
        else:
            menu.addSeparator()
            self._fill_around(account.place, account, menu)
        menu.addSeparator()
        address = account.address.one_line
        copy = menu.addAction("Copy address", lambda: self.deeds.copy(address, "the address"))
        copy.setEnabled(bool(address))
        if account.place is not None:
            self._add_coordinates(account.place, menu)
        menu.addSeparator()
        if hooks.correct is not None:
            self._writes(menu.addAction("Correct the place…", partial(hooks.correct, account.id)))
        never = menu.addAction("Do not visit")
        never.setCheckable(True)
        never.setChecked(account.do_not_visit)
        never.triggered.connect(lambda on: self.deeds.never_visit(account, never=on))
        self._writes(never)

    def _fill_place(self, place: LatLon, menu: QMenu) -> None:
        self._fill_around(place, None, menu)
        if self._hooks.measure is not None:
            menu.addAction("Measure from here", partial(self._hooks.measure, place))
        if self._hooks.add is not None:
            menu.addSeparator()
            self._writes(menu.addAction("Add an account here…", partial(self._hooks.add, place)))
        menu.addSeparator()
        self._add_coordinates(place, menu)
        if self._hooks.show_all is not None:
            menu.addSeparator()
            menu.addAction("Show everything on the map", self._hooks.show_all)

    def _fill_days(self, account: Account, days: QMenu) -> None:
        plan = self._context.desk.plan
        action = days.menuAction()
        if plan is None or self.deeds.read_only:
            _off(action, NOT_PLANNED if plan is None else WHY)
            return
        days.addAction("Where it takes least", lambda: self.deeds.add_to_week([account.id]))
        days.addSeparator()
        for number, day in enumerate(plan.days):
            days.addAction(short_day(day.day), lambda number=number: self.deeds.add_to_week([account.id], number))

    def _fill_around(self, place: LatLon, account: Account | None, menu: QMenu) -> None:
        """What can be asked of a place, where an account may be."""
        hooks, desk, name = self._hooks, self._context.desk, account.name if account is not None else ""
        if hooks.near is not None:
            menu.addAction("Who is near?", partial(hooks.near, place, account.id if account is not None else None))
        if hooks.reach is not None:
            reach = menu.addMenu("Reach by car")
            for minutes in REACHES_MIN:
                reach.addAction(f"In {minutes} min", partial(hooks.reach, place, minutes, name))
        day = desk.plan.days[desk.day] if desk.plan is not None and desk.day < len(desk.plan.days) else None
        text = f"Start {weekday(day.day)} here" if day is not None else "Start here"
        start = menu.addAction(text, lambda: self.deeds.start_here(place, name))
        self._writes(start)
        if day is None:
            _off(start, NOT_PLANNED)
        lead = menu.addMenu("Directions")
        for program, link in stop_links(place):
            each = lead.addAction(program, partial(follow, link))
            each.setToolTip(f"Opens {program} in the browser, which needs a network. Only the coordinates are handed over.")

    def _add_coordinates(self, place: LatLon, menu: QMenu) -> None:
        text = f"{place.lat:.6f}, {place.lon:.6f}"
        menu.addAction("Copy coordinates", lambda: self.deeds.copy(text, "the coordinates"))

    def _writes(self, action: QAction) -> None:
        if self.deeds.read_only:
            _off(action, WHY)


def _off(action: QAction, why: str) -> None:
    action.setEnabled(False)
    action.setToolTip(why)


def _asks_for_menu(event: QKeyEvent) -> bool:
    """Shift+F10, which not every system turns into a wish for the menu; the menu key comes as one by itself."""
    return event.key() == Qt.Key.Key_F10 and event.modifiers() == Qt.KeyboardModifier.ShiftModifier
