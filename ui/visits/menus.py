"""The context menu of an account, the same on the board and on the map."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint, QPointF, Qt
from PySide6.QtWidgets import QMenu

from planner.model.places import LatLon
from ui.map.view import MapView
from ui.visits.commands import VisitCommands
from ui.week.board import WeekBoard
from ui.week.board_layout import Card


class AccountMenus(QObject):
    """Listens to the right button on the board and on the map; `fill` adds what can be done to a card."""

    def __init__(self, commands: VisitCommands, board: WeekBoard, view: MapView, fill: Callable[[QMenu, Card], None] | None = None) -> None:
        super().__init__(commands)
        self._fill = fill
        self._commands = commands
        self._board = board
        board.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        board.customContextMenuRequested.connect(self._on_board)
        view.context_requested.connect(self._on_map)

    def _on_board(self, at: QPoint) -> None:
        card = self._board.card_at(QPointF(at))
        if card is not None and card.account_id is not None:
            more = partial(self._fill, card=card) if self._fill else None
            self._commands.menu(card.account_id, self._board.viewport().mapToGlobal(at), more)

    def _on_map(self, account_id: int | None, _place: LatLon | None, at: QPoint) -> None:
        if account_id is not None:
            self._commands.menu(account_id, at)
