"""Possible duplicates, one pair after another: merged, kept apart or left for later, and never by themselves."""

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.model.changes import Changes
from planner.usecases.merge import Duplicate, find_again, keep_apart, list_duplicates, merge_accounts
from ui.context import AppContext
from ui.duplicates.merge_all import MergeAll, merge_all
from ui.duplicates.pair_form import PairForm
from ui.duplicates.words import apart, heading
from ui.errors import show_error
from ui.widgets.parts import EmptyState, button, label
from ui.widgets.plain_tip import plain_tip
from ui.words import count, number
from ui.workers import Job

SOON_S = 0.3
"""What takes no longer shows no progress, which would only flicker."""


class DuplicatesDialog(QDialog):
    """Follows every change while it is open, so Undo brings a pair back."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Possible duplicates")
        self.setMinimumSize(760, 480)
        self.resize(_size_beside(parent))
        self._context = context
        self._job: Job | None = None
        self._busy, self._stopped = True, False
        self.pairs: list[Duplicate] = []
        self.title = label("Possible duplicates", "title")
        self.list = _pair_list()
        self.list.currentRowChanged.connect(self._picked)
        self.why = label("", "quiet", wrap=True)
        self.form = PairForm()
        self.told = label("", "good", wrap=True)
        self.merge = _keyed("Merge", "Enter", "primary", self._merge)
        self.merge.setDefault(True)
        self.apart = _keyed("Not the same", "N", "", self._keep_apart)
        self.skip = _keyed("Skip", "S", "", self._skip)
        self.swap = _keyed("Swap sides", "W", "", self.form.swap)
        self.all = button("", "link", self._ask_all)
        self.again = button("Look again", "link", self._look_again)
        for each in (self.all, self.again):
            each.hide()
        self.anew = button("Look again", "", self._look_anew)
        self.empty = EmptyState("Looking…", "", self.anew)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._beside())
        self.progress = _Progress(self._cancel)
        foot = QHBoxLayout()
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.told, 1)
        foot.addWidget(button("Close", "", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        top = QHBoxLayout()
        top.addWidget(self.title)
        top.addStretch(1)
        top.addWidget(self.all)
        top.addWidget(self.again)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        layout.addLayout(foot)
        for each, key in ((self.apart, "N"), (self.skip, "S"), (self.swap, "W")):
            QShortcut(QKeySequence(key), self, each.click)
        context.bus.changed.connect(self._follow)
        self._load()

    def _beside(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(10)
        right.addWidget(self.why)
        right.addWidget(self.form, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in (self.merge, self.apart, self.skip):
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self.swap)
        right.addLayout(row)
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(self.list)
        across.addLayout(right, 1)
        return made

    # What is there

    def _follow(self, changes: Changes) -> None:
        if changes.accounts or changes.packs:
            self._load()

    def _load(self) -> None:
        workspace = self._context.workspace
        self._job = job = self._context.runner.run(
            lambda job: list_duplicates(workspace, job.report), self.show_pairs, self._fail, lane="duplicates", latest=True
        )
        self._busy, self._stopped = True, False
        self.anew.hide()
        self._follow_job(job)
        job.cancelled.connect(self._stop)

    def _stop(self) -> None:
        """What is marked was not read to its end: then none of it is on show."""
        self.show_pairs([])
        self._stopped = True
        self.title.setText("Possible duplicates")
        self._say("Not all was looked through", "You stopped it. Nothing was changed.")

    def _say(self, title: str, sentence: str) -> None:
        self.empty.title.setText(title)
        self.empty.sentence.setText(sentence)

    def _look_anew(self) -> None:
        if self._stopped:
            self._say("Looking…", "")
            self._load()
        else:
            self._look_again()

    def show_pairs(self, pairs: list[Duplicate]) -> None:
        """Show other pairs, and stay at the one on show, or where it was."""
        self._busy = False
        self.anew.show()
        self._say("No possible duplicates", "No two accounts look as if they were one.")
        before, row = self._chosen(), max(self.list.currentRow(), 0)
        self.pairs = pairs
        self.list.blockSignals(True)
        self.list.clear()
        for pair in pairs:
            item = QListWidgetItem(f"{heading(pair)}\n{pair.why}")
            item.setToolTip(plain_tip(f"{heading(pair)}\n{pair.why}"))
            self.list.addItem(item)
        row = next((at for at, each in enumerate(pairs) if before and _ids(each) == _ids(before)), min(row, len(pairs) - 1))
        self.list.setCurrentRow(row)
        self.list.blockSignals(False)
        self.stack.setCurrentIndex(1 if pairs else 0)
        self.title.setText(f"{count(len(pairs), 'possible duplicate')}" if pairs else "Possible duplicates")
        self.all.setText(f"Merge all {number(len(pairs))} as proposed…")
        self.all.setVisible(len(pairs) > 1)
        self.again.setVisible(bool(pairs))
        if before is None or self._chosen() != before:
            self._picked()
        if pairs and (before is None or self.focusWidget() is None):
            self.list.setFocus()  # not the button that merges all of them

    def _chosen(self) -> Duplicate | None:
        row = self.list.currentRow()
        return self.pairs[row] if 0 <= row < len(self.pairs) else None

    def _picked(self, _row: int = -1) -> None:
        pair = self._chosen()
        self.form.show_pair(pair)
        if pair is not None:
            where = apart(pair.first, pair.second, self._context.desk.units)
            self.why.setText(f"{pair.why[:1].upper()}{pair.why[1:]} · {where}")

    # What is done

    def _merge(self) -> None:
        pair = self.form.duplicate
        if pair is not None:
            first, second, take = pair.first.id, pair.second.id, self.form.take()
            self._write(lambda _job: merge_accounts(self._context.workspace, first, second, take), "Merging")

    def _keep_apart(self) -> None:
        pair = self.form.duplicate
        if pair is not None:
            first, second = pair.first.id, pair.second.id
            self._write(lambda _job: keep_apart(self._context.workspace, first, second), "Keeping apart")

    def _skip(self) -> None:
        if self.pairs:
            self.list.setCurrentRow((self.list.currentRow() + 1) % len(self.pairs))

    def _write(self, work: Callable[[Job], Changes], label_: str) -> None:
        job = self._begin(work, label_)
        if job is not None:
            job.done.connect(self._context.bus.changed.emit)  # heard even when this dialog is closed meanwhile
            job.done.connect(self._tell)

    def _tell(self, changes: Changes) -> None:
        self.told.setText(f"{changes.label}. Ctrl+Z takes it back.")

    def _ask_all(self) -> None:
        if self.pairs:
            pairs = tuple(self.pairs)
            MergeAll(pairs, lambda: self._merge_all(pairs), self).open()

    def _merge_all(self, pairs: tuple[Duplicate, ...]) -> None:
        bus = self._context.bus
        job = self._begin(lambda job: merge_all(self._context.workspace, pairs, job.report), "Merging duplicates")
        if job is not None:
            # However far it came: what was merged is merged.
            job.ended.connect(lambda: bus.changed.emit(Changes("Merge duplicates", accounts=True, plans=True)))
            job.done.connect(self._tell_all)

    def _tell_all(self, outcome: tuple[int, list[str]]) -> None:
        merged, problems = outcome
        failed = f" {count(len(problems), 'pair')} could not be: {problems[0]}" if problems else ""
        self.told.setText(f"{count(merged, 'pair')} merged; each is one step that Ctrl+Z takes back.{failed}")

    def _look_again(self) -> None:
        job = self._begin(lambda job: find_again(self._context.workspace, job.report), "Looking for duplicates")
        if job is not None:
            job.done.connect(self._looked)

    def _looked(self, found: tuple[list[Duplicate], Changes]) -> None:
        pairs, changes = found
        self.told.setText(f"{count(len(pairs), 'possible duplicate')} found" if pairs else "Looked again: there is none.")
        self._context.bus.changed.emit(changes)

    def _begin(self, work: Callable[[Job], Any], label_: str) -> Job | None:
        """Start what writes, unless what is on show is old: the next key is about the pair that comes after this one."""
        if self._busy:
            return None
        self._busy = True
        self.told.clear()
        job = self._job = self._context.runner.run(work, failed=self._fail, label=label_, lane="data")
        self._follow_job(job)
        job.cancelled.connect(self._free)
        return job

    def _follow_job(self, job: Job) -> None:
        self.progress.follow(job)
        job.ended.connect(lambda: self.progress.end(job))

    def _free(self) -> None:
        self._busy = False

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _fail(self, error: BaseException) -> None:
        self._busy = False
        show_error(error, self)


class _Progress(QWidget):
    """How far a job is, and the button that stops it."""

    def __init__(self, cancel: Callable[[], None]) -> None:
        super().__init__()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(180)
        self.text = label("", "quiet")
        self._job: Job | None = None
        self._began_s = 0.0
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.text, 1)
        layout.addWidget(button("Cancel", "link", cancel))
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job instead of the one before; quick ones are not shown."""
        self._job, self._began_s = job, time.monotonic()
        job.progressed.connect(lambda fraction, text: self._show(job, fraction, text))
        self.bar.setValue(0)

    def end(self, job: Job) -> None:
        """Show nothing any more, where it is still this job that is shown."""
        if job is self._job:
            self._job = None
            self.hide()

    def _show(self, job: Job, fraction: float, text: str) -> None:
        if job is not self._job or time.monotonic() - self._began_s < SOON_S:
            return
        self.bar.setValue(round(fraction * 1000))
        self.text.setText(self.text.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 280))
        self.show()


def _pair_list() -> QListWidget:
    made = QListWidget()
    made.setAccessibleName("Pairs that may be one account")
    made.setFixedWidth(250)
    made.setWordWrap(True)
    made.setStyleSheet("QListWidget::item { padding: 6px 8px; }")
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _keyed(text: str, key: str, role: str, run: Callable[[], None]) -> QPushButton:
    made = button(f"{text}  ({key})", role, run)
    made.setAccessibleName(text)
    return made


def _ids(pair: Duplicate) -> tuple[int, int]:
    return pair.first.id, pair.second.id


def _size_beside(parent: QWidget | None) -> QSize:
    if parent is None:
        return QSize(980, 640)
    return QSize(min(1040, parent.width() - 60), min(720, parent.height() - 60))
