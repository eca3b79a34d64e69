"""The Settings page: its groups at the left, and a form made from the table of settings, kept as soon as a field is left."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QFocusEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.packs import RoadPack
from planner.settings import DISPLAY, ONLINE, SETTINGS, Settings
from planner.usecases.packs import list_packs
from planner.usecases.settings import set_setting
from planner.usecases.time_zones import time_zones
from ui.context import AppContext
from ui.errors import show_error
from ui.settings.first_step import StepBanner
from ui.settings.group import SettingGroup
from ui.settings.groups_list import GroupsList
from ui.settings.row import Field, SettingRow
from ui.widgets.parts import button, label

_ABOVE_PX = 20
_ABOUT = {
    ONLINE: "Each service says what it is sent. Only a server of your own for drive times is asked by itself; all others when you start it."
}
_BACKUPS = "Backups"
_SAFE = "A backup is made at the start, before each import and whenever you want one. Yours can be encrypted with a passphrase."


class SettingsPage(QWidget):
    """One row a setting, grouped as the table has it. A value that cannot be is told beside its field, and the old one stays."""

    def __init__(
        self, context: AppContext, remove_sample: Callable[[], None], actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.first_step = StepBanner(1, "where your days begin. All else can wait.", context.bus, lambda action: actions[action].trigger())
        self._rows: dict[str, SettingRow] = {}
        self._groups: list[SettingGroup] = []
        self._to_make = [*dict.fromkeys(each.page for each in SETTINGS), _BACKUPS]
        self.list = GroupsList(self._to_make, self.show_group)
        self.search = self.list.search
        self.search.textChanged.connect(self.find)
        self.scroll = QScrollArea()
        self.scroll.setWidgetResizable(True)
        self.scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll.setAccessibleName("Settings")
        self.scroll.verticalScrollBar().valueChanged.connect(self._mark_group)
        self._more = {
            DISPLAY: button(actions["hints-again"].text(), "", actions["hints-again"].trigger),
            _BACKUPS: button(actions["backups"].text(), "", actions["backups"].trigger),
        }
        self.sample = button("Remove the sample territory", "", remove_sample)
        self.nothing = label("No setting is called so. Try another word.", "quiet", wrap=True)
        self.nothing.hide()
        self._form = QVBoxLayout()
        self._assemble()
        QTimer.singleShot(0, self, self._make_next)
        context.bus.settings_shown.connect(self.show_settings)
        context.bus.pack_shown.connect(self._show_pack)
        if context.desk.loaded:  # the page is made when it is first looked at: what was told before is known by then
            self._show_pack(context.desk.pack)
            self.first_step.begin(context.desk.accounts, context.desk.pack)

    @property
    def rows(self) -> dict[str, SettingRow]:
        """The row of each setting."""
        self._make_all()
        return self._rows

    @property
    def groups(self) -> list[SettingGroup]:
        """The groups, in the order of the table."""
        self._make_all()
        return self._groups

    @property
    def fields(self) -> dict[str, Field]:
        """The field of each setting."""
        return {key: row.field for key, row in self.rows.items()}

    def _until_made(self, key: str) -> None:
        while key not in self._rows:
            self._make_next()

    def _make_all(self) -> None:
        while self._to_make:
            self._make_next()

    def _make_next(self) -> None:
        """Make one group, and the others when the window has had a look at its events: all at once it would stand still for long."""
        if not self._to_make:
            return
        name = self._to_make.pop(0)
        rows = [SettingRow(each, self._keep) for each in SETTINGS if each.page == name]
        self._rows |= {row.setting.key: row for row in rows}
        group = SettingGroup(name, rows, _ABOUT.get(name, _SAFE if name == _BACKUPS else ""), self._more.get(name))
        self._groups.append(group)
        self._form.addWidget(group)
        if self._context.desk.loaded:
            self.show_settings(self._context.desk.settings)
        QTimer.singleShot(0, self, self._make_next if self._to_make else self._look_up)

    def _look_up(self) -> None:
        """What can be chosen in the fields, once they are there: while they are made it would be in their way."""
        self._load_packs()
        self._context.runner.run(lambda _job: time_zones(), self._rows["timezone"].offer, lane="time zones")

    def _assemble(self) -> None:
        self._form.setSpacing(24)
        column = QVBoxLayout()
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(self.nothing)
        column.addLayout(self._form)
        column.addSpacing(8)
        column.addWidget(self.sample, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(1)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(760)
        inside = QWidget()
        inside.setObjectName("scrolled")
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)  # what comes later makes room for itself at once
        across.addWidget(middle, 10)
        across.addStretch(1)
        self.scroll.setWidget(inside)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.list)
        beside.addWidget(self.scroll, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.first_step)
        whole.addLayout(beside, 1)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Not by a focus proxy: Tab would then pass over what stands before the list."""
        super().focusInEvent(event)
        self.list.list.setFocus(event.reason())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.first_step.wanted:
            self._until_made("home")
            self._rows["home"].field.setFocus()

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        for key, row in self._rows.items():
            row.show_value(settings.text(key))

    def find(self, text: str) -> None:
        """Show only settings that have every word of a text in them; all for an empty one."""
        words = text.casefold().split()
        found = [group.name for group in self.groups if group.find(words)]
        self.list.narrow(found)
        self.nothing.setVisible(not found)

    def show_group(self, name: str) -> None:
        """Bring a group to the top, as far as there is something below it."""
        while name not in {group.name for group in self._groups} and self._to_make:
            self._make_next()
        group = next(group for group in self._groups if group.name == name)
        inside = self.scroll.widget()
        inside.layout().activate()
        self.scroll.verticalScrollBar().setValue(group.mapTo(inside, QPoint(0, -_ABOVE_PX)).y())
        self.list.mark(name)

    def _mark_group(self, value: int) -> None:
        """The last group whose title is not below the upper third is the one in sight; at the very end, the last of all."""
        bar, inside = self.scroll.verticalScrollBar(), self.scroll.widget()
        edge = value + self.scroll.viewport().height() // 3
        shown = [group for group in self._groups if group.isVisible()]
        above = [group for group in shown if group.mapTo(inside, QPoint(0, 0)).y() <= edge]
        if shown:
            self.list.mark((shown[-1] if value >= bar.maximum() else above[-1] if above else shown[0]).name)

    def go_to(self, key: str) -> None:
        """Bring a setting into sight, whatever is being looked for, with the focus in it."""
        self.search.clear()
        self._until_made(key)
        self.scroll.ensureWidgetVisible(self._rows[key].field, 0, 120)
        self._rows[key].field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _keep(self, key: str, value: str) -> None:
        row, context = self.rows[key], self._context
        if value == context.desk.settings.text(key):
            row.problem.hide()
            return

        def failed(error: BaseException) -> None:
            if isinstance(error, UserProblem):
                row.tell(f"{error.what} {error.why}".strip())
            else:
                show_error(error, self)

        work = partial(set_setting, context.workspace, key, value)
        context.runner.run(lambda _job: work(), context.bus.changed.emit, failed, lane="write setting")

    def _show_pack(self, pack: RoadPack | None) -> None:
        self.sample.setVisible(pack is not None and pack.sample)
        self._load_packs()

    def _load_packs(self) -> None:
        def show(packs: list[RoadPack]) -> None:
            if "active_pack" in self._rows:
                self._rows["active_pack"].offer([("", "The newest"), *((pack.id, pack.name) for pack in packs)])

        self._context.runner.run(lambda _job: list_packs(self._context.workspace), show, lane="packs", latest=True)
