"""The stop that comes next, big: what, where, how far, and the buttons of the car park."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.model.accounts import Account
from planner.model.travel import Leg
from planner.model.week import Stop
from planner.usecases.accounts import AccountDetails
from planner.values import Struct
from ui.safety.read_only import WHY
from ui.today.brief import brief_lines
from ui.today.directions import by_streets
from ui.today.one_line import OneLine
from ui.widgets.flow import FlowLayout
from ui.widgets.parts import button, label
from ui.words import KINDS, clock, distance, span

BIG_PX, LEAST_PX = 48, 44


class Deed(Struct, frozen=True):
    """A button of the page: its text with the letter that is its key underlined, and what it does; one that `writes` is off in a window
    that only shows the data.
    """

    text: str
    key: str
    run: Callable[[], None]
    main: bool = False
    writes: bool = True
    name: str = ""


def keyed_button(deed: Deed, role: str, height_px: int, *, read_only: bool) -> QPushButton:
    """A button for a thumb, with one key."""
    made = button(deed.text, role, deed.run)
    made.setShortcut(QKeySequence(deed.key))
    made.setMinimumHeight(height_px)
    plain = deed.text.replace("&", "")
    made.setAccessibleName(deed.name or plain)
    made.setToolTip(f"{deed.name or plain.rstrip('…')} ({deed.key})")
    if read_only and deed.writes:
        made.setEnabled(False)
        made.setToolTip(WHY)
    return made


def due_words(stop: Stop, now_s: int, came_s: int | None) -> str:
    """How it stands with the next stop: "NEXT · leave in 6 min", "HERE SINCE 10:42"."""
    if came_s is not None:
        return f"HERE SINCE {clock(came_s)} · until {clock(max(stop.leave_s, came_s + stop.leave_s - stop.start_s))}"
    leave_s = stop.arrive_s - stop.drive_s
    if now_s < leave_s:
        return f"NEXT · leave in {span(leave_s - now_s)}"
    if now_s <= stop.start_s:
        return f"NEXT · due in {span(stop.start_s - now_s)}"
    return f"NEXT · was to begin {span(now_s - stop.start_s)} ago"


class Drive(Struct, frozen=True):
    """The drive to a stop: from where, and its leg where that is known; `why_no_leg` says why it is not, empty while it is looked up."""

    start: str
    leg: Leg | None
    why_no_leg: str = ""


class Coming(QWidget):
    """Title, nature, address, drive, buttons, what is unfolded `under` them, and the brief."""

    def __init__(
        self,
        stop: Stop,
        account: Account | None,
        drive: Drive,
        *,
        heading: str,
        turn: Deed,
        deeds: tuple[Deed, ...],
        units: str,
        details: AccountDetails | None,
        under: QWidget | None,
        came: bool,
        read_only: bool,
    ) -> None:
        super().__init__()
        self.heading = label(heading, "heading")
        self.buttons: dict[str, QPushButton] = {}
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.heading)
        column.addWidget(label(stop.title, "huge", wrap=True))
        kind = f"{KINDS[stop.kind]} with {stop.rep}" if stop.rep else KINDS[stop.kind]
        column.addWidget(label(f"{kind} · {span(stop.leave_s - stop.start_s)} · {clock(stop.start_s)}", "big", wrap=True))
        if account is not None and account.address.one_line:
            column.addWidget(label(account.address.one_line, "briefquiet", wrap=True, selectable=True))
        column.addSpacing(4)
        if not came:
            column.addLayout(_drive(stop, drive, units, self._made(turn, read_only=read_only)))
            column.addSpacing(4)
        row = QWidget()
        across = FlowLayout(row, gap=8)
        for deed in deeds:
            across.addWidget(self._made(deed, read_only=read_only))
        if deeds:
            column.addWidget(row)
        if under is not None:
            column.addWidget(under)
        if details is not None:
            column.addSpacing(2)
            for line in brief_lines(details):
                column.addWidget(line, 0, Qt.AlignmentFlag(0))

    def _made(self, deed: Deed, *, read_only: bool) -> QPushButton:
        self.buttons[deed.key] = keyed_button(deed, "bigprimary" if deed.main else "bigbutton", BIG_PX, read_only=read_only)
        return self.buttons[deed.key]


def _drive(stop: Stop, drive: Drive, units: str, turn: QPushButton) -> QHBoxLayout:
    """How long and far it is, from where and by which streets, with the button that unfolds the turns."""
    told = QVBoxLayout()
    told.setSpacing(2)
    told.addStretch(1)
    far = f"{span(stop.drive_s)} · {distance(stop.drive_m, units)}" if stop.drive_m else "No drive: it is where you are"
    told.addWidget(label(far, "drive", wrap=True))
    if stop.drive_m:
        told.addWidget(OneLine(f"from {drive.start}", "briefquiet"))
        streets = by_streets(drive.leg) if drive.leg is not None else ""
        if streets:
            told.addWidget(OneLine(streets, "briefquiet"))
    if drive.leg is None and drive.why_no_leg:
        told.addWidget(label(f"No streets: {drive.why_no_leg}", "support", wrap=True))
    told.addStretch(1)
    across = QHBoxLayout()
    across.addLayout(told, 1)
    across.addWidget(turn, 0, Qt.AlignmentFlag.AlignVCenter)
    return across
