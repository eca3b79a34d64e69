"""The changes that a user can make to a planned week by hand; each is answered at once, see `planner.planning.edits`."""

from planner.planning.board import Board
from planner.planning.edits import Answer, Edited, Refused, insert, keep_order, lock, move, remove, reorder, reverse, swap

__all__ = ["Answer", "Board", "Edited", "Refused", "insert", "keep_order", "lock", "move", "remove", "reorder", "reverse", "swap"]
