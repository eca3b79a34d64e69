"""The Settings page: a form made from the table of settings, kept as soon as a field is left."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QComboBox, QFormLayout, QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.packs import RoadPack
from planner.settings import SETTINGS, Kind, Setting, Settings
from planner.usecases.packs import list_packs
from planner.usecases.settings import set_setting
from ui.context import AppContext
from ui.errors import show_error
from ui.settings.first_step import FirstStep
from ui.widgets.parts import button, label

_SUFFIXES = {Kind.MINUTES: "minutes", Kind.TIME: "hh:mm"}


class SettingsPage(QScrollArea):
    """One field a setting, grouped as the table has it. A value that cannot be is told beside its field, and the old one stays."""

    def __init__(
        self, context: AppContext, remove_sample: Callable[[], None], actions: Mapping[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.first_step = FirstStep(context.bus, actions)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName("Settings")
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout()
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(10)
        column.addWidget(self.first_step)
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.problems = {each.key: label("", "bad", wrap=True) for each in SETTINGS}
        for group in dict.fromkeys(each.page for each in SETTINGS):
            column.addWidget(label(group, "title"))
            form = QFormLayout()
            form.setHorizontalSpacing(24)
            form.setVerticalSpacing(10)
            for each in SETTINGS:
                if each.page == group:
                    form.addRow(each.label, self._field(each))
            column.addLayout(form)
            column.addSpacing(16)
        self.sample = button("Remove the sample territory", "", remove_sample)
        column.addWidget(self.sample, 0)
        column.addStretch(1)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(760)
        across = QHBoxLayout(inside)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(middle, 10)
        across.addStretch(1)
        self.setWidget(inside)
        context.bus.settings_shown.connect(self.show_settings)
        context.bus.pack_shown.connect(lambda _pack: self._load_packs())

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        super().showEvent(event)
        if self.first_step.wanted:
            self.fields["home"].setFocus()

    def show_settings(self, settings: Settings) -> None:
        """Fill the fields."""
        for key, field in self.fields.items():
            value = settings.text(key)
            field.blockSignals(True)
            if isinstance(field, QComboBox):
                field.setCurrentIndex(max(0, field.findData(value)))
            elif not field.hasFocus() or not field.isModified():
                field.setText(value)
            field.blockSignals(False)

    def _field(self, each: Setting) -> QWidget:
        field: QLineEdit | QComboBox
        if each.kind is Kind.CHOICE or each.key == "active_pack":
            field = QComboBox()
            for choice in each.choices or ("",):
                field.addItem(choice.capitalize() or "The newest", choice)
            field.setMinimumWidth(180)
            field.activated.connect(lambda _index, key=each.key: self._keep(key))
        else:
            field = QLineEdit(each.default)
            field.editingFinished.connect(lambda key=each.key: self._keep(key))
            if each.kind in {Kind.MINUTES, Kind.TIME, Kind.NUMBER}:
                field.setFixedWidth(90)
        field.setAccessibleName(each.label)
        field.setToolTip(each.help)
        self.fields[each.key] = field
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(field)
        if each.kind in _SUFFIXES:
            line.addWidget(label(_SUFFIXES[each.kind], "small"))
        if field.maximumWidth() < 200 or isinstance(field, QComboBox):
            line.addStretch(1)
        box = QWidget()
        stack = QVBoxLayout(box)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(2)
        stack.addLayout(line)
        stack.addWidget(label(each.help, "small", wrap=True))
        stack.addWidget(self.problems[each.key])
        self.problems[each.key].hide()
        return box

    def _keep(self, key: str) -> None:
        field, context = self.fields[key], self._context
        value = field.currentData() if isinstance(field, QComboBox) else field.text()
        if value == context.desk.settings.text(key):
            return

        def kept(changes: object) -> None:
            self.problems[key].hide()
            context.bus.changed.emit(changes)

        def failed(error: BaseException) -> None:
            if isinstance(error, UserProblem):
                self.problems[key].setText(f"{error.what} {error.why}".strip())
                self.problems[key].show()
            else:
                show_error(error, self)

        context.runner.run(lambda _job: set_setting(context.workspace, key, value), kept, failed, lane="write setting")

    def _load_packs(self) -> None:
        def show(packs: list[RoadPack]) -> None:
            field = self.fields["active_pack"]
            assert isinstance(field, QComboBox)
            field.clear()
            field.addItem("The newest", "")
            for pack in packs:
                field.addItem(pack.name, pack.id)
            field.setCurrentIndex(max(0, field.findData(self._context.desk.settings.text("active_pack"))))

        self._context.runner.run(lambda _job: list_packs(self._context.workspace), show, lane="packs", latest=True)
