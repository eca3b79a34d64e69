"""Every hint in one table."""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import SignalInstance

from planner.values import Struct
from ui.desk import Desk

if TYPE_CHECKING:
    from ui.main_window import MainWindow


class Edge(Enum):
    """The side of the map that a hint stands at: that of the panel it is about."""

    TOP = "top"
    BOTTOM = "bottom"
    BEGIN = "begin"


class Hint(Struct, frozen=True):
    """A stable id, the pages it is for, where it stands, its text, and the signal that comes when the thing was done.

    It waits until `when` says that there is something to do it with.
    """

    id: str
    pages: frozenset[str]
    edge: Edge
    text: str
    done: Callable[["MainWindow"], SignalInstance]
    when: Callable[[Desk], bool]


def _today_began(window: "MainWindow") -> SignalInstance:
    return window.today_page.page.commands.began


def _has_stops(desk: Desk) -> bool:
    return desk.plan is not None and desk.plan.visits > 0


def _has_accounts(desk: Desk) -> bool:
    return bool(desk.accounts)


HINTS = (
    Hint(
        "drag a card",
        frozenset({"week"}),
        Edge.BOTTOM,
        "Drag a visit to another day: a line shows where it fits, red says why not.",
        lambda window: window.week.board.asked,
        _has_stops,
    ),
    Hint(
        "press D",
        frozenset({"today"}),
        Edge.BEGIN,
        "Press D when a visit is done; ten seconds, and it is logged.",
        _today_began,
        _has_stops,
    ),
    Hint(
        "columns",
        frozenset({"accounts"}),
        Edge.BOTTOM,
        "Right-click a column heading to choose columns, to sort and to group.",
        lambda window: window.accounts.layout_.changed,
        _has_accounts,
    ),
    Hint(
        "lasso",
        frozenset({"territory", "accounts"}),
        Edge.BOTTOM,
        "Shift-drag on the map draws a line around accounts, to do something with all of them.",
        lambda window: window.tools.box.chosen,
        _has_accounts,
    ),
    Hint(
        "find",
        frozenset({"week", "accounts", "territory", "today"}),
        Edge.TOP,
        "Ctrl+K finds any account, address or action by a few letters.",
        lambda window: window.actions_by_id["find"].triggered,
        _has_accounts,
    ),
)
"""The first one that fits a page comes first."""
