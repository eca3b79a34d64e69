"""The first of the three steps of a first start, said where it is done: what to fill in, and what comes next."""

from collections.abc import Mapping

from PySide6.QtGui import QAction

from planner.model.accounts import Account
from planner.model.packs import RoadPack
from ui.bus import Bus
from ui.widgets.notice import Notice


class FirstStep(Notice):
    """Stands above the settings while there are no accounts; its button leads to the roads, and to the import once they are here."""

    def __init__(self, bus: Bus, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._actions = actions
        self._next = "footprint"
        self.wanted = False
        self.button.clicked.connect(self._go_on)
        bus.accounts_shown.connect(lambda accounts: self._want(not accounts))
        bus.pack_shown.connect(self._show_pack)

    def begin(self, accounts: Mapping[int, Account], pack: RoadPack | None) -> None:
        """Show what is known already."""
        self._show_pack(pack)
        self._want(not accounts)

    def _go_on(self) -> None:
        self._actions[self._next].trigger()

    def _want(self, wanted: bool) -> None:
        self.wanted = wanted
        self._tell()

    def _show_pack(self, pack: RoadPack | None) -> None:
        self._next = "footprint" if pack is None else "import"
        self._tell()

    def _tell(self) -> None:
        step = "2   Get the roads of your footprint…" if self._next == "footprint" else "3   Import accounts…"
        self.tell("Step 1 of 3: where your days begin. All else can wait.", step)
        self.setVisible(self.wanted)
