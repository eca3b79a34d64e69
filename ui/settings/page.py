"""The Settings page: a form made from the table of settings, kept as soon as a field is left."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.packs import RoadPack
from planner.settings import DISPLAY, ONLINE, SETTINGS, Settings
from planner.usecases.packs import list_packs
from planner.usecases.settings import set_setting
from ui.context import AppContext
from ui.errors import show_error
from ui.settings.first_step import FirstStep
from ui.settings.group import SettingGroup
from ui.settings.row import SettingRow
from ui.widgets.parts import button, label

_ABOUT = {ONLINE: "Each service says what it is sent. Only a routing service of your own is asked by itself; all others when you start it."}
_BACKUPS = "Backups"
_SAFE = "A backup is made at the start, before each import and whenever you want one. Yours can be encrypted with a passphrase."


class SettingsPage(QScrollArea):
    """One row a setting, grouped as the table has it. A value that cannot be is told beside its field, and the old one stays."""

    def __init__(
        self, context: AppContext, remove_sample: Callable[[], None], actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.first_step = FirstStep(context.bus, actions)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Settings")
        self.search = QLineEdit()
        self.search.setPlaceholderText("Find a setting")
        self.search.setAccessibleName("Find a setting by a word of its name or of what it is for")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self.find)
        self._rows: dict[str, SettingRow] = {}
        self._groups: list[SettingGroup] = []
        self._to_make = [*dict.fromkeys(each.page for each in SETTINGS), _BACKUPS]
        self._more = {
            DISPLAY: button(actions["hints-again"].text(), "", actions["hints-again"].trigger),
            _BACKUPS: button(actions["backups"].text(), "", actions["backups"].trigger),
        }
        self.sample = button("Remove the sample territory", "", remove_sample)
        self.nothing = label("No setting is called so. Try another word.", "quiet", wrap=True)
        self.nothing.hide()
        self._form = QVBoxLayout()
        self._assemble()
        self._make_next()
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
    def fields(self) -> dict[str, QLineEdit | QComboBox]:
        """The field of each setting."""
        return {key: row.field for key, row in self.rows.items()}

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
        if "active_pack" in {row.setting.key for row in rows}:
            self._load_packs()
        QTimer.singleShot(0, self, self._make_next)

    def _assemble(self) -> None:
        self._form.setSpacing(24)
        column = QVBoxLayout()
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(self.first_step)
        column.addWidget(self.search)
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
        self.setWidget(inside)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.first_step.wanted:
            self._rows["home"].field.setFocus()

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        for key, row in self._rows.items():
            row.show_value(settings.text(key))

    def find(self, text: str) -> None:
        """Show only settings that have every word of a text in them; all for an empty one."""
        words = text.casefold().split()
        found = [group.find(words) for group in self.groups]
        self.nothing.setVisible(not any(found))

    def go_to(self, key: str) -> None:
        """Bring a setting into sight, whatever is being looked for, with the focus in it."""
        self.search.clear()
        while key not in self._rows:
            self._make_next()
        self.ensureWidgetVisible(self._rows[key].field, 0, 120)
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
                self._rows["active_pack"].offer([("The newest", ""), *((pack.name, pack.id) for pack in packs)])

        self._context.runner.run(lambda _job: list_packs(self._context.workspace), show, lane="packs", latest=True)
