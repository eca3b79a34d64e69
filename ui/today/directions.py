"""How to get there: the turns along the roads, out of the road pack, and links to programs that speak them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from planner.model.places import LatLon
from planner.model.travel import Leg
from planner.usecases.navigation import stop_links
from ui.today.links import follow
from ui.widgets.parts import button, gap, label
from ui.words import distance

MOST_STREETS = 2
NO_TURNS = "The turns cannot be shown; the drive time is that of the plan."
LOOKING = "The roads to this stop are being looked up."
SHORT_M, FEET_PER_METRE = 160, 3.28084


def by_streets(leg: Leg) -> str:
    """The streets that most of a drive is on, in their order: "by US 322, Gateway Dr"; empty when none is known."""
    metres: dict[str, int] = {}
    for maneuver in leg.maneuvers:
        if maneuver.streets:
            metres[maneuver.streets[0]] = metres.get(maneuver.streets[0], 0) + maneuver.metres
    longest = sorted(metres, key=lambda street: -metres[street])[:MOST_STREETS]
    return f"by {', '.join(street for street in metres if street in longest)}" if longest else ""


class Directions(QWidget):
    """Unfolded below its button; `leg` is None while the roads are being looked up, or when they cannot be: `why` says so then."""

    def __init__(self, leg: Leg | None, to: LatLon, units: str, why: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(6)
        if leg is None or not leg.maneuvers:
            column.addWidget(label(f"{NO_TURNS} {why}" if why else LOOKING, "briefquiet", wrap=True))
        else:
            column.addLayout(_turns(leg, units))
        column.addWidget(gap(2))
        column.addLayout(_links(to))


def _turns(leg: Leg, units: str) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    grid.setColumnMinimumWidth(0, 24)
    for row, maneuver in enumerate(leg.maneuvers):
        text = label(maneuver.text, "brief", wrap=True, selectable=True)
        text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        grid.addWidget(label(str(row + 1), "briefquiet"), row, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(text, row, 1)
        if maneuver.metres:
            far = label(_far(maneuver.metres, units), "briefquiet")
            grid.addWidget(far, row, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    grid.setColumnStretch(1, 1)
    return grid


def _far(metres: int, units: str) -> str:
    """A distance as a driver sees it: the last bit in feet or metres."""
    if metres >= SHORT_M:
        return distance(metres, units)
    return f"{max(10, round(metres, -1))} m" if units == "kilometres" else f"{max(50, round(metres * FEET_PER_METRE / 50) * 50)} ft"


def _links(to: LatLon) -> QHBoxLayout:
    across = QHBoxLayout()
    across.setSpacing(12)
    across.addWidget(label("Open in", "briefquiet"))
    for name, link in stop_links(to):
        each = button(name, "biglink", lambda link=link: follow(link))
        each.setMinimumHeight(44)
        each.setToolTip(f"Opens {name} in the browser, which needs a network. Only the coordinates of this stop are handed over.")
        across.addWidget(each)
    across.addStretch(1)
    return across
