"""Log a visit in ten seconds, or change one that is logged."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.tracking import Visit
from planner.usecases.log_visit import log_visit
from ui.context import AppContext
from ui.dialogs.confirm import Confirm
from ui.errors import show_error
from ui.visits.form import VisitForm
from ui.visits.sheet import Sheet
from ui.visits.words import OUTCOMES, place_of_problem, when_words
from ui.widgets.parts import button, label
from ui.widgets.scrolled import Scrolled
from ui.words import KINDS

_SIZE, _LEAST = QSize(680, 620), QSize(664, 420)
_BAR_PX = 10
_TYPED_IN = (QLineEdit, QPlainTextEdit, QComboBox, QDateEdit)


class LogVisit(QDialog):
    """The outcome first, one key each; Enter logs. `load` makes the sheet, off the GUI thread; keys count before it has arrived.

    What the verb refuses is told beside the field, with everything still there.
    """

    def __init__(self, context: AppContext, title: str, load: Callable[[], Sheet], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Log visit")
        self._context = context
        self._wanted = self._saving = False
        self.heading = label(title, "title", wrap=True)
        self.told = label("", "quiet", wrap=True)
        self.form = VisitForm(context.theme)
        self.save = button("Log visit", "primary", self._save)
        self.save.setDefault(True)
        self.save.setToolTip("Enter, or Ctrl+Enter from anywhere")
        self._lay_out()
        self.form.outcomes.chosen.connect(lambda _outcome: self.form.note.setFocus())
        self.form.note.entered.connect(self._save)
        self.setMinimumSize(_LEAST)
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(40, 60)))
        self.form.outcomes.buttons[self.form.outcomes.outcome].setFocus()
        context.runner.run(lambda _job: load(), self._fill, self._gone, lane="visit sheet")

    def reject(self) -> None:
        """Close; asks first when something was typed."""
        if self._saving:
            return
        if not self.form.is_changed:
            super().reject()
            return
        Confirm(
            "Leave without logging?", "What you typed about this visit is not kept.", "Leave", self._leave, self, stay="Go on editing"
        ).open()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier}
        chosen = next((outcome for outcome, _, key in OUTCOMES if event.text().upper() == key), None)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        elif chosen is not None and plain and not isinstance(self.focusWidget(), _TYPED_IN):
            self.form.outcomes.choose(chosen)
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        self.scroll = scroll = Scrolled(self.form, "The visit")
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, _BAR_PX, 0)
        row.setSpacing(8)
        row.addWidget(label("Ctrl+Z takes it back later.", "small"), 1)
        row.addWidget(self.save)
        row.addWidget(button("Cancel", "", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(self.heading)
        layout.addWidget(self.told)
        outcomes = QHBoxLayout()
        outcomes.setContentsMargins(0, 0, _BAR_PX, 0)  # as wide as the fields, beside which a scroll bar has room
        outcomes.addWidget(self.form.outcomes)
        layout.addLayout(outcomes)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)

    def _fill(self, sheet: Sheet) -> None:
        self.heading.setText(sheet.title)
        self.told.setText(_told(sheet.visit))
        if sheet.visit.id:
            self.setWindowTitle("Change the visit")
            self.save.setText("Save")
        elif sheet.visit.account_id is None:
            self.setWindowTitle("Log help")
            self.save.setText("Log help")
        self.form.fill(sheet)
        if self._wanted:
            self._save()

    def _gone(self, error: BaseException) -> None:
        show_error(error, self.parentWidget())
        super().reject()

    def _leave(self) -> None:
        super().reject()

    def _save(self) -> None:
        self._wanted = True
        if self._saving or not self.form.is_filled:
            return
        try:
            visit = self.form.read()
        except UserProblem as problem:
            self._tell("when", problem)
            return
        workspace, bus = self._context.workspace, self._context.bus
        self._saving = True
        self.save.setEnabled(False)

        def done(kept: tuple[Visit, Changes]) -> None:
            # The window hears of it even when this dialog is closed meanwhile.
            bus.changed.emit(kept[1])
            _, _, name = kept[1].label.partition(": ")
            bus.told.emit(f"{'Changed' if visit.id else 'Logged'}: {name}. Ctrl+Z takes it back.")

        def refused(error: BaseException) -> None:
            self._refused(visit, error)

        job = self._context.runner.run(lambda _job: log_visit(workspace, visit), done, refused, lane="data")
        job.done.connect(self.accept)

    def _refused(self, visit: Visit, error: BaseException) -> None:
        self._saving = False
        self.save.setEnabled(True)
        if isinstance(error, UserProblem):
            self._tell(place_of_problem(visit, date.today()), error)  # noqa: DTZ011 - her own calendar day
        else:
            show_error(error, self)

    def _tell(self, place: str, problem: UserProblem) -> None:
        self._wanted = False
        line = self.form.show_problem(place, str(problem))
        self.form.layout().activate()
        self.scroll.ensureWidgetVisible(line)


def _told(visit: Visit) -> str:
    """What is known of the visit already, in one line."""
    parts = [KINDS[visit.kind], when_words(visit)]
    if visit.stop_key and not visit.id:
        parts.append("as planned")
    return " · ".join(parts)
