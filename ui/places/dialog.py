"""Places to check, one after the other: the pin, the places it may belong to, and one key for each answer."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.model.changes import Changes
from planner.model.places import Match
from planner.model.placing import PlaceProblem, PlaceToCheck
from planner.usecases.places import choose_place, mark_right, place_candidates, places_to_check, put_pin
from ui.context import AppContext
from ui.errors import show_error
from ui.map.candidates_layer import LETTERS
from ui.places.candidate_list import CandidateList
from ui.places.place_map import PlaceMap
from ui.places.places_list import PlacesList
from ui.places.words import address_words
from ui.undo import show_once
from ui.widgets.parts import EmptyState, button, label
from ui.words import count
from ui.workers import Job

OUTSIDE_HELP = "Add its area to your footprint."


class PlacesDialog(QDialog):
    """Follows every change while it is open, so Undo brings a place back. What is current here is selected in the window too."""

    def __init__(self, context: AppContext, footprint: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Places to check")
        self.setMinimumSize(860, 560)
        self.resize(_size_beside(parent))
        self._context, self._to_footprint = context, footprint
        self._busy = True
        self._after: tuple[int, ...] = ()
        self._known: frozenset[int] | None = None
        self._on_show: PlaceToCheck | None = None
        self.matches: list[Match] = []
        self.title = label("Looking…", "title")
        self.places = PlacesList(context.theme)
        self.places.current_changed.connect(self._picked)
        self.name = label("", "title", wrap=True, selectable=True)
        self.address = label("", "", wrap=True, selectable=True)
        self.why = label("", "quiet", wrap=True)
        self.footprint = button("Footprint and road packs…", "link", self._open_footprint)
        self.map = PlaceMap(context)
        self.candidates = CandidateList(context.theme)
        self.told = label("", "good", wrap=True)
        self.put = button("Put the pin here  (Enter)", "primary", self._put_pin)
        self.put.setDefault(True)
        self.right = button("Mark as right  (R)", "", self._mark_right)
        self.skip = button("Skip  (S)", "", self._skip)
        self.online = button("Look up online…", "link", self._look_up)
        self.online.hide()
        self.empty = EmptyState("All places are good", "Every account stands on its address, or where you have put it.")
        self.stack = QStackedWidget()
        self.stack.addWidget(QWidget())
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self._beside())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(10)
        for row in (self._row(self.title, None, self.online), self.stack, self._row(self.told, button("Close", "", self.reject))):
            layout.addLayout(row) if isinstance(row, QHBoxLayout) else layout.addWidget(row, 1)
        self._connect()
        self._load()

    def _beside(self) -> QWidget:
        right = QVBoxLayout()
        right.setSpacing(6)
        for widget in (self.name, self.address):
            right.addWidget(widget)
        right.addLayout(self._row(self.why, self.footprint))
        right.addWidget(self.map, 1)
        right.addWidget(label("IT MAY BE", "heading"))
        right.addWidget(self.candidates)
        right.addSpacing(4)
        right.addLayout(self._row(self.put, self.right, self.skip, None))
        made = QWidget()
        across = QHBoxLayout(made)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(16)
        across.addWidget(self.places)
        across.addLayout(right, 1)
        return made

    @staticmethod
    def _row(*widgets: QWidget | None) -> QHBoxLayout:
        """Widgets beside one another; None is what grows between them."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for each in widgets:
            row.addStretch(1) if each is None else row.addWidget(each, int(isinstance(each, QLabel) and each.wordWrap()))
        return row

    def _connect(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [("R", self.right.click), ("S", self.skip.click)]
        keys += [(letter, lambda index=index: self._choose(index)) for index, letter in enumerate(LETTERS)]
        for key, run in keys:
            # A key that is held down answers once, for the next question is another one.
            QShortcut(QKeySequence(key), self, run).setAutoRepeat(False)
        for source, told in ((self.map.candidates, self.candidates.raise_line), (self.candidates, self.map.candidates.raise_mark)):
            source.pointed.connect(told)
        self.map.candidates.picked.connect(self._choose)
        self.candidates.chosen.connect(self._choose)
        self.map.moved.connect(self.put.setEnabled)
        bus = self._context.bus
        bus.changed.connect(self._follow)
        bus.selected.connect(self.places.go_to)
        self.finished.connect(lambda _result: self.map.stop())

    # What is there

    def _follow(self, changes: Changes) -> None:
        if changes.accounts or changes.packs:
            self._load()

    def _load(self) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: places_to_check(workspace), self.show_places, self._fail, lane="places", latest=True)

    def show_places(self, places: list[PlaceToCheck]) -> None:
        """Show other places: then the one after the one that was answered, or what came back by Undo, or the one on show still."""
        self._busy = False
        known, ids = self._known, [each.account.id for each in places]
        came_back = [account_id for account_id in ids if known is not None and account_id not in known]
        on_show = (self._on_show.account.id,) if self._on_show else (self._context.desk.selected,)
        answered = bool(self._after)
        wanted = self._after or (tuple(came_back) if len(came_back) == 1 else on_show)
        self._after, self._known = (), frozenset(ids)
        self.places.show_places(places, wanted)
        self.stack.setCurrentIndex(2 if places else 1)
        self.title.setText(count(len(places), "place") + " to check" if places else "Places to check")
        self.online.setVisible(bool(places))
        if self._context.desk.loaded and not self._context.desk.accounts:
            self.empty.title.setText("No accounts yet")
            self.empty.sentence.setText("Once there are accounts, those whose place is not sure are listed here.")
        if answered or known is None:
            self.places.view.setFocus()

    def _picked(self, place: PlaceToCheck | None) -> None:
        if place == self._on_show:
            return
        self._on_show, self.matches = place, []
        self.map.show_account(place.account if place else None)
        self.candidates.say("Looking for places…" if place else "")
        if place is None:
            return
        account, outside = place.account, place.problem is PlaceProblem.OUTSIDE
        self.name.setText(account.name)
        self.address.setText(address_words(account))
        self.why.setText(f"{place.why} {OUTSIDE_HELP}" if outside else place.why)
        self.footprint.setVisible(outside)
        self.right.setEnabled(account.place is not None)
        self._context.desk.select(account.id)
        workspace = self._context.workspace
        self._context.runner.run(
            lambda job: place_candidates(workspace, account.id, job.report),
            lambda found: self.show_candidates(account.id, found),
            self._none_found,
            lane="candidates",
            latest=True,
        )

    def show_candidates(self, account_id: int, matches: list[Match]) -> None:
        """Show the candidates of an account, if it is still the one on show."""
        if self._on_show is None or self._on_show.account.id != account_id:
            return
        self.matches = [match for match in matches if match.point is not None][: len(LETTERS)]
        self.map.show_candidates(self.matches)
        if self.matches:
            self.candidates.show_candidates(self.matches, self._on_show.account.place, self._context.desk.units)
        else:
            self.candidates.say("Nothing on this laptop knows this address. Put the pin on the map, or look it up online.")

    def _none_found(self, error: BaseException) -> None:
        if not isinstance(error, UserProblem):
            self._fail(error)
            return
        self.map.show_candidates(())
        self.candidates.say(str(error))

    # What is done

    def _choose(self, index: int) -> None:
        if self._on_show is not None and index < len(self.matches):
            match, account_id = self.matches[index], self._on_show.account.id
            self._write(lambda _job: choose_place(self._context.workspace, account_id, match))

    def _put_pin(self) -> None:
        place = self.map.moved_to
        if self._on_show is not None and place is not None:
            account_id = self._on_show.account.id
            self._write(lambda _job: put_pin(self._context.workspace, account_id, place))

    def _mark_right(self) -> None:
        if self._on_show is not None:
            account_id = self._on_show.account.id
            self._write(lambda _job: mark_right(self._context.workspace, [account_id]))

    def _skip(self) -> None:
        self.told.clear()
        self.places.step()

    def _write(self, work: Callable[[Job], Changes]) -> None:
        """Start what writes, unless what is on show is old: the next key is about the place that comes after this one."""
        if self._busy:
            return
        self._busy = True
        self.told.clear()
        self._after = self.places.others()
        job = self._context.runner.run(work, failed=self._fail, label="Keeping the place", lane="data")
        job.done.connect(self._context.bus.changed.emit)  # heard even when this dialog is closed meanwhile
        job.done.connect(self._tell)
        job.cancelled.connect(self._load)

    def _tell(self, changes: Changes) -> None:
        self.told.setText(f"{changes.label}. Ctrl+Z takes it back.")

    def _look_up(self) -> None:
        from ui.places.online import LookUpOnline

        show_once(self, LookUpOnline, lambda: LookUpOnline(self._context, self))

    def _open_footprint(self) -> None:
        self.accept()
        self._to_footprint.trigger()

    def _fail(self, error: BaseException) -> None:
        self._busy, self._after = False, ()
        show_error(error, self)


def _size_beside(parent: QWidget | None) -> QSize:
    if parent is None:
        return QSize(1080, 720)
    return QSize(min(1180, parent.width() - 60), min(820, parent.height() - 60))
