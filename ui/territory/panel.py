"""The left panel of the Territory page: who owns which accounts, with what it is worth and how much work it is."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFrame, QHBoxLayout, QListView, QStackedWidget, QVBoxLayout, QWidget

from planner.errors import UserProblem
from planner.usecases.territories import Territory, territories_of
from ui.context import AppContext
from ui.errors import show_error
from ui.icons import icon
from ui.territory.delegate import TerritoryDelegate
from ui.territory.model import TERRITORY, TerritoryModel
from ui.territory.words import SORTS
from ui.visits.sheet import wall_clock
from ui.widgets.freshness import Freshness
from ui.widgets.parts import EmptyState, button, label
from ui.words import count

PAGE = "territory"
_KEEPS_CHOICE = frozenset({PAGE, "accounts"})
"""On these pages lists stay with the territory that was chosen; the Accounts page says so and offers to show all."""


class TerritoryPanel(QFrame):
    """Follows every change of the accounts. `shown` carries the territories, `chosen` the one picked or None for everyone.

    The one picked narrows map and lists to its accounts, and `fitted` carries their ids, for the map to show all of them.
    """

    shown = Signal(object)
    chosen = Signal(object)
    fitted = Signal(object)

    def __init__(self, context: AppContext, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("side")
        self._context = context
        self._owner: str | None = None
        self._told: frozenset[int] | None = None
        self._filling = False
        self.heading = label("TERRITORIES", "heading")
        self.sort = QComboBox()
        self.sort.setAccessibleName("Sort territories by")
        for key, name in SORTS.items():
            self.sort.addItem(name, key)
        self.model = TerritoryModel(self)
        self.view = QListView()
        self.view.setModel(self.model)
        self.view.setItemDelegate(TerritoryDelegate(context.theme, self.model, self.view))
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setMouseTracking(True)
        self.view.setAccessibleName("Territories")
        self.view.setAccessibleDescription("Choosing one shows only its accounts on the map and in the lists; Esc shows everyone")
        self.import_ = button("Import accounts…", "primary", actions["import"].trigger)
        self.empty = EmptyState(
            "Nobody owns an account yet",
            "Import accounts with a column for their owner, or draw a line around accounts on the map and assign them: More, Assign owner.",
            self.import_,
            button("Draw a line around accounts", "", actions["tool-lasso"].trigger),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self.view)
        self.pages.addWidget(self.empty)
        self._assemble()
        self.sort.currentIndexChanged.connect(lambda _index: self._sort())
        self.view.selectionModel().currentChanged.connect(self._pick)
        self._fresh = Freshness(self, self._load)
        bus = context.bus
        for signal in (bus.accounts_shown, bus.settings_shown):
            signal.connect(self._fresh.outdate)
        bus.narrowed.connect(self._hear)
        bus.page_changed.connect(self._turn_to)
        context.theme.changed.connect(self._tint)
        self._tint()

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.sort)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 12)
        layout.setSpacing(6)
        layout.addLayout(head)
        layout.addWidget(self.pages, 1)

    @property
    def territory(self) -> Territory | None:
        """The territory picked; None for everyone."""
        return next((each for each in self.model.territories if each.owner == self._owner), None)

    def choose(self, owner: str | None) -> None:
        """Pick the territory of an owner, or everyone."""
        self.view.setCurrentIndex(self.model.index(self.model.row_of(owner), 0))

    def _load(self) -> None:
        desk, workspace = self._context.desk, self._context.workspace
        accounts, deals, today = desk.accounts, desk.deals, wall_clock(desk.settings).date()
        self._context.runner.run(
            lambda job: territories_of(workspace, accounts.values(), deals, today, job.report),
            self._show,
            self._fail,
            lane="territories",
            latest=True,
        )

    def _show(self, territories: list[Territory]) -> None:
        owners = sum(bool(each.owner) for each in territories)
        self.heading.setText(f"TERRITORIES · {count(owners, 'owner').upper()}")
        self.pages.setCurrentWidget(self.view if owners else self.empty)
        self.sort.setEnabled(owners > 1)
        self._filling = True
        self.model.put(territories)
        self.view.setCurrentIndex(self.model.index(self.model.row_of(self._owner), 0))
        self._filling = False
        self.shown.emit(territories)
        self._take(self.territory)

    def _sort(self) -> None:
        self._filling = True
        self.model.sort_by(self.sort.currentData())
        self.view.setCurrentIndex(self.model.index(self.model.row_of(self._owner), 0))
        self._filling = False

    def _pick(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid() and not self._filling:
            each = current.data(TERRITORY)
            self._take(each)
            self.fitted.emit(each.ids if each is not None else None)

    def _take(self, territory: Territory | None) -> None:
        """Keep to a territory: tell it, and narrow the lists to its accounts unless they are already."""
        self._owner = territory.owner if territory is not None else None
        ids = territory.ids if territory is not None else None
        if ids != self._told:
            self._told = ids
            self._context.bus.narrowed.emit(ids)
        self.chosen.emit(territory)

    def _hear(self, ids: AbstractSet[int] | None) -> None:
        """Somebody else may narrow the lists otherwise, or show everything again: then no territory is picked."""
        if ids != self._told:
            self._told = None
            self._owner = None
            self._filling = True
            self.view.setCurrentIndex(self.model.index(0, 0))
            self._filling = False
            self.chosen.emit(None)

    def _turn_to(self, page: str) -> None:
        if page not in _KEEPS_CHOICE and self._told is not None:
            self.choose(None)

    def _fail(self, error: BaseException) -> None:
        if isinstance(error, UserProblem):
            self._context.bus.told.emit(str(error))
        else:
            show_error(error, self.window())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() == Qt.Key.Key_Escape and self._owner is not None:
            self.choose(None)
        else:
            super().keyPressEvent(event)

    def _tint(self) -> None:
        self.empty.set_icon(icon(PAGE, self._context.theme.colours.quiet))
        self.view.viewport().update()
