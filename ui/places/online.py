"""Addresses looked up on a server: told what that takes, asked for once more when it is much, and done with progress and Cancel."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.model.changes import Changes
from planner.model.placing import OnlineQueue
from planner.usecases.ask_online import OnlineOutcome, ask_online, online_queue
from planner.usecases.settings import set_setting
from ui.context import AppContext
from ui.dialogs.confirm import Confirm
from ui.errors import show_error
from ui.places.words import MANY, addresses, at_least, outcome_words, queue_words
from ui.widgets.fitting import fit_height
from ui.widgets.parts import button, label, progress_bar
from ui.words import number

if TYPE_CHECKING:
    from ui.workers import Job

_WIDTH = 500
LANE = "ask online"
"""Of its own, so that nothing else waits for a server."""
SENT = (
    "Each address is sent as it is written, or the name of the business where no street is known. Nothing else is: no contacts, no deals, "
    "no notes. The answers are kept, so that no address is asked for twice."
)
OFF = "Asking servers is switched off, so that nothing of your accounts leaves this laptop. You can allow it here, and in the settings."


class LookUpOnline(QDialog):
    """Begins with what there is to ask, and ends with what came of it."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Look up online")
        self._context = context
        self._job: Job | None = None
        self._queue: OnlineQueue | None = None
        self.title = label("Counting addresses…", "title", wrap=True)
        self.text = label("", wrap=True)
        self.sent = label("", "quiet", wrap=True)
        self.bar = progress_bar("Addresses asked for")
        self.yes = button("Look up", "primary", self._begin)
        self.no = button("Close", "", self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for each in (self.title, self.text, self.sent, self.bar):
            layout.addWidget(each)
        layout.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.yes)
        row.addWidget(self.no)
        layout.addLayout(row)
        for each in (self.sent, self.bar, self.yes):
            each.hide()
        self.no.setAutoDefault(True)
        self.no.setFocus()
        workspace = context.workspace
        context.runner.run(lambda _job: online_queue(workspace), self.show_queue, self._fail, lane="online queue", latest=True)

    def show_queue(self, queue: OnlineQueue) -> None:
        """Say what there is to ask, of whom, and how long it takes."""
        self._queue = queue
        if not queue.addresses:
            self._say("Nothing to look up", "Every address was placed by what is on this laptop, or was looked up before.")
            return
        self.sent.setText(SENT if queue.allowed else f"{SENT}\n\n{OFF}")
        self.yes.setText(f"Look up {addresses(queue.addresses)}" if queue.allowed else "Allow it and look up")
        self.no.setText("Cancel")
        self._say(f"Look up {addresses(queue.addresses)}?", queue_words(queue), asks=True)

    def _say(self, title: str, text: str, *, asks: bool = False, works: bool = False) -> None:
        self.title.setText(title)
        self.text.setText(text)
        for widget, seen in ((self.text, bool(text)), (self.sent, asks), (self.yes, asks), (self.bar, works)):
            widget.setVisible(seen)
        fit_height(self, _WIDTH)

    def _begin(self) -> None:
        queue = self._queue
        if queue is None or self._job is not None:
            return
        if queue.addresses <= MANY:
            self._allow(queue)
            return
        Confirm(
            f"Really ask for {addresses(queue.addresses)}?",
            f"That takes {at_least(queue.seconds)}, and {queue.server} is a service that many share. It can be cancelled at any time; "
            "what was found until then is kept.",
            f"Ask for {number(queue.addresses)}",
            lambda: self._allow(queue),
            self,
        ).open()

    def _allow(self, queue: OnlineQueue) -> None:
        self.yes.setEnabled(False)
        if queue.allowed:
            self._ask()
            return
        workspace, bus = self._context.workspace, self._context.bus
        job = self._context.runner.run(lambda _job: set_setting(workspace, "ask_online", "yes"), failed=self._fail, lane="write setting")
        job.done.connect(bus.changed.emit)
        job.done.connect(lambda _changes: self._ask())

    def _ask(self) -> None:
        workspace, bus = self._context.workspace, self._context.bus
        self._say("Looking up addresses", "You can go on working meanwhile.", works=True)
        self.no.setText("Stop")
        job = self._job = self._context.runner.run(
            lambda job: ask_online(workspace, job.report), self._told, self._fail, label="Looking up addresses", lane=LANE
        )
        job.progressed.connect(self._show_progress)
        job.done.connect(lambda outcome: bus.changed.emit(outcome.changes))  # heard even when this dialog is closed meanwhile
        # What was found before it was stopped is kept.
        job.cancelled.connect(lambda: bus.changed.emit(Changes("Look up addresses", accounts=True)))
        job.cancelled.connect(self._stopped)

    def _show_progress(self, fraction: float, text: str) -> None:
        self.bar.setValue(round(fraction * 1000))
        self.text.setText(text)

    def _told(self, outcome: OnlineOutcome) -> None:
        self._end(*outcome_words(outcome))

    def _stopped(self) -> None:
        self._end("Stopped", "What was found until then is kept. Look up again to go on with the rest.")

    def _end(self, title: str, text: str) -> None:
        self._job = None
        self._say(title, text)
        self.no.setEnabled(True)
        self.no.setText("Close")

    def reject(self) -> None:
        """Stop what is under way; close when nothing is."""
        if self._job is None:
            super().reject()
            return
        self.no.setEnabled(False)
        self.no.setText("Stopping…")
        self._job.cancel()

    def _fail(self, error: BaseException) -> None:
        self._end("Nothing was looked up", "")
        show_error(error, self)
