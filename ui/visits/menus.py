"""The context menu of an account, the same on the board and on the map."""

from PySide6.QtCore import QObject, QPoint, QPointF, Qt

from planner.model.places import LatLon
from ui.map.view import MapView
from ui.visits.commands import VisitCommands
from ui.week.board import WeekBoard


class AccountMenus(QObject):
    """Listens to the right button on the board and on the map."""

    def __init__(self, commands: VisitCommands, board: WeekBoard, view: MapView) -> None:
        super().__init__(commands)
        self._commands = commands
        self._board = board
        board.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        board.customContextMenuRequested.connect(self._on_board)
        view.context_requested.connect(self._on_map)

    def _on_board(self, at: QPoint) -> None:
        card = self._board.card_at(QPointF(at))
        if card is not None and card.account_id is not None:
            self._commands.menu(card.account_id, self._board.viewport().mapToGlobal(at))

    def _on_map(self, account_id: int | None, _place: LatLon | None, at: QPoint) -> None:
        if account_id is not None:
            self._commands.menu(account_id, at)
