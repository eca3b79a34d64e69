"""What the user has chosen to get: the same for all ways in."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from planner.model.packs import RoadPack
from planner.progress import Report
from planner.usecases.workspace import Workspace
from planner.values import Struct


class Order(Struct, frozen=True):
    """A pack to build: a name to propose, what it takes in plain words, and the verb, given the workspace, the name and a report."""

    name: str
    takes: str
    build: Callable[[Workspace, str, Report], RoadPack]


class Way(QWidget):
    """One way of getting roads: tells when the choice has `changed`, and that the user is `ready` to start."""

    changed = Signal()
    ready = Signal()
    lacking = ""
    """What to do first, while there is no order."""

    def order(self) -> Order | None:
        """What is chosen, or None while something is lacking, as before anything is."""
        return None
