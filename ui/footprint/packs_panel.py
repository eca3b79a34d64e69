"""The packs on this laptop, and what can be done to each."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QVBoxLayout, QWidget

from planner.errors import PackProblem
from planner.model.packs import RoadPack
from planner.usecases.packs import broken_packs, list_packs
from ui.context import AppContext
from ui.footprint.commands import ROADS, RoadCommands
from ui.footprint.lines import OnKey
from ui.footprint.packs_model import HEADINGS, IN_USE, PacksModel
from ui.widgets.flow import FlowLayout
from ui.widgets.freshness import Freshness
from ui.widgets.parts import button, label
from ui.words import count


class PacksPanel(QFrame):
    """`packs_shown` carries the packs that are listed."""

    packs_shown = Signal(object)

    def __init__(self, context: AppContext, commands: RoadCommands) -> None:
        super().__init__()
        self.setObjectName("under")
        self._context = context
        self._commands = commands
        self.model = PacksModel()
        self.heading = label("", "heading")
        self.table = self._table()
        self.empty = label(
            "No roads are on this laptop yet. Choose a region, an area or files on the left, and press Start.", "quiet", wrap=True
        )
        self.broken = label("", "bad", wrap=True)
        self.use = button("Use", "", lambda: self._with_chosen(commands.use))
        self.check = button("Check", "", lambda: self._with_chosen(commands.check))
        self.update_ = button("Update", "", lambda: self._with_chosen(commands.update))
        self.delete = button("Delete…", "", lambda: self._with_chosen(commands.delete))
        self.examine = button("Check everything", "", commands.examine)
        self.clean = button("Clean up…", "", commands.clean_up)
        self.use.setToolTip("Plan and find addresses with this pack (Enter)")
        self.check.setToolTip("Compare every file with its checksum")
        self.update_.setToolTip("Ask where it came from for newer data; only what changed is built again")
        self.clean.setToolTip("Remove kept downloads, and what was left by builds that were stopped")
        self.delete.setToolTip("Remove it from this laptop (Del)")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        row = QWidget()
        flow = FlowLayout(row)
        self.heading.setFixedHeight(30)
        for each in (self.heading, self.use, self.check, self.update_, self.delete, self.examine, self.clean):
            flow.addWidget(each)
        layout.addWidget(row)
        layout.addWidget(self.broken)
        layout.addWidget(self.empty, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self.table, 1)
        freshness = Freshness(self, self._load)
        context.bus.pack_shown.connect(freshness.outdate)
        context.bus.settings_shown.connect(freshness.outdate)
        context.runner.started.connect(self._show_busy)
        context.runner.ended.connect(self._show_busy)
        self._show(([], []))

    @property
    def chosen(self) -> RoadPack | None:
        """The selected pack."""
        row = self.table.currentIndex().row()
        return self.model.packs[row] if 0 <= row < len(self.model.packs) else None

    def _load(self) -> None:
        workspace = self._context.workspace
        self._context.runner.run(lambda _job: (list_packs(workspace), broken_packs(workspace)), self._show, lane="pack list", latest=True)

    def _show(self, found: tuple[list[RoadPack], list[PackProblem]]) -> None:
        packs, broken = found
        before = self.chosen.id if self.chosen else ""
        self.model.show_packs(packs, self._context.desk.pack, self._context.desk.units)
        rows = [row for row, pack in enumerate(packs) if pack.id == before] or [
            row for row, pack in enumerate(packs) if self.model.is_used(pack)
        ]
        if packs:
            self.table.selectRow(rows[0] if rows else 0)
        self.heading.setText(f"ON THIS LAPTOP · {count(len(packs), 'road pack')}  " if packs else "ON THIS LAPTOP  ")
        self.table.setVisible(bool(packs))
        self.table.setColumnHidden(IN_USE, len(packs) == 1 and self.model.is_used(packs[0]))
        self.empty.setVisible(not packs)
        self.broken.setText(" ".join(str(problem) for problem in broken))
        self.broken.setVisible(bool(broken))
        self._enable()
        self.packs_shown.emit(packs)

    def _show_busy(self, job: object) -> None:
        if getattr(job, "lane", "") == ROADS:
            self._enable()

    def _enable(self) -> None:
        pack, free = self.chosen, not self._commands.is_busy
        self.use.setEnabled(free and pack is not None and not self.model.is_used(pack))
        for each in (self.check, self.update_, self.delete):
            each.setEnabled(free and pack is not None)
        self.examine.setEnabled(free)
        self.clean.setEnabled(free)

    def _with_chosen(self, run: Callable[[RoadPack], None]) -> None:
        if self.chosen is not None:
            run(self.chosen)

    def _table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setAccessibleName("Road packs on this laptop")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(30)
        header = table.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(len(HEADINGS) - 1, QHeaderView.ResizeMode.Stretch)
        table.selectionModel().currentRowChanged.connect(lambda *_rows: self._enable())
        table.activated.connect(lambda _index: self.use.click())
        OnKey(table, Qt.Key.Key_Delete, lambda: self.delete.click())  # noqa: PLW0108 - the button is made later
        return table
