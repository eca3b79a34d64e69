"""What the actions do: ask where needed, run a verb, tell the bus what changed."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from planner.model.changes import Changes
from planner.model.places import LatLon
from planner.usecases.drive_times import fill_drive_times, missing_drive_times
from planner.usecases.export_week import export_week
from planner.usecases.settings import get_settings, set_setting
from ui.context import AppContext
from ui.details.opening import add_account, check_places, edit_account
from ui.errors import show_error
from ui.exports.commands import ExportCommands
from ui.file_dialogs import Purpose, open_files
from ui.footprint.commands import DRIVE_TIMES, ROADS, RoadCommands
from ui.pages import read_ahead
from ui.safety.commands import SafetyCommands
from ui.undo import UndoCommands, show_once
from ui.visits.commands import VisitCommands
from ui.week.planning import WeekPlanning

if TYPE_CHECKING:
    from ui.imports.wizard import ImportWizard
    from ui.workers import Job


class Commands(QObject):
    """One method an action. `sample_started` carries the job, for those who show its progress."""

    sample_started = Signal(object)

    def __init__(self, context: AppContext, window: QWidget) -> None:
        super().__init__(window)
        self._context = context
        self._window = window
        self._wizard: ImportWizard | None = None  # what few starts need is imported when it is asked for
        self.planning = WeekPlanning(context, self.give_way, window)
        self.roads = RoadCommands(context, window, self.give_way, self.fill_drive_times)
        self.undo = UndoCommands(context, window)
        self.visits = VisitCommands(context, window)
        self.exports = ExportCommands(context, window)
        self.safety = SafetyCommands(context, window, self.give_way, self.fill_drive_times)
        context.bus.changed.connect(self._after_change)
        self.planning.ended.connect(self.fill_drive_times)

    def begin(self) -> None:
        """Get the search ready, go on with the drive times that are still missing, and keep a backup once there is something to see."""
        self._context.bus.accounts_shown.connect(self._warm_up, Qt.ConnectionType.SingleShotConnection)
        self.fill_drive_times()
        self.safety.begin()

    def _warm_up(self, _accounts: object) -> None:
        def work(job: "Job") -> None:
            read_ahead()
            from planner.usecases.warm_up import warm_up

            warm_up(job.report)

        self._context.runner.run(work, failed=self._fail, lane="warm up", background=True)

    @property
    def _workspace(self) -> Any:
        return self._context.workspace

    def _fail(self, error: BaseException) -> None:
        show_error(error, self._window)

    def _changed(self, changes: Changes) -> None:
        self._context.bus.changed.emit(changes)

    def add_sample(self) -> None:
        """Make the sample territory, and plan the week on show in it."""
        from planner.usecases.sample import add_sample

        def added(changes: Changes) -> None:
            self._changed(changes)
            self.planning.plan_week()

        job = self._context.runner.run(
            lambda job: add_sample(self._workspace, job.report), added, self._fail, label="Making the sample territory", lane="data"
        )
        self.sample_started.emit(job)

    def remove_sample(self) -> None:
        """Take the sample territory out."""
        from planner.usecases.sample import remove_sample

        self.give_way()
        # Some systems delete no file that is open.
        self._context.bus.basemap_shown.emit(None)
        self._context.runner.run(
            lambda _job: remove_sample(self._workspace), self._changed, self._fail, label="Removing the sample territory", lane="data"
        )

    def choose_import(self) -> None:
        """Ask for files, and open the import wizard with them."""
        from ui.imports.wizard import FILE_FILTER

        files = open_files(self._window, self._workspace.home, Purpose.IMPORT, "Import", FILE_FILTER)
        if files:
            self.import_files(files)

    def import_files(self, files: Sequence[Path]) -> None:
        """Open the import wizard with files, or add them to the one that is open."""
        from ui.imports.wizard import ImportWizard

        if self._wizard is None or not self._wizard.takes_files:
            actions = {action.objectName(): action for action in self._window.actions()}
            self._wizard = wizard = ImportWizard(self._context, self.give_way, actions, self._window)
            wizard.finished.connect(lambda _result: self._forget_wizard(wizard))
        self._wizard.add_files(files)
        if self._wizard.isVisible():
            self._wizard.raise_()
            self._wizard.activateWindow()
        self._wizard.show()

    def _forget_wizard(self, wizard: "ImportWizard") -> None:
        if self._wizard is wizard:
            self._wizard = None

    def add_account(self, place: LatLon | None = None) -> None:
        """Ask for an account that no file has; it is put at a place if one is given."""
        add_account(self._context, self._window, place)

    def edit_account(self) -> None:
        """Ask for what is to be changed of the account that is selected."""
        account = self._context.desk.accounts.get(self._context.desk.selected or 0)
        if account is None:
            self._context.bus.told.emit("Select an account first.")
        else:
            edit_account(self._context, account, self._window)

    def duplicates(self) -> None:
        """Show the accounts that may stand twice."""
        from ui.duplicates.dialog import DuplicatesDialog

        show_once(self._window, DuplicatesDialog, lambda: DuplicatesDialog(self._context, self._window))

    def versions(self) -> None:
        """Show the versions of the week on show."""
        from ui.week.versions_dialog import VersionsDialog

        show_once(self._window, VersionsDialog, lambda: VersionsDialog(self._context, self._window))

    def duties(self) -> None:
        """Show the recurring duties, such as a staff meeting."""
        from ui.duties.dialog import DutiesDialog

        show_once(self._window, DutiesDialog, lambda: DutiesDialog(self._context, self._window))

    def before_leaving(self) -> None:
        """Show whether all that the week on show needs is on the laptop."""
        from ui.readiness.dialog import ReadinessDialog

        show_once(self._window, ReadinessDialog, lambda: ReadinessDialog(self._context, self._window, self.go_on_with_drive_times))

    def full_screen(self) -> None:
        """Give the window the whole screen, or take it back."""
        self._window.setWindowState(self._window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def export(self, kind: str) -> None:
        """Ask where to, and write the week as "html" or "ics"; the map opens in the browser when it is there."""
        week = self._context.desk.week
        folder = self._context.workspace.exports_folder
        with suppress(OSError):  # then the dialog opens elsewhere
            folder.mkdir(mode=0o700, exist_ok=True)
        names = {"html": "Route map (*.html)", "ics": "Calendar (*.ics)"}
        # “Before leaving” looks for these names.
        name, _ = QFileDialog.getSaveFileName(self._window, "Export the week", str(folder / f"{week}.{kind}"), names[kind])
        if name:
            out = Path(name)
            self._context.runner.run(
                lambda job: export_week(self._workspace, week, kind, out, job.report), self._exported, self._fail, label="Exporting"
            )

    def _exported(self, file: Path) -> None:
        self._context.bus.told.emit(f"Saved {file}")
        if file.suffix == ".html":
            QDesktopServices.openUrl(file.as_uri())

    def fill_drive_times(self) -> None:
        """Compute what is missing, in the background, unless that is paused or under way, or other work wants the roads."""
        runner, workspace = self._context.runner, self._workspace
        if workspace.read_only or self.planning.busy or any(job.lane in {DRIVE_TIMES, ROADS, "data"} for job in runner.jobs):
            return

        def missing(_job: object) -> int:
            wanted = get_settings(workspace).text("fill_drive_times") == "yes"
            return missing_drive_times(workspace) if wanted else 0

        def fill(places: int) -> None:
            if not places or any(job.lane in {DRIVE_TIMES, ROADS} for job in runner.jobs):
                return
            job = runner.run(
                lambda job: fill_drive_times(workspace, job.report, background=True),
                lambda _places: self._changed(Changes("Drive times")),
                self._tell_quietly,
                label="Drive times",
                lane=DRIVE_TIMES,
                background=True,
            )
            job.cancelled.connect(lambda: self._fill_ahead("no"))

        runner.run(missing, fill, self._tell_quietly, lane="missing drive times", latest=True, background=True)

    def toggle_drive_times(self) -> None:
        """Work drive times out ahead, or pause that until it is wanted again."""
        ahead = self._context.desk.settings.text("fill_drive_times") == "yes"
        if ahead:
            self.give_way()
        self._fill_ahead("no" if ahead else "yes")

    def go_on_with_drive_times(self) -> None:
        """Work drive times out now, paused or not."""
        if self._context.desk.settings.text("fill_drive_times") == "yes":
            self.fill_drive_times()
        else:
            self._fill_ahead("yes")

    def _fill_ahead(self, wanted: str) -> None:
        self._context.runner.run(
            lambda _job: set_setting(self._workspace, "fill_drive_times", wanted), self._changed, self._fail, lane="write setting"
        )

    def _tell_quietly(self, error: BaseException) -> None:
        self._context.bus.told.emit(str(error))

    def give_way(self) -> None:
        """Stop working out drive times for now; only the user's own Pause is one that lasts."""
        for job in self._context.runner.jobs:
            if job.lane == DRIVE_TIMES:
                job.supersede()

    def _after_change(self, changes: Changes) -> None:
        if changes.accounts or changes.packs or changes.settings:
            self.fill_drive_times()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id, the commands that need nothing from the window."""
        return {
            "plan-week": self.planning.plan_week,
            "stop-planning": self.planning.stop,
            "import": self.choose_import,
            **self.undo.handlers(),
            **self.safety.handlers(),
            **self.exports.handlers(),
            **self.visits.handlers(),
            "add-account": self.add_account,
            "edit-account": self.edit_account,
            "duplicates": self.duplicates,
            "check-places": lambda: check_places(self._context, self._window),
            "versions": self.versions,
            "duties": self.duties,
            "before-leaving": self.before_leaving,
            "full-screen": self.full_screen,
            "export-map": lambda: self.export("html"),
            "export-calendar": lambda: self.export("ics"),
            "pause-drive-times": self.toggle_drive_times,
            "add-sample": self.add_sample,
            "remove-sample": self.remove_sample,
        }
