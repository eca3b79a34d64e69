"""The buttons of an account: into the week or held fast in it, the way there, and what is known of it."""

from collections.abc import Callable

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from planner.model.places import LatLon
from planner.model.week import DayPlan, Lock, Stop
from planner.usecases.navigation import stop_links
from ui.details.even_rows import EvenRows
from ui.today.links import follow
from ui.widgets.parts import button
from ui.words import clock, short_weekday

NOT_PLANNED = "This week is not planned yet."
NOT_PLACED = "This account is not on the map yet."


class DeedsRow(QWidget):
    """Buttons in rows that are filled from edge to edge."""

    def __init__(self, *buttons: QPushButton) -> None:
        super().__init__()
        self.setObjectName("deeds")
        self.buttons = buttons
        rows = EvenRows(self)
        for each in buttons:
            rows.addWidget(each)


def add_button(account_id: int, planned: bool, add: Callable[[int], None]) -> QPushButton:
    """Puts an account into the week on show; off while that is not `planned`."""
    made = button("Add to week", "primary", lambda: add(account_id))
    made.setToolTip("Puts it where it takes least driving" if planned else NOT_PLANNED)
    made.setEnabled(planned)
    return made


def lock_button(day: DayPlan, stop: Stop, lock: Callable[[Stop, Lock], None]) -> QPushButton:
    """Holds a planned visit at its minute, or lets go of it."""
    when = f"{short_weekday(day.day)} {clock(stop.start_s)}"
    held = stop.lock is not Lock.NONE
    made = button(f"Unlock {when}" if held else f"Lock {when}", "", lambda: lock(stop, Lock.NONE if held else Lock.TIME))
    made.setToolTip("Lets planning move it again" if held else "Keeps it at this time whenever the week is planned again")
    return made


def directions_button(place: LatLon | None) -> QPushButton:
    """Hands a place over to a program that leads there."""
    made = button("Directions  ▾")
    made.setEnabled(place is not None)
    made.setToolTip("Hands the place over to a program that leads there" if place is not None else NOT_PLACED)
    if place is not None:
        menu = QMenu(made)
        menu.setToolTipsVisible(True)
        for program, link in stop_links(place):
            action = menu.addAction(program, lambda link=link: follow(link))
            action.setToolTip(f"Opens {program} in the browser, which needs a network. Only the coordinates are handed over.")
        made.setMenu(menu)
    return made
