"""The header: which week, its actions, undo, the one field to search or do anything, and what is ready without a network."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QPushButton, QToolButton, QWidget

from planner.model.calendar import IsoWeek
from planner.usecases.status import OfflineStatus
from planner.usecases.undo import Steps
from ui.actions import of_menu
from ui.icons import icon
from ui.style import Theme
from ui.widgets.find_field import FindField
from ui.widgets.parts import button, label, progress_bar, set_role
from ui.widgets.undo_button import UndoButton, name_steps
from ui.widgets.with_type import keep_height
from ui.words import number, week_title

NARROW_PX, ROOMY_PX = 1040, 1200
_OF_PAGE = {"week": "plan", "accounts": "import_"}
"""The button that is the primary action of a page; those of the other pages stand on the page itself."""


class Header(QFrame):
    """Shows and asks; what is asked for is an action, but for what is typed into `search`."""

    def __init__(self, actions: dict[str, QAction], theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self._theme = theme
        self._actions = actions
        self._status: OfflineStatus | None = None
        self._alarm = ""
        self._week: IsoWeek | None = None
        self.week = label("", "week")
        self.week.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.plan = button(actions["plan-week"].text(), "", actions["plan-week"].trigger)
        self.plan.setToolTip(actions["plan-week"].toolTip())
        self.progress = PlanProgress(actions["stop-planning"])
        self.progress.hide()
        self.import_ = button("Import…", "", actions["import"].trigger)
        self.import_.setToolTip(actions["import"].toolTip())
        self.export = _menu_button("Export", actions, ("export",))
        self.more = _menu_button("•••", actions, ("file", "edit", "plan", "view", "help"))
        self.more.setAccessibleName("More actions")
        self.undo = UndoButton(actions["undo"])
        self.search = FindField(actions["find"], theme)
        self.badge = QToolButton()
        self.badge.setProperty("role", "badge")
        self.badge.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        keep_height(self.badge, 30)
        self.badge.clicked.connect(lambda _checked=False: self._actions["backups" if self._alarm else "footprint"].trigger())
        self.badge.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 7, 12, 7)
        layout.setSpacing(8)
        self.brand = label("Roadbook", "brand")
        layout.addWidget(self.brand)
        layout.addSpacing(6)
        for widget in (_arrow(actions["previous-week"]), self.week, _arrow(actions["next-week"]), self.plan, self.progress):
            layout.addWidget(widget)
        for widget in (self.import_, self.export, self.more, self.undo):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.search, 3)
        layout.addWidget(self.badge)
        theme.changed.connect(self._tint)

    def show_week(self, week: IsoWeek) -> None:
        """Name the week."""
        self._week = week
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As much as there is room for, with larger type too."""
        width, layout = self.width(), self.layout()
        for roomy, narrow in ((True, False), (False, False), (False, True)):
            fits = width >= (ROOMY_PX if roomy else 0 if narrow else NARROW_PX)
            if fits:
                self._show_words(roomy=roomy, narrow=narrow)
            if layout is not None and fits and layout.minimumSize().width() <= width:
                return

    def _show_words(self, *, roomy: bool, narrow: bool) -> None:
        """Where there is little room, the name of the program goes first, then words that an icon or a date says as well."""
        self.brand.setVisible(roomy)
        self.search.show_words(roomy=roomy, narrow=narrow)
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self.badge.setToolButtonStyle(style)
        title = week_title(self._week) if self._week else ""
        self.week.setText(title.partition(" · ")[2] if narrow else title)
        self.week.ensurePolished()  # its font is known only then
        self.week.setMinimumWidth(self.week.fontMetrics().horizontalAdvance(self.week.text()) + 8)

    def show_steps(self, steps: Steps) -> None:
        """Say what Undo and Redo would do."""
        name_steps(self._actions, steps)

    def show_primary(self, page: str, *, on_page: bool) -> None:
        """Mark the primary action of a page, unless one is marked on the page itself."""
        primary = "" if on_page else _OF_PAGE.get(page, "")
        for name in _OF_PAGE.values():
            set_role(getattr(self, name), "primary" if name == primary else "")

    def show_planning(self, planning: bool) -> None:
        """Put the progress where Plan week is, or back."""
        self.plan.setVisible(not planning)
        self.progress.setVisible(planning)
        self._fit()

    def show_status(self, status: OfflineStatus) -> None:
        """Say what is ready without a network."""
        self._status = status
        self._show_badge()

    def show_alarm(self, alarm: str) -> None:
        """Nothing is ready while the data is not sound; an empty text ends that."""
        self._alarm = alarm
        self._show_badge()

    def _show_badge(self) -> None:
        status = self._status
        if self._alarm:
            title, lines, ready = "Look at the data", (self._alarm,), "alarm"
        elif status is not None:
            title, lines, ready = status.title, status.lines, "yes" if status.ready else "no"
        else:
            return
        self.badge.setText(title)
        self.badge.setToolTip("\n".join(lines))
        self.badge.setAccessibleDescription(" ".join(lines))
        self.badge.setProperty("ready", ready)
        self._tint()
        self.badge.show()
        self._fit()

    def _tint(self) -> None:
        colours = self._theme.colours
        inks = {"yes": colours.good, "no": colours.support, "alarm": colours.bad}
        ready = self.badge.property("ready") or "yes"
        self.badge.setIcon(icon("ready" if ready == "yes" else "partly", inks[ready]))
        self.badge.style().unpolish(self.badge)
        self.badge.style().polish(self.badge)


class PlanProgress(QWidget):
    """What a search has reached so far, and the button that says it is enough."""

    def __init__(self, stop: QAction) -> None:
        super().__init__()
        self.value: QLabel = label("", "week")
        self.bar = progress_bar("Planning", 90)
        self.stop: QPushButton = button(stop.text(), "", stop.trigger)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for widget in (self.bar, self.value, self.stop):
            layout.addWidget(widget)

    def begin(self) -> None:
        """Start from nothing."""
        self.bar.setValue(0)
        self.value.setMinimumWidth(0)
        self.value.setText("Planning…")
        self.stop.setEnabled(False)

    def show_progress(self, fraction: float, text: str) -> None:
        """How far it is."""
        self.bar.setValue(round(fraction * 1000))
        self.setToolTip(text)

    def show_value(self, value: float) -> None:
        """What the best plan so far is worth."""
        self.value.setText(f"value {number(value)}")
        self.value.ensurePolished()
        self.value.setMinimumWidth(max(self.value.minimumWidth(), self.value.sizeHint().width()))  # no jumps as it rises
        self.stop.setEnabled(True)


def _arrow(action: QAction) -> QToolButton:
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    made.setProperty("role", "arrow")
    made.setFixedSize(30, 30)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _menu_button(text: str, actions: dict[str, QAction], menus: tuple[str, ...]) -> QPushButton:
    made = button(f"{text}  ▾" if text.isalpha() else text)
    menu = QMenu(made)
    for name in menus:
        # All in one would be higher than many a screen.
        inside = menu if len(menus) == 1 else menu.addMenu(name.capitalize())
        inside.addActions([actions[each] for each in of_menu(name)])
        inside.aboutToShow.connect(lambda inside=inside: inside.setToolTipsVisible(any(not each.isEnabled() for each in inside.actions())))
    made.setMenu(menu)
    return made
