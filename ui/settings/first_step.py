"""The banner over a page that is one of the three first steps: which one it is, the way back, and the way on."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from planner.model.accounts import Account
from planner.model.packs import RoadPack
from ui.bus import Bus
from ui.widgets.parts import button, label

MAP = "Get the map of your area…"
ACCOUNTS = "Import your accounts…"


class StepBanner(QFrame):
    """Hidden once there are accounts; `run` is called with the id of the action that Back or the way on stand for."""

    def __init__(self, number: int, sentence: str, bus: Bus, run: Callable[[str], None]) -> None:
        super().__init__()
        self.setObjectName("notice")
        self._next = "footprint"
        self._has_map = False
        self.number, self.wanted = number, False
        self.text = label(f"Step {number} of 3: {sentence}", wrap=True)
        self.back = button("Back", "link", lambda: run("page-week"))
        self.back.setAccessibleName("Back to the three steps")
        self.button = button("", "link", lambda: run(self._next))
        across = QHBoxLayout(self)
        across.setContentsMargins(12, 4, 12, 4)
        across.setSpacing(12)
        across.addWidget(self.back)
        across.addWidget(self.text, 1)
        across.addWidget(self.button)
        bus.accounts_shown.connect(lambda accounts: self._want(not accounts))
        bus.pack_shown.connect(self._show_pack)
        self.hide()

    def begin(self, accounts: dict[int, Account], pack: RoadPack | None) -> None:
        """Show what is known already."""
        self._show_pack(pack)
        self._want(not accounts)

    def _want(self, wanted: bool) -> None:
        self.wanted = wanted
        self._tell()

    def _show_pack(self, pack: RoadPack | None) -> None:
        self._has_map = pack is not None
        self._tell()

    def _tell(self) -> None:
        """The second step leads on only once its map is there."""
        self._next = "import" if self._has_map else "footprint"
        self.button.setText(f"Next: {ACCOUNTS if self._has_map else MAP}")
        self.button.setVisible(self._has_map or self.number == 1)
        self.setVisible(self.wanted)
