"""The recurring duties that were made here: how often, where, the next day of each; added, changed and taken out."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from planner.usecases.duties import RecurringDuty, delete_duty, list_duties
from planner.usecases.duty_drafts import DutyDraft, draft_of_duty
from planner.usecases.team import list_reps
from ui.context import AppContext
from ui.duties.form import DutyForm, new_draft
from ui.duties.words import duty_row
from ui.errors import show_error
from ui.icons import icon
from ui.safety.read_only import WHY
from ui.trips.commands import TripCommands
from ui.visits.sheet import wall_clock
from ui.widgets.parts import EmptyState, button, label
from ui.widgets.text_table import TextTableModel, text_table
from ui.words import count

_HEADERS = ("Duty", "Comes back", "Takes", "Where", "Next")
_WIDTHS = (210, 0, 76, 120, 104)


class DutiesDialog(QDialog):
    """Follows every change while it is open; each deed is one step to undo."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Recurring duties")
        self.resize(QSize(980, 440).boundedTo(self.screen().availableSize() - QSize(40, 60)))
        self._context = context
        self._commands = TripCommands(context, self)
        self._read_only = context.workspace.read_only
        self.duties: list[RecurringDuty] = []
        self._reps: list[str] = []
        self.title = label("", "title", wrap=True)
        self.model = TextTableModel(_HEADERS, context.theme, self, figures=frozenset({2}))
        self.table = text_table(self.model, "Recurring duties", _WIDTHS)
        self.add, self.edit = button("Add duty…", "primary", self._add), button("Change…", "", self._edit)
        self.delete = button("Delete", "", self._delete)
        self.edit.setAccessibleName("Change the duty")
        self.delete.setAccessibleName("Delete the duty")
        self.empty = EmptyState(
            "No recurring duties yet",
            "The weekly staff meeting, one-on-ones with your reps, the forecast call: add them once, and weeks are planned around them.",
        )
        self.empty.set_icon(icon("calendar", context.theme.colours.quiet))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.table)
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self.table.doubleClicked.connect(lambda _index: self._edit())
        context.bus.changed.connect(self._load)
        context.bus.pack_shown.connect(self._load)
        self._enable()
        self._load()

    @property
    def chosen(self) -> RecurringDuty | None:
        """The duty of the row that is current."""
        row = self.table.currentIndex().row()
        return self.duties[row] if 0 <= row < len(self.duties) else None

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.add, self.edit, self.delete):
            row.addWidget(each)
            if self._read_only:
                each.setToolTip(WHY)
        row.addStretch(1)
        row.addWidget(button("Close", "", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(
            label("Planned around like the appointments of your calendar. A rep's name shows them on the Team page.", "quiet", wrap=True)
        )
        layout.addWidget(self.stack, 1)
        layout.addLayout(row)

    def _load(self, _news: object = None) -> None:
        workspace, today = self._context.workspace, wall_clock(self._context.desk.settings).date()

        def found(_job: object) -> tuple[list[RecurringDuty], list[str]]:
            return list_duties(workspace, today), [rep.name for rep in list_reps(workspace)]

        self._context.runner.run(found, self._show, self._fail, lane="duties", latest=True)

    def _show(self, found: tuple[list[RecurringDuty], list[str]]) -> None:
        chosen = self.chosen.event.uid if self.chosen else ""
        self.duties, self._reps = found
        self.model.show([duty_row(duty) for duty in self.duties], frozenset(n for n, duty in enumerate(self.duties) if not duty.next_day))
        self.title.setText(count(len(self.duties), "recurring duty") if self.duties else "Recurring duties")
        self.stack.setCurrentWidget(self.table if self.duties else self.empty)
        if self.duties:
            at = next((number for number, duty in enumerate(self.duties) if duty.event.uid == chosen), 0)
            self.table.setCurrentIndex(self.model.index(at, 0))
        self._enable()

    def _enable(self) -> None:
        self.add.setEnabled(not self._read_only)
        for each in (self.edit, self.delete):
            each.setEnabled(not self._read_only and self.chosen is not None)

    def _fail(self, error: BaseException) -> None:
        show_error(error, self)

    def _add(self) -> None:
        self._open(new_draft(wall_clock(self._context.desk.settings).date()))

    def _edit(self) -> None:
        chosen = self.chosen
        if chosen is None or self._read_only:
            return
        workspace, uid, today = self._context.workspace, chosen.event.uid, wall_clock(self._context.desk.settings).date()
        self._context.runner.run(lambda _job: draft_of_duty(workspace, uid, today), self._open, self._fail, lane="duty", latest=True)

    def _open(self, draft: DutyDraft) -> None:
        today = wall_clock(self._context.desk.settings).date()
        DutyForm(self._commands, self._context, draft, self._reps, today, self).open()

    def _delete(self) -> None:
        chosen = self.chosen
        if chosen is None:
            return
        workspace, event = self._context.workspace, chosen.event
        self._commands.run(
            lambda: (None, delete_duty(workspace, event.uid)), lambda _none: f"Deleted: {event.title}. Ctrl+Z brings it back."
        )
