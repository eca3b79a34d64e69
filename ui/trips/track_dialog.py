"""A recorded track: what was driven and where it stayed, to be kept as a trip; then the visits that probably were, to be logged."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from planner.model.changes import Changes
from planner.model.tracking import Visit
from planner.usecases.tracks import KeptTrack, TrackRead, keep_track
from ui.context import AppContext
from ui.trips.commands import TripCommands
from ui.trips.words import far
from ui.visits.commands import VisitCommands
from ui.visits.words import when_words
from ui.widgets.parts import button, clear, gap, label, pair, separator
from ui.widgets.scrolled import ScrolledLines
from ui.words import count, long_day


class TrackDialog(QDialog):
    """Nothing is kept until Keep is pressed; a visit is only logged when she says so."""

    def __init__(self, context: AppContext, commands: TripCommands, track: TrackRead, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("From GPX")
        self.resize(640, 600)
        self._context = context
        self._commands = commands
        self._visits = VisitCommands(context, self)
        self._track = track
        self.title = label(track.name, "title", wrap=True)
        self.told = label("", "quiet", wrap=True)
        scroll = ScrolledLines("Drives of the track", (0, 0, 12, 0), 5)
        self._layout = scroll.lines
        self.keep = button("Keep as a trip", "primary", self._keep)
        self.close_ = button("Cancel", "", self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.keep)
        row.addWidget(self.close_)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 14, 16)
        layout.setSpacing(10)
        layout.addWidget(self.title)
        layout.addWidget(self.told)
        layout.addWidget(scroll, 1)
        layout.addLayout(row)
        self._show_track()

    def _show_track(self) -> None:
        track, units = self._track, self._context.desk.units
        days = " and ".join(long_day(day.day) for day in track.days[:3])
        self.told.setText(f"{days} · {far(track.metres, units)} in {count(len(track.pieces), 'drive')} · {count(len(track.stays), 'stay')}")
        lines: list[QWidget] = [label("DRIVES", "heading")]
        for piece in track.pieces:
            lines += [
                pair(f"{piece.start.name} → {piece.destination.name}", far(piece.metres, units)),
                label(piece.how, "small", wrap=True),
            ]
            lines.append(separator())
        if track.problems:
            lines += [gap(), label("WHAT WAS WRONG WITH IT", "heading"), *(label(text, "support", wrap=True) for text in track.problems)]
        self._put(lines)

    def _put(self, lines: list[QWidget]) -> None:
        clear(self._layout)
        for line in lines:
            self._layout.addWidget(line)
        self._layout.addStretch(1)

    def _keep(self) -> None:
        workspace, track = self._context.workspace, self._track
        self.keep.setEnabled(False)
        job = self._commands.run(lambda: keep_track(workspace, track), _told, self._refused)
        job.done.connect(self._kept)

    def _kept(self, answer: tuple[KeptTrack, Changes]) -> None:
        self._show_drafts(answer[0])

    def _refused(self, error: BaseException) -> None:
        self.keep.setEnabled(True)
        self._commands.fail(error)

    def _show_drafts(self, kept: KeptTrack) -> None:
        """The visits that probably were, one to log after another; closes when there are none."""
        if not kept.drafts:
            self.accept()
            return
        self.keep.hide()
        self.close_.setText("Close")
        self.title.setText("Log the visits it stopped for")
        self.told.setText("The trip is kept, and its drives wait in the mileage log to be confirmed. None of these is logged by itself.")
        self._put([line for visit in kept.drafts for line in (self._draft(visit), separator())])

    def _draft(self, visit: Visit) -> QWidget:
        account = self._context.desk.accounts.get(visit.account_id or 0)
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 2, 0, 2)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(label(account.name if account else "An account", wrap=True))
        column.addWidget(label(when_words(visit), "small"))
        across.addLayout(column, 1)
        log = button("Log…", "", lambda: self._visits.change(visit))
        log.setAccessibleName(f"Log the visit at {account.name if account else 'an account'}")
        across.addWidget(log)
        return row


def _told(kept: KeptTrack) -> str:
    return f"Kept: {', '.join(trip.name for trip in kept.trips)}. Ctrl+Z takes it back."
