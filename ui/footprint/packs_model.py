"""The packs on this laptop as a table."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.model.packs import RoadPack
from ui.footprint.words import age_words, area_words, size_words
from ui.style import font

HEADINGS = ("Road pack", "In use", "Map data", "Size", "Area")
IN_USE, _SIZE = 1, 3


class PacksModel(QAbstractTableModel):
    """One row a pack; holds no logic."""

    def __init__(self) -> None:
        super().__init__()
        self.packs: tuple[RoadPack, ...] = ()
        self._used = ""
        self._units = "miles"

    def show_packs(self, packs: Sequence[RoadPack], used: RoadPack | None, units: str) -> None:
        """Show these packs; `used` is the one in use."""
        self.beginResetModel()
        self.packs, self._used, self._units = tuple(packs), used.id if used else "", units
        self.endResetModel()

    def is_used(self, pack: RoadPack) -> bool:
        """Whether a pack is the one in use."""
        return pack.id == self._used

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() else len(self.packs)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and habit
        return 0 if parent.isValid() else len(HEADINGS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802 - Qt's name
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return HEADINGS[section]
        return _aligned(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        pack = self.packs[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole}:
            return self._texts(pack)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(index.column())
        if role == Qt.ItemDataRole.FontRole:
            return font(bold=self.is_used(pack) and index.column() == 0)
        return None

    def _texts(self, pack: RoadPack) -> tuple[str, ...]:
        return (
            pack.name,
            "In use" if self.is_used(pack) else "",
            age_words(pack.data_date, date.today()),  # noqa: DTZ011 - her own calendar day
            size_words(pack.size),
            area_words(pack, self._units),
        )


def _aligned(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == _SIZE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
