"""The Reports page: trips, the mileage log, the funnel."""

from typing import cast

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.reports.funnel_tab import FunnelTab
from ui.reports.tabs import Tabs
from ui.trips.commands import TripCommands
from ui.trips.mileage_tab import MileageTab
from ui.trips.trips_tab import TripsTab


class ReportsPage(QWidget):
    """Each tab is made, and loads, when it is looked at."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        commands = TripCommands(context, self)
        self.tabs = Tabs(
            context.theme,
            (
                ("Trips", lambda: TripsTab(context, commands)),
                ("Mileage", lambda: MileageTab(context, commands)),
                ("Funnel", lambda: FunnelTab(context)),
            ),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    @property
    def trips(self) -> TripsTab:
        """The trips and what they cost."""
        return cast("TripsTab", self.tabs.page(0))

    @property
    def mileage(self) -> MileageTab:
        """The log of drives."""
        return cast("MileageTab", self.tabs.page(1))

    @property
    def funnel(self) -> FunnelTab:
        """What became of prospects."""
        return cast("FunnelTab", self.tabs.page(2))
