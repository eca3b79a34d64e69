"""The Reports page: trips, the mileage log, the funnel."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.context import AppContext
from ui.reports.funnel_tab import FunnelTab
from ui.reports.tabs import Tabs
from ui.trips.commands import TripCommands
from ui.trips.mileage_tab import MileageTab
from ui.trips.trips_tab import TripsTab


class ReportsPage(QWidget):
    """Each tab loads when it is looked at."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        commands = TripCommands(context, self)
        self.trips, self.mileage, self.funnel = TripsTab(context, commands), MileageTab(context, commands), FunnelTab(context)
        self.tabs = Tabs(context.theme, (("Trips", self.trips), ("Mileage", self.mileage), ("Funnel", self.funnel)))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)
