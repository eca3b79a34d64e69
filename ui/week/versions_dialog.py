"""The versions of the week on show: what each came from and would change, a name for it, and the way back to it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from planner.model.changes import Changes
from planner.model.versions import PlanDiff, PlanVersion
from planner.model.week import WeekPlan
from planner.usecases.plan_versions import LONGEST_NAME, compare_versions, go_back, list_versions, name_version
from ui.context import AppContext
from ui.errors import show_error
from ui.history.words import when, when_px
from ui.icons import icon
from ui.widgets.parts import EmptyState, button, label
from ui.widgets.text_table import TextTableModel, text_table
from ui.words import count, number, week_title

MOST_LINES = 6
_HEADERS = ("When", "What", "Points")


class VersionsDialog(QDialog):
    """Follows every change while it is open. The newest version is the one on show."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Versions of the plan")
        self.resize(720, 520)
        self._context = context
        self.versions: list[PlanVersion] = []
        self.title = label("", "title")
        self.model = TextTableModel(_HEADERS, context.theme, self, figures=frozenset({2}))
        self.table = text_table(self.model, "Versions of the plan", (when_px() + 12, 0, 90))
        self.table.selectionModel().currentRowChanged.connect(self._picked)
        self.nothing = EmptyState(
            "No plan of this week yet", "Plan the week first. Each plan and each change to it is a version that you can go back to."
        )
        self.nothing.set_icon(icon("history", context.theme.colours.accent))
        self.nothing.hide()
        self.summary = label("", wrap=True)
        self.lines = label("", "small", wrap=True)
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setPlaceholderText("A name, such as Before the snow")
        self.name.setToolTip("A name, such as Before the snow")
        self.name.setAccessibleName("Name of this version")
        self.name.returnPressed.connect(self._name)
        self.keep = button("Keep the name", "", self._name)
        self.back = button("Go back to this version", "primary", self._go_back)
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget, share in ((self.name, 1), (self.keep, 0), (self.back, 0)):
            row.addWidget(widget, share)
        row.addWidget(button("Close", "", self.reject), 0, Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.nothing, 1)
        layout.addWidget(self.summary)
        layout.addWidget(self.lines)
        layout.addLayout(row)
        self._picked()
        context.bus.changed.connect(self._load)
        context.bus.week_changed.connect(self._load)
        self._load()

    def _load(self, _news: object = None) -> None:
        workspace, week = self._context.workspace, self._context.desk.week
        self._run(lambda: list_versions(workspace, week), self._show, "versions")

    def _show(self, versions: list[PlanVersion]) -> None:
        chosen = self._chosen()
        self.versions = versions
        self.model.show([(when(each.made_at), each.title, number(each.value)) for each in versions])
        plain = week_title(self._context.desk.week)
        self.title.setText(f"{plain}: {count(len(versions), 'version')}" if versions else plain)
        for each in (self.table, self.name, self.keep, self.back):
            each.setVisible(bool(versions))
        self.nothing.setVisible(not versions)
        row = next((row for row, each in enumerate(versions) if chosen is not None and each.id == chosen.id), 0)
        if versions:
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._picked()

    def _chosen(self) -> PlanVersion | None:
        row = self.table.currentIndex().row()
        return self.versions[row] if 0 <= row < len(self.versions) else None

    def _picked(self, _now: QModelIndex | None = None, _before: QModelIndex | None = None) -> None:
        version, writes = self._chosen(), not self._context.workspace.read_only
        newest = version is not None and version is self.versions[0]
        self.name.setText(version.name if version else "")
        self.name.setEnabled(version is not None and writes)
        self.keep.setEnabled(version is not None and writes)
        self.back.setEnabled(version is not None and not newest and writes)
        self.summary.setText("This is the plan on show." if newest else "")
        self.lines.setText("")
        if version is not None and not newest:
            workspace, week, shown, wanted = self._context.workspace, version.week, self.versions[0].id, version.id
            self._run(lambda: compare_versions(workspace, week, shown, wanted), lambda diff: self._tell(wanted, diff), "version compared")

    def _tell(self, version_id: int, diff: PlanDiff) -> None:
        chosen = self._chosen()
        if chosen is None or chosen.id != version_id:
            return
        self.summary.setText(f"Going back: {diff.summary}")
        more = len(diff.lines) - MOST_LINES
        self.lines.setText("\n".join([*diff.lines[:MOST_LINES], *([f"and {number(more)} more"] if more > 0 else [])]))

    def _name(self) -> None:
        version, workspace = self._chosen(), self._context.workspace
        name = self.name.text()
        if version is not None and name.strip() != version.name:
            version_id = version.id
            self._run(lambda: name_version(workspace, version_id, name), self._changed, "data")

    def _go_back(self) -> None:
        version, workspace = self._chosen(), self._context.workspace
        if version is not None:
            week, version_id = version.week, version.id
            self._run(lambda: go_back(workspace, week, version_id), self._gone_back, "data")

    def _gone_back(self, answer: tuple[WeekPlan, Changes]) -> None:
        plan, changes = answer
        self.table.clearSelection()
        self.table.setCurrentIndex(QModelIndex())  # the newest is the one looked at then
        self._context.desk.show_plan(plan, routed=False)
        self._changed(changes)

    def _changed(self, changes: Changes) -> None:
        self._context.bus.changed.emit(changes)
        self._context.bus.told.emit(changes.label)

    def _run(self, verb: Callable[[], Any], done: Callable[[Any], None], lane: str) -> None:
        self._context.runner.run(lambda _job: verb(), done, lambda error: show_error(error, self), lane=lane, latest=lane != "data")
