"""The import wizard: files and columns, preview, done. Nothing is kept before its last Next, and Cancel keeps nothing."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QStackedWidget, QVBoxLayout, QWidget

from planner.model.changes import Changes
from planner.usecases.import_accounts import ImportOutcome, commit_import
from planner.usecases.import_draft import ImportDraft, draft_import
from planner.usecases.places import places_to_check
from planner.usecases.presets import delete_preset, list_presets, save_preset
from planner.usecases.problem_list import write_problem_list
from planner.usecases.undo import Steps, next_steps
from ui.context import AppContext
from ui.errors import show_error
from ui.file_dialogs import Purpose, open_files, save_file
from ui.geometry import Geometry
from ui.imports.done_step import DoneStep
from ui.imports.entries import Entry, hindrance, look_at, order_of
from ui.imports.file_drop import FileDrop
from ui.imports.files_step import FilesStep
from ui.imports.preset_name import PresetName
from ui.imports.preview_step import PreviewStep
from ui.imports.tables import as_guessed, by_mapping, mapping_of
from ui.imports.wizard_frame import Footer, StepsBar
from ui.widgets.parts import separator
from ui.workers import Job

FILE_FILTER = (
    "Accounts, deals, billing, activities, reps, calendar (*.csv *.txt *.tsv *.tab *.psv *.xlsx *.xlsm *.xls *.ods *.ics);;All files (*)"
)
FILES, PREVIEW, DONE = range(3)
_STEPS = ("Files and columns", "Preview", "Done")
_SIZE = (1060, 680)
_NAME = "import wizard"


class ImportWizard(QDialog):
    """Steps through an import; `give_way` is called before anything is kept, `actions` are those of the window, by their ids."""

    def __init__(
        self, context: AppContext, give_way: Callable[[], None], actions: dict[str, QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Import")
        self.setMinimumSize(760, 480)
        self._context, self._give_way, self._actions = context, give_way, actions
        self._geometry = Geometry(context.workspace.home)
        self._unseen: list[Path] = []
        self._job: Job | None = None
        self._keeping = self._is_closing = False
        self.draft: ImportDraft | None = None
        self.files = FilesStep(context.theme)
        self.preview = PreviewStep(context.theme)
        self.done_ = DoneStep()
        self.bar = StepsBar(_STEPS)
        self.footer = Footer()
        self._stack = QStackedWidget()
        for step in (self.files, self.preview, self.done_):
            self._stack.addWidget(step)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for widget, share in ((self.bar, 0), (separator(), 0), (self._stack, 1), (separator(), 0), (self.footer, 0)):
            layout.addWidget(widget, share)
        self._connect()
        self.resize(*self._geometry.sizes(_NAME, _SIZE)[:2])
        self._go_to(FILES)

    def _connect(self) -> None:
        FileDrop(self).dropped.connect(self._take_dropped)
        self.files.changed.connect(self._show_state)
        self.files.more_wanted.connect(self._choose_more)
        self.files.mapping.preset_wanted.connect(self._ask_preset_name)
        self.files.mapping.preset_unwanted.connect(self._forget_preset)
        self.preview.save_wanted.connect(self._save_problems)
        self.done_.save_wanted.connect(self._save_problems)
        self.done_.wanted.connect(self._go_on)
        self.footer.next.clicked.connect(lambda _checked=False: self.next_())
        self.footer.back.clicked.connect(lambda _checked=False: self._go_to(FILES))
        self.footer.cancel.clicked.connect(lambda _checked=False: self.reject())
        self.footer.stop.clicked.connect(lambda _checked=False: self._stop())

    @property
    def step(self) -> int:
        """FILES, PREVIEW or DONE."""
        return self._stack.currentIndex()

    @property
    def takes_files(self) -> bool:
        """Whether more files can still be added."""
        return self.step != DONE and not self._keeping

    def add_files(self, files: Sequence[Path]) -> None:
        """Look at more files; the preview, when there was one, is made anew."""
        workspace = self._context.workspace
        self._unseen += files
        if not self._unseen:
            return
        self._go_to(FILES)
        wanted = tuple(dict.fromkeys(self._unseen))
        self._begin(lambda job: (look_at(workspace, wanted, job.report), list_presets(workspace)), self._looked)

    def next_(self) -> None:
        """Go on to the next step; from the preview this is what keeps the import, and at the end it closes the wizard."""
        if self.step == DONE:
            self.accept()
        elif self.step == FILES:
            self._make_draft()
        else:
            self._keep()

    def reject(self) -> None:
        """Close, and keep nothing; an import that is being kept is stopped first, and the wizard tells what came of it."""
        if self._keeping:
            self._is_closing = True
            self._stop()
            return
        if self._job is not None:
            self._job.supersede()
        super().reject()

    def done(self, result: int) -> None:
        self._geometry.keep_sizes(_NAME, (self.width(), self.height()))
        self._geometry.write()
        super().done(result)

    # Steps

    def _go_to(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        self.bar.show_step(step)
        self._show_state()

    def _show_state(self) -> None:
        """What can be pressed now, and what it is called."""
        working, step = self._job is not None, self.step
        why_not = hindrance(self.files.entries) if step == FILES else ""
        can = not working and not why_not and (step != PREVIEW or self.draft is not None)
        over = step == DONE or (step == PREVIEW and self.draft is not None and not self.draft.changes)
        text = "Close" if over else ("Next", "Import")[step]
        self.footer.show_state(text, can=can, back=step == PREVIEW and not working, cancel=not over, told="" if working else why_not)
        self._stack.setEnabled(not working)

    # Work

    def _begin(self, work: Callable[[Job], Any], done: Callable[[Any], None], *, label: str = "", lane: str = _NAME) -> None:
        """Do some work with its progress in the footer; what was under way before is of no interest any more."""
        if self._job is not None:
            self._job.supersede()
        job = self._context.runner.run(work, done, self._failed, label=label, lane=lane)
        job.progressed.connect(self.footer.show_progress)
        job.cancelled.connect(self._stopped)
        job.ended.connect(self._ended)
        self._job = job
        self.footer.begin()
        self._show_state()

    def _ended(self) -> None:
        """Also called when a job ends that another one has taken the place of."""
        if self.sender() is self._job:
            self._job, self._keeping = None, False
            self.footer.end()
            self._show_state()
            if self.footer.next.isEnabled():
                self.footer.next.setFocus()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _stopped(self) -> None:
        self._unseen.clear()
        if self._is_closing:
            self._keeping = False
            self.reject()

    def _failed(self, error: BaseException) -> None:
        self._is_closing = False
        self._unseen.clear()
        show_error(error, self)

    # The first step

    def _looked(self, found: tuple[list[Entry], dict[str, Any]]) -> None:
        entries, presets = found
        self._unseen.clear()
        self.files.show_presets(presets)
        self.files.add_entries(entries)

    def _choose_more(self) -> None:
        self.add_files(open_files(self, self._context.workspace.home, Purpose.IMPORT, "Add files to the import", FILE_FILTER))

    def _take_dropped(self, files: list[Path]) -> None:
        if self.takes_files:
            self.add_files(files)

    def _ask_preset_name(self) -> None:
        entry = self.files.entry
        name = entry.table.preset or entry.path.stem if entry and entry.table else ""
        PresetName(name, self._save_preset, self).open()

    def _save_preset(self, name: str) -> None:
        entry, workspace = self.files.entry, self._context.workspace
        mapping = mapping_of(entry.table) if entry and entry.table else None
        if entry is None or entry.table is None or mapping is None:
            return
        sample = entry.table.sample
        self._begin(lambda _job: (save_preset(workspace, name, sample, mapping), list_presets(workspace), name), self._preset_changed)

    def _forget_preset(self, name: str) -> None:
        workspace = self._context.workspace
        self._begin(lambda _job: (delete_preset(workspace, name), list_presets(workspace), ""), self._preset_changed)

    def _preset_changed(self, result: tuple[Changes, dict[str, Any], str]) -> None:
        changes, presets, name = result
        self._context.bus.changed.emit(changes)
        self.files.show_presets(presets)
        entry, kept = self.files.entry, " ".join(name.split())
        if entry is not None and entry.table is not None:
            mapping = mapping_of(entry.table)
            self.files.use(by_mapping(entry.table.sample, mapping, kept) if kept in presets else as_guessed(entry.table.sample))

    # The second step

    def _make_draft(self) -> None:
        workspace = self._context.workspace
        files, chosen = order_of(self.files.entries)
        self.draft = None
        self._begin(lambda job: draft_import(workspace, files, job.report, chosen), self._drafted)

    def _drafted(self, draft: ImportDraft) -> None:
        self.draft = draft
        self.preview.show_draft(draft)
        self._go_to(PREVIEW)

    def _save_problems(self) -> None:
        problems, home = self.preview.problems, self._context.workspace.home
        title, kinds = "Save the list of problems", "For a spreadsheet (*.csv)"
        file, _kind = save_file(self, home, Purpose.LISTS, title, "import-problems.csv", kinds)
        if file:
            self._context.runner.run(lambda _job: write_problem_list(problems, file), self._saved, self._failed)

    def _saved(self, file: Path) -> None:
        self._context.bus.told.emit(f"Saved {file}")
        self.footer.told.setText(f"Saved {file.name}")

    # The last step

    def _keep(self) -> None:
        draft, workspace = self.draft, self._context.workspace
        if draft is None:
            return
        if not draft.changes:
            self.accept()
            return
        self._give_way()
        self._keeping = True
        self._begin(lambda job: commit_import(workspace, draft, job.report), self._kept, label="Importing", lane="data")

    def _kept(self, outcome: ImportOutcome) -> None:
        self._keeping = self._is_closing = False
        self._context.bus.changed.emit(outcome.changes)
        self.done_.show_outcome(outcome, frozenset(self._actions))
        self._go_to(DONE)
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: len(places_to_check(workspace)), self.done_.count_places, self._failed)

    def _go_on(self, action: str) -> None:
        if action == "undo":
            self._context.runner.run(lambda _job: next_steps(self._context.workspace), self._undo, self._failed)
            return
        self.accept()
        self._actions[action].trigger()

    def _undo(self, steps: Steps) -> None:
        """Undo takes back what was done last, so it is offered only while that is this import."""
        if self.draft is not None and steps.undo == self.draft.label:
            self.accept()
            self._actions["undo"].trigger()
        else:
            self.footer.told.setText("Something else was done since. Undo that first, or go back in the history.")
